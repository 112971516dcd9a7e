//! How many screens one core evaluates in a second.
//!
//! Run with `cargo bench -p tessera-screening`. The answers differ from screen to screen: every
//! indicator is answered, in each of the four ways, with dates up to two years back.

#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use jiff::Span;
use jiff::civil::date;
use tessera_screening::{Answer, Facts, Instrument, Report, Response, Screening, Sheet, evaluate};

const TEXT: &str = include_str!("../../../content/instruments/ce-screen-2026.1.yaml");
const SCREENS: usize = 1000;
const TIME: Duration = Duration::from_secs(1);

/// A sequence of numbers that is the same in every run (Knuth's multiplier).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % most
    }
}

fn screenings(instrument: &Instrument) -> Vec<Screening> {
    let mut numbers = Sequence(2026);
    let today = date(2026, 11, 1);
    let screening = |numbers: &mut Sequence| {
        let answers = instrument.indicators().iter().map(|one| {
            let response = match numbers.below(10) {
                0 => Response::Yes,
                1 => Response::Possible,
                2..=6 => Response::No,
                _ => Response::NotKnown,
            };
            let days = i32::try_from(numbers.below(730)).unwrap_or_default();
            let last_observed_on = Some(today.saturating_sub(Span::new().days(days)));
            (one.id.clone(), Answer { response, last_observed_on, ..Answer::default() })
        });
        let answers = answers.collect();
        Screening {
            screened_on: today,
            age_years: u8::try_from(9 + numbers.below(9)).ok().map(f64::from),
            missing_episodes_90d: u32::try_from(numbers.below(5)).ok(),
            danger_ticked: numbers.below(20) == 0,
            answers,
        }
    };
    (0..SCREENS).map(|_| screening(&mut numbers)).collect()
}

fn measure<T>(out: &mut impl Write, name: &str, items: &[T], mut work: impl FnMut(&T)) {
    let begin = Instant::now();
    let mut done = 0_u32;
    while begin.elapsed() < TIME {
        items.iter().for_each(&mut work);
        done += u32::try_from(items.len()).unwrap_or_default();
    }
    let per_second = f64::from(done) / begin.elapsed().as_secs_f64();
    drop(writeln!(out, "{name}: {per_second:.0} a second"));
}

fn main() -> Result<(), Box<dyn Error>> {
    let instrument = Instrument::from_yaml("ce-screen-2026.1.yaml", TEXT)?;
    let screenings = screenings(&instrument);
    let facts = Facts::default();
    let sheets: Vec<Sheet> = screenings
        .iter()
        .map(|screening| Sheet::new(&instrument, screening))
        .collect::<Result<_, _>>()?;
    let mut out = std::io::stdout();
    measure(&mut out, "evaluate", &sheets, |sheet| {
        black_box(evaluate(&instrument, sheet, &facts));
    });
    measure(&mut out, "lay out and evaluate", &screenings, |screening| {
        if let Ok(sheet) = Sheet::new(&instrument, screening) {
            black_box(evaluate(&instrument, &sheet, &facts));
        }
    });
    measure(&mut out, "evaluate and explain", &sheets, |sheet| {
        let outcome = evaluate(&instrument, sheet, &facts);
        black_box(Report::new(&instrument, sheet, &facts, &outcome));
    });
    Ok(())
}

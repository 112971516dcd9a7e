//! 5,000 small reports that have nothing to do with each other, or no more than chance makes: sent as
//! people send them, over the past nine months.

use tessera_app::App;
use tessera_core::{
    report::{RawMention, RawReport},
    time::{SignedDuration, Timestamp},
    user::User,
};
use tessera_policy::{Actor, Who};

use crate::{
    demo::large::{chance::Quick, words::Words},
    failure::Failure,
    outside::SetClock,
};

/// Reports.
const REPORTS: u32 = 5_000;
/// They come over so many days.
const DAYS: i64 = 270;
const COLOURS: [&str; 6] = ["white", "black", "silver", "blue", "red", "grey"];
const MAKES: [&str; 6] = ["Corsa", "Fiesta", "Polo", "Transit van", "Astra", "Focus"];

/// Sends them.
pub(crate) async fn fill(app: &App, clock: &SetClock, now: Timestamp) -> Result<(), Failure> {
    let words = Words::read()?;
    let chance = Quick::new(11);
    let people: Vec<Actor> = app
        .colleague_names()
        .await?
        .iter()
        .filter(|user| !user.roles.is_empty())
        .map(actor)
        .collect();
    let senders: Vec<&Actor> = people.iter().filter(|actor| actor.works_with_children()).collect();
    for n in 0..REPORTS {
        let Some(sender) = chance.one_of(&senders) else { return Ok(()) };
        let back =
            SignedDuration::from_mins(DAYS * 24 * 60 * i64::from(REPORTS - n) / i64::from(REPORTS));
        clock.set(now - back);
        let raw = report(&words, &chance);
        app.submit_report(sender, &raw, &format!("background {n}")).await?;
    }
    clock.set(now);
    Ok(())
}

fn actor(user: &User) -> Actor {
    Actor {
        who: Who::User(user.id),
        name: user.name.clone(),
        agency: Some(user.agency),
        roles: user.roles.iter().copied().collect(),
        request: None,
    }
}

fn mention(kind: &str) -> RawMention {
    RawMention { kind: kind.into(), ..RawMention::default() }
}

fn report(words: &Words, chance: &Quick) -> RawReport {
    let name = words.name(chance);
    let mut mentions = Vec::new();
    if !chance.one_in(3) {
        let value = if chance.one_in(2) {
            name.split(' ').next().unwrap_or_default().to_owned()
        } else {
            name.clone()
        };
        mentions.push(RawMention {
            value,
            age: (10 + chance.below(30)).to_string(),
            ..mention("person")
        });
    }
    if chance.one_in(4) {
        mentions.push(vehicle(chance));
    }
    if chance.one_in(5) {
        let number = chance.below(1_000);
        mentions.push(RawMention { value: format!("07700 900{number:03}"), ..mention("phone") });
    }
    if chance.one_in(2) {
        mentions.push(RawMention { value: words.address(chance), ..mention("place") });
    }
    RawReport { what: words.concern(&name, chance), mentions, ..RawReport::default() }
}

/// A plate of the form in use, whole or the half that somebody saw. Plates that begin with Q are
/// given to vehicles of unknown age and never to new ones, so that none of these is a real one.
fn vehicle(chance: &Quick) -> RawMention {
    let letter = || char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or(0));
    let front = format!("Q{}{}{}", letter(), chance.below(10), chance.below(10));
    let back = format!("{}{}{}", letter(), letter(), letter());
    let value = match chance.below(4) {
        0 => format!("starts {front}"),
        1 => format!("ends {back}"),
        _ => format!("{front} {back}"),
    };
    let of = |all: &[&str]| chance.one_of(all).map(|word| (*word).to_owned()).unwrap_or_default();
    RawMention { value, colour: of(&COLOURS), make: of(&MAKES), ..mention("vehicle") }
}

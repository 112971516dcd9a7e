//! Whether the time of an answer tells a file that is hidden from one that does not exist. Both are
//! asked for in turn by the same person; the times are compared by rank (Mann and Whitney, 1947), so
//! that a few slow answers decide nothing.

use std::{error::Error, net::SocketAddr, time::Duration};

use tessera_core::reference::{Of, Reference};
use tessera_testkit::{chance::Seeded, http::Client, visit::signed_in_as};
use tokio::time::Instant;

use crate::{people::links, timing::Timing};

/// Asked for before anything is timed.
const WARM_UP: usize = 50;

/// Asks `count` times for a hidden file and as often for one that is not there; what was found.
pub(crate) async fn compare(address: SocketAddr, count: usize) -> Result<String, Box<dyn Error>> {
    let mut manager = signed_in_as(address, "Priya Millrace").await?;
    let found = manager.get("/children?name=Noor+Hollybank").await?.text();
    let hidden = links(&found, "/children/").into_iter().next().ok_or("no restricted file")?;
    let mut reader = signed_in_as(address, "Ben Quillfeather").await?;
    let chance = Seeded::new(2026);
    let never = || format!("/children/{}", Reference::draw(Of::Child, &chance));
    let pages = in_turn(&mut reader, count, 404, &|| hidden.clone(), &never).await?;
    let name = || "/children?name=Noor+Hollybank".to_owned();
    let nobody = || "/children?name=Nela+Hallybruck".to_owned();
    let searches = in_turn(&mut reader, count / 4, 200, &name, &nobody).await?;
    Ok(format!("{}\n{}", said("file", pages), said("child searched for", searches)))
}

/// The times of answers about what is hidden, and about what is not there.
type Times = (Vec<Duration>, Vec<Duration>);

/// Asks for one and the other in turn; who is first changes from round to round.
async fn in_turn(
    reader: &mut Client,
    count: usize,
    status: u16,
    hidden: &dyn Fn() -> String,
    never: &dyn Fn() -> String,
) -> Result<Times, Box<dyn Error>> {
    let (mut there, mut absent) = (Vec::new(), Vec::new());
    for round in 0..count + WARM_UP {
        let hidden_first = round % 2 == 0;
        for hidden_now in [hidden_first, !hidden_first] {
            let path = if hidden_now { hidden() } else { never() };
            let time = time_of(reader, &path, status).await?;
            if round >= WARM_UP {
                if hidden_now { &mut there } else { &mut absent }.push(time);
            }
        }
    }
    Ok((there, absent))
}

fn said(of: &str, (there, absent): Times) -> String {
    let count = there.len();
    let z = rank_difference(&there, &absent);
    let middle = |times: Vec<Duration>| {
        let mut timing = Timing::default();
        for time in times {
            timing.add(time);
        }
        timing.median()
    };
    format!(
        "hidden {of}: median {:.1?}; no such {of}: median {:.1?}; {count} of each; z = {z:.2} \
         (beyond 2.58 either way a reader could tell them apart, at 1 in 100)",
        middle(there),
        middle(absent)
    )
}

async fn time_of(reader: &mut Client, path: &str, status: u16) -> Result<Duration, Box<dyn Error>> {
    let sent = Instant::now();
    let reply = reader.get(path).await?;
    let time = sent.elapsed();
    if reply.status == status { Ok(time) } else { Err(format!("{path}: {}", reply.status).into()) }
}

/// How far apart two sets of times lie by rank, in standard deviations of what chance alone gives.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn rank_difference(one: &[Duration], other: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> = one.iter().map(|time| (*time, true)).collect();
    all.extend(other.iter().map(|time| (*time, false)));
    all.sort_unstable();
    let ranks: f64 =
        (1..).zip(&all).filter(|(_, (_, of_one))| *of_one).map(|(r, _)| f64::from(r)).sum();
    let (n, m) = (one.len() as f64, other.len() as f64);
    let mean = n * (n + m + 1.0) / 2.0;
    (ranks - mean) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(from: u64) -> Vec<Duration> {
        (0..100).map(|n| Duration::from_micros(from + 7 * n % 100)).collect()
    }

    #[test]
    fn equal_times_do_not_differ_and_later_ones_do() {
        assert!(rank_difference(&times(0), &times(0)).abs() < 1.0);
        assert!(rank_difference(&times(50), &times(0)) > 5.0);
        assert!(rank_difference(&times(0), &times(50)) < -5.0);
    }
}

//! Sends requests, as fast as answers come or on a timetable.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    task::JoinSet,
    time::{Instant, sleep_until},
};

use crate::timing::Timing;

/// Someone who does one thing again and again.
pub(crate) trait Person: Send + 'static {
    /// One request and its answer; an error unless the answer is the expected one.
    fn act(&mut self) -> impl Future<Output = io::Result<()>> + Send;
}

/// Each person sends the next request as soon as the last is answered: what the server can do.
pub(crate) async fn as_fast_as_answered<P: Person>(people: Vec<P>, length: Duration) -> Timing {
    let start = Instant::now();
    let mut running = JoinSet::new();
    for mut person in people {
        running.spawn(async move {
            let mut timing = Timing::default();
            while start.elapsed() < length {
                let sent = Instant::now();
                note(&mut timing, sent, person.act().await);
            }
            timing
        });
    }
    gather(running, start).await
}

/// Requests come at an even rate, whatever the server does, as from people who know nothing of each
/// other. A time counts from the moment the request was due, so that a stalled server cannot hide
/// its stall by being asked less.
pub(crate) async fn on_a_timetable<P: Person>(
    people: Vec<P>,
    per_second: u32,
    length: Duration,
) -> Timing {
    let start = Instant::now();
    let step = Duration::from_secs(1) / per_second.max(1);
    let next = Arc::new(Mutex::new(start));
    let mut running = JoinSet::new();
    for mut person in people {
        let next = Arc::clone(&next);
        running.spawn(async move {
            let mut timing = Timing::default();
            loop {
                let due = {
                    let mut next = next.lock().await;
                    let due = *next;
                    *next += step;
                    due
                };
                if due >= start + length {
                    return timing;
                }
                sleep_until(due).await;
                note(&mut timing, due, person.act().await);
            }
        });
    }
    gather(running, start).await
}

fn note(timing: &mut Timing, since: Instant, outcome: io::Result<()>) {
    match outcome {
        Ok(()) => timing.add(since.elapsed()),
        Err(error) => timing.fail(error.to_string()),
    }
}

async fn gather(mut running: JoinSet<Timing>, start: Instant) -> Timing {
    let mut all = Timing::default();
    while let Some(one) = running.join_next().await {
        match one {
            Ok(timing) => all.merge(timing),
            Err(error) => all.fail(error.to_string()),
        }
    }
    all.whole = start.elapsed();
    all
}

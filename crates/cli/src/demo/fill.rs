//! Filling an empty demo.

use std::{fs, sync::Arc};

use tessera_app::App;
use tessera_core::time::{Clock, SignedDuration, Timestamp};
use tessera_store::Location;

use crate::{
    demo::{folder, play::Play, story},
    failure::Failure,
    outside::{SeededChance, SetClock, SystemClock},
    place::{Means, Place},
    serve::sign_all,
};

/// Every demo is filled from the same seed.
const SEED: u64 = 1;
/// The database while it is being filled.
const UNFINISHED: &str = "unfinished.db";
/// The partnership was set up this many days ago.
const SET_UP: SignedDuration = SignedDuration::from_hours(24 * 200);

/// Fills the demo if there is none. A file is filled under another name and gets its own when it is
/// whole, so that a demo that was stopped half-way is begun again.
pub(crate) async fn fill(place: &Place, _large: bool) -> Result<(), Failure> {
    if place.database.is_some() {
        return fill_at(place, &place.location()).await;
    }
    if place.file().exists() {
        return Ok(());
    }
    let unfinished = place.data.join(UNFINISHED);
    folder::remove_database(&place.data, UNFINISHED)?;
    fill_at(place, &Location::File(unfinished.clone())).await?;
    fs::rename(&unfinished, place.file()).map_err(Failure::file(&unfinished))
}

async fn fill_at(place: &Place, at: &Location) -> Result<(), Failure> {
    let now = SystemClock.now();
    let clock = Arc::new(SetClock::at((now - SET_UP).as_microsecond()));
    let means = Means { clock: clock.clone(), chance: Arc::new(SeededChance::new(SEED)) };
    let app = App::new(place.open_at(at, means).await?)?;
    if app.is_empty().await? {
        play_all(&app, &clock, now).await?;
        sign_all(&app).await?;
    }
    app.db.close().await;
    Ok(())
}

async fn play_all(app: &App, clock: &SetClock, now: Timestamp) -> Result<(), Failure> {
    let (people, steps) = story::read(now, app.clocks.calendar())?;
    let cast = people.settle(app).await?;
    let mut play = Play::new(app, cast);
    for (at, step) in steps {
        clock.set(at);
        app.run_due_jobs().await?;
        play.step(&step).await?;
    }
    clock.set(now);
    app.run_due_jobs().await?;
    Ok(())
}

//! Filling an empty demo.

use std::{fs, sync::Arc};

use tessera_app::{App, AppError};
use tessera_core::time::{Clock, SignedDuration, Timestamp};
use tessera_policy::{Actor, Resource, decide, rules::admin::SetUp};
use tessera_store::{Db, Location, setting};

use crate::{
    demo::{Scale, folder, guidance, imports, large, play::Play, story, words},
    failure::Failure,
    outside::{SeededChance, SetClock, SystemClock},
    place::{Means, Place},
    serve::sign_all,
};

/// Every demo is filled from the same seed.
const SEED: u64 = 1;
/// The setting that says so.
const MARK: &str = "demo";
/// Its value once the demo is whole.
const FILLED: &str = "filled";
/// The database while it is being filled.
const UNFINISHED: &str = "unfinished.db";
/// The partnership was set up this many days ago.
const SET_UP: SignedDuration = SignedDuration::from_hours(24 * 300);

/// Fills the demo if there is none. A file is filled under another name and gets its own when it is
/// whole, so that a demo that was stopped half-way is begun again.
pub(crate) async fn fill(place: &Place, scale: Scale) -> Result<(), Failure> {
    if place.database.is_some() {
        return Box::pin(fill_at(place, &place.location(), scale)).await;
    }
    if place.file().exists() {
        return Ok(());
    }
    let unfinished = place.data.join(UNFINISHED);
    folder::remove_database(&place.data, UNFINISHED)?;
    Box::pin(fill_at(place, &Location::File(unfinished.clone()), scale)).await?;
    fs::rename(&unfinished, place.file()).map_err(Failure::file(&unfinished))
}

async fn fill_at(place: &Place, at: &Location, scale: Scale) -> Result<(), Failure> {
    let now = SystemClock.now();
    let clock = Arc::new(SetClock::at((now - SET_UP).as_microsecond()));
    let means = Means { clock: clock.clone(), chance: Arc::new(SeededChance::new(SEED)) };
    let app = App::new(place.open_to_fill(at, means).await?)?;
    if app.is_empty().await? {
        mark(&app, "filling").await?;
        play_all(&app, &clock, now).await?;
        if scale == Scale::Large {
            large::fill(&app, now).await?;
            large::fill_reports(&app, &clock, now).await?;
        }
        mark(&app, FILLED).await?;
        sign_all(&app).await?;
    }
    app.db.close().await;
    Ok(())
}

/// Writes into the database itself that it is a demo's.
async fn mark(app: &App, value: &'static str) -> Result<(), Failure> {
    let permit = decide::<SetUp>(&Actor::system("demo"), Resource::None, &());
    app.db
        .write(permit.map_err(AppError::from)?.authority(), move |tx| {
            Box::pin(
                async move { setting::set(tx, MARK, value, "demo").await.map_err(AppError::from) },
            )
        })
        .await?;
    Ok(())
}

/// Refuses a database that is not wholly a demo's: in a demo anybody signs in as anyone.
pub(crate) async fn expect_demo(db: &Db) -> Result<(), Failure> {
    let settings = setting::all(&mut db.read().await?.conn()).await?;
    match settings.get(MARK).map(String::as_str) {
        Some(FILLED) => Ok(()),
        Some(_) => Err(Failure::refused(
            "this demo was never filled to the end: say --reset, or give it an empty database",
        )),
        None => Err(Failure::refused(
            "this database is not a demo's: it is served by `tessera serve`, with its own sign-in",
        )),
    }
}

async fn play_all(app: &App, clock: &SetClock, now: Timestamp) -> Result<(), Failure> {
    let (people, steps) = story::read(now, app.clocks.calendar())?;
    let cast = people.settle(app).await?;
    words::begin(app, &cast).await?;
    let (editor, reader) = (cast.actor("mara")?.clone(), cast.actor("ines")?.clone());
    let mut play = Play::new(app, cast);
    for (at, step) in steps {
        clock.set(at);
        app.run_due_jobs().await?;
        play.step(&step).await?;
    }
    clock.set(now);
    app.run_due_jobs().await?;
    words::end(app, play.cast()).await?;
    imports::fill(app, play.cast().actor("chris")?).await?;
    imports::ask(app, play.cast().actor("maya")?).await?;
    guidance::fill(app, &editor, &reader).await
}

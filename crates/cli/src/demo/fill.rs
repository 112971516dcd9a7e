//! Filling an empty demo.

use std::sync::Arc;

use tessera_app::App;
use tessera_core::time::{Clock, SignedDuration};

use crate::{
    demo::{play::Play, story},
    failure::Failure,
    outside::{SeededChance, SetClock, SystemClock},
    place::{Means, Place},
    serve::sign_all,
};

/// Every demo is filled from the same seed.
const SEED: u64 = 1;
/// The partnership was set up this many days ago.
const SET_UP: SignedDuration = SignedDuration::from_hours(24 * 200);

/// Fills the demo if nobody is in it yet.
pub(crate) async fn fill(place: &Place, _large: bool) -> Result<(), Failure> {
    let now = SystemClock.now();
    let clock = Arc::new(SetClock::at((now - SET_UP).as_microsecond()));
    let means = Means { clock: clock.clone(), chance: Arc::new(SeededChance::new(SEED)) };
    let app = App::new(place.open_or_make(means).await?)?;
    if app.is_empty().await? {
        let (people, steps) = story::read(now, app.clocks.calendar())?;
        let cast = people.settle(&app).await?;
        let mut play = Play::new(&app, cast);
        for (at, step) in steps {
            clock.set(at);
            app.run_due_jobs().await?;
            play.step(&step).await?;
        }
        clock.set(now);
        app.run_due_jobs().await?;
        sign_all(&app).await?;
    }
    app.db.close().await;
    Ok(())
}

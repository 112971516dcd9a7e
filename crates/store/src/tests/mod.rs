//! Tests that need the inside of the store. Each runs on both engines.

mod log;
mod schema;

use std::sync::Arc;

use tessera_testkit::{chance::Seeded, folder::TestFolder, postgres, time::TestClock};

use crate::{Db, Keys, Location, Outside, StoreError, Tx};

/// An open empty database, and what goes when the test ends.
struct Opened {
    db: Db,
    clock: TestClock,
    _folder: Option<TestFolder>,
}

async fn open(location: &Location, folder: Option<TestFolder>) -> Opened {
    let chance = Seeded::new(1);
    let clock = TestClock::at("2026-11-24T09:30:00Z");
    let outside = Outside {
        keys: Arc::new(Keys::draw(&chance)),
        clock: Arc::new(clock.clone()),
        chance: Arc::new(chance),
    };
    let db = Db::open(location, outside).await.expect("it opens");
    Opened { db, clock, _folder: folder }
}

async fn lite() -> Opened {
    let folder = TestFolder::new();
    open(&Location::File(folder.join("tessera.db")), Some(folder)).await
}

async fn pg() -> Opened {
    open(&Location::Server(postgres::fresh_database()), None).await
}

async fn both() -> [Opened; 2] {
    [lite().await, pg().await]
}

/// What somebody with all rights to the database, but without its keys, can do.
async fn as_administrator(db: &Db, statements: &'static [&'static str]) {
    let done = db.write_unaudited(move |tx| Box::pin(change(tx, statements))).await;
    done.expect("an administrator can do this");
}

async fn change(tx: &mut Tx, statements: &'static [&'static str]) -> Result<(), StoreError> {
    for sql in statements {
        assert!(tx.conn().exec(sql, vec![]).await? > 0, "nothing was changed by {sql}");
    }
    Ok(())
}

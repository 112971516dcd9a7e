//! Tests that need the inside of the store. Each runs on both engines.

mod log;
mod schema;

use std::sync::Arc;

use tessera_testkit::{chance::Seeded, folder::TestFolder, postgres, time::TestClock};

use crate::{Db, Keys, Location, Outside, StoreError, Tx};

/// An open empty database, and what goes when the test ends.
struct Opened {
    db: Db,
    _folder: Option<TestFolder>,
}

fn outside(seed: u64) -> Outside {
    let chance = Seeded::new(seed);
    Outside {
        keys: Arc::new(Keys::draw(&chance)),
        clock: Arc::new(TestClock::at("2026-11-24T09:30:00Z")),
        chance: Arc::new(chance),
    }
}

async fn lite() -> Opened {
    let folder = TestFolder::new();
    let location = Location::File(folder.join("tessera.db"));
    let db = Db::open(&location, outside(1)).await.expect("SQLite opens");
    Opened { db, _folder: Some(folder) }
}

async fn pg() -> Opened {
    let location = Location::Server(postgres::fresh_database());
    let db = Db::open(&location, outside(1)).await.expect("PostgreSQL opens");
    Opened { db, _folder: None }
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

//! A small partnership on a fresh database of either kind: the whole program but for its pages.

#![allow(clippy::missing_panics_doc, reason = "a world stops the test at a surprise")]

use std::{path::PathBuf, sync::Arc};

use tessera_app::{App, person::RawSetUp};
use tessera_core::{
    ids::{AgencyId, UserId},
    time::{SignedDuration, Timestamp},
    user::Role,
};
use tessera_policy::{Actor, Who};
use tessera_store::{Db, Keys, Location, Outside, StoreError, user};

use crate::{chance::Seeded, folder::TestFolder, postgres, raw::Way, time::TestClock};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One encrypted file.
    Sqlite,
    /// A server.
    Postgres,
}

/// The program on a fresh database, with a clock that stands at nine on a Tuesday morning.
pub struct World {
    /// The use cases.
    pub app: Arc<App>,
    /// The clock; nothing but the test moves it.
    pub clock: TestClock,
    /// What everything random is drawn from.
    pub chance: Arc<Seeded>,
    /// Which database this is.
    pub engine: Engine,
    location: Location,
    folder: TestFolder,
}

/// When the clock of a [`World`] starts: a Tuesday, 9:00 in London.
pub const START: &str = "2026-11-24T09:00:00Z";

/// Says what went wrong and stops the test.
#[track_caller]
pub(crate) fn sure<T, E: std::fmt::Display>(what: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

impl World {
    /// Opens a fresh database. Nobody can sign in yet.
    pub async fn empty(engine: Engine) -> Self {
        let folder = TestFolder::new();
        let location = match engine {
            Engine::Sqlite => Location::File(folder.path().join("tessera.db")),
            Engine::Postgres => Location::Server(postgres::fresh_database()),
        };
        let clock = TestClock::at(START);
        let chance = Arc::new(Seeded::new(2026));
        let db = sure("open the database", open(&folder, &location, &clock, &chance).await);
        let app = sure("content", App::new(db));
        Self { app: Arc::new(app), clock, chance, engine, location, folder }
    }

    /// Opens a fresh database and sets up a partnership with its hub and an administrator.
    pub async fn new(engine: Engine) -> Self {
        let world = Self::empty(engine).await;
        let link = sure("offer set-up", world.app.offer_set_up().await);
        let raw = RawSetUp {
            partnership: "Marlbrook".into(),
            hub: "Marlbrook front door".into(),
            name: "Ada Keeper".into(),
            email: "ada.keeper@example.org".into(),
        };
        sure("set up", world.app.set_up(link, &raw).await);
        world
    }

    /// The same database, opened once more, as after a restart.
    pub async fn open_again(&self) -> App {
        sure("content", App::new(sure("open the database", self.reopen().await)))
    }

    /// Tries to open the same database once more.
    pub async fn reopen(&self) -> Result<Db, StoreError> {
        open(&self.folder, &self.location, &self.clock, &self.chance).await
    }

    /// Closes the database and keeps its folder.
    pub async fn closed(self) -> TestFolder {
        self.app.db.clone().close().await;
        self.folder
    }

    /// Puts other keys in the place of this installation's.
    pub fn change_keys(&self, chance: &Seeded) {
        sure("forget the keys", std::fs::remove_file(self.key_file()));
        sure("keys", Keys::load_or_create(&self.key_file(), chance));
    }

    /// The administrator that [`World::new`] made.
    pub async fn admin(&self) -> Actor {
        let mut read = sure("read", self.app.db.read().await);
        let all = sure("users", user::all(&mut read.conn(), self.now()).await);
        let found = all.iter().find(|u| u.email == "ada.keeper@example.org");
        let Some(id) = found.map(|u| u.id) else { panic!("there is no administrator") };
        drop(read);
        self.actor(id).await
    }

    /// The hub's agency.
    pub async fn hub(&self) -> AgencyId {
        match self.admin().await.agency {
            Some(id) => id,
            None => panic!("the administrator has no agency"),
        }
    }

    /// A person as the program sees them at their next request: with the roles that hold now.
    pub async fn actor(&self, id: UserId) -> Actor {
        let mut read = sure("read", self.app.db.read().await);
        let found = sure("user", user::by_id(&mut read.conn(), id, self.now()).await);
        let Some(found) = found else { panic!("there is no user {id}") };
        Actor {
            who: Who::User(id),
            name: found.name,
            agency: Some(found.agency),
            roles: found.roles.into_iter().collect(),
            request: None,
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.app.db.now()
    }

    /// Moves the clock by minutes.
    pub fn minutes_later(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// Moves the clock by hours.
    pub fn hours_later(&self, hours: i64) {
        self.clock.advance(SignedDuration::from_hours(hours));
    }

    /// The people who hold a role now.
    pub async fn with_role(&self, role: Role) -> Vec<UserId> {
        let mut read = sure("read", self.app.db.read().await);
        sure("people", user::with_role(&mut read.conn(), role, self.now()).await)
    }

    /// The folder with the database file and its companions.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Runs SQL past the product, to damage or prepare a database; how many rows it changed.
    pub async fn raw(&self, sql: &str) -> u64 {
        sure(sql, self.way(&self.key_file()).run(sql).await)
    }

    /// The one number that a question past the product is answered with.
    pub async fn raw_number(&self, sql: &str) -> i64 {
        sure(sql, self.way(&self.key_file()).number(sql).await)
    }

    fn key_file(&self) -> PathBuf {
        key_file(&self.folder)
    }

    fn way<'a>(&'a self, keys: &'a std::path::Path) -> Way<'a> {
        match &self.location {
            Location::File(path) => Way::File { path, keys },
            Location::Server(url) => Way::Server(url),
        }
    }
}

fn key_file(folder: &TestFolder) -> PathBuf {
    folder.path().join("keys").join("tessera.keys")
}

async fn open(
    folder: &TestFolder,
    location: &Location,
    clock: &TestClock,
    chance: &Arc<Seeded>,
) -> Result<Db, StoreError> {
    let keys = Arc::new(Keys::load_or_create(&key_file(folder), &**chance)?);
    let outside = Outside { keys, clock: Arc::new(clock.clone()), chance: chance.clone() };
    Db::open(location, outside).await
}

/// Runs the body of a test on a runtime of its own; what [`crate::on_both!`] expands to.
pub fn run<F: AsyncFnOnce(World)>(engine: Engine, body: F) {
    block_on(async { body(World::new(engine).await).await });
}

/// Runs a future to its end on a runtime of several threads, as the program does.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    sure("runtime", built).block_on(future)
}

/// One test, two databases: `on_both!(a_sentence, async |w| { ... });` makes the tests
/// `a_sentence::sqlite` and `a_sentence::postgres`.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $body:expr $(,)?) => {
        mod $name {
            #[allow(unused_imports, reason = "a body uses what its file imports")]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::world::run($crate::Engine::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::world::run($crate::Engine::Postgres, $body);
            }
        }
    };
}

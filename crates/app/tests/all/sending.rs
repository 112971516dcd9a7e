//! Sending a concern, again and at the same time as others.

use std::sync::{Arc, Mutex};

use tessera_app::{
    App,
    concern::{Receipt, SendKey, Submission},
};
use tessera_core::{
    chance::Chance,
    concern::{Channel, RawConcern},
    time::SignedDuration,
};
use tessera_policy::Actor;
use tessera_store::{Db, Keys, Location, Outside, integrity};
use tessera_testkit::{chance::Seeded, folder::TestFolder, postgres, time::TestClock};

struct Opened {
    app: App,
    clock: TestClock,
    chance: Arc<Rewinding>,
    _folder: TestFolder,
}

/// Ids never repeat; everything else is drawn again after a rewind.
struct Rewinding {
    ids: Seeded,
    rest: Mutex<Seeded>,
}

impl Rewinding {
    fn rewind(&self) {
        *self.rest.lock().unwrap() = Seeded::new(7);
    }
}

impl Chance for Rewinding {
    fn fill(&self, bytes: &mut [u8]) {
        // Ten random bytes make an id of version 7.
        if bytes.len() == 10 { self.ids.fill(bytes) } else { self.rest.lock().unwrap().fill(bytes) }
    }
}

async fn both() -> [Opened; 2] {
    let lite = TestFolder::new();
    let file = Location::File(lite.join("tessera.db"));
    let server = Location::Server(postgres::fresh_database());
    [open(file, lite).await, open(server, TestFolder::new()).await]
}

async fn open(location: Location, folder: TestFolder) -> Opened {
    let chance = Arc::new(Rewinding { ids: Seeded::new(1), rest: Mutex::new(Seeded::new(7)) });
    let clock = TestClock::at("2026-11-24T09:30:00Z");
    let outside = Outside {
        keys: Arc::new(Keys::draw(&Seeded::new(3))),
        clock: Arc::new(clock.clone()),
        chance: chance.clone(),
    };
    let db = Db::open(&location, outside).await.unwrap();
    Opened { app: App::new(db).unwrap(), clock, chance, _folder: folder }
}

async fn send(app: &App, key: &str, what: &str) -> Receipt {
    let raw = RawConcern { what: what.into(), ..RawConcern::default() };
    let submission = Submission { raw: &raw, channel: Channel::Api, key: SendKey::Chosen(key) };
    app.submit(&Actor::anonymous(None), submission).await.unwrap()
}

async fn received(app: &App) -> i64 {
    let examined = integrity::examine(&app.db).await.unwrap();
    assert_eq!(examined.problems, Vec::<String>::new());
    examined.concerns
}

#[tokio::test]
async fn the_same_words_under_the_same_key_are_one_concern_with_one_receipt() {
    for Opened { app, clock, .. } in both().await {
        let first = send(&app, "42", "Seen at the station").await;
        clock.advance(SignedDuration::from_hours(30));
        assert_eq!(send(&app, "42", "Seen at the station").await, first);
        assert_eq!(received(&app).await, 1);
    }
}

#[tokio::test]
async fn other_words_under_a_key_somebody_chose_before_are_another_concern() {
    for Opened { app, .. } in both().await {
        let first = send(&app, "1", "Seen at the station").await;
        let second = send(&app, "1", "Seen at the school gate").await;
        assert_ne!(second.reference, first.reference);
        assert_ne!(second.follow, first.follow);
        assert_eq!(received(&app).await, 2);
    }
}

#[tokio::test]
async fn a_reference_that_is_taken_is_drawn_again() {
    for Opened { app, chance, .. } in both().await {
        let first = send(&app, "1", "Seen at the station").await;
        chance.rewind();
        let second = send(&app, "2", "Seen at the school gate").await;
        assert_ne!(second.reference, first.reference);
        assert_eq!(received(&app).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_attempts_at_once_are_one_concern() {
    for Opened { app, .. } in both().await {
        let app = Arc::new(app);
        let attempts: Vec<_> = (0..10)
            .map(|_| {
                let app = Arc::clone(&app);
                tokio::spawn(async move { send(&app, "42", "Seen at the station").await })
            })
            .collect();
        let mut references = Vec::new();
        for attempt in attempts {
            references.push(attempt.await.unwrap().reference);
        }
        references.dedup();
        assert_eq!(references.len(), 1);
        assert_eq!(received(&app).await, 1);
    }
}

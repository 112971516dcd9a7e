//! A concern that was acknowledged is there after any crash, once; one that was not can be sent
//! again. The test program runs itself as a child that receives concerns as fast as it can, and
//! kills it (SIGKILL) at random instants.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{self, Child, ChildStdout, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use tessera_app::{
    App,
    concern::{SendKey, Submission},
};
use tessera_core::{
    concern::{Channel, RawConcern},
    reference::Reference,
};
use tessera_policy::Actor;
use tessera_store::{Db, Keys, Location, Outside, integrity, ledger};
use tessera_testkit::{chance::Seeded, folder::TestFolder, postgres, time::TestClock};

/// `TESSERA_KILLS` asks for another number, for a long run before a release.
const KILLS: u32 = 50;
/// Set for the child: the life it is in.
const LIFE: &str = "TESSERA_CRASH_LIFE";
const PLACE: &str = "TESSERA_CRASH_DATABASE";
const KEYS: &str = "TESSERA_CRASH_KEYS";
/// People who send at the same time.
const SENDERS: u32 = 8;

#[test]
fn nothing_acknowledged_is_lost_or_doubled_on_sqlite_killed_fifty_times() {
    receive_if_child();
    let folder = TestFolder::new();
    let place = folder.join("tessera.db").display().to_string();
    survive("sqlite", &place, &folder.join("keys"));
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_on_postgresql_killed_fifty_times() {
    receive_if_child();
    let folder = TestFolder::new();
    survive("postgresql", &postgres::fresh_database(), &folder.join("keys"));
}

/// What was sent, and the answer if there was one.
#[derive(Default)]
struct Sent(BTreeMap<String, Option<String>>);

impl Sent {
    fn unanswered(&self) -> Vec<&str> {
        self.0.iter().filter(|(_, answer)| answer.is_none()).map(|(key, _)| key.as_str()).collect()
    }

    fn hear(&mut self, line: &str) {
        let mut words = line.split(' ');
        let (Some("try" | "ack"), Some(key)) = (words.next(), words.next()) else { return };
        let before = self.0.entry(key.to_owned()).or_default();
        if let Some(answer) = words.next() {
            let same = before.as_deref().is_none_or(|before| before == answer);
            assert!(same, "{key} was first {before:?} and is now {answer}");
            *before = Some(answer.to_owned());
        }
    }
}

fn survive(engine: &str, place: &str, keys: &Path) {
    let chance = Seeded::new(0xdead);
    let mut sent = Sent::default();
    let kills = env::var("TESSERA_KILLS").map_or(KILLS, |asked| asked.parse().unwrap());
    for life in 0..kills {
        let (mut child, mut said) = start(engine, life, place, keys, &sent.unanswered());
        wait_for(&mut said, "ready");
        // However slow the machine is, every life sends something new before its sudden end.
        hear_new(&mut said, &mut sent, 1 + chance.below(6));
        thread::sleep(Duration::from_micros(chance.below(30_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        hear_all(said, &mut sent);
    }
    // One last life, in which nothing is killed: what has no answer is sent again, and so is
    // everything that has one.
    let all: Vec<&str> = sent.0.keys().map(String::as_str).collect();
    let (mut child, said) = start(engine, u32::MAX, place, keys, &all);
    hear_all(said, &mut sent);
    assert!(child.wait().unwrap().success());

    assert_eq!(sent.unanswered(), Vec::<&str>::new());
    let references: BTreeSet<&String> = sent.0.values().flatten().collect();
    assert_eq!(references.len(), sent.0.len(), "two concerns share a reference");
    assert!(sent.0.len() > 100, "too little was sent to mean anything: {}", sent.0.len());
    examine(place, keys, sent.0.len());
    println!("{engine}: killed {kills} times, {} concerns, each there once", sent.0.len());
}

#[tokio::main(flavor = "current_thread")]
async fn examine(place: &str, keys: &Path, expected: usize) {
    let app = open(place, keys, 1_000_000).await;
    let examined = integrity::examine(&app.db).await.unwrap();
    assert_eq!(examined.problems, Vec::<String>::new());
    assert_eq!(examined.concerns, i64::try_from(expected).unwrap());
    while ledger::sequence(&app.db).await.unwrap() > 0 {}
    let verified = ledger::verify(&app.db, &[]).await.unwrap();
    assert_eq!(verified.tail, 0);
    assert!(verified.checked.signed >= expected as u64);
}

fn start(
    engine: &str,
    life: u32,
    place: &str,
    keys: &Path,
    again: &[&str],
) -> (Child, BufReader<ChildStdout>) {
    let test =
        format!("crash::nothing_acknowledged_is_lost_or_doubled_on_{engine}_killed_fifty_times");
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", &test, "--nocapture"])
        .env(LIFE, life.to_string())
        .env(PLACE, place)
        .env(KEYS, keys)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for key in again {
        writeln!(stdin, "{key}").unwrap();
    }
    let said = BufReader::new(child.stdout.take().unwrap());
    (child, said)
}

fn wait_for(said: &mut BufReader<ChildStdout>, word: &str) {
    for line in said.lines() {
        if line.unwrap() == word {
            return;
        }
    }
    panic!("the child ended before it said {word}");
}

/// Reads until so many things were tried that were not tried before.
fn hear_new(said: &mut BufReader<ChildStdout>, sent: &mut Sent, more: usize) {
    let enough = sent.0.len() + more;
    let mut line = String::new();
    while sent.0.len() < enough {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "the child ended before it was killed");
        if let Some(whole) = line.strip_suffix('\n') {
            sent.hear(whole);
        }
    }
}

/// Reads whole lines; one cut off by the kill was never said.
fn hear_all(mut said: BufReader<ChildStdout>, sent: &mut Sent) {
    let mut line = String::new();
    while said.read_line(&mut line).unwrap() > 0 {
        if let Some(whole) = line.strip_suffix('\n') {
            sent.hear(whole);
        }
        line.clear();
    }
}

async fn open(place: &str, keys: &Path, seed: u32) -> App {
    let chance = Seeded::new(u64::from(seed));
    let keys = Arc::new(Keys::load_or_create(keys, &chance).unwrap());
    let location = if place.starts_with("postgres://") {
        Location::Server(place.to_owned())
    } else {
        Location::File(PathBuf::from(place))
    };
    let clock = Arc::new(TestClock::at("2026-11-24T09:30:00Z"));
    let outside = Outside { keys, clock, chance: Arc::new(chance) };
    App::new(Db::open(&location, outside).await.unwrap()).unwrap()
}

/// In the child: receives concerns until it is killed, and comes back only in its last life.
fn receive_if_child() {
    if let Ok(life) = env::var(LIFE) {
        receive(life.parse().unwrap());
        process::exit(0);
    }
}

#[tokio::main(worker_threads = 4)]
async fn receive(life: u32) {
    let (place, keys) = (env::var(PLACE).unwrap(), env::var(KEYS).unwrap());
    let app = Arc::new(open(&place, Path::new(&keys), life).await);
    let working = Arc::clone(&app);
    tokio::spawn(async move { working.work().await });
    say("\nready");
    let again: Vec<String> = std::io::stdin().lock().lines().map(Result::unwrap).collect();
    for key in &again {
        send(&app, key).await;
    }
    if life == u32::MAX {
        return;
    }
    let next = Arc::new(AtomicU32::new(0));
    for _ in 0..SENDERS {
        let (app, next) = (Arc::clone(&app), Arc::clone(&next));
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                send(&app, &format!("{life}-{number}")).await;
            }
        });
    }
    std::future::pending::<()>().await;
}

async fn send(app: &App, key: &str) {
    say(&format!("try {key}"));
    let raw = RawConcern { what: format!("Seen at the station, {key}"), ..RawConcern::default() };
    let submission = Submission { raw: &raw, channel: Channel::Public, key: SendKey::Chosen(key) };
    let receipt = app.submit(&Actor::anonymous(None), submission).await.unwrap();
    let reference: &Reference = &receipt.reference;
    say(&format!("ack {key} {reference}"));
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

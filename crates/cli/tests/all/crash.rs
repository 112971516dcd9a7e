//! `tessera serve` is killed (SIGKILL) at random instants while people tell; whoever saw a receipt
//! is in the database once, and whoever did not gets one by trying again.

use std::{
    collections::BTreeSet,
    env, io,
    net::SocketAddr,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use tessera_store::{Db, Keys, Location, Outside, integrity, ledger};
use tessera_testkit::{
    chance::Seeded,
    folder::TestFolder,
    postgres,
    program::{Program, free_address},
    time::TestClock,
    visit::Teller,
};
use tokio::task::JoinSet;

/// `TESSERA_KILLS` asks for another number, for a long run before a release.
const KILLS: u32 = 50;
/// People who tell at the same time.
const TELLERS: u32 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_told_is_lost_or_doubled_when_the_server_on_sqlite_is_killed_fifty_times() {
    survive(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_told_is_lost_or_doubled_when_the_server_on_postgresql_is_killed_fifty_times() {
    survive(Some(postgres::fresh_database())).await;
}

struct Installation {
    folder: TestFolder,
    server: Option<String>,
}

impl Installation {
    fn start(&self, address: SocketAddr) -> io::Result<Program> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.arg("serve").arg("--data").arg(self.folder.join("data"));
        command.arg("--key-file").arg(self.folder.join("keys"));
        if let Some(url) = &self.server {
            command.args(["--database", url]);
        }
        command.arg("--listen").arg(address.to_string());
        Program::start(&mut command, address, &self.folder.join("log"))
    }

    async fn database(&self) -> Db {
        let chance = Seeded::new(1);
        let keys = Arc::new(Keys::load(&self.folder.join("keys")).unwrap());
        let clock = Arc::new(TestClock::at("2026-11-24T09:30:00Z"));
        let outside = Outside { keys, clock, chance: Arc::new(chance) };
        let location = match &self.server {
            Some(url) => Location::Server(url.clone()),
            None => Location::File(self.folder.join("data").join("tessera.db")),
        };
        Db::open(&location, outside).await.unwrap()
    }
}

async fn survive(server: Option<String>) {
    let engine = if server.is_some() { "postgresql" } else { "sqlite" };
    let installation = Installation { folder: TestFolder::new(), server };
    let address = free_address().unwrap();
    let kills = env::var("TESSERA_KILLS").map_or(KILLS, |asked| asked.parse().unwrap());
    let chance = Seeded::new(0xc4a5);

    let mut program = installation.start(address).unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let next = Arc::new(AtomicU32::new(0));
    let mut telling = JoinSet::new();
    for _ in 0..TELLERS {
        telling.spawn(tell_until(Arc::clone(&over), Arc::clone(&next), address));
    }
    for _ in 0..kills {
        program.wait_until_healthy().await;
        // However slow the machine is, every life receives something before its sudden end.
        wait_for_more(&next, 1 + u32::try_from(chance.below(3)).unwrap()).await;
        tokio::time::sleep(Duration::from_micros(chance.below(50_000) as u64)).await;
        program.kill();
        program = installation.start(address).unwrap();
    }
    program.wait_until_healthy().await;
    over.store(true, Ordering::SeqCst);
    let mut told = Vec::new();
    while let Some(references) = telling.join_next().await {
        told.extend(references.unwrap());
    }
    program.kill();

    let each: BTreeSet<&String> = told.iter().collect();
    assert_eq!(each.len(), told.len(), "two people got one reference");
    assert!(told.len() > 50, "too little was told to mean anything: {}", told.len());
    check(&installation, told.len()).await;
    println!("{engine}: killed {kills} times, {} told, each received once", told.len());
}

/// Waits until so many more people have begun to tell, which they do after the one before was done.
async fn wait_for_more(next: &AtomicU32, more: u32) {
    let enough = next.load(Ordering::SeqCst) + more;
    for _ in 0..60_000 {
        if next.load(Ordering::SeqCst) >= enough {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("nobody was told anything for a minute");
}

/// One person after another at the same browser; each tries until there is a receipt.
async fn tell_until(
    over: Arc<AtomicBool>,
    next: Arc<AtomicU32>,
    address: SocketAddr,
) -> Vec<String> {
    let mut references = Vec::new();
    let mut teller = Teller::new(address, String::new());
    while !over.load(Ordering::SeqCst) {
        let number = next.fetch_add(1, Ordering::Relaxed);
        teller = teller.next(format!("Seen at the station in Marlbrook, {number}"));
        let reference = until_acknowledged(&mut teller).await;
        // Every fourth sends the same thing again, as people do who are not sure.
        if number.is_multiple_of(4) {
            assert_eq!(until_acknowledged(&mut teller).await, reference);
        }
        references.push(reference);
    }
    references
}

async fn until_acknowledged(teller: &mut Teller) -> String {
    for _ in 0..6000 {
        match teller.tell().await {
            Ok(reference) => return reference,
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    panic!("nobody acknowledged this within a minute");
}

async fn check(installation: &Installation, told: usize) {
    let db = installation.database().await;
    let examined = integrity::examine(&db).await.unwrap();
    assert_eq!(examined.problems, Vec::<String>::new());
    assert_eq!(examined.concerns, i64::try_from(told).unwrap());
    while ledger::sequence(&db).await.unwrap() > 0 {}
    let verified = ledger::verify(&db, &[]).await.unwrap();
    assert_eq!(verified.tail, 0);
    assert!(verified.checked.signed >= told as u64);
}

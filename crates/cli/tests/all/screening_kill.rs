//! The server is killed (SIGKILL) at random instants while somebody answers a screening page by page:
//! whatever was acknowledged is there afterwards, and the code opens it again.

use std::{io, process::Command, time::Duration};

use tessera_testkit::{
    chance::Seeded,
    folder::TestFolder,
    http::Client,
    postgres,
    program::{Program, free_address},
    visit::{expect, signed_in_as},
};

/// How often the server is killed.
const KILLS: u32 = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_a_screening_that_was_kept_is_lost_when_the_server_on_sqlite_is_killed() {
    survive(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_a_screening_that_was_kept_is_lost_when_the_server_on_postgresql_is_killed() {
    survive(Some(postgres::fresh_database())).await;
}

async fn survive(database: Option<String>) {
    let folder = TestFolder::new();
    let address = free_address().unwrap();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.arg("demo").arg("--data").arg(folder.join("data"));
        command.arg("--key-file").arg(folder.join("keys"));
        if let Some(url) = &database {
            command.args(["--database", url]);
        }
        command.arg("--listen").arg(address.to_string());
        Program::start(&mut command, address, &folder.join("log")).unwrap()
    };
    let chance = Seeded::new(0x5c4e);
    let mut program = start();
    program.wait_until_healthy().await;
    let mut worker = signed_in_as(address, "Worker or volunteer").await.unwrap();
    let csrf = worker.get("/notices").await.unwrap().input("csrf").unwrap();
    let begun = worker.post("/screenings/start", &[("csrf", &csrf)]).await.unwrap();
    expect(&begun, 303).unwrap();
    let code = worker.cookie("tessera-screening").unwrap().to_owned();
    let (mut tried, mut kept) = (0_u32, 0_u32);
    for _ in 0..KILLS {
        let wait = Duration::from_micros(200 + chance.below(40_000) as u64);
        let killer = tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            program.kill();
        });
        // As the script does it: kept again and again, until the connection is lost.
        loop {
            tried += 1;
            match keep(&mut worker, &csrf, tried).await {
                Ok(()) => kept = tried,
                Err(_) => break,
            }
        }
        killer.await.unwrap();
        program = start();
        program.wait_until_healthy().await;
        // Elsewhere, without the session: only the code.
        let mut other = Client::new(address);
        expect(&other.post("/screen/resume", &[("code", &code)]).await.unwrap(), 303).unwrap();
        let page = other.get("/screen/words").await.unwrap();
        expect(&page, 200).unwrap();
        // Nothing may have been kept yet: then the field is empty.
        let found = page.input("place").and_then(|place| place.parse().ok()).unwrap_or(0);
        // The last one may have been kept although its answer was lost; nothing older may stand.
        assert!((kept..=tried).contains(&found), "kept {kept}, tried {tried}, found {found}");
    }
    assert!(kept > KILLS, "too little was kept to mean anything: {kept}");
}

async fn keep(worker: &mut Client, csrf: &str, place: u32) -> io::Result<()> {
    let place = place.to_string();
    let fields = [("csrf", csrf), ("place", place.as_str()), ("autosave", "1")];
    expect(&worker.post("/screen/words", &fields).await?, 204)
}

//! What the real program does under load: `script/bench load`. It starts `tessera demo` or
//! `tessera serve`, and asks it over real connections. Figures of real runs: docs/performance.md.

#![allow(clippy::print_stdout, reason = "a benchmark says what it found")]

mod drive;
mod hidden;
mod people;
mod timing;

use std::{error::Error, net::SocketAddr, path::PathBuf, process::Command, time::Duration};

use clap::Parser;
use tessera_testkit::{
    folder::TestFolder,
    program::{Program, free_address},
};
use tokio::time::Instant;

use crate::{
    drive::{as_fast_as_answered, on_a_timetable},
    people::{Reading, Telling},
    timing::Timing,
};

/// Measures how many people a server can hear and answer.
#[derive(Debug, Parser)]
struct Options {
    /// The program, best a release build.
    #[arg(long, default_value = "target/release/tessera")]
    program: PathBuf,
    /// A PostgreSQL address; without it SQLite is measured.
    #[arg(long)]
    database: Option<String>,
    /// How long each part takes.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Connections at the same time.
    #[arg(long, default_value_t = 32)]
    connections: u32,
    /// Told concerns a second, on a timetable.
    #[arg(long, default_value_t = 50)]
    tell_rate: u32,
    /// Pages read a second by signed-in people, on a timetable.
    #[arg(long, default_value_t = 100)]
    read_rate: u32,
    /// A data folder of a demo to be measured in, with its keys in `keys` beside it; without it a
    /// small demo is made.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Asks so often for a hidden file and for none, and compares the times.
    #[arg(long, default_value_t = 2000)]
    hidden: usize,
}

struct Server {
    program: Program,
    _folder: TestFolder,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let length = Duration::from_secs(options.seconds);
    println!("cold start to the first answer: {:.0?}", cold_start(&options).await?);

    let server = start(&options).await?;
    let address = server.program.address();
    say_memory(&server, "at rest");

    let mut all = as_fast_as_answered(tellers(&options, address), length).await;
    println!("{}", all.line("told, as fast as answered"));
    let mut paced = on_a_timetable(tellers(&options, address), options.tell_rate, length).await;
    println!("{}", paced.line(&format!("told, {} a second", options.tell_rate)));
    say_memory(&server, "after telling");

    let mut all = as_fast_as_answered(readers(&options, address).await?, length).await;
    println!("{}", all.line("pages read signed in, as fast as answered"));
    let readers = readers(&options, address).await?;
    let mut paced = on_a_timetable(readers, options.read_rate, length).await;
    println!("{}", paced.line(&format!("pages read signed in, {} a second", options.read_rate)));
    say_memory(&server, "after reading");
    if options.hidden > 0 {
        println!("{}", hidden::compare(address, options.hidden).await?);
    }
    Ok(())
}

async fn start(options: &Options) -> Result<Server, Box<dyn Error>> {
    let folder = TestFolder::new();
    let address = free_address()?;
    let mut command = Command::new(&options.program);
    let data = options.data.clone().unwrap_or_else(|| folder.join("data"));
    let keys = data.with_file_name("keys");
    command.arg("demo").arg("--data").arg(data).arg("--key-file").arg(keys);
    command.arg("--listen").arg(address.to_string());
    if let Some(url) = &options.database {
        command.args(["--database", url]);
    }
    let mut program = Program::start(&mut command, address, &folder.join("log"))?;
    program.wait_until_healthy().await;
    Ok(Server { program, _folder: folder })
}

/// The middle of five starts on a folder that is already there.
async fn cold_start(options: &Options) -> Result<Duration, Box<dyn Error>> {
    let folder = TestFolder::new();
    let mut times = Timing::default();
    for round in 0..6 {
        let address = free_address()?;
        let mut command = Command::new(&options.program);
        command.arg("serve").arg("--data").arg(folder.join("data"));
        command.arg("--key-file").arg(folder.join("keys"));
        command.arg("--listen").arg(address.to_string());
        let begun = Instant::now();
        let mut program = Program::start(&mut command, address, &folder.join("log"))?;
        program.wait_until_healthy().await;
        // The first start also makes the database.
        if round > 0 {
            times.add(begun.elapsed());
        }
    }
    Ok(times.median())
}

fn tellers(options: &Options, address: SocketAddr) -> Vec<Telling> {
    (0..options.connections).map(|number| Telling::new(address, number)).collect()
}

async fn readers(options: &Options, address: SocketAddr) -> Result<Vec<Reading>, Box<dyn Error>> {
    let mut readers = Vec::new();
    for number in 0..options.connections {
        readers.push(Reading::new(address, number).await?);
    }
    Ok(readers)
}

fn say_memory(server: &Server, when: &str) {
    let bytes = server.program.resident_bytes().unwrap_or_default();
    println!("memory in RAM {when}: {} MiB", bytes / (1 << 20));
}

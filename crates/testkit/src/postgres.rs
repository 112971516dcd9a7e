//! A real PostgreSQL for tests: one server a test process, one empty database a test.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

/// Names a server that is already there (`postgres://user@host:port/postgres`, a user who may create
/// databases). Without it the first [`fresh_database`] starts a server of its own.
pub const SERVER_VARIABLE: &str = "TESSERA_TEST_POSTGRES";

static SERVER: OnceLock<Server> = OnceLock::new();

struct Server {
    url: String,
    /// The server ends when its standard input does, and that ends with this process, however it
    /// ends: a killed test leaves no server and no files behind.
    _lifeline: Option<Child>,
}

/// Creates an empty database of a new name and returns its URL.
///
/// # Panics
///
/// If there is no PostgreSQL to use; the message says what to install. Tests of the second engine
/// are never skipped.
pub fn fresh_database() -> String {
    let server = SERVER.get_or_init(Server::find);
    let output = run(Command::new(script()).args(["database", &server.url]));
    let Some(url) = first_line(&output.stdout) else {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("no database could be created on {}: {said}", server.url);
    };
    url
}

impl Server {
    fn find() -> Self {
        match env::var(SERVER_VARIABLE) {
            Ok(url) if !url.is_empty() => Self { url, _lifeline: None },
            _ => Self::start(),
        }
    }

    fn start() -> Self {
        let mut command = Command::new(script());
        command.arg("run").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("script/postgres could not be run (bash is needed): {error}"),
        };
        let mut line = String::new();
        let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        match first_line(line.as_bytes()) {
            Some(url) => Self { url, _lifeline: Some(child) },
            None => panic!(
                "tests of the PostgreSQL store need PostgreSQL 15 or later: \
                 apt-get install postgresql, or set {SERVER_VARIABLE} to a server's URL ({read:?})"
            ),
        }
    }
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../script/postgres")
}

fn run(command: &mut Command) -> Output {
    match command.output() {
        Ok(output) => output,
        Err(error) => panic!("script/postgres could not be run (bash is needed): {error}"),
    }
}

fn first_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().next().filter(|line| line.starts_with("postgres://")).map(str::to_owned)
}

//! A place to run the program in: a folder, and keys beside it.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use tessera_testkit::{
    folder::TestFolder,
    program::{Program, free_address},
};

/// One installation in a folder of its own.
pub(crate) struct Bench {
    folder: TestFolder,
}

impl Bench {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: TestFolder::new() }
    }

    /// One with the demo in it.
    pub(crate) fn filled() -> Self {
        let bench = Self::new();
        let out = bench.run(&["demo", "--only-fill", "--listen", "127.0.0.1:0", "--data", "data"]);
        assert_eq!(out.code, 0, "{}", out.said);
        bench
    }

    /// A path inside.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The key file that was made for the data folder.
    pub(crate) fn key_file(&self) -> PathBuf {
        let made = std::fs::read_dir(self.path("config/tessera")).expect("a folder of keys");
        let paths: Vec<PathBuf> = made.map(|entry| entry.expect("an entry").path()).collect();
        assert_eq!(paths.len(), 1, "{paths:?}");
        paths[0].clone()
    }

    /// The program, with its configuration in this folder.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.current_dir(self.folder.path()).env("XDG_CONFIG_HOME", self.path("config"));
        for set in ["TESSERA_DATA", "TESSERA_DATABASE", "TESSERA_KEY_FILE", "TESSERA_LOG"] {
            command.env_remove(set);
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Said {
        Said::of(&self.command().args(args).output().expect("the program runs"))
    }

    /// Starts a server and waits until it answers; gives what it said so far.
    pub(crate) async fn serve(&self, args: &[&str]) -> (Program, String) {
        let address = free_address().expect("a free address");
        let log = self.path("log");
        let mut command = self.command();
        command.args(args).args(["--listen", &address.to_string()]);
        let mut program = Program::start(&mut command, address, &log).expect("the program starts");
        program.wait_until_healthy().await;
        let said = std::fs::read_to_string(&log).expect("a log");
        (program, said)
    }
}

/// What a command said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) said: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code().unwrap_or(-1),
            said: text(&output.stdout) + &text(&output.stderr),
        }
    }
}

/// Every file below a folder with what is in it, to see whether anything changed.
pub(crate) fn everything_in(folder: &std::path::Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let Ok(inside) = std::fs::read_dir(folder) else { return found };
    for entry in inside {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(everything_in(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

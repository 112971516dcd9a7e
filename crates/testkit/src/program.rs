//! The real program as a process of its own: started, watched, killed.

use std::{
    fs,
    io::{self, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use crate::http::Client;

/// A running `tessera serve`. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts a prepared command and gives it the address it was told to listen on. What it says on
    /// standard error is added to the file `log`.
    pub fn start(command: &mut Command, address: SocketAddr, log: &Path) -> io::Result<Self> {
        let log = fs::File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(Stdio::from(log.try_clone()?)).stderr(Stdio::from(log));
        Ok(Self { child: command.spawn()?, address })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until `/health` answers 200, asking every five milliseconds.
    ///
    /// # Panics
    ///
    /// If the program ended, or does not answer within a minute.
    pub async fn wait_until_healthy(&mut self) {
        for _ in 0..12_000 {
            let asked = Client::new(self.address).get("/health").await;
            if asked.is_ok_and(|reply| reply.status == 200) {
                return;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the program ended before it answered: {status}");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the program does not answer at {}", self.address);
    }

    /// Ends it the hard way (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) {
        // An error means that it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop, as an operator or the system does (SIGTERM).
    ///
    /// # Panics
    ///
    /// If it cannot be asked.
    pub fn ask_to_stop(&self) {
        let command = format!("kill -TERM {}", self.child.id());
        let asked = Command::new("sh").args(["-c", &command]).status();
        assert!(asked.is_ok_and(|status| status.success()), "the program could not be asked");
    }

    /// Waits until it has ended; how it ended.
    ///
    /// # Panics
    ///
    /// If it cannot be waited for.
    pub fn wait(&mut self) -> ExitStatus {
        match self.child.wait() {
            Ok(status) => status,
            Err(error) => panic!("the program could not be waited for: {error}"),
        }
    }

    /// Memory it holds in RAM now, in bytes, as Linux counts it (`VmRSS`).
    pub fn resident_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// An address on this machine that nothing listens on.
pub fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Shows the end of a program's log when a test fails.
pub fn show_log(log: &Path) {
    let text = fs::read_to_string(log).unwrap_or_default();
    let last: Vec<&str> = text.lines().rev().take(40).collect();
    let lines: Vec<&str> = last.into_iter().rev().collect();
    // Nothing can be done when even this cannot be written.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

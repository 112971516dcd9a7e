//! A folder of its own for one test, gone afterwards.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Deleted with all that is in it when this is dropped.
#[derive(Debug)]
pub struct TestFolder(PathBuf);

impl TestFolder {
    /// A new empty folder, in memory where the system has a place for that.
    ///
    /// # Panics
    ///
    /// If it cannot be made.
    pub fn new() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tessera-test-{}-{number}", process::id());
        for place in [PathBuf::from("/dev/shm"), env::temp_dir()] {
            let path = place.join(&name);
            // Left over from an earlier process of the same number.
            let _ = fs::remove_dir_all(&path);
            if fs::create_dir(&path).is_ok() {
                return Self(path);
            }
        }
        panic!("no folder {name} could be made in {}", env::temp_dir().display());
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether this process has a file in it open.
    fn in_use(&self) -> bool {
        let Ok(open) = fs::read_dir("/proc/self/fd") else { return false };
        let links = open.flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
        links.into_iter().any(|link| link.starts_with(&self.0))
    }

    /// The path of something in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Default for TestFolder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        // A connection closes on a thread of its own; the test's process must not end under it.
        for _ in 0..300 {
            if !self.in_use() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        // What cannot be deleted now is deleted with the temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

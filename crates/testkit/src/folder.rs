//! A folder of its own for a test, deleted afterwards.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// An empty folder, in memory where the system has a place for that, deleted when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

static MADE: AtomicU32 = AtomicU32::new(0);

impl Folder {
    /// Makes one.
    ///
    /// # Panics
    ///
    /// If no folder can be made.
    #[must_use]
    pub fn new() -> Self {
        let name =
            format!("tessera-test-{}-{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        for base in [PathBuf::from("/dev/shm"), env::temp_dir()] {
            let path = base.join(&name);
            if fs::create_dir(&path).is_ok() {
                return Self(path);
            }
        }
        panic!("no folder named {name} could be made in {}", env::temp_dir().display());
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted stays behind in a folder of temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

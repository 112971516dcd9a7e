//! Where an installation is: its data folder or PostgreSQL database, and its key file, which lies
//! apart from both.

use std::{
    env, fs,
    io::ErrorKind,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use tessera_core::{chance::Chance, time::Clock};
use tessera_store::{Db, Keys, Location, Outside, ledger};

use crate::{
    failure::Failure,
    outside::{SystemChance, SystemClock},
};

/// The database file in a data folder.
pub(crate) const DATABASE: &str = "tessera.db";
/// The file whose lock says that a server uses the data folder.
const LOCK: &str = "tessera.lock";

/// Where an installation is.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Place {
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "TESSERA_DATA", default_value = "tessera-data")]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database to use instead of a file in the data folder: postgres://...
    #[arg(long, value_name = "URL", env = "TESSERA_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// The key file [default: a file in ~/.config/tessera named after the data].
    #[arg(long, value_name = "FILE", env = "TESSERA_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// A folder that no other server uses while this is kept.
#[derive(Debug)]
pub(crate) struct Held(#[allow(dead_code, reason = "holds the lock until dropped")] fs::File);

/// Time and chance for a database.
#[derive(Clone)]
pub(crate) struct Means {
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Randomness.
    pub(crate) chance: Arc<dyn Chance>,
}

impl Means {
    /// The machine's own.
    pub(crate) fn system() -> Self {
        Self { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance) }
    }
}

impl Place {
    /// The database file.
    pub(crate) fn file(&self) -> PathBuf {
        self.data.join(DATABASE)
    }

    /// Where the database is.
    pub(crate) fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Server(url.clone()),
            None => Location::File(self.file()),
        }
    }

    /// Where the key file is: as told, or in the user's configuration folder, named after the data.
    pub(crate) fn key_path(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.key_file {
            return Ok(path.clone());
        }
        let folder = configuration_folder().ok_or_else(|| {
            Failure::refused("there is no home folder for the key file: name one with --key-file")
        })?;
        Ok(folder.join("tessera").join(format!("{}.key", self.name()?)))
    }

    /// A name for the key file: the last part of the folder or database and a mark of the whole.
    fn name(&self) -> Result<String, Failure> {
        let whole = match &self.database {
            Some(url) => without_password(url),
            None => std::path::absolute(&self.data)
                .map_err(Failure::file(&self.data))?
                .display()
                .to_string(),
        };
        let path = whole.split('?').next().unwrap_or_default().trim_end_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        let plain: String = last
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
            .collect();
        let mark = hex::encode(Sha256::digest(path.as_bytes()));
        Ok(format!("{plain}-{}", mark.get(..8).unwrap_or_default()))
    }

    /// Makes the data folder, readable by its owner only, if there is none.
    pub(crate) fn make_folder(&self) -> Result<(), Failure> {
        if self.database.is_some() || self.data.is_dir() {
            return Ok(());
        }
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true).mode(0o700).create(&self.data).map_err(Failure::file(&self.data))
    }

    /// Takes the data folder for one server.
    pub(crate) fn hold(&self) -> Result<Option<Held>, Failure> {
        if self.database.is_some() {
            return Ok(None);
        }
        let path = self.data.join(LOCK);
        let file = fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Failure::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Held(file))),
            Err(fs::TryLockError::WouldBlock) => Err(Failure::refused(format!(
                "another tessera serves {}: stop it first",
                self.data.display()
            ))),
            Err(fs::TryLockError::Error(error)) => Err(Failure::file(&path)(error)),
        }
    }

    fn outside(keys: Keys, means: Means) -> Outside {
        Outside { keys: Arc::new(keys), clock: means.clock, chance: means.chance }
    }

    /// The keys of an installation that may be new: a key file is made if neither it nor any data
    /// is there.
    pub(crate) fn keys_or_new(&self) -> Result<Keys, Failure> {
        let path = self.key_path()?;
        self.refuse_key_among_data(&path)?;
        if self.database.is_none() && self.file().exists() && !path.exists() {
            return Err(no_key(&path));
        }
        Ok(Keys::load_or_create(&path, &SystemChance)?)
    }

    /// The keys of an installation that is there.
    pub(crate) fn keys(&self) -> Result<Keys, Failure> {
        let path = self.key_path()?;
        if !path.exists() {
            return Err(no_key(&path));
        }
        Ok(Keys::load(&path)?)
    }

    fn refuse_key_among_data(&self, path: &Path) -> Result<(), Failure> {
        let key = std::path::absolute(path).map_err(Failure::file(path))?;
        let data = std::path::absolute(&self.data).map_err(Failure::file(&self.data))?;
        if self.database.is_none() && key.starts_with(&data) {
            return Err(Failure::refused(
                "the key file must lie outside the data folder, or whoever copies the folder can \
                 read everything",
            ));
        }
        Ok(())
    }

    /// Opens the database, making it if there is none.
    pub(crate) async fn open_or_make(&self, means: Means) -> Result<Db, Failure> {
        let outside = Self::outside(self.keys_or_new()?, means);
        let db = Db::open(&self.location(), outside).await;
        self.refuse_other_key(db.map_err(|e| self.explain(e))?).await
    }

    /// As [`Place::open_or_make`], for a database that is elsewhere until it is whole.
    pub(crate) async fn open_to_fill(&self, at: &Location, means: Means) -> Result<Db, Failure> {
        let outside = Self::outside(self.keys_or_new()?, means);
        let db = Db::open_to_fill(at, outside).await;
        self.refuse_other_key(db.map_err(|e| self.explain(e))?).await
    }

    /// Opens a database that is there, perhaps in use, and changes nothing of its schema.
    pub(crate) async fn open_existing(&self, means: Means) -> Result<Db, Failure> {
        let keys = self.keys()?;
        if self.database.is_none() && !self.file().exists() {
            let why = format!("there is no database at {}", self.file().display());
            return Err(Failure::refused(why));
        }
        let db = Db::open_existing(&self.location(), Self::outside(keys, means)).await;
        self.refuse_other_key(db.map_err(|e| self.explain(e))?).await
    }

    /// A key of another installation opens a PostgreSQL database, but signs another log.
    async fn refuse_other_key(&self, db: Db) -> Result<Db, Failure> {
        let Some(note) = ledger::newest_checkpoint(&db).await? else { return Ok(db) };
        if ledger::public_key(db.keys())?.open(note.as_bytes()).is_ok() {
            return Ok(db);
        }
        db.close().await;
        let path = self.key_path()?;
        Err(Failure::refused(format!(
            "the key file {} does not belong to this database",
            path.display()
        )))
    }

    fn explain(&self, error: tessera_store::StoreError) -> Failure {
        match (&self.database, &error) {
            (None, tessera_store::StoreError::Database(_)) => Failure::refused(format!(
                "{} cannot be opened with this key file, or is damaged ({error})",
                self.file().display()
            )),
            (Some(_), tessera_store::StoreError::Database(_)) => {
                Failure::refused(format!("the PostgreSQL database cannot be used ({error})"))
            }
            _ => error.into(),
        }
    }
}

fn configuration_folder() -> Option<PathBuf> {
    let set = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_CONFIG_HOME").or_else(|| set("HOME").map(|home| home.join(".config")))
}

/// A database's address without the user's name and password.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://{place}")
}

/// Whether a folder holds a database.
pub(crate) fn has_database(folder: &Path) -> Result<bool, Failure> {
    match fs::metadata(folder.join(DATABASE)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::file(folder)(error)),
    }
}

fn no_key(path: &Path) -> Failure {
    Failure::refused(format!(
        "there is no key file at {}, and without it the data cannot be read: bring it back, or say \
         with --key-file where it is",
        path.display()
    ))
}

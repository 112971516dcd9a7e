//! Taking in the guidance of a release.

use sha2::{Digest, Sha256};
use tessera_core::time::{Date, day_in_london};
use tessera_guidance::{Page, builtin};
use tessera_policy::{Actor, Resource, decide, rules::admin::RunJob};
use tessera_store::{
    StoreError,
    guidance::version::{self, NewVersion, Origin, State},
};

use crate::{App, AppError};

/// A file that is new or changed in a release.
struct Arrival {
    path: String,
    text: String,
    hash: [u8; 32],
    state: State,
    from: Option<Date>,
}

/// What tells whether two texts are the same.
pub(super) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl App {
    /// Takes in the guidance that ships, once in the life of the program.
    pub(super) async fn adopt_once(&self) -> Result<(), AppError> {
        let files = || builtin::FILES.iter().map(|(path, text)| (*path, *text));
        self.guidance_shelf.adopted.get_or_try_init(|| self.adopt(files())).await.copied()
    }

    /// Takes in the guidance of a release in place of the one that ships. What the partnership has
    /// changed is not touched: the release's text becomes a proposal.
    pub async fn adopt_release(&self, files: &[(&str, &str)]) -> Result<(), AppError> {
        self.adopt(files.iter().copied()).await?;
        // That it was taken in before is no error.
        let _ = self.guidance_shelf.adopted.set(());
        Ok(())
    }

    async fn adopt<'t>(
        &self,
        files: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Result<(), AppError> {
        let mut read = self.db.read().await?;
        let released = version::released(&mut read.conn()).await?;
        let edited = version::edited(&mut read.conn()).await?;
        drop(read);
        let today = day_in_london(self.db.now());
        let mut arrivals = Vec::new();
        for (path, text) in files {
            let hash = hash(text);
            let before = released.iter().find(|(known, _)| known == path);
            if before.is_some_and(|(_, known)| known.as_slice() == hash.as_slice()) {
                continue;
            }
            let dated = Page::read(path, path, text).ok().map(|page| page.front.in_force_from);
            // What comes first holds from the date it bears; a change holds from today at the earliest.
            let from =
                if before.is_some() { Some(dated.unwrap_or(today).max(today)) } else { dated };
            let ours = edited.iter().any(|known| known == path);
            let state = if ours { State::Proposed } else { State::Published };
            let (path, text) = (path.to_owned(), text.to_owned());
            arrivals.push(Arrival { path, text, hash, state, from });
        }
        if arrivals.is_empty() {
            return Ok(());
        }
        let actor = Actor::system("take in the guidance of this release");
        let permit = decide::<RunJob>(&actor, Resource::None, &())?;
        let taken = self
            .db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("files", arrivals.len().to_string());
                    for new in &arrivals {
                        if new.state == State::Proposed {
                            version::supersede_proposed(tx, &new.path).await?;
                        }
                        let new = NewVersion {
                            path: &new.path,
                            body: &new.text,
                            hash: new.hash,
                            origin: Origin::Release,
                            state: new.state,
                            in_force_from: new.from,
                            by: None,
                            by_name: concat!("Tessera ", env!("CARGO_PKG_VERSION")),
                        };
                        version::insert(tx, &new).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await;
        match taken {
            // Another server of the same database took the same files in at the same moment.
            Err(StoreError::AlreadyThere) => Ok(()),
            other => Ok(other?),
        }
    }
}

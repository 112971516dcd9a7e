//! The instruments of this partnership: the one that ships, and the versions people wrote.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tessera_core::ids::InstrumentId;
use tessera_screening::Instrument;
use tessera_store::{Tx, screening::instrument};

use crate::{App, AppError};

/// The instrument that ships.
const SHIPPED: &str = include_str!("../../../../content/instruments/ce-screen-2026.1.yaml");
/// Its name in faults.
const FILE: &str = "content/instruments/ce-screen-2026.1.yaml";

/// Instruments that were read, by id: a published version never changes.
pub struct Shelf {
    shipped: Arc<Instrument>,
    read: Mutex<HashMap<InstrumentId, Arc<Instrument>>>,
}

impl Shelf {
    /// With the instrument that ships.
    pub fn builtin() -> Result<Self, AppError> {
        let shipped = Instrument::from_yaml(FILE, SHIPPED)
            .map_err(|fault| AppError::Content(fault.to_string()))?;
        Ok(Self { shipped: Arc::new(shipped), read: Mutex::new(HashMap::new()) })
    }

    /// The instrument that ships.
    pub fn shipped(&self) -> &Arc<Instrument> {
        &self.shipped
    }
}

/// The YAML that ships.
pub(super) const fn shipped_text() -> &'static str {
    SHIPPED
}

/// Keeps the shipped version with the partnership's own, so that a screening can name it.
pub(super) async fn ship(tx: &mut Tx, shipped: &Instrument) -> Result<(), AppError> {
    use tessera_core::chance::Draw;
    let id: InstrumentId = tx.chance().id(tx.now());
    let header = &shipped.file().instrument;
    Ok(instrument::ship(tx, id, &header.id, &header.version, SHIPPED).await?)
}

impl App {
    /// The instrument in use, with its id where it was kept already.
    pub(super) async fn current_instrument(
        &self,
    ) -> Result<(Option<InstrumentId>, Arc<Instrument>), AppError> {
        let shipped = self.shelf.shipped();
        let mut read = self.db.read().await?;
        let code = &shipped.file().instrument.id;
        let found = instrument::current(&mut read.conn(), code).await?;
        drop(read);
        match found {
            Some(kept) => Ok((Some(kept.id), self.instrument(kept.id).await?)),
            None => Ok((None, shipped.clone())),
        }
    }

    /// An instrument by its id, in its own wording.
    pub(super) async fn instrument(&self, id: InstrumentId) -> Result<Arc<Instrument>, AppError> {
        if let Ok(read) = self.shelf.read.lock()
            && let Some(found) = read.get(&id)
        {
            return Ok(found.clone());
        }
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?;
        drop(read);
        let kept = kept.ok_or(AppError::Refused(tessera_policy::Refusal::Absent))?;
        let file = format!("{} {}", kept.code, kept.version);
        let parsed = Instrument::from_yaml(&file, &kept.body)
            .map_err(|fault| AppError::Content(fault.to_string()))?;
        let parsed = Arc::new(parsed);
        if kept.status == "published"
            && let Ok(mut read) = self.shelf.read.lock()
        {
            read.insert(id, parsed.clone());
        }
        Ok(parsed)
    }
}

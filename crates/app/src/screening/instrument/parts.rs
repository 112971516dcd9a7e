//! A version of an instrument as forms: each part a list of entries, each entry a form.

use std::sync::Arc;

use tessera_core::{
    errors::{FieldError, FieldErrors},
    ids::InstrumentId,
};
use tessera_policy::{Actor, Refusal, Resource, rules::screening::EditInstrument};
use tessera_screening::{
    Instrument,
    edit::{self, Difference, Fault, Move, Place},
    file::InstrumentFile,
};
use tessera_store::screening::instrument::{self, Instrument as Kept};

use crate::{App, AppError};

/// A version as forms.
pub struct InParts {
    /// The version.
    pub kept: Kept,
    /// It as forms, or why its text cannot be shown so.
    pub file: Result<InstrumentFile, String>,
    /// It with its rules read; nothing while something in it does not fit.
    pub instrument: Option<Instrument>,
}

impl InParts {
    /// Whether it may be changed: what was sent or published is not.
    #[must_use]
    pub fn is_open(&self) -> bool {
        ["draft", "returned"].contains(&self.kept.status.as_str())
    }
}

/// An entry as its form was filled in.
#[derive(Debug, Clone, Default)]
pub struct RawEntry {
    /// The revision of the page.
    pub revision: i64,
    /// The id or words of the entry that was opened; empty for a new one.
    pub was: String,
    /// Names and values, in the order of the form.
    pub values: Vec<(String, String)>,
}

/// A version beside the one in use.
pub struct Compared {
    /// The version.
    pub kept: Kept,
    /// The name of the one in use; nothing where it is the same.
    pub in_use: Option<String>,
    /// What differs, field by field.
    pub differences: Vec<Difference>,
}

impl App {
    /// A version as forms.
    pub async fn instrument_in_parts(
        &self,
        actor: &Actor,
        id: InstrumentId,
    ) -> Result<InParts, AppError> {
        self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        drop(read);
        let file = edit::read_file(&kept.body).map_err(|fault| super::in_words(&fault));
        let instrument = Instrument::from_yaml("instrument", &kept.body).ok();
        Ok(InParts { kept, file, instrument })
    }

    /// What an action may open: the codes of the list of routes.
    #[must_use]
    pub fn what_actions_open(&self) -> Vec<(String, String)> {
        let codes = self.codes.options("route").iter();
        codes.map(|code| (code.id.clone(), code.label.clone())).collect()
    }

    /// Keeps an entry as its form was filled in; a new one without `entry`.
    pub async fn keep_entry(
        &self,
        actor: &Actor,
        id: InstrumentId,
        place: &Place,
        entry: Option<usize>,
        raw: &RawEntry,
    ) -> Result<(), AppError> {
        let found = self.instrument_in_parts(actor, id).await?;
        let file = found.file.map_err(|fault| FieldErrors::one(first(place), fault))?;
        if let Some(at) = entry {
            let named = place.entries(&file).into_iter().nth(at).map(|one| name_of(&one));
            if named.as_deref() != Some(raw.was.as_str()) {
                let message = "Somebody moved or removed this since you opened it";
                return Err(FieldErrors::one(first(place), message).into());
            }
        }
        let filled = |name: &str| -> Vec<String> {
            let of = raw.values.iter().filter(|(other, _)| other == name);
            of.map(|(_, value)| value.clone()).collect()
        };
        let made =
            place.read(&file, entry, &filled, &self.what_actions_open()).map_err(as_errors)?;
        let body = edit::write_file(&made, &found.kept.body);
        let kept = self.keep_text(actor, id, raw.revision, body, Some(place.part.id)).await;
        match kept {
            Err(AppError::Conflict) => {
                let message = "Somebody else changed this version since you opened this. Look at \
                               the list, then keep it again";
                Err(FieldErrors::one(first(place), message).into())
            }
            Err(AppError::Fields(errors)) => {
                let moved = errors
                    .0
                    .into_iter()
                    .map(|error| FieldError { field: first(place), message: error.message });
                Err(FieldErrors(moved.collect()).into())
            }
            other => other,
        }
    }

    /// Moves an entry of a list, or removes it.
    pub async fn arrange_entry(
        &self,
        actor: &Actor,
        id: InstrumentId,
        place: &Place,
        entry: usize,
        how: Move,
        revision: i64,
    ) -> Result<(), AppError> {
        let found = self.instrument_in_parts(actor, id).await?;
        let file = found.file.map_err(|fault| FieldErrors::one("entries", fault))?;
        let made = place.arrange(&file, entry, how).map_err(as_errors)?;
        let body = edit::write_file(&made, &found.kept.body);
        self.keep_text(actor, id, revision, body, Some(place.part.id)).await
    }

    /// A version beside the one in use, field by field.
    pub async fn compare_instrument(
        &self,
        actor: &Actor,
        id: InstrumentId,
    ) -> Result<Compared, AppError> {
        let found = self.instrument_in_parts(actor, id).await?;
        let (current_id, current): (_, Arc<Instrument>) = self.current_instrument().await?;
        if current_id == Some(id) {
            return Ok(Compared { kept: found.kept, in_use: None, differences: Vec::new() });
        }
        let differences = match &found.file {
            Ok(file) => edit::differences(current.file(), file),
            Err(_) => Vec::new(),
        };
        Ok(Compared { kept: found.kept, in_use: Some(current.name()), differences })
    }
}

/// What names an entry: its id, or its words.
#[must_use]
pub fn name_of(entry: &edit::Entry) -> String {
    if entry.id.is_empty() { entry.words.clone() } else { entry.id.clone() }
}

fn first(place: &Place) -> String {
    place.part.fields.first().map(edit::Field::name).unwrap_or_default()
}

fn as_errors(faults: Vec<Fault>) -> AppError {
    let errors =
        faults.into_iter().map(|fault| FieldError { field: fault.field, message: fault.message });
    FieldErrors(errors.collect()).into()
}

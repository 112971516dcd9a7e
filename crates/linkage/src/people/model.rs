//! What each level of agreement means, as shares that can be read, edited and kept.
//!
//! The model is that of Fellegi and Sunter (1969) with more than one way for two records to be
//! alike without being one person: people of one household share a surname, an address and a
//! telephone, twins share a birthday besides, and a child may carry a parent's name. Each of these
//! is a class of its own, so that what a household shares is not taken for proof of identity.

use serde::{Deserialize, Serialize};

use super::fields::{CONTEXTS, FIELDS, Field, LEVELS};

/// What two records can be to each other, apart from unrelated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// One person.
    Same,
    /// Two people of one household or family.
    Household,
    /// Two people of one household born on one day.
    Twins,
    /// Two people of one household with one given name.
    Namesakes,
}

/// How many classes there are, unrelated pairs apart.
pub(crate) const CLASSES: usize = 4;

impl Class {
    /// Every class but the unrelated.
    pub const ALL: [Self; CLASSES] = [Self::Same, Self::Household, Self::Twins, Self::Namesakes];

    /// The stable name in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same_person",
            Self::Household => "household",
            Self::Twins => "twins",
            Self::Namesakes => "namesakes",
        }
    }

    /// Whose shares the class uses for a field.
    pub(crate) fn source(self, field: Field) -> Source {
        match (self, field) {
            (Self::Same, _)
            | (Self::Twins, Field::Birth)
            | (Self::Namesakes, Field::Given | Field::Sex) => Source::Same,
            (_, Field::Given | Field::Surname | Field::Place | Field::Phone) => Source::Household,
            _ => Source::Unrelated,
        }
    }
}

/// The three sets of shares a model holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Same,
    Household,
    Unrelated,
}

/// Shares by field, context and level.
pub(crate) type Shares = [[[f64; LEVELS]; CONTEXTS]; FIELDS];

/// A trained model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// How many records it was trained on.
    pub records: u64,
    /// The share of all pairs of records that belong to each class.
    pub(crate) priors: [f64; CLASSES],
    pub(crate) same: Shares,
    pub(crate) household: Shares,
    pub(crate) unrelated: Shares,
}

impl Model {
    pub(crate) fn shares(&self, source: Source) -> &Shares {
        match source {
            Source::Same => &self.same,
            Source::Household => &self.household,
            Source::Unrelated => &self.unrelated,
        }
    }

    /// The model as one document: every share by its name.
    #[must_use]
    pub fn to_document(&self) -> ModelDocument {
        let classes = Class::ALL.into_iter().zip(self.priors);
        ModelDocument {
            version: 1,
            records: self.records,
            classes: classes
                .map(|(class, share)| ClassShare {
                    class: class.code().to_owned(),
                    share_of_all_pairs: share,
                })
                .collect(),
            fields: Field::ALL
                .into_iter()
                .enumerate()
                .map(|(f, field)| self.field(f, field))
                .collect(),
        }
    }

    fn field(&self, place: usize, field: Field) -> FieldShares {
        let context = |(number, name): (usize, &&str)| ContextShares {
            context: (*name).to_owned(),
            levels: field
                .levels()
                .iter()
                .enumerate()
                .skip(1)
                .map(|(level, name)| LevelShares {
                    level: (*name).to_owned(),
                    same_person: share(&self.same, place, number, level),
                    household: share(&self.household, place, number, level),
                    unrelated: share(&self.unrelated, place, number, level),
                })
                .collect(),
        };
        FieldShares {
            field: field.code().to_owned(),
            contexts: field.contexts().iter().enumerate().map(context).collect(),
        }
    }

    /// Reads a document back.
    ///
    /// # Errors
    /// [`ModelError`] when a name is unknown, a share is missing or not between 0 and 1.
    pub fn from_document(document: &ModelDocument) -> Result<Self, ModelError> {
        if document.version != 1 {
            return Err(ModelError::Version(document.version));
        }
        let mut model = Self {
            records: document.records,
            priors: [0.0; CLASSES],
            same: empty(),
            household: empty(),
            unrelated: empty(),
        };
        for (class, prior) in Class::ALL.into_iter().zip(&mut model.priors) {
            let found = document.classes.iter().find(|entry| entry.class == class.code());
            let found = found.ok_or_else(|| ModelError::Missing(class.code().to_owned()))?;
            *prior = checked(found.share_of_all_pairs, class.code())?;
        }
        for (place, field) in Field::ALL.into_iter().enumerate() {
            let entry = document.fields.iter().find(|entry| entry.field == field.code());
            let entry = entry.ok_or_else(|| ModelError::Missing(field.code().to_owned()))?;
            for (number, name) in field.contexts().iter().enumerate() {
                let context = entry.contexts.iter().find(|entry| entry.context == *name);
                let context = context.ok_or_else(|| ModelError::Missing((*name).to_owned()))?;
                for (level, name) in field.levels().iter().enumerate().skip(1) {
                    let found = context.levels.iter().find(|entry| entry.level == *name);
                    let found = found.ok_or_else(|| ModelError::Missing((*name).to_owned()))?;
                    set(&mut model.same, place, number, level, checked(found.same_person, name)?);
                    let household = checked(found.household, name)?;
                    set(&mut model.household, place, number, level, household);
                    let unrelated = checked(found.unrelated, name)?;
                    set(&mut model.unrelated, place, number, level, unrelated);
                }
            }
        }
        Ok(model)
    }
}

fn checked(share: f64, name: &str) -> Result<f64, ModelError> {
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err(ModelError::Share(name.to_owned())) }
}

pub(crate) fn empty() -> Shares {
    [[[0.0; LEVELS]; CONTEXTS]; FIELDS]
}

pub(crate) fn share(shares: &Shares, field: usize, context: usize, level: usize) -> f64 {
    let levels = shares.get(field).and_then(|contexts| contexts.get(context));
    levels.and_then(|levels| levels.get(level)).copied().unwrap_or_default()
}

pub(crate) fn set(shares: &mut Shares, field: usize, context: usize, level: usize, value: f64) {
    let levels = shares.get_mut(field).and_then(|contexts| contexts.get_mut(context));
    if let Some(slot) = levels.and_then(|levels| levels.get_mut(level)) {
        *slot = value;
    }
}

/// Why a model's document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// A version this program does not read.
    #[error("model version {0} is not known, this program reads version 1")]
    Version(u32),
    /// A class, field, context or level is not in the document.
    #[error("the model says nothing of \"{0}\"")]
    Missing(String),
    /// A share is not above 0 and at most 1.
    #[error("the model's share for \"{0}\" is not above 0 and at most 1")]
    Share(String),
}

/// A model as it is kept: version 1.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelDocument {
    /// The form of this document.
    pub version: u32,
    /// How many records it was trained on.
    pub records: u64,
    /// How common each kind of relation is.
    pub classes: Vec<ClassShare>,
    /// The shares of every level.
    pub fields: Vec<FieldShares>,
}

/// How common one class is.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassShare {
    /// The class.
    pub class: String,
    /// Its share of all pairs of records.
    pub share_of_all_pairs: f64,
}

/// The shares of one field.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldShares {
    /// The field.
    pub field: String,
    /// Its contexts.
    pub contexts: Vec<ContextShares>,
}

/// The shares of one field in one context; each column adds up to one.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextShares {
    /// The context.
    pub context: String,
    /// Its levels.
    pub levels: Vec<LevelShares>,
}

/// How often pairs of each kind are at a level, where both values are known.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelShares {
    /// The level.
    pub level: String,
    /// Among records of one person (Fellegi and Sunter's m).
    pub same_person: f64,
    /// Among records of two people of one household.
    pub household: f64,
    /// Among records of unrelated people (Fellegi and Sunter's u).
    pub unrelated: f64,
}

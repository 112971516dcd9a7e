//! The lists beside the pages: sections, terms, contact routes, resources, services, help.

use serde::{Deserialize, Serialize};
use tessera_core::{guidance::Audience, time::Date};

/// A section of the guidance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Section {
    /// Its name in the address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about, in one sentence.
    pub summary: String,
    /// For whom most of it is written.
    pub audience: Audience,
}

/// A word that guidance cannot do without.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Term {
    /// The word.
    pub term: String,
    /// Other forms of it.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What it means, in plain words.
    pub meaning: String,
}

/// The partnership, and how to reach those who help.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Partnership {
    /// Its name.
    pub name: String,
    /// Where it works.
    #[serde(default)]
    pub area: String,
    /// Whom to reach for what.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// One way to reach somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// Its key.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// Telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Textphone.
    #[serde(default)]
    pub textphone: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<String>,
    /// For what.
    #[serde(rename = "for")]
    pub purpose: String,
}

/// A film, leaflet or site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Resource {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What one will see, so that nobody is taken by surprise.
    pub what_you_will_see: String,
    /// A film, a leaflet, a site.
    #[serde(default)]
    pub kind: String,
    /// How long it is.
    #[serde(default)]
    pub length: Option<String>,
    /// For whom.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Where it is.
    #[serde(default)]
    pub url: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub provider: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<String>,
    /// When one of us looked at it last.
    #[serde(default)]
    pub verified: Option<Date>,
}

/// A service that helps, with the field names of Human Services Data Specification 3 (Open Referral
/// UK) for what is shown; other fields are kept in the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Service {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// `active` or `inactive`.
    #[serde(default)]
    pub status: Option<String>,
    /// Its site.
    #[serde(default)]
    pub url: Option<String>,
    /// Its e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// How to apply.
    #[serde(default)]
    pub application_process: Option<String>,
    /// How long one waits.
    #[serde(default)]
    pub wait_time: Option<String>,
    /// For whom.
    #[serde(default)]
    pub eligibility_description: Option<String>,
    /// From which age, in years.
    #[serde(default)]
    pub minimum_age: Option<u8>,
    /// To which age, in years.
    #[serde(default)]
    pub maximum_age: Option<u8>,
    /// What it costs, in words.
    #[serde(default)]
    pub fees_description: Option<String>,
    /// Who runs it.
    pub organization: Provider,
    /// Telephones.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// People to reach.
    #[serde(default)]
    pub contacts: Vec<ServiceContact>,
    /// Where it is.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// When it is open.
    #[serde(default)]
    pub schedules: Vec<Schedule>,
    /// What it costs.
    #[serde(default)]
    pub cost_options: Vec<Cost>,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// Who runs a service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
}

/// A telephone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Phone {
    /// Its number.
    pub number: String,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
}

/// Somebody to reach at a service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ServiceContact {
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they do.
    #[serde(default)]
    pub title: Option<String>,
    /// Their e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Their telephones.
    #[serde(default)]
    pub phones: Vec<Phone>,
}

/// Where a service is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Location {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
    /// Addresses.
    #[serde(default)]
    pub addresses: Vec<Address>,
}

/// An address.
#[allow(clippy::struct_field_names, reason = "the names of the specification")]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Address {
    /// The street.
    #[serde(default)]
    pub address_1: String,
    /// The town.
    #[serde(default)]
    pub city: String,
    /// The postcode.
    #[serde(default)]
    pub postal_code: Option<String>,
}

/// When a service is open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Schedule {
    /// In words.
    pub description: String,
}

/// What a service costs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cost {
    /// In words.
    pub option: String,
}

/// The paragraph of the guidance that helps with a question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpEntry {
    /// The question, such as `tell.what`.
    pub question: String,
    /// The page, `SECTION/SLUG`.
    pub page: String,
    /// The anchor of the heading whose text is shown.
    pub heading: String,
}

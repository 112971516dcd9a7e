//! The numbers to ring, shown on every page and changed in one place.

use serde::{Deserialize, Serialize};

/// The partnership's contact points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// The partnership's name.
    pub partnership: String,
    /// The hub's name, for example `Marlbrook front door`.
    pub hub: String,
    /// The hub's telephone number in working hours.
    pub hub_telephone: String,
    /// The hub's hours in words.
    pub hub_hours: String,
    /// The emergency duty team out of hours.
    pub out_of_hours_telephone: String,
    /// The police number when it is not an emergency.
    pub police_non_emergency: String,
}

impl Contacts {
    /// What a partnership that has set nothing yet shows: the national numbers only.
    #[must_use]
    pub fn not_yet_set() -> Self {
        Self {
            partnership: "Safeguarding children partnership".into(),
            hub: "the front door".into(),
            hub_telephone: String::new(),
            hub_hours: String::new(),
            out_of_hours_telephone: String::new(),
            police_non_emergency: "101".into(),
        }
    }
}

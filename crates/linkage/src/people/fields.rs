//! The comparisons of two person records and the levels each can reach. The first level of every
//! field is "unknown" and counts neither for nor against.

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Given names, short forms and aliases.
    Given,
    /// Surnames, double-barrelled ones by their parts.
    Surname,
    /// Date of birth.
    Birth,
    /// Sex.
    Sex,
    /// Address and postcode.
    Place,
    /// Telephone number.
    Phone,
    /// NHS number.
    NhsNumber,
}

/// How many fields are compared.
pub(crate) const FIELDS: usize = 7;
/// The most contexts and levels any field has.
pub(crate) const CONTEXTS: usize = 3;
pub(crate) const LEVELS: usize = 12;

impl Field {
    /// Every field, in the order of a comparison.
    pub const ALL: [Self; FIELDS] = [
        Self::Given,
        Self::Surname,
        Self::Birth,
        Self::Sex,
        Self::Place,
        Self::Phone,
        Self::NhsNumber,
    ];

    /// The stable name in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Given => "given_name",
            Self::Surname => "surname",
            Self::Birth => "date_of_birth",
            Self::Sex => "sex",
            Self::Place => "place",
            Self::Phone => "phone",
            Self::NhsNumber => "nhs_number",
        }
    }

    /// The levels by their stable names, "unknown" first.
    #[must_use]
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Given => &GIVEN,
            Self::Surname => &SURNAME,
            Self::Birth => &BIRTH,
            Self::Sex => &["unknown", "same", "different"],
            Self::Place => &PLACE,
            Self::Phone | Self::NhsNumber => &["unknown", "same", "one_slip", "different"],
        }
    }

    /// The contexts whose shares are kept apart. Surnames: whether both are women, who often
    /// change them. Places and telephones: years between the two entries.
    #[must_use]
    pub fn contexts(self) -> &'static [&'static str] {
        match self {
            Self::Surname => &["other", "both_female"],
            Self::Place | Self::Phone => &["within_1_year", "1_to_4_years", "over_4_years"],
            _ => &["all"],
        }
    }
}

const GIVEN: [&str; 11] = [
    "unknown",
    "same",
    "spelling",
    "short_form",
    "one_slip",
    "near",
    "beginning",
    "alias",
    "middle_name",
    "swapped",
    "different",
];

const SURNAME: [&str; 8] =
    ["unknown", "same", "spelling", "one_slip", "near", "part", "alias", "different"];

const BIRTH: [&str; 10] = [
    "unknown",
    "same",
    "swapped",
    "one_digit",
    "first_of_january",
    "year_slip",
    "two_parts",
    "same_year",
    "different",
    "generation_apart",
];

const PLACE: [&str; 11] = [
    "unknown",
    "same_address_and_postcode",
    "same_address_postcode_unknown",
    "same_address_postcode_slip",
    "same_postcode_near_address",
    "same_postcode_address_unknown",
    "same_postcode_other_address",
    "same_address_other_postcode",
    "postcode_slip",
    "same_district",
    "different",
];

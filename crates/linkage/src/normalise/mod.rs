//! From what was written to a form that can be compared; what was written is never thrown away
//! by these functions, they only give a second reading beside it.

pub mod date;
pub mod deletion;
pub mod name;
pub mod nhs_number;
pub mod nickname;
pub mod phone;
pub mod postcode;
pub mod sound;
pub mod upn;
pub mod vehicle;

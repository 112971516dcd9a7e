//! How far two normalised values agree, as named levels. Every comparison gives the same level
//! whichever value comes first.

pub mod birth;
pub mod edit;
pub mod name;
pub mod nhs_number;

//! People who sign in: sessions, credentials, administration.

mod admin;
mod credentials;
mod notices;
mod session;
mod set_up;

pub use admin::{RawAgency, RawRoles, RawUser};
pub use credentials::{Enrolment, RawCredentials, hash_password};
pub use session::{RawSignIn, Token};
pub use set_up::RawSetUp;

pub use tessera_store::session::Session;

//! Who may do what to which record.
//!
//! [`decide`] is the only way to a [`Permit`], and a permit is the only way to the store: a use
//! case that forgot to ask does not compile. The default is refusal; being excluded beats every
//! role. Rules are plain functions, one file a resource, in [`rules`].

mod action;
mod actor;
mod decide;
pub mod matrix;
pub mod rules;

pub use action::Action;
pub use actor::{Actor, Who};
pub use decide::{Act, Authority, Permit, Refusal, Resource, Verdict, decide};

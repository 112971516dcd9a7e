//! The rules, one file a resource.

pub mod admin;
pub mod batch;
pub mod check;
pub mod child;
pub mod concern;
pub mod explore;
pub mod guidance;
pub mod language;
pub mod panel;
pub mod report;
pub mod requirement;
pub mod screening;
pub mod session;

macro_rules! acts {
    ($facts:ty, $rule:path; $($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}
        impl $crate::Act for $name {
            const ACTION: $crate::Action = $crate::Action::$name;
            type Facts = $facts;
            fn rule(actor: &$crate::Actor, facts: &$facts) -> $crate::Verdict {
                $rule($crate::Action::$name, actor, facts)
            }
        }
    )+};
}
pub(crate) use acts;

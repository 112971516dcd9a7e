//! Recognisers: in which contexts the words of an entry are right to use.
//!
//! Each recogniser answers one question about a term in its sentence and says which words made it
//! answer so. None of them learns or guesses from statistics.

mod age;
mod exploiter;
mod mention;
mod negation;
mod person;
mod quotation;
mod rejection;
mod requirement;
mod rules;
mod subject;
mod thing;
mod title;

use crate::cues::{Class, Cues};
use crate::lexicon::{Context, Entry};
use crate::scene::{Scene, Site};

/// Why a term is right to use where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excuse {
    pub(crate) context: Context,
    pub(crate) because: String,
}

impl Excuse {
    pub(crate) fn new(context: Context, because: impl Into<String>) -> Self {
        Self { context, because: because.into() }
    }
}

/// The first context that excuses the words of `entry`, the `number`-th, at `site`, if any.
pub(crate) fn excuse(
    scene: &Scene,
    site: &Site,
    number: u16,
    entry: &Entry,
    cues: &Cues,
) -> Option<Excuse> {
    let allowed = |context: Context| entry.allows(context);
    if allowed(Context::Quote)
        && let Some(because) = quotation::find(scene, site)
    {
        return Some(Excuse::new(Context::Quote, because));
    }
    if allowed(Context::Mention)
        && let Some(because) = mention::find(scene, site)
    {
        return Some(Excuse::new(Context::Mention, because));
    }
    if allowed(Context::Title)
        && let Some(because) = title::find(scene, site)
    {
        return Some(Excuse::new(Context::Title, because));
    }
    if allowed(Context::Statutory)
        && scene.holds(&[Class::Statute])
        && let Some(cue) = scene.cue_in(site.sentence.clone(), site, Class::Statute)
    {
        return Some(Excuse::new(Context::Statutory, format!("“{cue}” makes it a legal term")));
    }
    if let Some(excuse) = rules::find(scene, site, entry, cues.rules(number)) {
        return Some(excuse);
    }
    if cues.may_be_a_thing(number)
        && let Some(because) = thing::find(scene, site)
    {
        return Some(Excuse::new(Context::OtherSense, because));
    }
    if allowed(Context::OtherSense)
        && let Some(because) =
            thing::attributive(scene, site).or_else(|| thing::of_a_thing(scene, site))
    {
        return Some(Excuse::new(Context::OtherSense, because));
    }
    if allowed(Context::Negation)
        && let Some(because) = negation::find(scene, site)
    {
        return Some(Excuse::new(Context::Negation, because));
    }
    if let Some(excuse) = subject::find(scene, site, entry) {
        return Some(excuse);
    }
    requirement::find(scene, site, entry)
}

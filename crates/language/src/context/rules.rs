//! Rules of the cue file: company in which the words of an entry have another meaning.

use crate::cues::Rule;
use crate::lexicon::{Context, Entry, Requirement};
use crate::scene::{Scene, Site};

use super::{Excuse, age};

pub(super) fn find<'a>(
    scene: &Scene,
    site: &Site,
    entry: &Entry,
    mut rules: impl Iterator<Item = &'a Rule>,
) -> Option<Excuse> {
    rules.find_map(|rule| {
        if rule.context == Context::Medical
            && entry.requires == Some(Requirement::AgeUnder16)
            && age::ages(scene, 0..scene.tokens.len()).iter().any(|years| *years < 16)
        {
            return None;
        }
        let cue = applies(scene, site, rule)?;
        Some(Excuse::new(rule.context, format!("“{cue}” gives the words another meaning")))
    })
}

/// The cue that makes the rule apply.
fn applies<'a>(scene: &Scene<'a>, site: &Site, rule: &Rule) -> Option<&'a str> {
    let whole = site.sentence.clone();
    let after = site.last + 1;
    let mut cue = None;
    for (list, range) in [
        (&rule.before, whole.start..site.first),
        (&rule.near, whole.clone()),
        (&rule.after, after..whole.end),
        (&rule.previous, site.first.saturating_sub(2).max(whole.start)..site.first),
    ] {
        if list.is_empty() {
            continue;
        }
        cue = Some(scene.list_in(range, site, list)?);
    }
    if !rule.next.is_empty() {
        let begins = after..whole.end.min(after + 2);
        cue = Some(scene.list_from(begins, whole.end, site, &rule.next)?);
    }
    if !rule.unless.is_empty() && scene.list_in(whole, site, &rule.unless).is_some() {
        return None;
    }
    cue
}

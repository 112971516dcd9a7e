//! Rules of the cue file: company in which the words of an entry have another meaning.

use crate::cues::{Class, Rule};
use crate::lexicon::{Context, Entry, Requirement};
use crate::scene::{Scene, Site};

use super::person::is_name;
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
    if !rule.words.is_empty() && !scene.term_holds(site, &rule.words) {
        return None;
    }
    if !rule.before.is_empty() {
        let mut start = whole.start;
        if rule.context == Context::OtherSense {
            start = after_last_person(scene, site);
        }
        cue = Some(scene.list_in(start..site.first, site, &rule.before)?);
    }
    for (list, range) in [
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

/// Where the tokens begin that no person separates from the term: "the game ended and he kicked
/// off" is not about the game.
fn after_last_person(scene: &Scene, site: &Site) -> usize {
    let parts = |at: &usize| scene.has(*at, Class::SubjectPronoun) || is_name(scene, *at);
    (site.sentence.start..site.first).rev().find(parts).map_or(site.sentence.start, |at| at + 1)
}

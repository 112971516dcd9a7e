//! Things: what the words describe is no person at all, as in "the valve was hard to reach".

use crate::cues::Class;
use crate::scene::{Scene, Site};
use crate::text::token::Gap;

const PEOPLE: &[Class] = &[
    Class::ChildNoun,
    Class::ParentNoun,
    Class::AdultNoun,
    Class::ProfessionalNoun,
    Class::PerpetratorNoun,
    Class::PersonLike,
    Class::SubjectPronoun,
];

/// A noun with an article stands right before the verb that leads to the term, and is nobody.
pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    let at = noun_before(scene, site)?;
    let noun = scene.written(at);
    let plain = scene.is_word(at)
        && noun.starts_with(char::is_lowercase)
        && !noun.contains('\'')
        && noun.len() > 2
        && !scene.classes(at).any(PEOPLE)
        && !scene.classes(at).any(&[Class::Finite, Class::Preposition, Class::Breaker]);
    (plain && has_article(scene, site, at)).then(|| format!("“{noun}” is no person"))
}

/// "a minor bone", "a domestic dishwasher": a plain noun follows, so the last word is an adjective.
pub(super) fn attributive(scene: &Scene, site: &Site) -> Option<String> {
    let at = site.last + 1;
    let noun = scene.written(at);
    let adjective = matches!(scene.lower(site.last).as_str(), "minor" | "domestic");
    let plain = scene.gap(at) == Gap::Space
        && scene.is_word(at)
        && noun.chars().all(char::is_lowercase)
        && !["ed", "ing", "ly"].iter().any(|ending| noun.ends_with(ending))
        && !scene.classes(at).any(PEOPLE)
        && !scene.classes(at).any(&[
            Class::Finite,
            Class::Preposition,
            Class::Breaker,
            Class::Negator,
        ])
        && !matches!(
            noun,
            "and"
                | "or"
                | "that"
                | "last"
                | "tonight"
                | "yesterday"
                | "again"
                | "overnight"
                | "there"
                | "here"
                | "this"
                | "today"
                | "earlier"
                | "now"
                | "nor"
                | "too"
                | "only"
        );
    (adjective && plain).then(|| format!("it describes “{noun}”"))
}

/// The token before the verb: "the valve [was still very] hard to reach"; right before the term
/// where that is itself the verb: "the clutch failed to engage".
fn noun_before(scene: &Scene, site: &Site) -> Option<usize> {
    let mut at = site.first.checked_sub(1)?;
    let mut verb = false;
    while at > site.sentence.start {
        let word = scene.written(at);
        let helper = scene.has(at, Class::Finite) || matches!(word, "got" | "get" | "getting");
        let strengthens = word.ends_with("ly")
            || matches!(
                word,
                "still" | "very" | "too" | "quite" | "so" | "also" | "just" | "again"
            );
        if !helper && !strengthens {
            break;
        }
        verb |= helper;
        at -= 1;
    }
    (verb || at + 1 == site.first).then_some(at)
}

/// Whether an article or the like opens the noun, with at most one plain word between.
fn has_article(scene: &Scene, site: &Site, noun: usize) -> bool {
    if opens_note(scene, site, noun) {
        return true;
    }
    (1..=2).any(|back| {
        let Some(before) = noun.checked_sub(back).filter(|at| *at >= site.sentence.start) else {
            return false;
        };
        let article = matches!(
            scene.lower(before).as_str(),
            "the" | "a" | "an" | "this" | "that" | "its" | "our"
        );
        let plain = |at: usize| {
            scene.is_word(at)
                && !scene.classes(at).any(PEOPLE)
                && !scene.classes(at).any(&[Class::Finite, Class::Preposition])
        };
        article && (before + 1..noun).all(plain)
    })
}

/// "Ward 6: bed rail failed to engage": notes leave articles out, right after a colon.
fn opens_note(scene: &Scene, site: &Site, noun: usize) -> bool {
    let Some(adjective) = noun.checked_sub(1).filter(|at| *at > site.sentence.start) else {
        return false;
    };
    let plain = scene.is_word(adjective)
        && scene.written(adjective).starts_with(char::is_lowercase)
        && !scene.classes(adjective).any(PEOPLE);
    plain && scene.mark(adjective - 1) == b':'
}

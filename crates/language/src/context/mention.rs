//! Mention: the sentence is about the words, not about a child.

use std::ops::Range;

use crate::cues::Class;
use crate::scene::{Lower, Scene, Site};
use crate::text::token::Gap;

/// An order about writing reaches this many tokens.
const ORDER_REACH: usize = 14;

/// Classes without which the recognisers that look for them have nothing to find.
const CUES: &[Class] =
    &[Class::MentionNoun, Class::MentionOrder, Class::MentionSay, Class::MentionAfter];

pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    let cued = if scene.holds(CUES) { by_cue(scene, site) } else { None };
    cued.or_else(|| calling(scene, site)).or_else(|| written_word(scene, site))
}

fn by_cue(scene: &Scene, site: &Site) -> Option<String> {
    named(scene, site)
        .or_else(|| listed(scene, site))
        .or_else(|| ordered(scene, site))
        .or_else(|| told_to_say(scene, site))
        .or_else(|| contrasted(scene, site))
        .or_else(|| judged(scene, site))
}

/// "the word X", "labels such as X".
fn named(scene: &Scene, site: &Site) -> Option<String> {
    let mut at = site.first;
    for _ in 0..3 {
        at = at.checked_sub(1).filter(|at| *at >= site.sentence.start)?;
        if scene.has(at, Class::MentionNoun) {
            let cue = scene.written_range(scene.phrase_start(at), at);
            return (!is_idiom(scene, at))
                .then(|| format!("“{cue}” shows that the words are discussed"));
        }
        let small = matches!(scene.written(at), "like" | "as" | "such" | "or" | "and" | "of");
        if scene.is_word(at) && !small {
            return None;
        }
    }
    None
}

/// "in terms of", "in other words".
fn is_idiom(scene: &Scene, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(
            scene.written(before),
            "in" | "In" | "other" | "of" | "long" | "short" | "school" | "half"
        )
    })
}

/// "Terms to avoid: X, Y and Z".
fn listed(scene: &Scene, site: &Site) -> Option<String> {
    // A colon, or a dash that does the same.
    let opens = |at: &usize| scene.mark(*at) == b':' || scene.gap(*at + 1) == Gap::Break;
    let colon = (site.sentence.start..site.first).rev().find(opens)?;
    let noun = |range: Range<usize>| {
        range.clone().find(|at| scene.has(*at, Class::MentionNoun) && !is_idiom(scene, *at))
    };
    let own = noun(site.sentence.start..colon + 1);
    // "Word list agreed. Out: X, Y."
    let label = colon == site.sentence.start + 1 && is_list_label(scene.written(colon - 1));
    let before = || scene.sentence_before(site.sentence.start).filter(|_| label).and_then(noun);
    let cue = scene.written(own.or_else(before)?);
    Some(format!("it is in a list of “{cue}”"))
}

fn is_list_label(word: &str) -> bool {
    let word = Lower::new(word);
    matches!(
        word.as_str(),
        "out" | "avoid" | "old" | "drop" | "stop" | "before" | "not" | "instead" | "retired"
    )
}

/// "Say X instead of Y", "use X and not Y".
fn contrasted(scene: &Scene, site: &Site) -> Option<String> {
    let before = site.first.checked_sub(1)?;
    let contrast = (before.saturating_sub(1)..=before).any(|at| {
        let phrase = Lower::new(scene.written_range(scene.phrase_start(at), at));
        matches!(phrase.as_str(), "not" | "instead of" | "rather than" | "never")
    });
    let start = site.sentence.start;
    let order = (start..start + 2).find(|at| scene.has(*at, Class::MentionSay))?;
    let polite = order == start || scene.written(start).eq_ignore_ascii_case("please");
    (contrast && polite)
        .then(|| format!("“{}” tells the writer which words to use", scene.written(order)))
}

/// "do not write X", "avoid the word X".
fn ordered(scene: &Scene, site: &Site) -> Option<String> {
    let from = site.sentence.start.max(site.first.saturating_sub(ORDER_REACH));
    for at in (from..site.first).rev() {
        if scene.mark(at) == b';' || scene.gap(at + 1) == Gap::Break {
            return None;
        }
        if scene.has(at, Class::MentionOrder) {
            let cue = scene.written_range(scene.phrase_start(at), at);
            let using = cue.ends_with("use") || cue.ends_with("using") || cue.ends_with("put");
            let struck = cue.ends_with("out") || cue.ends_with("through") || cue.ends_with("for");
            if (using || struck) && site.first - at > 3 {
                return None;
            }
            return Some(format!("“{cue}” shows that it is about wording"));
        }
    }
    None
}

/// "Say X, not Y": an order that opens the sentence or follows a mark.
fn told_to_say(scene: &Scene, site: &Site) -> Option<String> {
    let mut at = site.first.checked_sub(1)?;
    while at > site.sentence.start && !scene.is_word(at) {
        at -= 1;
    }
    if at < site.sentence.start || !scene.has(at, Class::MentionSay) {
        return None;
    }
    let opens = at == site.sentence.start
        || at.checked_sub(1).is_some_and(|before| {
            let word = scene.lower(before);
            let avoid = scene.written(at).eq_ignore_ascii_case("avoid");
            !scene.is_word(before)
                || matches!(word.as_str(), "please" | "and")
                || (avoid && matches!(word.as_str(), "we" | "should" | "always"))
        });
    opens.then(|| format!("“{}” tells the writer which words to use", scene.written(at)))
}

/// "X is an unhelpful label", "X should read Y".
fn judged(scene: &Scene, site: &Site) -> Option<String> {
    (site.last + 1..site.sentence.end.min(site.last + 10)).find_map(|at| {
        let start = scene.phrase_start(at);
        let near =
            scene.has(at, Class::MentionAfter) && (site.last + 1..site.last + 4).contains(&start);
        near.then(|| {
            format!("“{}” shows that the words are discussed", scene.written_range(start, at))
        })
    })
}

/// "Calling a child X is never fair": the sentence is about giving the name.
fn calling(scene: &Scene, site: &Site) -> Option<String> {
    let opener = scene.lower(site.sentence.start);
    let names = matches!(
        opener.as_str(),
        "calling"
            | "describing"
            | "labelling"
            | "branding"
            | "terming"
            | "recording"
            | "writing"
            | "saying"
    );
    // "Recording officer's opinion: he is X": the opener must reach the term.
    let first = site.sentence.start + 1;
    let own_clause = (first..site.first).any(|at| {
        matches!(scene.mark(at), b':' | b';')
            || (scene.has(at, Class::Finite)
                && !(first..at).any(|near| matches!(scene.written(near), "that" | "who")))
    });
    if own_clause {
        return None;
    }
    let verb = (site.last + 1..site.sentence.end.min(site.last + 4)).any(|at| {
        scene.has(at, Class::Finite)
            || matches!(
                scene.written(at),
                "is" | "was" | "does" | "hides" | "puts" | "blames" | "tells" | "can"
            )
    });
    (names && verb).then(|| format!("“{}” shows that the words are discussed", opener.as_str()))
}

/// "we keep writing X about children": the verb is followed by the words themselves.
fn written_word(scene: &Scene, site: &Site) -> Option<String> {
    let verb = site.first.checked_sub(1).filter(|at| *at >= site.sentence.start)?;
    let cue = scene.written(verb);
    let writes = matches!(cue, "writing" | "write" | "wrote" | "typed" | "typing" | "write:");
    let next = site.last + 1;
    let word_follows = next < site.sentence.end
        && scene.is_word(next)
        && !scene.classes(next).any(&[Class::Preposition, Class::Breaker]);
    (writes && !word_follows && scene.gap(site.first) == Gap::Space)
        .then(|| format!("“{cue}” shows that the words are discussed"))
}

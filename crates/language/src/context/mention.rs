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
    cued.or_else(|| calling(scene, site))
        .or_else(|| written_word(scene, site))
        .or_else(|| in_word_list(scene, site))
        .or_else(|| is_a_name(scene, site))
        .or_else(|| arrow(scene, site))
        .or_else(|| why_called(scene, site))
}

fn by_cue(scene: &Scene, site: &Site) -> Option<String> {
    named(scene, site)
        .or_else(|| named_in_list(scene, site))
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
    if label && names_no_person(scene.written(colon - 1)) {
        return Some(format!("it is in a list of words to “{}”", scene.written(colon - 1)));
    }
    let before = || scene.sentence_before(site.sentence.start).filter(|_| label).and_then(noun);
    let cue = scene.written(own.or_else(before)?);
    Some(format!("it is in a list of “{cue}”"))
}

/// Labels that can only stand over words, not over what a child did.
fn names_no_person(word: &str) -> bool {
    matches!(Lower::new(word).as_str(), "avoid" | "drop" | "retired" | "instead")
}

/// "words such as X, Y and Z", "the words X and Y": further items after the first.
fn named_in_list(scene: &Scene, site: &Site) -> Option<String> {
    let from = site.sentence.start.max(site.first.saturating_sub(ORDER_REACH));
    let cue = (from..site.first)
        .rev()
        .find(|at| scene.has(*at, Class::MentionNoun) && !is_idiom(scene, *at))?;
    let (mut joints, mut run) = (0, 0);
    for at in cue + 1..site.first {
        let joint = scene.mark(at) == b',' || matches!(scene.written(at), "and" | "or");
        if joint {
            (joints, run) = (joints + 1, 0);
            continue;
        }
        run += 1;
        let clause =
            scene.classes(at).any(&[Class::Finite, Class::SubjectPronoun, Class::ChildNoun]);
        if run > 4 || clause || (!scene.is_word(at) && !is_quote(scene.mark(at))) {
            return None;
        }
    }
    (joints > 0).then(|| format!("it is in a list of “{}”", scene.written(cue)))
}

fn is_quote(mark: u8) -> bool {
    matches!(mark, b'"' | b'\'' | 1..=4)
}

/// "Which words blame? Troublemaker, liar, slag.": a bare list after a sentence about words.
fn in_word_list(scene: &Scene, site: &Site) -> Option<String> {
    let before = scene.sentence_before(site.sentence.start)?;
    let sentence = site.sentence.clone();
    let bare = !sentence
        .clone()
        .any(|at| scene.classes(at).any(&[Class::Finite, Class::SubjectPronoun, Class::ChildNoun]));
    let commas = sentence.filter(|at| scene.mark(*at) == b',').count();
    let cue = before.clone().find(|at| {
        scene.has(*at, Class::MentionNoun)
            && !is_idiom(scene, *at)
            && scene.phrase_start(*at) == *at
    })?;
    let ends = before.end.checked_sub(1).map_or(0, |last| scene.mark(last));
    let count = commas >= 2 || (commas == 1 && matches!(ends, b'?' | b':'));
    (bare && count).then(|| format!("it is in a list of “{}”", scene.written(cue)))
}

/// "X is an old name", "X is not the word we use".
fn is_a_name(scene: &Scene, site: &Site) -> Option<String> {
    let opens = (site.sentence.start..site.first).all(|at| {
        !scene.classes(at).any(&[Class::Finite, Class::SubjectPronoun, Class::ChildNoun])
    });
    let verb = site.last + 1;
    let copula = matches!(scene.written(verb), "is" | "was" | "isn't" | "wasn't" | "are" | "were");
    let end = site.sentence.end.min(verb + 6);
    let noun = (verb + 1..end).find(|at| scene.has(*at, Class::NameNoun))?;
    let plain = (verb + 1..noun).all(|at| {
        scene.is_word(at) && !scene.classes(at).any(&[Class::Finite, Class::SubjectPronoun])
    });
    (opens && copula && plain)
        .then(|| format!("“{}” shows that the words are discussed", scene.written(noun)))
}

/// "absconded -> went missing": an arrow between the words and better ones.
fn arrow(scene: &Scene, site: &Site) -> Option<String> {
    let points = |at: usize| {
        matches!(scene.written(at), "→" | "⇒" | "➔" | "➜" | "=>")
            || (scene.mark(at) == b'>' && scene.gap(at) == Gap::Hyphen)
    };
    let after = (site.last + 1..site.last + 3).any(points);
    let before = (site.first.saturating_sub(2)..site.first).any(points);
    let short = scene.sentence_of(site.first).len() < 40;
    ((after || before) && short).then(|| "an arrow sets it against other words".to_owned())
}

/// "Why was she called a runaway?": the name itself is asked about.
fn why_called(scene: &Scene, site: &Site) -> Option<String> {
    let asks =
        matches!(scene.lower(site.sentence.start).as_str(), "why" | "who" | "how" | "should")
            && site.sentence.end.checked_sub(1).is_some_and(|last| scene.mark(last) == b'?');
    let from = site.first.saturating_sub(5).max(site.sentence.start);
    let verb = (from..site.first).find(|at| {
        matches!(
            scene.written(*at),
            "called" | "call" | "calling" | "labelled" | "described" | "branded" | "recorded"
        )
    })?;
    asks.then(|| format!("“{}” shows that the name is asked about", scene.written(verb)))
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

//! Negation: the sentence denies or rejects what the words say, and the denial reaches them.

use crate::cues::Class;
use crate::scene::{Lower, Scene, Site};
use crate::text::token::Gap;

use super::rejection;

/// A denial reaches this many tokens.
const REACH: usize = 16;
/// A remark between commas holds at most this many tokens.
const ASIDE_REACH: usize = 9;
/// A judgement such as "unfair" stands at most this far before the verb it speaks of.
const WRONG_REACH: usize = 6;
/// "no" and "without" reach this many tokens.
const SHORT_REACH: usize = 4;

/// Classes without which nothing is denied but by an answer.
const CUES: &[Class] = &[Class::Negator, Class::Denial, Class::Rejection, Class::Wrong];

pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    let cued = if scene.holds(CUES) { by_cue(scene, site) } else { None };
    cued.or_else(|| nobody_should(scene, site))
        .or_else(|| rejection::find(scene, site))
        .or_else(|| asked_and_answered(scene, site))
}

fn by_cue(scene: &Scene, site: &Site) -> Option<String> {
    before(scene, site).or_else(|| wrong_to_call(scene, site))
}

/// "not a lifestyle choice", "far from being hard to reach", "neither X nor Y".
fn before(scene: &Scene, site: &Site) -> Option<String> {
    let from = site.sentence.start.max(site.first.saturating_sub(REACH));
    let mut at = site.first;
    while at > from {
        at -= 1;
        if let Some(open) = aside_before(scene, from, at) {
            at = open;
            continue;
        }
        if scene.has(at, Class::Rejection) {
            let start = scene.phrase_start(at);
            let doubled = start
                .checked_sub(1)
                .is_some_and(|before| before >= from && scene.has(before, Class::Negator));
            let cue = scene.written_range(start, at);
            let any = cue.starts_with("any");
            return (any || !doubled).then(|| format!("“{cue}” rejects it"));
        }
        if ends_scope(scene, site, at) {
            return None;
        }
        if scene.has(at, Class::Denial) {
            let doubled = (at.saturating_sub(3)..at).any(|near| scene.has(near, Class::Negator));
            return (!doubled).then(|| format!("“{}” denies it", scene.written(at)));
        }
        if scene.has(at, Class::Negator) {
            return negated(scene, site, at);
        }
    }
    None
}

/// "it is inaccurate, and unfair, to describe her as X": a judgement, then "to" and a verb that
/// gives a name.
fn wrong_to_call(scene: &Scene, site: &Site) -> Option<String> {
    let from = site.sentence.start.max(site.first.saturating_sub(REACH));
    let verb = (from..site.first).rev().find(|at| {
        scene.has(*at, Class::Naming)
            && at.checked_sub(1).is_some_and(|to| to >= from && scene.written(to) == "to")
    })?;
    let judged = (verb.saturating_sub(WRONG_REACH).max(from)..verb)
        .rev()
        .find(|at| scene.has(*at, Class::Wrong))?;
    let between = (judged..verb).any(|at| scene.classes(at).any(&[Class::SubjectPronoun]));
    let denied = judged.checked_sub(1).is_some_and(|at| scene.has(at, Class::Negator));
    (!between && !denied).then(|| format!("“{}” rejects it", scene.written(judged)))
}

/// "no professional should describe her as X", "we must never call a child X": a denial, then a
/// verb that gives a name, then the term.
fn nobody_should(scene: &Scene, site: &Site) -> Option<String> {
    if !scene.holds(&[Class::Naming]) {
        return None;
    }
    let from = site.sentence.start.max(site.first.saturating_sub(REACH));
    let verb = (from..site.first).rev().find(|at| scene.has(*at, Class::Naming))?;
    let apart = |at: usize| {
        let breaks = scene.has(at, Class::Breaker) && scene.written(at) != "as";
        breaks
            || scene.classes(at).any(&[Class::Finite, Class::SubjectPronoun])
            || matches!(scene.mark(at), b',' | b';' | b':')
    };
    if (verb + 1..site.first).any(apart) {
        return None;
    }
    let modal = (verb.saturating_sub(3).max(from)..verb).rev().find(|at| {
        matches!(
            scene.written(*at),
            "should"
                | "would"
                | "could"
                | "must"
                | "may"
                | "can"
                | "will"
                | "shall"
                | "to"
                | "does"
                | "do"
                | "did"
                | "now"
        )
    })?;
    let denial = (modal.saturating_sub(4).max(from)..verb).find(|at| {
        scene.has(*at, Class::Negator) || matches!(scene.lower(*at).as_str(), "few" | "hardly")
    })?;
    let asks = (denial..verb).any(|at| scene.has(at, Class::Breaker));
    (!asks).then(|| format!("“{}” denies it", scene.written(denial)))
}

/// "Is she X? No." and "How can a child of eleven be X?"
fn asked_and_answered(scene: &Scene, site: &Site) -> Option<String> {
    let last = site.sentence.end.checked_sub(1)?;
    if scene.mark(last) != b'?' {
        return None;
    }
    let opener = scene.lower(site.sentence.start);
    let second = scene.written(site.sentence.start + 1);
    if opener.as_str() == "how" && matches!(second, "can" | "could" | "would") {
        return Some(format!("“How {second}” rejects it"));
    }
    let answer = site.sentence.end;
    let word = scene.written(answer);
    let ends = !scene.is_word(answer + 1) || scene.gap(answer + 1) == Gap::Break;
    let refused = matches!(word, "No" | "Never" | "Hardly") && ends
        || matches!(
            scene.written_range(answer, answer + 1),
            "Not at" | "Of course" | "Certainly not"
        ) && matches!(scene.written(answer + 2), "all" | "not" | "");
    let doubted = scene.written_range(answer, answer + 2);
    let doubted =
        matches!(doubted, "I don't think" | "I do not" | "I don’t think" | "We don't think");
    (refused || doubted).then(|| format!("the answer “{word}” rejects it"))
}

/// Whether the negator at `at` reaches the term.
fn negated(scene: &Scene, site: &Site, at: usize) -> Option<String> {
    let next = at + 1;
    // "not only", "not the first time": nothing is denied.
    let blocks = |at: usize| {
        scene.has(at, Class::NegatorBlocker) && (at == next || scene.phrase_start(at) == next)
    };
    if (next..site.first.min(next + 3)).any(blocks) {
        return None;
    }
    let cue = scene.written_range(scene.phrase_start(at), at);
    let short = matches!(Lower::new(cue).as_str(), "no" | "without" | "none" | "nothing");
    let between = next..site.first;
    let clause = between
        .clone()
        .any(|near| scene.classes(near).any(&[Class::Finite, Class::SubjectPronoun]));
    // "Nothing on the footage suggests that she was X", "no evidence was found that".
    let opens = scene.mark(next) != b','
        && cue_is_no(cue)
        && between.clone().any(|near| scene.has(near, Class::Opinion));
    if matches!(Lower::new(cue).as_str(), "none" | "nothing")
        && is_subject_of_term(scene, next, site)
    {
        return Some(format!("“{cue}” denies it"));
    }
    if short && !opens && (clause || between.len() > SHORT_REACH) {
        return None;
    }

    if new_clause(scene, next, site.first) {
        return None;
    }
    Some(format!("“{cue}” denies it"))
}

/// "nothing here is a lifestyle choice", "none of the girls was a willing participant": the one verb
/// between the denial and the term joins them.
fn is_subject_of_term(scene: &Scene, next: usize, site: &Site) -> bool {
    let verbs: Vec<usize> = (next..site.first).filter(|at| scene.has(*at, Class::Finite)).collect();
    let [verb] = verbs.as_slice() else { return false };
    let joins = matches!(
        scene.written(*verb),
        "is" | "was" | "are" | "were" | "has" | "have" | "had" | "did" | "does" | "could" | "would"
    );
    let pronoun = (next..site.first).any(|at| scene.has(at, Class::SubjectPronoun));
    joins && !pronoun && site.first - verb <= 3 && verb - next <= 5
}

fn cue_is_no(cue: &str) -> bool {
    matches!(Lower::new(cue).as_str(), "no" | "none" | "nothing")
}

/// The comma that opens ", as the referral says," when the one at `close` ends it.
fn aside_before(scene: &Scene, from: usize, close: usize) -> Option<usize> {
    if scene.mark(close) != b',' {
        return None;
    }
    let open = (close.saturating_sub(ASIDE_REACH).max(from)..close)
        .rev()
        .find(|at| scene.mark(*at) == b',')?;
    let word = scene.lower(open + 1);
    matches!(
        word.as_str(),
        "as" | "whatever"
            | "despite"
            | "contrary"
            | "though"
            | "however"
            | "and"
            | "nor"
            | "or"
            | "for"
            | "in"
            | "even"
            | "to"
            | "on"
            | "at"
            | "frankly"
            | "I"
    )
    .then_some(open)
}

/// "will not listen she is ...": a clause of its own that no verb of opinion opens.
fn new_clause(scene: &Scene, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        scene.has(at, Class::SubjectPronoun)
            && scene.written(at) != "who"
            && at + 1 < to
            && scene.has(at + 1, Class::Finite)
            && !(at.saturating_sub(2)..at).any(|near| scene.has(near, Class::Opinion))
    })
}

/// Whether a denial further left cannot reach over the token at `at`.
fn ends_scope(scene: &Scene, site: &Site, at: usize) -> bool {
    if matches!(scene.gap(at + 1), Gap::Break | Gap::Item) || matches!(scene.mark(at), b';' | b':')
    {
        return true;
    }
    let own_clause = (at + 1..site.first)
        .any(|near| scene.classes(near).any(&[Class::Finite, Class::SubjectPronoun]));
    if scene.mark(at) == b',' {
        return own_clause;
    }
    let word = scene.written(at);
    if word.eq_ignore_ascii_case("as") {
        return own_clause;
    }
    // "never once refused": no clause begins there.
    let once = word == "once" && scene.has(at.saturating_sub(1), Class::Negator)
        || word == "before" && matches!(scene.written(at + 1), "me" | "us" | "the");
    if scene.has(at, Class::Breaker) && !once {
        return true;
    }
    if word.eq_ignore_ascii_case("and") {
        return own_clause || is_past_verb(scene, site.first);
    }
    false
}

/// Whether the term begins with a verb in the past: "did not come home and absconded".
fn is_past_verb(scene: &Scene, at: usize) -> bool {
    let word = scene.lower(at);
    (word.as_str().ends_with("ed") && scene.is_word(at)) || scene.has(at, Class::Finite)
}

//! Rejection after the term: in the rest of its sentence, or in the answer that follows it.

use crate::cues::Class;
use crate::scene::{Lower, Scene, Site};
use crate::text::token::Gap;

/// A rejection in the same sentence stands at most this far after the term.
const AFTER_REACH: usize = 14;
/// A rejection in the next sentence begins at most this far into it.
const NEXT_REACH: usize = 7;
/// "She was not." and the like hold at most this many words.
const SHORT_ANSWER: usize = 5;

/// Words that carry what is rejected in the next sentence.
const POINTERS: &[&str] = &[
    "it", "that", "this", "them", "these", "those", "so", "such", "both", "the", "any", "all",
    "every", "with",
];

/// Classes without which nothing is rejected after the term.
const CUES: &[Class] = &[Class::DeniedAfter, Class::RejectedNext, Class::Rejecting, Class::Negator];

pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    if !scene.holds(CUES) {
        return None;
    }
    phrase_after(scene, site)
        .or_else(|| was_rejected(scene, site))
        .or_else(|| is_not(scene, site))
        .or_else(|| next_phrase(scene, site))
        .or_else(|| next_verb(scene, site))
        .or_else(|| plain_answer(scene, site))
}

/// "the idea that she was complicit is wrong".
fn phrase_after(scene: &Scene, site: &Site) -> Option<String> {
    (site.last + 1..site.sentence.end.min(site.last + 9)).find_map(|at| {
        let start = scene.phrase_start(at);
        let near = scene.has(at, Class::DeniedAfter)
            && (site.last + 1..site.last + 5).contains(&start)
            && (site.last + 1..start).all(|token| scene.mark(token) != b';');
        near.then(|| format!("“{}” rejects it", scene.written_range(start, at)))
    })
}

/// "any talk of a lifestyle choice was firmly rejected": what was said, not who said it, is the
/// subject of the rejection.
fn was_rejected(scene: &Scene, site: &Site) -> Option<String> {
    let said = a_view_that(scene, site)
        || (site.sentence.start..site.first).any(|at| {
            let word = scene.lower(at);
            matches!(
                word.as_str(),
                "talk"
                    | "suggestion"
                    | "suggestions"
                    | "idea"
                    | "claim"
                    | "claims"
                    | "view"
                    | "notion"
                    | "allegation"
                    | "label"
                    | "assumption"
                    | "impression"
                    | "argument"
                    | "implication"
                    | "opinion"
                    | "statement"
                    | "description"
                    | "remark"
                    | "comment"
                    | "case"
                    | "theory"
                    | "rumour"
                    | "belief"
                    | "describing"
                    | "calling"
                    | "labelling"
                    | "call"
            )
        });
    let end = site.sentence.end.min(site.last + AFTER_REACH);
    let at = (site.last + 1..end).find(|at| scene.has(*at, Class::Rejecting))?;
    // "was assessed and firmly rejected": the helper may stand a few words before.
    let helper = (at.saturating_sub(4).max(site.last + 1)..at).any(|be| {
        matches!(scene.written(be), "was" | "were" | "is" | "are" | "been" | "be" | "being")
    });
    let denied = (site.last + 1..at)
        .any(|near| matches!(scene.written(near), "not" | "never" | "wasn't" | "isn't"));
    (said && helper && !denied).then(|| format!("“{}” rejects it", scene.written(at)))
}

/// "Intelligence that ...", "That he was ...": a noun for what was said opens the sentence, or the
/// clause itself is its subject.
fn a_view_that(scene: &Scene, site: &Site) -> bool {
    let start = site.sentence.start;
    if matches!(scene.lower(start).as_str(), "that" | "whether") && scene.is_word(start + 1) {
        return true;
    }
    let that = (start + 1..site.first).find(|at| scene.written(*at) == "that");
    that.is_some_and(|that| {
        !(start..that).any(|at| {
            scene.classes(at).any(&[
                Class::Finite,
                Class::SubjectPronoun,
                Class::ChildNoun,
                Class::ParentNoun,
                Class::AdultNoun,
            ])
        })
    })
}

/// "That he was complicit is not a finding that I can make."
fn is_not(scene: &Scene, site: &Site) -> Option<String> {
    let opener = scene.lower(site.sentence.start);
    let clause = opener.as_str() == "that" && !scene.has(site.sentence.start + 1, Class::Finite);
    let verb = site.last + 1;
    let denies = matches!(scene.written(verb), "is" | "was")
        && matches!(scene.written(verb + 1), "not" | "never" | "no" | "nowhere")
        || matches!(scene.written(verb), "isn't" | "wasn't" | "cannot");
    (clause && denies).then(|| format!("“{}” rejects it", scene.written_range(verb, verb + 1)))
}

/// "... that she made poor choices. I reject that."
fn next_phrase(scene: &Scene, site: &Site) -> Option<String> {
    let start = site.sentence.end;
    (start..start + 5).find(|at| scene.has(*at, Class::RejectedNext)).and_then(|at| {
        let first = scene.phrase_start(at);
        (first <= start + 1 && first >= start)
            .then(|| format!("“{}” rejects it", scene.written_range(first, at)))
    })
}

/// "The court rejected it entirely.", "That turned out to be false."
fn next_verb(scene: &Scene, site: &Site) -> Option<String> {
    let start = site.sentence.end;
    let sentence = scene.sentence_of(start);
    if start >= scene.tokens.len() || sentence.start != start {
        return None;
    }
    let end = sentence.end.min(start + NEXT_REACH);
    let at = (start + 1..end).find(|at| scene.has(*at, Class::Rejecting))?;
    let opener = scene.lower(start);
    let points_back = matches!(opener.as_str(), "that" | "this" | "it" | "which" | "none" | "both");
    let denied = (start..scene.phrase_start(at)).any(|near| {
        scene.has(near, Class::Negator) && !matches!(scene.written(near), "none" | "None")
    });
    let pointer = Lower::new(scene.written(at + 1));
    let object = POINTERS.contains(&pointer.as_str())
        && (!matches!(pointer.as_str(), "the" | "any" | "all" | "every") || is_view(scene, at + 2));
    let disagrees = scene.lower(at).as_str().starts_with("disagree");
    (!denied && (points_back || object || disagrees))
        .then(|| format!("“{}” rejects it", scene.written_range(start, at)))
}

/// "the suggestion", "the label": a word for what was said.
fn is_view(scene: &Scene, at: usize) -> bool {
    matches!(
        scene.written(at),
        "suggestion"
            | "idea"
            | "claim"
            | "view"
            | "label"
            | "description"
            | "argument"
            | "word"
            | "words"
            | "term"
            | "assumption"
            | "notion"
            | "allegation"
            | "case"
            | "of"
    )
}

/// "Was she a willing participant? She was not.", "Some called it a choice. It is not."
fn plain_answer(scene: &Scene, site: &Site) -> Option<String> {
    let start = site.sentence.end;
    let sentence = scene.sentence_of(start);
    if start >= scene.tokens.len() || sentence.start != start {
        return None;
    }
    let end = sentence.clone().find(|at| !scene.is_word(*at)).unwrap_or(sentence.end);
    let stops = end >= sentence.end
        || matches!(scene.mark(end), b'.' | b'!' | b':' | b',' | b';')
        || scene.gap(end) == Gap::Break;
    let words = end.saturating_sub(start);
    let opens = scene.has(start, Class::SubjectPronoun)
        || matches!(scene.lower(start).as_str(), "it" | "that" | "this" | "none" | "neither");
    let last = scene.lower(end.saturating_sub(1));
    let before = scene.lower(end.saturating_sub(2));
    let helper = matches!(
        before.as_str(),
        "is" | "was"
            | "are"
            | "were"
            | "did"
            | "does"
            | "do"
            | "had"
            | "has"
            | "have"
            | "could"
            | "can"
            | "would"
            | "will"
    );
    let short = last.as_str().ends_with("n't") && scene.has(end.saturating_sub(1), Class::Negator);
    let refuses = (last.as_str() == "not" && helper) || short || matches!(last.as_str(), "never");
    (stops && opens && refuses && (2..=SHORT_ANSWER).contains(&words))
        .then(|| format!("the answer “{}” rejects it", scene.written_range(start, end - 1)))
}

//! Things: what the words describe is no person at all, as in "the valve was hard to reach".

use crate::cues::Class;
use crate::scene::{Scene, Site};
use crate::text::token::Gap;
use crate::text::vocabulary::UNKNOWN;

const PEOPLE: &[Class] = &[
    Class::ChildNoun,
    Class::ParentNoun,
    Class::AdultNoun,
    Class::ProfessionalNoun,
    Class::PerpetratorNoun,
    Class::PersonLike,
    Class::SubjectPronoun,
];

/// What the words are said of is a thing: a noun with an article before the verb that leads to the
/// term, a noun that is known to name a thing, or "it".
pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    let at = noun_before(scene, site)?;
    let noun = scene.written(at);
    let verbal = is_verb(scene, site.first);
    let led = at + 1 < site.first || verbal || found_so(scene, site, at);
    if matches!(noun, "it" | "It") && at + 1 < site.first && !of_a_person(scene, site) {
        return Some(format!("“{noun}” is no person"));
    }
    if led && let Some(head) = head_noun(scene, site, at) {
        return Some(format!("“{}” is no person", scene.written(head)));
    }
    let plain = scene.is_word(at)
        && noun.starts_with(char::is_lowercase)
        && !noun.contains('\'')
        && noun.len() > 2
        && !matches!(noun, "and" | "but" | "who" | "which" | "that")
        && !scene.classes(at).any(PEOPLE)
        && (scene.has(at, Class::ThingNoun) || !names_a_doer(noun))
        && !scene.classes(at).any(&[Class::Finite, Class::Preposition, Class::Breaker]);
    // "the girl in the van": the person is spoken of.
    let of_someone = (site.sentence.start..at)
        .any(|near| scene.classes(near).any(&[Class::ChildNoun, Class::SubjectPronoun]))
        && (at.saturating_sub(3).max(site.sentence.start)..at)
            .any(|near| scene.has(near, Class::Preposition));
    (led && plain && !of_someone && has_article(scene, site, at))
        .then(|| format!("“{noun}” is no person"))
}

/// "found the service non-compliant": the verb before the noun says what it is.
fn found_so(scene: &Scene, site: &Site, noun: usize) -> bool {
    (noun.saturating_sub(4).max(site.sentence.start)..noun).any(|at| {
        matches!(
            scene.written(at),
            "found" | "made" | "left" | "rated" | "deemed" | "judged" | "called" | "rendered"
        )
    })
}

/// Whether the term itself begins with a verb: "failed to engage", "keeps going missing".
fn is_verb(scene: &Scene, at: usize) -> bool {
    let word = scene.lower(at);
    let many = scene.is_word(at + 1) && scene.gap(at + 1).joins();
    scene.has(at, Class::Finite)
        || word.as_str().ends_with("ed")
        || (many && word.as_str().ends_with('s'))
}

/// "hard to reach her", "out of control with staff": a person after the term.
fn of_a_person(scene: &Scene, site: &Site) -> bool {
    let next = site.last + 1;
    !scene.has(next, Class::Preposition)
        && (next..site.sentence.end.min(next + 3)).any(|at| {
            scene.classes(at).any(PEOPLE) || matches!(scene.written(at), "her" | "him" | "them")
        })
}

/// "the custom in the trade", "the van behind the shop": the noun that a phrase belongs to, where
/// it is known to name a thing and nobody stands between it and the term.
fn head_noun(scene: &Scene, site: &Site, at: usize) -> Option<usize> {
    let from = site.sentence.start.max(at.saturating_sub(6));
    let between_person = |head: usize| {
        (head + 1..site.first)
            .any(|near| scene.classes(near).any(PEOPLE) || super::person::is_name(scene, near))
    };
    // "in the car": a thing behind a preposition is no subject.
    let place = |head: usize| {
        (head.saturating_sub(3).max(site.sentence.start)..head)
            .any(|near| scene.has(near, Class::Preposition) && scene.written(near) != "that")
    };
    let head = (from..=at).rev().find(|near| {
        scene.classes(*near).any(PEOPLE) || (scene.has(*near, Class::ThingNoun) && !place(*near))
    })?;
    let owner = scene.token(head)?.owner;
    let thing = scene.has(head, Class::ThingNoun)
        && !scene.classes(head).any(PEOPLE)
        && owner == UNKNOWN
        && !between_person(head)
        && !(head + 1..=at).any(|near| {
            scene.classes(near).any(&[Class::Finite, Class::Breaker])
                || !scene.is_word(near)
                || matches!(scene.written(near), "and" | "or")
        });
    let possessed = [1, 2].iter().filter_map(|back| head.checked_sub(*back)).any(|before| {
        matches!(scene.lower(before).as_str(), "his" | "her" | "their" | "my" | "your")
            || scene.token(before).is_some_and(|token| token.owner != UNKNOWN)
    });
    let opens = head == site.sentence.start || possessed || has_article(scene, site, head);
    (thing && opens).then_some(head)
}

/// "striker", "organist": an ending that names whoever does something.
fn names_a_doer(noun: &str) -> bool {
    let one = noun.trim_end_matches('s');
    let doer = ["er", "or", "ist", "ee", "ian", "ling", "man", "woman", "mate", "kid", "ster"];
    doer.iter().any(|ending| one.ends_with(ending))
}

/// "a minor bone", "a domestic dishwasher": a plain noun follows, so the last word is an adjective.
pub(super) fn attributive(scene: &Scene, site: &Site) -> Option<String> {
    let at = site.last + 1;
    let noun = scene.written(at);
    let adjective = matches!(
        scene.lower(site.last).as_str(),
        "minor" | "domestic" | "runaway" | "uncontrollable" | "troublesome" | "wayward" | "feral"
    );
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
        let helper = (scene.has(at, Class::Finite) && !scene.has(at, Class::Reporting))
            || matches!(word, "got" | "get" | "getting");
        let strengthens = word.ends_with("ly")
            || matches!(
                word,
                "still"
                    | "very"
                    | "too"
                    | "quite"
                    | "so"
                    | "also"
                    | "just"
                    | "again"
                    | "always"
                    | "often"
                    | "never"
                    | "a"
                    | "an"
                    | "well"
                    | "now"
                    | "both"
            );
        if !helper && !strengthens {
            break;
        }
        verb |= helper;
        at -= 1;
    }
    (verb || at + 1 == site.first).then_some(at)
}

/// Whether an article or the like opens the noun, with at most two plain words between.
fn has_article(scene: &Scene, site: &Site, noun: usize) -> bool {
    if opens_note(scene, site, noun) {
        return true;
    }
    (1..=3).any(|back| {
        let Some(before) = noun.checked_sub(back).filter(|at| *at >= site.sentence.start) else {
            return false;
        };
        let article = matches!(
            scene.lower(before).as_str(),
            "the"
                | "a"
                | "an"
                | "this"
                | "that"
                | "these"
                | "its"
                | "our"
                | "my"
                | "your"
                | "two"
                | "another"
                | "each"
                | "every"
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

/// "the placement of the signs": the term speaks of putting a thing somewhere.
pub(super) fn of_a_thing(scene: &Scene, site: &Site) -> Option<String> {
    let of = site.last + 1;
    let arranged = site.first == site.last
        && matches!(scene.lower(site.last).as_str(), "placement" | "placements");
    let determiner = matches!(
        scene.written(of + 1),
        "the" | "a" | "an" | "these" | "those" | "all" | "new" | "our" | "each"
    );
    let at = if determiner { of + 2 } else { of + 1 };
    let noun = scene.written(at);
    let plain = scene.is_word(at)
        && noun.starts_with(char::is_lowercase)
        && (scene.has(at, Class::ThingNoun) || !names_a_doer(noun))
        && !(at..at + 2).any(|near| scene.classes(near).any(PEOPLE))
        && !matches!(noun, "choice" | "last" | "first" | "this" | "his" | "her" | "their");
    (arranged && scene.written(of) == "of" && plain).then(|| format!("it is said of “{noun}”"))
}

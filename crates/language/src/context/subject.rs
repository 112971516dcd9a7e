//! Subject: whom the words describe. A child, unless the sentence says otherwise.
//!
//! The subject is looked for in this order: a noun that the term describes directly ("a
//! manipulative adult"), an owner right before it ("Mum's older boyfriend"), what follows a term
//! that is itself a person ("the drug dealer who groomed him"), and the nearest subject before
//! it in its clause. A pronoun takes its meaning from the subject before it.

use std::ops::Range;

use crate::cues::{Class, ClassSet};
use crate::lexicon::{Context, Entry, Requirement};
use crate::scene::{Lower, Scene, Site};
use crate::text::token::Gap;
use crate::text::vocabulary::UNKNOWN;

use super::person::{Kind, Subject, aged, is_object, kind_of, people, person, titled};
use super::{Excuse, age, exploiter};

pub(super) fn find(scene: &Scene, site: &Site, entry: &Entry) -> Option<Excuse> {
    let contexts = [Context::Adult, Context::Perpetrator, Context::Agency];
    let child_only =
        matches!(entry.requires, Some(Requirement::ChildSubject | Requirement::AgeUnder16));
    if !child_only && !contexts.iter().any(|context| entry.allows(*context)) {
        return None;
    }
    let subject = described(scene, site)
        .or_else(|| by_whom(scene, site))
        .or_else(|| owner(scene, site))
        .or_else(|| {
            exploiter::find(scene, site, entry).map(|at| Subject { kind: Kind::Perpetrator, at })
        })
        .or_else(|| clause_subject(scene, site))
        .or_else(|| lone_adult_age(scene, site))?;
    let context = excusing(subject.kind, entry, child_only)?;
    let name = scene.written(subject.at);
    Some(Excuse::new(context, format!("the subject is “{name}”, not a child")))
}

/// The context that a subject of this kind gives, if the entry allows it.
fn excusing(kind: Kind, entry: &Entry, child_only: bool) -> Option<Context> {
    let allow = |context: Context| entry.allows(context).then_some(context);
    let adult = || allow(Context::Adult);
    let by_kind = match kind {
        Kind::Child | Kind::Someone => return None,
        Kind::Parent if entry.parents_too => return None,
        Kind::Parent | Kind::Adult => adult(),
        Kind::Professional => allow(Context::Agency).or_else(adult),
        Kind::Perpetrator => allow(Context::Perpetrator).or_else(adult),
        // What excuses an adult excuses a body, which is no child either.
        Kind::Agency => allow(Context::Agency).or_else(|| adult().map(|_| Context::Agency)),
    };
    by_kind.or_else(|| child_only.then_some(Context::Requirement))
}

/// "a manipulative adult": the noun right after a term that stands before it.
fn described(scene: &Scene, site: &Site) -> Option<Subject> {
    let before = site.first.checked_sub(1)?;
    let leads = matches!(
        scene.lower(before).as_str(),
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "those"
            | "very"
            | "highly"
            | "another"
            | "some"
            | "any"
            | "her"
            | "his"
            | "their"
            | "my"
            | "your"
    );
    if !leads {
        return None;
    }
    if let Some(whose) = of_whom(scene, site) {
        return Some(whose);
    }
    (site.last + 1..=site.last + 2).find_map(|at| {
        let joined =
            (site.last + 1..=at).all(|token| scene.is_word(token) && scene.gap(token).joins());
        let apart = (site.last + 1..at).any(|token| scene.has(token, Class::Preposition));
        let kind =
            kind_of(scene.classes(at)).filter(|_| joined && !apart && at < site.sentence.end)?;
        Some(Subject { kind: aged(scene, at, kind), at })
    })
}

/// "the manipulative behaviour of this adult": whose behaviour it is.
fn of_whom(scene: &Scene, site: &Site) -> Option<Subject> {
    let of = (site.last + 2..=site.last + 3).find(|at| scene.written(*at) == "of")?;
    let joined = (site.last + 1..=of).all(|at| scene.is_word(at) && scene.gap(at).joins());
    let plain = (site.last + 1..of).all(|at| !scene.has(at, Class::Finite));
    let determiner = matches!(
        scene.written(of + 1),
        "the" | "this" | "that" | "these" | "those" | "an" | "a" | "her" | "his" | "their"
    );
    let at = (of + 1..=of + 3).find(|at| kind_of(scene.classes(*at)).is_some())?;
    let kind = kind_of(scene.classes(at)).filter(|_| joined && plain && determiner)?;
    (at < site.sentence.end).then(|| Subject { kind: aged(scene, at, kind), at })
}

/// "a bad decision by the referee", "risky behaviour among drivers": who did it.
fn by_whom(scene: &Scene, site: &Site) -> Option<Subject> {
    let by = site.last + 1;
    let done = matches!(scene.written(by), "by" | "among" | "amongst")
        && !scene.written(by + 1).ends_with("ing");
    let end = site.sentence.end.min(by + 4);
    let at = (by + 1..end).find(|at| done && kind_of(scene.classes(*at)).is_some())?;
    let joined = (by + 1..=at).all(|at| scene.is_word(at) && scene.gap(at).joins());
    let kind = kind_of(scene.classes(at)).filter(|_| joined)?;
    Some(Subject { kind: aged(scene, at, kind), at })
}

/// "Mum's older boyfriend", "professionals' failure to protect", "our failure to engage".
fn owner(scene: &Scene, site: &Site) -> Option<Subject> {
    (1..=2).find_map(|back| {
        let at = site.first.checked_sub(back).filter(|at| *at >= site.sentence.start)?;
        let token = scene.token(at)?;
        if back == 2
            && !scene.is_word(at + 1)
            && scene.mark(at + 1) != b'\''
            && scene.mark(at + 1) != 2
        {
            return None;
        }
        // "Children's services shared responsibility": what is owned is the subject.
        if back == 2 && kind_of(scene.classes(at + 1)).is_some() {
            return None;
        }
        if scene.has(at, Class::AgencyOwner) {
            return Some(Subject { kind: Kind::Agency, at });
        }
        let plural =
            !scene.is_word(at + 1) && at + 1 < site.first && scene.gap(at + 1) == Gap::None;
        if token.owner == UNKNOWN && !plural {
            return None;
        }
        let kind = kind_of(scene.classes(at)).or_else(|| titled(scene, at))?;
        Some(Subject { kind, at })
    })
}

/// The nearest subject before the term in its clause.
fn clause_subject(scene: &Scene, site: &Site) -> Option<Subject> {
    let start = clause_start(scene, site);
    let aside = aside(scene, start..site.first);
    let outside = |at: &usize| aside.as_ref().is_none_or(|aside| !aside.contains(at));
    let named = || (start..site.first).filter(outside).filter_map(|at| person(scene, at));
    let nearest = named().rev().find(|subject| is_subject(scene, subject.at, site.first));
    let first = || named().find(|subject| !is_object(scene, subject.at));
    let found = nearest.or_else(first)?;
    // "Mrs Obi reports a pattern of ...": whoever reports is not whom the words describe.
    if (found.at + 1..site.first).any(|at| reports(scene, at)) {
        return None;
    }
    let found = head_of_apposition(scene, head_of_relative(scene, start, found));
    let both = matches!(scene.written(found.at), "both" | "all" | "neither" | "Both");
    if both || scene.has(found.at, Class::SubjectPronoun) {
        return Some(resolve(scene, site, found));
    }
    Some(found)
}

/// "Adults who exploit children are ...": the subject is whom the relative clause describes.
fn head_of_relative(scene: &Scene, start: usize, found: Subject) -> Subject {
    if scene.has(found.at, Class::SubjectPronoun) {
        return found;
    }
    let heads = |who: usize| {
        let clear = !(who..found.at).any(|at| reports(scene, at) || !scene.is_word(at));
        let relative = matches!(scene.written(who), "who" | "that") && clear;
        who.checked_sub(1).filter(|at| relative && *at >= start).and_then(|at| person(scene, at))
    };
    (found.at.saturating_sub(5).max(start)..found.at).rev().find_map(heads).unwrap_or(found)
}

/// "The defendant, Mr Oakes, claims ...": the name stands for the noun before it.
fn head_of_apposition(scene: &Scene, found: Subject) -> Subject {
    if !scene.is_capitalised(found.at) || kind_of(scene.classes(found.at)).is_some() {
        return found;
    }
    let comma = (found.at.saturating_sub(3)..found.at).rev().find(|at| scene.mark(*at) == b',');
    let joined = |comma: &usize| {
        (*comma + 1..found.at).all(|at| scene.is_capitalised(at) || scene.mark(at) == b'.')
    };
    let noun = comma.filter(joined).and_then(|comma| comma.checked_sub(1));
    let kind = noun.and_then(|at| kind_of(scene.classes(at)));
    match (noun, kind) {
        (Some(at), Some(kind)) if scene.mark(found.at + 1) == b',' => Subject { kind, at },
        _ => found,
    }
}

/// ", whose father sold the car,": a clause between commas that tells of someone else.
fn aside(scene: &Scene, range: Range<usize>) -> Option<Range<usize>> {
    let opens = |at: usize| {
        scene.mark(at) == b','
            && matches!(scene.written(at + 1), "who" | "whose" | "whom" | "which" | "where")
    };
    let open = range.clone().find(|at| opens(*at))?;
    let close = (open + 1..range.end).find(|at| scene.mark(*at) == b',')?;
    Some(open..close)
}

fn clause_start(scene: &Scene, site: &Site) -> usize {
    (site.sentence.start..site.first)
        .rev()
        .find(|at| {
            let breaks = scene.has(*at, Class::Breaker) && !scene.has(*at, Class::Preposition);
            let as_label = scene.written(*at).eq_ignore_ascii_case("as");
            matches!(scene.mark(*at), b';' | b':')
                || scene.gap(*at + 1) == Gap::Break
                || (breaks
                    && (!as_label || scene.has(*at + 1, Class::SubjectPronoun))
                    && (*at + 1..site.first).any(|near| person(scene, near).is_some()))
        })
        .map_or(site.sentence.start, |at| at + 1)
}

/// Whether a person stands as a subject: a verb, "who" or the term itself follows.
fn is_subject(scene: &Scene, at: usize, term: usize) -> bool {
    if scene.has(at, Class::SubjectPronoun) {
        return true;
    }
    let mut next = at + 1;
    // Skip "(38)", ", 14," and adverbs.
    for _ in 0..3 {
        let skip = !scene.is_word(next) && !matches!(scene.mark(next), b';' | b':' | b'.')
            || scene.number(next).is_some()
            || scene.written(next).ends_with("ly")
            || matches!(
                scene.written(next),
                "also" | "still" | "aged" | "then" | "often" | "never" | "always" | "now" | "again"
            );
        if !skip || next >= term {
            break;
        }
        next += 1;
    }
    if scene.written(next) == "who" {
        return true;
    }
    let verb =
        next >= term || scene.has(next, Class::Finite) || scene.written(next).ends_with("ed");
    verb && !is_object(scene, at)
}

/// Whom a pronoun means: an adult or exploiter who is the subject just before it.
fn resolve(scene: &Scene, site: &Site, pronoun: Subject) -> Subject {
    let mut range = site.sentence.start..pronoun.at;
    let mut sentence = site.sentence.clone();
    for _ in 0..2 {
        if range.clone().any(|at| reports(scene, at)) {
            return pronoun;
        }
        let known = people(scene, range.clone());
        // "Dad was at work; Mum showed me round. She ...": a man is not "she".
        let fits =
            |subject: &&Subject| same_gender(scene.classes(pronoun.at), scene.classes(subject.at));
        let known: Vec<&Subject> =
            known.iter().filter(|subject| !is_object(scene, subject.at)).filter(fits).collect();
        if let Some(subject) = known.first() {
            let child =
                people(scene, range).iter().any(|other| other.kind == Kind::Child && fits(&other));
            let adult = matches!(subject.kind, Kind::Parent | Kind::Adult | Kind::Perpetrator);
            // "The exploiter knew her timetable, and she ...": "her" is another person.
            let another = !gendered(scene.classes(subject.at))
                && (subject.at + 1..pronoun.at).any(|at| {
                    gendered(scene.classes(at))
                        && scene.is_word(at)
                        && same_gender(scene.classes(pronoun.at), scene.classes(at))
                });
            if adult && !child && !another {
                return Subject { kind: subject.kind, at: subject.at };
            }
            if subject.kind != Kind::Someone || !scene.has(subject.at, Class::SubjectPronoun) {
                return pronoun;
            }
        }
        let Some(before) = scene.sentence_before(sentence.start) else { return pronoun };
        sentence = before.clone();
        range = before;
    }
    pronoun
}

fn same_gender(pronoun: ClassSet, noun: ClassSet) -> bool {
    let clash = |one: Class, other: Class| pronoun.has(one) && noun.has(other);
    !clash(Class::Feminine, Class::Masculine) && !clash(Class::Masculine, Class::Feminine)
}

/// Whether a verb of reporting stands at `at`; "two suspects" is none.
fn reports(scene: &Scene, at: usize) -> bool {
    let noun = || {
        let before = Lower::new(at.checked_sub(1).map_or("", |before| scene.written(before)));
        let counted =
            ["the", "two", "three", "four", "both", "all", "these", "those", "of", "several"];
        scene.has(at, Class::PerpetratorNoun)
            && (before.as_str().is_empty() || counted.contains(&before.as_str()))
    };
    scene.has(at, Class::Reporting) && !noun() && !is_said_of(scene, at)
}

/// "were found complicit", "is said to be": the report is about its own subject.
fn is_said_of(scene: &Scene, at: usize) -> bool {
    let passive = matches!(
        scene.written(at),
        "found"
            | "reported"
            | "described"
            | "said"
            | "believed"
            | "thought"
            | "suspected"
            | "alleged"
            | "recorded"
            | "noted"
            | "feared"
            | "considered"
            | "seen"
            | "heard"
    );
    passive
        && at.checked_sub(1).is_some_and(|before| {
            matches!(scene.written(before), "was" | "were" | "is" | "are" | "been" | "be" | "being")
        })
}

fn gendered(set: ClassSet) -> bool {
    set.any(&[Class::Feminine, Class::Masculine])
}

/// "Patient is 34, sexually active": nobody else is named and the only age is an adult's.
fn lone_adult_age(scene: &Scene, site: &Site) -> Option<Subject> {
    let ages = age::ages(scene, site.sentence.start..site.first);
    let child = site.sentence.clone().any(|at| scene.has(at, Class::ChildNoun));
    let adult = !ages.is_empty() && ages.iter().all(|age| *age >= 18) && !child;
    let at = site.sentence.clone().find(|at| scene.number(*at).is_some_and(|years| years >= 18))?;
    adult.then_some(Subject { kind: Kind::Adult, at })
}

//! Subject: whom the words describe. A child, unless the sentence says otherwise.
//!
//! The subject is looked for in this order: a noun that the term describes directly ("a
//! manipulative adult"), an owner right before it ("Mum's older boyfriend"), what follows a term
//! that is itself a person ("the drug dealer who groomed him"), and the nearest subject before
//! it in its clause. A pronoun takes its meaning from the subject before it.

use std::ops::Range;

use crate::cues::{Class, ClassSet};
use crate::lexicon::{Context, Entry, Requirement};
use crate::scene::{Scene, Site};
use crate::text::token::Gap;
use crate::text::vocabulary::UNKNOWN;

use super::{Excuse, age};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Child,
    Parent,
    Adult,
    Professional,
    Perpetrator,
    Agency,
    /// A name or pronoun of which nothing is known.
    Someone,
}

/// A subject: what it is and the token that names it.
#[derive(Clone, Copy, Debug)]
struct Subject {
    kind: Kind,
    at: usize,
}

pub(super) fn find(scene: &Scene, site: &Site, entry: &Entry) -> Option<Excuse> {
    let contexts = [Context::Adult, Context::Perpetrator, Context::Agency];
    let child_only =
        matches!(entry.requires, Some(Requirement::ChildSubject | Requirement::AgeUnder16));
    if !child_only && !contexts.iter().any(|context| entry.allows(*context)) {
        return None;
    }
    let subject = described(scene, site)
        .or_else(|| owner(scene, site))
        .or_else(|| follows(scene, site, entry))
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
        Kind::Agency => allow(Context::Agency),
    };
    by_kind.or_else(|| child_only.then_some(Context::Requirement))
}

fn kind_of(set: ClassSet) -> Option<Kind> {
    // The more telling class first: "adult males" name perpetrators only as a whole phrase.
    if set.has(Class::PerpetratorNoun) {
        Some(Kind::Perpetrator)
    } else if set.has(Class::ProfessionalNoun) {
        Some(Kind::Professional)
    } else if set.has(Class::ChildNoun) {
        Some(Kind::Child)
    } else if set.has(Class::ParentNoun) {
        Some(Kind::Parent)
    } else if set.has(Class::AdultNoun) {
        Some(Kind::Adult)
    } else if set.has(Class::AgencyNoun) {
        Some(Kind::Agency)
    } else {
        None
    }
}

/// "a manipulative adult": the noun right after a term that stands before it.
fn described(scene: &Scene, site: &Site) -> Option<Subject> {
    let before = site.first.checked_sub(1)?;
    let leads = matches!(
        scene.written(before).to_lowercase().as_str(),
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
    );
    if !leads {
        return None;
    }
    (site.last + 1..=site.last + 2).find_map(|at| {
        let joined =
            (site.last + 1..=at).all(|token| scene.is_word(token) && scene.gap(token).joins());
        let kind = kind_of(scene.classes(at)).filter(|_| joined && at < site.sentence.end)?;
        Some(Subject { kind: aged(scene, at, kind), at })
    })
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

/// A term that is itself a person: "the drug dealer who groomed him is 41", "by gang members".
fn follows(scene: &Scene, site: &Site, entry: &Entry) -> Option<Subject> {
    if !entry.allows(Context::Perpetrator) {
        return None;
    }
    let next = site.last + 1;
    let harms = |at: usize| {
        matches!(
            scene.written(at).to_lowercase().as_str(),
            "groomed"
                | "exploited"
                | "exploits"
                | "exploiting"
                | "controls"
                | "controlled"
                | "controlling"
                | "abused"
                | "recruited"
                | "recruits"
                | "threatened"
                | "threatens"
                | "supplied"
                | "supplies"
                | "targeted"
                | "targets"
                | "assaulted"
                | "raped"
                | "trafficked"
                | "forced"
                | "forces"
                | "targeting"
                | "grooming"
                | "recruiting"
                | "threatening"
        )
    };
    let who = matches!(
        scene.written(next),
        "who" | "that" | "is" | "are" | "was" | "were" | "has" | "have"
    );
    let acts = (next..site.sentence.end.min(next + 4)).any(harms) && (who || harms(next));
    let is_person = who || harms(next);
    if acts
        || (is_person
            && age::ages(scene, next..site.sentence.end.min(next + 8)).iter().any(|age| *age >= 18))
    {
        return Some(Subject { kind: Kind::Perpetrator, at: site.first });
    }
    let determiner = |at: usize| {
        matches!(
            scene.written(at),
            "a" | "an" | "the" | "local" | "known" | "older" | "adult" | "these" | "those"
        )
    };
    let mut before = site.first.checked_sub(1)?;
    while before > site.sentence.start && determiner(before) {
        before -= 1;
    }
    let agent = matches!(scene.written(before), "by" | "from");
    let last = scene.written(site.last).trim_end_matches('s');
    let noun = last.ends_with("er") || last.ends_with("ate") || last.ends_with("mule");
    (agent && noun && before >= site.sentence.start)
        .then_some(Subject { kind: Kind::Perpetrator, at: site.first })
}

/// The nearest subject before the term in its clause.
fn clause_subject(scene: &Scene, site: &Site) -> Option<Subject> {
    let start = clause_start(scene, site);
    let people: Vec<Subject> = people(scene, start..site.first);
    let leads = |subject: &&Subject| is_subject(scene, subject.at, site.first);
    let nearest = people.iter().rev().find(leads);
    let first = || people.iter().find(|subject| !is_object(scene, subject.at));
    let found = *nearest.or_else(first)?;
    // "Mrs Obi reports a pattern of ...": whoever reports is not whom the words describe.
    if (found.at + 1..site.first).any(|at| scene.has(at, Class::Reporting)) {
        return None;
    }
    let found = head_of_relative(scene, &people, found);
    if scene.has(found.at, Class::SubjectPronoun) {
        return Some(resolve(scene, site, found));
    }
    Some(found)
}

/// "Adults who exploit children are ...": the subject is whom the relative clause describes.
fn head_of_relative(scene: &Scene, people: &[Subject], found: Subject) -> Subject {
    let heads = |subject: &&Subject| {
        let who = subject.at + 1;
        who < found.at
            && found.at - who <= 5
            && matches!(scene.written(who), "who" | "that")
            && !(who..found.at).any(|at| scene.has(at, Class::Reporting) || !scene.is_word(at))
            && !scene.has(found.at, Class::SubjectPronoun)
    };
    people.iter().rev().find(heads).copied().unwrap_or(found)
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
                    && !as_label
                    && (*at + 1..site.first).any(|near| person(scene, near).is_some()))
        })
        .map_or(site.sentence.start, |at| at + 1)
}

fn people(scene: &Scene, range: Range<usize>) -> Vec<Subject> {
    range.filter_map(|at| person(scene, at)).collect()
}

/// The person or body that a token names, if it names one.
fn person(scene: &Scene, at: usize) -> Option<Subject> {
    let token = scene.token(at).filter(|token| token.is_word())?;
    // "Mum's friend": the owner is not the subject, what is owned may be.
    if token.owner != UNKNOWN {
        return None;
    }
    let written = scene.written(at);
    if let "he" | "she" | "they" | "He" | "She" | "They" | "he's" | "she's" | "they're" | "He's"
    | "She's" = written
    {
        return Some(Subject { kind: Kind::Someone, at });
    }
    if let "we" | "We" | "our" | "Our" = written {
        return (written.eq_ignore_ascii_case("we")).then_some(Subject { kind: Kind::Agency, at });
    }
    if let Some(kind) = titled(scene, at) {
        return Some(Subject { kind: aged(scene, at, kind), at });
    }
    if let Some(kind) = kind_of(scene.classes(at)) {
        // "gang" in "gang members": only the last noun of a run counts.
        let next_noun = scene.gap(at + 1) == Gap::Space && kind_of(scene.classes(at + 1)).is_some();
        return (!next_noun).then(|| Subject { kind: aged(scene, at, kind), at });
    }
    let named = scene.is_capitalised(at)
        && token.word == UNKNOWN
        && written.chars().skip(1).all(|char| char.is_lowercase() || char == '-');
    let initial =
        written.len() == 1 && written != "I" && written != "A" && scene.is_capitalised(at);
    (named || initial).then(|| Subject { kind: aged(scene, at, Kind::Someone), at })
}

/// "Officer Patel", "Mr T", "Dr Shah": the name after a title.
fn titled(scene: &Scene, at: usize) -> Option<Kind> {
    let before = at.checked_sub(1)?;
    if !scene.is_capitalised(at) {
        return None;
    }
    let title = if scene.mark(before) == b'.' { before.checked_sub(1)? } else { before };
    let set = scene.classes(title);
    if !scene.is_capitalised(title) {
        return None;
    }
    if set.has(Class::TitleProfessional) {
        Some(Kind::Professional)
    } else if set.has(Class::TitlePerson) {
        Some(Kind::Adult)
    } else {
        None
    }
}

/// Corrects a kind by an age stated beside it: "Kelly (34)", "a 41 year old man", "Patient is 34".
fn aged(scene: &Scene, at: usize, kind: Kind) -> Kind {
    let after = age::ages(scene, at + 1..at + 4);
    // "a 41 year old man": nothing but the age itself may stand between.
    let apart = |token: usize| !scene.is_word(token) || scene.has(token, Class::Finite);
    let before = (at.saturating_sub(4)..at)
        .rev()
        .filter_map(|token| Some((token, age::at(scene, token)?.years)))
        .find(|(token, _)| !(token + 1..at).any(apart))
        .map(|(_, years)| years);
    match after.first().or(before.as_ref()) {
        Some(years) if *years < 18 && matches!(kind, Kind::Someone | Kind::Adult | Kind::Child) => {
            Kind::Child
        }
        Some(years) if *years >= 18 && matches!(kind, Kind::Someone | Kind::Child) => Kind::Adult,
        _ => kind,
    }
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

/// Whether a person stands behind a preposition: "with staff", "to the girl".
fn is_object(scene: &Scene, at: usize) -> bool {
    let mut before = scene.phrase_start(at);
    for _ in 0..4 {
        let Some(step) = before.checked_sub(1) else { return false };
        before = step;
        let word = scene.written(before).to_lowercase();
        if word == "of" {
            let part = before.checked_sub(1).map_or("", |near| scene.written(near)).to_lowercase();
            return !matches!(
                part.as_str(),
                "one"
                    | "some"
                    | "group"
                    | "both"
                    | "all"
                    | "each"
                    | "two"
                    | "three"
                    | "any"
                    | "many"
                    | "most"
                    | "number"
            );
        }
        if scene.has(before, Class::Preposition) && !scene.has(before, Class::Breaker) {
            return true;
        }
        let inside = matches!(
            word.as_str(),
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "this"
                | "that"
                | "these"
                | "those"
                | "older"
                | "young"
                | "younger"
                | "other"
                | "another"
                | "two"
                | "three"
                | "some"
                | "adult"
                | "both"
                | "new"
                | "local"
                | "our"
                | "my"
                | "its"
                | "all"
                | "many"
                | "several"
                | "unknown"
                | "male"
                | "female"
        ) || scene.token(before).is_some_and(|token| token.owner != UNKNOWN);
        if !inside {
            return false;
        }
    }
    false
}

/// Whom a pronoun means: an adult or exploiter who is the subject just before it.
fn resolve(scene: &Scene, site: &Site, pronoun: Subject) -> Subject {
    let mut range = site.sentence.start..pronoun.at;
    let mut sentence = site.sentence.clone();
    for _ in 0..2 {
        if range.clone().any(|at| scene.has(at, Class::Reporting)) {
            return pronoun;
        }
        let known = people(scene, range.clone());
        let known: Vec<&Subject> =
            known.iter().filter(|subject| !is_object(scene, subject.at)).collect();
        if let Some(subject) = known.first() {
            let child = people(scene, range).iter().any(|other| other.kind == Kind::Child);
            let adult = matches!(subject.kind, Kind::Parent | Kind::Adult | Kind::Perpetrator);
            let fits = same_gender(scene.classes(pronoun.at), scene.classes(subject.at));
            if adult && fits && !child {
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

/// "Patient is 34, sexually active": nobody else is named and the only age is an adult's.
fn lone_adult_age(scene: &Scene, site: &Site) -> Option<Subject> {
    let ages = age::ages(scene, site.sentence.start..site.first);
    let child = site.sentence.clone().any(|at| scene.has(at, Class::ChildNoun));
    let adult = !ages.is_empty() && ages.iter().all(|age| *age >= 18) && !child;
    let at = site.sentence.clone().find(|at| scene.number(*at).is_some_and(|years| years >= 18))?;
    adult.then_some(Subject { kind: Kind::Adult, at })
}

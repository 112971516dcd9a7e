//! Requirements: what must hold before the words of an entry are raised at all.

use crate::cues::Class;
use crate::lexicon::{Context, Entry, Requirement};
use crate::scene::{Scene, Site};

use super::{Excuse, age};

pub(super) fn find(scene: &Scene, site: &Site, entry: &Entry) -> Option<Excuse> {
    match entry.requires? {
        // The subject recogniser has already looked for a subject that is no child.
        Requirement::ChildSubject => None,
        Requirement::ExploitationContext => everyday(scene, site),
        Requirement::AgeUnder16 => sixteen_or_over(scene, site),
        Requirement::ChildHealthAppointment => no_appointment(scene, site),
    }
}

/// Nothing points to exploitation: an everyday matter is chosen, or nothing at all is said of it.
fn everyday(scene: &Scene, site: &Site) -> Option<Excuse> {
    let sentence = site.sentence.clone();
    if scene.cue_in(sentence.clone(), site, Class::Exploitation).is_some() {
        return None;
    }
    if let Some(cue) = scene.cue_in(sentence.clone(), site, Class::Everyday) {
        let because = format!("“{cue}” points to an everyday matter, and nothing to exploitation");
        return Some(Excuse::new(Context::OtherSense, because));
    }
    let own = (site.first..=site.last)
        .any(|at| scene.classes(at).any(&[Class::Exploitation, Class::WeakExploitation]));
    let weak = own
        || sentence.clone().any(|at| is_night(scene, at))
        || scene.cue_in(sentence, site, Class::WeakExploitation).is_some()
        || scene.cue_in(0..scene.tokens.len(), site, Class::Exploitation).is_some();
    let because = "nothing around it points to exploitation";
    (!weak).then(|| Excuse::new(Context::Requirement, because))
}

/// A time of night: `1am`, `03:10`, `23.40`.
fn is_night(scene: &Scene, at: usize) -> bool {
    let written = scene.written(at);
    if let Some(hour) = written.strip_suffix("am") {
        return hour.parse::<u32>().is_ok();
    }
    let clock = matches!(scene.mark(at + 1), b':' | b'.') && scene.written(at + 2).len() == 2;
    let minutes = || scene.number(at + 2).is_some_and(|minutes| minutes < 60);
    clock
        && written.len() == 2
        && scene.number(at).is_some_and(|hour| hour >= 22 || hour <= 5)
        && minutes()
}

/// Every age in the sentence, or failing that in the paragraph, is 16 or over.
fn sixteen_or_over(scene: &Scene, site: &Site) -> Option<Excuse> {
    let mut ages = age::ages(scene, site.sentence.clone());
    if ages.is_empty() {
        ages = age::ages(scene, 0..scene.tokens.len());
    }
    let youngest = ages.iter().min()?;
    (*youngest >= 16).then(|| {
        let because = format!("the only age given is {youngest}: it applies under 16");
        Excuse::new(Context::Requirement, because)
    })
}

/// Nothing in the paragraph says that a health appointment is meant.
fn no_appointment(scene: &Scene, site: &Site) -> Option<Excuse> {
    let whole = 0..scene.tokens.len();
    scene
        .cue_in(whole, site, Class::HealthAppointment)
        .is_none()
        .then(|| Excuse::new(Context::Requirement, "no health appointment of a child is spoken of"))
}

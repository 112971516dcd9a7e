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

/// An everyday matter is chosen, and nothing in the sentence points to exploitation.
fn everyday(scene: &Scene, site: &Site) -> Option<Excuse> {
    if scene.cue_in(site.sentence.clone(), site, Class::Exploitation).is_some() {
        return None;
    }
    let cue = scene.cue_in(site.sentence.clone(), site, Class::Everyday)?;
    let because = format!("“{cue}” points to an everyday matter, and nothing to exploitation");
    Some(Excuse::new(Context::OtherSense, because))
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

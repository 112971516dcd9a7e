//! A screening becomes a concern at the front door: everything it holds is carried over, and it
//! stays attached. Nobody types anything again.

use std::fmt::Write;

use tessera_core::{
    chance::Draw,
    clock::Due,
    concern::{Channel, RawConcern},
    ids::{ConcernId, ScreeningId, UserId},
    messages,
    reference::Reference,
    time::day_in_words,
    user::Role,
};
use tessera_policy::Actor;
use tessera_screening::{Instrument, Report};
use tessera_store::{
    Tx,
    concern::{
        insert::NewConcern,
        read, rights,
        triage::{self},
    },
    language::checked::Checked,
    notice,
    screening::record::{self, Screening},
    user,
};

use crate::{
    App, AppError,
    concern::submit::{FIRST_CLOCK, SendKey, Sender, Submission, TO_POLICE, store},
    screening::{RawScreening, raw::RawDifferences},
};

/// The longest narrative of a concern; what does not fit is in the screening that is attached.
const MOST: usize = 19_000;

/// The concern that a screening becomes.
#[must_use]
pub fn pass_on(
    raw: &RawScreening,
    instrument: &Instrument,
    report: &Report,
    reference: &Reference,
) -> RawConcern {
    let paragraphs = |parts: [&str; 2]| {
        let parts = parts.map(str::trim).into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n\n")
    };
    RawConcern {
        kind: if raw.danger == "yes" { "danger".into() } else { "worried".into() },
        what: narrative(raw, instrument, report, reference),
        children: vec![raw.child.clone()],
        place: raw.place.clone(),
        others: raw.others.clone(),
        origin: origin(raw).to_owned(),
        opinion: raw.opinion.clone(),
        child_words: paragraphs([&raw.child_words, &raw.child_wishes]),
        child_knows: raw.child_knows.clone(),
        parents_know: raw.parents_know.clone(),
        name_sharing: "hub_only".into(),
        reporter_name: raw.sender_name.clone(),
        reporter_telephone: telephone(&raw.sender_contact),
        reporter_email: email(&raw.sender_contact),
        ..RawConcern::default()
    }
}

fn email(contact: &str) -> String {
    if contact.contains('@') { contact.trim().to_owned() } else { String::new() }
}

fn telephone(contact: &str) -> String {
    if contact.contains('@') { String::new() } else { contact.trim().to_owned() }
}

/// How the sender knows, where every answer is known in one way.
fn origin(raw: &RawScreening) -> &'static str {
    let mut bases = raw.answers.values().filter(|one| one.is_present()).map(|one| &one.basis);
    let Some(first) = bases.next() else { return "" };
    if !bases.all(|basis| basis == first) {
        return "";
    }
    match first.as_str() {
        "child_said" => "child_said",
        "observed" => "witnessed",
        "other_person" => "public",
        "agency_record" => "document",
        "professional_concern" => "professional",
        _ => "",
    }
}

/// What was answered with yes or possible, section by section, in words.
fn narrative(
    raw: &RawScreening,
    instrument: &Instrument,
    report: &Report,
    reference: &Reference,
) -> String {
    let header = &instrument.file().instrument;
    let mut out = format!(
        "{} {}, version {}. The rules suggest the level: {}.\n",
        header.title, reference, header.version, report.level_label
    );
    for section in instrument.sections() {
        let indicators = instrument.indicators().get(section.indicators.clone());
        let mut lines = String::new();
        for indicator in indicators.unwrap_or_default() {
            let answer = raw.answer(&indicator.id);
            if answer.is_present() {
                lines.push_str(&line(instrument, &indicator.text, &answer));
            }
        }
        if !lines.is_empty() {
            let _ = write!(out, "\n{}\n{lines}", section.title);
        }
    }
    if let Some(RawDifferences { summary, result, .. }) = &raw.differences {
        let _ = write!(out, "\nKnow the differences\n{result}\n{}\n", summary.join("\n"));
    }
    if out.chars().count() <= MOST {
        return out.trim_end().to_owned();
    }
    let cut: String = out.chars().take(MOST).collect();
    format!("{cut}\n\u{2026} The rest is in the screening that is attached.")
}

fn line(instrument: &Instrument, text: &str, answer: &super::RawIndicator) -> String {
    let rules = &instrument.file().response;
    let response = rules.options.iter().find(|one| one.id == answer.response);
    let response = response.map_or("", |one| one.label.as_str());
    let basis = rules.evidence_basis.iter().find(|one| one.id == answer.basis);
    let basis = basis.map_or("", |one| one.label.as_str());
    let mut bin = tessera_core::errors::FieldErrors::default();
    // It is kept with the concern: in the language of the record, whatever the sender read.
    let on = messages::within(None, || {
        answer.on.read(&mut bin, "").map(|date| match date.exact() {
            Some(day) => day_in_words(day),
            None => date.to_string(),
        })
    });
    let on = on.map(|on| format!(", last {on}")).unwrap_or_default();
    format!("- {text}: {response}. {basis}{on}.\n  {}\n", answer.narrative.trim())
}

/// A concern about to be made from a screening, with the routes that its actions open.
pub(super) struct Passing {
    new: NewConcern,
    checked: Option<Checked>,
    clock: Due,
    routes: Vec<String>,
    why: String,
    by: String,
    by_user: Option<UserId>,
    police: Vec<UserId>,
}

/// What is passed on, and by whom.
pub(super) struct Wanted<'a> {
    pub(super) screening: ScreeningId,
    pub(super) reference: &'a Reference,
    pub(super) sender: Option<UserId>,
    pub(super) agency: tessera_core::ids::AgencyId,
    pub(super) raw: &'a RawScreening,
    pub(super) instrument: &'a Instrument,
    pub(super) report: &'a Report,
    pub(super) routes: Vec<String>,
    pub(super) why: String,
}

impl App {
    /// Makes everything ready that a concern needs; nothing is written.
    pub(super) async fn passing(
        &self,
        actor: &Actor,
        wanted: Wanted<'_>,
    ) -> Result<Passing, AppError> {
        let mut told = pass_on(wanted.raw, wanted.instrument, wanted.report, wanted.reference);
        if wanted.report.overlays.iter().any(|one| one == "immediate_danger") {
            told.kind = "danger".into();
        }
        let draft = told.check(&self.codes)?;
        let key = format!("screening {}", wanted.screening);
        let channel = Channel::Screening;
        let submission = Submission { raw: &told, channel, key: SendKey::Chosen(&key) };
        let sender = Sender { user: wanted.sender, agency: Some(wanted.agency), entered_by: None };
        let id: ConcernId = self.db.chance().id(self.db.now());
        let texts = crate::words::texts(&told).map(|(_, _, text)| text);
        let checked = self.checked(actor, &texts).await?;
        let new = self.new_concern(actor, id, &draft, &sender, &submission, checked.as_ref())?;
        let police = if wanted.routes.iter().any(|route| TO_POLICE.contains(&route.as_str())) {
            let mut read = self.db.read().await?;
            user::with_role(&mut read.conn(), Role::PoliceIntelligence, self.db.now()).await?
        } else {
            Vec::new()
        };
        Ok(Passing {
            new,
            checked,
            clock: self.due(FIRST_CLOCK, self.db.now())?,
            routes: wanted.routes,
            why: wanted.why,
            by: actor.name.clone(),
            by_user: actor.user(),
            police,
        })
    }
}

/// Makes the concern, unless there is one, and takes the routes that are not taken yet.
pub(super) async fn write(
    tx: &mut Tx,
    screening: &Screening,
    passing: Passing,
) -> Result<ConcernId, AppError> {
    let concern = match screening.concern {
        Some(concern) => concern,
        None => make(tx, screening, &passing).await?,
    };
    let taken = read::whole(&mut tx.conn(), concern).await?.routes;
    let fresh: Vec<&String> =
        passing.routes.iter().filter(|route| !taken.iter().any(|t| t.route == **route)).collect();
    for route in &fresh {
        triage::add_route(tx, concern, route, &passing.why, &passing.by).await?;
    }
    if fresh.iter().any(|route| TO_POLICE.contains(&route.as_str())) {
        let now = tx.now();
        let told = rights::may_know(&mut tx.conn(), concern, passing.police, now).await?;
        let reference = triage::reference(&mut tx.conn(), concern).await?;
        for person in told {
            let words = "A concern was passed to police";
            notice::insert(tx, person, words, Some(&format!("/queue/{reference}"))).await?;
        }
    }
    tx.note("routes", passing.routes.join(" "));
    Ok(concern)
}

async fn make(
    tx: &mut Tx,
    screening: &Screening,
    passing: &Passing,
) -> Result<ConcernId, AppError> {
    let (id, child) = (passing.new.id, passing.new.children.first().copied());
    let clock = passing.clock.clone();
    store(tx, passing.new.clone(), None, clock, passing.checked.clone()).await?;
    record::set_concern(tx, screening.id, id).await?;
    // Begun from a file: whoever began it said which child it is.
    if let (Some(file), Some(child), Some(user)) = (screening.child, child, passing.by_user) {
        let why = "The screening was begun from this file";
        triage::link_child(tx, child, Some(file), why, user, &passing.by).await?;
        crate::child::chronicle::concern_joined(tx, file, id, &passing.by).await?;
    }
    Ok(id)
}

//! Writing a version of an instrument in the product: as YAML, with every fault at its line, a run
//! of all its cases, and approval by somebody else. What is published is never changed.

mod parts;

pub use parts::{Compared, InParts, RawEntry, name_of};

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::InstrumentId,
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::screening::{ApproveInstrument, EditInstrument},
};
use tessera_screening::{Instrument, file::Action};
use tessera_store::{
    StoreError,
    screening::instrument::{self, Instrument as Kept, Writer},
};

use super::shelf;
use crate::{App, AppError};

/// A text to keep, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawInstrument {
    /// The revision of the page.
    pub revision: i64,
    /// The YAML.
    pub body: String,
}

/// What somebody decides about a version that was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawVerdict {
    /// The revision of the page.
    pub revision: i64,
    /// `published` or `returned`.
    pub verdict: String,
    /// Why.
    pub verdict_reason: String,
}

/// How one of an instrument's own cases ended.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// Its id.
    pub id: String,
    /// The level it names.
    pub expects: String,
    /// The rule that must decide.
    pub rule: String,
    /// What was answered, in a few words.
    pub given: String,
    /// What differs from what it names; nothing when it passed.
    pub differs: Vec<String>,
}

/// What trying a text showed.
#[derive(Debug, Clone, Default)]
pub struct Tried {
    /// What is wrong with it, each with its line where that is known.
    pub faults: Vec<String>,
    /// Its cases; none while it cannot be read.
    pub cases: Vec<CaseResult>,
}

impl Tried {
    /// Whether it may be sent for approval.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.faults.is_empty() && self.cases.iter().all(|case| case.differs.is_empty())
    }
}

/// A version with everything its page shows.
pub struct Edited {
    /// The version.
    pub kept: Kept,
    /// It, read; nothing while it cannot be read.
    pub instrument: Option<Instrument>,
    /// What trying it showed.
    pub tried: Tried,
    /// What differs from the version in use, in words.
    pub changes: Vec<String>,
    /// When it was saved, and by whom.
    pub saves: Vec<(tessera_core::time::Timestamp, String)>,
    /// Whether this person may approve it: they did not write it.
    pub may_approve: bool,
}

impl App {
    /// Every version, newest first; the shipped one is there from the first look on.
    pub async fn instruments(&self, actor: &Actor) -> Result<Vec<Kept>, AppError> {
        let permit = self.may::<EditInstrument>(actor, Resource::None).await?;
        let mut read = self.db.read().await?;
        let found = instrument::all(&mut read.conn()).await?;
        drop(read);
        if !found.is_empty() {
            return Ok(found);
        }
        let shipped = self.shelf.shipped().clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { shelf::ship(tx, &shipped).await })
            })
            .await?;
        Ok(instrument::all(&mut self.db.read().await?.conn()).await?)
    }

    /// Begins a version from the one in use.
    pub async fn begin_instrument(&self, actor: &Actor) -> Result<InstrumentId, AppError> {
        let all = self.instruments(actor).await?;
        let id: InstrumentId = self.db.chance().id(self.db.now());
        let permit = self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        let code = self.shelf.shipped().file().instrument.id.clone();
        let mut read = self.db.read().await?;
        let current = instrument::current(&mut read.conn(), &code).await?;
        drop(read);
        let (old, body) = current.map_or_else(
            || {
                let header = &self.shelf.shipped().file().instrument;
                (header.version.clone(), shelf::shipped_text().to_owned())
            },
            |kept| (kept.version, kept.body),
        );
        let version = next_version(&old, |name| all.iter().any(|one| one.version == name));
        let body = with_version(&body, &old, &version);
        let by = writer(actor)?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("version", &version);
                    instrument::insert(tx, id, &code, &version, &body, &by)
                        .await
                        .map_err(AppError::from)
                })
            })
            .await?;
        Ok(id)
    }

    /// A version with what trying it showed.
    pub async fn edited(&self, actor: &Actor, id: InstrumentId) -> Result<Edited, AppError> {
        self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        let saves = instrument::saves(&mut read.conn(), id).await?;
        drop(read);
        let (parsed, tried) = self.try_instrument(&kept.body);
        let (current_id, current) = self.current_instrument().await?;
        let changes = match &parsed {
            Some(parsed) if current_id != Some(id) => changes(&current, parsed),
            _ => Vec::new(),
        };
        let may_approve = kept.status == "sent" && kept.written_by != actor.user();
        let saves = saves.into_iter().map(|(at, by, _)| (at, by)).collect();
        Ok(Edited { kept, instrument: parsed, tried, changes, saves, may_approve })
    }

    /// Keeps a text whatever is wrong with it; what is wrong is shown beside it.
    pub async fn save_instrument(
        &self,
        actor: &Actor,
        id: InstrumentId,
        raw: &RawInstrument,
    ) -> Result<(), AppError> {
        let mut e = FieldErrors::default();
        let body = required_text(&mut e, "body", &raw.body, 200_000, "The text is empty");
        // The rules are asked first: whoever may not write learns nothing of what they typed.
        self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        let body = e.into_result(body)?.replace("\r\n", "\n") + "\n";
        self.keep_text(actor, id, raw.revision, body, None).await
    }

    /// Keeps a text; `part` says which form it came from.
    async fn keep_text(
        &self,
        actor: &Actor,
        id: InstrumentId,
        revision: i64,
        body: String,
        part: Option<&'static str>,
    ) -> Result<(), AppError> {
        let permit = self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        let all = instrument::all(&mut read.conn()).await?;
        drop(read);
        let parsed = self.try_instrument(&body).0;
        let header = parsed.as_ref().map(|one| &one.file().instrument);
        if header.is_some_and(|header| header.id != kept.code) {
            let message = format!("The id of the instrument must stay {}", kept.code);
            return Err(FieldErrors::one("body", message).into());
        }
        let version = header.map_or(kept.version.clone(), |header| header.version.clone());
        let taken = |one: &Kept| one.id != id && one.code == kept.code && one.version == version;
        if all.iter().any(taken) {
            let message = format!("There is a version {version} already: choose another");
            return Err(FieldErrors::one("body", message).into());
        }
        let by = writer(actor)?;
        let saved = self
            .db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if let Some(part) = part {
                        tx.note("part", part);
                    }
                    instrument::save(tx, id, revision, &version, &body, &by).await
                })
            })
            .await;
        match saved {
            Err(StoreError::AlreadyThere) => {
                Err(FieldErrors::one("body", "There is such a version already").into())
            }
            other => Ok(other?),
        }
    }

    /// Sends a version for approval, if it can be read and all its cases pass.
    pub async fn send_instrument(
        &self,
        actor: &Actor,
        id: InstrumentId,
        revision: i64,
    ) -> Result<(), AppError> {
        let permit = self.may::<EditInstrument>(actor, Resource::Instrument(id)).await?;
        self.expect_good(id).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("sent", "yes");
                    instrument::send(tx, id, revision).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Somebody who did not write it publishes it or returns it, with a reason.
    pub async fn decide_instrument(
        &self,
        actor: &Actor,
        id: InstrumentId,
        raw: &RawVerdict,
    ) -> Result<(), AppError> {
        let permit = self.may::<ApproveInstrument>(actor, Resource::Instrument(id)).await?;
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        drop(read);
        let mut e = FieldErrors::default();
        if kept.written_by == actor.user() {
            e.add("verdict", "Somebody who did not write it decides");
        }
        if !["published", "returned"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Choose whether it is published or returned");
        }
        let why = required_text(&mut e, "verdict_reason", &raw.verdict_reason, 2_000, "Say why");
        let why = e.into_result(why)?;
        if raw.verdict == "published" {
            self.expect_good(id).await?;
        }
        let (revision, verdict, by) = (raw.revision, raw.verdict.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("verdict", &verdict);
                    instrument::decide(tx, id, revision, &verdict, &by, &why)
                        .await
                        .map_err(AppError::from)
                })
            })
            .await
    }

    async fn expect_good(&self, id: InstrumentId) -> Result<(), AppError> {
        let mut read = self.db.read().await?;
        let kept = instrument::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        drop(read);
        if self.try_instrument(&kept.body).1.is_good() {
            return Ok(());
        }
        let message = "Mend what is wrong first: every fault and every case is listed below";
        Err(FieldErrors::one("body", message).into())
    }

    /// Reads a text and runs all its cases.
    fn try_instrument(&self, body: &str) -> (Option<Instrument>, Tried) {
        let parsed = match Instrument::from_yaml("instrument", body) {
            Ok(parsed) => parsed,
            Err(fault) => {
                return (None, Tried { faults: vec![in_words(&fault)], cases: Vec::new() });
            }
        };
        let mut faults: Vec<String> = parsed.noted().iter().map(in_words).collect();
        let actions = parsed.file().actions.values().flatten();
        let unknown = |action: &Action| {
            let unknown = action.opens.iter().filter(|id| self.codes.find("route", id).is_none());
            unknown.map(|id| format!("`opens: {id}`: there is no such route")).collect::<Vec<_>>()
        };
        faults.extend(actions.flat_map(unknown));
        let tests = &parsed.file().tests;
        if tests.is_empty() {
            faults
                .push("There is no case: add `tests`, so that others see what the rules do".into());
        }
        let failures = parsed.self_test();
        let case = |test: &tessera_screening::file::CaseFile| CaseResult {
            id: test.id.clone(),
            expects: parsed
                .level_of(&test.expect)
                .map_or_else(|| test.expect.clone(), |place| parsed.level(place).label.clone()),
            rule: test.rule.clone(),
            given: given(test),
            differs: failures
                .iter()
                .filter(|failure| failure.case == test.id)
                .map(|f| format!("{} should be {}, is {}", f.what, f.expected, f.found))
                .collect(),
        };
        let cases = tests.iter().map(case).collect();
        (Some(parsed), Tried { faults, cases })
    }
}

/// What a case says was answered.
fn given(test: &tessera_screening::file::CaseFile) -> String {
    let mut said = Vec::new();
    if let Some(age) = test.age {
        said.push(format!("Age {age}"));
    }
    if let Some(number) = test.missing_episodes_90d {
        said.push(format!("missing {number} times"));
    }
    for (words, ids) in [
        ("Yes now", &test.yes_now),
        ("Possible now", &test.possible_now),
        ("Yes, but long ago", &test.historic),
    ] {
        if !ids.is_empty() {
            said.push(format!("{words}: {}", ids.join(", ")));
        }
    }
    if let Some(other) = &test.unlisted {
        said.push(format!("All others: {}", other.replace('_', " ")));
    }
    said.join(". ")
}

fn in_words(fault: &tessera_core::content::ContentError) -> String {
    match fault.line {
        Some(line) => format!("Line {line}: {}", fault.reason),
        None => fault.reason.clone(),
    }
}

fn writer(actor: &Actor) -> Result<Writer, AppError> {
    Ok(Writer { id: actor.user().ok_or(Refusal::Refused)?, name: actor.name.clone() })
}

/// The next version that is free: `2026.1` becomes `2026.2`.
fn next_version(old: &str, taken: impl Fn(&str) -> bool) -> String {
    let (before, last) = old.rsplit_once('.').unwrap_or((old, "0"));
    let mut number: u32 = last.parse().unwrap_or(0);
    loop {
        number += 1;
        let name = format!("{before}.{number}");
        if !taken(&name) {
            return name;
        }
    }
}

/// The text with its version changed where its header gives it.
fn with_version(body: &str, old: &str, new: &str) -> String {
    let (mut in_header, mut done) = (false, false);
    let lines = body.lines().map(|line| {
        if line.starts_with("instrument:") {
            in_header = true;
        }
        let key = line.trim_start().starts_with("version:");
        if in_header && key && !done {
            done = true;
            return line.replace(old, new);
        }
        line.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// What differs between two versions, in words.
fn changes(old: &Instrument, new: &Instrument) -> Vec<String> {
    let mut out = Vec::new();
    let line = |instrument: &Instrument, place: usize| {
        let indicator = instrument.indicators().get(place);
        indicator.map(|one| (one.text.clone(), one.class, one.prompt.clone(), one.danger_flag))
    };
    for indicator in new.indicators() {
        let id = &indicator.id;
        let after = new.place_of(id).and_then(|place| line(new, place));
        match old.place_of(id).and_then(|place| line(old, place)) {
            None => out.push(format!("{id} is new: {}", indicator.text)),
            before if before != after => out.push(format!("{id} changed: {}", indicator.text)),
            _ => {}
        }
    }
    let gone = old.indicators().iter().filter(|one| new.place_of(&one.id).is_none());
    out.extend(gone.map(|one| format!("{} is gone: {}", one.id, one.text)));
    let rules = |instrument: &Instrument| {
        let file = instrument.file();
        let levels =
            file.level_rules.iter().map(|r| (r.id.clone(), r.when.0.clone(), r.level.clone()));
        let floors = file.floors.iter().map(|f| {
            let effect = format!("{:?} {:?} {}", f.floor, f.step_up, f.lock);
            (f.id.clone(), f.when.0.clone(), effect)
        });
        let prompts = file.prompts.iter().map(|p| (p.id.clone(), p.when.0.clone(), p.text.clone()));
        levels.chain(floors).chain(prompts).collect::<Vec<_>>()
    };
    let (before, after) = (rules(old), rules(new));
    for (id, when, _) in after.iter().filter(|rule| !before.contains(rule)) {
        let known = before.iter().any(|rule| rule.0 == *id);
        let word = if known { "changed" } else { "is new" };
        out.push(format!("Rule {id} {word}: {when}"));
    }
    let gone = before.iter().filter(|rule| !after.iter().any(|other| other.0 == rule.0));
    out.extend(gone.map(|(id, when, _)| format!("Rule {id} is gone: {when}")));
    if old.file().actions != new.file().actions {
        out.push("The actions changed".into());
    }
    out
}

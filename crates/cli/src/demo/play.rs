//! Plays the stories through the use cases, as people would.

mod explore;
mod reports;

use std::collections::BTreeMap;

use tessera_app::{
    App, AppError,
    child::{File, RawEvent, RawInvolvement, RawNew, RawSearch},
    concern::{RawCheck, RawDecision, RawDocument, RawLink, Seen, SendKey, Submission},
    screening::{RawIndicator, RawLevel, Start, StartFrom},
};
use tessera_core::{
    child::Field,
    concern::{Channel, RawConcern},
    ids::{CheckId, ConcernId},
    partial_date::{PartialDate, RawDate},
    reference::Reference,
    time::{SignedDuration, day_in_london},
};
use tessera_policy::Actor;

use crate::{
    demo::{
        people::Cast,
        story::{Act, Child, Correction, Entered, Event, Named, On, Opened, Screen, Step},
    },
    failure::Failure,
};

/// A fault in the stories.
pub(crate) fn told(why: impl std::fmt::Display) -> Failure {
    Failure::Refused(format!("the demo's stories: {why}"))
}

/// A play under way.
pub(crate) struct Play<'a> {
    app: &'a App,
    cast: Cast,
    concerns: BTreeMap<String, Reference>,
    files: BTreeMap<String, Reference>,
    /// The senders without an account, by concern.
    senders: BTreeMap<String, Actor>,
    /// The concerns that agencies were asked about.
    asked: BTreeMap<String, ConcernId>,
    screenings: BTreeMap<String, Reference>,
    reports: BTreeMap<String, Reference>,
}

impl<'a> Play<'a> {
    /// Begins.
    pub(crate) const fn new(app: &'a App, cast: Cast) -> Self {
        Self {
            app,
            cast,
            concerns: BTreeMap::new(),
            files: BTreeMap::new(),
            senders: BTreeMap::new(),
            asked: BTreeMap::new(),
            screenings: BTreeMap::new(),
            reports: BTreeMap::new(),
        }
    }

    /// Who is who.
    pub(crate) const fn cast(&self) -> &Cast {
        &self.cast
    }

    /// Plays one step. A step that the product refuses is a fault in the story.
    pub(crate) async fn step(&mut self, step: &Step) -> Result<(), Failure> {
        self.act(&step.who, &step.act).await.map_err(|failure| {
            let why = match &failure {
                Failure::App(AppError::Fields(errors)) => format!("{errors:?}"),
                other => other.to_string(),
            };
            told(format!("{} at {:?}: {why}", step.who, step.at))
        })
    }

    async fn act(&mut self, who: &str, act: &Act) -> Result<(), Failure> {
        match act {
            Act::Send(named) => self.send(who, named).await,
            Act::Screen(screen) => self.screen(who, screen).await,
            Act::Level(on) => {
                let (actor, at) = (self.cast.actor(who)?, self.screening(&on.screening)?);
                let seen = self.app.view_screening(actor, at).await?;
                let raw = RawLevel { version: seen.screening.version, ..on.raw.clone() };
                Ok(self.app.decide_level(actor, at, &raw).await?)
            }
            Act::Enter(entered) => self.enter(who, entered).await,
            Act::Open(on) => self.open(who, on).await,
            Act::Report(_)
            | Act::Assess(_)
            | Act::Tell(_)
            | Act::DecideStrongest(_)
            | Act::Sanitise(_)
            | Act::ShareWith(_) => self.on_report(who, act).await,
            Act::Watch(_) | Act::PutTo(_) | Act::Snapshot(_) => self.explore(who, act).await,
            Act::Add(on) => {
                let (sender, concern) =
                    (self.sender(who, &on.concern)?, self.concern(&on.concern)?);
                Ok(self.app.add_entry(&sender, concern, &on.raw).await?)
            }
            Act::Challenge(on) => {
                let (sender, concern) =
                    (self.sender(who, &on.concern)?, self.concern(&on.concern)?);
                Ok(self.app.challenge(&sender, concern, &on.raw).await?)
            }
            Act::AnswerCheck(on) => {
                let (id, actor) = (self.check(who, &on.concern).await?, self.cast.actor(who)?);
                self.app.view_check(actor, id).await?;
                Ok(self.app.answer_check(actor, id, &on.raw).await?)
            }
            _ => self.triage(who, act).await,
        }
    }

    /// What an officer does with a concern.
    async fn triage(&mut self, who: &str, act: &Act) -> Result<(), Failure> {
        let (app, actor) = (self.app, &self.cast.actor(who)?.clone());
        match act {
            Act::Urgency(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.set_urgency(actor, concern, &raw).await?;
            }
            Act::Routes(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.add_routes(actor, concern, &raw).await?;
            }
            Act::Sharing(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.record_sharing(actor, concern, &raw).await?;
            }
            Act::Write(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.write_entry(actor, concern, &raw).await?;
            }
            Act::Document(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let (name, body) = (on.raw.name.clone(), on.raw.text.clone().into_bytes());
                let raw = RawDocument { version, name, body, too_large: false };
                app.add_document(actor, concern, raw).await?;
            }
            Act::StopClock(on) => {
                let (concern, version) = self.version(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.stop_clock(actor, concern, &raw).await?;
            }
            Act::Check(on) => self.ask_agencies(actor, on).await?,
            Act::Join(on) => self.join(actor, on).await?,
            Act::Decide(on) => self.decide(actor, on).await?,
            Act::AnswerChallenge(on) => {
                let (concern, seen) = self.seen(actor, &on.concern).await?;
                let mut raw = on.raw.clone();
                raw.version = seen.whole.concern.version;
                let open = seen.whole.challenges.iter().find(|c| c.answered_at.is_none());
                raw.challenge = open.map(|c| c.id.to_string()).unwrap_or_default();
                app.answer_challenge(actor, concern, &raw).await?;
            }
            Act::Source(on) => {
                app.view_source(actor, self.concern(&on.concern)?).await?;
            }
            _ => self.on_file(actor, act).await?,
        }
        Ok(())
    }

    /// What somebody does with a child's file.
    async fn on_file(&self, actor: &Actor, act: &Act) -> Result<(), Failure> {
        let app = self.app;
        match act {
            Act::View(on) => {
                app.view_child(actor, self.file(&on.file)?, None).await?;
            }
            Act::Fact(on) => app.add_fact(actor, self.file(&on.file)?, &on.raw).await?,
            Act::Correct(on) => self.correct(actor, self.file(&on.file)?, &on.raw).await?,
            Act::Event(on) => {
                app.add_event(actor, self.file(&on.file)?, &self.dated(&on.raw)).await?;
            }
            Act::Relation(on) => app.add_relation(actor, self.file(&on.file)?, &on.raw).await?,
            Act::Worker(on) => {
                let raw = RawInvolvement {
                    agency: self.cast.agency(&on.raw.agency)?.to_string(),
                    user: self.user(&on.raw.user)?,
                    role: on.raw.role.clone(),
                };
                app.add_involvement(actor, self.file(&on.file)?, &raw).await?;
            }
            Act::Access(on) => {
                let mut raw = on.raw.clone();
                raw.person = self.user(&raw.person)?;
                app.change_access(actor, self.file(&on.file)?, &raw).await?;
            }
            Act::Reason(on) => app.give_reason(actor, self.file(&on.file)?, &on.raw).await?,
            Act::Emergency(on) => {
                app.override_restriction(actor, self.file(&on.file)?, &on.raw).await?;
            }
            _ => return Err(told("a step that nobody plays")),
        }
        Ok(())
    }

    async fn send(&mut self, who: &str, named: &Named<RawConcern>) -> Result<(), Failure> {
        let key = format!("demo {}", named.concern);
        let public = who.is_empty();
        let actor = if public { Actor::anonymous(None) } else { self.cast.actor(who)?.clone() };
        let channel = if public { Channel::Public } else { Channel::Worker };
        let submission = Submission { raw: &named.raw, channel, key: SendKey::Chosen(&key) };
        let receipt = self.app.submit(&actor, submission).await?;
        if public {
            let sender = self.app.sender(&receipt.reference, &receipt.follow, None).await?;
            self.senders.extend(sender.map(|sender| (named.concern.clone(), sender)));
        }
        self.concerns.insert(named.concern.clone(), receipt.reference);
        Ok(())
    }

    async fn enter(&mut self, who: &str, entered: &Entered) -> Result<(), Failure> {
        let (app, actor) = (self.app, self.cast.actor(who)?);
        let raw = &entered.named.raw;
        let code = app.start_draft(actor, raw).await?;
        let draft = app.open_draft(&code).await?.ok_or_else(|| told("no draft"))?;
        let channel = Channel::from_id(&entered.channel).unwrap_or(Channel::Public);
        let receipt = app.enter(actor, raw, channel, draft.id).await?;
        self.concerns.insert(entered.named.concern.clone(), receipt.reference);
        Ok(())
    }

    /// Opens a file as an officer does: searches, looks at every answer, says it is none of them.
    async fn open(&mut self, who: &str, on: &On<Child<Opened>>) -> Result<(), Failure> {
        let actor = self.cast.actor(who)?;
        let (concern, seen) = self.seen(actor, &on.concern).await?;
        let child = seen.whole.children.get(on.raw.child);
        let child = child.ok_or_else(|| told("no such child"))?;
        let search = RawSearch { name: child.name.clone(), ..RawSearch::default() };
        let answers = self.app.search_children(actor, &search).await?;
        let raw = RawNew {
            version: seen.whole.concern.version,
            new_child: child.id.to_string(),
            seen: answers.iter().map(|answer| answer.reference.to_string()).collect(),
            new_reason: on.raw.raw.new_reason.clone(),
        };
        let file = self.app.create_child(actor, concern, &raw).await?;
        self.files.insert(on.raw.raw.file.clone(), file);
        Ok(())
    }

    async fn ask_agencies(
        &mut self,
        actor: &Actor,
        on: &On<Child<RawCheck>>,
    ) -> Result<(), Failure> {
        let (concern, seen) = self.seen(actor, &on.concern).await?;
        let asked = &on.raw.raw.agencies;
        let agencies = asked.iter().map(|key| self.cast.agency(key).map(|id| id.to_string()));
        let raw = RawCheck {
            version: seen.whole.concern.version,
            check_child: child_id(&seen, on.raw.child)?,
            agencies: agencies.collect::<Result<_, _>>()?,
            question: on.raw.raw.question.clone(),
        };
        self.app.ask_agencies(actor, concern, &raw).await?;
        self.asked.insert(on.concern.clone(), seen.whole.concern.id);
        Ok(())
    }

    async fn join(&self, actor: &Actor, on: &On<Child<RawLink>>) -> Result<(), Failure> {
        let (concern, seen) = self.seen(actor, &on.concern).await?;
        let raw = RawLink {
            version: seen.whole.concern.version,
            link_child: child_id(&seen, on.raw.child)?,
            file: self.file(&on.raw.raw.file)?.to_string(),
            link_reason: on.raw.raw.link_reason.clone(),
        };
        Ok(self.app.link_child(actor, concern, &raw).await?)
    }

    async fn decide(&self, actor: &Actor, on: &On<Child<RawDecision>>) -> Result<(), Failure> {
        let (concern, seen) = self.seen(actor, &on.concern).await?;
        let raw = RawDecision {
            version: seen.whole.concern.version,
            decision_child: child_id(&seen, on.raw.child)?,
            ..on.raw.raw.clone()
        };
        Ok(self.app.decide(actor, concern, &raw).await?)
    }

    async fn correct(
        &self,
        actor: &Actor,
        file: &Reference,
        what: &Correction,
    ) -> Result<(), Failure> {
        let opened: File = self.app.view_child(actor, file, None).await?;
        let field = Field::from_id(&what.field);
        let wrong = field.and_then(|field| opened.standing(field).last().map(|fact| fact.id));
        let mut raw = what.raw.clone();
        raw.fact = wrong.map(|id| id.to_string()).unwrap_or_default();
        Ok(self.app.correct_fact(actor, file, &raw).await?)
    }

    /// The check that an agency has not answered about a concern.
    async fn check(&self, who: &str, concern: &str) -> Result<CheckId, Failure> {
        let actor = self.cast.actor(who)?;
        let wanted = self.asked.get(concern);
        let checks = self.app.checks(actor).await?;
        let open = checks.iter().find(|c| Some(&c.concern) == wanted && c.answered_at.is_none());
        open.map(|check| check.id).ok_or_else(|| told("there is no check to answer"))
    }

    fn dated(&self, event: &Event) -> RawEvent {
        let mut raw = event.raw.clone();
        if let Some(days) = event.days_before {
            let at = self.app.db.now() - SignedDuration::from_hours(24 * days);
            let day = day_in_london(at);
            raw.happened_day = day.day().to_string();
            raw.happened_month = day.month().to_string();
            raw.happened_year = day.year().to_string();
        }
        raw
    }

    async fn version(&self, actor: &Actor, key: &str) -> Result<(&Reference, i64), Failure> {
        let (reference, seen) = self.seen(actor, key).await?;
        Ok((reference, seen.whole.concern.version))
    }

    async fn seen(&self, actor: &Actor, key: &str) -> Result<(&Reference, Seen), Failure> {
        let reference = self.concern(key)?;
        Ok((reference, self.app.view_concern(actor, reference).await?))
    }

    fn sender(&self, who: &str, concern: &str) -> Result<Actor, Failure> {
        if !who.is_empty() {
            return self.cast.actor(who).cloned();
        }
        let found = self.senders.get(concern).cloned();
        found.ok_or_else(|| told(format!("nobody sent {concern}")))
    }

    fn user(&self, key: &str) -> Result<String, Failure> {
        if key.is_empty() { Ok(String::new()) } else { self.cast.user(key) }
    }

    fn concern(&self, key: &str) -> Result<&Reference, Failure> {
        self.concerns.get(key).ok_or_else(|| told(format!("there is no concern {key}")))
    }

    /// Completes a screening as a worker does: from a file or from nothing, and sends it.
    async fn screen(&mut self, who: &str, screen: &Screen) -> Result<(), Failure> {
        let (app, actor) = (self.app, self.cast.actor(who)?);
        let from = if screen.file.is_empty() {
            StartFrom::Nothing
        } else {
            StartFrom::File(self.file(&screen.file)?.clone())
        };
        let code = app.start_screening(actor, Start { from, differences: None }).await?;
        let open = app.open_screening(&code).await?;
        let mut open = open.ok_or_else(|| told("no screening"))?;
        let child = std::mem::take(&mut open.raw.child);
        open.raw = screen.raw.clone();
        if !child.is_empty() {
            open.raw.child = child;
        }
        for (id, answer) in &screen.answers {
            let at = app.db.now() - SignedDuration::from_hours(24 * answer.days_before);
            let on = RawDate::of(PartialDate::day(day_in_london(at)));
            open.raw.answers.insert(id.clone(), RawIndicator { on, ..answer.raw.clone() });
        }
        let raw = open.raw.clone();
        app.save_screening(actor, &open, &raw).await?;
        let sent = app.submit_screening(actor, &open).await?;
        self.screenings.insert(screen.screening.clone(), sent.reference);
        Ok(())
    }

    fn screening(&self, key: &str) -> Result<&Reference, Failure> {
        self.screenings.get(key).ok_or_else(|| told(format!("there is no screening {key}")))
    }

    fn file(&self, key: &str) -> Result<&Reference, Failure> {
        self.files.get(key).ok_or_else(|| told(format!("there is no file {key}")))
    }
}

fn child_id(seen: &Seen, place: usize) -> Result<String, Failure> {
    let child = seen.whole.children.get(place);
    child.map(|child| child.id.to_string()).ok_or_else(|| told("no such child"))
}

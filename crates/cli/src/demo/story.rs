//! The stories of `content/demo/`: who did what when. Times count back from the day on which the
//! demo is filled, so that it always looks like the past months.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_app::{
    check::RawCheckAnswer,
    child::{RawAccess, RawCorrection, RawEvent, RawFact, RawInvolvement, RawReason, RawRelation},
    concern::{
        RawAnswer, RawAsk, RawChallenge, RawCheck, RawDecision, RawEntry, RawLink, RawRoutes,
        RawSharing, RawStop, RawUrgency,
    },
    explore::{RawPut, RawSnapshot, RawWatch},
    report::{RawGrade, RawSanitised, RawShare, RawTold, RawVerdict},
    screening::{RawIndicator, RawLevel, RawScreening},
};
use tessera_core::{
    clock::WorkCalendar,
    concern::RawConcern,
    report::RawReport,
    time::{Date, SignedDuration, Timestamp},
};

use crate::{
    demo::{people::People, play::told},
    failure::Failure,
};

const PEOPLE: &str = include_str!("../../../../content/demo/people.yaml");
const STORIES: &[(&str, &str)] = &[
    ("white-van", include_str!("../../../../content/demo/white-van.yaml")),
    ("jay", include_str!("../../../../content/demo/jay.yaml")),
    ("mia", include_str!("../../../../content/demo/mia.yaml")),
    ("noor", include_str!("../../../../content/demo/noor.yaml")),
    ("siblings", include_str!("../../../../content/demo/siblings.yaml")),
    ("closed", include_str!("../../../../content/demo/closed.yaml")),
    ("today", include_str!("../../../../content/demo/today.yaml")),
    ("screening", include_str!("../../../../content/demo/screening.yaml")),
    ("picture", include_str!("../../../../content/demo/picture.yaml")),
];

/// One thing somebody did.
#[derive(Deserialize)]
pub(crate) struct Step {
    /// When.
    pub(crate) at: When,
    /// Who, by key; empty for somebody without an account.
    #[serde(default)]
    pub(crate) who: String,
    /// What.
    #[serde(flatten)]
    pub(crate) act: Act,
}

/// An instant before now.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct When {
    /// Working days ago, at a time of day; the last working day is 1.
    days: Option<u16>,
    /// The time of day, `15:25`.
    time: String,
    /// Minutes ago.
    minutes: Option<i64>,
}

/// What can be done, as the forms send it. Concerns, children, files, agencies and people are named
/// by keys.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    Send(Named<RawConcern>),
    Enter(Entered),
    Urgency(On<RawUrgency>),
    Routes(On<RawRoutes>),
    Sharing(On<RawSharing>),
    Write(On<RawAsk>),
    Document(On<Letter>),
    Check(On<Child<RawCheck>>),
    AnswerCheck(On<RawCheckAnswer>),
    Open(On<Child<Opened>>),
    Join(On<Child<RawLink>>),
    Decide(On<Child<RawDecision>>),
    StopClock(On<RawStop>),
    Add(On<RawEntry>),
    Challenge(On<RawChallenge>),
    AnswerChallenge(On<RawAnswer>),
    Source(On<Nothing>),
    View(In<Nothing>),
    Fact(In<RawFact>),
    Correct(In<Correction>),
    Event(In<Event>),
    Relation(In<RawRelation>),
    Worker(In<RawInvolvement>),
    Access(In<RawAccess>),
    Reason(In<RawReason>),
    Emergency(In<RawReason>),
    Screen(Box<Screen>),
    Level(Levelled),
    Report(NamedReport),
    Assess(OnReport<RawGrade>),
    Tell(OnReport<RawTold>),
    DecideStrongest(OnReport<RawVerdict>),
    Sanitise(OnReport<RawSanitised>),
    ShareWith(OnReport<RawShare>),
    Watch(OnThing<RawWatch>),
    PutTo(OnThing<RawPut>),
    Snapshot(RawSnapshot),
}

/// An intelligence report that gets a key.
#[derive(Deserialize)]
pub(crate) struct NamedReport {
    /// The key.
    pub(crate) report: String,
    #[serde(flatten)]
    pub(crate) raw: RawReport,
}

/// Something done to an intelligence report.
#[derive(Deserialize)]
pub(crate) struct OnReport<T> {
    /// The report's key.
    pub(crate) report: String,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// Something done to a person or thing of the whole picture.
#[derive(Deserialize)]
pub(crate) struct OnThing<T> {
    /// A part of its name.
    pub(crate) thing: String,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// Something that gets a key.
#[derive(Deserialize)]
pub(crate) struct Named<T> {
    /// The key.
    pub(crate) concern: String,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// A concern typed in by the hub.
#[derive(Deserialize)]
pub(crate) struct Entered {
    /// How it came.
    pub(crate) channel: String,
    #[serde(flatten)]
    pub(crate) named: Named<RawConcern>,
}

/// Something done to a concern.
#[derive(Deserialize)]
pub(crate) struct On<T> {
    /// The concern's key.
    pub(crate) concern: String,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// Something done about one child of a concern.
#[derive(Deserialize)]
pub(crate) struct Child<T> {
    /// Its place among the children named, from 0.
    #[serde(default)]
    pub(crate) child: usize,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// A file opened.
#[derive(Deserialize)]
pub(crate) struct Opened {
    /// The key that the file gets.
    pub(crate) file: String,
    /// Why.
    pub(crate) new_reason: String,
}

/// Something done to a file.
#[derive(Deserialize)]
pub(crate) struct In<T> {
    /// The file's key.
    pub(crate) file: String,
    #[serde(flatten)]
    pub(crate) raw: T,
}

/// A value put right: the field says which.
#[derive(Deserialize)]
pub(crate) struct Correction {
    /// The field whose newest value is wrong.
    pub(crate) field: String,
    #[serde(flatten)]
    pub(crate) raw: RawCorrection,
}

/// An item of the chronology.
#[derive(Deserialize)]
pub(crate) struct Event {
    /// How many days before it was written down it happened.
    #[serde(default)]
    pub(crate) days_before: Option<i64>,
    #[serde(flatten)]
    pub(crate) raw: RawEvent,
}

/// A screening that somebody completes and sends.
#[derive(Deserialize)]
pub(crate) struct Screen {
    /// The key that it gets.
    pub(crate) screening: String,
    /// The file that it is begun from.
    #[serde(default)]
    pub(crate) file: String,
    /// For each answer, how many days before it was last seen.
    #[serde(default)]
    pub(crate) answers: BTreeMap<String, Answered>,
    #[serde(flatten)]
    pub(crate) raw: RawScreening,
}

/// An answer of a screening.
#[derive(Deserialize)]
pub(crate) struct Answered {
    /// How many days before it was last seen.
    pub(crate) days_before: i64,
    #[serde(flatten)]
    pub(crate) raw: RawIndicator,
}

/// A decision about the level of a screening.
#[derive(Deserialize)]
pub(crate) struct Levelled {
    /// Its key.
    pub(crate) screening: String,
    #[serde(flatten)]
    pub(crate) raw: RawLevel,
}

/// Nothing more to say.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// The people, and every step of every story in the order of time.
pub(crate) fn read(
    now: Timestamp,
    calendar: &WorkCalendar,
) -> Result<(People, Vec<(Timestamp, Step)>), Failure> {
    let year = calendar.local(now).date().year();
    let people = serde_yaml_ng::from_str(PEOPLE)
        .map_err(|error| told(format!("content/demo/people.yaml: {error}")))?;
    let mut steps = Vec::new();
    for (name, text) in STORIES {
        let fail = |why: String| told(format!("content/demo/{name}.yaml: {why}"));
        let read: Vec<Step> = serde_yaml_ng::from_str(&with_years(text, year))
            .map_err(|error| fail(error.to_string()))?;
        for step in read {
            let at = step
                .at
                .instant(now, calendar)
                .ok_or_else(|| fail(format!("no such time: {:?}", step.at)))?;
            steps.push((at, step));
        }
    }
    steps.sort_by_key(|(at, _)| *at);
    Ok((people, steps))
}

/// Puts years in: `{year-14}` is fourteen years before this one.
fn with_years(text: &str, year: i16) -> String {
    let mut parts = text.split("{year-");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (back, rest) = part.split_once('}').unwrap_or((part, ""));
        let then = year.saturating_sub(back.parse().unwrap_or(0));
        filled.push_str(&then.to_string());
        filled.push_str(rest);
    }
    filled
}

impl When {
    fn instant(&self, now: Timestamp, calendar: &WorkCalendar) -> Option<Timestamp> {
        if let Some(minutes) = self.minutes {
            return now.checked_sub(SignedDuration::from_mins(minutes)).ok();
        }
        let day = working_day_before(calendar, calendar.local(now).date(), self.days?);
        let time = self.time.parse().ok()?;
        Some(calendar.instant(day.to_datetime(time)))
    }
}

/// The `count`th working day before a day.
fn working_day_before(calendar: &WorkCalendar, day: Date, count: u16) -> Date {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        let Ok(before) = day.yesterday() else { break };
        day = before;
        left -= u16::from(calendar.is_working_day(day));
    }
    day
}

/// A document by its name and its words.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Letter {
    pub(super) name: String,
    pub(super) text: String,
}

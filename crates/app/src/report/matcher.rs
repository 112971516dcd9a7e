//! The index of reports: filled from the store, kept in memory only, and brought up to date from the
//! list of changes before every question. Nothing of it is ever written anywhere, so it cannot
//! disagree with the store after a crash: it is made anew.
//!
//! There are two, because there are two desks: one of all reports, for the police, and one of those
//! that are open to the front door. What somebody may not see must change nothing of what they are
//! shown, not even how rare a name is taken to be. A report that not everybody of a desk may see
//! therefore stands apart: it is found by those who may see it and counted nowhere.

use std::collections::{BTreeSet, HashMap};

use tessera_core::ids::ReportId;
use tessera_linkage::{
    decisions::{Question as Asked, Verdict},
    reports::{Asking, Found, Piece as Entry, ReportIndex, Seen, published},
};
use tessera_store::{
    Conn, Keys, StoreError,
    report::{
        change,
        list::Reader,
        read::{self, Mention, Piece},
    },
};
use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

use crate::{
    AppError,
    report::{
        fit::Decided,
        said::{AREA, said},
    },
};

/// A change is numbered before it commits, so one with a smaller number may come to light later:
/// so many numbers back are looked at again.
const LOOK_BACK: i64 = 256;
/// More changes than this are not followed one by one: all is read anew.
const ANEW: usize = 20_000;

/// The index with its lock.
pub(crate) struct Matcher(Mutex<State>);

impl Default for Matcher {
    fn default() -> Self {
        Self(Mutex::new(State::default()))
    }
}

/// A report that fits another, by the numbers of mentions.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) other: ReportId,
    pub(crate) found: Found,
    /// For every place in either report that a row may name, the mention it stands for.
    pub(crate) ours: Box<[i64]>,
    pub(crate) theirs: Box<[i64]>,
}

/// What the index says about one report.
pub(crate) struct Matches {
    /// The reports that fit, strongest first, as far as decisions leave anything to ask.
    pub(crate) fit: Vec<Match>,
    /// The reports about a mention of which something was decided, whatever they share.
    pub(crate) decided: Vec<Match>,
    /// Mentions of the report whose value is too common to join anything.
    pub(crate) hubs: Vec<i64>,
}

/// How a question is put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) reader: Reader,
    /// The least odds in bits.
    pub(crate) least: f32,
    /// The most reports.
    pub(crate) most: usize,
}

struct State {
    desk: ReportIndex,
    hub: ReportIndex,
    mentions: HashMap<u128, Box<[i64]>>,
    by_mention: HashMap<i64, u128>,
    /// Numbers of changes that were taken in, from [`LOOK_BACK`] before the newest on.
    taken: BTreeSet<i64>,
    newest: i64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            desk: ReportIndex::new(published()),
            hub: ReportIndex::new(published()),
            mentions: HashMap::new(),
            by_mention: HashMap::new(),
            taken: BTreeSet::new(),
            newest: 0,
        }
    }
}

impl Matcher {
    /// What fits beside a report, as far as this reader may see it, under what people decided.
    pub(crate) async fn matches(
        &self,
        conn: &mut Conn<'_>,
        keys: &Keys,
        report: ReportId,
        decided: &Decided,
        how: How,
    ) -> Result<Matches, AppError> {
        let state = self.up_to_date(conn, keys).await?;
        let apart = change::not_for_all(conn, how.reader).await?;
        let mut state = state;
        state.stand_apart(&apart);
        let visible: BTreeSet<u128> =
            apart.iter().filter(|(_, seen)| *seen).map(|(id, _)| key(*id)).collect();
        Ok(state.ask(key(report), &visible, decided, how))
    }

    /// Fills the index, where it is empty, and takes in what changed.
    async fn up_to_date(
        &self,
        conn: &mut Conn<'_>,
        keys: &Keys,
    ) -> Result<MutexGuard<'_, State>, AppError> {
        let mut state = self.0.lock().await;
        let newest = change::newest(conn).await?;
        if newest < state.newest {
            // Another database than before: a backup was put back.
            *state = State::default();
        }
        let changes = change::since(conn, state.newest.saturating_sub(LOOK_BACK)).await?;
        let fresh: Vec<(i64, ReportId)> =
            changes.into_iter().filter(|(seq, _)| !state.taken.contains(seq)).collect();
        if fresh.is_empty() {
            return Ok(state);
        }
        // Taken out of the lock's hands first, so that a failure half way leaves an empty index,
        // which the next question fills, and never a wrong one.
        let mut work = std::mem::take(&mut *state);
        if work.newest == 0 || fresh.len() > ANEW {
            work = State::default();
            work.fill(conn, keys).await?;
        } else {
            let ids: BTreeSet<ReportId> = fresh.iter().map(|(_, id)| *id).collect();
            for id in ids {
                let piece = match read::piece(conn, keys, id).await {
                    Err(StoreError::NoRow) => {
                        // The import that brought it in was undone.
                        work.take_out(key(id));
                        continue;
                    }
                    found => found?,
                };
                let mentions = read::mentions(conn, keys, id).await?;
                work.take_in(&piece, &mentions);
            }
        }
        work.taken.extend(fresh.iter().map(|(seq, _)| *seq));
        work.newest = work.taken.last().copied().unwrap_or_default();
        let from = work.newest.saturating_sub(LOOK_BACK);
        work.taken.retain(|seq| *seq > from);
        *state = work;
        Ok(state)
    }
}

/// Reports by number in the index.
pub(crate) fn key(id: ReportId) -> u128 {
    id.0.as_u128()
}

fn id(key: u128) -> ReportId {
    Uuid::from_u128(key).into()
}

impl State {
    async fn fill(&mut self, conn: &mut Conn<'_>, keys: &Keys) -> Result<(), AppError> {
        let mut after = 0;
        loop {
            let page = change::page(conn, keys, after).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = last.number;
            for (piece, mentions) in &page {
                self.take_in(piece, mentions);
            }
            tokio::task::yield_now().await;
        }
    }

    /// Takes a report out.
    fn take_out(&mut self, key: u128) {
        self.desk.remove(key);
        self.hub.remove(key);
        for mention in self.mentions.remove(&key).unwrap_or_default() {
            self.by_mention.remove(&mention);
        }
    }

    /// Takes a report in as it is now: in place of what was there, or out.
    fn take_in(&mut self, piece: &Piece, mentions: &[Mention]) {
        let (key, grade) = (key(piece.id), piece.intelligence_grade.as_deref());
        if piece.retracted_at.is_some() || grade == Some("E") {
            self.take_out(key);
            return;
        }
        let mut numbers = Vec::new();
        let mut all = Vec::new();
        for mention in mentions {
            for said in said(&mention.said) {
                numbers.push(mention.number);
                all.push(said);
            }
            self.by_mention.insert(mention.number, key);
        }
        let seen: Vec<Seen<'_>> = all.iter().map(super::said::Said::seen).collect();
        let date = piece.day().to_string();
        let entry = Entry { key, date: &date, area: AREA, mentions: &seen };
        self.desk.add(&entry);
        if piece.handling.as_deref() == Some("P") && grade.is_some() {
            self.hub.add(&entry);
        } else {
            self.hub.remove(key);
        }
        self.mentions.insert(key, numbers.into());
    }

    /// Lets those reports stand apart that not everybody may see, and no others.
    fn stand_apart(&mut self, apart: &[(ReportId, bool)]) {
        let apart: BTreeSet<u128> = apart.iter().map(|(id, _)| key(*id)).collect();
        for index in [&mut self.desk, &mut self.hub] {
            let before: Vec<u128> = index.all_apart().collect();
            for key in before.into_iter().filter(|key| !apart.contains(key)) {
                index.set_apart(key, false);
            }
            for key in &apart {
                index.set_apart(*key, true);
            }
        }
    }

    fn ask(&self, report: u128, visible: &BTreeSet<u128>, decided: &Decided, how: How) -> Matches {
        let index = if how.reader.police { &self.desk } else { &self.hub };
        let may = |key: u128| !index.is_apart(key) || visible.contains(&key);
        let verdict = |place: u32, (other, theirs): (u128, u32)| {
            let (one, other) = (self.mention(report, place)?, self.mention(other, theirs)?);
            match decided.asked(one, other) {
                Asked::Decided(Verdict::NotSame) | Asked::KeptApart(_) => Some(Verdict::NotSame),
                _ => None,
            }
        };
        let asking = Asking {
            least: how.least,
            most: how.most,
            may: &may,
            mentions: &verdict,
            ..Asking::default()
        };
        let found = index.similar(report, &asking);
        let own = self.numbers(report);
        let mut others: BTreeSet<u128> = BTreeSet::new();
        for link in decided.links.iter().filter(|link| link.undone.is_none()) {
            let beyond = match (own.contains(&link.one), own.contains(&link.other)) {
                (true, false) => link.other,
                (false, true) => link.one,
                _ => continue,
            };
            if let Some(key) = self.by_mention.get(&beyond).filter(|key| may(**key)) {
                others.insert(*key);
            }
        }
        let decided = others.into_iter().filter_map(|other| index.why(report, other));
        let hubs = index.too_common(report);
        let mut hubs: Vec<i64> =
            hubs.into_iter().filter_map(|place| self.mention(report, place)).collect();
        hubs.dedup();
        Matches {
            decided: decided.map(|found| self.named(report, found)).collect(),
            fit: found.into_iter().map(|found| self.named(report, found)).collect(),
            hubs,
        }
    }

    fn named(&self, report: u128, found: Found) -> Match {
        let (ours, theirs) = (self.numbers(report).into(), self.numbers(found.key).into());
        Match { other: id(found.key), found, ours, theirs }
    }

    fn numbers(&self, report: u128) -> &[i64] {
        self.mentions.get(&report).map(|numbers| &**numbers).unwrap_or_default()
    }

    fn mention(&self, report: u128, place: u32) -> Option<i64> {
        self.numbers(report).get(place as usize).copied()
    }
}

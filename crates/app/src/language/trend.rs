//! How often teams' saved records hold listed terms. Teams, never people; small numbers are hidden,
//! and so is what would let a reader work a hidden number out; teams stand by name, not by number.

use std::collections::{BTreeMap, BTreeSet};

use tessera_core::{
    ids::AgencyId,
    time::{Timestamp, month_in_words, month_starts},
};
use tessera_policy::{Actor, rules::language::ViewLanguageTrend};
use tessera_store::{
    agency,
    language::checked::{self, Counted},
};

use crate::{App, AppError};

/// A team of fewer people is not shown.
pub const FEWEST_PEOPLE: i64 = 5;
/// A number of fewer texts is not shown.
pub const FEWEST_TEXTS: i64 = 10;
/// A term found in fewer texts is not named.
const FEWEST_TIMES: i64 = 5;
/// So many months are shown, the current one last.
const MONTHS: u8 = 6;

/// A month, from its first instant until before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// As shown: "November 2026".
    pub label: String,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

/// What may be shown of one team in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing was saved.
    Nothing,
    /// Too few to show, or hidden so that a smaller number stays hidden.
    Hidden,
    /// So many of so many texts hold a listed term.
    Counts {
        /// Texts with a listed term.
        flagged: i64,
        /// Texts saved.
        texts: i64,
    },
}

/// One team over the months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamLine {
    /// The agency's name.
    pub team: String,
    /// For each month.
    pub months: Vec<Shown>,
}

/// The trend.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// The months, the current one last.
    pub months: Vec<Month>,
    /// The teams by name.
    pub teams: Vec<TeamLine>,
    /// The whole partnership.
    pub all: Vec<Shown>,
    /// The terms found most in these months: words and in how many texts.
    pub terms: Vec<(String, i64)>,
}

impl App {
    /// The trend of the last months.
    pub async fn language_trend(&self, actor: &Actor) -> Result<Trend, AppError> {
        self.ask::<ViewLanguageTrend>(actor, vec![]).await?;
        let months = months(self.db.now());
        let mut read = self.db.read().await?;
        let agencies = agency::all(&mut read.conn()).await?;
        let people: BTreeMap<AgencyId, i64> =
            checked::members(&mut read.conn()).await?.into_iter().collect();
        let mut columns = Vec::new();
        for month in &months {
            let counted = checked::by_agency(&mut read.conn(), month.from, month.to).await?;
            columns.push(column(&counted, &people));
        }
        let terms = match (months.first(), months.last()) {
            (Some(first), Some(last)) => {
                checked::by_entry(&mut read.conn(), first.from, last.to).await?
            }
            _ => Vec::new(),
        };
        drop(read);
        let checker = self.checker().await?;
        let name = |id: &str| {
            let entry = checker.entry(id);
            entry.and_then(|e| e.shown().into_iter().next()).unwrap_or_else(|| id.to_owned())
        };
        let team = |agency: tessera_core::agency::Agency| TeamLine {
            team: agency.name,
            months: columns
                .iter()
                .map(|column| column.teams.get(&agency.id).copied().unwrap_or(Shown::Nothing))
                .collect(),
        };
        Ok(Trend {
            teams: agencies.into_iter().map(team).collect(),
            all: columns.iter().map(|column| column.all).collect(),
            terms: terms
                .into_iter()
                .filter(|(_, times)| *times >= FEWEST_TIMES)
                .take(20)
                .map(|(id, times)| (name(&id), times))
                .collect(),
            months,
        })
    }
}

/// The last months in London, the current one last.
fn months(now: Timestamp) -> Vec<Month> {
    let starts = month_starts(now, MONTHS);
    let pairs = starts.iter().zip(starts.iter().skip(1));
    let month = |((day, from), (_, to)): (&(_, _), &(_, _))| Month {
        label: month_in_words(*day),
        from: *from,
        to: *to,
    };
    pairs.map(month).collect()
}

struct Column {
    teams: BTreeMap<AgencyId, Shown>,
    all: Shown,
}

/// What may be shown of one month. The sum of everything is shown beside the teams, so a single
/// hidden team could be worked out: then the smallest of the others is hidden too, or, when that is
/// not enough, the sum.
fn column(counted: &[Counted], people: &BTreeMap<AgencyId, i64>) -> Column {
    let small = |c: &Counted| {
        c.texts < FEWEST_TEXTS || people.get(&c.agency).copied().unwrap_or(0) < FEWEST_PEOPLE
    };
    let mut hidden: BTreeSet<AgencyId> =
        counted.iter().filter(|c| small(c)).map(|c| c.agency).collect();
    let of = |hidden: &BTreeSet<AgencyId>| -> i64 {
        counted.iter().filter(|c| hidden.contains(&c.agency)).map(|c| c.texts).sum()
    };
    // Together the hidden ones must be as many as a number that may be shown.
    while !hidden.is_empty() && (hidden.len() < 2 || of(&hidden) < FEWEST_TEXTS) {
        let next = counted
            .iter()
            .filter(|c| !hidden.contains(&c.agency))
            .min_by_key(|c| (c.texts, c.agency));
        let Some(next) = next else { break };
        hidden.insert(next.agency);
    }
    let safe = hidden.is_empty() || (hidden.len() >= 2 && of(&hidden) >= FEWEST_TEXTS);
    let (texts, flagged) = counted.iter().fold((0, 0), |(t, f), c| (t + c.texts, f + c.flagged));
    let all = match (texts, safe && texts >= FEWEST_TEXTS) {
        (0, _) => Shown::Nothing,
        (_, true) => Shown::Counts { flagged, texts },
        (_, false) => Shown::Hidden,
    };
    let shown = |c: &Counted| {
        if hidden.contains(&c.agency) {
            Shown::Hidden
        } else {
            Shown::Counts { flagged: c.flagged, texts: c.texts }
        }
    };
    Column { teams: counted.iter().map(|c| (c.agency, shown(c))).collect(), all }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn team(n: u128, texts: i64) -> Counted {
        Counted { agency: AgencyId(Uuid::from_u128(n)), texts, flagged: texts / 4 }
    }

    fn people(of: &[Counted], each: i64) -> BTreeMap<AgencyId, i64> {
        of.iter().map(|c| (c.agency, each)).collect()
    }

    fn hidden(column: &Column) -> Vec<u128> {
        let hidden = column.teams.iter().filter(|(_, shown)| **shown == Shown::Hidden);
        hidden.map(|(id, _)| id.0.as_u128()).collect()
    }

    #[test]
    fn teams_with_enough_people_and_texts_are_shown() {
        let all = [team(1, 40), team(2, 12)];
        let column = column(&all, &people(&all, 5));
        assert_eq!(hidden(&column), Vec::<u128>::new());
        assert_eq!(column.all, Shown::Counts { flagged: 13, texts: 52 });
    }

    #[test]
    fn one_small_team_takes_the_next_smallest_with_it() {
        let all = [team(1, 40), team(2, 3), team(3, 12), team(4, 90)];
        assert_eq!(hidden(&column(&all, &people(&all, 9))), [2, 3]);
    }

    #[test]
    fn a_team_of_few_people_is_hidden_however_much_it_writes() {
        let all = [team(1, 400), team(2, 300), team(3, 200)];
        let mut people = people(&all, 9);
        people.insert(all[0].agency, 4);
        let column = column(&all, &people);
        assert_eq!(hidden(&column), [1, 3]);
    }

    #[test]
    fn two_tiny_teams_are_not_left_to_be_worked_out_of_the_sum() {
        let all = [team(1, 1), team(2, 2), team(3, 50), team(4, 60)];
        assert_eq!(hidden(&column(&all, &people(&all, 9))), [1, 2, 3]);
    }

    #[test]
    fn when_nothing_else_is_left_the_sum_is_hidden_too() {
        let all = [team(1, 4)];
        let column = column(&all, &people(&all, 9));
        assert_eq!((hidden(&column), column.all), (vec![1], Shown::Hidden));
    }

    #[test]
    fn no_sum_of_shown_numbers_leaves_a_small_rest() {
        // Every mixture of five teams: what can be worked out is the sum of the hidden ones.
        for seed in 0..4_000_u64 {
            let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            let mut draw = |below: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33) % below
            };
            let teams = 1 + draw(5);
            let all: Vec<Counted> = (0..teams)
                .map(|n| team(u128::from(n), i64::try_from(1 + draw(30)).unwrap()))
                .collect();
            let column = column(&all, &people(&all, 6));
            let hidden = hidden(&column);
            if let Shown::Counts { .. } = column.all
                && !hidden.is_empty()
            {
                let rest: i64 = all
                    .iter()
                    .filter(|c| hidden.contains(&c.agency.0.as_u128()))
                    .map(|c| c.texts)
                    .sum();
                assert!(hidden.len() >= 2 && rest >= FEWEST_TEXTS, "{all:?}");
            }
        }
    }

    #[test]
    fn months_are_whole_and_follow_one_another() {
        let months = months("2026-11-24T09:00:00Z".parse().unwrap());
        assert_eq!(months.len(), usize::from(MONTHS));
        assert_eq!(months[0].label, "June 2026");
        assert_eq!(months[5].label, "November 2026");
        assert!(months.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!(months[5].from.to_string(), "2026-11-01T00:00:00Z");
        assert_eq!(months[0].from.to_string(), "2026-05-31T23:00:00Z");
    }
}

//! Filters of a network: time, kind, grade, agency, and how far around one thing. The same filter
//! makes the picture, the table, the words, the map and a saved search.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use serde::{Deserialize, Serialize};
use tessera_core::time::{Date, day_in_words};

use crate::{
    explore::{group::groups, whole::bridge},
    report::{Network, Piece, Tie},
};

/// How an agency that must not be known is called in a filter.
const PROTECTED: &str = "protected";

/// A filter as it stands in an address; an empty part filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// The first month, `2026-03`.
    pub from: String,
    /// The last month.
    pub to: String,
    /// A kind of thing, by id.
    pub kind: String,
    /// An intelligence grade, or `none` for what is not graded.
    pub grade: String,
    /// The name of an agency, or `protected`.
    pub agency: String,
    /// A mention of the thing in the middle.
    pub around: String,
    /// How many reports away from it, 1 to 6.
    pub steps: String,
    /// `back` or `on`: the window of time moves by its own length.
    #[serde(skip_serializing)]
    pub shift: String,
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The months from the first report to the last, each as in a filter.
#[must_use]
pub fn months(network: &Network) -> Vec<String> {
    let Some((first, last)) = network.days() else { return Vec::new() };
    let mut all = Vec::new();
    let (mut year, mut at) = (first.year(), first.month());
    while (year, at) <= (last.year(), last.month()) {
        all.push(format!("{year:04}-{at:02}"));
        (year, at) = if at == 12 { (year + 1, 1) } else { (year, at + 1) };
    }
    all
}

impl Filter {
    /// The thing in the middle.
    #[must_use]
    pub fn middle(&self) -> Option<i64> {
        self.around.trim().parse().ok()
    }

    /// How far around it.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.steps.trim().parse().map_or(1, |steps: usize| steps.clamp(1, 6))
    }

    /// Whether nothing is filtered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts that are set, by name.
    #[must_use]
    pub fn set(&self) -> Vec<(&'static str, &str)> {
        [
            ("from", self.from.as_str()),
            ("to", &self.to),
            ("kind", &self.kind),
            ("grade", &self.grade),
            ("agency", &self.agency),
            ("around", &self.around),
            ("steps", &self.steps),
        ]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .collect()
    }

    /// As the end of an address, with its question mark; empty when nothing is set.
    #[must_use]
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.set() {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
        out
    }

    /// The window of time moved by its own length, within the months there are.
    #[must_use]
    pub fn shifted(mut self, months: &[String]) -> Self {
        let by = std::mem::take(&mut self.shift);
        if months.is_empty() || !["back", "on"].contains(&by.as_str()) {
            return self;
        }
        let last = months.len() - 1;
        let at = |month: &str, or: usize| months.iter().position(|m| m == month).unwrap_or(or);
        let (from, to) = (at(&self.from, 0), at(&self.to, last));
        let (from, to) = (from.min(to), from.max(to));
        let length = to - from + 1;
        let start = if by == "back" {
            from.saturating_sub(length)
        } else {
            (from + length).min((last + 1).saturating_sub(length))
        };
        let month = |n: usize| months.get(n.min(last)).cloned().unwrap_or_default();
        (self.from, self.to) = (month(start), month(start + length - 1));
        self
    }

    fn takes(&self, piece: &Piece) -> bool {
        let at = month(piece.day());
        let grade = piece.intelligence_grade.as_deref().unwrap_or("none");
        let agency = piece.agency.as_deref().unwrap_or(PROTECTED);
        (self.from.is_empty() || at >= self.from)
            && (self.to.is_empty() || at <= self.to)
            && (self.grade.is_empty() || grade == self.grade)
            && (self.agency.is_empty() || agency == self.agency)
    }

    /// The reports that pass, whether or not they share anything.
    #[must_use]
    pub fn passing<'n>(&self, network: &'n Network) -> Vec<&'n Piece> {
        let near = self.near(network);
        let passes = |(n, piece): &(usize, &Piece)| {
            self.takes(piece) && near.as_ref().is_none_or(|near| near.contains(n))
        };
        let of_this_kind = network.things.iter().filter(|thing| thing.kind.id() == self.kind);
        let with: BTreeSet<usize> =
            of_this_kind.flat_map(|thing| thing.ties.iter().map(|tie| tie.piece)).collect();
        let of_kind = |(n, _): &(usize, &Piece)| self.kind.is_empty() || with.contains(n);
        network.pieces.iter().enumerate().filter(passes).filter(of_kind).map(|(_, p)| p).collect()
    }

    /// The reports within reach of the thing in the middle; none without a middle.
    fn near(&self, network: &Network) -> Option<BTreeSet<usize>> {
        let middle = self.middle()?;
        let allowed: Vec<bool> = network.pieces.iter().map(|piece| self.takes(piece)).collect();
        let open = |n: &usize| allowed.get(*n).copied().unwrap_or(false);
        let mut things: BTreeSet<usize> = network
            .things
            .iter()
            .enumerate()
            .filter(|(_, thing)| thing.ties.iter().any(|tie| tie.mention.number == middle))
            .map(|(n, _)| n)
            .collect();
        let mut reports = BTreeSet::new();
        for _ in 0..self.reach() {
            let found = things.iter().filter_map(|n| network.things.get(*n));
            reports.extend(found.flat_map(crate::report::Thing::reports).filter(open));
            let touched = |(_, thing): &(usize, &crate::report::Thing)| {
                thing.ties.iter().any(|tie| reports.contains(&tie.piece))
            };
            things = network.things.iter().enumerate().filter(touched).map(|(n, _)| n).collect();
        }
        Some(reports)
    }

    /// The part of a network that passes: reports, and what two of them share. Around a thing it
    /// stays itself, also when one report is left.
    #[must_use]
    pub fn keep(&self, network: &Network) -> Network {
        let passing: BTreeSet<i64> = self.passing(network).iter().map(|p| p.number).collect();
        let middle = self.middle();
        let mut things = Vec::new();
        for thing in &network.things {
            let is_middle =
                middle.is_some_and(|m| thing.ties.iter().any(|tie| tie.mention.number == m));
            if !self.kind.is_empty() && thing.kind.id() != self.kind && !is_middle {
                continue;
            }
            let ties: Vec<Tie> = thing
                .ties
                .iter()
                .filter(|t| {
                    network.pieces.get(t.piece).is_some_and(|p| passing.contains(&p.number))
                })
                .cloned()
                .collect();
            let shared = ties.iter().map(|tie| tie.piece).collect::<BTreeSet<_>>().len();
            if shared >= 2 || (is_middle && shared == 1) {
                things.push((thing.number, ties));
            }
        }
        let used: BTreeSet<usize> =
            things.iter().flat_map(|(_, ties)| ties.iter().map(|tie| tie.piece)).collect();
        let mut order: Vec<usize> = used.into_iter().collect();
        order.sort_by_key(|n| network.pieces.get(*n).map(|p| (p.day(), p.number)));
        let place: BTreeMap<usize, usize> =
            order.iter().enumerate().map(|(n, p)| (*p, n)).collect();
        let pieces = order.iter().filter_map(|n| network.pieces.get(*n)).cloned().collect();
        let mut things: Vec<_> = things
            .into_iter()
            .filter_map(|(number, mut ties)| {
                for tie in &mut ties {
                    tie.piece = place.get(&tie.piece).copied().unwrap_or_default();
                }
                crate::report::picture::thing(number, ties)
            })
            .collect();
        things.sort_by_key(|thing| (std::cmp::Reverse(thing.reports().len()), thing.number));
        let mut kept = Network { pieces, things, bridge: None, cut_off: network.cut_off };
        kept.bridge = bridge(&kept);
        kept
    }
}

/// A count with its word.
fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A network in sentences: the same as the picture and the tables.
#[must_use]
pub fn say(network: &Network) -> Vec<String> {
    let Some((first, last)) = network.days() else {
        return vec!["Nothing that you may see is shared by two reports here.".into()];
    };
    let mut words = vec![format!(
        "{} from {} share {}, from {} to {}.",
        many(network.pieces.len(), "report", "reports"),
        many(network.agencies().len(), "agency", "agencies"),
        many(network.things.len(), "person or thing", "people and things"),
        day_in_words(first),
        day_in_words(last)
    )];
    let together = groups(network);
    if let Some(largest) = together.first().filter(|_| together.len() > 1) {
        words.push(format!(
            "They fall into {} groups; the largest has {}.",
            together.len(),
            many(largest.reports.len(), "report", "reports")
        ));
    }
    for thing in network.things.iter().take(5) {
        let how = if thing.is_decided() { "as people decided" } else { "not all of it decided" };
        words.push(format!(
            "{}: {} stands in {}, {how}.",
            thing.kind.label(),
            thing.name,
            many(thing.reports().len(), "report", "reports")
        ));
    }
    if let Some(bridge) = &network.bridge {
        words.push(format!(
            "The weakest bridge is {}: without it {} would stand apart from {}.",
            bridge.thing,
            many(bridge.sides.0, "report", "reports"),
            bridge.sides.1
        ));
    }
    if network.cut_off {
        words.push(format!(
            "Only the newest {} reports are in it.",
            tessera_store::explore::whole::MOST
        ));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> Vec<String> {
        (1..=6).map(|m| format!("2026-{m:02}")).collect()
    }

    fn window(from: &str, to: &str, shift: &str) -> (String, String) {
        let filter =
            Filter { from: from.into(), to: to.into(), shift: shift.into(), ..Filter::default() };
        let moved = filter.shifted(&months());
        (moved.from, moved.to)
    }

    #[test]
    fn a_window_of_time_moves_by_its_own_length_and_stops_at_the_ends() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(window("2026-03", "2026-04", "back"), pair("2026-01", "2026-02"));
        assert_eq!(window("2026-03", "2026-04", "on"), pair("2026-05", "2026-06"));
        assert_eq!(window("2026-05", "2026-06", "on"), pair("2026-05", "2026-06"));
        assert_eq!(window("2026-02", "2026-03", "back"), pair("2026-01", "2026-02"));
        assert_eq!(window("2026-04", "2026-03", ""), pair("2026-04", "2026-03"));
    }

    #[test]
    fn an_address_holds_a_filter_whole() {
        let filter = Filter { agency: "Health & Care".into(), ..Filter::default() };
        assert_eq!(filter.query(), "?agency=Health%20%26%20Care");
        assert_eq!(Filter::default().query(), "");
    }
}

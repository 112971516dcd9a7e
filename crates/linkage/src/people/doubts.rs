//! Clusters that a person should look at, because their records contradict each other: what is
//! joined wrongly shows first in two birthdays or two NHS numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::compare::compare;
use super::fields::Field;
use super::link::Linked;
use super::table::Table;

/// What is doubtful about a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Two dates of birth that no slip explains.
    TwoBirthdays,
    /// Two NHS numbers that no slip explains.
    TwoNhsNumbers,
}

impl Doubt {
    /// The stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TwoBirthdays => "two_dates_of_birth",
            Self::TwoNhsNumbers => "two_nhs_numbers",
        }
    }
}

/// Two records of one cluster that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubtful {
    /// The cluster.
    pub cluster: u32,
    /// What is doubtful.
    pub doubt: Doubt,
    /// The first two records that show it.
    pub records: (u32, u32),
}

/// The doubtful clusters, each doubt once, by cluster.
#[must_use]
pub fn doubts(table: &Table, linked: &Linked) -> Vec<Doubtful> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (record, cluster) in (0u32..).zip(&linked.clusters) {
        if record != *cluster {
            members.entry(*cluster).or_insert_with(|| vec![*cluster]).push(record);
        }
    }
    let mut found = Vec::new();
    for (cluster, records) in members {
        for doubt in [Doubt::TwoBirthdays, Doubt::TwoNhsNumbers] {
            if let Some(records) = first(table, &records, doubt) {
                found.push(Doubtful { cluster, doubt, records });
            }
        }
    }
    found
}

fn first(table: &Table, records: &[u32], doubt: Doubt) -> Option<(u32, u32)> {
    let (field, against) = match doubt {
        Doubt::TwoBirthdays => (Field::Birth, ["different", "generation_apart"]),
        Doubt::TwoNhsNumbers => (Field::NhsNumber, ["different", "different"]),
    };
    let place = Field::ALL.iter().position(|other| *other == field)?;
    for (count, right) in records.iter().enumerate() {
        for left in records.iter().take(count) {
            let level = compare(table, &table.row(*left), &table.row(*right)).level(place);
            let name = field.levels().get(level).copied().unwrap_or_default();
            if against.contains(&name) {
                return Some((*left, *right));
            }
        }
    }
    None
}

/// Writes the doubtful clusters as `cluster_id,doubt,l,r`.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_doubts(mut out: impl Write, table: &Table, found: &[Doubtful]) -> io::Result<()> {
    writeln!(out, "cluster_id,doubt,l,r")?;
    for doubtful in found {
        let (left, right) = doubtful.records;
        let (cluster, doubt) = (table.id(doubtful.cluster), doubtful.doubt.code());
        writeln!(out, "{cluster},{doubt},{},{}", table.id(left), table.id(right))?;
    }
    out.flush()
}

//! Reads the policy table that people wrote.

use std::collections::BTreeMap;

/// The table, in plain words; see its own head for how to read it.
const TABLE: &str = include_str!("policy.txt");

/// What a person may expect of a route for one state of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Their page, or the form again with what is missing.
    Answered,
    /// A refusal: 403, without a byte of the record.
    Refused,
    /// Exactly what a record that does not exist gives: 404.
    Nothing,
}

/// Who is who in the table.
pub(crate) struct Policy {
    rows: BTreeMap<(String, String), Row>,
}

/// Who is answered, who is refused, who gets what does not exist gives, and what everyone else gets.
type Row = (Vec<String>, Vec<String>, Vec<String>, Expected);

impl Policy {
    pub(crate) fn read() -> Self {
        let mut rows = BTreeMap::new();
        let mut route = String::new();
        for line in TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if !line.starts_with(' ') {
                line.trim().clone_into(&mut route);
                continue;
            }
            let (state, who) = line.trim().split_once(':').expect("a state, a colon, people");
            let mut parts = who.split(';');
            let may = people(parts.next().unwrap_or_default());
            let (mut refused, mut absent, mut rest) = (Vec::new(), Vec::new(), Expected::Nothing);
            for part in parts {
                match part.trim().split_once(' ') {
                    Some(("refused", "everyone else")) => rest = Expected::Refused,
                    Some(("refused", who)) => refused = people(who),
                    Some(("nothing", who)) => absent = people(who.trim_start_matches("for ")),
                    _ => panic!("not understood: {part}"),
                }
            }
            rows.insert((route.clone(), state.to_owned()), (may, refused, absent, rest));
        }
        Self { rows }
    }

    /// The routes and states of the table.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &(String, String)> {
        self.rows.keys()
    }

    /// What the table says, or `None` when it has no such row.
    pub(crate) fn of(&self, route: &str, state: &str, who: &str) -> Option<Expected> {
        let (may, refused, absent, rest) = self.rows.get(&(route.to_owned(), state.to_owned()))?;
        let named = |people: &[String]| {
            people.iter().any(|p| {
                p == who || p == "anybody" || (p == "anyone signed in" && who != "anonymous")
            })
        };
        Some(if named(may) {
            Expected::Answered
        } else if named(refused) {
            Expected::Refused
        } else if named(absent) {
            Expected::Nothing
        } else {
            *rest
        })
    }
}

fn people(text: &str) -> Vec<String> {
    text.split(',')
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty() && p != "nobody")
        .collect()
}

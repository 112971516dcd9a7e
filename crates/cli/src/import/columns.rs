//! Which column is which field. Names in the first row map columns, in any order and any case.

use tessera_core::{
    concern::{MAX_CHILDREN, RawChild, RawConcern},
    partial_date::RawDate,
};

use crate::import::safe;

/// Columns of the report of rejected rows: passed over when it is brought in again.
pub(crate) const REPORT: [&str; 3] = ["row", "field", "problem"];
/// The row's own key.
const KEY: &str = "key";
/// Columns of the concern as a whole.
const WHOLE: [&str; 17] = [
    "kind",
    "what",
    "place",
    "when",
    "date",
    "others",
    "origin",
    "opinion",
    "child_words",
    "child_knows",
    "parents_know",
    "name_sharing",
    "reporter_name",
    "reporter_telephone",
    "reporter_email",
    "reporter_relation",
    KEY,
];
/// What a column about a child ends in; it begins with `child_` or `child2_` to `child12_`.
const OF_CHILD: [&str; 7] = ["name", "known_as", "born", "age", "school", "address", "nhs_number"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Nothing of the concern.
    Passed,
    /// A field of the concern.
    Whole(&'static str),
    /// A field of one child, counted from 0.
    Child(usize, &'static str),
}

/// The columns of a file.
#[derive(Debug)]
pub(crate) struct Columns(Vec<Column>);

/// A row that could be read.
#[derive(Default)]
pub(crate) struct Row {
    /// Its own key; empty when it has none.
    pub(crate) key: String,
    /// What it says.
    pub(crate) raw: RawConcern,
}

impl Columns {
    /// Maps the first row; the names that are no column are the error.
    pub(crate) fn read<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, Vec<String>> {
        let (mut columns, mut unknown) = (Vec::new(), Vec::new());
        for name in names {
            let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
            match column(&plain) {
                Some(column) => columns.push(column),
                None => unknown.push(name.trim().to_owned()),
            }
        }
        if unknown.is_empty() { Ok(Self(columns)) } else { Err(unknown) }
    }

    /// Whether the one column that every row needs is there.
    pub(crate) fn has_what(&self) -> bool {
        self.0.contains(&Column::Whole("what"))
    }

    /// Reads a row.
    pub(crate) fn row<'a>(&self, values: impl Iterator<Item = &'a str>) -> Row {
        let mut row = Row::default();
        for (column, value) in self.0.iter().zip(values) {
            let value = safe::read(value.trim());
            match *column {
                Column::Passed => {}
                Column::Whole(KEY) => value.clone_into(&mut row.key),
                Column::Whole(name) => whole(&mut row.raw, name, value),
                Column::Child(n, name) => child(&mut row.raw, n, name, value),
            }
        }
        row
    }
}

/// Every name a column may have, for the message about one that is none.
pub(crate) fn known() -> String {
    let children = OF_CHILD.map(|end| format!("child_{end}"));
    let names = WHOLE.iter().map(|name| (*name).to_owned()).chain(children);
    names.collect::<Vec<_>>().join(", ")
}

fn column(name: &str) -> Option<Column> {
    if REPORT.contains(&name) {
        return Some(Column::Passed);
    }
    if let Some(found) = WHOLE.iter().find(|known| **known == name) {
        return Some(Column::Whole(found));
    }
    let (number, end) = name.strip_prefix("child")?.split_once('_')?;
    let place = if number.is_empty() { 1 } else { number.parse::<usize>().ok()? };
    let end = OF_CHILD.iter().find(|known| **known == end)?;
    (1..=MAX_CHILDREN).contains(&place).then(|| Column::Child(place - 1, end))
}

fn whole(raw: &mut RawConcern, name: &str, value: &str) {
    let field = match name {
        "date" => {
            raw.happened = RawDate::typed(value);
            return;
        }
        "kind" => &mut raw.kind,
        "what" => &mut raw.what,
        "place" => &mut raw.place,
        "when" => &mut raw.when_text,
        "others" => &mut raw.others,
        "origin" => &mut raw.origin,
        "opinion" => &mut raw.opinion,
        "child_words" => &mut raw.child_words,
        "child_knows" => &mut raw.child_knows,
        "parents_know" => &mut raw.parents_know,
        "name_sharing" => &mut raw.name_sharing,
        "reporter_name" => &mut raw.reporter_name,
        "reporter_telephone" => &mut raw.reporter_telephone,
        "reporter_email" => &mut raw.reporter_email,
        _ => &mut raw.reporter_relation,
    };
    value.clone_into(field);
}

fn child(raw: &mut RawConcern, place: usize, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if raw.children.len() <= place {
        raw.children.resize(place + 1, RawChild::default());
    }
    let Some(child) = raw.children.get_mut(place) else { return };
    let field = match name {
        "born" => {
            child.born = RawDate::typed(value);
            return;
        }
        "name" => &mut child.name,
        "known_as" => &mut child.known_as,
        "age" => &mut child.age,
        "school" => &mut child.school,
        "address" => &mut child.address,
        _ => &mut child.nhs_number,
    };
    value.clone_into(field);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_in_any_order_and_case() {
        let columns = Columns::read(["Child2 born", "WHAT", "child-name", "row"].into_iter());
        let row = columns.unwrap().row(["3/5/2011", "A van", "Robin Example", "7"].into_iter());
        assert_eq!(row.raw.what, "A van");
        assert_eq!(row.raw.children[0].name, "Robin Example");
        assert_eq!(row.raw.children[1].born.month, "5");
    }

    #[test]
    fn a_name_that_is_no_column_is_told() {
        let wrong = Columns::read(["what", "Surname", "child13_name"].into_iter()).unwrap_err();
        assert_eq!(wrong, ["Surname", "child13_name"]);
    }

    #[test]
    fn dates_may_be_whole_or_in_part_in_either_order() {
        let read = |text| {
            let date = RawDate::typed(text);
            (date.day, date.month, date.year)
        };
        assert_eq!(read("2011-05-03"), ("3".into(), "5".into(), "2011".into()));
        assert_eq!(read("03/05/2011"), ("03".into(), "05".into(), "2011".into()));
        assert_eq!(read("5/2011"), (String::new(), "5".into(), "2011".into()));
        assert_eq!(read("soon").2, "soon");
        assert_eq!(read(""), (String::new(), String::new(), String::new()));
    }
}

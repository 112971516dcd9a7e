//! Short forms and other spellings of given names and surnames, as families.
//!
//! The lists are data (`data/short-forms.txt`, `data/spellings.txt`), read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How two different words can be the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// Two spellings of one name.
    Spelling,
    /// One is a short or pet form of the other.
    ShortForm,
    /// Both are short forms of one name.
    SharedFullName,
}

struct Families {
    short: BTreeMap<&'static str, Vec<&'static str>>,
    spelt: BTreeMap<&'static str, Vec<u32>>,
    leaders: Vec<&'static str>,
}

static FAMILIES: LazyLock<Families> = LazyLock::new(|| {
    let mut short: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in data_lines(include_str!("../../data/short-forms.txt")) {
        let (full, forms) = line.split_once(':').unwrap_or((line, ""));
        short.entry(full).or_default().push(full);
        for form in forms.split_whitespace() {
            short.entry(form).or_default().push(full);
        }
    }
    let mut spelt: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut leaders = Vec::new();
    for (number, line) in (0..).zip(data_lines(include_str!("../../data/spellings.txt"))) {
        leaders.extend(line.split_whitespace().next());
        for form in line.split_whitespace() {
            spelt.entry(form).or_default().push(number);
        }
    }
    Families { short, spelt, leaders }
});

fn data_lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The full names that a folded word may stand for, itself included where it is one.
///
/// ```
/// use tessera_linkage::normalise::nickname;
/// assert_eq!(nickname::full_names("bob"), ["robert"]);
/// ```
#[must_use]
pub fn full_names(word: &str) -> &'static [&'static str] {
    FAMILIES.short.get(word).map_or(&[], Vec::as_slice)
}

/// Names of the families a word belongs to, for an index: short forms as `n:robert`, spelling
/// groups as `s:17`. A spelling leads on to the short-form families of its group's other members
/// only through [`kinship`], not here.
#[must_use]
pub fn families(word: &str) -> Vec<String> {
    let short = full_names(word).iter().map(|full| format!("n:{full}"));
    short.chain(spellings(word).iter().map(|number| format!("s:{number}"))).collect()
}

/// The numbers of the spelling groups that a folded word stands in.
#[must_use]
pub fn spellings(word: &str) -> &'static [u32] {
    FAMILIES.spelt.get(word).map_or(&[], Vec::as_slice)
}

/// The first spelling of a group.
#[must_use]
pub fn leader(group: u32) -> Option<&'static str> {
    FAMILIES.leaders.get(usize::try_from(group).ok()?).copied()
}

/// How two folded words can be forms of one name, if the lists say so; the same either way round.
#[must_use]
pub fn kinship(left: &str, right: &str) -> Option<Kinship> {
    if spellings(left).iter().any(|group| spellings(right).contains(group)) {
        return Some(Kinship::Spelling);
    }
    let (fulls, others) = (full_names(left), full_names(right));
    if fulls.contains(&right) || others.contains(&left) {
        return Some(Kinship::ShortForm);
    }
    fulls.iter().any(|full| others.contains(full)).then_some(Kinship::SharedFullName)
}

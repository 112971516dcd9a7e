//! From what was typed to a concern that can be sent. One answer is required: what was noticed.

use serde::{Deserialize, Serialize};

use crate::{
    codes::CodeBook,
    errors::{FieldErrors, optional_text, required_text},
    msg,
    partial_date::{PartialDate, RawDate},
    sensitive::Sensitive,
    t,
};

/// More children than this are sent as a second concern.
pub const MAX_CHILDREN: usize = 12;

/// The longest narrative, in characters.
const LONG: usize = 20_000;
/// The longest answer of a line or two.
const SHORT: usize = 500;

/// Who may be told who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameSharing {
    /// The name may be passed on where it helps.
    MayPassOn,
    /// Only the team that reads the concern may know.
    HubOnly,
    /// The sender does not want to be known, or has not said who they are.
    NotKnown,
}

impl NameSharing {
    /// Every choice, in the order shown.
    pub const ALL: [Self; 3] = [Self::MayPassOn, Self::HubOnly, Self::NotKnown];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::MayPassOn => "may_pass_on",
            Self::HubOnly => "hub_only",
            Self::NotKnown => "not_known",
        }
    }

    /// As shown, in the sender's voice.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MayPassOn => msg!("You may pass on my name where it helps the child"),
            Self::HubOnly => msg!("Only the team that reads this may know who I am"),
            Self::NotKnown => msg!("I do not want to be known"),
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.id() == id)
    }
}

/// A concern exactly as typed, page after page. Kept as a draft on the server.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawConcern {
    /// How it came, when the hub types it in for someone: `telephone`, `email` or `paper`.
    pub channel: String,
    /// `danger`, `worried` or `noticed`, from the first page.
    pub kind: String,
    /// What was noticed.
    pub what: String,
    /// The children, as far as known.
    pub children: Vec<RawChild>,
    /// Where.
    pub place: String,
    /// When, in words.
    pub when_text: String,
    /// The date, if it can be said.
    pub happened: RawDate,
    /// Other people, cars, telephones, names used online.
    pub others: String,
    /// How the sender knows.
    pub origin: String,
    /// What the sender thinks.
    pub opinion: String,
    /// The child's own words.
    pub child_words: String,
    /// Whether the child knows.
    pub child_knows: String,
    /// Whether parents or carers know.
    pub parents_know: String,
    /// Who may be told who said it.
    pub name_sharing: String,
    /// The sender's name.
    pub reporter_name: String,
    /// Their telephone number.
    pub reporter_telephone: String,
    /// Their e-mail address.
    pub reporter_email: String,
    /// Who they are to the child, or their role and organisation.
    pub reporter_relation: String,
    /// The language in which it was last written, BCP 47; empty for that of the source.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Which help stood beside which question: the question, and the version of the guidance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<(String, String)>,
}

/// A child exactly as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawChild {
    /// Name, or part of it.
    pub name: String,
    /// Nicknames and other names.
    pub known_as: String,
    /// Date of birth, as far as known.
    pub born: RawDate,
    /// Age, as said.
    pub age: String,
    /// School, college or where they spend the day.
    pub school: String,
    /// Address, as said.
    pub address: String,
    /// NHS number, where a worker has it.
    pub nhs_number: String,
}

impl RawChild {
    /// Whether nothing was typed for this child.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A concern that can be sent.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The sender said a child is in danger now.
    pub danger_now: bool,
    /// What was noticed.
    pub what: String,
    /// The children named; at least one, who may be wholly unknown.
    pub children: Vec<DraftChild>,
    /// Where.
    pub place: Option<String>,
    /// When, in words.
    pub when_text: Option<String>,
    /// The date, as far as known.
    pub happened_on: Option<PartialDate>,
    /// Other people, cars, telephones, names used online.
    pub others: Option<String>,
    /// Code of list `origin`.
    pub origin: Option<String>,
    /// Opinion, apart from fact.
    pub opinion: Option<String>,
    /// The child's own words.
    pub child_words: Option<String>,
    /// Code of list `knows`.
    pub child_knows: Option<String>,
    /// Code of list `knows`.
    pub parents_know: Option<String>,
    /// Who may be told.
    pub name_sharing: NameSharing,
    /// Who sent it, to be sealed.
    pub reporter: Option<Sensitive<Reporter>>,
}

/// One child of a draft.
#[derive(Debug, Clone, Default)]
pub struct DraftChild {
    /// Name as given; empty when not known.
    pub name: String,
    /// Other names.
    pub known_as: Option<String>,
    /// Date of birth.
    pub born: Option<PartialDate>,
    /// Age as said.
    pub age: Option<String>,
    /// School as said.
    pub school: Option<String>,
    /// Address as said.
    pub address: Option<String>,
    /// NHS number as said: kept even when its check digit is wrong.
    pub nhs_number: Option<String>,
}

/// Who sent a concern. Stored sealed, apart from it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Name.
    pub name: String,
    /// Telephone.
    pub telephone: String,
    /// E-mail.
    pub email: String,
    /// Who they are to the child, or role and organisation.
    pub relation: String,
}

impl RawConcern {
    /// Checks everything and reports everything that is wrong together.
    pub fn check(&self, codes: &CodeBook) -> Result<Draft, FieldErrors> {
        let mut e = FieldErrors::default();
        let what = required_text(&mut e, "what", &self.what, LONG, &t!("Tell us what you noticed"));
        let children = self.check_children(&mut e);
        let name_sharing = self.check_name_sharing(&mut e);
        let draft = Draft {
            danger_now: self.kind == "danger",
            what,
            children,
            place: optional_text(&mut e, "place", &self.place, SHORT),
            when_text: optional_text(&mut e, "when_text", &self.when_text, SHORT),
            happened_on: self.happened.read(&mut e, "happened"),
            others: optional_text(&mut e, "others", &self.others, LONG),
            origin: code(&mut e, codes, "origin", "origin", &self.origin),
            opinion: optional_text(&mut e, "opinion", &self.opinion, LONG),
            child_words: optional_text(&mut e, "child_words", &self.child_words, LONG),
            child_knows: code(&mut e, codes, "knows", "child_knows", &self.child_knows),
            parents_know: code(&mut e, codes, "knows", "parents_know", &self.parents_know),
            name_sharing,
            reporter: self.check_reporter(&mut e).map(Sensitive::new),
        };
        e.into_result(draft)
    }

    fn check_children(&self, e: &mut FieldErrors) -> Vec<DraftChild> {
        if self.children.len() > MAX_CHILDREN {
            let message =
                t!("Send no more than {most} children in one concern", most = MAX_CHILDREN);
            e.add("children", message);
        }
        let named: Vec<DraftChild> = self
            .children
            .iter()
            .filter(|child| !child.is_empty())
            .enumerate()
            .map(|(n, child)| child.check(e, n))
            .collect();
        if named.is_empty() { vec![DraftChild::default()] } else { named }
    }

    fn check_name_sharing(&self, e: &mut FieldErrors) -> NameSharing {
        if self.name_sharing.is_empty() {
            let told = !self.reporter_name.trim().is_empty();
            return if told { NameSharing::HubOnly } else { NameSharing::NotKnown };
        }
        NameSharing::from_id(&self.name_sharing).unwrap_or_else(|| {
            e.add("name_sharing", t!("Choose who may know that you told us"));
            NameSharing::HubOnly
        })
    }

    fn check_reporter(&self, e: &mut FieldErrors) -> Option<Reporter> {
        let mut line =
            |field: &str, value: &str| optional_text(e, field, value, SHORT).unwrap_or_default();
        let reporter = Reporter {
            name: line("reporter_name", &self.reporter_name),
            telephone: line("reporter_telephone", &self.reporter_telephone),
            email: line("reporter_email", &self.reporter_email),
            relation: line("reporter_relation", &self.reporter_relation),
        };
        if !reporter.email.is_empty() && !reporter.email.contains('@') {
            e.add("reporter_email", t!("Check the e-mail address: it needs an @ sign"));
        }
        (reporter != Reporter::default()).then_some(reporter)
    }
}

impl RawChild {
    fn check(&self, e: &mut FieldErrors, n: usize) -> DraftChild {
        let field = |name: &str| format!("child-{n}-{name}");
        DraftChild {
            name: optional_text(e, &field("name"), &self.name, SHORT).unwrap_or_default(),
            known_as: optional_text(e, &field("known_as"), &self.known_as, SHORT),
            born: self.born.read(e, &field("born")),
            age: optional_text(e, &field("age"), &self.age, SHORT),
            school: optional_text(e, &field("school"), &self.school, SHORT),
            address: optional_text(e, &field("address"), &self.address, SHORT),
            nhs_number: optional_text(e, &field("nhs_number"), &self.nhs_number, SHORT),
        }
    }
}

/// A code of a list, or nothing; `not_known` is a code like any other.
fn code(
    e: &mut FieldErrors,
    codes: &CodeBook,
    list: &str,
    field: &str,
    id: &str,
) -> Option<String> {
    if id.is_empty() {
        return None;
    }
    if codes.find(list, id).is_none() {
        e.add(field, t!("Choose one of the answers, or leave it out"));
    }
    Some(id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> CodeBook {
        CodeBook::builtin().unwrap()
    }

    #[test]
    fn one_sentence_is_enough_and_the_child_may_be_unknown() {
        let raw = RawConcern {
            what: " A white van waits outside school at home time. ".into(),
            ..RawConcern::default()
        };
        let draft = raw.check(&codes()).unwrap();
        assert_eq!(draft.what, "A white van waits outside school at home time.");
        assert_eq!(draft.children.len(), 1);
        assert_eq!(draft.name_sharing, NameSharing::NotKnown);
        assert!(draft.reporter.is_none());
    }

    #[test]
    fn everything_wrong_is_told_together() {
        let raw = RawConcern {
            reporter_email: "nobody".into(),
            origin: "made-up".into(),
            happened: RawDate {
                day: "40".into(),
                month: "1".into(),
                year: "2026".into(),
                approximate: false,
            },
            ..RawConcern::default()
        };
        let errors = raw.check(&codes()).unwrap_err();
        for field in ["what", "reporter_email", "origin", "happened"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }
}

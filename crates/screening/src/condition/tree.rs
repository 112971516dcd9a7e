//! A condition as written, before its names are looked up.

/// Part of a condition, with the column at which it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub(super) column: usize,
    pub(super) kind: NodeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum NodeKind {
    Truth(bool),
    Number(f64),
    Text(String),
    Name(String),
    Call(String, String),
    Phrase(Phrase),
    TypesInclude(Box<Node>),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    In(Box<Node>, Vec<Node>),
    Compare(Box<Node>, Comparison, Box<Node>),
    Sum(Box<Node>, Sum, Box<Node>),
}

impl Node {
    pub(super) fn new(column: usize, kind: NodeKind) -> Self {
        Self { column, kind }
    }

    /// Several parts as one; a single part stays as it is.
    pub(super) fn joined(
        column: usize,
        mut parts: Vec<Self>,
        kind: fn(Vec<Self>) -> NodeKind,
    ) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                Self::new(column, kind(parts))
            }
            None => Self::new(column, kind(parts)),
        }
    }
}

/// A condition that an instrument writes as a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// The level is lower than at the screen before.
    LevelFell,
    /// Since that screen neither a disruption nor a plan has changed.
    NothingChanged,
}

impl Phrase {
    pub(super) const ALL: [Self; 2] = [Self::LevelFell, Self::NothingChanged];

    pub(super) fn words(self) -> std::str::Split<'static, char> {
        match self {
            Self::LevelFell => "level decreased since last screen",
            Self::NothingChanged => "no change in disruption or plan recorded",
        }
        .split(' ')
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

impl Comparison {
    pub(super) fn from_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::More,
            ">=" => Self::AtLeast,
            "==" => Self::Equal,
            "!=" => Self::Unequal,
            _ => return None,
        })
    }

    /// Whether `left` compares so with `right`.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
            Self::Unequal => left != right,
        }
    }

    /// The comparison with left and right exchanged.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

/// How two numbers are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
}

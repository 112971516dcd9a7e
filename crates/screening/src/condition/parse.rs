//! Reads tokens into a tree. Precedence, loosest first: `or`, `and`, `not`, comparison, `+ -`, `*`.

use super::ConditionError;
use super::lex::{Kind, Token, tokens};
use super::tree::{Comparison, Node, NodeKind, Phrase, Sum};

/// How deep brackets and `not` may nest.
const DEEPEST: usize = 40;

/// Reads a condition; every fault names its column.
pub fn parse(text: &str) -> Result<Node, ConditionError> {
    let tokens = tokens(text)?;
    let end = text.chars().count() + 1;
    let mut parser = Parser { tokens, next: 0, end, depth: 0 };
    let node = parser.any_of()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.unexpected("the end or another `and` or `or`")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn column(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.column)
    }

    fn unexpected(&self, wanted: &str) -> ConditionError {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Kind::Word(word)) => format!("`{word}`"),
            Some(Kind::Text(text)) => format!("'{text}'"),
            Some(Kind::Number(number)) => format!("`{number}`"),
            Some(Kind::Sign(sign)) => format!("`{sign}`"),
        };
        ConditionError::new(self.column(), format!("expected {wanted}, found {found}"))
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        let token = self.tokens.get(self.next + ahead);
        matches!(token.map(|token| &token.kind), Some(Kind::Word(found)) if found == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Kind::Sign(found)) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), ConditionError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn any_of(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        let mut parts = vec![self.all_of()?];
        while self.take_word("or") {
            parts.push(self.all_of()?);
        }
        Ok(Node::joined(column, parts, NodeKind::Or))
    }

    fn all_of(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        let mut parts = vec![self.negation()?];
        while self.take_word("and") {
            parts.push(self.negation()?);
        }
        Ok(Node::joined(column, parts, NodeKind::And))
    }

    fn negation(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        if !self.take_word("not") {
            return self.comparison();
        }
        let inner = self.deeper(Self::negation)?;
        Ok(Node::new(column, NodeKind::Not(Box::new(inner))))
    }

    /// Reads one level further in, so that no text can exhaust the stack.
    fn deeper(
        &mut self,
        read: fn(&mut Self) -> Result<Node, ConditionError>,
    ) -> Result<Node, ConditionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let reason = format!("nested more than {DEEPEST} deep");
            return Err(ConditionError::new(self.column(), reason));
        }
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn comparison(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        let mut left = self.sum()?;
        if self.is_word(0, "in") || (self.is_word(0, "not") && self.is_word(1, "in")) {
            let negated = self.take_word("not");
            self.next += 1;
            let node = Node::new(column, NodeKind::In(Box::new(left), self.list()?));
            return Ok(if negated {
                Node::new(column, NodeKind::Not(Box::new(node)))
            } else {
                node
            });
        }
        let mut parts = Vec::new();
        while let Some(comparison) = self.take_comparison() {
            let right = self.sum()?;
            let pair = (Box::new(left), comparison, Box::new(right.clone()));
            parts.push(Node::new(column, NodeKind::Compare(pair.0, pair.1, pair.2)));
            left = right;
        }
        if parts.is_empty() { Ok(left) } else { Ok(Node::joined(column, parts, NodeKind::And)) }
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        let Some(Kind::Sign(sign)) = self.peek() else { return None };
        let comparison = Comparison::from_sign(sign)?;
        self.next += 1;
        Some(comparison)
    }

    fn list(&mut self) -> Result<Vec<Node>, ConditionError> {
        self.need_sign("[")?;
        let mut items = Vec::new();
        loop {
            items.push(self.primary()?);
            if self.take_sign("]") {
                return Ok(items);
            }
            if !self.take_sign(",") {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn sum(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        let mut left = self.product()?;
        loop {
            let sign = match self.peek() {
                Some(Kind::Sign("+")) => Sum::Plus,
                Some(Kind::Sign("-")) => Sum::Minus,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = Node::new(column, NodeKind::Sum(Box::new(left), sign, Box::new(right)));
        }
    }

    fn product(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        let mut left = self.primary()?;
        while self.take_sign("*") {
            let right = self.primary()?;
            left = Node::new(column, NodeKind::Sum(Box::new(left), Sum::Times, Box::new(right)));
        }
        Ok(left)
    }

    fn primary(&mut self) -> Result<Node, ConditionError> {
        let column = self.column();
        if self.take_sign("(") {
            let inner = self.deeper(Self::any_of)?;
            self.need_sign(")")?;
            return Ok(inner);
        }
        if self.take_sign("-") {
            let inner = self.deeper(Self::primary)?;
            let zero = Box::new(Node::new(column, NodeKind::Number(0.0)));
            return Ok(Node::new(column, NodeKind::Sum(zero, Sum::Minus, Box::new(inner))));
        }
        if let Some(phrase) = self.take_phrase()? {
            return Ok(Node::new(column, NodeKind::Phrase(phrase)));
        }
        let kind = match self.peek() {
            Some(Kind::Number(number)) => NodeKind::Number(*number),
            Some(Kind::Text(text)) => NodeKind::Text(text.clone()),
            Some(Kind::Word(word)) if !is_reserved(word) => NodeKind::Name(word.clone()),
            _ => return Err(self.unexpected("a name, a number, a quoted text or a bracket")),
        };
        self.next += 1;
        match kind {
            NodeKind::Name(name) if self.take_sign("(") => self.call(column, name),
            NodeKind::Name(name) if name == "types" && self.take_include() => {
                let inner = self.deeper(Self::primary)?;
                Ok(Node::new(column, NodeKind::TypesInclude(Box::new(inner))))
            }
            NodeKind::Name(name) if name == "true" || name == "false" => {
                Ok(Node::new(column, NodeKind::Truth(name == "true")))
            }
            kind => Ok(Node::new(column, kind)),
        }
    }

    fn call(&mut self, column: usize, name: String) -> Result<Node, ConditionError> {
        let argument = match self.peek() {
            Some(Kind::Text(text)) => text.clone(),
            _ => return Err(self.unexpected("a quoted text")),
        };
        self.next += 1;
        self.need_sign(")")?;
        Ok(Node::new(column, NodeKind::Call(name, argument)))
    }

    fn take_include(&mut self) -> bool {
        self.take_word("include") || self.take_word("includes")
    }

    /// The conditions that are written as a sentence.
    fn take_phrase(&mut self) -> Result<Option<Phrase>, ConditionError> {
        for phrase in Phrase::ALL {
            let mut words = phrase.words();
            let starts = words.by_ref().take(2).enumerate().all(|(at, w)| self.is_word(at, w));
            if !starts {
                continue;
            }
            self.next += 2;
            for word in words {
                if !self.take_word(word) {
                    return Err(self.unexpected(&format!("`{word}`")));
                }
            }
            return Ok(Some(phrase));
        }
        Ok(None)
    }
}

fn is_reserved(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "in" | "include" | "includes")
}

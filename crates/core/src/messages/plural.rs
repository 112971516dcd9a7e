//! Which plural form a number takes: the expression of gettext's `Plural-Forms`, a small part of C
//! with `?:`, `||`, `&&`, comparisons, `%` and brackets, over the number `n`.

/// A rule read from a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plural {
    /// How many forms there are.
    pub(super) forms: usize,
    rule: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    N,
    Number(u64),
    Of(&'static str, Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
}

/// Operators, those that bind least first.
const LEVELS: [&[&str]; 5] = [&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["%"]];

impl Default for Plural {
    /// As in English: one, and all others.
    fn default() -> Self {
        let one = Node::Of("!=", Box::new(Node::N), Box::new(Node::Number(1)));
        Self { forms: 2, rule: one }
    }
}

impl Plural {
    /// Reads `nplurals=2; plural=(n != 1);`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let part = |name: &str| {
            text.split(';')
                .find_map(|part| part.trim().strip_prefix(name)?.trim().strip_prefix('='))
        };
        let forms = part("nplurals")?.trim().parse().ok().filter(|n| (1..=6).contains(n))?;
        let mut reader = Reader { rest: part("plural")?.trim() };
        let rule = reader.choice(0)?;
        reader.rest.is_empty().then_some(Self { forms, rule })
    }

    /// The form for a number, always one that there is.
    pub(super) fn form(&self, n: u64) -> usize {
        let form = usize::try_from(value(&self.rule, n)).unwrap_or(0);
        form.min(self.forms.saturating_sub(1))
    }
}

fn value(node: &Node, n: u64) -> u64 {
    match node {
        Node::N => n,
        Node::Number(number) => *number,
        Node::If(when, then, other) => {
            if value(when, n) == 0 {
                value(other, n)
            } else {
                value(then, n)
            }
        }
        Node::Of(operator, left, right) => {
            let (left, right) = (value(left, n), value(right, n));
            match *operator {
                "||" => u64::from(left != 0 || right != 0),
                "&&" => u64::from(left != 0 && right != 0),
                "==" => u64::from(left == right),
                "!=" => u64::from(left != right),
                "<=" => u64::from(left <= right),
                ">=" => u64::from(left >= right),
                "<" => u64::from(left < right),
                ">" => u64::from(left > right),
                _ => left.checked_rem(right).unwrap_or(0),
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

/// Brackets within brackets beyond this are no rule of any language.
const DEEPEST: usize = 40;

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn choice(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let when = self.level(0, depth)?;
        if !self.take("?") {
            return Some(when);
        }
        let then = self.choice(depth + 1)?;
        if !self.take(":") {
            return None;
        }
        let other = self.choice(depth + 1)?;
        Some(Node::If(Box::new(when), Box::new(then), Box::new(other)))
    }

    fn level(&mut self, at: usize, depth: usize) -> Option<Node> {
        let Some(operators) = LEVELS.get(at) else { return self.one(depth) };
        let mut left = self.level(at + 1, depth)?;
        while let Some(operator) = operators.iter().copied().find(|o| self.rest.starts_with(o)) {
            self.take(operator);
            let right = self.level(at + 1, depth)?;
            left = Node::Of(operator, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    fn one(&mut self, depth: usize) -> Option<Node> {
        if self.take("(") {
            let inside = self.choice(depth + 1)?;
            return self.take(")").then_some(inside);
        }
        if self.take("n") {
            return Some(Node::N);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.trim_start();
        digits.parse().ok().map(Node::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(rule: &str, numbers: &[u64]) -> Vec<usize> {
        let rule = Plural::read(rule).unwrap();
        numbers.iter().map(|n| rule.form(*n)).collect()
    }

    #[test]
    fn the_rules_of_welsh_polish_and_arabic_are_understood() {
        let welsh = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;";
        assert_eq!(forms(welsh, &[0, 1, 2, 3, 6, 5, 100]), [0, 1, 2, 3, 4, 5, 5]);
        let polish =
            "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);";
        assert_eq!(forms(polish, &[1, 2, 5, 12, 22, 112]), [0, 1, 2, 2, 1, 2]);
        let arabic = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";
        assert_eq!(forms(arabic, &[0, 1, 2, 3, 11, 100, 102]), [0, 1, 2, 3, 4, 5, 5]);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "nplurals=2",
            "nplurals=0; plural=0",
            "nplurals=2; plural=n=1",
            "nplurals=2; plural=(n",
        ] {
            assert_eq!(Plural::read(text), None, "{text}");
        }
        let deep = format!("nplurals=2; plural={}n", "(".repeat(10_000));
        assert_eq!(Plural::read(&deep), None);
    }
}

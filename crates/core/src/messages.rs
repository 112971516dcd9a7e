//! The words the program itself says, in the language of the reader.
//!
//! English stands in the code, whole sentences at a time: `t!("It has {length} characters", length
//! = n)`. A [`Catalogue`] holds the same sentences in another language. Which language is in force
//! is set in one place, around the work for one request or one letter ([`within`]); without it
//! every sentence is told in English. Nothing that is stored is told this way.
//!
//! - [`t!`](crate::t) tells a sentence; its named arguments are compared when it is compiled.
//! - [`tn!`](crate::tn) tells how many, in the plural form that the language has for that number.
//! - [`msg!`](crate::msg) marks a constant that is told later by [`of`].
//! - [`of`] tells a sentence that is known when the program runs: a marked constant, a code's label.
//! - [`content`] tells what practitioners wrote: translated where the catalogue has it.
//!
//! What a catalogue does not have is told in English between [`BEGIN`] and [`END`], so that a page
//! can say which of its words are in another language than itself.

mod catalogue;
mod plural;
mod po;
mod pseudo;

use std::{cell::RefCell, fmt::Display, sync::Arc};

pub use catalogue::{Catalogue, Languages};
pub use po::{Entry, PoFile};
pub use pseudo::{PSEUDO, pseudo};

/// Every message of the program, as this build tells them.
#[must_use]
pub fn template() -> PoFile {
    const FILE: &str = include_str!("../../../content/messages/messages.pot");
    PoFile::read("messages.pot", FILE).unwrap_or_default()
}

/// The language of the source, BCP 47.
pub const SOURCE: &str = "en-GB";
/// Begins words that are in the language of the source on a page of another one.
pub const BEGIN: char = '\u{e000}';
/// Ends them.
pub const END: char = '\u{e001}';

thread_local! {
    static IN_FORCE: RefCell<Option<Arc<Catalogue>>> = const { RefCell::new(None) };
}

/// Puts back what was in force, also when the work panics.
struct Back(Option<Arc<Catalogue>>);

impl Drop for Back {
    fn drop(&mut self) {
        IN_FORCE.set(self.0.take());
    }
}

/// Does something in a language; `None` is the language of the source.
pub fn within<T>(language: Option<&Arc<Catalogue>>, work: impl FnOnce() -> T) -> T {
    let _back = Back(IN_FORCE.replace(language.cloned()));
    work()
}

fn with<T>(read: impl FnOnce(Option<&Catalogue>) -> T) -> T {
    IN_FORCE.with_borrow(|now| read(now.as_deref()))
}

/// The language in force, BCP 47.
#[must_use]
pub fn tag() -> String {
    with(|now| now.map_or_else(|| SOURCE.to_owned(), |c| c.tag().to_owned()))
}

/// Whether the language of the source is in force.
#[must_use]
pub fn is_source() -> bool {
    with(|now| now.is_none())
}

/// A value of a message.
pub type Argument<'a> = (&'a str, &'a dyn Display);

/// Tells a sentence with its values. Called by [`t!`](crate::t), which compares their names.
#[must_use]
pub fn told(text: &str, values: &[Argument<'_>]) -> String {
    with(|now| match now {
        None => filled(text, values),
        Some(language) => match language.singular(text) {
            Some(other) => filled(other, values),
            None => marked(&filled(text, values)),
        },
    })
}

/// Tells how many. Called by [`tn!`](crate::tn).
#[must_use]
pub fn told_many(n: u64, one: &str, many: &str, values: &[Argument<'_>]) -> String {
    let all: Vec<Argument<'_>> =
        std::iter::once(("n", &n as &dyn Display)).chain(values.iter().copied()).collect();
    let english = if n == 1 { one } else { many };
    with(|now| match now {
        None => filled(english, &all),
        Some(language) => match language.plural(one, n) {
            Some(other) => filled(other, &all),
            None => marked(&filled(english, &all)),
        },
    })
}

/// Tells a sentence that has no values: a constant marked by [`msg!`](crate::msg), the label of a
/// code.
#[must_use]
pub fn of(text: &str) -> String {
    told(text, &[])
}

/// Tells what practitioners wrote, in the language in force where the catalogue has it.
#[must_use]
pub fn content(text: &str) -> String {
    if text.trim().is_empty() { text.to_owned() } else { told(text, &[]) }
}

/// Words known to be in the language of the source, such as a title that was written by hand.
#[must_use]
pub fn in_source(text: &str) -> String {
    if is_source() { text.to_owned() } else { marked(text) }
}

/// Words without the marks of another language, for what is no page: letters.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace([BEGIN, END], "")
}

/// The address of a page in the language in force.
#[must_use]
pub fn in_language(path: &str) -> String {
    if is_source() { path.to_owned() } else { format!("/{}{path}", tag()) }
}

fn marked(text: &str) -> String {
    format!("{BEGIN}{text}{END}")
}

/// Puts values where the pattern names them. What is in braces and has no value stays as it is.
fn filled(pattern: &str, values: &[Argument<'_>]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(name, beyond)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, beyond))
        });
        if let Some((value, beyond)) = found {
            out.push_str(&value.to_string());
            rest = beyond;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The names in braces of a message, in order, each once.
#[must_use]
pub fn names(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// Whether a message names exactly these values. Used while compiling.
///
/// # Panics
///
/// When a name is missing on either side: the program then does not compile.
#[must_use]
#[allow(
    clippy::indexing_slicing,
    reason = "worked out while compiling, every index behind its bound"
)]
pub const fn same_names(text: &str, given: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = get(bytes, at) {
        if byte == b'{' {
            let mut known = false;
            let mut n = 0;
            while n < given.len() {
                known = known || stands_at(bytes, at + 1, given[n].as_bytes());
                n += 1;
            }
            assert!(known, "the message names a value that is not given");
        }
        at += 1;
    }
    let mut n = 0;
    while n < given.len() {
        let mut at = 0;
        let mut used = false;
        while at < bytes.len() {
            used = used || (bytes[at] == b'{' && stands_at(bytes, at + 1, given[n].as_bytes()));
            at += 1;
        }
        assert!(used, "a value is given that the message does not name");
        n += 1;
    }
    true
}

#[allow(
    clippy::indexing_slicing,
    reason = "worked out while compiling, every index behind its bound"
)]
const fn get(bytes: &[u8], at: usize) -> Option<u8> {
    if at < bytes.len() { Some(bytes[at]) } else { None }
}

/// Whether `name}` stands at a place.
#[allow(
    clippy::indexing_slicing,
    reason = "worked out while compiling, every index behind its bound"
)]
const fn stands_at(text: &[u8], at: usize, name: &[u8]) -> bool {
    let mut n = 0;
    while n < name.len() {
        match get(text, at + n) {
            Some(byte) if byte == name[n] => n += 1,
            _ => return false,
        }
    }
    matches!(get(text, at + n), Some(b'}'))
}

/// Tells a sentence in the language in force. Its named values are compared while compiling.
///
/// ```
/// use tessera_core::t;
/// assert_eq!(t!("Concern {reference}", reference = "TES-1"), "Concern TES-1");
/// ```
#[macro_export]
macro_rules! t {
    ($text:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const _: bool = $crate::messages::same_names($text, &[$(stringify!($name)),*]);
        $crate::messages::told($text, &[$((stringify!($name), &$value as &dyn ::core::fmt::Display)),*])
    }};
}

/// Tells how many: in English the first form for one and the second for all others. `{n}` is the
/// number.
///
/// ```
/// use tessera_core::tn;
/// assert_eq!(tn!(2, "{n} result", "{n} results"), "2 results");
/// ```
#[macro_export]
macro_rules! tn {
    ($n:expr, $one:literal, $many:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const _: bool = $crate::messages::same_names($one, &["n" $(, stringify!($name))*]);
        const _: bool = $crate::messages::same_names($many, &["n" $(, stringify!($name))*]);
        // A number beyond what fits is as plural as the largest one that does.
        let n = ::core::convert::TryInto::<u64>::try_into($n).unwrap_or(u64::MAX);
        $crate::messages::told_many(n, $one, $many, &[$((stringify!($name), &$value as &dyn ::core::fmt::Display)),*])
    }};
}

/// Marks a constant as a message that [`of`] tells later.
#[macro_export]
macro_rules! msg {
    ($text:literal) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welsh() -> Arc<Catalogue> {
        let text = "msgid \"\"\nmsgstr \"Language: cy\\nPlural-Forms: nplurals=3; plural=n==0 ? 0 : n==2 ? 1 : 2;\\n\"\n\n\
                    msgid \"Hello {name}\"\nmsgstr \"<{name}>\"\n\n\
                    msgid \"{n} thing\"\nmsgid_plural \"{n} things\"\nmsgstr[0] \"none\"\nmsgstr[1] \"two: {n}\"\nmsgstr[2] \"other: {n}\"\n";
        Arc::new(Catalogue::read("x.po", text).unwrap())
    }

    #[test]
    fn a_sentence_is_told_in_the_language_in_force_and_in_english_otherwise() {
        assert_eq!(t!("Hello {name}", name = "Ana"), "Hello Ana");
        within(Some(&welsh()), || {
            assert_eq!(t!("Hello {name}", name = "Ana"), "<Ana>");
            assert_eq!(tag(), "cy");
            within(None, || assert_eq!(t!("Hello {name}", name = "Ana"), "Hello Ana"));
            assert_eq!(t!("Hello {name}", name = "{name}"), "<{name}>");
        });
        assert!(is_source());
    }

    #[test]
    fn how_many_takes_the_plural_form_of_the_language() {
        let told = |n: usize| tn!(n, "{n} thing", "{n} things");
        assert_eq!([told(0), told(1), told(2)], ["0 things", "1 thing", "2 things"]);
        within(Some(&welsh()), || {
            assert_eq!([told(0), told(1), told(2)], ["none", "other: 1", "two: 2"]);
        });
    }

    #[test]
    fn what_is_not_translated_is_told_in_english_and_marked() {
        within(Some(&welsh()), || assert_eq!(t!("New words"), "\u{e000}New words\u{e001}"));
    }

    #[test]
    fn a_panic_does_not_leave_a_language_in_force() {
        let language = welsh();
        let work =
            std::panic::AssertUnwindSafe(|| within(Some(&language), || panic!("on purpose")));
        assert!(std::panic::catch_unwind(work).is_err());
        assert!(is_source());
    }
}

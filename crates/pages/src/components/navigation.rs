//! Where am I and how do I get on: back link, breadcrumbs, pages of a list, views of a record.

use askama::Template;
use tessera_core::t;

use super::Content;
use crate::html_safe;

/// "Back", at the top of a question page.
#[derive(Clone, Debug, Template)]
#[template(path = "components/back_link.html")]
pub struct BackLink {
    /// Its words.
    pub text: Content,
    /// Where it leads.
    pub href: String,
    /// Extra classes.
    pub classes: String,
}

impl BackLink {
    /// A back link.
    #[must_use]
    pub fn new(href: impl Into<String>) -> Self {
        Self { text: t!("Back").into(), href: href.into(), classes: String::new() }
    }
}

/// One step of the breadcrumbs.
#[derive(Clone, Debug, Default)]
pub struct Crumb {
    /// Its name.
    pub text: Content,
    /// Where it is; none for the page itself.
    pub href: Option<String>,
}

/// The way from the start page to here.
#[derive(Clone, Debug, Template)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// The steps.
    pub items: Vec<Crumb>,
    /// Whether a phone shows the first and last only.
    pub collapse: bool,
    /// What the landmark is called.
    pub label: String,
    /// Extra classes.
    pub classes: String,
}

impl Breadcrumbs {
    /// Breadcrumbs of pairs of name and address.
    #[must_use]
    pub fn new<'a>(steps: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self {
            items: steps
                .into_iter()
                .map(|(text, href)| Crumb { text: text.into(), href: Some(href.into()) })
                .collect(),
            collapse: true,
            label: t!("Breadcrumb"),
            classes: String::new(),
        }
    }
}

/// The way to the page before or after.
#[derive(Clone, Debug, Default)]
pub struct PageLink {
    /// Where it leads.
    pub href: String,
    /// Its words; "Previous" or "Next" if empty.
    pub text: Content,
    /// A second line that names the page.
    pub label: Option<String>,
}

/// One page number, or the gap between two.
#[derive(Clone, Debug)]
pub enum PageItem {
    /// Left-out numbers.
    Gap,
    /// A page.
    Page {
        /// Its number.
        number: String,
        /// Its address.
        href: String,
        /// Whether it is the one shown.
        current: bool,
        /// Read out instead of "Page 3".
        hidden: Option<String>,
    },
}

/// Pages of a long list, or the way to the next and the previous page.
#[derive(Clone, Debug, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    /// The page before.
    pub previous: Option<PageLink>,
    /// The page after.
    pub next: Option<PageLink>,
    /// The numbers.
    pub pages: Vec<PageItem>,
    /// What the landmark is called.
    pub landmark: String,
    /// Extra classes.
    pub classes: String,
}

impl Default for Pagination {
    fn default() -> Self {
        Self {
            previous: None,
            next: None,
            pages: Vec::new(),
            landmark: t!("Pagination"),
            classes: String::new(),
        }
    }
}

impl Pagination {
    /// Numbers for page `current` of `last` (both from 1): the first, the last and the neighbours,
    /// with gaps between.
    #[must_use]
    pub fn of(current: usize, last: usize, href: impl Fn(usize) -> String) -> Self {
        let mut pages = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(|n| *n == 1 || *n == last || n.abs_diff(current) <= 1) {
            if number > before + 1 {
                pages.push(PageItem::Gap);
            }
            pages.push(PageItem::Page {
                number: number.to_string(),
                href: href(number),
                current: number == current,
                hidden: None,
            });
            before = number;
        }
        let link = |number: usize| PageLink { href: href(number), ..PageLink::default() };
        Self {
            previous: (current > 1).then(|| link(current - 1)),
            next: (current < last).then(|| link(current + 1)),
            pages,
            ..Self::default()
        }
    }

    /// Only "previous" and "next", for lists whose length is not counted.
    #[must_use]
    pub fn steps(previous: Option<String>, next: Option<String>) -> Self {
        let link = |href| PageLink { href, ..PageLink::default() };
        Self { previous: previous.map(link), next: next.map(link), ..Self::default() }
    }

    fn block(&self) -> bool {
        self.pages.is_empty() && (self.previous.is_some() || self.next.is_some())
    }

    fn decorated(&self, link: &PageLink) -> bool {
        self.block() && link.label.is_none()
    }
}

/// One view of a record.
#[derive(Clone, Debug)]
pub struct SubNavItem {
    /// Its name.
    pub text: Content,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The views of one record. Wraps on small screens, so that nothing scrolls sideways (WCAG 1.4.10).
#[derive(Clone, Debug, Template)]
#[template(path = "components/sub_navigation.html")]
pub struct SubNavigation {
    /// What the landmark is called.
    pub label: String,
    /// The views.
    pub items: Vec<SubNavItem>,
}

impl SubNavigation {
    /// Views as pairs of name and address; the one at `current` is marked.
    #[must_use]
    pub fn new<'a, H: Into<String>>(
        label: &str,
        current: &str,
        items: impl IntoIterator<Item = (&'a str, H)>,
    ) -> Self {
        Self {
            label: label.into(),
            items: items
                .into_iter()
                .map(|(text, href)| {
                    let href = href.into();
                    SubNavItem { text: text.into(), current: href == current, href }
                })
                .collect(),
        }
    }
}

/// One of a few large ways on.
#[derive(Clone, Debug, Default)]
pub struct LinkCard {
    /// What the person wants, in their words.
    pub title: Content,
    /// Where it leads.
    pub href: String,
    /// A sentence that helps to choose; may be empty.
    pub hint: Content,
    /// Whether it is for what cannot wait.
    pub urgent: bool,
}

impl LinkCard {
    /// A way on.
    #[must_use]
    pub fn new(
        title: impl Into<Content>,
        href: impl Into<String>,
        hint: impl Into<Content>,
    ) -> Self {
        Self { title: title.into(), href: href.into(), hint: hint.into(), urgent: false }
    }

    /// Marks it as the way for what cannot wait.
    #[must_use]
    pub fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }
}

/// A few large ways on, for a front page: the whole card can be pressed.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/link_cards.html")]
pub struct LinkCards {
    /// The ways.
    pub items: Vec<LinkCard>,
}

impl LinkCards {
    /// Cards in the order to read them.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = LinkCard>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

html_safe!(BackLink, Breadcrumbs, LinkCards, Pagination, SubNavigation);

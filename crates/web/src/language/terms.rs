//! The list of terms: searched, narrowed, printed.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use serde::Deserialize;
use tessera_app::language::Term;
use tessera_core::user::Role;
use tessera_pages::{
    components::{
        Content, Filter, Link, Markup, PageLink, Pagination, Select, SelectItem, SummaryList,
        SummaryRow, TextInput,
    },
    page::{Page, Section, p},
};

use super::shown::tag;
use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

/// Terms on one page, unless all are asked for.
const A_PAGE: usize = 20;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    kind: String,
    page: usize,
    all: String,
}

impl Asked {
    /// The address of the same list, at a page or as a whole.
    fn address(&self, more: &str) -> String {
        let mut parts = Vec::new();
        for (name, value) in [("q", &self.q), ("kind", &self.kind)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", encoded(value)));
            }
        }
        parts.extend((!more.is_empty()).then(|| more.to_owned()));
        format!("/language/terms?{}", parts.join("&"))
    }
}

/// Percent-encoding of everything that is not a plain letter or digit.
fn encoded(text: &str) -> String {
    let each = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(each).collect()
}

/// The list.
pub(crate) async fn terms(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (all, version) = site.app.terms().await?;
    let wanted = asked.q.trim().to_lowercase();
    // Words typed as they stand in a note find their term too, in whatever form.
    let meant: Vec<String> = if wanted.is_empty() {
        Vec::new()
    } else {
        site.app.findings(&asked.q).await?.into_iter().map(|finding| finding.entry).collect()
    };
    let fits = |term: &&Term| {
        (asked.kind.is_empty() || term.category == asked.kind)
            && (wanted.is_empty() || meant.contains(&term.id) || term.holds(&wanted))
    };
    let mut found: Vec<&Term> = all.iter().filter(fits).collect();
    found.sort_by_key(|term| term.shown.first().map(|words| words.to_lowercase()));
    let whole = asked.all == "yes";
    let page = asked.page.max(1);
    let pages = found.len().div_ceil(A_PAGE).max(1);
    let shown: Vec<&Term> = if whole {
        found.clone()
    } else {
        found.iter().copied().skip((page - 1).saturating_mul(A_PAGE)).take(A_PAGE).collect()
    };
    let mut layout = site.layout(&visitor, "Words to think about: the list").await?;
    layout.back = Some("/language".into());
    let count = format!("{} terms. Version {version}.", found.len());
    let print = Link::new("All of these on one page, to print", asked.address("all=yes"));
    let edits = may_edit(&visitor);
    let mut result = Page::new(layout)
        .part(filter(&asked))
        .part(p(count))
        .part_if((!whole && found.len() > A_PAGE).then(|| p(Content::from(print))))
        .parts(shown.into_iter().map(|term| section(term, edits)));
    if !whole && pages > 1 {
        result = result.part(ways(&asked, page, pages));
    }
    show(&result)
}

fn filter(asked: &Asked) -> Filter {
    let words = TextInput::new("q", "Words")
        .hint("As they stand in a note, or a part of them")
        .value(&asked.q);
    let mut items = vec![SelectItem::new("", "All")];
    items.extend(Term::categories().map(|(id, effect)| SelectItem::new(id, kind(effect))));
    let kinds = Select::new("kind", "What the words do", items).chosen(&asked.kind);
    let fields = Markup::join([Markup::of(&words), Markup::of(&kinds)]);
    let mut form = Filter::new("/language/terms", "Search the list", Content::Html(fields));
    form.button = "Search".into();
    if !asked.q.is_empty() || !asked.kind.is_empty() {
        form.clear_href = Some("/language/terms".into());
    }
    form
}

/// A kind of harm as shown: "They can blame a child for harm done to them".
pub(super) fn kind(effect: &str) -> String {
    format!("They {effect}")
}

/// Whether the list offers to change its entries.
fn may_edit(visitor: &Visitor) -> bool {
    visitor.actor.is(Role::AgencyLead) || visitor.actor.is(Role::HubManager)
}

fn section(term: &Term, edits: bool) -> Section {
    let title = term.shown.first().cloned().unwrap_or_else(|| term.id.clone());
    let also = term.shown.get(1..).unwrap_or_default().join("; ");
    let sources = term.sources.iter().map(|(title, url)| {
        let link = Link::new(title.clone(), url.clone());
        if url.is_empty() { Content::from(title.clone()) } else { Content::from(link) }
    });
    let sources = sources.map(|source| Markup::of(&p(source)));
    let mut rows = vec![
        SummaryRow::new("Advice", Content::from(tag(term.severity))),
        SummaryRow::new("Why", format!("The words {}. {}", term.effect, term.why)),
        SummaryRow::new("Write instead", Content::lines(&term.alternatives.join("\n"))),
    ];
    if !also.is_empty() {
        rows.insert(0, SummaryRow::new("Also", also));
    }
    let right = right(term);
    if !right.is_empty() {
        rows.push(SummaryRow::new("Right to use", right));
    }
    rows.push(SummaryRow::new("Source", Content::Html(Markup::join(sources))));
    let change = Link {
        hidden: Some(format!(" the entry {}", term.id)),
        ..Link::new("Change this entry", format!("/lexicon/entry?id={}", term.id))
    };
    Section::new(&format!("term-{}", term.id), title)
        .part(SummaryList::new(rows))
        .part_if(edits.then(|| p(Content::from(change))))
}

/// When the words are right, in words.
fn right(term: &Term) -> String {
    let words = term.allow.iter().map(|context| context_words(context));
    words.collect::<Vec<_>>().join("; ")
}

/// A context in words.
pub(super) fn context_words(context: &str) -> &'static str {
    match context {
        "quote" => "in quotation marks, when someone said it",
        "mention" => "when the words themselves are discussed",
        "negation" => "when the sentence says it is not so",
        "title" => "in the name of a guide, a team or an Act",
        "statutory" => "as a term of law or of a form",
        "adult" => "about an adult",
        "perpetrator" => "about the person who did harm",
        "agency" => "about a service",
        "medical" => "as a term of medicine",
        _ => "in another sense",
    }
}

fn ways(asked: &Asked, page: usize, pages: usize) -> Pagination {
    let to =
        |n: usize| PageLink { href: asked.address(&format!("page={n}")), ..PageLink::default() };
    Pagination {
        previous: (page > 1).then(|| to(page - 1)),
        next: (page < pages).then(|| to(page + 1)),
        ..Pagination::default()
    }
}

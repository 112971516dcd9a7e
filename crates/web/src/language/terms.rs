//! The list of terms: searched, narrowed, printed.

use std::sync::Arc;
use tessera_core::{
    messages::{content, of},
    msg, t, tn,
};

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
    let mut layout = site.layout(&visitor, t!("Words to think about: the list")).await?;
    layout.back = Some("/language".into());
    let count = tn!(
        found.len(),
        "{n} term. Version {version}.",
        "{n} terms. Version {version}.",
        version = version
    );
    let print = Link::new(t!("All of these on one page, to print"), asked.address("all=yes"));
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
    let words = TextInput::new("q", t!("Words"))
        .hint(t!("As they stand in a note, or a part of them"))
        .value(&asked.q);
    let mut items = vec![SelectItem::new("", t!("All"))];
    items.extend(Term::categories().map(|(id, effect)| SelectItem::new(id, kind(effect))));
    let kinds = Select::new("kind", t!("What the words do"), items).chosen(&asked.kind);
    let fields = Markup::join([Markup::of(&words), Markup::of(&kinds)]);
    let mut form = Filter::new("/language/terms", t!("Search the list"), Content::Html(fields));
    form.button = t!("Search");
    if !asked.q.is_empty() || !asked.kind.is_empty() {
        form.clear_href = Some("/language/terms".into());
    }
    form
}

/// A kind of harm as shown: "They can blame a child for harm done to them".
pub(super) fn kind(effect: &str) -> String {
    content(&format!("They {effect}"))
}

/// Whether the list offers to change its entries.
fn may_edit(visitor: &Visitor) -> bool {
    visitor.actor.is(Role::AgencyLead) || visitor.actor.is(Role::HubManager)
}

fn section(term: &Term, edits: bool) -> Section {
    let title = term.shown.first().cloned().unwrap_or_else(|| term.id.clone());
    let also = term.shown.get(1..).unwrap_or_default().join("; ");
    let sources = term.sources.iter().map(|(title, url)| {
        let link = Link::new(content(title), url.clone());
        if url.is_empty() { Content::from(content(title)) } else { Content::from(link) }
    });
    let sources = sources.map(|source| Markup::of(&p(source)));
    let mut rows = vec![
        SummaryRow::new(t!("Advice"), Content::from(tag(term.severity))),
        SummaryRow::new(t!("Why"), content(&format!("The words {}. {}", term.effect, term.why))),
        SummaryRow::new(
            t!("Write instead"),
            Content::lines(&content(&term.alternatives.join("\n"))),
        ),
    ];
    if !also.is_empty() {
        rows.insert(0, SummaryRow::new(t!("Also"), content(&also)));
    }
    let right = right(term);
    if !right.is_empty() {
        rows.push(SummaryRow::new(t!("Right to use"), right));
    }
    rows.push(SummaryRow::new(t!("Source"), Content::Html(Markup::join(sources))));
    let change = Link {
        hidden: Some(format!(" the entry {}", term.id)),
        ..Link::new(t!("Change this entry"), format!("/lexicon/entry?id={}", term.id))
    };
    Section::new(&format!("term-{}", term.id), content(&title))
        .part(SummaryList::new(rows))
        .part_if(edits.then(|| p(Content::from(change))))
}

/// When the words are right, in words.
fn right(term: &Term) -> String {
    let words = term.allow.iter().map(|context| of(context_words(context)));
    words.collect::<Vec<_>>().join("; ")
}

/// A context in words.
pub(super) fn context_words(context: &str) -> &'static str {
    match context {
        "quote" => msg!("in quotation marks, when someone said it"),
        "mention" => msg!("when the words themselves are discussed"),
        "negation" => msg!("when the sentence says it is not so"),
        "title" => msg!("in the name of a guide, a team or an Act"),
        "statutory" => msg!("as a term of law or of a form"),
        "adult" => msg!("about an adult"),
        "perpetrator" => msg!("about the person who did harm"),
        "agency" => msg!("about a service"),
        "medical" => msg!("as a term of medicine"),
        _ => msg!("in another sense"),
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

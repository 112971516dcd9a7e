//! The partnership's own lexicon in the browser: try an entry, propose it, and let another person
//! publish it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    language::{Change, Proposal, RawPractice, RawTerm, RawVerdict, Term, Trial},
};
use tessera_core::{
    errors::FieldErrors,
    ids::LexiconChangeId,
    time::{Timestamp, in_words},
};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, HeadCell, InsetText, Link, MarkedText, Radios,
        Select, SelectItem, SummaryList, SummaryRow, Table, Tag, TextInput,
    },
    page::{Form as PageForm, Page, Section, buttons, p},
};

use super::{
    shown::{strength, tag},
    terms::{context_words, kind},
};
use crate::{
    error::WebError,
    form::Form,
    parts::{Answer, err, go, plain_area, show, show_errors},
    site::{Site, Visitor},
};

/// The changes, and the sentences they are tried on.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    list_page(&site, &visitor, &RawPractice::default(), &FieldErrors::default()).await
}

async fn list_page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawPractice,
    errors: &FieldErrors,
) -> Answer {
    let (changes, origins) = site.app.lexicon_changes(&visitor.actor).await?;
    let (_, version) = site.app.terms().await?;
    let mut layout = site.layout(visitor, "The partnership's own words list").await?;
    layout.wide = true;
    let (waiting, settled): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| change.settled.is_none());
    let page = Page::new(layout.clone())
        .part(p(format!(
            "The list of words to think about holds now in version {version}. You can add words, \
             change an entry or let one go. Another person publishes it; then it holds at once."
        )))
        .part(buttons([Button::link("Add an entry", "/lexicon/entry")]))
        .part(p(Content::from(Link::new("Find an entry to change", "/language/terms"))))
        .part(p(Content::from(Link::new("How often teams use listed words", "/lexicon/trend"))))
        .part(Section::new("waiting", "Waiting for another person").part(if waiting.is_empty() {
            Content::from("Nothing waits.")
        } else {
            table("Proposed changes", &waiting).into()
        }))
        .part_if(
            (!settled.is_empty()).then(|| {
                Section::new("settled", "Settled").part(table("Settled changes", &settled))
            }),
        )
        .part(practice(&layout, &origins, raw, errors));
    show_errors(page, errors)
}

fn table(caption: &str, changes: &[Change]) -> Table {
    let head = ["Entry", "Change", "Proposed", "State"].map(HeadCell::from);
    changes.iter().fold(Table::new(caption, head).under_heading(), |table, change| {
        let href = format!("/lexicon/{}", change.id);
        let kind = if change.body.is_some() { "Added or changed" } else { "Retired" };
        table.row([
            Cell::from(Content::from(Link::new(change.entry.clone(), href))),
            Cell::from(kind),
            Cell::from(format!("{}, {}", change.proposed_by, in_words(change.proposed_at))),
            Cell::from(Content::from(state(change))),
        ])
    })
}

fn state(change: &Change) -> Tag {
    match (&change.settled, change.release) {
        (None, _) => Tag::coloured("Waits", "yellow"),
        (Some(_), Some(release)) => Tag::coloured(format!("Published as local.{release}"), "green"),
        (Some(_), None) => Tag::coloured("Turned down", "grey"),
    }
}

fn practice(
    layout: &tessera_pages::layout::Layout,
    origins: &[(String, String, Timestamp)],
    raw: &RawPractice,
    errors: &FieldErrors,
) -> Section {
    let head = ["How they came about", "Added by", "When"].map(HeadCell::from);
    let table = Table::new("Where they come from", head);
    let table = origins.iter().fold(table, |table, (origin, by, at)| {
        table.row([Cell::from(origin.clone()), Cell::from(by.clone()), Cell::from(in_words(*at))])
    });
    let form = PageForm::new("/lexicon/practice", layout)
        .part(
            plain_area("sentences", "Sentences, one a line", &raw.sentences, errors)
                .hint("Invented, or so changed that nobody can be known by them"),
        )
        .part(
            TextInput::new("origin", "How did they come about?")
                .value(&raw.origin)
                .error_if(err(errors, "origin")),
        )
        .part(Button::new("Add the sentences").secondary());
    Section::new("practice", "Sentences to try changes on")
        .part(p(
            "Changes are tried on the newest 10,000 of these. Records are never used: by trying a \
             name as a term, anyone could learn whether it stands in a record.",
        ))
        .part_if((!origins.is_empty()).then_some(table))
        .part(form)
}

/// Adds sentences.
pub(crate) async fn add_practice(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawPractice>,
) -> Answer {
    match site.app.add_practice(&visitor.actor, &raw).await {
        Ok(()) => go("/lexicon#practice"),
        Err(AppError::Fields(errors)) => list_page(&site, &visitor, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The entry asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    id: String,
}

/// The form of an entry: empty, or as it holds now.
pub(crate) async fn edit(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let raw = site.app.term_to_edit(&visitor.actor, &asked.id).await?;
    show(&entry_page(&site, &visitor, &raw, None, &FieldErrors::default()).await?)
}

/// Tries an entry, or proposes it.
pub(crate) async fn propose(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawTerm>,
) -> Answer {
    let raw = &raw;
    let done = if raw.act == "propose" {
        site.app.propose_term(&visitor.actor, raw).await.map(Err)
    } else {
        site.app.try_term(&visitor.actor, raw).await.map(Ok)
    };
    let none = FieldErrors::default();
    match done {
        Ok(Ok(trial)) => show(&entry_page(&site, &visitor, raw, Some(&trial), &none).await?),
        Ok(Err(id)) => go(&format!("/lexicon/{id}")),
        Err(AppError::Fields(errors)) => {
            show_errors(entry_page(&site, &visitor, raw, None, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn entry_page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawTerm,
    trial: Option<&Trial>,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let title = if raw.entry.is_empty() { "Add an entry" } else { "Change an entry" };
    let mut layout = site.layout(visitor, title).await?;
    layout.back = Some("/lexicon".into());
    let line = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let choose = |items: Vec<SelectItem>| {
        let mut all = vec![SelectItem::new("", "Choose")];
        all.extend(items);
        all
    };
    let kinds = Term::categories().map(|(id, effect)| SelectItem::new(id, kind(effect))).to_vec();
    let strengths = Term::severities().map(|id| SelectItem::new(id, strength(id))).to_vec();
    let mut needs = vec![SelectItem::new("", "Nothing")];
    needs.extend(Term::REQUIREMENTS.map(|id| SelectItem::new(id, requirement(id))));
    let contexts = Term::CONTEXTS.map(|id| Choice::new(id, capital(context_words(id))));
    let form = PageForm::new("/lexicon", &layout)
        .hidden("entry", &raw.entry)
        .part(
            plain_area("forms", "The words to find, one form a line", &raw.forms, errors)
                .hint("For forms of one word use brackets: tearaway(|s), run(|s|ning) wild"),
        )
        .part(
            Select::new("category", "What do these words do?", choose(kinds))
                .chosen(&raw.category)
                .error_if(err(errors, "category")),
        )
        .part(
            Select::new("severity", "How strong is the advice?", choose(strengths))
                .chosen(&raw.severity)
                .error_if(err(errors, "severity")),
        )
        .part(plain_area("why", "Why do they harm?", &raw.why, errors))
        .part(
            plain_area(
                "alternatives",
                "What to write instead, one a line",
                &raw.alternatives,
                errors,
            )
            .hint("One to four. Begin with \"describe\" or \"name\" to say what to write about"),
        )
        .part(
            Select::new("requires", "What must hold before they are marked?", needs)
                .chosen(&raw.requires)
                .error_if(err(errors, "requires")),
        )
        .part(
            Checkboxes::new("allow", "When are these words right?", contexts)
                .chosen(raw.allow.iter().map(String::as_str)),
        )
        .part(
            plain_area(
                "exceptions",
                "Phrases that are never meant, one a line",
                &raw.exceptions,
                errors,
            )
            .rows(2),
        )
        .part(line("source", "Where does this advice come from?", &raw.source))
        .part(line("source_url", "Its address (optional)", &raw.source_url))
        .part(plain_area("term_reason", "Why do you propose it?", &raw.term_reason, errors).rows(2))
        .part(buttons([
            Button::new("Try it on 10,000 sentences").named("act", "try").secondary(),
            Button::new("Propose it").named("act", "propose"),
        ]));
    let retire = (!raw.entry.is_empty()).then(|| {
        p(Content::from(Link::new(
            "Let this entry go instead",
            format!("/lexicon/retire?id={}", raw.entry),
        )))
    });
    Ok(Page::new(layout).part_if(trial.map(trial_section)).part(form).part_if(retire))
}

/// A condition in words.
fn requirement(id: &str) -> &'static str {
    match id {
        "child-subject" => "The sentence is about a child",
        "exploitation-context" => "The sentence is about exploitation",
        "child-health-appointment" => "It is about an appointment for a child's health",
        _ => "The child is under 16, or of no stated age",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}

/// What a change does to the sentences.
fn trial_section(trial: &Trial) -> Section {
    let mut section = Section::new("trial", "Tried").part(InsetText::new(format!(
        "It marks {} of {} sentences. The list that holds now marks {} of them for this entry.",
        trial.flagged, trial.sentences, trial.before
    )));
    for flagged in &trial.shown {
        section = section.part(MarkedText::plain(&flagged.sentence, flagged.words.iter().cloned()));
    }
    section
}

/// The form that lets an entry go.
pub(crate) async fn retire_form(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Answer {
    retire_page(&site, &visitor, &asked.id, "", &FieldErrors::default()).await
}

async fn retire_page(
    site: &Site,
    visitor: &Visitor,
    id: &str,
    reason: &str,
    errors: &FieldErrors,
) -> Answer {
    let raw = site.app.term_to_edit(&visitor.actor, id).await?;
    let mut layout = site.layout(visitor, "Let an entry go").await?;
    layout.back = Some("/lexicon".into());
    let form = PageForm::new("/lexicon/retire", &layout)
        .hidden("id", id)
        .part(plain_area("retire_reason", "Why should it go?", reason, errors))
        .part(Button::new("Propose it"));
    let rows = [
        SummaryRow::new("Entry", raw.entry.clone()),
        SummaryRow::new("Words", Content::lines(&raw.forms)),
        SummaryRow::new("Why they harm", raw.why.clone()),
    ];
    show_errors(Page::new(layout).part(SummaryList::new(rows)).part(form), errors)
}

/// A wish to let an entry go, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawRetire {
    id: String,
    retire_reason: String,
}

/// Proposes that an entry goes.
pub(crate) async fn retire(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawRetire>,
) -> Answer {
    match site.app.propose_retiring(&visitor.actor, &raw.id, &raw.retire_reason).await {
        Ok(id) => go(&format!("/lexicon/{id}")),
        Err(AppError::Fields(errors)) => {
            retire_page(&site, &visitor, &raw.id, &raw.retire_reason, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

fn change_id(text: &str) -> Result<LexiconChangeId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One change.
pub(crate) async fn change(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(change): Path<String>,
) -> Answer {
    let id = change_id(&change)?;
    change_page(&site, &visitor, id, &RawVerdict::default(), &FieldErrors::default()).await
}

async fn change_page(
    site: &Site,
    visitor: &Visitor,
    id: LexiconChangeId,
    raw: &RawVerdict,
    errors: &FieldErrors,
) -> Answer {
    let proposal = site.app.lexicon_change(&visitor.actor, id).await?;
    let change = &proposal.change;
    let title =
        if change.body.is_some() { "A change to an entry" } else { "An entry that would go" };
    let mut layout = site.layout(visitor, title).await?;
    layout.back = Some("/lexicon".into());
    let page = Page::new(layout.clone())
        .part(SummaryList::new(rows(&proposal)))
        .part(match &proposal.trial {
            Ok(trial) => Content::from(trial_section(trial)),
            Err(problem) => Content::from(InsetText::new(format!("It cannot be used: {problem}"))),
        })
        .part_if(proposal.may_settle.then(|| settle_form(&layout, id, raw, errors)))
        .part_if(
            (change.settled.is_none() && !proposal.may_settle)
                .then(|| p("You proposed this. Another person publishes it or turns it down.")),
        );
    show_errors(page, errors)
}

fn rows(proposal: &Proposal) -> Vec<SummaryRow> {
    let change = &proposal.change;
    let mut rows = vec![
        SummaryRow::new("Entry", change.entry.clone()),
        SummaryRow::new("State", Content::from(state(change))),
        SummaryRow::new(
            "Proposed",
            format!("{}, {}", change.proposed_by, in_words(change.proposed_at)),
        ),
        SummaryRow::new("Why", Content::lines(&change.reason)),
        SummaryRow::new("Against version", change.base_version.clone()),
    ];
    if let Some(term) = &proposal.term {
        let sources: Vec<String> = term
            .sources
            .iter()
            .map(
                |(title, url)| {
                    if url.is_empty() { title.clone() } else { format!("{title}, {url}") }
                },
            )
            .collect();
        rows.extend([
            SummaryRow::new("Words", Content::lines(&term.shown.join("\n"))),
            SummaryRow::new("Advice", Content::from(tag(term.severity))),
            SummaryRow::new("Why they harm", format!("The words {}. {}", term.effect, term.why)),
            SummaryRow::new("Write instead", Content::lines(&term.alternatives.join("\n"))),
            SummaryRow::new("Source", Content::lines(&sources.join("\n"))),
        ]);
    }
    if let Some(settled) = &change.settled {
        rows.extend([
            SummaryRow::new("Settled", format!("{}, {}", settled.by, in_words(settled.at))),
            SummaryRow::new("Reason", Content::lines(&settled.reason)),
        ]);
    }
    rows
}

fn settle_form(
    layout: &tessera_pages::layout::Layout,
    id: LexiconChangeId,
    raw: &RawVerdict,
    errors: &FieldErrors,
) -> Section {
    let choices = [
        Choice::new("publish", "Publish it").hint("It holds at once for everyone"),
        Choice::new("turn_down", "Turn it down"),
    ];
    let form = PageForm::new(format!("/lexicon/{id}"), layout)
        .part(
            Radios::new("verdict", "What do you decide?", choices)
                .chosen([raw.verdict.as_str()])
                .error_if(err(errors, "verdict")),
        )
        .part(plain_area("verdict_reason", "Your reason", &raw.verdict_reason, errors))
        .part(Button::new("Record the decision"));
    Section::new("settle", "Decide").part(form)
}

/// Publishes a change, or turns it down.
pub(crate) async fn settle(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(change): Path<String>,
    Form(raw): Form<RawVerdict>,
) -> Answer {
    let id = change_id(&change)?;
    match site.app.settle_lexicon(&visitor.actor, id, &raw).await {
        Ok(()) => go("/lexicon"),
        Err(AppError::Fields(errors)) => change_page(&site, &visitor, id, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

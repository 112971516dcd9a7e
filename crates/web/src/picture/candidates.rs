//! Candidates for group-based exploitation: the definition, to whom each was put, what they decided,
//! and how many there are.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    explore::{CandidateView, Entity, RawCandidateVerdict, RawPut},
};
use tessera_core::{
    errors::FieldErrors,
    ids::{CandidateId, UserId},
    time::in_words,
};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, InsetText, Link, Radios, Select, SelectItem,
        SummaryList, SummaryRow, Table, Tag,
    },
    layout::Layout,
    page::{Form as PageForm, Page, Section, bullets, p, words},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, area, err, go, show_errors},
    picture::{entity, views},
    site::{Site, Visitor},
};

fn verdict(id: &str) -> &'static str {
    match id {
        "meets" => "It meets the definition",
        "does_not" => "It does not meet the definition",
        _ => "Too little is known",
    }
}

/// The definition as it stands in the content, with its date and what nobody checked.
fn definition(site: &Site) -> Section {
    let group = &site.app.practice.group;
    Section::new("definition", "The definition")
        .part(InsetText::new(group.definition.trim()))
        .part(bullets(group.points.iter().map(String::as_str)))
        .part(p(format!(
            "Version {}, used from {}. {} Checked: {}.",
            site.app.practice.version,
            group.effective_from,
            group.source.trim(),
            group.verified
        )))
}

/// Every candidate that one may see, and how many.
pub(crate) async fn candidates(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let (all, counts) = site.app.candidates(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "Candidates for group-based exploitation").await?;
    layout.wide = true;
    layout.back = Some("/picture".into());
    let head = ["What", "Put to", "Put", "Reports", "State"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("Candidates, newest first", head), |table, view| {
        let one = &view.candidate;
        let link = Link::new(one.rests_on.title.clone(), format!("/picture/candidates/{}", one.id));
        let state = one.decided.as_ref().map_or("Waits for a decision", |d| verdict(&d.verdict));
        table.row([
            Cell::from(Content::from(link)),
            Cell::from(one.put_to_name.clone()),
            Cell::from(in_words(one.put_at)),
            Cell::number(view.reports.len().to_string()),
            Cell::from(Content::from(Tag::new(state))),
        ])
    });
    let rows = [
        ("Put to a person", counts.put),
        ("Waiting", counts.waiting),
        (verdict("meets"), counts.meets),
        (verdict("does_not"), counts.does_not),
        (verdict("not_known"), counts.not_known),
    ];
    let page = Page::new(layout)
        .above(views("/picture/candidates"))
        .part(p(
            "Open a person or thing to put it to somebody. A named person decides, with a reason.",
        ))
        .part(Section::new("counts", "How many that you may see").part(SummaryList::new(
            rows.map(|(words, many)| SummaryRow::new(words, many.to_string())),
        )))
        .part_if((!all.is_empty()).then_some(table))
        .part(definition(&site));
    parts::show(&page)
}

fn id(text: &str) -> Result<CandidateId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One candidate.
pub(crate) async fn candidate(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(candidate): Path<String>,
) -> Answer {
    let view = site.app.candidate(&visitor.actor, id(&candidate)?).await?;
    let raw = RawCandidateVerdict::default();
    parts::show(&page(&site, &visitor, &view, &raw, &FieldErrors::default()).await?)
}

/// Decides about one.
pub(crate) async fn decide(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(candidate): Path<String>,
    Form(raw): Form<RawCandidateVerdict>,
) -> Answer {
    let id = id(&candidate)?;
    match site.app.decide_candidate(&visitor.actor, id, &raw).await {
        Ok(()) => go(&format!("/picture/candidates/{id}")),
        Err(AppError::Fields(errors)) => {
            let view = site.app.candidate(&visitor.actor, id).await?;
            show_errors(page(&site, &visitor, &view, &raw, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    view: &CandidateView,
    raw: &RawCandidateVerdict,
    errors: &FieldErrors,
) -> Result<Page, AppError> {
    let one = &view.candidate;
    let mut layout = site.layout(visitor, one.rests_on.title.clone()).await?;
    layout.back = Some("/picture/candidates".into());
    let rows = vec![
        SummaryRow::new("Put to", one.put_to_name.clone()),
        SummaryRow::new("Put by", format!("{}, {}", one.put_by, in_words(one.put_at))),
        SummaryRow::new("By the definition of version", one.definition.clone()),
    ];
    let head = ["Report", "State"].map(HeadCell::from);
    let table = view.reports.iter().fold(
        Table::new("The evidence", head).under_heading(),
        |table, (reference, stands)| {
            let link = Link::new(reference.clone(), format!("/desk/{reference}"));
            let state = if *stands { "Stands" } else { "Taken back: do not rely on it" };
            table.row([Cell::from(Content::from(link)), Cell::from(state)])
        },
    );
    let whole =
        Link::new("Open it in the picture", format!("/picture/thing/{}", one.rests_on.mention));
    let decided = one.decided.as_ref().map(|decided| {
        Section::new("decided", "The decision")
            .part(p(Tag::new(verdict(&decided.verdict))))
            .part(words(&decided.reason))
            .part(p(format!("{}, {}", decided.by, in_words(decided.at))))
    });
    let form = view.mine.then(|| {
        let choices = ["meets", "does_not", "not_known"]
            .map(|id| Choice::new(id, verdict(id)).checked(raw.verdict == id));
        let question =
            Radios::new("verdict", "What do you decide?", choices).error_if(err(errors, "verdict"));
        let form = PageForm::new(format!("/picture/candidates/{}", one.id), &layout)
            .part(question)
            .part(area("verdict_reason", "Why?", &raw.verdict_reason, errors))
            .part(Button::new("Decide"));
        Section::new("decide", "It waits for you").part(form)
    });
    Ok(Page::new(layout)
        .caption("Candidate for group-based exploitation")
        .part(SummaryList::new(rows))
        .part(Section::new("why", "Why it was put").part(words(&one.rests_on.why)))
        .part(Section::new("evidence", "The evidence").part(table).part(p(whole)))
        .part(definition(site))
        .part_if(decided)
        .part_if(form))
}

/// Who may decide about a thing.
pub(super) async fn deciders(
    site: &Site,
    visitor: &Visitor,
    seen: &Entity,
) -> Result<Vec<(UserId, String)>, AppError> {
    let places = seen.thing.reports();
    let numbers: Vec<i64> =
        places.iter().filter_map(|n| seen.pieces.get(*n)).map(|piece| piece.number).collect();
    site.app.deciders(&visitor.actor, &numbers).await
}

/// The form that puts a thing to a person; for what stands in two reports or more.
pub(super) fn put_form(
    site: &Site,
    layout: &Layout,
    seen: &Entity,
    number: i64,
    deciders: &[(UserId, String)],
) -> Option<Section> {
    let shared = seen.thing.reports().len() >= 2;
    shared.then(|| {
        Section::new("put", "Put it to a person as group-based exploitation")
            .part(p(site.app.practice.group.definition.trim()))
            .part(form(layout, number, deciders, &RawPut::default(), &FieldErrors::default()))
    })
}

fn form(
    layout: &Layout,
    number: i64,
    deciders: &[(UserId, String)],
    raw: &RawPut,
    errors: &FieldErrors,
) -> PageForm {
    let mut items = vec![SelectItem::new("", "Choose")];
    items.extend(deciders.iter().map(|(id, name)| SelectItem::new(id.to_string(), name)));
    let person = Select::new("person", "Who decides?", items)
        .hint("People who may see all of its reports")
        .chosen(&raw.person)
        .error_if(err(errors, "person"));
    PageForm::new(format!("/picture/thing/{number}/put"), layout)
        .part(person)
        .part(area("put_reason", "Why do you put it to them?", &raw.put_reason, errors))
        .part(Button::new("Put it to them"))
}

/// Puts a thing to a person.
pub(crate) async fn put(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(mention): Path<String>,
    Form(raw): Form<RawPut>,
) -> Answer {
    let number: i64 = mention.parse().map_err(|_| WebError::NotFound)?;
    let raw = RawPut { mention: number, ..raw };
    match site.app.put_candidate(&visitor.actor, &raw).await {
        Ok(id) => go(&format!("/picture/candidates/{id}")),
        Err(AppError::Fields(errors)) => {
            let seen = site.app.entity(&visitor.actor, number).await?;
            let deciders = deciders(&site, &visitor, &seen).await?;
            let mut layout = site.layout(&visitor, seen.thing.name.clone()).await?;
            layout.back = Some(format!("/picture/thing/{number}"));
            let form = form(&layout, number, &deciders, &raw, &errors);
            let page = Page::new(layout)
                .caption("Put it to a person as group-based exploitation")
                .part(definition(&site))
                .part(form)
                .part(
                    Section::new("reports", "Its reports").part(entity::listed(
                        &seen
                            .thing
                            .reports()
                            .iter()
                            .filter_map(|n| seen.pieces.get(*n))
                            .cloned()
                            .collect::<Vec<_>>(),
                    )),
                );
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

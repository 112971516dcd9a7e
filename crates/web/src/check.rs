//! Partner checks, as the asked agency sees them.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{AppError, check::RawCheckAnswer};
use tessera_core::{
    check::{Answer as Answered, PartnerCheck},
    errors::FieldErrors,
    ids::CheckId,
    time::in_words,
};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, Link, Markup, Radios, SummaryList, SummaryRow,
        Table,
    },
    page::{Form as PageForm, Page, p, words},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, area, deadline, err, go, or_not_given, show_errors},
    site::{Site, Visitor},
};

/// The checks of one's agency.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let checks = site.app.checks(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "Partner checks").await?;
    layout.wide = true;
    let head = ["Child", "Asked", "Due", "Answer"].map(HeadCell::from);
    let table =
        checks.iter().fold(Table::new("What the front door asked", head), |table, check| {
            let name =
                if check.child_name.is_empty() { "Name not known" } else { &check.child_name };
            let link = Link::new(name.to_owned(), format!("/checks/{}", check.id));
            let due = match check.answered_at {
                Some(at) => Content::from(format!("Answered {}", in_words(at))),
                None => deadline(check.due_at, site.app.db.now()).into(),
            };
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(in_words(check.asked_at)),
                Cell::from(due),
                Cell::from(check.answer.map_or("Waiting", Answered::label)),
            ])
        });
    let page = Page::new(layout);
    let page = if checks.is_empty() {
        page.part(p("Your agency has not been asked anything."))
    } else {
        page.part(table)
    };
    parts::show(&page)
}

pub(crate) fn id(text: &str) -> Result<CheckId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One check.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(check): Path<String>,
) -> Answer {
    let found = site.app.view_check(&visitor.actor, id(&check)?).await?;
    let raw = RawCheckAnswer::default();
    parts::show(&page(&site, &visitor, &found, &raw, &FieldErrors::default()).await?)
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    check: &PartnerCheck,
    raw: &RawCheckAnswer,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "What does your agency hold?").await?;
    layout.back = Some("/checks".into());
    let rows = SummaryList::new([
        SummaryRow::new("Child", or_not_given(Some(&check.child_name))),
        SummaryRow::new("Born", or_not_given(Some(&check.child_born))),
        SummaryRow::new("Asked by", format!("{}, {}", check.asked_by, in_words(check.asked_at))),
        SummaryRow::new("Answer by", Content::from(deadline(check.due_at, site.app.db.now()))),
    ]);
    let page = Page::new(layout.clone()).part(rows).part(words(&check.question));
    if let Some(answer) = check.answer {
        let by = check.answered_by.as_deref().unwrap_or_default();
        let text = check.held.as_deref().or(check.reason.as_deref());
        return Ok(page
            .part(p(format!("{}, answered by {by}", answer.label())))
            .part_if(text.map(words)));
    }
    let held = area("held", "What do you hold?", &raw.held, errors);
    let reason = area("reason", "Why do you not share it?", &raw.reason, errors);
    let items = [
        Choice::new("nothing_held", "Nothing held").hint("This is an answer and helps."),
        Choice::new("held", "We hold this").reveals(Markup::of(&held)),
        Choice::new("withheld", "We hold something and do not share it")
            .reveals(Markup::of(&reason)),
    ];
    let form = PageForm::new(format!("/checks/{}", check.id), &layout)
        .part(
            Radios::new("answer", "Your agency's answer", items)
                .chosen([raw.answer.as_str()])
                .error_if(err(errors, "answer")),
        )
        .part(Button::new("Answer"));
    Ok(page.part(form))
}

/// Answers a check.
pub(crate) async fn answer(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(check): Path<String>,
    Form(raw): Form<RawCheckAnswer>,
) -> Answer {
    let id = id(&check)?;
    match site.app.answer_check(&visitor.actor, id, &raw).await {
        Ok(()) => go("/checks"),
        Err(AppError::Fields(errors)) => {
            let found = site.app.view_check(&visitor.actor, id).await?;
            let page = page(&site, &visitor, &found, &raw, &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

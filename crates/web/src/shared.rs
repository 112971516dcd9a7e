//! What the intelligence desk shared with somebody by name.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_core::{ids::ShareId, time::in_words};
use tessera_pages::{
    components::{
        Button, Cell, Content, HeadCell, Link, SummaryList, SummaryRow, Table, Tag, WarningText,
    },
    page::{Form as PageForm, Page, p, words},
};

use crate::{
    error::WebError,
    parts::{self, Answer, go},
    site::{Site, Visitor},
};

/// What was shared with one.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let shares = site.app.shares(&visitor.actor).await?;
    let layout = site.layout(&visitor, "Shared with you").await?;
    let head = ["Report", "Shared", "Grade then", "State"].map(HeadCell::from);
    let table =
        shares.iter().fold(Table::new("Shared with you, newest first", head), |table, share| {
            let state = if share.retracted_at.is_some() {
                "Taken back"
            } else if share.acknowledged_at.is_some() {
                "Read"
            } else {
                "New"
            };
            let link = Link::new(share.reference.to_string(), format!("/shared/{}", share.id));
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(in_words(share.at)),
                Cell::from(share.terms.grade.clone()),
                Cell::from(Content::from(Tag::new(state))),
            ])
        });
    let page = Page::new(layout)
        .part_if(shares.is_empty().then(|| p("The intelligence desk shared nothing with you.")))
        .part_if((!shares.is_empty()).then_some(table));
    parts::show(&page)
}

fn id(text: &str) -> Result<ShareId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One thing that was shared.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(share): Path<String>,
) -> Answer {
    let share = site.app.view_share(&visitor.actor, id(&share)?).await?;
    let mut layout = site.layout(&visitor, format!("Shared: {}", share.reference)).await?;
    layout.back = Some("/shared".into());
    let form =
        PageForm::new(format!("/shared/{}", share.id), &layout).part(Button::new("I have read it"));
    let read =
        share.acknowledged_at.map(|at| p(format!("You said that you read it, {}.", in_words(at))));
    let taken_back = share.retracted_at.map(|at| {
        WarningText::new(format!(
            "It was taken back on {}. Do not rely on it, and tell whoever you told.",
            in_words(at)
        ))
    });
    let page = Page::new(layout)
        .part_if(taken_back)
        .part(words(&share.words))
        .part(SummaryList::new([
            SummaryRow::new("Grade and handling", share.terms.grade.clone()),
            SummaryRow::new("Why you must know", share.terms.purpose.clone()),
            SummaryRow::new("Shared", in_words(share.at)),
        ]))
        .part(p("It is for you alone, for this purpose. Do not pass it on."))
        .part_if(share.acknowledged_at.is_none().then_some(form))
        .part_if(read);
    parts::show(&page)
}

/// Says that one has read it.
pub(crate) async fn acknowledge(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(share): Path<String>,
) -> Answer {
    let id = id(&share)?;
    site.app.acknowledge_share(&visitor.actor, id).await?;
    go(&format!("/shared/{id}"))
}

//! What shows whether a version is right: its cases, and what differs from the one in use.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_pages::{
    components::{Cell, Content, HeadCell, SummaryList, SummaryRow, Table, Tag, WarningText},
    page::{Page, Section, bullets, p},
};

use super::id;
use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

/// Every case with what it was given, what it names, and what the rules gave.
pub(crate) async fn cases(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
) -> Answer {
    let found = site.app.edited(&visitor.actor, id(&instrument)?).await?;
    let mut layout = site.layout(&visitor, "Every case, run with this version").await?;
    layout.back = Some(format!("/instruments/{instrument}"));
    let page = Page::new(layout).caption(format!("{} {}", found.kept.code, found.kept.version));
    if !found.tried.faults.is_empty() {
        return show(
            &page
                .part(WarningText::new("Something in it is wrong: mend it first."))
                .part(bullets(found.tried.faults.iter().map(String::as_str))),
        );
    }
    let all = &found.tried.cases;
    let passed = all.iter().filter(|case| case.differs.is_empty()).count();
    let head = ["Case", "Must give", "What it gives"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("All cases", head), |table, case| {
        let result = if case.differs.is_empty() {
            Content::from(Tag::coloured("As it must", "green"))
        } else {
            Content::lines(&format!("It differs: {}", case.differs.join("; ")))
        };
        table.row([
            Cell::from(Content::lines(&format!("{}\n{}", case.id, case.given))),
            Cell::from(format!("{}, by {}", case.expects, case.rule)),
            Cell::from(result),
        ])
    });
    show(&page.part(p(format!("{passed} of {} cases give what they must.", all.len()))).part(table))
}

/// What differs from the version in use, field by field.
pub(crate) async fn compare(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
) -> Answer {
    let found = site.app.compare_instrument(&visitor.actor, id(&instrument)?).await?;
    let mut layout = site.layout(&visitor, "What differs from the version in use").await?;
    layout.back = Some(format!("/instruments/{instrument}"));
    let page = Page::new(layout).caption(format!("{} {}", found.kept.code, found.kept.version));
    let Some(in_use) = &found.in_use else {
        return show(&page.part(p("This is the version in use.")));
    };
    let page = page.part(p(format!("In use: {in_use}.")));
    if found.differences.is_empty() {
        return show(&page.part(p("Nothing differs.")));
    }
    let said = |text: &str| Content::lines(if text.is_empty() { "Nothing" } else { text });
    let mut page = page;
    for (place, one) in found.differences.iter().enumerate() {
        let field = if one.field.is_empty() { "The whole entry" } else { &one.field };
        let rows = [
            SummaryRow::new("What", field),
            SummaryRow::new("Before", said(&one.before)),
            SummaryRow::new("Now", said(&one.after)),
        ];
        let title = format!("{}, {}", one.part, one.entry);
        page = page
            .part(Section::new(&format!("difference-{place}"), title).part(SummaryList::new(rows)));
    }
    show(&page)
}

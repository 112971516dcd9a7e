//! The map of where things were seen, with the table beside it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use tessera_app::explore::{Filter, Mark, months};
use tessera_pages::{
    components::{Cell, HeadCell, Map, MapArea, MapMark, Table},
    page::{Page, Section, bullets, p},
};

use crate::{
    parts::{self, Answer},
    picture::{entity::sources, filter_form, views},
    site::{Site, Visitor},
};

fn label(mark: &Mark) -> String {
    let many = mark.pieces.len();
    let plural = if many == 1 { "report" } else { "reports" };
    if mark.names.is_empty() {
        format!("{}: {many} {plural}", mark.area)
    } else {
        format!("{}, {}: {many} {plural}", mark.names.join("; "), mark.area)
    }
}

/// Where things were seen.
pub(crate) async fn map(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
) -> Answer {
    let found = site.app.map(&visitor.actor, &filter).await?;
    let filter = filter.shifted(&months(&found.network));
    let mut layout = site.layout(&visitor, "The map").await?;
    layout.wide = true;
    layout.back = Some("/picture".into());
    let places = &site.app.places;
    let areas = places.areas.iter().map(|area| MapArea {
        name: area.name.clone(),
        outline: area.outline.clone(),
        at: area.centre,
    });
    let marks = found.marks.iter().map(|mark| MapMark {
        at: mark.at,
        count: mark.pieces.len(),
        label: label(mark),
    });
    let mut words: Vec<String> =
        found.marks.iter().take(8).map(|m| format!("{}.", label(m))).collect();
    if words.is_empty() {
        words.push("No report that you may see names a place here.".into());
    }
    if found.unplaced > 0 {
        words.push(format!(
            "{} reports name a place that the drawing does not know.",
            found.unplaced
        ));
    }
    let precision = if found.exact {
        "Each place stands where it is. Who may not see addresses sees areas alone."
    } else {
        "You see areas alone: each mark stands in the middle of its area."
    };
    let map = Map::new(
        "The map as a picture; the same stands in the table below",
        &words.join(" "),
        (places.width, places.height),
        areas.collect(),
        marks.collect(),
    );
    let head = ["Area", "Places", "How many", "Reports"].map(HeadCell::from);
    let table = found.marks.iter().fold(
        Table::new("Places, most reports first", head).under_heading(),
        |table, mark| {
            let names = if found.exact { mark.names.join("; ") } else { "Not shown".to_owned() };
            table.row([
                Cell::from(mark.area.clone()),
                Cell::from(names),
                Cell::number(mark.pieces.len().to_string()),
                Cell::from(sources(&mark.pieces)),
            ])
        },
    );
    let page = Page::new(layout)
        .above(views("/picture/map"))
        .part(filter_form(&site, "/picture/map", &filter, &found.network))
        .part(Section::new("words", "In words").part(bullets(words)).part(p(precision)))
        .part(Section::new("map", "As a picture").part(map).part(p(format!(
            "The drawing is our own: {} Nothing is fetched from elsewhere.",
            places.source
        ))))
        .part(Section::new("places", "As a table").part(table));
    parts::show(&page)
}

//! How often teams' saved records hold listed words: by team and month, by name, never by person.

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_app::language::{FEWEST_PEOPLE, FEWEST_TEXTS, Shown};
use tessera_pages::{
    components::{Cell, HeadCell, Table},
    page::{Page, Section, p},
};

use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

/// The trend.
pub(crate) async fn trend(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let trend = site.app.language_trend(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "How often teams use listed words").await?;
    layout.back = Some("/lexicon".into());
    layout.wide = true;
    let mut head = vec![HeadCell::from("Team")];
    head.extend(trend.months.iter().map(|month| HeadCell::from(month.label.as_str())));
    let mut table = Table::new("Texts with a listed word, of all texts saved", head);
    for line in &trend.teams {
        table = table.row(row(&line.team, &line.months));
    }
    table = table.row(row("The whole partnership", &trend.all));
    let terms = trend.terms.iter().fold(
        Table::new("In these months", ["Words", "Texts"].map(HeadCell::from)),
        |table, (words, times)| {
            table.row([Cell::from(words.clone()), Cell::from(times.to_string())])
        },
    );
    let page = Page::new(layout)
        .part(p(
            "This shows where a talk or a training day may help. It counts what was saved, by team. \
             It does not count people.",
        ))
        .part(p(format!(
            "Numbers of fewer than {FEWEST_TEXTS} texts, and teams of fewer than {FEWEST_PEOPLE} \
             people, are hidden. So is the next smallest team, where a hidden number could be \
             worked out."
        )))
        .part(table)
        .part_if((!trend.terms.is_empty()).then(|| {
            Section::new("terms", "The words found most often").part(terms)
        }));
    show(&page)
}

fn row(team: &str, months: &[Shown]) -> Vec<Cell> {
    let mut cells = vec![Cell::from(team.to_owned())];
    cells.extend(months.iter().map(|shown| Cell::from(in_words(*shown))));
    cells
}

fn in_words(shown: Shown) -> String {
    match shown {
        Shown::Nothing => "None saved".to_owned(),
        Shown::Hidden => "Too few to show".to_owned(),
        Shown::Counts { flagged, texts } => {
            format!("{flagged} of {texts} ({}%)", (flagged * 100 + texts / 2) / texts.max(1))
        }
    }
}

//! Two screenings of one child side by side, each in the words of its own version.

use tessera_app::screening::{Shown, compare as engine};
use tessera_core::time::day_in_words;
use tessera_pages::{
    components::{Cell, Content, HeadCell, InsetText, SummaryList, SummaryRow, Table},
    page::{Page, p},
};

use super::answers;
use crate::{
    error::WebError,
    site::{Site, Visitor},
};

/// Two screenings of one child side by side.
pub(in crate::screening) async fn compare(
    site: &Site,
    visitor: &Visitor,
    before: &Shown,
    after: &Shown,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Two screenings side by side").await?;
    layout.back = Some(format!("/screenings/{}", after.screening.reference));
    layout.wide = true;
    let compared = engine::compare(
        engine::Screen {
            instrument: &before.instrument,
            sheet: &before.sheet,
            outcome: &before.outcome,
        },
        engine::Screen {
            instrument: &after.instrument,
            sheet: &after.sheet,
            outcome: &after.outcome,
        },
    );
    let day = |shown: &Shown| {
        format!(
            "{}, {} (version {})",
            shown.screening.reference,
            day_in_words(shown.screening.screened_on),
            shown.instrument.file().instrument.version
        )
    };
    let told = |answer: Option<&engine::Side>| match answer {
        None => "That version did not ask this".to_owned(),
        Some(answer) => {
            let on = answer.last_observed_on.map(|day| format!(", {}", day_in_words(day)));
            format!(
                "{}{}",
                answers::in_words(answer.response, answer.state),
                on.unwrap_or_default()
            )
        }
    };
    let head = ["What was asked".to_owned(), day(before), day(after)];
    let mut table =
        Table::new("Answers that differ", head.map(|text| HeadCell::from(text.as_str())));
    for row in &compared.rows {
        let (old, new) = (row.before.as_ref(), row.after.as_ref());
        let mut text = new.or(old).map(|side| side.text.clone()).unwrap_or_default();
        if let (Some(old), Some(new)) = (old, new)
            && old.text != new.text
        {
            text = format!("{text}\nBefore: {}", old.text);
        }
        table = table.row([
            Cell::from(Content::lines(&text)),
            Cell::from(told(old)),
            Cell::from(told(new)),
        ]);
    }
    let levels = SummaryList::new([
        SummaryRow::new(day(before), compared.level_before.clone()),
        SummaryRow::new(day(after), compared.level_after.clone()),
    ]);
    let nothing = compared.rows.is_empty().then(|| InsetText::new("No answer differs."));
    let page = Page::new(layout)
        .part(p(
            "Each in the words of its own version. The levels are those that the rules suggest.",
        ))
        .part(levels)
        .part_if(nothing);
    Ok(if compared.rows.is_empty() { page } else { page.part(table) })
}

//! Who may see a file, and what waits for a steward.

use tessera_app::child::Access;
use tessera_app::child::{RawAccess, Stewardship};
use tessera_core::{errors::FieldErrors, reference::Reference, time::in_words};
use tessera_pages::{
    components::{Button, Cell, Choice, HeadCell, Link, Radios, Select, SelectItem, Table},
    page::{Form, Page, Section, p, words},
};

use crate::{
    error::WebError,
    parts::{area, err},
    site::{Site, Visitor},
};

/// Who may see the file.
pub(in crate::child) async fn access(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    access: &[Access],
    raw: &RawAccess,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Who may see this file").await?;
    layout.back = Some(format!("/children/{reference}"));
    let head = ["Person", "What", "Why", "By"].map(HeadCell::from);
    let table = access.iter().fold(Table::new("Named, excluded, in by emergency", head), |t, a| {
        let what = match a.kind.as_str() {
            "named" => "May see it while it is restricted",
            "excluded" => "Must never see it",
            _ => "Opened it in an emergency",
        };
        let until = a.until.map(|at| format!(" until {}", in_words(at))).unwrap_or_default();
        t.row([
            Cell::from(format!("{}, {}", a.name, a.agency)),
            Cell::from(format!("{what}{until}")),
            Cell::from(a.reason.clone()),
            Cell::from(format!("{}, {}", a.by, in_words(a.at))),
        ])
    });
    let mut people = vec![SelectItem::new("", "Nobody")];
    let known = site.app.colleague_names().await?;
    people.extend(
        known
            .iter()
            .map(|u| SelectItem::new(u.id.to_string(), format!("{}, {}", u.name, u.agency_name))),
    );
    let changes = [
        Choice::new("restrict", "Restrict the file to named people"),
        Choice::new("open", "End the restriction"),
        Choice::new("name", "Name a person who may see it"),
        Choice::new("unname", "Take a name off again"),
        Choice::new("exclude", "Exclude a person: they will never learn that it exists"),
        Choice::new("unexclude", "End an exclusion"),
    ];
    let form = Form::new(format!("/children/{reference}/access"), &layout)
        .part(
            Radios::new("change", "What do you want to change?", changes)
                .chosen([raw.change.as_str()])
                .error_if(err(errors, "change")),
        )
        .part(
            Select::new("person", "Person", people)
                .chosen(&raw.person)
                .error_if(err(errors, "person")),
        )
        .part(area("reason", "Why", &raw.reason, errors))
        .part(Button::new("Change who may see it"));
    let page = Page::new(layout).caption(reference.to_string());
    let page = if access.is_empty() {
        page.part(p("Nobody is named, and nobody is excluded."))
    } else {
        page.part(table)
    };
    Ok(page.part(form))
}

/// What waits for a steward.
pub(in crate::child) async fn steward(
    site: &Site,
    visitor: &Visitor,
    waiting: &Stewardship,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let layout = site.layout(visitor, "Stewardship").await?;
    let mut openings = Section::new("openings", "Emergency openings to review");
    if waiting.openings.is_empty() {
        openings = openings.part(p("There is nothing to review."));
    }
    for opening in &waiting.openings {
        let line =
            format!("{} opened {} on {}:", opening.name, opening.child, in_words(opening.at));
        let form = Form::new("/steward/review", &layout)
            .hidden("opening", opening.id.to_string())
            .part(area("review", "What did you find?", "", errors))
            .part(Button::new("Record the review"));
        openings = openings.part(p(line)).part(words(&opening.reason)).part(form);
    }
    let mut pairs = Section::new("pairs", "Two files that may be for one child");
    if waiting.reconciliations.is_empty() {
        pairs = pairs.part(p("There is nothing to settle."));
    }
    for pair in &waiting.reconciliations {
        let verdicts =
            [Choice::new("same", "The same child"), Choice::new("different", "Different children")];
        let form = Form::new("/steward/settle", &layout)
            .hidden("pair", pair.id.to_string())
            .part(
                Radios::new("verdict", "What do you find?", verdicts)
                    .error_if(err(errors, "verdict")),
            )
            .part(area("reason", "Why", "", errors))
            .part(Button::new("Settle it"));
        pairs = pairs
            .part(p(Link::new(pair.new.to_string(), format!("/children/{}", pair.new))))
            .part(p(Link::new(pair.old.to_string(), format!("/children/{}", pair.old))))
            .part(p(format!("Noticed on {}: {}", in_words(pair.at), pair.why)))
            .part(form);
    }
    Ok(Page::new(layout.clone()).part(openings).part(pairs))
}

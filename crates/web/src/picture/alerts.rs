//! What the rule finds, with its evidence; and its numbers.

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_app::{
    AppError,
    explore::{Hit, RawRule, hits},
};
use tessera_core::{errors::FieldErrors, time::day_in_words, user::Role};
use tessera_pages::{
    components::{Button, Cell, Content, HeadCell, Link, Table, Tag, TextInput},
    page::{Form as PageForm, Page, Section, p},
};

use crate::{
    form::Form,
    parts::{self, Answer, err, go, show_errors},
    picture::{
        entity::{sources, told},
        views, watches,
    },
    site::{Site, Visitor},
};

/// What the rule finds now.
pub(crate) async fn alerts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    parts::show(&page(&site, &visitor, None, &FieldErrors::default()).await?)
}

/// Sets the numbers of the rule.
pub(crate) async fn set_rule(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawRule>,
) -> Answer {
    match site.app.set_rule(&visitor.actor, &raw).await {
        Ok(()) => go("/picture/alerts"),
        Err(AppError::Fields(errors)) => {
            let page = page(&site, &visitor, Some(&raw), &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    typed: Option<&RawRule>,
    errors: &FieldErrors,
) -> Result<Page, AppError> {
    let found = site.app.whole_picture(&visitor.actor, "rule", None).await?;
    let rule = site.app.rule().await?;
    let hits = hits(&found, rule);
    let mut layout = site.layout(visitor, "What the rule finds").await?;
    layout.wide = true;
    layout.back = Some("/picture".into());
    let default = RawRule { children: rule.children.to_string(), days: rule.days.to_string() };
    let typed = typed.unwrap_or(&default);
    let form = PageForm::new("/picture/alerts", &layout)
        .part(number("children", "At least so many children", &typed.children, errors))
        .part(number("days", "Within so many days", &typed.days, errors))
        .part(Button::new("Set the numbers"));
    let practice = &site.app.practice.rule;
    let whose = if rule.set {
        "The desk set these numbers.".to_owned()
    } else {
        format!("{} Checked: {}.", practice.source, practice.verified)
    };
    let police = visitor.actor.is(Role::PoliceIntelligence);
    Ok(Page::new(layout.clone())
        .above(views("/picture/alerts"))
        .part(p(format!(
            "The rule looks for the same place, vehicle or adult in reports of at least {} children \
             within {} days.",
            rule.children, rule.days
        )))
        .part(p(
            "It uses only what you may see. It is computed at each look: what is taken back counts no \
             more. It decides nothing.",
        ))
        .part(p("Children whose first names are alike count once. A child without a name is not counted."))
        .part(Section::new("found", "What it finds").part(table(&hits)))
        .part_if(police.then(|| Section::new("numbers", "The numbers").part(p(whose)).part(form)))
        .part(watches::watch_rule(&layout)))
}

fn number(name: &str, label: &str, value: &str, errors: &FieldErrors) -> TextInput {
    TextInput::new(name, label)
        .value(value)
        .width(3)
        .inputmode("numeric")
        .error_if(err(errors, name))
}

fn table(hits: &[Hit]) -> Content {
    if hits.is_empty() {
        return Content::from("Nothing.");
    }
    let head = ["What", "Kind", "Children", "When", "Evidence", "From", "How joined"];
    let table = Table::new("What it finds, most children first", head.map(HeadCell::from));
    Content::from(hits.iter().fold(table.under_heading(), |table, hit| {
        let link = Link::new(hit.name.clone(), format!("/picture/thing/{}", hit.number));
        let when = hit.days().map_or_else(String::new, |(first, last)| {
            if first == last {
                day_in_words(first)
            } else {
                format!("{} to {}", day_in_words(first), day_in_words(last))
            }
        });
        let origins = if hit.origins == 1 { "agency" } else { "agencies" };
        let from = hit.pieces.iter().map(told).collect::<Vec<_>>().join("\n");
        let joined = if hit.inferred {
            Tag::coloured("Partly inferred", "yellow")
        } else {
            Tag::new("By people, or in one report")
        };
        table.row([
            Cell::from(Content::from(link)),
            Cell::from(hit.kind.label()),
            Cell::from(format!("{}: {}", hit.children.len(), hit.children.join("; "))),
            Cell::from(when),
            Cell::from(sources(&hit.pieces)),
            Cell::from(Content::lines(&format!("{} {origins}\n{from}", hit.origins))),
            Cell::from(Content::from(joined)),
        ])
    }))
}

//! One-use links for people without an account.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, header},
};
use tessera_app::{
    AppError,
    screening::{Made, RawLinkTo},
};
use tessera_core::{errors::FieldErrors, time::in_words};
use tessera_pages::{
    components::{
        Attributes, Button, Cell, Choice, Content, HeadCell, Markup, Panel, Radios, Table,
        TextInput, Textarea,
    },
    layout::Layout,
    page::{Form as PageForm, Page, h2, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{Answer, err, go, show_errors},
    site::{Site, Visitor},
};

/// The links one made, and a form for another.
pub(crate) async fn links(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    page(&site, &visitor, &RawLinkTo::default(), &FieldErrors::default(), None).await
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    typed: &RawLinkTo,
    errors: &FieldErrors,
    made: Option<Markup>,
) -> Answer {
    let all = site.app.own_links(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "Links for people without an account").await?;
    layout.back = Some("/screenings".into());
    let days =
        [Choice::new("1", "One day"), Choice::new("3", "Three days"), Choice::new("7", "One week")];
    let chosen = if typed.days.is_empty() { "3" } else { &typed.days };
    let form = PageForm::new("/screenings/links", &layout)
        .part(
            TextInput::new("made_for", "Who is it for?")
                .hint("Their name, as you know them. It becomes the name on the screening.")
                .value(&typed.made_for)
                .error_if(err(errors, "made_for")),
        )
        .part(
            Radios::new("days", "How long can it be used?", days)
                .chosen([chosen])
                .error_if(err(errors, "days")),
        )
        .part(Button::new("Make a link"));
    let table = (!all.is_empty()).then(|| table(site, &layout, &all));
    let page = Page::new(layout)
        .part_if(made)
        .part(p("A link opens one screening, without an account, also on a phone. It is used up \
                 once the screening is sent. Your organisation checks what comes."))
        .part(form)
        .part_if(table.as_ref().map(|_| h2("Links you made")))
        .part_if(table);
    show_errors(page, errors)
}

fn table(site: &Site, layout: &Layout, all: &[Made]) -> Table {
    let head = ["For", "Made", "Where it stands", "End it"].map(HeadCell::from);
    all.iter().fold(Table::new("Newest first", head), |table, link| {
        let now = site.app.db.now();
        let open = link.used_at.is_none() && link.ended_at.is_none() && link.expires_at > now;
        let standing = match (link.used_at, link.ended_at) {
            (Some(at), _) => format!("Used on {}", in_words(at)),
            (None, Some(at)) => format!("Ended on {}", in_words(at)),
            _ if !open => "Its time is up".to_owned(),
            _ if link.begun => format!("Begun, can be used until {}", in_words(link.expires_at)),
            _ => format!("Can be used until {}", in_words(link.expires_at)),
        };
        let end = PageForm::new(format!("/screenings/links/{}/end", link.id), layout)
            .part(Button::new(format!("End the link for {}", link.made_for)).secondary());
        let end = if open { Content::Html(Markup::of(&end)) } else { Content::from("") };
        table.row([
            Cell::from(link.made_for.clone()),
            Cell::from(in_words(link.created_at)),
            Cell::from(standing),
            Cell::from(end),
        ])
    })
}

/// The whole address of a link, as this browser reaches us.
fn address(site: &Site, headers: &HeaderMap, token: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if site.config.secure { "https" } else { "http" };
    format!("{scheme}://{host}/screen/link/{token}")
}

/// Makes a link; it is shown once.
pub(crate) async fn make_link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(raw): Form<RawLinkTo>,
) -> Answer {
    match site.app.offer_screening(&visitor.actor, &raw).await {
        Ok((token, until)) => {
            let address = address(&site, &headers, &hex::encode(token));
            let panel = Panel::new(
                format!("The link for {} is ready", raw.made_for.trim()),
                format!("It works once, until {}, and is not shown again.", in_words(until)),
            );
            let panel = Panel { level: 2, ..panel };
            let mut whole = Textarea::new("address", "The address to send to them")
                .hint("Copy all of it into a message, or print this page. It opens on a phone too.")
                .value(address)
                .rows(4)
                .spellcheck(false);
            whole.attributes = Attributes::default().with("readonly", "");
            let made = Markup::join([Markup::of(&panel), Markup::of(&whole)]);
            let none = FieldErrors::default();
            page(&site, &visitor, &RawLinkTo::default(), &none, Some(made)).await
        }
        Err(AppError::Fields(errors)) => page(&site, &visitor, &raw, &errors, None).await,
        Err(error) => Err(error.into()),
    }
}

/// Ends a link.
pub(crate) async fn end_link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
) -> Answer {
    let id = link.parse().map_err(|_| WebError::NotFound)?;
    site.app.end_link(&visitor.actor, id).await?;
    go("/screenings/links")
}

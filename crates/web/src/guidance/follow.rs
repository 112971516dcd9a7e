//! E-mail when guidance changes: asking, confirming, ending.

use std::sync::Arc;
use tessera_core::{messages::content, t};

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    guidance::{ALL_TOPICS, RawFollow},
};
use tessera_core::errors::FieldErrors;
use tessera_pages::{
    components::{Button, Link, Panel, Select, SelectItem, TextInput},
    page::{Form as PageForm, Page, p},
};

use super::{crumbs, layout};
use crate::{
    error::WebError,
    form::{Form, Pairs},
    parts::{Answer, err, show, show_errors},
    site::{Site, Visitor},
};

/// The topic a link brought.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Topic {
    topic: String,
}

/// A topic as people read it.
fn in_words(topic: &str) -> String {
    if topic == ALL_TOPICS {
        return t!("All guidance");
    }
    let text = topic.replace('-', " ");
    let mut chars = text.chars();
    let text: String =
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default();
    content(&text)
}

/// The form.
pub(crate) async fn ask(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(topic): Query<Topic>,
) -> Answer {
    let raw = RawFollow { topic: topic.topic, email: String::new() };
    ask_page(&site, &visitor, &raw, &FieldErrors::default()).await
}

async fn ask_page(site: &Site, visitor: &Visitor, raw: &RawFollow, errors: &FieldErrors) -> Answer {
    let layout = layout(site, visitor, t!("Get an e-mail when guidance changes")).await?;
    let above = crumbs(&[(&t!("E-mail"), "")]);
    if !site.app.sends_mail() {
        let page = Page::new(layout)
            .above(above)
            .part(p(t!("This partnership does not send e-mail yet. Look at what changed instead.")))
            .part(p(Link::new(t!("All guidance"), "/guidance")));
        return show(&page);
    }
    let now = site.app.guidance().await?;
    let mut items = vec![SelectItem::new(ALL_TOPICS, in_words(ALL_TOPICS))];
    items.extend(
        now.library.topics().into_iter().map(|topic| SelectItem::new(topic, in_words(topic))),
    );
    let form = PageForm::new("/guidance/subscribe", &layout)
        .part(
            Select::new("topic", t!("Topic"), items)
                .chosen(&raw.topic)
                .error_if(err(errors, "topic")),
        )
        .part(
            TextInput::new("email", t!("Your e-mail address"))
                .hint(t!("We use it for this only. You can stop at any time"))
                .kind("email")
                .autocomplete("email")
                .value(&raw.email)
                .error_if(err(errors, "email")),
        )
        .part(Button::new(t!("Ask for e-mail")));
    show_errors(Page::new(layout).above(above).part(form), errors)
}

/// Takes the wish; the answer is the same whoever asks.
pub(crate) async fn asked(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawFollow>,
) -> Answer {
    match site.app.follow_topic(&visitor.actor, &raw).await {
        Ok(()) => {
            let layout = layout(&site, &visitor, t!("Look in your inbox")).await?;
            let page = Page::new(layout)
                .heading("")
                .part(Panel::new(
                    t!("Look in your inbox"),
                    t!("Open the link in our letter to confirm."),
                ))
                .part(p(t!("If no letter comes, look among your spam, or check the address.")))
                .part(p(Link::new(t!("All guidance"), "/guidance")));
            show(&page)
        }
        Err(AppError::Fields(errors)) => ask_page(&site, &visitor, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

async fn button_page(
    site: &Site,
    visitor: &Visitor,
    title: String,
    words: String,
    action: String,
    button: String,
) -> Answer {
    let layout = layout(site, visitor, title).await?;
    let form = PageForm::new(action, &layout).part(Button::new(button));
    show(&Page::new(layout).part(p(words)).part(form))
}

/// The page of a link that confirms: a button, because programs open links too.
pub(crate) async fn confirm(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
) -> Answer {
    let topic = site.app.topic_to_confirm(&token).await?.ok_or(WebError::NotFound)?;
    let words = t!("We will write to you when this changes: {topic}.", topic = in_words(&topic));
    let action = format!("/guidance/confirm/{token}");
    button_page(&site, &visitor, t!("Confirm your e-mail address"), words, action, t!("Confirm"))
        .await
}

/// Confirms.
pub(crate) async fn confirmed(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
    _: Pairs,
) -> Answer {
    site.app.confirm_topic(&visitor.actor, &token).await?;
    let layout = layout(&site, &visitor, t!("You are on the list")).await?;
    let page = Page::new(layout)
        .part(p(t!("We will write when this guidance changes. Each letter says how to stop.")))
        .part(p(Link::new(t!("All guidance"), "/guidance")));
    show(&page)
}

/// The page of a link that ends.
pub(crate) async fn end(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
) -> Answer {
    let topic = site.app.topic_to_end(&token).await?.ok_or(WebError::NotFound)?;
    let words = t!("We will no longer write when this changes: {topic}.", topic = in_words(&topic));
    let action = format!("/guidance/unsubscribe/{token}");
    button_page(&site, &visitor, t!("Stop these letters"), words, action, t!("Stop")).await
}

/// Ends.
pub(crate) async fn ended(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
    _: Pairs,
) -> Answer {
    site.app.end_topic(&visitor.actor, &token).await?;
    let layout = layout(&site, &visitor, t!("We have stopped")).await?;
    let page = Page::new(layout)
        .part(p(t!("We will not write about this again. We forget your address in a week.")))
        .part(p(Link::new(t!("All guidance"), "/guidance")));
    show(&page)
}

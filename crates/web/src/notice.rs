//! A person's notices, and their way to end every session.

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_core::time::in_words;
use tessera_pages::{
    components::{Button, Content, Link, Tag, Timeline, TimelineItem},
    page::{Form, Page, h2, p},
};

use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

/// The notices, newest first.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let notices = site.app.read_notices(&visitor.actor).await?;
    let layout = site.layout(&visitor, "Notices").await?;
    let items = notices.iter().enumerate().map(|(n, notice)| TimelineItem {
        id: format!("notice-{n}"),
        title: Content::from(notice.words.as_str()),
        datetime: notice.at.to_string(),
        when: Content::from(in_words(notice.at)),
        tags: if notice.unread { vec![Tag::coloured("New", "blue")] } else { Vec::new() },
        body: if notice.link.is_empty() {
            Content::from("")
        } else {
            Link::new("Open", notice.link.clone()).hidden(notice.words.clone()).into()
        },
        ..TimelineItem::default()
    });
    let items: Vec<TimelineItem> = items.collect();
    let everywhere = Form::new("/sign-out-everywhere", &layout)
        .part(Button::new("Sign out everywhere").secondary());
    let page = Page::new(layout);
    let page = if items.is_empty() {
        page.part(p("There is nothing new for you."))
    } else {
        page.part(Timeline { items, level: 2 })
    };
    let page = page
        .part(h2("Signed in elsewhere?"))
        .part(p("This ends every session you have, on every device."))
        .part(everywhere);
    show(&page)
}

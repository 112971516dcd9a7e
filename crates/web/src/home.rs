//! The first page, the standing pages, the way out, and the files that pages need.

use std::sync::Arc;
use tessera_core::t;

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tessera_pages::{
    assets,
    components::{Button, EmergencyCard, Link, LinkCard, LinkCards},
    page::{Page, bullets, h2, p},
};

use crate::{
    cookies,
    error::WebError,
    parts::{Answer, show},
    site::{Site, Visitor},
};

/// The first page: emergency card and three answers.
pub(crate) async fn home(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let mut layout = site.layout(&visitor, t!("Worried about a child?")).await?;
    layout.exit = visitor.session.is_none().then(|| "/leave".to_owned());
    let numbers = layout.emergency.numbers.iter().take(1).cloned().collect();
    let card = EmergencyCard::new(
        t!("A child is in danger now"),
        t!("Call 999. Stay with the child if it is safe. You can write to us afterwards."),
        numbers,
    );
    let signed_in = visitor.session.is_some();
    let ways = LinkCards::new([
        LinkCard::new(
            t!("I am worried about a child"),
            "/tell?kind=worried",
            t!("Something about this child does not feel right."),
        ),
        LinkCard::new(
            t!("I noticed something"),
            "/tell?kind=noticed",
            t!("A car, a place, a name, something that was said or seen."),
        ),
        LinkCard::new(
            t!("A child is in danger now"),
            "/tell?kind=danger",
            t!("Call 999 first. Then write to us."),
        )
        .urgent(),
    ]);
    let page = Page::new(layout)
        .part(card)
        .part(p(
            t!("You do not need to be sure. A small thing that you noticed may be the piece that is \
                 missing. You can stay unknown if you want."),
        ))
        .part(h2(t!("What would you like to tell us?")))
        .part(ways)
        .part(h2(t!("What happens then")))
        .part(bullets([
            t!("You write what you noticed. One sentence is enough."),
            t!("You get a reference and a code. With them you can add something or read our answer."),
            t!("A named officer reads it and decides what to do. You are told the outcome."),
        ]))
        .part(p(Link::new(t!("Read what to look for and what to do"), "/guidance")))
        .part(p(Link::new(t!("Not sure what it is? Know the differences"), "/differences")))
        .part(p(Link::new(t!("Go on with a draft"), "/tell/resume")))
        .part(p(Link::new(t!("Go on with a screening"), "/screen/resume")))
        .part(p(Link::new(t!("Follow up what you told us"), "/follow")))
        .part(p(Link::new(t!("For workers: challenge inappropriate language"), "/language")))
        .part_if((!signed_in && site.config.demo).then(|| {
            Button::link(t!("Demo: choose who to be signed in as"), "/sign-in-as").secondary()
        }));
    show(&page)
}

/// Whether the server and its database answer.
pub(crate) async fn health(State(site): State<Arc<Site>>) -> Response {
    match site.app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n").into_response(),
        Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// Leaves quickly: ends the cookies of drafts and follow-ups, then goes to the weather.
pub(crate) async fn leave(State(site): State<Arc<Site>>) -> Response {
    let mut headers = HeaderMap::new();
    for name in [cookies::DRAFT, cookies::SCREENING, cookies::FOLLOW] {
        headers.append(header::SET_COOKIE, cookies::set(&site.config, name, ""));
    }
    let away = HeaderValue::from_static("https://www.metoffice.gov.uk/");
    headers.insert(header::LOCATION, away);
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    headers.insert(header::HeaderName::from_static("clear-site-data"), clear);
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Cookies and privacy.
pub(crate) async fn privacy(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let page = Page::new(site.layout(&visitor, t!("Cookies and privacy")).await?)
        .part(h2(t!("Cookies")))
        .part(p(t!(
            "You can read and tell us something without a cookie until your first words are \
                 saved. Then one cookie keeps your draft open in this browser. It ends when you \
                 close the browser, send the draft or leave by the exit button."
        )))
        .part(p(t!("If you sign in, one cookie keeps you signed in for up to 12 hours, or until \
                 nothing happens for 15 minutes. If you follow up a concern, one cookie keeps it \
                 open until you close the browser.")))
        .part(h2(t!("What we keep")))
        .part(bullets([
            t!("What you tell us, as you wrote it. Corrections are added; nothing is overwritten."),
            t!("Who you are, if you say so: sealed apart from the rest."),
            t!("We do not keep your network address or what browser you use."),
            t!("A draft you do not send is deleted after 7 days."),
        ]))
        .part(h2(t!("Who looks at it")))
        .part(p(t!(
            "Officers of the front door read what you tell us. Each time somebody opens a \
                 record, that is written down in a log that cannot be changed unnoticed."
        )));
    show(&page)
}

/// The accessibility statement.
pub(crate) async fn accessibility(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let page = Page::new(site.layout(&visitor, t!("Accessibility")).await?)
        .part(p(t!(
            "We want everybody to be able to use these pages. They work with a keyboard, at 400% \
                 size, with a screen reader, in light and dark, and without scripts."
        )))
        .part(p(t!(
            "Every page is checked by machine against WCAG 2.2 level AA. A check by people who \
                 use assistive technology has not yet been done."
        )))
        .part(p(t!(
            "If you cannot use a page, call us on the number above. We will take down what you \
                 want to say."
        )));
    show(&page)
}

/// A style sheet, script or icon, with its content in its name: kept by the browser for good.
pub(crate) async fn asset(
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let found = assets::asset(&name).ok_or(WebError::NotFound)?;
    let zips = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let mut response = if zips {
        ([(header::CONTENT_ENCODING, "gzip")], found.gzip_bytes).into_response()
    } else {
        found.bytes.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, forever);
    Ok(response)
}

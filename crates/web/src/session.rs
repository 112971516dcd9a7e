//! Signing in and out, one-use links, and the demo's way to be someone.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tessera_app::{
    AppError,
    person::{RawCredentials, RawSetUp, RawSignIn},
};
use tessera_core::{errors::FieldErrors, ids::UserId, t, user::Standing};
use tessera_pages::{
    components::{
        Button, Cell, Content, HeadCell, Panel, SummaryList, SummaryRow, Table, TextInput,
    },
    page::{Form as PageForm, Page, p},
};

use crate::{
    cookies,
    error::WebError,
    form::{Form, Pairs},
    parts::{Answer, err, go, show, show_errors},
    site::{Site, Visitor},
};

fn with_session(site: &Site, token: [u8; 32], to: &str) -> Answer {
    let cookie = cookies::set(&site.config, cookies::SESSION, &hex::encode(token));
    Ok(([(header::SET_COOKIE, cookie)], go(to)?).into_response())
}

/// The sign-in form.
pub(crate) async fn form(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    show(&sign_in_page(&site, &visitor, "", &FieldErrors::default()).await?)
}

async fn sign_in_page(
    site: &Site,
    visitor: &Visitor,
    email: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let layout = site.layout(visitor, t!("Sign in")).await?;
    let form = PageForm::new("/sign-in", &layout)
        .part(
            TextInput::new("email", t!("E-mail address"))
                .kind("email")
                .value(email)
                .autocomplete("username")
                .error_if(err(errors, "email")),
        )
        .part(
            TextInput::new("password", t!("Password"))
                .kind("password")
                .autocomplete("current-password"),
        )
        .part(
            TextInput::new("code", t!("Code from your authenticator app"))
                .hint(t!("Six digits"))
                .inputmode("numeric")
                .autocomplete("one-time-code")
                .width(10)
                .error_if(err(errors, "code")),
        )
        .part(Button::new(t!("Sign in")));
    let demo = site.config.demo.then(|| {
        Button::link(t!("Demo: choose who to be signed in as"), "/sign-in-as").secondary()
    });
    Ok(Page::new(layout)
        .part(form)
        .part(p(t!("You do not need to sign in to tell us about a child.")))
        .part_if(demo))
}

/// Signs in.
pub(crate) async fn sign_in(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawSignIn>,
) -> Answer {
    match site.app.sign_in(&raw, visitor.actor.request).await {
        Ok((token, _)) => with_session(&site, token, "/"),
        Err(AppError::Fields(errors)) => {
            let page = sign_in_page(&site, &visitor, &raw.email, &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// Who one can be in the demo.
pub(crate) async fn choose(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    if !site.config.demo {
        return Err(WebError::NotFound);
    }
    let mut layout = site.layout(&visitor, "Demo: who do you want to be?").await?;
    layout.back = Some("/".into());
    let people = site.app.colleague_names().await?;
    let head = ["Name", "Role", "Agency", "Be this person"].map(HeadCell::from);
    let table = people.iter().fold(Table::new("Invented people of Marlbrook", head), |t, user| {
        let roles: Vec<&str> = user.roles.iter().map(|r| r.label()).collect();
        let mut button = Button::new("Sign in").secondary();
        button.attributes = tessera_pages::components::Attributes::default()
            .with("aria-label", format!("Sign in as {}", user.name));
        let form =
            PageForm::new("/sign-in-as", &layout).hidden("user", user.id.to_string()).part(button);
        t.row([
            Cell::from(user.name.clone()),
            Cell::from(roles.join(", ")),
            Cell::from(user.agency_name.clone()),
            Cell::from(Content::from(form)),
        ])
    });
    show(&Page::new(layout).part(table))
}

/// Becomes someone in the demo.
pub(crate) async fn sign_in_as(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    if !site.config.demo {
        return Err(WebError::NotFound);
    }
    let id: UserId = pairs.get("user").parse().map_err(|_| WebError::NotFound)?;
    let people = site.app.colleague_names().await?;
    if !people.iter().any(|u| u.id == id && u.standing == Standing::Active) {
        return Err(WebError::NotFound);
    }
    let token = site.app.begin_session(id, visitor.actor.request, None).await?;
    with_session(&site, token, "/")
}

fn signed_out(site: &Site) -> Response {
    let mut headers = HeaderMap::new();
    for name in [cookies::SESSION, cookies::DRAFT, cookies::FOLLOW] {
        headers.append(header::SET_COOKIE, cookies::set(&site.config, name, ""));
    }
    headers.insert(header::LOCATION, HeaderValue::from_static("/"));
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    headers.insert(header::HeaderName::from_static("clear-site-data"), clear);
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Signs out here.
pub(crate) async fn sign_out(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    _: Pairs,
) -> Answer {
    if let Some(token) = visitor.token {
        site.app.sign_out(&visitor.actor, token).await?;
    }
    Ok(signed_out(&site))
}

/// Signs out everywhere.
pub(crate) async fn sign_out_everywhere(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    _: Pairs,
) -> Answer {
    if visitor.session.is_none() {
        return Err(WebError::SignIn);
    }
    site.app.sign_out_everywhere(&visitor.actor).await?;
    Ok(signed_out(&site))
}

fn token(text: &str) -> Result<[u8; 32], WebError> {
    let bytes = hex::decode(text).map_err(|_| WebError::NotFound)?;
    bytes.try_into().map_err(|_| WebError::NotFound)
}

/// The page of a one-use link.
pub(crate) async fn enrol(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
) -> Answer {
    let raw = RawCredentials::default();
    enrol_page(&site, &visitor, &link, &raw, &FieldErrors::default()).await
}

async fn enrol_page(
    site: &Site,
    visitor: &Visitor,
    link: &str,
    raw: &RawCredentials,
    errors: &FieldErrors,
) -> Answer {
    let found = site.app.enrolment(&token(link)?).await?.ok_or(WebError::NotFound)?;
    let secret = if raw.secret.is_empty() { found.secret } else { raw.secret.clone() };
    let layout = site.layout(visitor, "Set up your account").await?;
    let spaced: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    let form = PageForm::new(format!("/invitation/{link}"), &layout)
        .hidden("secret", &secret)
        .part(
            TextInput::new("password", "Choose a password")
                .hint("At least 12 characters. Three or four words that only you would put together are good")
                .kind("password")
                .autocomplete("new-password")
                .error_if(err(errors, "password")),
        )
        .part(p("Open an authenticator app, choose to type in a key, and type this one:"))
        .part(SummaryList::new([
            SummaryRow::new("Account", found.user.email.clone()),
            SummaryRow::new("Key", spaced.join(" ")),
        ]))
        .part(
            TextInput::new("code", "The six digits that the app shows now")
                .inputmode("numeric")
                .autocomplete("one-time-code")
                .width(10)
                .error_if(err(errors, "code")),
        )
        .part(Button::new("Set up my account"));
    let page = Page::new(layout).caption(found.user.name).part(form);
    show_errors(page, errors)
}

/// Sets password and second factor.
pub(crate) async fn set_credentials(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
    Form(raw): Form<RawCredentials>,
) -> Answer {
    match site.app.set_credentials(token(&link)?, &raw, visitor.actor.request).await {
        Ok(()) => go("/sign-in"),
        Err(AppError::Fields(errors)) => enrol_page(&site, &visitor, &link, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The set-up form of an empty partnership.
pub(crate) async fn set_up_form(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
) -> Answer {
    set_up_page(&site, &visitor, &link, &RawSetUp::default(), &FieldErrors::default()).await
}

async fn set_up_page(
    site: &Site,
    visitor: &Visitor,
    link: &str,
    raw: &RawSetUp,
    errors: &FieldErrors,
) -> Answer {
    if !site.app.can_set_up(&token(link)?).await? {
        return Err(WebError::NotFound);
    }
    let layout = site.layout(visitor, "Set up your partnership").await?;
    let input = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let form = PageForm::new(format!("/set-up/{link}"), &layout)
        .part(input("partnership", "Name of the partnership", &raw.partnership))
        .part(input("hub", "Name of the front door", &raw.hub))
        .part(input("name", "Your name; you become the first administrator", &raw.name))
        .part(input("email", "Your e-mail address", &raw.email).kind("email"))
        .part(Button::new("Set up"));
    show_errors(Page::new(layout).part(form), errors)
}

/// Sets up an empty partnership and goes on to the administrator's own link.
pub(crate) async fn set_up(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
    Form(raw): Form<RawSetUp>,
) -> Answer {
    match site.app.set_up(token(&link)?, &raw).await {
        Ok(own) => go(&format!("/invitation/{}", hex::encode(own))),
        Err(AppError::Fields(errors)) => set_up_page(&site, &visitor, &link, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// A one-use link on a page, shown once.
pub(crate) fn link_panel(name: &str, token: [u8; 32]) -> Panel {
    let path = format!("/invitation/{}", hex::encode(token));
    Panel::new(
        format!("{name} is invited"),
        format!(
            "Give them this address. It works once, within 7 days, and is not shown again: {path}"
        ),
    )
}

//! Setting up agencies, people and contact numbers in the browser.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    person::{RawAgency, RawRoles, RawUser},
};
use tessera_core::{
    agency::AgencyKind,
    emergency::Contacts,
    errors::FieldErrors,
    ids::{AgencyId, UserId},
    user::{Role, Standing},
};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, HeadCell, Link, Panel, Radios, Select,
        SelectItem, Table, Tag, TextInput,
    },
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::{Form, Pairs},
    parts::{Answer, err, go, show, show_errors},
    session::link_panel,
    site::{Site, Visitor},
};

/// What an administrator can do.
pub(crate) async fn home(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    site.app.users(&visitor.actor).await?;
    let layout = site.layout(&visitor, "Administration").await?;
    let page = Page::new(layout)
        .part(bullets([
            Content::from(Link::new("Agencies", "/admin/agencies")),
            Content::from(Link::new("People and roles", "/admin/people")),
            Content::from(Link::new("Contact numbers", "/admin/contacts")),
        ]))
        .part(p("As an administrator you do not see what is in concerns or files."));
    show(&page)
}

/// The agencies.
pub(crate) async fn agencies(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    agencies_page(&site, &visitor, &RawAgency::default(), &FieldErrors::default()).await
}

async fn agencies_page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawAgency,
    errors: &FieldErrors,
) -> Answer {
    let agencies = site.app.agencies(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "Agencies").await?;
    layout.back = Some("/admin".into());
    let head = ["Name", "Kind", "Access", "Change"].map(HeadCell::from);
    let table = agencies.iter().fold(Table::new("Agencies of the partnership", head), |t, a| {
        let suspended = a.suspended_at.is_some();
        let (tag, act) = if suspended {
            (Tag::coloured("Stopped", "red"), "restore")
        } else {
            (Tag::coloured("Works", "green"), "stop")
        };
        let words = if suspended { "Restore access" } else { "Stop access" };
        let mut button = Button::new(words).secondary();
        button.attributes = tessera_pages::components::Attributes::default()
            .with("aria-label", format!("{words} of {}", a.name));
        let form = PageForm::new(format!("/admin/agencies/{}/access", a.id), &layout)
            .hidden("access", act)
            .part(button);
        t.row([
            Cell::from(a.name.clone()),
            Cell::from(a.kind.label()),
            Cell::from(Content::from(tag)),
            Cell::from(Content::from(form)),
        ])
    });
    let mut kinds = vec![SelectItem::new("", "Choose")];
    kinds.extend(AgencyKind::ALL.iter().map(|k| SelectItem::new(k.id(), k.label())));
    let form = PageForm::new("/admin/agencies", &layout)
        .part(TextInput::new("name", "Name").value(&raw.name).error_if(err(errors, "name")))
        .part(Select::new("kind", "Kind", kinds).chosen(&raw.kind).error_if(err(errors, "kind")))
        .part(Button::new("Add the agency"));
    let page =
        Page::new(layout.clone()).part(table).part(Section::new("new", "Add an agency").part(form));
    show_errors(page, errors)
}

/// Adds an agency.
pub(crate) async fn add_agency(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawAgency>,
) -> Answer {
    match site.app.add_agency(&visitor.actor, &raw).await {
        Ok(_) => go("/admin/agencies"),
        Err(AppError::Fields(errors)) => agencies_page(&site, &visitor, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// Stops or restores an agency's access.
pub(crate) async fn agency_access(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(agency): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id: AgencyId = agency.parse().map_err(|_| WebError::NotFound)?;
    let stop = pairs.get("access") == "stop";
    if stop && visitor.actor.agency == Some(id) {
        return Err(WebError::Forbidden);
    }
    site.app.suspend_agency(&visitor.actor, id, stop).await?;
    go("/admin/agencies")
}

/// The people.
pub(crate) async fn people(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    people_page(&site, &visitor, &RawUser::default(), &FieldErrors::default(), None).await
}

fn role_choices() -> impl Iterator<Item = Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.id(), role.label()))
}

async fn people_page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawUser,
    errors: &FieldErrors,
    invited: Option<Panel>,
) -> Answer {
    let users = site.app.users(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "People and roles").await?;
    layout.back = Some("/admin".into());
    layout.wide = true;
    let head = ["Name", "Agency", "Roles", "Account"].map(HeadCell::from);
    let table = users.iter().fold(Table::new("Everyone who can sign in", head), |t, u| {
        let roles: Vec<&str> = u.roles.iter().map(|r| r.label()).collect();
        t.row([
            Cell::from(Content::from(Link::new(u.name.clone(), format!("/admin/people/{}", u.id)))),
            Cell::from(u.agency_name.clone()),
            Cell::from(roles.join(", ")),
            Cell::from(u.standing.label()),
        ])
    });
    let mut agencies = vec![SelectItem::new("", "Choose")];
    let known = site.app.agency_names().await?;
    agencies.extend(known.iter().map(|a| SelectItem::new(a.id.to_string(), &a.name)));
    let line = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let form = PageForm::new("/admin/people", &layout)
        .part(line("name", "Name", &raw.name))
        .part(line("email", "E-mail address", &raw.email).kind("email"))
        .part(line("job_title", "What they do", &raw.job_title))
        .part(
            Select::new("agency", "Agency", agencies)
                .chosen(&raw.agency)
                .error_if(err(errors, "agency")),
        )
        .part(
            Checkboxes::new("roles", "Roles", role_choices())
                .hint("A role ends by itself after a year unless it is given again")
                .chosen(raw.roles.iter().map(String::as_str))
                .error_if(err(errors, "roles")),
        )
        .part(Button::new("Invite"));
    let page = Page::new(layout.clone())
        .part_if(invited)
        .part(table)
        .part(Section::new("invite", "Invite someone").part(form));
    show_errors(page, errors)
}

/// Invites a person and shows their one-use link once.
pub(crate) async fn invite(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawUser>,
) -> Answer {
    match site.app.invite(&visitor.actor, &raw).await {
        Ok((_, token)) => {
            let panel = link_panel(&raw.name, token);
            let none = FieldErrors::default();
            people_page(&site, &visitor, &RawUser::default(), &none, Some(panel)).await
        }
        Err(AppError::Fields(errors)) => people_page(&site, &visitor, &raw, &errors, None).await,
        Err(error) => Err(error.into()),
    }
}

fn person_id(text: &str) -> Result<UserId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One person.
pub(crate) async fn person(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(person): Path<String>,
) -> Answer {
    person_page(&site, &visitor, person_id(&person)?, None, &FieldErrors::default(), None).await
}

async fn person_page(
    site: &Site,
    visitor: &Visitor,
    id: UserId,
    typed: Option<&RawRoles>,
    errors: &FieldErrors,
    link: Option<Panel>,
) -> Answer {
    let user = site.app.user(&visitor.actor, id).await?;
    let mut layout = site.layout(visitor, user.name.clone()).await?;
    layout.back = Some("/admin/people".into());
    let held: Vec<String> = match typed {
        Some(raw) => raw.roles.clone(),
        None => user.roles.iter().map(|r| r.id().to_owned()).collect(),
    };
    let standings = [Standing::Active, Standing::Suspended, Standing::Left];
    let standings = standings.map(|s| Choice::new(s.id(), s.label()));
    let at = format!("/admin/people/{id}");
    let standing = typed.map_or(user.standing.id(), |raw| raw.standing.as_str());
    let form = PageForm::new(at.clone(), &layout)
        .part(
            Checkboxes::new("roles", "Roles", role_choices())
                .chosen(held.iter().map(String::as_str))
                .error_if(err(errors, "roles")),
        )
        .part(
            Radios::new("standing", "Account", standings)
                .hint("Someone who is suspended or has left is out at their next request")
                .chosen([standing])
                .error_if(err(errors, "standing")),
        )
        .part(Button::new("Save"));
    let again = PageForm::new(format!("{at}/link"), &layout)
        .part(Button::new("Make a new one-use link").secondary());
    let end = PageForm::new(format!("{at}/sessions"), &layout)
        .part(Button::new("Sign them out everywhere").secondary());
    let page = Page::new(layout)
        .caption(format!("{}, {}", user.job_title, user.agency_name))
        .part_if(link)
        .part(p(user.email.clone()))
        .part(form)
        .part(again)
        .part(end);
    show_errors(page, errors)
}

/// Changes roles and standing.
pub(crate) async fn change_person(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(person): Path<String>,
    Form(raw): Form<RawRoles>,
) -> Answer {
    let id = person_id(&person)?;
    match site.app.change_user(&visitor.actor, id, &raw).await {
        Ok(()) => go("/admin/people"),
        Err(AppError::Fields(errors)) => {
            person_page(&site, &visitor, id, Some(&raw), &errors, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes a new one-use link and shows it once.
pub(crate) async fn new_link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(person): Path<String>,
    _: Pairs,
) -> Answer {
    let id = person_id(&person)?;
    let name = site.app.user(&visitor.actor, id).await?.name;
    let token = site.app.invite_again(&visitor.actor, id).await?;
    let panel = link_panel(&name, token);
    person_page(&site, &visitor, id, None, &FieldErrors::default(), Some(panel)).await
}

/// Ends every session of a person.
pub(crate) async fn end_sessions(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(person): Path<String>,
    _: Pairs,
) -> Answer {
    let id = person_id(&person)?;
    site.app.end_sessions(&visitor.actor, id).await?;
    go(&format!("/admin/people/{id}"))
}

/// The contact numbers, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawContacts {
    partnership: String,
    hub: String,
    hub_telephone: String,
    hub_hours: String,
    out_of_hours_telephone: String,
    police_non_emergency: String,
}

impl From<RawContacts> for Contacts {
    fn from(raw: RawContacts) -> Self {
        Self {
            partnership: raw.partnership,
            hub: raw.hub,
            hub_telephone: raw.hub_telephone,
            hub_hours: raw.hub_hours,
            out_of_hours_telephone: raw.out_of_hours_telephone,
            police_non_emergency: raw.police_non_emergency,
        }
    }
}

/// The contact numbers.
pub(crate) async fn contacts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    site.app.ask::<tessera_policy::rules::admin::ChangeSettings>(&visitor.actor, vec![]).await?;
    let contacts = site.app.contacts().await?;
    contacts_page(&site, &visitor, &contacts, &FieldErrors::default()).await
}

async fn contacts_page(
    site: &Site,
    visitor: &Visitor,
    contacts: &Contacts,
    errors: &FieldErrors,
) -> Answer {
    let mut layout = site.layout(visitor, "Contact numbers").await?;
    layout.back = Some("/admin".into());
    let line = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let form = PageForm::new("/admin/contacts", &layout)
        .part(line("partnership", "Name of the partnership", &contacts.partnership))
        .part(line("hub", "Name of the front door", &contacts.hub))
        .part(
            line("hub_telephone", "Telephone of the front door", &contacts.hub_telephone)
                .kind("tel"),
        )
        .part(line("hub_hours", "Its hours, in words", &contacts.hub_hours))
        .part(
            line(
                "out_of_hours_telephone",
                "Telephone at night and weekends",
                &contacts.out_of_hours_telephone,
            )
            .kind("tel"),
        )
        .part(
            line(
                "police_non_emergency",
                "Police, when it is not an emergency",
                &contacts.police_non_emergency,
            )
            .kind("tel"),
        )
        .part(Button::new("Save"));
    let page = Page::new(layout)
        .part(p("These stand on every page. They change everywhere at once."))
        .part(form);
    show_errors(page, errors)
}

/// Changes the contact numbers.
pub(crate) async fn change_contacts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawContacts>,
) -> Answer {
    let new = Contacts::from(raw);
    match site.app.change_contacts(&visitor.actor, new.clone()).await {
        Ok(()) => go("/admin/contacts"),
        Err(AppError::Fields(errors)) => contacts_page(&site, &visitor, &new, &errors).await,
        Err(error) => Err(error.into()),
    }
}

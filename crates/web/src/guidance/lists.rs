//! The directories: who to contact, films and resources, services, words.

use std::sync::Arc;
use tessera_core::{messages::content, t};

use axum::{Extension, extract::State};
use tessera_app::guidance::{Resource, Service};
use tessera_core::time::day_in_words;
use tessera_pages::{
    components::{Content, Link, Markup, SummaryList, SummaryRow},
    page::{Page, Section, p},
};

use super::{crumbs, layout, search_box};
use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

fn row(name: String, value: Option<&str>) -> Option<SummaryRow> {
    let value = value.map(str::trim).filter(|value| !value.is_empty())?;
    Some(SummaryRow::new(name, value))
}

fn telephone(number: &str) -> Content {
    let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Link::new(number, format!("tel:{dial}")).into()
}

fn email(address: &str) -> Content {
    Link::new(address, format!("mailto:{address}")).into()
}

/// Who to contact for what.
pub(crate) async fn contacts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let sections = now.library.partnership.contacts.iter().map(|contact| {
        let mut rows = vec![SummaryRow::new(t!("When"), content(&contact.purpose))];
        if let Some(number) = &contact.telephone {
            rows.push(SummaryRow::new(t!("Telephone"), telephone(number)));
        }
        if let Some(number) = &contact.textphone {
            rows.push(SummaryRow::new(t!("Textphone"), telephone(number)));
        }
        if let Some(address) = &contact.email {
            rows.push(SummaryRow::new(t!("E-mail"), email(address)));
        }
        rows.extend(row(t!("Hours"), contact.hours.as_deref().map(content).as_deref()));
        Section::new(&contact.id, content(&contact.name)).part(SummaryList::new(rows))
    });
    let page = Page::new(layout(&site, &visitor, t!("Who to contact")).await?)
        .above(crumbs(&[(&t!("Who to contact"), "")]))
        .part(search_box(""))
        .parts(sections);
    show(&page)
}

/// Films and resources, with what one will see.
pub(crate) async fn resources(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let page = Page::new(layout(&site, &visitor, t!("Films and resources")).await?)
        .above(crumbs(&[(&t!("Films and resources"), "")]))
        .part(p(t!(
            "Each says what you will see, so that you can choose. They are on other sites."
        )))
        .part(search_box(""))
        .parts(now.library.resources.iter().map(resource));
    show(&page)
}

fn resource(resource: &Resource) -> Section {
    let mut rows =
        vec![SummaryRow::new(t!("What you will see"), content(&resource.what_you_will_see))];
    rows.extend(row(t!("Kind"), Some(&content(&resource.kind))));
    rows.extend(row(
        t!("Length"),
        Some(&resource.length.as_deref().map_or_else(|| t!("Not known"), content)),
    ));
    rows.extend(row(t!("For"), Some(&content(&resource.audience.join(", ")))));
    rows.extend(row(t!("Made by"), resource.provider.as_deref().map(content).as_deref()));
    if let Some(url) = resource.url.as_deref().filter(|url| !url.is_empty()) {
        rows.push(SummaryRow::new(t!("Where"), Content::from(Link::new(url, url))));
    }
    let checked = resource.verified.map_or_else(|| t!("Not yet verified"), day_in_words);
    rows.push(SummaryRow::new(t!("Looked at by us"), checked));
    Section::new(&resource.id, content(&resource.title)).part(SummaryList::new(rows))
}

/// Services that help.
pub(crate) async fn services(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let page = Page::new(layout(&site, &visitor, t!("Services that help")).await?)
        .above(crumbs(&[(&t!("Services that help"), "")]))
        .part(search_box(""))
        .parts(now.library.services.iter().map(service));
    show(&page)
}

fn ages(service: &Service) -> Option<String> {
    match (service.minimum_age, service.maximum_age) {
        (Some(from), Some(to)) => Some(t!("{from} to {to}", from = from, to = to)),
        (Some(from), None) => Some(t!("{age} and over", age = from)),
        (None, Some(to)) => Some(t!("Up to {age}", age = to)),
        (None, None) => None,
    }
}

fn service(service: &Service) -> Section {
    let mut rows = Vec::new();
    rows.extend(row(t!("Run by"), Some(&content(&service.organization.name))));
    rows.extend(row(t!("For"), service.eligibility_description.as_deref().map(content).as_deref()));
    rows.extend(row(t!("Ages"), ages(service).as_deref()));
    rows.extend(row(
        t!("How to ask"),
        service.application_process.as_deref().map(content).as_deref(),
    ));
    rows.extend(row(t!("Wait"), service.wait_time.as_deref().map(content).as_deref()));
    rows.extend(row(t!("Cost"), service.fees_description.as_deref().map(content).as_deref()));
    for cost in &service.cost_options {
        rows.extend(row(t!("Cost"), Some(&content(&cost.option))));
    }
    let numbers = service.phones.iter().chain(service.contacts.iter().flat_map(|c| &c.phones));
    for phone in numbers {
        rows.push(SummaryRow::new(t!("Telephone"), telephone(&phone.number)));
    }
    let addresses =
        service.email.iter().chain(service.contacts.iter().filter_map(|c| c.email.as_ref()));
    for address in addresses {
        rows.push(SummaryRow::new(t!("E-mail"), email(address)));
    }
    for schedule in &service.schedules {
        rows.extend(row(t!("Open"), Some(&content(&schedule.description))));
    }
    for location in &service.locations {
        let name = location.name.clone().into_iter();
        let place = location.addresses.iter().map(|a| {
            let parts =
                [Some(a.address_1.as_str()), Some(a.city.as_str()), a.postal_code.as_deref()];
            let parts: Vec<&str> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
            parts.join(", ")
        });
        let text: Vec<String> = name.chain(place).chain(location.description.clone()).collect();
        rows.extend(row(t!("Where"), Some(&content(&text.join(". ")))));
    }
    if let Some(url) = service.url.as_deref() {
        rows.push(SummaryRow::new(t!("Site"), Content::from(Link::new(url, url))));
    }
    Section::new(&format!("service-{}", service.id), content(&service.name))
        .part(p(content(&service.description)))
        .part(SummaryList::new(rows))
}

/// The words that guidance cannot do without.
pub(crate) async fn words(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let mut terms: Vec<_> = now.library.terms.iter().collect();
    terms.sort_by_key(|term| term.term.to_lowercase());
    let rows = terms
        .iter()
        .map(|term| SummaryRow::new(content(&capital(&term.term)), content(&term.meaning)));
    let page = Page::new(layout(&site, &visitor, t!("Words we use")).await?)
        .above(crumbs(&[(&t!("Words we use"), "")]))
        .part(p(t!("Some words cannot be left out. This is what we mean by them.")))
        .part(search_box(""))
        .part(Content::from(Markup::of(&SummaryList::new(rows))));
    show(&page)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

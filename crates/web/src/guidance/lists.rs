//! The directories: who to contact, films and resources, services, words.

use std::sync::Arc;

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

fn row(name: &str, value: Option<&str>) -> Option<SummaryRow> {
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
        let mut rows = vec![SummaryRow::new("When", contact.purpose.as_str())];
        if let Some(number) = &contact.telephone {
            rows.push(SummaryRow::new("Telephone", telephone(number)));
        }
        if let Some(number) = &contact.textphone {
            rows.push(SummaryRow::new("Textphone", telephone(number)));
        }
        if let Some(address) = &contact.email {
            rows.push(SummaryRow::new("E-mail", email(address)));
        }
        rows.extend(row("Hours", contact.hours.as_deref()));
        Section::new(&contact.id, contact.name.as_str()).part(SummaryList::new(rows))
    });
    let page = Page::new(layout(&site, &visitor, "Who to contact").await?)
        .above(crumbs(&[("Who to contact", "")]))
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
    let page = Page::new(layout(&site, &visitor, "Films and resources").await?)
        .above(crumbs(&[("Films and resources", "")]))
        .part(p("Each says what you will see, so that you can choose. They are on other sites."))
        .part(search_box(""))
        .parts(now.library.resources.iter().map(resource));
    show(&page)
}

fn resource(resource: &Resource) -> Section {
    let mut rows = vec![SummaryRow::new("What you will see", resource.what_you_will_see.as_str())];
    rows.extend(row("Kind", Some(&resource.kind)));
    rows.extend(row("Length", Some(resource.length.as_deref().unwrap_or("Not known"))));
    rows.extend(row("For", Some(&resource.audience.join(", "))));
    rows.extend(row("Made by", resource.provider.as_deref()));
    if let Some(url) = resource.url.as_deref().filter(|url| !url.is_empty()) {
        rows.push(SummaryRow::new("Where", Content::from(Link::new(url, url))));
    }
    let checked = resource.verified.map_or_else(|| "Not yet verified".to_owned(), day_in_words);
    rows.push(SummaryRow::new("Looked at by us", checked));
    Section::new(&resource.id, resource.title.as_str()).part(SummaryList::new(rows))
}

/// Services that help.
pub(crate) async fn services(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let page = Page::new(layout(&site, &visitor, "Services that help").await?)
        .above(crumbs(&[("Services that help", "")]))
        .part(search_box(""))
        .parts(now.library.services.iter().map(service));
    show(&page)
}

fn ages(service: &Service) -> Option<String> {
    match (service.minimum_age, service.maximum_age) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("{from} and over")),
        (None, Some(to)) => Some(format!("Up to {to}")),
        (None, None) => None,
    }
}

fn service(service: &Service) -> Section {
    let mut rows = Vec::new();
    rows.extend(row("Run by", Some(&service.organization.name)));
    rows.extend(row("For", service.eligibility_description.as_deref()));
    rows.extend(row("Ages", ages(service).as_deref()));
    rows.extend(row("How to ask", service.application_process.as_deref()));
    rows.extend(row("Wait", service.wait_time.as_deref()));
    rows.extend(row("Cost", service.fees_description.as_deref()));
    for cost in &service.cost_options {
        rows.extend(row("Cost", Some(&cost.option)));
    }
    let numbers = service.phones.iter().chain(service.contacts.iter().flat_map(|c| &c.phones));
    for phone in numbers {
        rows.push(SummaryRow::new("Telephone", telephone(&phone.number)));
    }
    let addresses =
        service.email.iter().chain(service.contacts.iter().filter_map(|c| c.email.as_ref()));
    for address in addresses {
        rows.push(SummaryRow::new("E-mail", email(address)));
    }
    for schedule in &service.schedules {
        rows.extend(row("Open", Some(&schedule.description)));
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
        rows.extend(row("Where", Some(&text.join(". "))));
    }
    if let Some(url) = service.url.as_deref() {
        rows.push(SummaryRow::new("Site", Content::from(Link::new(url, url))));
    }
    Section::new(&format!("service-{}", service.id), service.name.as_str())
        .part(p(service.description.as_str()))
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
    let rows = terms.iter().map(|term| SummaryRow::new(capital(&term.term), term.meaning.as_str()));
    let page = Page::new(layout(&site, &visitor, "Words we use").await?)
        .above(crumbs(&[("Words we use", "")]))
        .part(p("Some words cannot be left out. This is what we mean by them."))
        .part(search_box(""))
        .part(Content::from(Markup::of(&SummaryList::new(rows))));
    show(&page)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

//! The common part of a page.

use askama::Template;
use tessera_core::{emergency::Contacts, t};
use tessera_pages::components::EmergencyNumber;
use tessera_pages::layout::{Emergency, Layout, NavItem, SignedIn};

#[derive(Template)]
#[template(
    source = "{% extends \"layout.html\" %}{% block content %}<h1>Here</h1>{% endblock %}",
    ext = "html"
)]
struct Page {
    layout: Layout,
}

fn emergency() -> Emergency {
    let number = EmergencyNumber::new("If a child is in danger now, call", "999", "");
    Emergency { numbers: vec![number] }
}

fn render(layout: Layout) -> String {
    Page { layout }.render().expect("the page renders")
}

#[test]
fn a_page_names_its_language_its_title_and_whether_it_reports_errors() {
    let layout = || Layout { partnership: "Marlbrook".into(), ..Layout::new("What did you see?") };
    let html = render(layout());
    assert!(html.starts_with("<!DOCTYPE html>"));
    assert!(html.contains("<html lang=\"en-GB\""));
    assert!(html.contains("<title>What did you see? - Marlbrook - Tessera</title>"), "{html}");
    let html = render(Layout { error: true, ..layout() });
    assert!(html.contains("<title>Error: What did you see? - Marlbrook - Tessera</title>"));
}

#[test]
fn a_page_has_no_inline_script_or_style() {
    let html = render(Layout::new("Start"));
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains("<script type=\"module\" src=\"/assets/tessera-"));
    for word in ["<style", "style=\"", "onclick", "javascript:"] {
        assert!(!html.contains(word), "{word}");
    }
}

#[test]
fn emergency_numbers_are_on_every_page_signed_in_or_not() {
    let public = render(Layout { emergency: emergency(), ..Layout::new("Start") });
    let who = SignedIn { name: "Ada Pell".into(), ..SignedIn::default() };
    let staff = Layout { emergency: emergency(), signed_in: Some(who), ..Layout::new("Queue") };
    for html in [public, render(staff)] {
        assert_eq!(html.matches("href=\"tel:999\"").count(), 1, "{html}");
    }
}

#[test]
fn a_partnership_that_has_set_nothing_still_shows_the_national_numbers() {
    let shown = |contacts: &Contacts| {
        let numbers = Emergency::from(contacts).numbers;
        numbers.into_iter().map(|line| line.number).collect::<Vec<_>>()
    };
    let mut contacts = Contacts::not_yet_set();
    assert_eq!(shown(&contacts), ["999", "101"]);
    contacts.hub_telephone = "01632 960100".into();
    contacts.out_of_hours_telephone = "01632 960200".into();
    assert_eq!(shown(&contacts), ["999", "01632 960100", "01632 960200", "101"]);
}

#[test]
fn the_skip_link_leads_to_the_only_main() {
    let html = render(Layout::new("Start"));
    assert!(html.contains("<a href=\"#main\" class=\"govuk-skip-link\">"));
    assert_eq!(html.matches("<main").count(), 1);
    assert_eq!(html.matches("id=\"main\"").count(), 1);
}

#[test]
fn a_signed_in_person_sees_who_they_act_as_their_ways_and_a_way_out() {
    let nav = vec![
        NavItem { current: true, count: Some(3), ..NavItem::new("Queue", "/queue") },
        NavItem { count: Some(0), ..NavItem::new("Children", "/children") },
    ];
    let who = SignedIn {
        name: "Ada Pell".into(),
        role: "Hub officer".into(),
        agency: "Marlbrook Council".into(),
        nav,
        account_href: "/account".into(),
        sign_out_action: "/sign-out".into(),
    };
    let html =
        render(Layout { signed_in: Some(who), csrf: "token".into(), ..Layout::new("Queue") });
    assert!(html.contains("Hub officer, Marlbrook Council"));
    assert!(html.contains("<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\""));
    assert_eq!(html.matches("aria-current=\"true\"").count(), 1);
    assert_eq!(html.matches("tessera-count").count(), 1);
}

#[test]
fn the_way_out_is_a_plain_link() {
    let html = render(Layout { exit: Some("/leave".into()), ..Layout::new("Start") });
    assert!(html.contains("href=\"/leave\" rel=\"nofollow noreferrer\">Exit this page</a>"));
    assert!(!render(Layout::new("Start")).contains("Exit this page"));
}

#[test]
fn a_demo_says_that_everything_is_invented() {
    let html = render(Layout { demo: true, ..Layout::new("Start") });
    assert!(html.contains("Every person, place and event here is invented."));
}

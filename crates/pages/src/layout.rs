//! What every page shares: header, emergency numbers, navigation, footer.
//!
//! A page template begins with `{% extends "layout.html" %}`, its struct has a field
//! `layout: Layout`, and it fills `{% block content %}`. It may replace `{% block before %}`, which
//! shows the back link, with breadcrumbs or an identity bar.

use askama::Template;
use tessera_core::{
    emergency::Contacts,
    messages::{self, content},
    t,
};

use crate::assets::asset_url;
use crate::components::{EmergencyNumber, InsetText, Markup};
use crate::html_safe;

/// One way of the navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavItem {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether this page, or one below it, is shown.
    pub current: bool,
    /// A small number beside it, such as new concerns; none or 0 shows nothing.
    pub count: Option<usize>,
}

impl NavItem {
    /// A way that is not the current one.
    #[must_use]
    pub fn new(text: impl Into<String>, href: &str) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }
}

/// Who is signed in and where they may go.
#[derive(Clone, Debug, Default)]
pub struct SignedIn {
    /// The person's name.
    pub name: String,
    /// Their role in words.
    pub role: String,
    /// The agency they act for.
    pub agency: String,
    /// Their ways; only those they may use.
    pub nav: Vec<NavItem>,
    /// Their own page.
    pub account_href: String,
    /// Where the sign-out form is sent.
    pub sign_out_action: String,
}

/// The numbers on every page; one place in the settings.
#[derive(Clone, Debug, Default)]
pub struct Emergency {
    /// In the order to try them.
    pub numbers: Vec<EmergencyNumber>,
}

impl From<&Contacts> for Emergency {
    /// The numbers that are set, the most urgent first, in few words: they stand on every page.
    fn from(contacts: &Contacts) -> Self {
        let lines = [
            (t!("In danger now:"), "999", String::new()),
            (t!("Talk to us:"), &contacts.hub_telephone, content(&contacts.hub_hours)),
            (t!("Out of hours:"), &contacts.out_of_hours_telephone, String::new()),
            (t!("Police, not urgent:"), &contacts.police_non_emergency, String::new()),
        ];
        let set = lines.into_iter().filter(|(_, number, _)| !number.trim().is_empty());
        let number = |(when, number, note): (String, &str, String)| {
            EmergencyNumber::new(&when, number, &note)
        };
        Self { numbers: set.map(number).collect() }
    }
}

/// One of the languages in which a page can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLanguage {
    /// BCP 47.
    pub tag: String,
    /// Its own name for itself.
    pub name: String,
    /// The same page in it.
    pub href: String,
    /// Whether the page is in it.
    pub current: bool,
}

/// Begins what stands on a page only where some of its words are in another language.
pub const IF_MIXED_BEGIN: char = '\u{e002}';
/// Ends it.
pub const IF_MIXED_END: char = '\u{e003}';

/// The common part of a page.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What the page is, front-loaded; also its `<h1>` in most cases.
    pub title: String,
    /// The language of the page, BCP 47.
    pub lang: String,
    /// The partnership's own name.
    pub partnership: String,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// Whether everything shown is invented.
    pub demo: bool,
    /// The emergency numbers.
    pub emergency: Emergency,
    /// Whether the page reports errors; the title begins with "Error:".
    pub error: bool,
    /// The anti-forgery token of this session or form; empty where no form is sent.
    pub csrf: String,
    /// Where the exit link leads; it must clear the draft first. Public pages have one.
    pub exit: Option<String>,
    /// Where the back link leads.
    pub back: Option<String>,
    /// Ways in the footer.
    pub footer: Vec<NavItem>,
    /// Printed at the top of paper copies: marking, for whom, by whom, when.
    pub marking: Option<String>,
    /// Whether the page uses the full width, for queues and tables.
    pub wide: bool,
    /// The languages of the page; empty where there is one only.
    pub languages: Vec<PageLanguage>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            title: String::new(),
            lang: messages::tag(),
            partnership: String::new(),
            signed_in: None,
            demo: false,
            emergency: Emergency::default(),
            error: false,
            csrf: String::new(),
            exit: None,
            back: None,
            footer: Vec::new(),
            marking: None,
            wide: false,
            languages: Vec::new(),
        }
    }
}

impl Layout {
    /// A page with a title; set the other fields by struct update or one by one.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The hidden field with the anti-forgery token, for each form that is posted.
    #[must_use]
    pub fn csrf_field(&self) -> HiddenField {
        HiddenField::new("csrf", self.csrf.clone())
    }

    /// What says that some words are in English only, kept on the page where it is so.
    #[must_use]
    pub fn not_translated(&self) -> Markup {
        if self.languages.is_empty() || messages::is_source() {
            return Markup::default();
        }
        let note = InsetText::new(t!("Some words on this page are in English only."));
        Markup::trusted(format!("{IF_MIXED_BEGIN}{note}{IF_MIXED_END}"))
    }

    /// The address of the style sheet.
    #[must_use]
    pub fn style_url(&self) -> &'static str {
        asset_url("tessera.css")
    }

    /// The address of the script.
    #[must_use]
    pub fn script_url(&self) -> &'static str {
        asset_url("tessera.js")
    }

    /// The address of the style sheet for notes on words and for networks.
    #[must_use]
    pub fn work_style_url(&self) -> &'static str {
        asset_url("work.css")
    }

    /// The address of the script for notes on words and for keeping what is typed.
    #[must_use]
    pub fn work_script_url(&self) -> &'static str {
        asset_url("work.js")
    }

    /// The address of the script that draws a network which can be moved.
    #[must_use]
    pub fn picture_script_url(&self) -> &'static str {
        asset_url("picture.js")
    }

    /// The address of the icon.
    #[must_use]
    pub fn icon_url(&self) -> &'static str {
        asset_url("icon.svg")
    }

    /// The class that sets the width of the page.
    #[must_use]
    pub fn width_class(&self) -> &'static str {
        if self.wide { "tessera-width-wide" } else { "govuk-width-container" }
    }
}

/// A field that the form sends unseen.
#[derive(Clone, Debug, Template)]
#[template(path = "components/hidden_field.html")]
pub struct HiddenField {
    /// The field's name.
    pub name: String,
    /// What it sends.
    pub value: String,
}

impl HiddenField {
    /// A hidden field.
    #[must_use]
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

html_safe!(HiddenField);

//! The forms that grow and correct a file.

use tessera_app::child::{File, RawCorrection};
use tessera_core::{
    child::{Fact, Field},
    errors::FieldErrors,
    partial_date::RawDate,
    time::in_words,
};
use tessera_pages::{
    components::{Button, Content, Radios, Select, SelectItem, SummaryList, SummaryRow, TextInput},
    layout::Layout,
    page::{Form, Page, Section, p},
};

use super::{identity, shown_value};
use crate::{
    child::Typed,
    error::WebError,
    parts::{area, choices, date, err, select},
    site::{Site, Visitor},
};

/// The forms that add to a file. Each asks where the information comes from.
pub(in crate::child) async fn add(
    site: &Site,
    visitor: &Visitor,
    file: &File,
    typed: &Typed,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Add to the file").await?;
    let at = format!("/children/{}", file.identity.reference);
    layout.back = Some(at.clone());
    let involvement = involvement(site, &layout, &at, typed, errors).await?;
    Ok(Page::new(layout.clone())
        .above(identity(site, file))
        .part(event(site, &layout, &at, typed, errors))
        .part(fact(&layout, &at, typed, errors))
        .part(relation(site, &layout, &at, typed, errors))
        .part(involvement))
}

fn source(prefix: &str, value: &str, errors: &FieldErrors, mine: bool) -> TextInput {
    let none = FieldErrors::default();
    let mut input = TextInput::new("source", "Where does it come from?")
        .hint("For example: the child told me on 3 May; letter from school; health record")
        .value(value)
        .error_if(err(if mine { errors } else { &none }, "source"));
    input.id = if mine { "source".into() } else { format!("{prefix}-source") };
    input.label.for_id.clone_from(&input.id);
    input
}

/// The errors, when they belong to the form that was sent.
fn of(mine: bool, errors: &FieldErrors) -> FieldErrors {
    if mine { errors.clone() } else { FieldErrors::default() }
}

fn event(site: &Site, layout: &Layout, at: &str, typed: &Typed, all: &FieldErrors) -> Section {
    let t = &typed.event;
    let mine = typed.sent == "event";
    let errors = &of(mine, all);
    let happened = RawDate {
        day: t.happened_day.clone(),
        month: t.happened_month.clone(),
        year: t.happened_year.clone(),
        approximate: false,
    };
    let codes = &site.app.codes;
    let form = Form::new(format!("{at}/events"), layout)
        .part(date(
            "happened",
            "When did it happen? Leave out what is not known",
            &happened,
            errors,
        ))
        .part(select("kind", "What sort of event?", codes, "event_kind", &t.kind, errors))
        .part(
            area("fact", "What happened, or was said", &t.fact, errors)
                .hint("What is established or was seen, heard or said"),
        )
        .part(
            area("opinion", "What do you think of it? (optional)", &t.opinion, errors)
                .hint("Kept apart from the facts"),
        )
        .part(source("event", &t.source, errors, mine))
        .part(
            Radios::new("audience", "Who may read it?", choices(codes, "audience", &t.audience))
                .error_if(err(errors, "audience")),
        )
        .part(Button::new("Add to the chronology"));
    Section::new("add-event", "Something that happened").part(form)
}

fn fact(layout: &Layout, at: &str, typed: &Typed, all: &FieldErrors) -> Section {
    let t = &typed.fact;
    let mine = typed.sent == "fact";
    let errors = &of(mine, all);
    let mut items = vec![SelectItem::new("", "Choose")];
    items.extend(Field::ALL.iter().map(|f| SelectItem::new(f.id(), f.label())));
    let form = Form::new(format!("{at}/facts"), layout)
        .part(
            Select::new("field", "What do you want to add?", items)
                .chosen(&t.field)
                .error_if(err(errors, "field")),
        )
        .part(TextInput::new("value", "Value").value(&t.value).error_if(err(errors, "value")))
        .part(source("fact", &t.source, errors, mine))
        .part(Button::new("Add this"));
    Section::new("add-fact", "Something that is known").part(form)
}

fn relation(site: &Site, layout: &Layout, at: &str, typed: &Typed, all: &FieldErrors) -> Section {
    let t = &typed.relation;
    let mine = typed.sent == "relation";
    let errors = &of(mine, all);
    let yes_no = |name: &str, question: &str, value: &str| {
        let items = choices(&site.app.codes, "yes_no_unknown", value);
        Radios::new(name, question, items)
            .classes("govuk-radios--inline")
            .error_if(err(errors, name))
    };
    let form = Form::new(format!("{at}/relations"), layout)
        .part(TextInput::new("name", "Name, as known").value(&t.name).error_if(err(errors, "name")))
        .part(
            TextInput::new("relationship", "Who are they to the child?")
                .value(&t.relationship)
                .error_if(err(errors, "relationship")),
        )
        .part(yes_no(
            "parental_responsibility",
            "Do they hold parental responsibility?",
            &t.parental_responsibility,
        ))
        .part(TextInput::new("contact", "How to reach them").value(&t.contact))
        .part(yes_no("safe_to_contact", "Is it safe to contact them?", &t.safe_to_contact))
        .part(source("relation", &t.source, errors, mine))
        .part(Button::new("Add this person"));
    Section::new("add-relation", "A person around the child").part(form)
}

async fn involvement(
    site: &Site,
    layout: &Layout,
    at: &str,
    typed: &Typed,
    all: &FieldErrors,
) -> Result<Section, WebError> {
    let t = &typed.involvement;
    let mine = typed.sent == "involvement";
    let errors = &of(mine, all);
    let mut agencies = vec![SelectItem::new("", "Choose")];
    let known = site.app.agency_names().await?;
    agencies.extend(known.iter().map(|a| SelectItem::new(a.id.to_string(), &a.name)));
    let mut people = vec![SelectItem::new("", "The agency as a whole")];
    let known = site.app.colleague_names().await?;
    people.extend(
        known
            .iter()
            .map(|u| SelectItem::new(u.id.to_string(), format!("{}, {}", u.name, u.agency_name))),
    );
    let form = Form::new(format!("{at}/involvements"), layout)
        .part(
            Select::new("agency", "Agency", agencies)
                .chosen(&t.agency)
                .error_if(err(errors, "agency")),
        )
        .part(Select::new("user", "Worker", people).chosen(&t.user).error_if(err(errors, "user")))
        .part(
            TextInput::new("role", "What do they do for the child?")
                .value(&t.role)
                .error_if(err(errors, "role")),
        )
        .part(Button::new("Name them"));
    Ok(Section::new("add-involvement", "An agency or a worker")
        .part(p("A worker who is named here may open this file."))
        .part(form))
}

/// The form that corrects one value.
pub(in crate::child) async fn correct(
    site: &Site,
    visitor: &Visitor,
    file: &File,
    fact: &Fact,
    raw: &RawCorrection,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let title = format!("Correct: {}", fact.field.label().to_lowercase());
    let mut layout = site.layout(visitor, title).await?;
    let at = format!("/children/{}", file.identity.reference);
    layout.back = Some(at.clone());
    let standing = SummaryList::new([
        SummaryRow::new("Recorded now", shown_value(fact.field, &fact.value)),
        SummaryRow::new("Source", Content::from(fact.source.clone())),
        SummaryRow::new(
            "Recorded",
            format!("{}, {}", fact.recorded_by, in_words(fact.recorded_at)),
        ),
    ]);
    let form = Form::new(format!("{at}/correct/{}", fact.id), &layout)
        .part(
            TextInput::new("value", "What should it be?")
                .hint("Leave it empty if this is wrong and the right value is not known")
                .value(&raw.value)
                .error_if(err(errors, "value")),
        )
        .part(source("correct", &raw.source, errors, true))
        .part(area("reason", "Why is it corrected?", &raw.reason, errors))
        .part(Button::new("Correct it"));
    Ok(Page::new(layout)
        .above(identity(site, file))
        .part(standing)
        .part(p("The old value stays on record with your reason."))
        .part(form))
}

//! The fields of each page of a screening.

use tessera_app::screening::{Indicator, Instrument, RawIndicator, RawScreening};
use tessera_core::{errors::FieldErrors, messages::content, t};
use tessera_pages::{
    components::{Checkboxes, Choice, Content, Label, Radios, TextInput, Textarea},
    page::{Form, Section, bullets, h2, p},
};

use crate::{
    parts::{area, choices, date, err},
    site::Site,
};

/// What the fields of a page are made from: a draft, or a preview.
pub(crate) struct Asked<'a> {
    /// The instrument.
    pub(crate) instrument: &'a Instrument,
    /// What was answered so far.
    pub(crate) raw: &'a RawScreening,
    /// Whether the worker has an account.
    pub(crate) signed_in: bool,
}

fn input(name: &str, label: impl Into<Label>, value: &str, errors: &FieldErrors) -> TextInput {
    TextInput::new(name, label).value(value).error_if(err(errors, name))
}

pub(super) fn child(form: Form, open: &Asked<'_>, errors: &FieldErrors) -> Form {
    let raw = open.raw;
    let child = &raw.child;
    let ways = [Choice::new("yes", t!("Yes")), Choice::new("no", t!("No, or I do not know"))];
    let danger = Radios::new("danger", t!("Is a child in danger now?"), ways)
        .hint(t!("If so, stop and call 999."))
        .chosen([if raw.danger == "yes" { "yes" } else { "no" }])
        .classes("govuk-radios--inline");
    let form = form
        .part(danger)
        .part(input("name", t!("Name, or part of it"), &child.name, errors))
        .part(input("known_as", t!("Nickname or other names"), &child.known_as, errors))
        .part(date("born", t!("Date of birth, as far as you know it"), &child.born, errors))
        .part(input("age", t!("Age, if you do not know the date"), &child.age, errors).width(10))
        .part(input("school", t!("School, college or club"), &child.school, errors))
        .part(input("address", t!("Where they live or stay"), &child.address, errors))
        .part(
            input(
                "missing_episodes",
                t!("How often were they reported missing in the last 90 days?"),
                &raw.missing_episodes,
                errors,
            )
            .hint(t!("A number from the records. Leave it empty if you do not know."))
            .inputmode("numeric")
            .width(3),
        );
    if open.signed_in {
        return form
            .part(input("nhs_number", t!("NHS number"), &child.nhs_number, errors).width(20));
    }
    form.part(h2(t!("About you")))
        .part(input("sender_name", t!("Your name"), &raw.sender_name, errors).autocomplete("name"))
        .part(
            input(
                "sender_contact",
                t!("Telephone number or e-mail address"),
                &raw.sender_contact,
                errors,
            )
            .hint(t!("So that the safeguarding lead can ask you something.")),
        )
}

/// The name of a response on the page, without its explanation.
fn short(label: &str) -> &str {
    label.split(" - ").next().unwrap_or(label)
}

pub(super) fn section(form: Form, open: &Asked<'_>, place: usize) -> Form {
    let instrument = open.instrument;
    let file = instrument.file();
    let options = &file.response.options;
    let indicators = instrument
        .sections()
        .get(place)
        .and_then(|one| instrument.indicators().get(one.indicators.clone()))
        .unwrap_or_default();
    let explained = options.iter().filter_map(|option| option.label.split_once(" - "));
    let mut form =
        form.part(bullets(explained.map(|(name, means)| content(&format!("{name}: {means}.")))));
    for indicator in indicators {
        let answer = open.raw.answer(&indicator.id);
        let items = options.iter().map(|one| Choice::new(&one.id, content(short(&one.label))));
        let mut radios = Radios::new(&indicator.id, content(&indicator.text), items)
            .chosen([answer.answered().id()])
            .classes("govuk-radios--inline govuk-radios--small");
        let class = file.classes.get(indicator.class.id());
        let harm = class.filter(|_| indicator.class.id() == "harm_sign");
        let hint = [
            harm.map(|class| format!("{}: {}.", class.label, class.meaning)),
            indicator.note.clone(),
        ];
        let hint: Vec<String> = hint.into_iter().flatten().collect();
        radios.hint = (!hint.is_empty()).then(|| content(&hint.join(" ")).into());
        form = form.part(radios);
    }
    form
}

pub(super) fn more(form: Form, open: &Asked<'_>, place: usize, errors: &FieldErrors) -> Form {
    let instrument = open.instrument;
    let indicators = instrument
        .sections()
        .get(place)
        .and_then(|one| instrument.indicators().get(one.indicators.clone()))
        .unwrap_or_default();
    let present: Vec<&Indicator> =
        indicators.iter().filter(|one| open.raw.answer(&one.id).is_present()).collect();
    let none = present.is_empty();
    let mut form = form;
    for indicator in present {
        let id = &indicator.id;
        let answer = open.raw.answer(id);
        form = form.part(details(instrument, id, indicator, &answer, errors));
    }
    if !none {
        return form;
    }
    form.part(p(t!("Nothing in this part was answered with yes or possible.")))
}

fn details(
    instrument: &Instrument,
    id: &str,
    indicator: &Indicator,
    answer: &RawIndicator,
    errors: &FieldErrors,
) -> Section {
    let rules = &instrument.file().response;
    let response = rules.options.iter().find(|one| one.id == answer.response);
    let response = response.map_or_else(String::new, |one| content(short(&one.label)));
    let ways = rules.evidence_basis.iter().map(|one| Choice::new(&one.id, content(&one.label)));
    let basis = format!("{id}-basis");
    let narrative = format!("{id}-narrative");
    let mut words = Textarea::new(&narrative, t!("What was seen, heard or said"))
        .value(&answer.narrative)
        .rows(4)
        .error_if(err(errors, &narrative));
    words.hint = indicator.prompt.as_deref().map(|text| Content::from(content(text)));
    Section::new(id, content(&indicator.text))
        .part(p(t!("Your answer: {answer}", answer = response)))
        .part(
            date(&format!("{id}-on"), t!("When was it last seen or known?"), &answer.on, errors)
                .hint(t!("A month and year, or a year, is enough.")),
        )
        .part(
            Radios::new(&basis, t!("How is this known?"), ways)
                .chosen([answer.basis.as_str()])
                .classes("govuk-radios--small")
                .error_if(err(errors, &basis)),
        )
        .part(words)
}

pub(super) fn words(site: &Site, form: Form, open: &Asked<'_>, errors: &FieldErrors) -> Form {
    let raw = open.raw;
    let factors = &open.instrument.file().protective_factors;
    let factors = factors.iter().map(|one| Choice::new(&one.id, content(&one.text)));
    let knows = |name: &str, question: String, value: &str| {
        Radios::new(name, question, choices(&site.app.codes, "knows", value))
            .classes("govuk-radios--small")
    };
    form.part(
        area("child_words", t!("The child's own words"), &raw.child_words, errors)
            .hint(t!("As near as you can. Do not ask the child for more details.")),
    )
    .part(area(
        "child_wishes",
        t!("What the child wants, and is afraid of"),
        &raw.child_wishes,
        errors,
    ))
    .part(
        Checkboxes::new("protective", t!("What helps to keep the child safe?"), factors)
            .hint(t!("These stand beside the result. They never lower it."))
            .chosen(raw.protective.iter().map(String::as_str)),
    )
    .part(
        area(
            "others",
            t!("Other people, cars, telephones, names used online"),
            &raw.others,
            errors,
        )
        .hint(t!("A name or part of it, a number plate or part of it, a name on an app")),
    )
    .part(input("place", t!("Places"), &raw.place, errors))
    .part(
        area("opinion", t!("What do you think is happening?"), &raw.opinion, errors)
            .hint(t!("This is kept apart from what you saw and heard.")),
    )
    .part(knows("child_knows", t!("Does the child know of this?"), &raw.child_knows))
    .part(knows("parents_know", t!("Do the parents or carers know?"), &raw.parents_know))
}

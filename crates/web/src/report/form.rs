//! The form of a report: one page, one required answer, small blocks that repeat.

use tessera_core::{
    errors::FieldErrors,
    partial_date::RawDate,
    report::{LONG, MAX_MENTIONS, MentionKind, RawMention, RawReport},
};
use tessera_pages::{
    components::{
        Button, Checkboxes, Choice, Content, Details, Limit, Link, Markup, Radios, TextInput,
        Textarea,
    },
    page::{Form, Page, Section, h2, p},
};

use crate::{
    error::WebError,
    form::Pairs,
    parts::{area, choices, date, err, select},
    report::gate,
    site::{Site, Visitor},
};

/// The parts of a block by kind: field, label, hint.
const fn parts_of(kind: MentionKind) -> &'static [(&'static str, &'static str, &'static str)] {
    match kind {
        MentionKind::Person => &[
            ("value", "Name or nickname", "Any part of it"),
            ("age", "Age, roughly", ""),
            ("looks", "What they look like", ""),
        ],
        MentionKind::Vehicle => &[
            ("value", "Plate, or part of it", "For example: AB51 ABC, or starts AB51, or ends ABC"),
            ("colour", "Colour", ""),
            ("make", "Make or kind", "For example: Transit van"),
        ],
        MentionKind::Phone => &[("value", "Number, or part of it", "For example: ends 0123")],
        MentionKind::Handle => {
            &[("value", "Name used online, or e-mail", ""), ("platform", "App or website", "")]
        }
        MentionKind::Place => &[
            ("value", "Name of the place", "A shop, park, hotel or house"),
            ("address", "Street, town or postcode", ""),
        ],
    }
}

/// From posted pairs.
pub(super) fn read(pairs: &Pairs) -> RawReport {
    let text = |name: &str| pairs.get(name).to_owned();
    RawReport {
        what: text("what"),
        opinion: text("opinion"),
        when_text: text("when_text"),
        happened: RawDate {
            day: text("happened_day"),
            month: text("happened_month"),
            year: text("happened_year"),
            approximate: false,
        },
        place: text("place"),
        mentions: MentionKind::ALL.into_iter().flat_map(|kind| blocks(pairs, kind)).collect(),
        origin: text("origin"),
        provenance: text("provenance"),
        who_else: text("who_else"),
        source_risk: text("source_risk"),
        child_risk: text("child_risk"),
        risk_why: text("risk_why"),
        protect: text("protect"),
        doubted: text("doubted"),
    }
}

fn blocks(pairs: &Pairs, kind: MentionKind) -> Vec<RawMention> {
    let id = kind.id();
    (0..MAX_MENTIONS)
        .take_while(|n| pairs.has(&format!("{id}-{n}-value")))
        .map(|n| {
            let text = |part: &str| pairs.get(&format!("{id}-{n}-{part}")).to_owned();
            RawMention {
                kind: id.to_owned(),
                value: text("value"),
                age: text("age"),
                looks: text("looks"),
                make: text("make"),
                colour: text("colour"),
                platform: text("platform"),
                address: text("address"),
                child: text("child"),
                found: text("found"),
            }
        })
        .filter(|mention| !mention.is_empty())
        .collect()
}

/// The form. `more` is the kind of which one more block is asked for.
pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawReport,
    more: Option<MentionKind>,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Send a piece of information").await?;
    layout.back = Some("/reports".into());
    let codes = &site.app.codes;
    let mut form = Form::new("/reports/new", &layout)
        .part(
            Textarea::new("what", "What did you see or hear?")
                .hint("One matter for each report. What you think comes further down.")
                .value(&raw.what)
                .rows(6)
                .limit(Limit::Characters(LONG))
                .error_if(err(errors, "what")),
        )
        .part(
            TextInput::new("when_text", "When was it?")
                .hint("For example: Tuesdays after school, or about 4pm")
                .value(&raw.when_text)
                .error_if(err(errors, "when_text")),
        )
        .part(
            date("happened", "What date, as far as you know?", &raw.happened, errors)
                .hint("A month or a year alone is fine"),
        )
        .part(
            TextInput::new("place", "Where was it?")
                .value(&raw.place)
                .error_if(err(errors, "place")),
        );
    let origins = choices(codes, "origin", &raw.origin);
    // This button comes before those that add a block: it is the one that the Enter key presses.
    form = form
        .part(Radios::new("origin", "How do you know?", origins).error_if(err(errors, "origin")))
        .part(Button::new("Continue"))
        .part(h2("People and things in it, if you know more"));
    for kind in MentionKind::ALL {
        form = form.part(kind_block(raw, kind, more == Some(kind), errors));
    }
    let form =
        form.part(further(site, raw, errors)).part(Button::new("Continue with these").secondary());
    Ok(Page::new(layout)
        .part(gate())
        .part(p(Link::new("Tell the front door that a child needs help", "/tell")))
        .part(form))
}

/// The blocks of one kind, folded until there is something in them.
fn kind_block(raw: &RawReport, kind: MentionKind, more: bool, errors: &FieldErrors) -> Details {
    let id = kind.id();
    let given: Vec<&RawMention> = raw.mentions.iter().filter(|m| m.kind == id).collect();
    let empty = RawMention::default();
    let shown = (given.len() + usize::from(more)).max(1);
    let mut body = Vec::new();
    let mut wrong = false;
    for n in 0..shown {
        let mention = given.get(n).copied().unwrap_or(&empty);
        let heading = format!("{} {}", kind.label(), n + 1);
        let mut section = Section::new(&format!("{id}-{n}"), heading);
        for (part, label, hint) in parts_of(kind) {
            let name = format!("{id}-{n}-{part}");
            let value = mention.parts().find(|(p, _)| p == part).map_or("", |(_, text)| text);
            let message = err(errors, &name);
            wrong |= message.is_some();
            let mut input = TextInput::new(&name, *label).value(value).width(20).error_if(message);
            if !hint.is_empty() {
                input = input.hint(*hint);
            }
            section = section.part(input);
        }
        if kind == MentionKind::Person {
            let name = format!("{id}-{n}-child");
            let choices = [
                Choice::new("yes", "A child"),
                Choice::new("no", "An adult"),
                Choice::new("", "Not known"),
            ];
            section = section.part(
                Radios::new(&name, "A child or an adult?", choices)
                    .chosen([mention.child.as_str()])
                    .classes("govuk-radios--small govuk-radios--inline"),
            );
        }
        body.push(Markup::of(&section));
    }
    let another = format!("Add another: {}", kind.label().to_lowercase());
    body.push(Markup::of(&Button::new(another).named("more", id).secondary()));
    let summary = if given.is_empty() {
        kind.plural().to_owned()
    } else {
        format!("{} ({})", kind.plural(), given.len())
    };
    let mut details = Details::new(summary, Content::Html(join(&body)));
    details.open = more || wrong || !given.is_empty();
    details
}

/// Parts one after another.
fn join(parts: &[Markup]) -> Markup {
    Markup::join(parts.iter())
}

/// What may be left out: what one thinks, how one came to know, who is at risk.
fn further(site: &Site, raw: &RawReport, errors: &FieldErrors) -> Details {
    let codes = &site.app.codes;
    let risk = |name: &str, label: &str, chosen: &str| {
        Markup::of(&select(name, label, codes, "report_risk", chosen, errors))
    };
    let ticks = Checkboxes::new(
        "protect",
        "Who may know, and doubts",
        [
            Choice::new("yes", "My agency must not be shown as the sender")
                .checked(raw.protect == "yes"),
            doubt(raw),
        ],
    );
    let body = [
        Markup::of(&area("opinion", "What do you think is happening?", &raw.opinion, errors)),
        Markup::of(
            &area("provenance", "How did you come to know it?", &raw.provenance, errors)
                .hint("Only the intelligence desk reads this."),
        ),
        Markup::of(
            &area("who_else", "Who else knows this?", &raw.who_else, errors)
                .hint("Could only one person have known it? Say so."),
        ),
        risk("source_risk", "Is whoever told you at risk if it comes out?", &raw.source_risk),
        risk("child_risk", "Is a child at risk if somebody acts on it?", &raw.child_risk),
        Markup::of(&area("risk_why", "Why?", &raw.risk_why, errors)),
        Markup::of(&ticks),
    ];
    let mut details =
        Details::new("How you came to know, and who may be at risk", Content::Html(join(&body)));
    let given = [&raw.opinion, &raw.provenance, &raw.who_else, &raw.source_risk, &raw.child_risk];
    let fields = ["opinion", "provenance", "who_else", "source_risk", "child_risk", "risk_why"];
    details.open = given.iter().any(|text| !text.is_empty())
        || fields.iter().any(|field| errors.of(field).is_some());
    details
}

fn doubt(raw: &RawReport) -> Choice {
    let mut choice = Choice::new("yes", "I doubt it: it may be untrue or told in bad faith")
        .checked(raw.doubted == "yes");
    choice.name = Some("doubted".into());
    choice.id = Some("doubted".into());
    choice
}

//! The answers of a screening, in the wording of its own version, and the words beside them.

use tessera_app::screening::{Response, State};
use tessera_core::{errors::FieldErrors, time::day_in_words};
use tessera_pages::{
    components::{Content, Details, SummaryList, SummaryRow},
    page::{Section, bullets, h3, p, words as quoted},
};

use super::View;
use crate::parts::or_not_given;

/// An answer with what it counted as on the day.
pub(super) fn in_words(response: Response, state: State) -> String {
    let answer = match response {
        Response::Yes => "Yes",
        Response::Possible => "Possible",
        Response::No => "No",
        Response::NotKnown => "Not known",
    };
    if state == State::Historic { format!("{answer}, in the past") } else { answer.to_owned() }
}

/// The answers, section by section; those that are present with what was told about them.
pub(super) fn answers(view: &View<'_>) -> Section {
    let instrument = &view.shown.instrument;
    let mut section = Section::new("answers", "The answers")
        .part(p(format!("In the words of version {}.", instrument.file().instrument.version)));
    let mut rest = Vec::new();
    for group in instrument.sections() {
        let indicators = instrument.indicators().get(group.indicators.clone()).unwrap_or_default();
        let mut rows = Vec::new();
        for indicator in indicators {
            let answer = view.shown.raw.answer(&indicator.id);
            if answer.is_present() {
                rows.push(SummaryRow::new(
                    indicator.text.as_str(),
                    Content::lines(&told(view, &indicator.id)),
                ));
            } else {
                let given = in_words(answer.answered(), State::Neither);
                rest.push(format!("{given}: {}", indicator.text));
            }
        }
        if !rows.is_empty() {
            section = section.part(h3(group.title.as_str())).part(SummaryList::new(rows));
        }
    }
    if !rest.is_empty() {
        let list = Content::from(bullets(rest));
        section = section.part(Details::new("What was answered with no or not known", list));
    }
    section
}

/// What was told about one answer.
fn told(view: &View<'_>, id: &str) -> String {
    let shown = view.shown;
    let answer = shown.raw.answer(id);
    let state = shown.instrument.place_of(id).and_then(|place| shown.outcome.states.get(place));
    let response = in_words(answer.answered(), state.copied().unwrap_or_default());
    let known = &shown.instrument.file().response.evidence_basis;
    let known = known.iter().find(|one| one.id == answer.basis);
    let known = known.map_or("How it is known was not said", |one| one.label.as_str());
    let on = answer.on.read(&mut FieldErrors::default(), "").map(|date| match date.exact() {
        Some(day) => day_in_words(day),
        None => date.to_string(),
    });
    let on = on.unwrap_or_else(|| "day not known".into());
    format!("{response}. {known}. Last: {on}.\n{}", answer.narrative.trim())
}

/// The child's own words, what was thought, and the conversation before.
pub(super) fn words(view: &View<'_>) -> Section {
    let raw = &view.shown.raw;
    let mut section = Section::new("words", "The child's own words and wishes");
    let said = [&raw.child_words, &raw.child_wishes].map(|text| text.trim());
    section = match said {
        ["", ""] => section.part(p("Nothing was written down.")),
        [own, ""] | ["", own] => section.part(quoted(own)),
        [own, wishes] => section.part(quoted(own)).part(quoted(wishes)),
    };
    let code = |id: &str| {
        if id.is_empty() { String::new() } else { view.site.app.codes.label("knows", id) }
    };
    let (child_knows, parents_know) = (code(&raw.child_knows), code(&raw.parents_know));
    let row =
        |key: &str, value: &str| SummaryRow::new(key, Content::lines(&or_not_given(Some(value))));
    section = section.part(h3("What the worker thinks, and what else there is")).part(
        SummaryList::new([
            row("Opinion", &raw.opinion),
            row("Others", &raw.others),
            row("Places", &raw.place),
            row("The child knows", &child_knows),
            row("The parents know", &parents_know),
        ]),
    );
    let Some(had) = &raw.differences else { return section };
    section
        .part(h3("Know the differences, before this screening"))
        .part(p(format!("Version {}: {}", had.version, had.result)))
        .part(quoted(&had.summary.join("\n")))
}

//! The parts of a version as forms: what there is, the entries of a part, and one entry.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    screening::{
        InParts, RawEntry,
        edit::{Entry, Field, Filled, Kind, Move, Place, Shape, choices, rules_in_words},
        file::InstrumentFile,
        name_of,
    },
};
use tessera_core::{errors::FieldErrors, ids::InstrumentId};
use tessera_pages::{
    components::{
        Button, Checkboxes, Choice, Content, Details, ErrorMessage, InsetText, Link, Markup,
        Radios, Select, SelectItem, SummaryList, SummaryRow, TextInput, WarningText,
    },
    page::{Form as PageForm, Page, Section, bullets, buttons, h3, p},
};

use super::id;
use crate::{
    error::WebError,
    form::Pairs,
    parts::{Answer, beginning, err, go, plain_area, show, show_errors},
    site::{Site, Visitor},
};

/// The parts under a few headings, in the order in which people think of them.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "What a worker is asked",
        &["about", "sections", "questions", "answers", "basis", "recency", "protective"],
    ),
    (
        "What the rules make of it",
        &["classes", "types", "levels", "overlays", "rules", "floors", "prompts", "judgement"],
    ),
    ("What follows", &["actions", "routes", "use"]),
    ("How it is checked", &["cases", "sources"]),
];

/// The most choices that stand side by side; more are picked from a list.
const MOST_RADIOS: usize = 6;

/// All parts, with links to their forms.
pub(super) fn contents(found: &InParts) -> Section {
    let section = Section::new("parts", "The parts of this version");
    let file = match &found.file {
        Ok(file) => file,
        Err(fault) => {
            return section
                .part(WarningText::new("The text cannot be shown as forms until it is mended."))
                .part(bullets([fault.as_str()]));
        }
    };
    let places = Place::all(file);
    GROUPS.iter().fold(section, |section, (title, ids)| {
        let mine = places.iter().filter(|place| ids.contains(&place.part.id));
        let links = mine.map(|place| {
            let entries = place.entries(file).len();
            let words = match place.part.shape {
                Shape::One => place.title(file),
                _ => format!("{} ({entries})", place.title(file)),
            };
            Content::from(Link::new(words, address(found, place)))
        });
        section.part(h3(*title)).part(bullets(links))
    })
}

fn address(found: &InParts, place: &Place) -> String {
    format!("/instruments/{}/parts/{}", found.kept.id, place.address())
}

/// A part of a version, or that there is none.
async fn found_part(
    site: &Site,
    visitor: &Visitor,
    instrument: &str,
    part: &str,
) -> Result<(InParts, Place), WebError> {
    let found = site.app.instrument_in_parts(&visitor.actor, id(instrument)?).await?;
    let place = Place::from_address(part).ok_or(WebError::NotFound)?;
    Ok((found, place))
}

fn file_of(found: &InParts) -> Result<&InstrumentFile, WebError> {
    // A text that cannot be shown as forms has none to open.
    found.file.as_ref().map_err(|_| WebError::NotFound)
}

/// The entries of a part; the one entry of a part that has only one.
pub(crate) async fn part(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((instrument, part)): Path<(String, String)>,
) -> Answer {
    let (found, place) = found_part(&site, &visitor, &instrument, &part).await?;
    let file = file_of(&found)?;
    let known = Place::all(file).iter().any(|one| one.address() == place.address());
    if !known {
        return Err(WebError::NotFound);
    }
    if place.part.shape == Shape::One {
        return go(&format!("{}/0", address(&found, &place)));
    }
    let mut layout = site.layout(&visitor, place.title(file)).await?;
    layout.back = Some(format!("/instruments/{}#parts", found.kept.id));
    let said = found.instrument.as_ref().map(rules_in_words).unwrap_or_default();
    let items = place.entries(file).into_iter().enumerate().map(|(at, entry)| {
        let words = match (entry.id.as_str(), entry.words.as_str()) {
            ("", words) => words.to_owned(),
            (id, "") => id.to_owned(),
            (id, words) => format!("{id}: {words}"),
        };
        let link = Link::new(beginning(&words, 140), format!("{}/{at}", address(&found, &place)));
        let rule = said.iter().find(|(id, _)| *id == entry.id && is_rule(&place));
        match rule {
            Some((_, words)) => Content::from(Markup::join([
                Markup::of(&p(link)),
                Markup::of(&InsetText::new(format!("In words: {words}."))),
            ])),
            None => Content::from(link),
        }
    });
    let add = (place.part.shape.grows() && found.is_open()).then(|| {
        Button::link(
            format!("Add another {}", place.part.one),
            format!("{}/new", address(&found, &place)),
        )
    });
    let page = Page::new(layout)
        .caption(format!("{} {}", found.kept.code, found.kept.version))
        .part(p(place.part.explain))
        .part(bullets(items))
        .part_if(add)
        .part_if((!found.is_open()).then(closed));
    show(&page)
}

fn closed() -> InsetText {
    InsetText::new("This version was sent or published. It can be read, and is not changed.")
}

fn is_rule(place: &Place) -> bool {
    ["rules", "floors", "prompts"].contains(&place.part.id)
}

/// `new`, or the place of an entry.
fn number(entry: &str) -> Result<Option<usize>, WebError> {
    match entry {
        "new" => Ok(None),
        number => number.parse().map(Some).map_err(|_| WebError::NotFound),
    }
}

/// One entry, or an empty form for a new one.
pub(crate) async fn entry(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((instrument, part, entry)): Path<(String, String, String)>,
) -> Answer {
    let (found, place) = found_part(&site, &visitor, &instrument, &part).await?;
    let at = number(&entry)?;
    let form = place.form(file_of(&found)?, at).ok_or(WebError::NotFound)?;
    one(&site, &visitor, &found, &place, at, &form, &FieldErrors::default()).await
}

/// Keeps an entry, or moves or removes it.
pub(crate) async fn keep(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((instrument, part, entry)): Path<(String, String, String)>,
    pairs: Pairs,
) -> Answer {
    let (found, place) = found_part(&site, &visitor, &instrument, &part).await?;
    let (id, at) = (id(&instrument)?, number(&entry)?);
    if place.form(file_of(&found)?, at).is_none() {
        return Err(WebError::NotFound);
    }
    let revision = pairs.get("revision").parse().unwrap_or_default();
    let how = [("up", Move::Up), ("down", Move::Down), ("remove", Move::Remove)];
    let how = how.into_iter().find(|(name, _)| pairs.has(name)).map(|(_, how)| how);
    let done = if let (Some(how), Some(at)) = (how, at) {
        site.app.arrange_entry(&visitor.actor, id, &place, at, how, revision).await
    } else {
        let raw = RawEntry {
            revision,
            was: pairs.get("was").to_owned(),
            values: pairs.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        };
        site.app.keep_entry(&visitor.actor, id, &place, at, &raw).await
    };
    match done {
        Ok(()) => go(&after(id, &place, how, at)),
        Err(AppError::Fields(errors)) => {
            let found = site.app.instrument_in_parts(&visitor.actor, id).await?;
            let typed = if how.is_some() { None } else { Some(typed(&place, &pairs)) };
            let form = typed.or_else(|| place.form(found.file.as_ref().ok()?, at));
            let form = form.ok_or(WebError::NotFound)?;
            one(&site, &visitor, &found, &place, at, &form, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where somebody goes on: to the list, or with an entry that was moved.
fn after(id: InstrumentId, place: &Place, how: Option<Move>, at: Option<usize>) -> String {
    let list = format!("/instruments/{id}/parts/{}", place.address());
    match (how, at) {
        (Some(Move::Up), Some(at)) => format!("{list}/{}", at.saturating_sub(1)),
        (Some(Move::Down), Some(at)) => format!("{list}/{}", at + 1),
        _ if place.part.shape == Shape::One => format!("/instruments/{id}#parts"),
        _ => list,
    }
}

/// What was typed, as the form holds it.
fn typed(place: &Place, pairs: &Pairs) -> Filled {
    let held = |field: &Field| {
        let name = field.name();
        let values = pairs.all(&name).map(str::to_owned).collect();
        (name, values)
    };
    place.part.fields.iter().map(held).collect()
}

async fn one(
    site: &Site,
    visitor: &Visitor,
    found: &InParts,
    place: &Place,
    at: Option<usize>,
    form: &Filled,
    errors: &FieldErrors,
) -> Answer {
    let file = file_of(found)?;
    let entries = place.entries(file);
    let named = at.and_then(|at| entries.get(at));
    let title = match named.map(name_of) {
        Some(_) if place.part.shape == Shape::One => place.part.title.to_owned(),
        Some(name) => format!("{}: {}", place.part.one, beginning(&name, 60)),
        None => format!("A new {}", place.part.one),
    };
    let mut layout = site.layout(visitor, capital(&title)).await?;
    layout.back = Some(match place.part.shape {
        Shape::One => format!("/instruments/{}#parts", found.kept.id),
        _ => address(found, place),
    });
    let end = at.map_or_else(|| "new".to_owned(), |at| at.to_string());
    let action = format!("{}/{end}", address(found, place));
    let was = named.map(name_of).unwrap_or_default();
    let opens = site.app.what_actions_open();
    let filled = place.part.fields.iter().zip(form).fold(
        PageForm::new(&action, &layout)
            .hidden("revision", found.kept.revision.to_string())
            .hidden("was", was),
        |form, (field, (_, held))| form.part(input(file, field, held, &opens, errors)),
    );
    let arrange = at.filter(|_| place.part.shape.grows() || place.part.id == "answers");
    let page = Page::new(layout.clone())
        .caption(format!("{} {}, {}", found.kept.code, found.kept.version, place.title(file)))
        .part_if((!found.is_open()).then(closed))
        .part_if(in_words(found, place, named))
        .part_if(found.is_open().then(|| filled.part(Button::new("Keep"))))
        .part_if((!found.is_open()).then(|| read_only(place, form)))
        .part_if(help(file, place))
        .part_if(arrange.filter(|_| found.is_open()).map(|at| {
            let form =
                PageForm::new(&action, &layout).hidden("revision", found.kept.revision.to_string());
            arranged(form, place, at, entries.len(), errors)
        }));
    show_errors(page, errors)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The condition of a rule in words, as it is kept.
fn in_words(found: &InParts, place: &Place, entry: Option<&Entry>) -> Option<InsetText> {
    let entry = entry.filter(|_| is_rule(place))?;
    let said = rules_in_words(found.instrument.as_ref()?);
    let (_, words) = said.into_iter().find(|(id, _)| *id == entry.id)?;
    Some(InsetText::new(format!("In words, as it is kept: {words}.")))
}

/// What the fields hold, where nothing may be changed.
fn read_only(place: &Place, form: &Filled) -> Content {
    let rows = place.part.fields.iter().zip(form).filter_map(|(field, (_, held))| {
        let held = held.join(", ");
        (!held.is_empty()).then(|| SummaryRow::new(field.label, held))
    });
    Content::from(SummaryList::new(rows))
}

fn arranged(form: PageForm, place: &Place, at: usize, all: usize, errors: &FieldErrors) -> Section {
    let is_list = matches!(place.part.shape, Shape::List | Shape::Fixed);
    let mut ways = Vec::new();
    if is_list && at > 0 {
        ways.push(Button::new("Move up").named("up", "1").secondary());
    }
    if is_list && at + 1 < all {
        ways.push(Button::new("Move down").named("down", "1").secondary());
    }
    if place.part.shape.grows() {
        ways.push(Button::new("Remove").named("remove", "1").warning());
    }
    let error = err(errors, "entries")
        .map(|text| ErrorMessage { text: text.into(), ..ErrorMessage::default() });
    Section::new("entries", format!("Its place: {} of {all}", at + 1))
        .part_if(error)
        .part(form.part(buttons(ways)))
}

/// One field.
fn input(
    file: &InstrumentFile,
    field: &Field,
    held: &[String],
    opens: &[(String, String)],
    errors: &FieldErrors,
) -> Content {
    let name = field.name();
    let value = held.first().map_or("", String::as_str);
    let label = match (field.required, field.kind) {
        (false, kind) if kind != Kind::Tick => format!("{} (optional)", field.label),
        _ => field.label.to_owned(),
    };
    let hint = (!field.hint.is_empty()).then(|| Content::from(field.hint));
    let error = err(errors, &name);
    match field.kind {
        Kind::Text
        | Kind::Lines
        | Kind::Condition
        | Kind::PromptCondition
        | Kind::SetWhen
        | Kind::Ids(_)
        | Kind::IdsOrNone(_) => {
            let rows = if field.kind == Kind::Lines { 5 } else { 3 };
            let mut area = plain_area(&name, &label, value, errors).rows(rows);
            area.hint = hint;
            area.spellcheck = matches!(field.kind, Kind::Text | Kind::Lines).then_some(true);
            area.into()
        }
        Kind::Tick => {
            let mut boxes = Checkboxes::new(&name, label, [Choice::new("yes", "Yes")])
                .chosen([value])
                .error_if(error);
            boxes.hint = hint;
            boxes.into()
        }
        Kind::Many(of) => {
            let items = choices(file, of, opens);
            let items = items.into_iter().map(|(id, label)| Choice::new(id, label));
            let mut boxes = Checkboxes::new(&name, label, items)
                .chosen(held.iter().map(String::as_str))
                .classes("govuk-checkboxes--small")
                .error_if(error);
            boxes.hint = hint;
            boxes.into()
        }
        Kind::One(of) => {
            let items = choices(file, of, opens);
            if items.len() > MOST_RADIOS {
                let mut all = vec![SelectItem::new("", "Choose")];
                all.extend(
                    items.into_iter().map(|(id, label)| SelectItem::new(id, beginning(&label, 70))),
                );
                let mut select = Select::new(&name, label, all).chosen(value).error_if(error);
                select.hint = hint;
                return select.into();
            }
            let mut all: Vec<Choice> =
                items.into_iter().map(|(id, label)| Choice::new(id, label)).collect();
            if !field.required {
                all.push(Choice::new("", "None of these"));
            }
            let mut radios = Radios::new(&name, label, all)
                .chosen([value])
                .classes("govuk-radios--small")
                .error_if(error);
            radios.hint = hint;
            radios.into()
        }
        Kind::Whole(_) | Kind::Decimal => {
            let mut input = TextInput::new(&name, label)
                .value(value)
                .inputmode("numeric")
                .width(5)
                .error_if(error);
            input.hint = hint;
            input.into()
        }
        Kind::Line | Kind::Key => {
            let mut input = TextInput::new(&name, label).value(value).error_if(error);
            input.hint = hint;
            input.into()
        }
    }
}

/// The words of conditions and the short names of questions, where a field asks for them.
fn help(file: &InstrumentFile, place: &Place) -> Option<Content> {
    let asks = |wanted: fn(Kind) -> bool| place.part.fields.iter().any(|one| wanted(one.kind));
    let conditions = asks(|kind| matches!(kind, Kind::Condition | Kind::PromptCondition));
    let ids = conditions || asks(|kind| matches!(kind, Kind::Ids(_)));
    let mut parts = Vec::new();
    if conditions {
        let mut words = vec![
            "H, S, M: signs of possible harm, strong indicators, indicators. Add _yes, _poss or \
             _hist: H_yes counts those that are yes now",
            "V: how many vulnerabilities are yes or possible",
            "age_years, missing_episodes_90d",
            "answer('VUL-04') in ['yes','possible']: the answer, whatever its date",
            "yes_now('DIS-01'): it is yes, and now",
            "+ - * and < <= > >= == !=, joined by and, or, not and brackets",
        ];
        if place.part.id == "prompts" {
            words.push("level >= moderate, types include ms, days_since_last_screen > review_days");
        }
        let details = Details::new("Words for conditions", Content::from(bullets(words)));
        parts.push(Markup::of(&details));
    }
    if ids {
        let all = file.sections.iter().flat_map(|section| &section.indicators);
        let lines = all.map(|one| format!("{}: {}", one.id, one.text));
        let details = Details::new("Short names of all questions", Content::from(bullets(lines)));
        parts.push(Markup::of(&details));
    }
    (!parts.is_empty()).then(|| Content::from(Markup::join(parts)))
}

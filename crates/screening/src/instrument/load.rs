//! Checks an instrument's file and looks up its names.

use std::collections::{BTreeSet, HashMap};

use tessera_core::content::{ContentError, Source};

use super::file::{FloorFile, InstrumentFile, Level};
use super::{Effect, Floor, Indicator, Instrument, LevelRule, Overlay, Prompt, Section, overlay};
use crate::answers::Response;
use crate::condition::{Condition, Scope, compile, parse};
use crate::judgement::Rules;
use crate::recency::Class;

type Checked<T> = Result<T, ContentError>;

pub(super) fn load(file: &str, text: &str) -> Checked<Instrument> {
    let source = Source::new(file, text);
    let (file, noted) = source.read_and_note::<InstrumentFile>()?;
    check_words(&source, &file)?;
    let mut levels = file.levels.clone();
    levels.sort_by_key(|level| level.rank);
    let (sections, indicators) = indicators(&source, &file)?;
    let places: HashMap<String, usize> =
        indicators.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
    let names = Names { source: &source, file: &file, levels: &levels, places: &places };
    let level_rules = names.level_rules()?;
    let floors = names.floors()?;
    let prompts = names.prompts()?;
    let overlays = names.overlays()?;
    names.check_references()?;
    let overlay_ids: Vec<&str> = file.overlays.iter().map(|one| one.id.as_str()).collect();
    let judgement = file
        .judgement
        .as_ref()
        .map(|judgement| Rules::read(judgement, &overlay_ids))
        .transpose()
        .map_err(|(key, reason)| source.fault(&format!("judgement.{key}"), reason))?;
    Ok(Instrument {
        noted,
        window: i32::from(file.response.recency.current.max_days),
        file,
        sections,
        indicators,
        places,
        levels,
        level_rules,
        floors,
        prompts,
        overlays,
        judgement,
    })
}

/// Checks that ids occur once, and that what must be there is there.
fn check_words(source: &Source<'_>, file: &InstrumentFile) -> Checked<()> {
    once(source, "exploitation_types", file.exploitation_types.iter().map(|one| &one.id))?;
    once(source, "sections", file.sections.iter().map(|one| &one.id))?;
    once(source, "levels", file.levels.iter().map(|one| &one.id))?;
    once(source, "overlays", file.overlays.iter().map(|one| &one.id))?;
    once(source, "level_rules", file.level_rules.iter().map(|one| &one.id))?;
    once(source, "floors", file.floors.iter().map(|one| &one.id))?;
    once(source, "prompts", file.prompts.iter().map(|one| &one.id))?;
    once(source, "protective_factors", file.protective_factors.iter().map(|one| &one.id))?;
    once(source, "tests", file.tests.iter().map(|one| &one.id))?;
    let mut ranks = BTreeSet::new();
    for (at, level) in file.levels.iter().enumerate() {
        if !ranks.insert(level.rank) {
            let reason = format!("two levels have the rank {}", level.rank);
            return Err(source.fault(&format!("levels[{at}].rank"), reason));
        }
    }
    if file.levels.is_empty() {
        return Err(source.fault("levels", "there must be a level"));
    }
    for class in Class::ALL {
        if !file.classes.contains_key(class.id()) {
            return Err(source.fault("classes", format!("the class `{}` is missing", class.id())));
        }
    }
    if let Some(other) = file.classes.keys().find(|id| class_of(id).is_none()) {
        return Err(source.fault(&format!("classes.{other}"), format!("unknown class `{other}`")));
    }
    check_responses(source, file)
}

fn check_responses(source: &Source<'_>, file: &InstrumentFile) -> Checked<()> {
    for (at, option) in file.response.options.iter().enumerate() {
        let path = format!("response.options[{at}]");
        let Some(response) = Response::from_id(&option.id) else {
            return Err(source.fault(&path, format!("unknown response `{}`", option.id)));
        };
        if option.default != (response == Response::default()) {
            return Err(source.fault(&path, "the default response is `not_known`"));
        }
    }
    once(source, "response.options", file.response.options.iter().map(|one| &one.id))?;
    if file.response.options.len() != Response::ALL.len() {
        return Err(source.fault("response.options", "there must be four responses"));
    }
    Ok(())
}

fn once<'a>(source: &Source<'_>, list: &str, ids: impl Iterator<Item = &'a String>) -> Checked<()> {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.enumerate() {
        let path = format!("{list}[{at}].id");
        if id.trim().is_empty() {
            return Err(source.fault(&path, "the id is blank"));
        }
        if !seen.insert(id) {
            return Err(source.fault(&path, format!("`{id}` is used twice")));
        }
    }
    Ok(())
}

fn class_of(id: &str) -> Option<Class> {
    Class::ALL.into_iter().find(|class| class.id() == id)
}

fn indicators(
    source: &Source<'_>,
    file: &InstrumentFile,
) -> Checked<(Vec<Section>, Vec<Indicator>)> {
    let mut sections = Vec::new();
    let mut all: Vec<Indicator> = Vec::new();
    let mut seen = BTreeSet::new();
    for (group, section) in file.sections.iter().enumerate() {
        let first = all.len();
        for (at, raw) in section.indicators.iter().enumerate() {
            let path = format!("sections[{group}].indicators[{at}]");
            let fault =
                |key: &str, reason: String| Err(source.fault(&format!("{path}.{key}"), reason));
            if raw.id.trim().is_empty() || raw.text.trim().is_empty() {
                return fault("id", "an indicator needs an id and a text".to_owned());
            }
            if !seen.insert(&raw.id) {
                return fault("id", format!("`{}` is used twice", raw.id));
            }
            let Some(class) = class_of(&raw.class) else {
                return fault("class", format!("unknown class `{}`", raw.class));
            };
            let mut types = Vec::new();
            for id in &raw.types {
                match file.exploitation_types.iter().position(|one| one.id == *id) {
                    Some(place) => types.push(place),
                    None => return fault("types", format!("unknown exploitation type `{id}`")),
                }
            }
            if let Some(other) = raw.computed_from.as_deref()
                && other != "missing_episodes_90d"
            {
                return fault("computed_from", format!("unknown record `{other}`"));
            }
            all.push(Indicator {
                id: raw.id.clone(),
                class,
                types,
                text: raw.text.clone(),
                prompt: raw.prompt.clone(),
                note: raw.note.clone(),
                computed_from: raw.computed_from.clone(),
                danger_flag: raw.danger_flag,
            });
        }
        sections.push(Section {
            id: section.id.clone(),
            title: section.title.clone(),
            help: section.help.clone(),
            indicators: first..all.len(),
        });
    }
    if all.is_empty() {
        return Err(source.fault("sections", "there must be an indicator"));
    }
    Ok((sections, all))
}

/// Where a condition stands: only prompts may ask for the level.
#[derive(Clone, Copy)]
enum Place {
    Rule,
    Prompt,
}

struct Names<'a> {
    source: &'a Source<'a>,
    file: &'a InstrumentFile,
    levels: &'a [Level],
    places: &'a HashMap<String, usize>,
}

impl Names<'_> {
    fn condition(&self, path: &str, when: &str, place: Place) -> Checked<Condition> {
        let rank = |id: &str| self.levels.iter().find(|one| one.id == id).map(|one| one.rank);
        let scope = Scope {
            indicator: &|id| self.places.get(id).copied(),
            level: match place {
                Place::Rule => None,
                Place::Prompt => Some(&rank),
            },
            exploitation_type: &|id| {
                self.file.exploitation_types.iter().position(|one| one.id == id)
            },
        };
        parse(when)
            .and_then(|node| compile(&node, scope))
            .map_err(|fault| self.source.fault(path, format!("in `{when}`: {fault}")))
    }

    fn level(&self, path: &str, id: &str) -> Checked<usize> {
        self.levels
            .iter()
            .position(|level| level.id == id)
            .ok_or_else(|| self.source.fault(path, format!("unknown level `{id}`")))
    }

    fn level_rules(&self) -> Checked<Vec<LevelRule>> {
        let each = self.file.level_rules.iter().enumerate().map(|(at, raw)| {
            let path = format!("level_rules[{at}]");
            Ok(LevelRule {
                id: raw.id.clone(),
                condition: self.condition(&format!("{path}.when"), &raw.when.0, Place::Rule)?,
                level: self.level(&format!("{path}.level"), &raw.level)?,
                reason: raw.reason.clone(),
                requires: raw.requires.clone(),
            })
        });
        each.collect()
    }

    fn floors(&self) -> Checked<Vec<Floor>> {
        let each = self.file.floors.iter().enumerate().map(|(at, raw)| {
            let path = format!("floors[{at}]");
            Ok(Floor {
                id: raw.id.clone(),
                condition: self.condition(&format!("{path}.when"), &raw.when.0, Place::Rule)?,
                effect: self.effect(&path, raw)?,
                lock: raw.lock,
                reason: raw.reason.clone(),
            })
        });
        each.collect()
    }

    fn effect(&self, path: &str, raw: &FloorFile) -> Checked<Effect> {
        match (&raw.floor, raw.step_up) {
            (Some(level), None) => {
                Ok(Effect::AtLeast(self.level(&format!("{path}.floor"), level)?))
            }
            (None, Some(steps)) => Ok(Effect::StepUp(usize::from(steps))),
            _ => Err(self.source.fault(path, "a floor has either `floor` or `step_up`")),
        }
    }

    fn prompts(&self) -> Checked<Vec<Prompt>> {
        let each = self.file.prompts.iter().enumerate().map(|(at, raw)| {
            let path = format!("prompts[{at}].when");
            Ok(Prompt {
                id: raw.id.clone(),
                condition: self.condition(&path, &raw.when.0, Place::Prompt)?,
                text: raw.text.clone(),
            })
        });
        each.collect()
    }

    fn overlays(&self) -> Checked<Vec<Overlay>> {
        let each = self.file.overlays.iter().enumerate().map(|(at, raw)| {
            let path = format!("overlays[{at}].set_when");
            let when =
                overlay::parse(&raw.set_when).map_err(|reason| self.source.fault(&path, reason))?;
            Ok(Overlay { id: raw.id.clone(), label: raw.label.clone(), when })
        });
        each.collect()
    }

    /// Checks that actions belong to something, and that routes exist.
    fn check_references(&self) -> Checked<()> {
        let known = |id: &String| {
            self.levels.iter().any(|level| level.id == *id)
                || self.file.overlays.iter().any(|overlay| overlay.id == *id)
        };
        if let Some(id) = self.file.actions.keys().find(|id| !known(id)) {
            let reason = format!("`{id}` is neither a level nor an overlay");
            return Err(self.source.fault(&format!("actions.{id}"), reason));
        }
        for (at, one) in self.file.exploitation_types.iter().enumerate() {
            let missing = one.routes.iter().find(|id| !self.file.routes.contains_key(*id));
            if let Some(id) = missing.filter(|_| !self.file.routes.is_empty()) {
                let path = format!("exploitation_types[{at}].routes");
                return Err(self.source.fault(&path, format!("unknown route `{id}`")));
            }
        }
        Ok(())
    }
}

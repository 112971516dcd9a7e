//! What practitioners keep for the picture: how old is old, the numbers of the rule, the definition
//! that is put to a person, and the areas of the map. All of it is dated data in `content/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::report::MentionKind;

/// Why the content could not be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ExploreError(String);

/// `content/explore/practice.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Practice {
    /// The version of the file.
    pub version: String,
    /// When somebody last looked through it.
    pub reviewed: String,
    /// When a description is ageing, and when stale.
    pub currency: Currency,
    /// The numbers of the rule until the desk sets others.
    pub rule: RuleDefault,
    /// What is put to a person.
    pub group: Definition,
}

/// Ages by kind.
#[derive(Debug, Clone, Deserialize)]
pub struct Currency {
    /// Where it comes from.
    pub source: String,
    /// When it was compared with its source, or `unverified`.
    pub verified: String,
    /// Months by [`MentionKind`] id.
    months: BTreeMap<String, Ages>,
}

/// In months since the last report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Ages {
    /// From here on it is ageing.
    pub ageing: i32,
    /// From here on it is stale.
    pub stale: i32,
}

impl Currency {
    /// The ages of a kind.
    #[must_use]
    pub fn of(&self, kind: MentionKind) -> Ages {
        self.months.get(kind.id()).copied().unwrap_or(Ages { ageing: 12, stale: 24 })
    }
}

/// The numbers of the rule.
#[derive(Debug, Clone, Deserialize)]
pub struct RuleDefault {
    /// Where they come from.
    pub source: String,
    /// When they were compared with their source, or `unverified`.
    pub verified: String,
    /// At least so many children.
    pub children: usize,
    /// Within so many days.
    pub days: i64,
}

/// A definition that a person decides by.
#[derive(Debug, Clone, Deserialize)]
pub struct Definition {
    /// Where it comes from.
    pub source: String,
    /// The address of the source.
    pub link: String,
    /// When it was compared with its source, or `unverified`.
    pub verified: String,
    /// From when on it is used.
    pub effective_from: String,
    /// Its words.
    pub definition: String,
    /// What to ask.
    pub points: Vec<String>,
}

impl Practice {
    /// The file that ships.
    pub fn builtin() -> Result<Self, ExploreError> {
        Self::from_yaml(include_str!("../../../content/explore/practice.yaml"))
    }

    /// Reads and checks a file: every kind has its ages, and ageing comes before stale.
    pub fn from_yaml(text: &str) -> Result<Self, ExploreError> {
        let practice: Self = serde_yaml_ng::from_str(text)
            .map_err(|error| ExploreError(format!("practice of the picture: {error}")))?;
        for kind in MentionKind::ALL {
            let Some(ages) = practice.currency.months.get(kind.id()) else {
                return Err(ExploreError(format!("no ages for {}", kind.id())));
            };
            if ages.ageing < 1 || ages.ageing > ages.stale {
                return Err(ExploreError(format!("{} is stale before it is ageing", kind.id())));
            }
        }
        if practice.rule.children < 2 || practice.rule.days < 1 || practice.group.points.is_empty()
        {
            return Err(ExploreError(
                "the rule needs two children and a day, the group points".into(),
            ));
        }
        Ok(practice)
    }
}

/// `content/places/`: the areas of a map and what lies where.
#[derive(Debug, Clone, Deserialize)]
pub struct Places {
    /// The version of the file.
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// The width of the drawing, in its own units.
    pub width: u32,
    /// The height of the drawing.
    pub height: u32,
    /// The areas.
    pub areas: Vec<Area>,
    /// Streets and venues.
    points: Vec<Point>,
}

/// An area.
#[derive(Debug, Clone, Deserialize)]
pub struct Area {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The corners of its outline, as in SVG.
    pub outline: String,
    /// Where its name stands.
    pub centre: [u32; 2],
}

/// A street or venue.
#[derive(Debug, Clone, Deserialize)]
struct Point {
    words: Vec<String>,
    area: String,
    at: [u32; 2],
}

/// Where something lies.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The area.
    pub area: &'a Area,
    /// The point.
    pub at: [u32; 2],
}

impl Places {
    /// The file that ships.
    pub fn builtin() -> Result<Self, ExploreError> {
        Self::from_yaml(include_str!("../../../content/places/marlbrook.yaml"))
    }

    /// Reads and checks a file: every point lies in an area of the file and on the drawing.
    pub fn from_yaml(text: &str) -> Result<Self, ExploreError> {
        let places: Self = serde_yaml_ng::from_str(text)
            .map_err(|error| ExploreError(format!("places: {error}")))?;
        for point in &places.points {
            if !places.areas.iter().any(|area| area.id == point.area) {
                return Err(ExploreError(format!("no such area: {}", point.area)));
            }
            let [x, y] = point.at;
            if x > places.width || y > places.height {
                return Err(ExploreError(format!("off the drawing: {}", point.words.join(", "))));
            }
        }
        Ok(places)
    }

    /// Where a place lies by its words; the first entry of which all words stand in a row counts.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Spot<'_>> {
        let plain = |text: &str| {
            let folded: String = text
                .to_lowercase()
                .chars()
                .map(|c| if c.is_alphanumeric() { c } else { ' ' })
                .collect();
            format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let text = plain(text);
        let hit = |point: &&Point| point.words.iter().any(|words| text.contains(&plain(words)));
        let point = self.points.iter().find(hit)?;
        let area = self.areas.iter().find(|area| area.id == point.area)?;
        Some(Spot { area, at: point.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_whole_and_marked_as_unverified() {
        let practice = Practice::builtin().unwrap();
        assert_eq!(practice.currency.of(MentionKind::Phone), Ages { ageing: 3, stale: 6 });
        assert_eq!(practice.group.verified, "unverified");
        let text = include_str!("../../../content/explore/practice.yaml");
        let upside_down = text.replace("{ageing: 3, stale: 6}", "{ageing: 9, stale: 6}");
        assert!(Practice::from_yaml(&upside_down).is_err());
    }

    #[test]
    fn a_place_is_found_by_whole_words_only() {
        let places = Places::builtin().unwrap();
        assert_eq!(places.find("Flat 3, Harbour Road").unwrap().area.name, "Harbourside");
        assert_eq!(places.find("The Walk-in clinic").unwrap().area.name, "Town centre");
        assert!(places.find("Stationery shop").is_none());
        let text = include_str!("../../../content/places/marlbrook.yaml");
        assert!(Places::from_yaml(&text.replace("area: quarry,", "area: moon,")).is_err());
    }
}

//! A map as a drawing of our own: outlines of areas, and marks that grow with what they stand for.
//! The same stands in a table beside it.

use askama::Template;

use crate::html_safe;

/// An area.
#[derive(Clone, Debug)]
pub struct MapArea {
    /// Its name.
    pub name: String,
    /// The corners of its outline, as in SVG.
    pub outline: String,
    /// Where its name stands.
    pub at: [u32; 2],
}

/// A mark.
#[derive(Clone, Debug)]
pub struct MapMark {
    /// Where.
    pub at: [u32; 2],
    /// How many it stands for.
    pub count: usize,
    /// What it is, as read out.
    pub label: String,
}

impl MapMark {
    fn radius(&self) -> usize {
        (9 + 2 * self.count).min(34)
    }
}

/// A map.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="tessera-map" tabindex="0" role="region" aria-label="{{ label }}"><svg viewBox="0 0 {{ width }} {{ height }}" role="img" aria-label="{{ summary }}">{% for area in areas %}<polygon points="{{ area.outline }}" fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-width="2"/><text x="{{ area.at[0] }}" y="{{ area.at[1] + 42 }}" text-anchor="middle" font-size="18" fill="currentColor">{{ area.name }}</text>{% endfor %}{% for mark in marks %}<circle cx="{{ mark.at[0] }}" cy="{{ mark.at[1] }}" r="{{ mark.radius() }}" fill="currentColor" fill-opacity="0.15" stroke="currentColor" stroke-width="3"><title>{{ mark.label }}</title></circle><text x="{{ mark.at[0] }}" y="{{ mark.at[1] + 5 }}" text-anchor="middle" font-size="15" font-weight="700" fill="currentColor">{{ mark.count }}</text>{% endfor %}</svg></div>"#,
    ext = "html"
)]
pub struct Map {
    label: String,
    summary: String,
    width: u32,
    height: u32,
    areas: Vec<MapArea>,
    marks: Vec<MapMark>,
}

impl Map {
    /// Draws a map of a size in its own units.
    #[must_use]
    pub fn new(
        label: &str,
        summary: &str,
        size: (u32, u32),
        areas: Vec<MapArea>,
        marks: Vec<MapMark>,
    ) -> Self {
        Self {
            label: label.into(),
            summary: summary.into(),
            width: size.0,
            height: size.1,
            areas,
            marks,
        }
    }
}

/// A frame in which a script draws a network that can be moved. Nothing is seen of it without one.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="tessera-moving" data-picture="{{ data }}" data-label="{{ label }}" hidden></div>"#,
    ext = "html"
)]
pub struct MovingPicture {
    data: String,
    label: String,
}

impl MovingPicture {
    /// A frame for the data at an address.
    #[must_use]
    pub fn new(data: impl Into<String>, label: &str) -> Self {
        Self { data: data.into(), label: label.into() }
    }
}

html_safe!(Map, MovingPicture);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_every_area_and_mark_and_escapes_words() {
        let areas = vec![MapArea { name: "<b>Quay".into(), outline: "0,0 9,9".into(), at: [4, 4] }];
        let marks = vec![MapMark { at: [5, 5], count: 3, label: "Three \"reports\"".into() }];
        let map = Map::new("Map", "One mark", (20, 20), areas, marks).to_string();
        assert_eq!((map.matches("<polygon").count(), map.matches("<circle").count()), (1, 1));
        assert!(map.contains("&#60;b&#62;Quay") && map.contains(">3</text>"));
    }
}

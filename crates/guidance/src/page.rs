//! One page.

use tessera_core::{
    content::ContentError,
    guidance::{Block, words},
    time::Date,
};

use crate::{
    Front,
    front::{Status, parts},
    grade::{self, Terms},
    markdown,
};

/// A page as read from its file.
#[derive(Debug, Clone)]
pub struct Page {
    /// The section it stands in.
    pub section: String,
    /// Its name in the address.
    pub slug: String,
    /// What it says of itself.
    pub front: Front,
    /// Its text.
    pub blocks: Vec<Block>,
    /// The links of its text to pages of ours, with the line each stands on.
    pub links: Vec<(String, usize)>,
    /// Its text as written.
    pub body: String,
}

/// The section and slug of a page's path, `pages/SECTION/SLUG.md`.
#[must_use]
pub fn page_path(path: &str) -> Option<(&str, &str)> {
    let (section, file) = path.strip_prefix("pages/")?.split_once('/')?;
    let slug = file.strip_suffix(".md")?;
    (is_slug(section) && is_slug(slug)).then_some((section, slug))
}

/// Whether a text may stand in an address as it is.
pub(crate) fn is_slug(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= 80 && text.chars().all(fits)
}

impl Page {
    /// Reads a page; what is wrong with it is returned all together. `file` is the name for faults,
    /// `path` is `pages/SECTION/SLUG.md`.
    pub fn read(file: &str, path: &str, text: &str) -> Result<Self, Vec<ContentError>> {
        let fault = |reason: &str| {
            vec![ContentError { file: file.to_owned(), line: None, reason: reason.to_owned() }]
        };
        let Some((section, slug)) = page_path(path) else {
            return Err(fault(
                "a page is pages/SECTION/NAME.md, named with small letters, digits and hyphens",
            ));
        };
        if text.contains('\r') {
            return Err(fault("lines must end with a line feed alone"));
        }
        let (yaml, body, line) = parts(file, text).map_err(|fault| vec![fault])?;
        let (front, mut faults) = Front::read(file, yaml).map_err(|fault| vec![fault])?;
        let read = markdown::read(body, &front.sources);
        faults.extend(read.faults.into_iter().map(|(at, reason)| ContentError {
            file: file.to_owned(),
            line: Some(line + at),
            reason,
        }));
        if !faults.is_empty() {
            return Err(faults);
        }
        let links = read.links.into_iter().map(|(href, at)| (href, line + at)).collect();
        let (section, slug) = (section.to_owned(), slug.to_owned());
        Ok(Self { section, slug, front, blocks: read.blocks, links, body: body.to_owned() })
    }

    /// The file of a page: front matter, then text.
    #[must_use]
    pub fn compose(front: &Front, body: &str) -> String {
        format!("---\n{}---\n{}\n", front.to_yaml(), body.trim_end())
    }

    /// Where it is read.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/guidance/{}/{}", self.section, self.slug)
    }

    /// Its path among the files.
    #[must_use]
    pub fn path(&self) -> String {
        format!("pages/{}/{}.md", self.section, self.slug)
    }

    /// Whether it is shown.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.front.status == Status::Published
    }

    /// Whether its review should have been done before `day`: the day after the date at the earliest.
    #[must_use]
    pub fn is_overdue(&self, day: Date) -> bool {
        self.front.next_review < day
    }

    /// Its reading grade (Flesch-Kincaid).
    #[must_use]
    pub fn grade(&self, terms: &Terms) -> f64 {
        grade::of_blocks(&self.blocks, terms)
    }

    /// Its headings of the second level: anchor and words.
    #[must_use]
    pub fn contents(&self) -> Vec<(&str, String)> {
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading { level: 2, id, inside } => Some((id.as_str(), words(inside))),
            _ => None,
        });
        headings.collect()
    }

    /// The words of the heading with an anchor.
    #[must_use]
    pub fn heading(&self, anchor: &str) -> Option<String> {
        self.blocks.iter().find_map(|block| match block {
            Block::Heading { id, inside, .. } if id == anchor => Some(words(inside)),
            _ => None,
        })
    }

    /// The blocks under a heading, up to the next heading of its level or above.
    #[must_use]
    pub fn under(&self, anchor: &str) -> Option<&[Block]> {
        let heading = |block: &Block| match block {
            Block::Heading { level, id, .. } => Some((*level, id.clone())),
            _ => None,
        };
        let (at, level) = self.blocks.iter().enumerate().find_map(|(n, block)| {
            heading(block).filter(|(_, id)| id == anchor).map(|(level, _)| (n, level))
        })?;
        let rest = self.blocks.get(at + 1..)?;
        let ends = |block: &Block| heading(block).is_some_and(|(other, _)| other <= level);
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        rest.get(..end)
    }
}

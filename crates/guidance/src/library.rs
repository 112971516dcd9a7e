//! All of the guidance as a whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use tessera_core::{
    content::{ContentError, Source},
    guidance::{Block, words},
};

use crate::{
    HelpEntry, Page, Partnership, Resource, Section, Service, Term, front::Status, grade::Terms,
    page::is_slug, search,
};

/// Addresses below `/guidance` that are no sections.
const RESERVED: [&str; 10] = [
    "search",
    "changes",
    "subscribe",
    "unsubscribe",
    "confirm",
    "resources",
    "services",
    "contacts",
    "words",
    "help",
];

/// The sections, pages and lists that belong together.
#[derive(Debug, Default)]
pub struct Library {
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Every page by section and slug, drafts too.
    pages: BTreeMap<(String, String), Page>,
    /// The words that guidance cannot do without.
    pub terms: Vec<Term>,
    /// The partnership and its contact routes.
    pub partnership: Partnership,
    /// Films, leaflets, sites.
    pub resources: Vec<Resource>,
    /// Services.
    pub services: Vec<Service>,
    /// Which paragraph helps with which question.
    help: Vec<HelpEntry>,
    counted: Terms,
    index: search::Index,
}

/// What helps with a question of a form.
#[derive(Debug, Clone, Copy)]
pub struct Help<'l> {
    /// The page it stands on.
    pub page: &'l Page,
    /// The anchor of its heading.
    pub heading: &'l str,
    /// Its text.
    pub blocks: &'l [Block],
}

impl Library {
    /// Reads files by their path below the folder. What cannot be read is left out and told of;
    /// `folder` stands before the paths in faults.
    #[must_use]
    pub fn read<'t>(
        folder: &str,
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> (Self, Vec<ContentError>) {
        let mut library = Self::default();
        let mut faults = Vec::new();
        for (path, text) in files {
            let file = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
            library.take(&file, path, text, &mut faults);
        }
        library.counted = Terms::new(library.terms.iter().flat_map(|term| {
            std::iter::once(term.term.as_str()).chain(term.forms.iter().map(String::as_str))
        }));
        library.together(folder, &mut faults);
        library.index = search::Index::of(library.documents());
        (library, faults)
    }

    fn take(&mut self, file: &str, path: &str, text: &str, faults: &mut Vec<ContentError>) {
        let other = |reason: &str| ContentError {
            file: file.to_owned(),
            line: None,
            reason: reason.to_owned(),
        };
        match path {
            "sections.yaml" => self.sections = list(file, text, faults),
            "plain-terms.yaml" => self.terms = list(file, text, faults),
            "partnership.yaml" => self.partnership = list(file, text, faults),
            "resources.yaml" => self.resources = list(file, text, faults),
            "services.yaml" => self.services = list(file, text, faults),
            "help.yaml" => self.help = list(file, text, faults),
            _ if path.starts_with("pages/") => match Page::read(file, path, text) {
                Ok(page) => {
                    self.pages.insert((page.section.clone(), page.slug.clone()), page);
                }
                Err(wrong) => faults.extend(wrong),
            },
            _ => faults.push(other("this file has no place among the guidance")),
        }
    }

    /// What can only be said of all files together.
    fn together(&self, folder: &str, faults: &mut Vec<ContentError>) {
        let named = |path: &str| {
            if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
        };
        let mut add = |path: &str, line: Option<usize>, reason: String| {
            faults.push(ContentError { file: named(path), line, reason });
        };
        let mut seen = BTreeSet::new();
        for section in &self.sections {
            let id = section.id.as_str();
            if !is_slug(id) || RESERVED.contains(&id) || !seen.insert(id) {
                add(
                    "sections.yaml",
                    None,
                    format!("`{id}` cannot be a section's id, or is there twice"),
                );
            }
        }
        for page in self.pages.values() {
            let path = page.path();
            if !seen.contains(page.section.as_str()) {
                add(&path, None, format!("there is no section `{}`", page.section));
            }
            let (grade, most) = (page.grade(&self.counted), page.front.audience.highest_grade());
            if grade > most {
                let who = page.front.audience.label().to_lowercase();
                add(
                    &path,
                    None,
                    format!("reading grade {grade:.1} is above {most:.0}, the most for {who}"),
                );
            }
            if let Some(slug) = &page.front.easy_read
                && self.easy_read(page).is_none()
            {
                add(&path, None, format!("there is no Easy Read page `{slug}`"));
            }
            for (href, line) in &page.links {
                if !self.leads_somewhere(href) {
                    add(&path, Some(*line), format!("the link {href} leads nowhere"));
                }
            }
        }
        for help in &self.help {
            if self.help_of(&help.question).is_none() {
                let reason =
                    format!("{}: there is no {}#{}", help.question, help.page, help.heading);
                add("help.yaml", None, reason);
            }
        }
    }

    fn leads_somewhere(&self, href: &str) -> bool {
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        let path = path.split('?').next().unwrap_or_default();
        let mut parts = path.trim_start_matches("/guidance").trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("", None, None) => true,
            (section, None, None) => {
                RESERVED.contains(&section) || self.sections.iter().any(|s| s.id == section)
            }
            (section, Some(slug), None) => self.page(section, slug).is_some_and(|page| {
                anchor.is_empty() || page.under(anchor).is_some() || anchor == "sources"
            }),
            _ => false,
        }
    }

    /// A page that is shown.
    #[must_use]
    pub fn page(&self, section: &str, slug: &str) -> Option<&Page> {
        self.any_page(section, slug).filter(|page| page.is_published())
    }

    /// A page, shown or not.
    #[must_use]
    pub fn any_page(&self, section: &str, slug: &str) -> Option<&Page> {
        self.pages.get(&(section.to_owned(), slug.to_owned()))
    }

    /// Every page, shown or not, by section and name.
    pub fn all_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values()
    }

    /// The pages of a section that are shown, in their order.
    #[must_use]
    pub fn pages_of(&self, section: &str) -> Vec<&Page> {
        let mut pages: Vec<&Page> =
            self.pages.values().filter(|p| p.section == section && p.is_published()).collect();
        pages.sort_by(|a, b| (a.front.order, &a.front.title).cmp(&(b.front.order, &b.front.title)));
        pages
    }

    /// The Easy Read version of a page.
    #[must_use]
    pub fn easy_read(&self, page: &Page) -> Option<&Page> {
        let slug = page.front.easy_read.as_deref()?;
        let (section, slug) = slug.split_once('/').unwrap_or(("easy-read", slug));
        self.page(section, slug).or_else(|| self.page(&page.section, slug))
    }

    /// The words that count as plain.
    #[must_use]
    pub const fn counted(&self) -> &Terms {
        &self.counted
    }

    /// What helps with a question, if anything does.
    #[must_use]
    pub fn help_of(&self, question: &str) -> Option<Help<'_>> {
        let entry = self.help.iter().find(|help| help.question == question)?;
        let (section, slug) = entry.page.split_once('/')?;
        let page = self.page(section, slug)?;
        let blocks = page.under(&entry.heading)?;
        Some(Help { page, heading: &entry.heading, blocks })
    }

    /// Every topic of the pages that are shown.
    #[must_use]
    pub fn topics(&self) -> BTreeSet<&str> {
        let shown = self.pages.values().filter(|page| page.is_published());
        shown.flat_map(|page| page.front.topics.iter().map(String::as_str)).collect()
    }

    /// Finds what is shown by words that may hold an error.
    #[must_use]
    pub fn search(&self, asked: &str, most: usize) -> Vec<search::Hit<'_>> {
        self.index.search(asked, most)
    }

    fn documents(&self) -> Vec<search::Document> {
        let section = |id: &str| {
            self.sections.iter().find(|s| s.id == id).map_or_else(String::new, |s| s.title.clone())
        };
        let pages = self.pages.values().filter(|p| p.front.status == Status::Published);
        let pages = pages.map(|page| search::Document {
            place: section(&page.section),
            title: page.front.title.clone(),
            href: page.href(),
            summary: page.front.summary.clone(),
            headings: headings(&page.blocks),
            body: text(&page.blocks),
            tags: page.front.topics.join(" ").replace('-', " "),
        });
        let resources = self.resources.iter().map(|resource| search::Document {
            place: "Films and resources".into(),
            title: resource.title.clone(),
            href: format!("/guidance/resources#{}", resource.id),
            summary: resource.what_you_will_see.clone(),
            headings: String::new(),
            body: [&resource.kind, resource.provider.as_deref().unwrap_or_default()].join(" "),
            tags: resource.topics.join(" ").replace('-', " "),
        });
        let services = self.services.iter().map(|service| search::Document {
            place: "Services that help".into(),
            title: service.name.clone(),
            href: format!("/guidance/services#service-{}", service.id),
            summary: service.description.clone(),
            headings: String::new(),
            body: [
                service.organization.name.as_str(),
                service.eligibility_description.as_deref().unwrap_or_default(),
            ]
            .join(" "),
            tags: service.topics.join(" ").replace('-', " "),
        });
        let contacts = self.partnership.contacts.iter().map(|contact| search::Document {
            place: "Who to contact".into(),
            title: contact.name.clone(),
            href: format!("/guidance/contacts#{}", contact.id),
            summary: contact.purpose.clone(),
            headings: String::new(),
            body: contact.hours.clone().unwrap_or_default(),
            tags: String::new(),
        });
        pages.chain(resources).chain(services).chain(contacts).collect()
    }
}

/// Reads a list; a fault leaves it empty.
fn list<T: DeserializeOwned + Default>(
    file: &str,
    text: &str,
    faults: &mut Vec<ContentError>,
) -> T {
    match Source::new(file, text).read_and_note::<T>() {
        Ok((value, noted)) => {
            // A file of another system may say more than we show: HSDS has many fields.
            faults.extend(noted.into_iter().filter(|_| !file.ends_with("services.yaml")));
            value
        }
        Err(fault) => {
            faults.push(fault);
            T::default()
        }
    }
}

fn headings(blocks: &[Block]) -> String {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading { inside, .. } => Some(words(inside)),
        _ => None,
    });
    headings.collect::<Vec<_>>().join(". ")
}

/// The running text of blocks, for searching and showing where a word stands.
fn text(blocks: &[Block]) -> String {
    let mut all = String::new();
    collect(blocks, &mut all);
    all
}

fn collect(blocks: &[Block], all: &mut String) {
    let mut add = |line: String| {
        if !line.trim().is_empty() {
            if !all.is_empty() {
                // The points of a list are told apart where they are shown in one line.
                let ended = all.ends_with(['.', '!', '?', ':', ';', ',']);
                all.push_str(if ended { " " } else { "; " });
            }
            all.push_str(line.trim());
        }
    };
    for block in blocks {
        match block {
            Block::Heading { .. } => {}
            Block::Paragraph(parts) | Block::Plain(parts) => add(words(parts)),
            Block::List { items, .. } => {
                let mut inside = String::new();
                for item in items {
                    collect(item, &mut inside);
                }
                add(inside);
            }
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    add(words(cell));
                }
            }
            Block::Law { inside, .. }
            | Block::Now(inside)
            | Block::Example(inside)
            | Block::Quote(inside) => {
                let mut text = String::new();
                collect(inside, &mut text);
                add(text);
            }
        }
    }
}

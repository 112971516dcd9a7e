//! Changing guidance in the browser: what an editor looks after, and the forms of pages and lists.

mod form;
pub(crate) mod version;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    guidance::{InForce, Page as Guidance, RawFile, RawPage, State as Stage, Version, page_path},
};
use tessera_core::{
    errors::FieldErrors,
    time::{day_in_words, in_words},
};
use tessera_pages::{
    components::{
        Button, Cell, Content, ContextualDate, HeadCell, Link, Select, SelectItem, Table, Tag,
        TextInput, Textarea,
    },
    page::{Form as PageForm, Page, Section, p},
};

use crate::{
    error::WebError,
    form::{Form, Pairs},
    parts::{Answer, err, go, show, show_errors},
    site::{Site, Visitor},
};

/// The file that is worked on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct File {
    path: String,
}

/// A page about to be begun.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawNew {
    section: String,
    slug: String,
}

/// The lists that can be changed, and what they are.
const LISTS: [(&str, &str); 6] = [
    ("services.yaml", "Services that help"),
    ("resources.yaml", "Films and resources"),
    ("partnership.yaml", "Who to contact"),
    ("plain-terms.yaml", "Words we use"),
    ("sections.yaml", "Sections"),
    ("help.yaml", "Help beside questions of forms"),
];

/// What an editor looks after: what waits, what is overdue, everything.
pub(crate) async fn home(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    home_page(&site, &visitor, &RawNew::default(), &FieldErrors::default()).await
}

async fn home_page(site: &Site, visitor: &Visitor, raw: &RawNew, errors: &FieldErrors) -> Answer {
    let list = site.app.editor_list(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "Editing guidance").await?;
    layout.wide = true;
    let waiting = if list.waiting.is_empty() {
        Content::from(p("Nothing waits."))
    } else {
        waiting(&list.waiting).into()
    };
    let pages: Vec<&Guidance> = list.now.library.all_pages().collect();
    let late: Vec<&Guidance> =
        pages.iter().copied().filter(|page| page.is_overdue(list.now.day)).collect();
    let overdue = if late.is_empty() {
        Content::from(p("No review is overdue."))
    } else {
        table(&list.now, "Reviews that are overdue", &late).into()
    };
    let sections: Vec<SelectItem> =
        list.now.library.sections.iter().map(|s| SelectItem::new(&s.id, &s.title)).collect();
    let new = PageForm::new("/editor/new", &layout)
        .part(
            Select::new("section", "Section", sections)
                .chosen(&raw.section)
                .error_if(err(errors, "section")),
        )
        .part(
            TextInput::new("slug", "Its address")
                .hint("Small letters, digits and hyphens, such as signs-to-look-for")
                .value(&raw.slug)
                .error_if(err(errors, "slug")),
        )
        .part(Button::new("Begin a page").secondary());
    let head = ["List", "Edit", "History"].map(HeadCell::from);
    let lists = LISTS.iter().fold(Table::new("Lists", head), |table, (path, name)| {
        let edit = Link::new("Edit", format!("/editor/list?path={path}")).hidden(*name);
        let history = Link::new("History", format!("/editor/history?path={path}")).hidden(*name);
        let known = list.now.standing.contains_key(*path);
        let history = if known { Content::from(history) } else { Content::from("None yet") };
        table.row([Cell::from(*name), Cell::from(Content::from(edit)), Cell::from(history)])
    });
    let page = Page::new(layout)
        .part(Section::new("waiting", "Drafts and decisions").part(waiting))
        .part(Section::new("overdue", "Overdue").part(overdue))
        .part(Section::new("pages", "Pages").part(table(&list.now, "All pages", &pages)))
        .part(Section::new("lists", "Lists beside the pages").part(lists))
        .part(Section::new("new", "A new page").part(new));
    show_errors(page, errors)
}

/// The name of a file as people know it.
fn name(version: &Version) -> String {
    let list = LISTS.iter().find(|(path, _)| *path == version.path).map(|(_, name)| *name);
    let page = || Guidance::read(&version.path, &version.path, &version.body).ok();
    list.map(str::to_owned)
        .or_else(|| page().map(|page| page.front.title))
        .unwrap_or_else(|| version.path.clone())
}

fn stage(stage: Stage) -> Tag {
    let colour = match stage {
        Stage::Sent | Stage::Proposed => "yellow",
        Stage::Published => "green",
        Stage::Returned => "red",
        Stage::Draft => "blue",
        Stage::Superseded => "grey",
    };
    Tag::coloured(stage.label(), colour)
}

fn waiting(versions: &[Version]) -> Table {
    let head = ["What", "Where it stands", "By", "When"].map(HeadCell::from);
    versions.iter().fold(Table::new("Newest first", head), |table, version| {
        let link = Link::new(name(version), format!("/editor/version/{}", version.id));
        table.row([
            Cell::from(Content::from(link)),
            Cell::from(Content::from(stage(version.state))),
            Cell::from(version.written_by_name.clone()),
            Cell::from(in_words(version.written_at)),
        ])
    })
}

fn table(now: &InForce, caption: &str, pages: &[&Guidance]) -> Table {
    let head = ["Page", "Section", "Who answers for it", "Next review", "Edit"].map(HeadCell::from);
    pages.iter().fold(Table::new(caption, head), |table, page| {
        let days = now.day.until(page.front.next_review).map_or(0, |span| span.get_days());
        let next = page.front.next_review;
        let due = ContextualDate::due_in(&next.to_string(), &day_in_words(next), days, 30);
        let edit = Link::new("Edit", format!("/editor/page?path={}", page.path()))
            .hidden(page.front.title.clone());
        let title = if page.is_published() {
            Content::from(Link::new(page.front.title.as_str(), page.href()))
        } else {
            Content::from(format!("{} (not shown)", page.front.title))
        };
        table.row([
            Cell::from(title),
            Cell::from(page.section.clone()),
            Cell::from(page.front.owner.clone()),
            Cell::from(Content::from(due)),
            Cell::from(Content::from(edit)),
        ])
    })
}

/// Begins a page.
pub(crate) async fn new(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawNew>,
) -> Answer {
    let list = site.app.editor_list(&visitor.actor).await?;
    let path = format!("pages/{}/{}.md", raw.section, raw.slug.trim());
    let mut errors = FieldErrors::default();
    if !list.now.library.sections.iter().any(|section| section.id == raw.section) {
        errors.add("section", "Choose the section");
    }
    match page_path(&path) {
        None => errors.add("slug", "Use small letters, digits and hyphens for the address"),
        Some((section, slug)) if list.now.library.any_page(section, slug).is_some() => {
            errors.add("slug", "There is a page with this address");
        }
        Some(_) => {}
    }
    if errors.is_empty() {
        return go(&format!("/editor/page?path={path}"));
    }
    home_page(&site, &visitor, &raw, &errors).await
}

/// The form of a page.
pub(crate) async fn edit(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(file): Query<File>,
) -> Answer {
    let text = site.app.text_to_edit(&visitor.actor, &file.path).await?;
    if page_path(&file.path).is_none() {
        return Err(WebError::NotFound);
    }
    let today = tessera_core::time::day_in_london(site.app.db.now());
    let raw = match text {
        Some(text) => RawPage::of(&file.path, &text).ok_or(WebError::NotFound)?,
        None => form::empty(&file.path, today),
    };
    form::page(&site, &visitor, &raw, &FieldErrors::default()).await
}

/// Keeps what was written and shows what it reads as.
pub(crate) async fn save(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    let raw = form::read(&pairs);
    match site.app.draft_page(&visitor.actor, &raw).await {
        Ok(id) => go(&format!("/editor/version/{id}")),
        Err(AppError::Fields(errors)) => form::page(&site, &visitor, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The form of a list.
pub(crate) async fn edit_list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(file): Query<File>,
) -> Answer {
    let text = site.app.text_to_edit(&visitor.actor, &file.path).await?;
    let raw = RawFile { path: file.path, text: text.unwrap_or_default() };
    list_page(&site, &visitor, &raw, &FieldErrors::default()).await
}

async fn list_page(site: &Site, visitor: &Visitor, raw: &RawFile, errors: &FieldErrors) -> Answer {
    let (_, name) = LISTS.iter().find(|(path, _)| *path == raw.path).ok_or(WebError::NotFound)?;
    let mut layout = site.layout(visitor, format!("Edit: {name}")).await?;
    layout.back = Some("/editor".into());
    let form = PageForm::new("/editor/list", &layout)
        .hidden("path", &raw.path)
        .part(
            Textarea::new("text", "The list")
                .hint("Keep the form of the lines as they are. The next page says what cannot be read")
                .value(&raw.text)
                .rows(30)
                .error_if(err(errors, "text")),
        )
        .part(Button::new("Save and look at it"));
    show_errors(Page::new(layout).part(form), errors)
}

/// Keeps a list.
pub(crate) async fn save_list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawFile>,
) -> Answer {
    match site.app.draft_file(&visitor.actor, &raw).await {
        Ok(id) => go(&format!("/editor/version/{id}")),
        Err(AppError::Fields(errors)) => list_page(&site, &visitor, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The versions of a file.
pub(crate) async fn history(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(file): Query<File>,
) -> Answer {
    let versions = site.app.guidance_history(&visitor.actor, &file.path).await?;
    let title = versions.first().map(name).unwrap_or_default();
    let mut layout = site.layout(&visitor, format!("History: {title}")).await?;
    layout.back = Some("/editor".into());
    let head = ["Version", "Where it stands", "By", "Written", "In force from", "What changed"];
    let table =
        versions.iter().fold(Table::new("Newest first", head.map(HeadCell::from)), |t, v| {
            let link =
                Link::new(format!("Version {}", v.number), format!("/editor/version/{}", v.id));
            let from = v.in_force_from.filter(|_| v.state == Stage::Published).map(day_in_words);
            t.row([
                Cell::from(Content::from(link)),
                Cell::from(Content::from(stage(v.state))),
                Cell::from(v.written_by_name.clone()),
                Cell::from(in_words(v.written_at)),
                Cell::from(from.unwrap_or_default()),
                Cell::from(v.note.clone()),
            ])
        });
    let choices = |chosen: usize| {
        let items = versions.iter().map(|v| {
            SelectItem::new(
                v.id.to_string(),
                format!("Version {}, {}", v.number, in_words(v.written_at)),
            )
        });
        let chosen = versions.get(chosen).or_else(|| versions.last()).map(|v| v.id.to_string());
        (items.collect::<Vec<_>>(), chosen.unwrap_or_default())
    };
    let ((olds, old), (news, new)) = (choices(1), choices(0));
    let fields = Content::from(tessera_pages::components::Markup::join([
        Content::from(Select::new("old", "Older", olds).chosen(&old)),
        Content::from(Select::new("new", "Newer", news).chosen(&new)),
    ]));
    let mut compare =
        tessera_pages::components::Filter::new("/editor/compare", "Compare two versions", fields);
    compare.button = "Compare".into();
    show(&Page::new(layout).part(table).part(Section::new("compare", "Compare").part(compare)))
}

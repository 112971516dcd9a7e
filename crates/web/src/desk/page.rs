//! The page of one report at the desk: what was told, then what fits beside it, then the acts.

use tessera_app::{
    report::{DeskView, Source, Word, diff},
    requirement::Requirement,
};
use tessera_core::{errors::FieldErrors, report::MentionKind, time::in_words};
use tessera_pages::{
    components::{
        Button, Content, Details, IdentityBar, InsetText, Link, Markup, Select, SelectItem,
        SubNavigation, SummaryList, SummaryRow, Tag, TextInput, WarningText,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, h3, p, words},
};

use crate::{
    desk::{Typed, fits, from, grade, priority},
    error::WebError,
    language::notes_on,
    parts::{area, beginning, err, or_not_given},
    site::{Site, Visitor},
};

/// Everything the parts of the page need.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) layout: Layout,
    pub(super) seen: &'a DeskView,
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a FieldErrors,
    pub(super) at: String,
}

impl View<'_> {
    /// A form of this page; acts on the report carry the version that was seen.
    pub(super) fn form(&self, act: &str) -> Form {
        Form::new(format!("{}/{act}", self.at), &self.layout)
            .hidden("version", self.seen.piece.version.to_string())
    }
}

/// The page of one report.
pub(super) async fn report(
    site: &Site,
    visitor: &Visitor,
    seen: &DeskView,
    typed: &Typed,
    errors: &FieldErrors,
    source: Option<Source>,
) -> Result<Page, WebError> {
    let piece = &seen.piece;
    let mut layout = site.layout(visitor, format!("Report {}", piece.reference)).await?;
    layout.back = Some("/desk".into());
    let at = format!("/desk/{}", piece.reference);
    let view = View { site, layout: layout.clone(), seen, typed, errors, at };
    let people = if seen.may_work { site.app.colleague_names().await? } else { Vec::new() };
    let asked = if seen.may_work { site.app.open_requirements(true).await? } else { Vec::new() };
    let leaving = match seen.sanitised.last().filter(|_| seen.may_work) {
        Some(version) => notes_on(site, "shared", &version.words).await?,
        None => None,
    };
    let page = Page::new(layout)
        .above(identity(&view))
        .part_if(piece.retracted_at.map(|at| {
            WarningText::new(format!(
                "This report was taken back on {}. It joins nothing and must not be relied on.",
                in_words(at)
            ))
        }))
        .part(contents(seen.may_work))
        .part(told(&view))
        .part(fits::fits(&view))
        .part(fits::decided(&view))
        .part(history(&view))
        .part(children(&view));
    if !seen.may_work {
        return Ok(page);
    }
    Ok(page
        .part(grade::grade(&view))
        .part(grade::feedback(&view))
        .part(answers(&view, &asked))
        .part(grade::sharing(&view, &people, leaving))
        .part(grade::source(&view, visitor, source))
        .part(grade::retract(&view)))
}

/// What the desk wants to know, one of which the report may answer.
fn answers(view: &View<'_>, asked: &[Requirement]) -> Section {
    let section = Section::new("answers", "What the desk wants to know");
    if asked.is_empty() {
        return section.part(p("Nothing is asked now."));
    }
    let mut items = vec![SelectItem::new("", "Choose")];
    let item = |one: &Requirement| {
        SelectItem::new(one.id.to_string(), beginning(&one.wanted.question, 80))
    };
    items.extend(asked.iter().map(item));
    let form = view
        .form("answers")
        .part(
            Select::new("requirement", "It answers", items)
                .chosen(&view.typed.answered.requirement)
                .error_if(err(view.errors, "requirement")),
        )
        .part(Button::new("Record that it answers this").secondary());
    section.part(form)
}

fn identity(view: &View<'_>) -> IdentityBar {
    let piece = &view.seen.piece;
    let grade = piece.grade().unwrap_or_else(|| "Not graded".into());
    IdentityBar::new("Intelligence report", piece.reference.to_string())
        .tag(priority(piece))
        .tag(Tag::new(piece.status.label()))
        .fact("Received", in_words(piece.received_at))
        .fact("Held by", from(piece))
        .fact("Grade", grade)
        .notice("Each look at this record is written down.")
}

fn contents(may_work: bool) -> SubNavigation {
    let mut parts = vec![
        ("What was told", "#told-words"),
        ("What fits beside it", "#fits"),
        ("Decisions", "#decided"),
        ("Children", "#children"),
    ];
    if may_work {
        parts.extend([
            ("Grade", "#grade"),
            ("Answer", "#told"),
            ("Sharing", "#share"),
            ("Source", "#source"),
        ]);
    }
    SubNavigation::new("Parts of this page", "", parts)
}

fn told(view: &View<'_>) -> Section {
    let piece = &view.seen.piece;
    let said = &piece.report;
    let text = |value: Option<&str>| Content::lines(&or_not_given(value));
    let code = |list: &str, id: Option<&String>| {
        or_not_given(id.map(|id| view.site.app.codes.label(list, id)).as_deref())
    };
    let when = [said.when_text.clone(), said.happened_on.map(|d| d.to_string())];
    let when = when.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut rows = vec![
        SummaryRow::new("When", text(Some(&when))),
        SummaryRow::new("Where", text(said.place.as_deref())),
        SummaryRow::new("How the sender knows", code("origin", said.origin.as_ref())),
    ];
    for (key, value) in [
        ("The sender's opinion", &said.opinion),
        ("How they came to know it", &said.provenance),
        ("Who else knows", &said.who_else),
        ("Why somebody is at risk", &said.risk_why),
    ] {
        if value.is_some() {
            rows.push(SummaryRow::new(key, text(value.as_deref())));
        }
    }
    if said.source_risk.is_some() {
        let risk = code("report_risk", said.source_risk.as_ref());
        rows.push(SummaryRow::new("Risk to who told it", risk));
    }
    if said.child_risk.is_some() {
        let risk = code("report_risk", said.child_risk.as_ref());
        rows.push(SummaryRow::new("Risk to a child", risk));
    }
    if said.doubted {
        rows.push(SummaryRow::new("The sender doubts it", "Yes"));
    }
    if let Some(concern) = &piece.concern {
        let link = Link::new(concern.to_string(), format!("/queue/{concern}"));
        rows.push(SummaryRow::new("Made from concern", Content::from(link)));
    }
    for mention in &view.seen.mentions {
        let kind = MentionKind::from_id(&mention.said.kind).map_or("", MentionKind::label);
        let mut words = mention.said.in_words();
        if !mention.said.found.is_empty() {
            words.push_str(" (found in the words by machine)");
        }
        if view.seen.fits.hubs.contains(&mention.number) {
            words.push_str(" (part of it is common: that part joins nothing)");
        }
        rows.push(SummaryRow::new(kind, words));
    }
    let wording = (!view.seen.same_wording.is_empty()).then(|| {
        let all: Vec<String> = view.seen.same_wording.iter().map(ToString::to_string).collect();
        InsetText::new(format!(
            "Nearly the same words stand in {}. Saying a thing again does not make it truer: \
             count distinct sources only.",
            all.join(", ")
        ))
    });
    Section::new("told-words", "What was told")
        .part(words(&said.what))
        .part_if(wording)
        .part(SummaryList::new(rows))
}

fn history(view: &View<'_>) -> Section {
    let mut section = Section::new("history", "Since then");
    if view.seen.entries.is_empty() {
        return section.part(p("Nothing yet."));
    }
    for entry in &view.seen.entries {
        let what = match entry.kind.as_str() {
            "added" => "Added",
            "told" => "Told to the sender",
            "grade" => "Graded",
            "retracted" => "Taken back",
            _ => "Note",
        };
        let head = format!("{what} by {}, {}", entry.by, in_words(entry.at));
        section = section.part(p(head)).part(words(&entry.words));
    }
    section
}

fn children(view: &View<'_>) -> Section {
    let section = Section::new("children", "Children it identifies");
    let known = &view.seen.children;
    let list =
        (!known.is_empty()).then(|| {
            bullets(known.iter().map(|file| {
                Content::from(Link::new(file.to_string(), format!("/children/{file}")))
            }))
        });
    let typed = &view.typed.child;
    let form = view
        .form("child")
        .part(
            TextInput::new("file", "Reference of the file")
                .value(&typed.file)
                .width(20)
                .error_if(err(view.errors, "file")),
        )
        .part(
            area("child_reason", "Why is it this child?", &typed.child_reason, view.errors).rows(2),
        )
        .part(Button::new("Record on the file").secondary());
    let mut fold = Details::new("Record it on a child's file", Content::from(form));
    fold.open = ["file", "child_reason"].iter().any(|f| view.errors.of(f).is_some());
    section.part_if(known.is_empty().then(|| p("None is recorded."))).part_if(list).part(fold)
}

/// Two versions beside each other, in words: what was left out is struck through in brackets.
pub(super) fn beside(original: &str, sanitised: &str) -> Content {
    let mut removed: Vec<String> = Vec::new();
    let mut added: Vec<String> = Vec::new();
    let mut run: Vec<String> = Vec::new();
    let runs = |run: &mut Vec<String>, to: &mut Vec<String>| {
        if !run.is_empty() {
            to.push(run.join(" "));
            run.clear();
        }
    };
    let mut last = 0;
    for word in diff(original, sanitised) {
        let (now, text) = match word {
            Word::Kept(text) => (0, text),
            Word::Removed(text) => (1, text),
            Word::Added(text) => (2, text),
        };
        if now != last {
            match last {
                1 => runs(&mut run, &mut removed),
                2 => runs(&mut run, &mut added),
                _ => run.clear(),
            }
            last = now;
        }
        if now != 0 {
            run.push(text);
        }
    }
    match last {
        1 => runs(&mut run, &mut removed),
        2 => runs(&mut run, &mut added),
        _ => {}
    }
    let shown = |title: &str, words: Vec<String>| {
        let body = if words.is_empty() { vec!["Nothing".to_owned()] } else { words };
        [Markup::of(&h3(title)), Markup::of(&bullets(body))]
    };
    let mut parts = shown("Left out", removed).to_vec();
    parts.extend(shown("Put in", added));
    Content::Html(Markup::join(parts.iter()))
}

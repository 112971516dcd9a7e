//! The pages of imports.

use tessera_app::batch::{
    Batch, BatchKind, BatchState, BatchView, MEANINGS, RawColumns, Rejected, Row,
};
use tessera_core::{
    errors::FieldErrors,
    report::{MentionKind, RawMention},
    time::in_words,
};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, Details, FileUpload, HeadCell, InsetText, Link,
        NotificationBanner, Radios, Select, SelectItem, SummaryList, SummaryRow, Table,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, buttons, p, words},
};

use super::Typed;
use crate::{
    desk::grade,
    error::WebError,
    parts::{area, beginning, err},
    site::{Site, Visitor},
};

/// So many rows are shown as they will be.
const SHOWN: usize = 10;
/// So many rows that cannot come in are shown; all of them stand in the file.
const SHOWN_REJECTED: usize = 20;

fn kinds(chosen: &str, errors: &FieldErrors) -> Radios {
    let choices = BatchKind::ALL.map(|kind| {
        let hint = match kind {
            BatchKind::Reports => "Each row tells what was noticed",
            BatchKind::People => "Each row is about one person",
            BatchKind::Vehicles => "Each row is about one vehicle",
        };
        Choice::new(kind.id(), kind.label()).hint(hint).checked(kind.id() == chosen)
    });
    Radios::new("kind", "What does it list?", choices).error_if(err(errors, "kind"))
}

/// The batches, and the form to begin one.
pub(super) async fn list(
    site: &Site,
    visitor: &Visitor,
    kind: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let batches = site.app.batches(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "Import a spreadsheet").await?;
    layout.back = Some("/desk".into());
    let form = Form::new("/imports/file", &layout)
        .with_file()
        .part(kinds(kind, errors))
        .part(
            FileUpload::new("file", "The file")
                .hint("CSV or Excel (.xlsx), up to 5 MB and 1,000 rows. Headings stand in row 1.")
                .accept(".csv,.xlsx")
                .error_if(err(errors, "file")),
        )
        .part(Button::new("Continue"));
    let intro = "Each row becomes an intelligence report. Nothing is brought in before you have \
                 named the columns and looked at the rows. A whole import can be undone.";
    Ok(Page::new(layout)
        .part(p(intro))
        .part(form)
        .part(Section::new("batches", "Imports so far").part(table(&batches))))
}

fn table(batches: &[Batch]) -> Content {
    if batches.is_empty() {
        return p("There is none.").into();
    }
    let head = ["When", "What", "By", "Stands", "Brought in", "Rejected"];
    let table = batches.iter().fold(
        Table::new("Imports, the latest first", head.map(HeadCell::from)).under_heading(),
        |table, batch| {
            let link = Link::new(in_words(batch.at), format!("/imports/{}", batch.id));
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(batch.kind.label()),
                Cell::from(batch.by_name.clone()),
                Cell::from(batch.state.label()),
                Cell::number(batch.rows.to_string()),
                Cell::number(batch.rejected.to_string()),
            ])
        },
    );
    table.into()
}

/// What the parts of the page need.
struct View<'a> {
    site: &'a Site,
    layout: Layout,
    seen: &'a BatchView,
    typed: &'a Typed,
    errors: &'a FieldErrors,
    at: String,
}

impl View<'_> {
    fn form(&self, act: &str) -> Form {
        Form::new(format!("{}/{act}", self.at), &self.layout)
            .hidden("version", self.seen.batch.version.to_string())
    }
}

/// One batch.
pub(super) async fn batch(
    site: &Site,
    visitor: &Visitor,
    seen: &BatchView,
    typed: &Typed,
    errors: &FieldErrors,
    did: &str,
) -> Result<Page, WebError> {
    let draft = seen.batch.state == BatchState::Draft;
    let title = if draft { "Check the import" } else { "Import" };
    let mut layout = site.layout(visitor, title).await?;
    layout.back = Some("/imports".into());
    layout.wide = true;
    let at = format!("/imports/{}", seen.batch.id);
    let view = View { site, layout: layout.clone(), seen, typed, errors, at };
    let told = match did {
        "named" if draft => Some("The columns are named. Look at the rows below."),
        "sent" => Some("The rows were brought in."),
        "undone" => Some("The import was undone."),
        _ => None,
    };
    let page = Page::new(layout)
        .part_if(told.map(NotificationBanner::success))
        .part(SummaryList::new(facts(seen)));
    if draft {
        return Ok(page
            .part(columns(&view))
            .part(preview(&view))
            .part_if(rejected(&view))
            .part(send(&view)));
    }
    let done = seen.batch.state == BatchState::Done;
    Ok(page
        .part_if((!seen.why_undone.is_empty()).then(|| words(&seen.why_undone)))
        .part_if(rejected(&view))
        .part_if((!seen.reports.is_empty()).then(|| reports(seen)))
        .part_if(done.then(|| undo(&view))))
}

fn facts(seen: &BatchView) -> Vec<SummaryRow> {
    let batch = &seen.batch;
    let mut rows = vec![
        SummaryRow::new("File", seen.file.clone()),
        SummaryRow::new("What it lists", batch.kind.label()),
        SummaryRow::new("By", format!("{}, {}", batch.by_name, in_words(batch.at))),
        SummaryRow::new("Stands", batch.state.label()),
    ];
    if batch.state == BatchState::Draft {
        let near = seen.checked.good.iter().filter(|row| row.like.is_some()).count();
        let (good, wrong) = (seen.checked.good.len(), seen.checked.rejected.len());
        rows.push(SummaryRow::new("Rows that can come in", good.to_string()));
        rows.push(SummaryRow::new("Of them nearly the same as another", near.to_string()));
        rows.push(SummaryRow::new("Rows that cannot", wrong.to_string()));
    } else {
        rows.push(SummaryRow::new("Rows brought in", batch.rows.to_string()));
        rows.push(SummaryRow::new("Rows that were not", batch.rejected.to_string()));
    }
    if let Some((by, at)) = &batch.undone {
        rows.push(SummaryRow::new("Undone", format!("{by}, {}", in_words(*at))));
    }
    rows
}

fn columns(view: &View<'_>) -> Section {
    let seen = view.seen;
    let typed = view.typed.columns.clone().unwrap_or_else(|| RawColumns {
        kind: seen.batch.kind.id().into(),
        means: seen.columns.iter().map(|(_, means)| means.clone()).collect(),
        ..RawColumns::default()
    });
    let mut form = view.form("columns").part(kinds(&typed.kind, view.errors));
    for (n, (heading, _)) in seen.columns.iter().enumerate() {
        let items = MEANINGS.iter().map(|means| SelectItem::new(means.id, means.label));
        let samples = seen.samples.get(n).cloned().unwrap_or_default();
        let samples: Vec<String> = samples.iter().map(|cell| beginning(cell, 40)).collect();
        let name = format!("means-{n}");
        form = form.part(
            Select::new(&name, beginning(heading, 80), items)
                .hint(samples.join("; "))
                .chosen(typed.means.get(n).map_or("", String::as_str))
                .error_if(err(view.errors, &name)),
        );
    }
    let keep = Choice::new("yes", "Keep these names for the next file of my agency")
        .checked(typed.keep == "yes");
    let form = form
        .part(Checkboxes::new("keep", "Next time", [keep]))
        .part(Button::new("Name the columns").secondary());
    Section::new("columns", "What the columns mean")
        .part(p("They were guessed from their headings. Below each stand its first cells."))
        .part(form)
}

fn preview(view: &View<'_>) -> Section {
    let good = &view.seen.checked.good;
    let section = Section::new("preview", "The rows as they will be");
    if good.is_empty() {
        return section.part(p("No row can come in as the columns are named."));
    }
    let head = ["Row", "When", "What", "People and things", "Nearly the same as"];
    let caption = format!("The first {} of {} rows", good.len().min(SHOWN), good.len());
    let table = good
        .iter()
        .take(SHOWN)
        .fold(Table::new(caption, head.map(HeadCell::from)).under_heading(), |table, row| {
            table.row(cells(row))
        });
    section.part(table)
}

fn cells(row: &Row) -> [Cell; 5] {
    let report = &row.report;
    let when = [report.when_text.clone(), report.happened_on.map(|day| day.to_string())];
    let line = |m: &RawMention| {
        let kind = MentionKind::from_id(&m.kind).map_or("", MentionKind::label);
        format!("{kind}: {}", m.in_words())
    };
    let mentions: Vec<String> = report.mentions.iter().map(line).collect();
    [
        Cell::from(row.number.to_string()),
        Cell::from(when.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        Cell::from(beginning(&report.what, 200)),
        Cell::from(Content::lines(&mentions.join("\n"))),
        Cell::from(row.like.clone().unwrap_or_default()),
    ]
}

fn rejected(view: &View<'_>) -> Option<Section> {
    let all = &view.seen.checked.rejected;
    if all.is_empty() {
        return None;
    }
    let line =
        |row: &Rejected| Content::from(format!("Row {}: {}", row.number, row.problems.join(". ")));
    let whole = Link::new("All of them as a file (CSV)", format!("{}/rejected.csv", view.at));
    let more = all.len().saturating_sub(SHOWN_REJECTED);
    Some(
        Section::new("rejected", "Rows that cannot come in")
            .part(bullets(all.iter().take(SHOWN_REJECTED).map(line)))
            .part_if((more > 0).then(|| p(format!("And {more} more."))))
            .part(p(whole))
            .part(p("Mend them there, and import that file on its own.")),
    )
}

fn send(view: &View<'_>) -> Section {
    let typed = &view.typed.send;
    let near = Choice::new("yes", "Bring in rows that are nearly the same as another too")
        .hint("Saying a thing again does not make it truer")
        .checked(typed.near == "yes");
    let form = grade::fields(view.form("send"), &view.site.app.codes, &typed.grade, view.errors)
        .part(Checkboxes::new("near", "Repeated rows", [near]).error_if(err(view.errors, "near")))
        .part(buttons([Button::new("Bring the rows in")]));
    Section::new("send", "Grade and bring in")
        .part(p(
            "Every row gets this grade and these handling conditions. You can change each later.",
        ))
        .part(form)
        .part(view.form("drop").part(Button::new("Drop this import").secondary()))
}

fn reports(seen: &BatchView) -> Section {
    let line = |(reference, row): &(tessera_core::reference::Reference, i64)| {
        let link = Link::new(reference.to_string(), format!("/desk/{reference}"));
        Content::from(link.hidden(format!(", row {row}")))
    };
    let list = Details::new(
        format!("{} reports that you may see", seen.reports.len()),
        Content::from(bullets(seen.reports.iter().map(line))),
    );
    Section::new("reports", "What it became").part(list)
}

fn undo(view: &View<'_>) -> Section {
    let (typed, built) = (&view.typed.undo, view.seen.built_on);
    let told = (built > 0).then(|| {
        InsetText::new(format!(
            "{built} of these reports were worked on since: graded anew, joined, shared or recorded on \
             a file. They cannot vanish. They can be taken back."
        ))
    });
    let also = (built > 0).then(|| {
        Checkboxes::new(
            "built_on",
            "Reports that were worked on",
            [Choice::new("yes", "Take them back; everybody who was given one is told")
                .checked(typed.built_on == "yes")],
        )
        .error_if(err(view.errors, "built_on"))
    });
    let form = view
        .form("undo")
        .part_if(also)
        .part(area("undo_reason", "Why is it undone?", &typed.undo_reason, view.errors).rows(2))
        .part(Button::new("Undo the whole import").warning());
    Section::new("undo", "Undo")
        .part(p("Reports that nobody has worked on vanish as if they had never come."))
        .part_if(told)
        .part(form)
}

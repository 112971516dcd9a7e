//! The page of one concern: what was told on top, what else we have beside it, then the acts in the
//! order they are usually done.

use tessera_app::concern::Seen;
use tessera_app::concern::{Clock, Whole};
use tessera_core::{
    check::PartnerCheck,
    concern::{ConcernChild, NameSharing},
    document::{KINDS, MOST_BYTES},
    errors::FieldErrors,
    time::in_words,
};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, Details, FileUpload, HeadCell, IdentityBar,
        InsetText, Link, Markup, Radios, SubNavigation, SummaryList, SummaryRow, Table, Tag,
        WarningText,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, h3, p, words},
};

use crate::{
    error::WebError,
    parts::{area, beginning, choices, deadline, err, or_not_given, select, urgency_tag},
    queue::{Sender, Typed},
    site::{Site, Visitor},
};

/// Everything the parts of the page need.
struct View<'a> {
    site: &'a Site,
    layout: Layout,
    whole: &'a Whole,
    typed: &'a Typed,
    errors: &'a FieldErrors,
    at: String,
}

impl View<'_> {
    /// A form of this page; every act carries the version of the concern that the officer saw.
    fn form(&self, act: &str) -> Form {
        Form::new(format!("{}/{act}", self.at), &self.layout)
            .hidden("version", self.whole.concern.version.to_string())
    }

    fn code(&self, list: &str, id: &str) -> String {
        self.site.app.codes.label(list, id)
    }
}

/// The page of one concern.
pub(super) async fn concern(
    site: &Site,
    visitor: &Visitor,
    seen: &Seen,
    typed: &Typed,
    errors: &FieldErrors,
    sender: Sender,
) -> Result<Page, WebError> {
    let whole = &seen.whole;
    let c = &whole.concern;
    let mut layout = site.layout(visitor, format!("Concern {}", c.reference)).await?;
    layout.back = Some(if visitor.actor.is_hub() { "/queue" } else { "/concerns" }.into());
    let at = format!("/queue/{}", c.reference);
    let view = View { site, layout: layout.clone(), whole, typed, errors, at };
    let agencies = if seen.may_work { site.app.agency_names().await? } else { Vec::new() };
    let screenings = if seen.may_work {
        Some(crate::screening::attached(site, visitor, c.id, &c.reference).await?)
    } else {
        None
    };
    let page = Page::new(layout)
        .above(identity(&view))
        .part_if(c.danger_now.then(|| {
            WarningText::new(
                "The sender says that a child is in danger now. Check that 999 was called.",
            )
        }))
        .part_if(seen.may_work.then(contents))
        .part(told(&view, seen.may_work, sender))
        .part_if(help_shown(seen))
        .part(children(&view, seen.may_work))
        .part_if(screenings)
        .part_if(seen.may_work.then(|| earlier(seen)))
        .part(since(&view, seen.may_work))
        .part(documents(&view, seen.may_work))
        .part_if(seen.may_work.then(|| grade(&view)))
        .part(routes(&view, seen.may_work));
    if !seen.may_work {
        return Ok(page);
    }
    let agencies: Vec<Choice> =
        agencies.iter().map(|a| Choice::new(a.id.to_string(), a.name.as_str())).collect();
    Ok(page
        .part(sharing(&view))
        .part(checks(&view, agencies))
        .part(decide(&view))
        .part_if((!whole.challenges.is_empty()).then(|| challenges(&view)))
        .part(clocks(&view)))
}

/// Which guidance stood beside the questions when they were answered.
fn help_shown(seen: &Seen) -> Option<Details> {
    let lines = seen.help.iter().map(|help| {
        let page = help.path.trim_start_matches("pages/").trim_end_matches(".md");
        Content::from(Markup::join([
            Content::from(Link::new(page, format!("/guidance/{page}#{}", help.heading))),
            Content::from(format!(", version {} (question {})", help.number, help.question)),
        ]))
    });
    let lines: Vec<Content> = lines.collect();
    (!lines.is_empty())
        .then(|| Details::new("Guidance shown to the sender", Content::from(bullets(lines))))
}

fn identity(view: &View<'_>) -> IdentityBar {
    let c = &view.whole.concern;
    let running = view.whole.clocks.iter().find(|k| k.met_at.is_none() && k.stopped_at.is_none());
    let bar = IdentityBar::new("Concern", c.reference.to_string())
        .tag(urgency_tag(&view.site.app.codes, c.urgency.as_deref(), c.danger_now))
        .tag(Tag::new(c.status.label()))
        .fact("Received", in_words(c.received_at))
        .notice("Each look at this record is written down.");
    match running {
        Some(clock) => {
            bar.fact("Due", Content::from(deadline(clock.due_at, view.site.app.db.now())))
        }
        None => bar,
    }
}

fn contents() -> SubNavigation {
    let parts = [
        ("What was told", "#words"),
        ("Children", "#children"),
        ("Earlier contacts", "#earlier"),
        ("Documents", "#documents"),
        ("Urgency", "#grade"),
        ("Routes", "#route"),
        ("Sharing", "#share"),
        ("Partner checks", "#checks"),
        ("Decision", "#decide"),
    ];
    SubNavigation::new("Parts of this page", "", parts)
}

fn told(view: &View<'_>, may_work: bool, sender: Sender) -> Section {
    let c = &view.whole.concern;
    let text = |value: Option<&str>| Content::lines(&or_not_given(value));
    let origin = c.origin.as_deref().map(|id| view.code("origin", id));
    let knows = |id: Option<&str>| id.map(|id| view.code("knows", id));
    let when = [c.when_text.clone(), c.happened_on.map(|d| d.to_string())];
    let when = when.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let mut rows = vec![
        SummaryRow::new("Where", text(c.place.as_deref())),
        SummaryRow::new("When", text(Some(&when))),
        SummaryRow::new("Others", text(c.others.as_deref())),
        SummaryRow::new("How the sender knows", text(origin.as_deref())),
        SummaryRow::new("The sender's opinion", text(c.opinion.as_deref())),
        SummaryRow::new("The child knows", text(knows(c.child_knows.as_deref()).as_deref())),
        SummaryRow::new("The parents know", text(knows(c.parents_know.as_deref()).as_deref())),
    ];
    if may_work {
        let from = c.agency_name.clone().unwrap_or_else(|| c.channel.label().to_owned());
        rows.push(SummaryRow::new("From", from));
        rows.push(SummaryRow::new("May the sender be named", sharing_words(c.name_sharing)));
    }
    let section = Section::new("words", "What was told").part(words(&c.what));
    let section = match &c.child_words {
        Some(child) => section.part(h3("The child's own words")).part(words(child)),
        None => section,
    };
    let section = section.part(SummaryList::new(rows));
    if !may_work {
        return section;
    }
    match sender {
        Sender::Sealed => section.part(
            Form::new(format!("{}/source", view.at), &view.layout)
                .part(Button::new("Show who sent it (this is written down)").secondary()),
        ),
        Sender::NotSaid => section.part(InsetText::new("The sender did not say who they are.")),
        Sender::Shown(who) => section.part(SummaryList::new([
            SummaryRow::new("Name", or_not_given(Some(&who.name))),
            SummaryRow::new("Telephone", or_not_given(Some(&who.telephone))),
            SummaryRow::new("E-mail", or_not_given(Some(&who.email))),
            SummaryRow::new("Who they are", or_not_given(Some(&who.relation))),
        ])),
    }
}

const fn sharing_words(sharing: NameSharing) -> &'static str {
    match sharing {
        NameSharing::MayPassOn => "Yes, where it helps the child",
        NameSharing::HubOnly => "Only to the team that reads this",
        NameSharing::NotKnown => "No, the sender does not want to be known",
    }
}

fn child_name(child: &ConcernChild, n: usize) -> String {
    if !child.name.is_empty() {
        return child.name.clone();
    }
    child.known_as.clone().unwrap_or_else(|| format!("Child {} (name not known)", n + 1))
}

fn children(view: &View<'_>, may_work: bool) -> Section {
    let mut section = Section::new("children", "Children in this concern");
    for (n, child) in view.whole.children.iter().enumerate() {
        let file = view.whole.files.iter().find(|(id, _)| *id == child.id).map(|(_, r)| r);
        let born = child.born.map(|d| d.to_string()).or_else(|| child.age.clone());
        let mut rows = vec![
            SummaryRow::new("Known as", or_not_given(child.known_as.as_deref())),
            SummaryRow::new("Born or age", or_not_given(born.as_deref())),
            SummaryRow::new("School or setting", or_not_given(child.school.as_deref())),
            SummaryRow::new("Address", or_not_given(child.address.as_deref())),
        ];
        if may_work {
            let identify = format!("{}/child/{}", view.at, child.id);
            let value = match file {
                Some(r) => Markup::join([
                    Link::new(r.to_string(), format!("/children/{r}")),
                    Link::new("Change", identify),
                ]),
                None => Markup::of(&Link::new("Find or open a file", identify)),
            };
            rows.push(SummaryRow::new("File", Content::Html(value)));
        }
        section = section.part(SummaryList::new(rows).in_card(child_name(child, n), Vec::new()));
    }
    section
}

fn earlier(seen: &Seen) -> Section {
    let section = Section::new("earlier", "Earlier contacts that may belong here");
    if seen.earlier.is_empty() {
        return section.part(p("Nothing we hold shares a file, a name, an address, a telephone \
                               number or a number plate with this concern."));
    }
    let head = ["Reference", "Received", "What they share", "Beginning"].map(HeadCell::from);
    let table = seen.earlier.iter().fold(
        Table::new("Suggested by what they share; a person decides", head),
        |table, e| {
            let link = Link::new(e.reference.to_string(), format!("/queue/{}", e.reference));
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(in_words(e.received_at)),
                Cell::from(e.reasons.join("; ")),
                Cell::from(beginning(&e.what, 120)),
            ])
        },
    );
    section.part(table)
}

fn since(view: &View<'_>, may_work: bool) -> Section {
    let mut section = Section::new("since", "Since then");
    if view.whole.entries.is_empty() {
        section = section.part(p("Nothing was added."));
    }
    for entry in &view.whole.entries {
        let head = format!("{}, {}, {}", entry.kind.label(), entry.by, in_words(entry.at));
        section = section.part(p(head)).part(words(&entry.body));
    }
    if !may_work {
        return section;
    }
    let typed = &view.typed.entry;
    let kinds = [
        Choice::new("question", "A question to the sender"),
        Choice::new("note", "A note between officers"),
    ];
    let form = view
        .form("entry")
        .part(
            Radios::new("entry_kind", "Write", kinds)
                .chosen([typed.entry_kind.as_str()])
                .error_if(err(view.errors, "entry_kind")),
        )
        .part(area("entry_body", "Words", &typed.entry_body, view.errors))
        .part(Button::new("Write").secondary());
    folded(
        section,
        "Ask the sender, or keep a note",
        form,
        !typed.entry_body.is_empty() || wrong(view, "entry"),
    )
}

fn wrong(view: &View<'_>, prefix: &str) -> bool {
    view.errors.0.iter().any(|e| e.field.starts_with(prefix))
}

/// A form behind a summary; open when it reports errors.
fn folded(section: Section, summary: &str, form: Form, open: bool) -> Section {
    let mut details = Details::new(summary, Content::from(form));
    details.open = open;
    section.part(details)
}

fn grade(view: &View<'_>) -> Section {
    let mut section = Section::new("grade", "Urgency");
    for u in &view.whole.urgencies {
        let label = view.code("urgency", &u.urgency);
        let line = format!("{label} Set by {} on {}: {}", u.by, in_words(u.at), u.reason);
        section = section.part(p(line));
    }
    let typed = &view.typed.urgency;
    let form = view
        .form("urgency")
        .part(
            Radios::new(
                "urgency",
                "How urgent is it?",
                choices(&view.site.app.codes, "urgency", &typed.urgency),
            )
            .error_if(err(view.errors, "urgency")),
        )
        .part(area("urgency_reason", "Why", &typed.urgency_reason, view.errors))
        .part(Button::new("Set the urgency").secondary());
    let open = view.whole.urgencies.is_empty() || wrong(view, "urgency");
    folded(section, "Set or change the urgency", form, open)
}

fn routes(view: &View<'_>, may_work: bool) -> Section {
    let mut section = Section::new("route", "Routes");
    if view.whole.routes.is_empty() {
        section = section.part(p("No route has been taken yet."));
    }
    for r in &view.whole.routes {
        let label = view.code("route", &r.route);
        section =
            section.part(p(format!("{label}, by {} on {}: {}", r.by, in_words(r.at), r.reason)));
    }
    if !may_work {
        return section;
    }
    if view.whole.routes.iter().any(|r| r.route == "panel") {
        let at = format!("/panel/{}", view.whole.concern.reference);
        section = section.part(p(Link::new("See it on the panel's list", at)));
    }
    let typed = &view.typed.routes;
    let taken = |id: &str| view.whole.routes.iter().any(|r| r.route == id);
    let items = choices(&view.site.app.codes, "route", "").into_iter().filter(|c| !taken(&c.value));
    let form = view
        .form("routes")
        .part(
            Checkboxes::new("routes", "Where does this go? Choose all that apply", items)
                .chosen(typed.routes.iter().map(String::as_str))
                .error_if(err(view.errors, "routes")),
        )
        .part(area("route_reason", "Why", &typed.route_reason, view.errors))
        .part(Button::new("Take these routes").secondary());
    folded(section, "Take a route", form, wrong(view, "route"))
}

fn sharing(view: &View<'_>) -> Section {
    let mut section = Section::new("share", "Lawful basis and agreement");
    if view.whole.sharing.is_empty() {
        section = section.part(p("Nothing is on record yet. It is needed before an outcome that \
                                  shares the concern."));
    }
    for s in &view.whole.sharing {
        let line = format!(
            "{}. {}. By {} on {}: {}",
            view.code("sharing_basis", &s.basis),
            view.code("agreement", &s.agreement),
            s.by,
            in_words(s.at),
            s.reason
        );
        section = section.part(p(line));
    }
    let typed = &view.typed.sharing;
    let codes = &view.site.app.codes;
    let form = view
        .form("sharing")
        .part(
            Radios::new(
                "basis",
                "On what basis is it shared?",
                choices(codes, "sharing_basis", &typed.basis),
            )
            .error_if(err(view.errors, "basis")),
        )
        .part(
            Radios::new(
                "agreement",
                "Did the family agree to support? This is asked apart from the basis",
                choices(codes, "agreement", &typed.agreement),
            )
            .error_if(err(view.errors, "agreement")),
        )
        .part(area("sharing_reason", "Why", &typed.sharing_reason, view.errors))
        .part(Button::new("Record the basis").secondary());
    let open = wrong(view, "basis") || wrong(view, "agreement") || wrong(view, "sharing");
    folded(section, "Record the basis for sharing", form, open)
}

fn documents(view: &View<'_>, may_work: bool) -> Section {
    let mut section = Section::new("documents", "Documents");
    if view.whole.documents.is_empty() {
        section = section.part(p("None."));
    } else {
        let head = ["File", "Size", "Added", "Search"].map(HeadCell::from);
        let table = Table::new("Documents of this concern", head);
        section = section.part(view.whole.documents.iter().fold(table, |table, file| {
            let link = Link::new(file.name.clone(), format!("{}/documents/{}", view.at, file.id));
            let read = if file.searchable { "Its words are found" } else { "No words to find" };
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(format!("{} kB", (file.size / 1024).max(1))),
                Cell::from(format!("{}, {}", in_words(file.added_at), file.by)),
                Cell::from(read),
            ])
        }));
    }
    if !may_work {
        return section;
    }
    let kinds = KINDS.join(", ");
    let choose = FileUpload::new("document", "Which file?")
        .hint(format!("Up to {} MB; one of {kinds}. It is kept as it is.", MOST_BYTES >> 20))
        .accept(KINDS.iter().map(|kind| format!(".{kind}")).collect::<Vec<_>>().join(","))
        .error_if(err(view.errors, "document"));
    let form =
        view.form("documents").with_file().part(choose).part(Button::new("Add it").secondary());
    folded(section, "Add a document", form, wrong(view, "document"))
}

fn checks(view: &View<'_>, agencies: Vec<Choice>) -> Section {
    let mut section = Section::new("checks", "Partner checks");
    if !view.whole.checks.is_empty() {
        let head = ["Agency", "Child", "Asked", "Answer"].map(HeadCell::from);
        let table = view.whole.checks.iter().fold(
            Table::new("What partners answered", head),
            |table, check| {
                table.row([
                    Cell::from(check.agency_name.clone()),
                    Cell::from(check.child_name.clone()),
                    Cell::from(format!("{}, {}", in_words(check.asked_at), check.asked_by)),
                    Cell::from(check_answer(view, check)),
                ])
            },
        );
        section = section.part(table);
    }
    let typed = &view.typed.check;
    let form = view
        .form("checks")
        .part(which_child(view, "check_child", &typed.check_child))
        .part(
            Checkboxes::new("agencies", "Which agencies do you ask?", agencies)
                .chosen(typed.agencies.iter().map(String::as_str))
                .error_if(err(view.errors, "agencies")),
        )
        .part(
            area(
                "question",
                "What do you ask, and why may you ask it?",
                &typed.question,
                view.errors,
            )
            .hint("The agency sees the child's name, date of birth and these words, nothing else."),
        )
        .part(Button::new("Ask these agencies").secondary());
    let open = wrong(view, "check") || wrong(view, "agencies") || wrong(view, "question");
    folded(section, "Ask agencies what they hold", form, open)
}

fn check_answer(view: &View<'_>, check: &PartnerCheck) -> Content {
    let Some(answer) = check.answer else {
        let due = Markup::of(&deadline(check.due_at, view.site.app.db.now()));
        if check.escalated_at.is_none() {
            return Content::Html(due);
        }
        return Content::Html(Markup::join([due, Markup::of(&Tag::coloured("Escalated", "red"))]));
    };
    let by = check.answered_by.as_deref().unwrap_or_default();
    let text = check.held.as_deref().or(check.reason.as_deref()).unwrap_or_default();
    Content::lines(&format!("{} ({by})\n{text}", answer.label()))
}

fn which_child(view: &View<'_>, name: &str, chosen: &str) -> Radios {
    let only = match view.whole.children.as_slice() {
        [one] => one.id.to_string(),
        _ => String::new(),
    };
    let items = view.whole.children.iter().enumerate();
    let items = items.map(|(n, c)| Choice::new(c.id.to_string(), child_name(c, n)));
    let chosen = if chosen.is_empty() { only.as_str() } else { chosen };
    Radios::new(name, "Which child?", items).chosen([chosen]).error_if(err(view.errors, name))
}

fn decide(view: &View<'_>) -> Section {
    let mut section = Section::new("decide", "Decision");
    for (n, child) in view.whole.children.iter().enumerate() {
        for d in view.whole.decisions.iter().filter(|d| d.child == child.id) {
            let line = format!(
                "{}: {}. {}. By {} on {}: {}",
                child_name(child, n),
                view.code("outcome", &d.outcome),
                view.code("need_level", &d.need_level),
                d.decided_by,
                in_words(d.decided_at),
                d.reason
            );
            section = section.part(p(line)).part(p(format!("The sender is told: {}", d.told)));
        }
    }
    let typed = &view.typed.decision;
    let codes = &view.site.app.codes;
    let form = view
        .form("decision")
        .part(which_child(view, "decision_child", &typed.decision_child))
        .part(select("outcome", "Outcome", codes, "outcome", &typed.outcome, view.errors))
        .part(
            Radios::new(
                "need_level",
                "Level of need",
                choices(codes, "need_level", &typed.need_level),
            )
            .error_if(err(view.errors, "need_level")),
        )
        .part(area("decision_reason", "Your reason", &typed.decision_reason, view.errors))
        .part(
            area("told", "What the sender is told", &typed.told, view.errors)
                .hint("Leave it empty to use the words that belong to the outcome."),
        )
        .part(Button::new("Decide"));
    let open = view.whole.decisions.is_empty()
        || ["decision", "outcome", "need_level", "told"].iter().any(|f| wrong(view, f));
    folded(section, "Decide about a child", form, open)
}

fn challenges(view: &View<'_>) -> Section {
    let mut section = Section::new("challenges", "Challenges");
    for c in &view.whole.challenges {
        section = section
            .part(p(format!("The sender disagreed on {}:", in_words(c.at))))
            .part(words(&c.reason));
        if let (Some(answer), Some(by)) = (&c.answer, &c.answered_by) {
            section = section.part(p(format!("{by} answered:"))).part(words(answer));
            continue;
        }
        let typed = &view.typed.answer;
        let verdicts = [
            Choice::new("upheld", "The decision stands"),
            Choice::new("changed", "It is taken again"),
        ];
        let form = view
            .form("challenge")
            .hidden("challenge", c.id.to_string())
            .part(
                Radios::new("verdict", "What do you decide?", verdicts)
                    .chosen([typed.verdict.as_str()])
                    .error_if(err(view.errors, "verdict")),
            )
            .part(area("answer", "Your answer, as the sender reads it", &typed.answer, view.errors))
            .part(Button::new("Answer the challenge"));
        section = section
            .part(Content::from(deadline(c.due_at, view.site.app.db.now())))
            .part(p("A manager who did not take the decision answers."))
            .part(form);
    }
    section
}

fn clocks(view: &View<'_>) -> Section {
    let head = ["Clock", "Due", "State"].map(HeadCell::from);
    let rule = |k: &Clock| {
        let day = tessera_core::time::day_in_london(k.started_at);
        view.site.app.clocks.rule(&k.rule, day).map_or(k.rule.clone(), |r| r.label().to_owned())
    };
    let table =
        view.whole.clocks.iter().fold(Table::new("Clocks of this concern", head), |t, k| {
            let state = match (k.met_at, k.stopped_at) {
                (Some(at), _) => {
                    let late = if at > k.due_at { ", late" } else { ", in time" };
                    format!("Met on {}{late}", in_words(at))
                }
                (None, Some(at)) => format!("Stopped on {}: {}", in_words(at), k.stop_reason),
                (None, None) => "Running".to_owned(),
            };
            let due = Content::from(deadline(k.due_at, view.site.app.db.now()));
            let due = if k.met_at.is_some() || k.stopped_at.is_some() {
                Content::from(in_words(k.due_at))
            } else {
                due
            };
            t.row([
                Cell::from(Content::lines(&format!("{}\n{}", rule(k), k.explained))),
                Cell::from(due),
                Cell::from(state),
            ])
        });
    let section = Section::new("clocks", "Clocks").part(table.under_heading());
    let clocks = view.whole.clocks.iter();
    let running: Vec<&Clock> =
        clocks.filter(|k| k.met_at.is_none() && k.stopped_at.is_none()).collect();
    if running.is_empty() {
        return section;
    }
    let typed = &view.typed.stop;
    let chosen = match running.as_slice() {
        [only] => &only.rule,
        _ => &typed.rule,
    };
    let which = running.iter().map(|k| Choice::new(&k.rule, rule(k)));
    let form = view
        .form("clock")
        .part(Radios::new("rule", "Which clock?", which).chosen([chosen.as_str()]))
        .part(area("stop_reason", "Why is it stopped?", &typed.stop_reason, view.errors))
        .part(Button::new("Stop this clock").warning());
    folded(section, "Stop a clock", form, wrong(view, "stop"))
}

//! Guidance: what is in force, who changes it, what a release may not overwrite.

use tessera_app::guidance::{Origin, RawDecision, RawFile, RawPage, RawSend, State};
use tessera_core::{ids::GuidanceId, partial_date::RawDate, time::Date, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public, was_told};

pub(crate) const SECTIONS: &str = "- id: start\n  title: Start here\n  summary: What to do.\n  audience: public\n\
     - id: policies\n  title: Policies\n  summary: What we agreed.\n  audience: staff\n";
pub(crate) const HELP: &str =
    "- {question: tell.what, page: start/signs, heading: what-to-look-for}\n";

/// A page's file.
pub(crate) fn file(title: &str, kind: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: What this is about.\nkind: {kind}\norder: 1\naudience: staff\n\
         owner: Strategy manager\nstatus: published\nversion: \"1.0\"\nin_force_from: 2026-04-01\n\
         last_reviewed: 2026-09-15\nnext_review: 2027-09-15\ntopics: [referral]\nsources: []\n---\n\n{body}"
    )
}

/// The first release: two pages and the lists.
pub(crate) async fn release(w: &World) {
    let signs = file("Signs", "page", "## What to look for\n\nOld words.\n");
    let policy = file("Recording policy", "policy", "## What we do\n\nWe write it down.\n");
    w.app
        .adopt_release(&[
            ("sections.yaml", SECTIONS),
            ("help.yaml", HELP),
            ("pages/start/signs.md", &signs),
            ("pages/policies/recording.md", &policy),
        ])
        .await
        .unwrap();
}

pub(crate) async fn editors(w: &World) -> (Actor, Actor) {
    let hub = w.hub().await;
    let first = make::user(w, "Edie Editor", hub, &[Role::Editor]).await;
    (first, make::user(w, "Ezra Editor", hub, &[Role::Editor]).await)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn typed(text: &str) -> RawDate {
    let day = day(text);
    make::date(&day.day().to_string(), &day.month().to_string(), &day.year().to_string())
}

async fn page_now(w: &World, section: &str, slug: &str) -> String {
    let now = w.app.guidance().await.unwrap();
    now.library.page(section, slug).unwrap().body.clone()
}

/// Writes new words for the page of signs and sends them for approval.
pub(crate) async fn sent(w: &World, editor: &Actor, words: &str) -> GuidanceId {
    let path = "pages/start/signs.md";
    let text = w.app.text_to_edit(editor, path).await.unwrap().unwrap();
    let mut raw = RawPage::of(path, &text).unwrap();
    raw.body = format!("## What to look for\n\n{words}\n");
    let id = w.app.draft_page(editor, &raw).await.unwrap();
    let note = RawSend { note: "Say it plainly".into() };
    w.app.send_guidance(editor, id, &note).await.unwrap();
    id
}

pub(crate) fn decision(from: &str) -> RawDecision {
    RawDecision { from: typed(from), reason: "Agreed by the board".into() }
}

on_both!(what_an_editor_wrote_is_read_once_another_person_publishes_it, async |w| {
    release(&w).await;
    let (first, second) = editors(&w).await;
    let id = sent(&w, &first, "New words.").await;
    assert!(page_now(&w, "start", "signs").await.contains("Old words."));
    assert!(was_told(&w, &second, "waits for approval").await);
    assert!(is_refused(w.app.publish_guidance(&first, id, &decision("2026-11-24")).await));
    w.app.publish_guidance(&second, id, &decision("2026-11-24")).await.unwrap();
    assert!(page_now(&w, "start", "signs").await.contains("New words."));
    assert!(was_told(&w, &first, "approved").await);
    let again = w.app.publish_guidance(&second, id, &decision("2026-11-24")).await;
    assert!(is_refused(again), "a decision is taken once");
});

on_both!(a_page_holds_from_its_day_and_can_be_read_as_of_another, async |w| {
    release(&w).await;
    let (first, second) = editors(&w).await;
    let id = sent(&w, &first, "New words.").await;
    let early = w.app.publish_guidance(&second, id, &decision("2026-11-23")).await;
    assert!(fields(early).of("from").is_some());
    w.app.publish_guidance(&second, id, &decision("2026-12-01")).await.unwrap();
    assert!(page_now(&w, "start", "signs").await.contains("Old words."));
    let on = async |date: &str| {
        let found = w.app.guidance_on("start", "signs", day(date)).await.unwrap();
        found.map(|found| found.page.body)
    };
    assert!(on("2026-03-31").await.is_none());
    assert!(on("2026-04-01").await.unwrap().contains("Old words."));
    assert!(on("2026-12-01").await.unwrap().contains("New words."));
    w.hours_later(24 * 7);
    assert!(page_now(&w, "start", "signs").await.contains("New words."));
    assert!(on("2026-11-30").await.unwrap().contains("Old words."));
});

on_both!(a_release_never_overwrites_what_the_partnership_changed, async |w| {
    release(&w).await;
    let (first, second) = editors(&w).await;
    let id = sent(&w, &first, "Our own words.").await;
    w.app.publish_guidance(&second, id, &decision("2026-11-24")).await.unwrap();
    w.hours_later(24);
    let signs = file("Signs", "page", "## What to look for\n\nWords of the release.\n");
    let policy = file("Recording policy", "policy", "## What we do\n\nWe write it down at once.\n");
    let files =
        [("pages/start/signs.md", signs.as_str()), ("pages/policies/recording.md", &policy)];
    w.app.adopt_release(&files).await.unwrap();
    assert!(page_now(&w, "start", "signs").await.contains("Our own words."));
    assert!(page_now(&w, "policies", "recording").await.contains("at once"));
    let list = w.app.editor_list(&first).await.unwrap();
    let proposed: Vec<_> = list.waiting.iter().filter(|v| v.state == State::Proposed).collect();
    assert_eq!(proposed.len(), 1);
    assert_eq!(
        (proposed[0].path.as_str(), proposed[0].origin),
        ("pages/start/signs.md", Origin::Release)
    );
    // The same release once more brings nothing new.
    w.app.adopt_release(&files).await.unwrap();
    assert_eq!(w.app.guidance_history(&first, "pages/start/signs.md").await.unwrap().len(), 3);
    w.app.publish_guidance(&first, proposed[0].id, &decision("2026-11-25")).await.unwrap();
    assert!(page_now(&w, "start", "signs").await.contains("Words of the release."));
});

on_both!(what_is_given_back_says_why_and_can_be_written_anew, async |w| {
    release(&w).await;
    let (first, _) = editors(&w).await;
    let manager = make::manager(&w).await;
    let id = sent(&w, &first, "New words.").await;
    let unsaid = w.app.return_guidance(&manager, id, &RawDecision::default()).await;
    assert!(fields(unsaid).of("reason").is_some());
    w.app.return_guidance(&manager, id, &decision("2026-11-24")).await.unwrap();
    assert!(was_told(&w, &first, "given back").await);
    let found = w.app.guidance_version(&first, id).await.unwrap().version;
    assert_eq!((found.state, found.reason.as_str()), (State::Returned, "Agreed by the board"));
    let text = w.app.text_to_edit(&first, "pages/start/signs.md").await.unwrap().unwrap();
    assert!(text.contains("New words."), "what was written is where to go on");
    assert!(is_absent(w.app.guidance_version(&manager, id).await), "a draft is the editors' own");
});

on_both!(only_an_editor_writes_and_what_cannot_be_read_is_not_sent, async |w| {
    release(&w).await;
    let (first, _) = editors(&w).await;
    let worker = make::user(&w, "Wren Worker", w.hub().await, &[Role::Worker]).await;
    let raw = RawPage::default();
    assert!(is_refused(w.app.draft_page(&worker, &raw).await));
    let missing = fields(w.app.draft_page(&first, &raw).await);
    for field in ["slug", "title", "summary", "owner", "body", "kind", "audience", "next_review"] {
        assert!(missing.of(field).is_some(), "{field}");
    }
    let path = "pages/start/signs.md";
    let text = w.app.text_to_edit(&first, path).await.unwrap().unwrap();
    let mut raw = RawPage::of(path, &text).unwrap();
    raw.body = "See [this](/guidance/start/nowhere).\n\n<b>Bold</b>".into();
    let id = w.app.draft_page(&first, &raw).await.unwrap();
    let shown = w.app.guidance_version(&first, id).await.unwrap();
    assert!(!shown.checked.faults.is_empty());
    let send = RawSend { note: "Say it plainly".into() };
    assert!(fields(w.app.send_guidance(&first, id, &send).await).of("note").is_some());
    let list = RawFile { path: "know-the-differences.yaml".into(), text: "x".into() };
    assert!(is_absent(w.app.draft_file(&first, &list).await));
});

on_both!(what_nobody_edited_is_exported_with_its_bytes, async |w| {
    release(&w).await;
    let (first, second) = editors(&w).await;
    let id = sent(&w, &first, "New words.").await;
    w.app.publish_guidance(&second, id, &decision("2026-11-24")).await.unwrap();
    let files = w.app.export_guidance().await.unwrap();
    let of = |path: &str| files.iter().find(|(p, _)| p == path).unwrap().1.clone();
    assert_eq!(of("sections.yaml"), SECTIONS);
    let policy = file("Recording policy", "policy", "## What we do\n\nWe write it down.\n");
    assert_eq!(of("pages/policies/recording.md"), policy);
    let edited = of("pages/start/signs.md");
    assert!(
        edited.contains("New words.") && edited.contains("in_force_from: 2026-11-24"),
        "{edited}"
    );
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let (_, faults) = tessera_app::guidance::Library::read("", files.iter().copied());
    assert!(faults.is_empty(), "{faults:?}");
});

on_both!(what_changed_is_told_until_a_person_says_they_have_seen_it, async |w| {
    release(&w).await;
    let (first, second) = editors(&w).await;
    assert!(is_refused(w.app.guidance_changes(&public()).await));
    let (_, none) = w.app.guidance_changes(&first).await.unwrap();
    assert!(none.is_empty(), "what the first release brought is older than a month");
    let id = sent(&w, &first, "New words.").await;
    w.app.publish_guidance(&second, id, &decision("2026-11-26")).await.unwrap();
    assert!(w.app.guidance_changes(&first).await.unwrap().1.is_empty(), "not yet in force");
    w.hours_later(48);
    let (_, changed) = w.app.guidance_changes(&first).await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].title.as_str(), changed[0].note.as_str()), ("Signs", "Say it plainly"));
    w.app.guidance_seen(&first).await.unwrap();
    assert!(w.app.guidance_changes(&first).await.unwrap().1.is_empty());
    assert_eq!(w.app.guidance_changes(&second).await.unwrap().1.len(), 1);
});

on_both!(the_help_that_was_shown_is_kept_with_the_concern, async |w| {
    release(&w).await;
    let help = w.app.help("tell.what").await.unwrap().unwrap();
    assert_eq!(help.words, "What to look for");
    let mut raw = make::concern("A white van waits at the gate.");
    raw.help = vec![
        ("tell.what".into(), help.version.to_string()),
        ("tell.what".into(), "nonsense".into()),
        ("tell.else".into(), help.version.to_string()),
    ];
    let receipt = make::sent(&w, &public(), &raw).await;
    let officer = make::officer(&w).await;
    let seen = w.app.view_concern(&officer, &receipt.reference).await.unwrap();
    assert_eq!(seen.help.len(), 1);
    assert_eq!((seen.help[0].path.as_str(), seen.help[0].number), ("pages/start/signs.md", 1));
});

//! The narrative fields of the product: which words of which form are checked before they are saved.

/// A field whose words are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name in the form; `*-narrative` stands for every field whose name ends so.
    pub(crate) name: &'static str,
    /// As shown.
    pub(crate) label: &'static str,
}

const fn field(name: &'static str, label: &'static str) -> Field {
    Field { name, label }
}

/// The forms with narrative fields, by route. What a person without an account tells us, and a
/// sender's challenge of what we decided, is taken as it is written: nobody who asks for help or
/// disagrees is corrected. A concern that a worker tells has its notes on the page before sending.
pub(crate) const FIELDS: &[(&str, &[Field])] = &[
    ("/concerns/{concern}/add", &[field("body", "What you add")]),
    ("/queue/{concern}/urgency", &[field("urgency_reason", "Why it is this urgent")]),
    ("/queue/{concern}/routes", &[field("route_reason", "Why these routes")]),
    ("/queue/{concern}/sharing", &[field("sharing_reason", "Why it is shared")]),
    ("/queue/{concern}/entry", &[field("entry_body", "Your question or note")]),
    ("/queue/{concern}/checks", &[field("question", "What you ask")]),
    (
        "/queue/{concern}/decision",
        &[field("decision_reason", "Your reason"), field("told", "What the sender is told")],
    ),
    ("/queue/{concern}/clock", &[field("stop_reason", "Why it is stopped")]),
    ("/queue/{concern}/challenge", &[field("answer", "Your answer, as the sender reads it")]),
    ("/queue/{concern}/link", &[field("link_reason", "Why it is this child")]),
    ("/queue/{concern}/new-child", &[field("new_reason", "Why it is none of them")]),
    ("/children/{child}/reason", &[field("reason", "Your reason")]),
    ("/children/{child}/override", &[field("reason", "Your reason")]),
    ("/children/{child}/facts", &[field("value", "Value"), field("source", "Where it comes from")]),
    (
        "/children/{child}/events",
        &[
            field("fact", "What happened, or was said"),
            field("opinion", "What you think of it"),
            field("source", "Where it comes from"),
        ],
    ),
    (
        "/children/{child}/relations",
        &[
            field("relationship", "Who they are to the child"),
            field("source", "Where it comes from"),
        ],
    ),
    ("/children/{child}/involvements", &[field("role", "What they do for the child")]),
    (
        "/children/{child}/correct/{fact}",
        &[
            field("value", "What it should be"),
            field("source", "Where it comes from"),
            field("reason", "Why it is corrected"),
        ],
    ),
    ("/children/{child}/access", &[field("reason", "Why")]),
    ("/screen/{step}", &[field("*-narrative", "What was seen, heard or said")]),
    (
        "/screenings/{screening}/level",
        &[
            field("level_reason", "Your reason"),
            field("change_mind", "What would show that it is wrong"),
        ],
    ),
    ("/screenings/{screening}/pass-on", &[field("pass_reason", "Why it is passed on")]),
    ("/panel/{concern}", &[field("panel_reason", "Why")]),
    ("/instruments/{instrument}/verdict", &[field("verdict_reason", "Why")]),
    ("/reports/{report}/add", &[field("addition", "What you add")]),
    ("/desk/{report}/link", &[field("verdict_reason", "Why")]),
    ("/desk/{report}/child", &[field("child_reason", "Why it is this child")]),
    ("/desk/{report}/grade", &[field("grade_reason", "Why")]),
    ("/desk/{report}/told", &[field("told", "What the sender reads")]),
    ("/desk/{report}/sanitise", &[field("sanitised", "What others may read")]),
    ("/desk/{report}/share", &[field("purpose", "Why they must know")]),
    ("/desk/{report}/ask-source", &[field("source_reason", "Why you must know who sent it")]),
    ("/desk/{report}/retract", &[field("retract_reason", "Why")]),
    ("/desk-requirements", &[field("wanted", "What the desk wants to know")]),
    ("/imports/{batch}/send", &[field("grade_reason", "Why")]),
    ("/imports/{batch}/undo", &[field("undo_reason", "Why")]),
    ("/picture/thing/{mention}/put", &[field("put_reason", "Why you put it to them")]),
    ("/picture/candidates/{candidate}", &[field("verdict_reason", "Why")]),
    ("/editor/version/{version}/send", &[field("note", "What you changed, and why")]),
    ("/editor/version/{version}/publish", &[field("reason", "Why")]),
    ("/steward/review", &[field("review", "What you found")]),
    ("/steward/settle", &[field("reason", "Why")]),
    (
        "/checks/{check}",
        &[field("held", "What you hold"), field("reason", "Why you do not share it")],
    ),
];

/// The narrative fields of a route.
pub(crate) fn of(route: &str) -> Option<&'static [Field]> {
    FIELDS.iter().find(|(path, _)| *path == route).map(|(_, fields)| *fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::TABLE;

    /// Forms without a narrative of a signed-in person, each with why.
    const NONE: &[(&str, &str)] = &[
        ("/tell", "notes stand on the page before sending"),
        ("/tell/{step}", "notes stand on the page before sending"),
        ("/tell/send", "notes stood on the page before"),
        ("/tell/words", "it changes words by a note"),
        ("/tell/resume", "a code"),
        ("/tell/delete", "nothing typed"),
        ("/follow", "a reference and a code"),
        ("/follow/concern/add", "people without an account are not corrected"),
        ("/follow/concern/challenge", "people without an account are not corrected"),
        ("/concerns/{concern}/challenge", "whoever disagrees is not corrected"),
        ("/queue/{concern}/source", "nothing typed"),
        ("/language", "it is the check itself"),
        ("/language/findings", "it is the check itself"),
        ("/lexicon", "the list names the words on purpose"),
        ("/lexicon/retire", "the list names the words on purpose"),
        ("/lexicon/practice", "the sentences hold the words on purpose"),
        ("/lexicon/{change}", "the list names the words on purpose"),
        ("/queue/{concern}/documents", "a document; it is checked where it is written"),
        ("/differences/result", "somebody's own words, kept as they are"),
        ("/differences/concern", "nothing typed"),
        ("/differences/screening", "nothing typed"),
        ("/screen/send", "notes came with each step"),
        ("/screen/resume", "a code"),
        ("/screen/delete", "nothing typed"),
        ("/screen/link/{token}", "nothing typed"),
        ("/screenings/start", "no narrative"),
        ("/screenings/links", "no narrative"),
        ("/screenings/links/{link}/end", "nothing typed"),
        ("/screenings/{screening}/agree", "nothing typed"),
        ("/instruments", "nothing typed"),
        ("/instruments/{instrument}", "a form of questions, not a record"),
        ("/instruments/{instrument}/parts/{part}/{entry}", "a form of questions, not a record"),
        ("/instruments/{instrument}/send", "nothing typed"),
        ("/reports/new", "notes stand on the page before sending"),
        ("/reports/send", "notes stood on the page before"),
        ("/desk/{report}/undo", "no narrative"),
        ("/desk/{report}/answer-source", "no narrative"),
        ("/desk/{report}/source", "no narrative"),
        ("/desk-requirements/close", "no narrative"),
        ("/desk/{report}/answers", "no narrative"),
        ("/imports/file", "a file; its rows are looked at before they come in"),
        ("/imports/{batch}/columns", "no narrative"),
        ("/imports/{batch}/drop", "no narrative"),
        ("/picture/alerts", "no narrative"),
        ("/picture/watches", "a name for oneself"),
        ("/picture/watches/{watch}/end", "no narrative"),
        ("/snapshots", "the name of a meeting"),
        ("/shared/{share}", "no narrative"),
        ("/guidance/changes", "no narrative"),
        ("/guidance/subscribe", "no narrative"),
        ("/guidance/confirm/{token}", "no narrative"),
        ("/guidance/unsubscribe/{token}", "no narrative"),
        ("/policies/{section}/{slug}/read", "no narrative"),
        ("/policies/{section}/{slug}/remind", "no narrative"),
        ("/editor/new", "a page of guidance names words on purpose"),
        ("/editor/page", "a page of guidance names words on purpose"),
        ("/editor/list", "a page of guidance names words on purpose"),
        ("/api/concerns/{concern}/add", "no form"),
        ("/api/concerns/{concern}/challenge", "no form"),
        ("/api/checks/{check}", "no form"),
        ("/api/queue/{concern}/urgency", "no form"),
        ("/api/queue/{concern}/routes", "no form"),
        ("/api/queue/{concern}/sharing", "no form"),
        ("/api/queue/{concern}/entry", "no form"),
        ("/api/queue/{concern}/checks", "no form"),
        ("/api/queue/{concern}/decision", "no form"),
        ("/api/queue/{concern}/clock", "no form"),
        ("/api/queue/{concern}/challenge", "no form"),
        ("/api/queue/{concern}/link", "no form"),
        ("/api/queue/{concern}/new-child", "no form"),
        ("/sign-in", "no narrative"),
        ("/sign-in-as", "no narrative"),
        ("/sign-out", "no narrative"),
        ("/sign-out-everywhere", "no narrative"),
        ("/invitation/{token}", "no narrative"),
        ("/set-up/{token}", "no narrative"),
        ("/admin/agencies", "no narrative"),
        ("/admin/agencies/{agency}/access", "no narrative"),
        ("/admin/people", "no narrative"),
        ("/admin/people/{person}", "no narrative"),
        ("/admin/people/{person}/link", "no narrative"),
        ("/admin/people/{person}/sessions", "no narrative"),
        ("/admin/contacts", "no narrative"),
        ("/api/session", "no form"),
        ("/api/concerns", "no form"),
    ];

    #[test]
    fn every_form_has_its_narrative_fields_named_or_says_why_it_has_none() {
        for route in TABLE.iter().filter(|route| route.method == "post") {
            let listed = of(route.path).is_some();
            let excused = NONE.iter().any(|(path, _)| *path == route.path);
            assert!(
                listed != excused,
                "{}: name its narrative fields, or why it has none",
                route.path
            );
        }
    }

    #[test]
    fn no_form_is_listed_that_is_gone() {
        for (path, _) in FIELDS {
            assert!(TABLE.iter().any(|r| r.method == "post" && r.path == *path), "{path}");
        }
    }
}

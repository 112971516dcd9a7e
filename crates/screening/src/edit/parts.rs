//! What there is to edit: the parts of an instrument's file and the fields of their entries.

use super::{Field, Kind, Of, Part, Shape};

const fn field(key: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { key, label, hint: "", kind, required: true }
}

impl Field {
    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
}

const fn part(id: &'static str, title: &'static str, at: &'static str, shape: Shape) -> Part {
    Part { id, title, explain: "", one: "", shape, at, fields: &[], named_by: &[], holds: &[] }
}

const ID: Field = field("id", "Short name", Kind::Line)
    .hint("Letters, digits and hyphens. Answers and rules refer to it, so it should not change.");
const KEY: Field = field("key", "Short name", Kind::Key)
    .hint("Letters, digits, hyphens and underlines. Other parts refer to it.");
const LABEL: Field = field("label", "What people read", Kind::Line);
const REASON: Field = field("reason", "The reason, as a result tells it", Kind::Line);
const WHEN: Field = field("when", "It holds when", Kind::Condition)
    .hint("For example: S_yes >= 2 and M_yes >= 2. The words you may use are listed below.");

/// The parts of an instrument, in the order in which people read it.
pub const PARTS: &[Part] = &[
    Part {
        explain: "The name, the version, and what a worker reads first.",
        one: "part",
        fields: &[
            field("version", "Version", Kind::Line),
            field("title", "Title", Kind::Line),
            field("purpose", "What it is", Kind::One(Of::Purposes)),
            field("applies_to", "Whom it is for", Kind::Text).optional(),
            field("who_may_complete", "Who may complete it", Kind::Text).optional(),
            field("opening_text", "What a worker reads first", Kind::Text).optional(),
            field("principles", "What holds throughout", Kind::Lines)
                .hint("One on each line.")
                .optional(),
        ],
        ..part("about", "About the instrument", "/instrument", Shape::One)
    },
    Part {
        explain: "A section is one page of the screen.",
        one: "section",
        fields: &[
            ID,
            field("title", "Title", Kind::Line),
            field("help", "What a worker reads above its questions", Kind::Text).optional(),
        ],
        named_by: &["title"],
        holds: &["indicators"],
        ..part("sections", "Sections", "/sections", Shape::List)
    },
    Part {
        explain: "Each is a statement that a worker answers.",
        one: "question",
        fields: &[
            ID,
            field("text", "The statement", Kind::Text),
            field("class", "Its class", Kind::One(Of::Classes))
                .hint("The classes are never added up."),
            field("types", "What it may point to", Kind::Many(Of::Types)),
            field("prompt", "What else to write down", Kind::Text)
                .hint("Shown when the answer is yes or possible.")
                .optional(),
            field("note", "What to bear in mind", Kind::Text).optional(),
            field("computed_from", "Filled in from a record", Kind::One(Of::Computed)).optional(),
            field("danger_flag", "It means danger now when it is yes or possible", Kind::Tick)
                .optional(),
        ],
        named_by: &["text"],
        ..part("questions", "Questions", "/sections/{}/indicators", Shape::List)
    },
    Part {
        explain: "What each of the four answers is called. The four stay as they are.",
        one: "answer",
        fields: &[field("label", "What people read", Kind::Line)
            .hint("After a hyphen with spaces around it comes the explanation.")],
        named_by: &["label"],
        ..part("answers", "Answers", "/response/options", Shape::Fixed)
    },
    Part {
        explain: "The ways in which something may be known.",
        one: "way of knowing",
        fields: &[ID, LABEL],
        named_by: &["label"],
        ..part("basis", "How it is known", "/response/evidence_basis", Shape::List)
    },
    Part {
        explain: "What an answer needs, and how long it counts as now.",
        one: "part",
        fields: &[
            field(
                "required_when_yes_or_possible",
                "What yes or possible must be told with",
                Kind::Many(Of::Required),
            )
            .optional(),
            field(
                "narrative_min_chars",
                "The fewest characters of what was seen",
                Kind::Whole(500),
            ),
            field("recency/current/max_days", "Days that count as now", Kind::Whole(3_650))
                .hint("The rules treat what was last seen longer ago as past."),
            field("recency/recent/max_days", "Days that are shown as recent", Kind::Whole(3_650))
                .optional(),
            field("recency/historic/min_days", "Days from which it is past", Kind::Whole(3_650))
                .optional(),
            field("recency_in_rules", "How this enters the rules, in words", Kind::Text).optional(),
        ],
        ..part("recency", "Dates and what an answer needs", "/response", Shape::One)
    },
    Part {
        explain: "The four classes. They are never added up.",
        one: "class",
        fields: &[
            LABEL,
            field("meaning", "What it means", Kind::Line),
            field("rank", "Its place in lists", Kind::Whole(9)).hint("For display only."),
        ],
        named_by: &["label", "meaning"],
        ..part("classes", "Classes", "/classes", Shape::FixedMap)
    },
    Part {
        explain: "What questions may point to.",
        one: "form of exploitation",
        fields: &[
            ID,
            LABEL,
            field("cin_factor", "Factor of the children in need census", Kind::Line).optional(),
            field("also", "Further factors", Kind::Lines).hint("One on each line.").optional(),
            field("routes", "Where such a worry may go", Kind::Many(Of::Routes)).optional(),
        ],
        named_by: &["label"],
        ..part("types", "Forms of exploitation", "/exploitation_types", Shape::List)
    },
    Part {
        explain: "Shown beside the level. They never lower it.",
        one: "protective factor",
        fields: &[ID, field("text", "The statement", Kind::Line)],
        named_by: &["text"],
        ..part("protective", "What helps", "/protective_factors", Shape::List)
    },
    Part {
        explain: "The levels. A higher rank is a greater worry.",
        one: "level",
        fields: &[
            ID,
            LABEL,
            field("rank", "Rank", Kind::Whole(20)),
            field("need_level", "Levels of need it maps to", Kind::Line).optional(),
            field("local_names", "What other areas call it", Kind::Lines)
                .hint("One on each line.")
                .optional(),
        ],
        named_by: &["label"],
        ..part("levels", "Levels", "/levels", Shape::List)
    },
    Part {
        explain: "Marks beside a level. They never change it.",
        one: "mark",
        fields: &[
            ID,
            LABEL,
            field("set_when", "It is set when", Kind::SetWhen).hint(
                "One or more of these, with \"or\" between them: worker ticks it; any indicator \
                 with danger_flag is YES or POSS; more than 40% of non-vulnerability indicators \
                 are not_known.",
            ),
        ],
        named_by: &["label"],
        ..part("overlays", "Marks beside a level", "/overlays", Shape::List)
    },
    Part {
        explain: "Tested from the top. The first that holds gives the level.",
        one: "level rule",
        fields: &[
            ID,
            WHEN,
            field("level", "The level it gives", Kind::One(Of::Levels)),
            REASON,
            field("requires", "What it asks of a person", Kind::Line).optional(),
        ],
        named_by: &["reason", "when"],
        ..part("rules", "Level rules", "/level_rules", Shape::List)
    },
    Part {
        explain: "Tested after the level rules. They can only raise a level.",
        one: "floor",
        fields: &[
            ID,
            WHEN,
            field("floor", "The least level", Kind::One(Of::Levels)).optional(),
            field("step_up", "Or: how many steps up", Kind::Whole(5)).optional(),
            field("lock", "Nobody may decide a lower level", Kind::Tick).optional(),
            REASON,
        ],
        named_by: &["reason", "when"],
        ..part("floors", "Floors", "/floors", Shape::List)
    },
    Part {
        explain: "Advice that never changes a level.",
        one: "piece of advice",
        fields: &[
            ID,
            field("when", "It is given when", Kind::PromptCondition)
                .hint("For example: V >= 5 and level == 'none_identified'."),
            field("text", "The advice", Kind::Text),
        ],
        named_by: &["text"],
        ..part("prompts", "Advice", "/prompts", Shape::List)
    },
    Part {
        explain: "What is to be done, by whom and by when.",
        one: "action",
        fields: &[
            field("do", "What", Kind::Text),
            field("who", "By whom", Kind::Line),
            field("within", "By when", Kind::Line),
            field("told", "Who is told", Kind::Lines).hint("One on each line.").optional(),
            field("note", "What to bear in mind", Kind::Text).optional(),
            field("blocks", "What may not be done before", Kind::Line).optional(),
            field(
                "opens",
                "What the program opens once the level is decided",
                Kind::Many(Of::Opens),
            )
            .optional(),
        ],
        named_by: &["do", "within"],
        ..part("actions", "Actions", "/actions/{}", Shape::List)
    },
    Part {
        explain: "Where a worry may be sent.",
        one: "route",
        fields: &[KEY, LABEL, field("by", "How it is sent", Kind::Line)],
        named_by: &["label", "by"],
        ..part("routes", "Routes", "/routes", Shape::Map)
    },
    Part {
        explain: "What a person may do to a level that the rules suggest.",
        one: "part",
        fields: &[
            field("stored_separately", "Both levels are kept for ever", Kind::Tick).optional(),
            field("raise/who", "Who may raise it", Kind::Line),
            field("raise/needs", "What raising needs", Kind::Lines)
                .hint("One on each line.")
                .optional(),
            field("raise/approval", "Who approves raising", Kind::Line),
            field("raise/max_steps", "Most steps up", Kind::Whole(9)).optional(),
            field("lower/who", "Who may lower it", Kind::Line),
            field("lower/needs", "What lowering needs", Kind::Lines)
                .hint("One on each line.")
                .optional(),
            field("lower/approval", "Who approves lowering", Kind::Line),
            field("lower/max_steps", "Most steps down", Kind::Whole(9)).optional(),
            field("never_lower", "What forbids a lower level", Kind::Lines)
                .hint("One on each line.")
                .optional(),
            field("effect", "Which level the actions follow", Kind::Text),
            field("audit", "What is reported about differences", Kind::Text).optional(),
        ],
        ..part("judgement", "Professional judgement", "/judgement", Shape::One)
    },
    Part {
        explain: "When to screen again, and what a result shows.",
        one: "part",
        fields: &[
            field("rescreen_triggers", "Screen again after", Kind::Lines)
                .hint("One on each line.")
                .optional(),
            field("type_profile/rule", "How what is present is listed by form", Kind::Text)
                .optional(),
            field("outputs/always_show", "What a result always shows", Kind::Lines),
            field("outputs/never_show", "What a result never shows", Kind::Lines).optional(),
        ],
        ..part("use", "Screening again, and the result", "", Shape::One)
    },
    Part {
        explain: "Invented children with a known result. All must pass before publication.",
        one: "case",
        fields: &[
            ID,
            field("age", "Age in years", Kind::Decimal).optional(),
            field("yes_now", "Yes, and now", Kind::Ids(Of::Indicators))
                .hint("Short names of questions, with commas between them.")
                .optional(),
            field("possible_now", "Possible, and now", Kind::Ids(Of::Indicators)).optional(),
            field("historic", "Yes, more than a year ago", Kind::Ids(Of::Indicators)).optional(),
            field("unlisted", "The answer to all others", Kind::One(Of::Responses))
                .hint("Without a choice it is no.")
                .optional(),
            field("missing_episodes_90d", "Missing episodes in 90 days", Kind::Whole(90))
                .optional(),
            field("expect", "The level it must give", Kind::One(Of::Levels)),
            field("rule", "The rule that must decide", Kind::One(Of::Rules)),
            field("overlays", "Marks it must set", Kind::Many(Of::Overlays)).optional(),
            field("prompts", "Advice it must give", Kind::IdsOrNone(Of::Prompts))
                .hint("Leave it empty if the case is not about it. Write none for no advice.")
                .optional(),
            field("types", "Forms it must point to", Kind::IdsOrNone(Of::Types))
                .hint("Leave it empty if the case is not about it. Write none for no form.")
                .optional(),
        ],
        named_by: &["expect", "rule"],
        ..part("cases", "Test cases", "/tests", Shape::List)
    },
    Part {
        explain: "Where each design choice comes from.",
        one: "source",
        fields: &[KEY, field("", "Codes of sources", Kind::Lines).hint("One on each line.")],
        ..part("sources", "Sources", "/sources", Shape::Map)
    },
];

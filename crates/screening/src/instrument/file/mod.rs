//! An instrument as its file writes it, before names are looked up. These types are also the
//! source of the published JSON Schema.

mod rules;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use rules::{
    Action, CaseFile, ChangeFile, FloorFile, JudgementFile, LevelRuleFile, Outputs, OverlayFile,
    PromptFile, Route, TypeProfile, When,
};

/// A type that a file writes: read from YAML, and described in the JSON Schema.
macro_rules! file_type {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    };
}

use file_type;

file_type! {
    /// A screening instrument: indicators, rules and what follows from them.
    InstrumentFile {
        /// The version of this file format.
        schema_version: String,
        /// What the instrument is and how it is to be used.
        instrument: Header,
        /// The forms of exploitation that indicators may point to.
        exploitation_types: Vec<ExploitationType>,
        /// The four weight classes; they are never added up.
        classes: BTreeMap<String, ClassText>,
        /// What may be answered, and when an observation still is current.
        response: ResponseFile,
        /// The indicators, in groups.
        sections: Vec<SectionFile>,
        /// Shown beside the level; they never subtract.
        #[serde(default)]
        protective_factors: Vec<NamedText>,
        /// The levels, each with a rank; a higher rank is a greater worry.
        levels: Vec<Level>,
        /// Marks that stand beside a level and never change it.
        #[serde(default)]
        overlays: Vec<OverlayFile>,
        /// Tested from the top; the first that holds gives the level.
        level_rules: Vec<LevelRuleFile>,
        /// Tested after the level rules; they can only raise the level.
        #[serde(default)]
        floors: Vec<FloorFile>,
        /// Advice that never changes the level.
        #[serde(default)]
        prompts: Vec<PromptFile>,
        /// How the indicators present are listed by exploitation type.
        #[serde(default)]
        type_profile: Option<TypeProfile>,
        /// What a person may do to a computed level.
        #[serde(default)]
        judgement: Option<JudgementFile>,
        /// What to do, by level or overlay.
        #[serde(default)]
        actions: BTreeMap<String, Vec<Action>>,
        /// Events after which to screen again.
        #[serde(default)]
        rescreen_triggers: Vec<String>,
        /// Where a concern may be sent.
        #[serde(default)]
        routes: BTreeMap<String, Route>,
        /// What a result shows, and what it never shows.
        #[serde(default)]
        outputs: Option<Outputs>,
        /// Cases with known results, run before an instrument is published.
        #[serde(default)]
        tests: Vec<CaseFile>,
        /// Where each design choice comes from.
        #[serde(default)]
        sources: BTreeMap<String, Vec<String>>,
    }
}

file_type! {
    /// What an instrument is and how it is to be used.
    Header {
        /// Its id, the same in all versions.
        id: String,
        /// Its version.
        version: String,
        /// Its title.
        title: String,
        /// Whether it is a screen or an assessment.
        purpose: String,
        /// Whom it is for.
        #[serde(default)]
        applies_to: Option<String>,
        /// Who may complete it.
        #[serde(default)]
        who_may_complete: Option<String>,
        /// What a worker reads first.
        #[serde(default)]
        opening_text: Option<String>,
        /// What holds throughout.
        #[serde(default)]
        principles: Vec<String>,
    }
}

file_type! {
    /// A form of exploitation.
    ExploitationType {
        /// Its id, also used in conditions.
        id: String,
        /// Its name in plain English.
        label: String,
        /// The factor code of the children in need census, where there is one.
        #[serde(default)]
        cin_factor: Option<String>,
        /// Further factor codes.
        #[serde(default)]
        also: Vec<String>,
        /// Where a concern of this kind may be sent.
        #[serde(default)]
        routes: Vec<String>,
    }
}

file_type! {
    /// How a weight class is explained.
    ClassText {
        /// Its name.
        label: String,
        /// What it means.
        meaning: String,
        /// Its weight, for display only.
        rank: u8,
    }
}

file_type! {
    /// What may be answered.
    ResponseFile {
        /// The four responses.
        options: Vec<ResponseOption>,
        /// What a form asks for with yes or possible.
        #[serde(default)]
        required_when_yes_or_possible: Vec<String>,
        /// How something may be known.
        #[serde(default)]
        evidence_basis: Vec<Labelled>,
        /// The fewest characters of a narrative.
        #[serde(default)]
        narrative_min_chars: usize,
        /// When an observation is current, recent or historic.
        recency: RecencyFile,
        /// How recency enters the rules, in words.
        #[serde(default)]
        recency_in_rules: Option<String>,
    }
}

file_type! {
    /// One response.
    ResponseOption {
        /// `yes`, `possible`, `no` or `not_known`.
        id: String,
        /// What the form shows.
        label: String,
        /// Whether it is what holds when nothing was answered.
        #[serde(default)]
        default: bool,
    }
}

file_type! {
    /// An id and what a form shows for it.
    Labelled {
        /// The id.
        id: String,
        /// What the form shows.
        label: String,
    }
}

file_type! {
    /// When an observation is current, recent or historic.
    RecencyFile {
        /// Counts as now in the rules.
        current: MostDays,
        /// For display only.
        #[serde(default)]
        recent: Option<MostDays>,
        /// For display only.
        #[serde(default)]
        historic: Option<LeastDays>,
    }
}

file_type! {
    /// Up to so many days ago.
    MostDays {
        /// The most days between observation and screen.
        max_days: u16,
    }
}

file_type! {
    /// From so many days ago.
    LeastDays {
        /// The fewest days between observation and screen.
        min_days: u16,
    }
}

file_type! {
    /// A group of indicators.
    SectionFile {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// What a worker reads above its indicators.
        #[serde(default)]
        help: Option<String>,
        /// Its indicators.
        indicators: Vec<IndicatorFile>,
    }
}

file_type! {
    /// One indicator.
    IndicatorFile {
        /// Its id.
        id: String,
        /// Its weight class.
        class: String,
        /// The forms of exploitation it may point to.
        types: Vec<String>,
        /// The statement that is answered.
        text: String,
        /// What else to write down.
        #[serde(default)]
        prompt: Option<String>,
        /// What to bear in mind.
        #[serde(default)]
        note: Option<String>,
        /// The record from which a form fills it in before evaluation.
        #[serde(default)]
        computed_from: Option<String>,
        /// Whether it means immediate danger when it is yes or possible and current.
        #[serde(default)]
        danger_flag: bool,
    }
}

file_type! {
    /// An id with its text.
    NamedText {
        /// The id.
        id: String,
        /// The text.
        text: String,
    }
}

file_type! {
    /// A level.
    Level {
        /// Its id.
        id: String,
        /// Its rank; a higher rank is a greater worry.
        rank: u8,
        /// Its name.
        label: String,
        /// The levels of need it maps to.
        #[serde(default)]
        need_level: Option<String>,
        /// What areas call it.
        #[serde(default)]
        local_names: Vec<String>,
    }
}

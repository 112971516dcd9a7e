//! The rules of an instrument's file, and what follows from a level.

use serde::de::Deserializer;
use serde::{Deserialize, Serialize};

use super::file_type;

file_type! {
    /// A mark beside a level.
    OverlayFile {
        /// Its id.
        id: String,
        /// Its name.
        label: String,
        /// When it is set, as a sentence.
        set_when: String,
    }
}

file_type! {
    /// A level rule.
    LevelRuleFile {
        /// Its id.
        id: String,
        /// Its condition.
        when: When,
        /// The level it gives.
        level: String,
        /// Its reason in words.
        reason: String,
        /// What it asks of a person.
        #[serde(default)]
        requires: Option<String>,
    }
}

file_type! {
    /// A floor: either `floor` or `step_up`.
    FloorFile {
        /// Its id.
        id: String,
        /// Its condition.
        when: When,
        /// The least level.
        #[serde(default)]
        floor: Option<String>,
        /// How many steps up.
        #[serde(default)]
        step_up: Option<u8>,
        /// Whether it forbids a lower professional level.
        #[serde(default)]
        lock: bool,
        /// Its reason in words.
        reason: String,
    }
}

file_type! {
    /// A prompt.
    PromptFile {
        /// Its id.
        id: String,
        /// Its condition.
        when: When,
        /// What it advises.
        text: String,
    }
}

file_type! {
    /// How the indicators present are listed by type.
    TypeProfile {
        /// The rule in words.
        rule: String,
    }
}

file_type! {
    /// What a person may do to a computed level.
    JudgementFile {
        /// Whether both levels are kept for ever.
        stored_separately: bool,
        /// Who may raise it and how.
        raise: ChangeFile,
        /// Who may lower it and how.
        lower: ChangeFile,
        /// What forbids a lower level.
        #[serde(default)]
        never_lower: Vec<String>,
        /// Which level actions follow.
        effect: String,
        /// What is reported about differences.
        #[serde(default)]
        audit: Option<String>,
    }
}

file_type! {
    /// A change of the level by a person.
    ChangeFile {
        /// Who may make it.
        who: String,
        /// What it needs.
        needs: Vec<String>,
        /// Who must approve it.
        approval: String,
        /// By how many steps at most.
        #[serde(default)]
        max_steps: Option<u8>,
    }
}

file_type! {
    /// Something to do.
    Action {
        /// What.
        #[serde(rename = "do")]
        what: String,
        /// By whom.
        who: String,
        /// By when.
        within: String,
        /// Who is told.
        #[serde(default)]
        told: Vec<String>,
        /// What to bear in mind.
        #[serde(default)]
        note: Option<String>,
        /// What may not be done before.
        #[serde(default)]
        blocks: Option<String>,
        /// What the program opens once the level is decided: codes of the list of routes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        opens: Vec<String>,
    }
}

file_type! {
    /// Where a concern may be sent.
    Route {
        /// Its name.
        label: String,
        /// How it is sent.
        by: String,
    }
}

file_type! {
    /// What a result shows.
    Outputs {
        /// Always.
        always_show: Vec<String>,
        /// Never.
        never_show: Vec<String>,
    }
}

file_type! {
    /// A case with a known result. Answers not listed are `no` unless `unlisted` says otherwise.
    CaseFile {
        /// Its id.
        id: String,
        /// The child's age in years.
        #[serde(default)]
        age: Option<f64>,
        /// Yes, and current.
        #[serde(default)]
        yes_now: Vec<String>,
        /// Possible, and current.
        #[serde(default)]
        possible_now: Vec<String>,
        /// Yes, more than a year ago.
        #[serde(default)]
        historic: Vec<String>,
        /// The response to every indicator not listed.
        #[serde(default)]
        unlisted: Option<String>,
        /// Missing episodes in the last 90 days.
        #[serde(default)]
        missing_episodes_90d: Option<u16>,
        /// The level after floors.
        expect: String,
        /// The level rule, or the floor that raised the level last.
        rule: String,
        /// The overlays; not given means none.
        #[serde(default)]
        overlays: Vec<String>,
        /// The prompts, where the case is about them.
        #[serde(default)]
        prompts: Option<Vec<String>>,
        /// The types present, where the case is about them.
        #[serde(default)]
        types: Option<Vec<String>>,
    }
}

/// A condition; a bare `true` is read as the text it looks like.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct When(pub String);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Truth(bool),
            Text(String),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Truth(truth) => truth.to_string(),
            Either::Text(text) => text,
        }))
    }
}

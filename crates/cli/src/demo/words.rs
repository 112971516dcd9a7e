//! The demo's own words list: sentences to try changes on, an entry that was published, one that
//! waits.

use serde::Deserialize;
use tessera_app::{
    App,
    language::{RawPractice, RawTerm, RawVerdict},
};

use crate::{
    demo::{people::Cast, play::told},
    failure::Failure,
};

const PRACTICE: &str = include_str!("../../../../content/demo/practice.yaml");
/// Sentences are added in parts of this many: one text takes no more characters.
const A_PART: usize = 500;

/// `content/demo/practice.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    beginnings: Vec<String>,
    middles: Vec<String>,
    endings: Vec<String>,
}

impl Parts {
    fn sentences(&self) -> Vec<String> {
        let mut all = Vec::new();
        for ending in &self.endings {
            for middle in &self.middles {
                let with = |beginning: &String| format!("{beginning} {middle} {ending}.");
                all.extend(self.beginnings.iter().map(with));
            }
        }
        all
    }
}

/// Before the stories: the sentences, and the first entry of the partnership's own.
pub(crate) async fn begin(app: &App, cast: &Cast) -> Result<(), Failure> {
    let parts: Parts = serde_yaml_ng::from_str(PRACTICE).map_err(told)?;
    let helen = cast.actor("helen")?;
    for part in parts.sentences().chunks(A_PART) {
        let raw = RawPractice {
            sentences: part.join("\n"),
            origin: "Invented: put together from short parts, for practice".into(),
        };
        app.add_practice(helen, &raw).await?;
    }
    let raw = RawTerm {
        forms: "(frequent|regular|repeat|serial) misser(|s)".into(),
        category: "labelling".into(),
        severity: "consider".into(),
        why:
            "It names a child by the times they were missing and leaves out why they went and who \
              they were with."
                .into(),
        alternatives: "has been missing several times\ndescribe each time: when, where, with whom"
            .into(),
        allow: ["quote", "mention", "title"].map(str::to_owned).to_vec(),
        source: "Marlbrook young people's panel (invented for this demo)".into(),
        term_reason: "Young people on the panel asked us to stop saying it".into(),
        ..RawTerm::default()
    };
    let id = app.propose_term(helen, &raw).await?;
    let verdict = RawVerdict {
        verdict: "publish".into(),
        verdict_reason: "Agreed at the practice meeting; the trial marks what was meant".into(),
    };
    Ok(app.settle_lexicon(cast.actor("priya")?, id, &verdict).await?)
}

/// After the stories: an entry that waits for another person.
pub(crate) async fn end(app: &App, cast: &Cast) -> Result<(), Failure> {
    let raw = RawTerm {
        forms: "tearaway(|s)".into(),
        category: "labelling".into(),
        severity: "consider".into(),
        why: "It makes a picture of a child who runs wild and hides what happened to them.".into(),
        alternatives: "describe what happened and who was there".into(),
        requires: "child-subject".into(),
        allow: ["quote", "mention"].map(str::to_owned).to_vec(),
        source: "Lantern Youth Club, staff discussion (invented for this demo)".into(),
        term_reason: "Heard in two meetings this month".into(),
        ..RawTerm::default()
    };
    app.propose_term(cast.actor("viv")?, &raw).await?;
    Ok(())
}

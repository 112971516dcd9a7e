//! The import of the demo: a list that the licensing team kept, brought in by the intelligence desk.

use tessera_app::{
    App,
    batch::{RawFile, RawSend},
    report::RawGrade,
    requirement::RawRequirement,
};
use tessera_policy::Actor;

use crate::failure::Failure;

/// The list, as it was sent.
const LIST: &[u8] = include_bytes!("../../../../content/demo/taxi-list.csv");

/// Says what the desk wants to know.
pub(super) async fn ask(app: &App, desk: &Actor) -> Result<(), Failure> {
    for (wanted, topic, audience) in [
        (
            "Who parks behind the ice rink on Friday evenings, and in which cars?",
            "ice rink",
            "everyone",
        ),
        ("Which taxis take young people to the harbour without a fare?", "taxis", "desk"),
    ] {
        let raw = RawRequirement {
            wanted: wanted.into(),
            topic: topic.into(),
            audience: audience.into(),
            months: "3".into(),
        };
        app.add_requirement(desk, &raw).await?;
    }
    Ok(())
}

/// Brings the list in, and leaves another file that waits.
pub(super) async fn fill(app: &App, desk: &Actor) -> Result<(), Failure> {
    let file = |name: &str| RawFile {
        kind: "reports".into(),
        name: name.into(),
        body: LIST.to_vec(),
        too_large: false,
    };
    let id = app.begin_batch(desk, file("taxi marshals.csv")).await?;
    let grade = RawGrade {
        source_grade: "2".into(),
        intelligence_grade: "C".into(),
        handling: "C".into(),
        action_condition: "A1".into(),
        sanitisation_condition: "S2".into(),
        priority: "low".into(),
        review_months: "6".into(),
        grade_reason: "Kept by taxi marshals; the licensing team asks to be consulted".into(),
        ..RawGrade::default()
    };
    app.send_batch(desk, id, &RawSend { version: 1, grade, near: String::new() }).await?;
    app.begin_batch(desk, file("taxi marshals, second copy.csv")).await?;
    Ok(())
}

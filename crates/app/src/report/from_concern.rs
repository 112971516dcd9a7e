//! A concern that is routed to police as intelligence becomes a report, with nothing typed again.
//! The concern stays as it is: routing adds.

use tessera_core::{
    chance::Draw,
    concern::EntryKind,
    ids::{ReportId, UserId},
    reference::{Of, Reference},
    report::{RawMention, Report},
};
use tessera_policy::Actor;
use tessera_store::{
    Tx,
    concern::read::{self, Whole},
    report::insert::{self, NewReport, Source},
};

use crate::{
    AppError,
    report::{keys, recognise::recognise, submit::priority},
};

/// Makes the report of a concern, unless there is one.
pub(crate) async fn make(
    tx: &mut Tx,
    concern: tessera_core::ids::ConcernId,
    officer: &Actor,
    officer_id: UserId,
) -> Result<(), AppError> {
    if insert::of_concern(&mut tx.conn(), concern).await?.is_some() {
        return Ok(());
    }
    let whole = read::whole(&mut tx.conn(), concern).await?;
    let report = of_concern(&whole);
    let now = tx.now();
    let id: ReportId = tx.chance().id(now);
    let send_key = tx.keys().blind("report of concern", concern.0.as_bytes());
    let c = &whole.concern;
    // Who told the front door stays sealed with the concern; the report is the officer's, or the
    // signed-in sender's, who can then follow it.
    let user = c.submitted_by.unwrap_or(officer_id);
    let name = if c.submitted_by.is_some() {
        format!("The sender of concern {}", c.reference)
    } else {
        officer.name.clone()
    };
    let agency_name = c.agency_name.clone().unwrap_or_default();
    let new = NewReport {
        id,
        reference: Reference::draw(Of::Report, tx.chance()),
        send_key,
        user,
        source: Source { user: user.0, name, agency: agency_name },
        agency: c.agency.or(officer.agency),
        concern: Some(concern),
        priority: if c.danger_now { "high" } else { priority(&report) },
        keys: report.mentions.iter().map(keys::of).collect(),
        report,
        // The words are the concern's, checked when it was sent; a neighbour's never were.
        lexicon_version: c.lexicon_version.clone().unwrap_or_default(),
    };
    tx.note("report", id.to_string());
    Ok(insert::insert(tx, &new).await?)
}

fn of_concern(whole: &Whole) -> Report {
    let c = &whole.concern;
    let mut mentions: Vec<RawMention> = whole
        .children
        .iter()
        .map(|child| {
            let mut names = vec![child.name.clone()];
            names.extend(child.known_as.clone());
            names.retain(|name| !name.trim().is_empty());
            RawMention {
                kind: "person".into(),
                value: names.join(" "),
                age: child.age.clone().unwrap_or_default(),
                child: "yes".into(),
                ..RawMention::default()
            }
        })
        .filter(|mention| !mention.value.is_empty())
        .collect();
    // What officers ask and note among themselves is not what was told.
    let told =
        |k: EntryKind| matches!(k, EntryKind::Addition | EntryKind::Correction | EntryKind::Answer);
    let added = whole.entries.iter().filter(|e| told(e.kind)).map(|e| e.body.as_str());
    let texts = [Some(c.what.as_str()), c.place.as_deref(), c.others.as_deref()];
    for text in texts.into_iter().flatten().chain(added) {
        for found in recognise(text) {
            let ours = keys::of(&found);
            let said = mentions
                .iter()
                .any(|m| m.kind == found.kind && keys::of(m).iter().any(|key| ours.contains(key)));
            if !said {
                mentions.push(found);
            }
        }
    }
    let mut what = c.what.clone();
    if let Some(others) = &c.others {
        what = format!("{what}\n{others}");
    }
    Report {
        what,
        opinion: c.opinion.clone(),
        when_text: c.when_text.clone(),
        happened_on: c.happened_on,
        place: c.place.clone(),
        origin: c.origin.clone(),
        provenance: None,
        who_else: None,
        source_risk: None,
        child_risk: None,
        risk_why: None,
        protect: false,
        doubted: false,
        mentions,
    }
}

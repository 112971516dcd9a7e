//! Sending a report. What the recognisers find and what was sent before is shown first; then it is
//! kept, and the sender gets a receipt that is the same whatever we know.

use std::collections::BTreeSet;

use tessera_core::{
    chance::Draw,
    ids::ReportId,
    reference::{Of, Reference},
    report::{RawMention, RawReport, Report},
};
use tessera_policy::{Actor, Refusal, Resource, rules::report::SubmitReport};
use tessera_store::{
    StoreError, Tx,
    report::{
        insert::{self, NewReport, Source},
        list,
        read::Piece,
    },
    user,
};

use crate::{
    App, AppError,
    report::{keys, recognise},
    words::Advice,
};

/// So often another reference is drawn when one is taken already.
const REFERENCES_DRAWN: usize = 5;
/// From this share of common word pairs two texts count as nearly the same.
const NEARLY_THE_SAME: f64 = 0.8;

/// What is shown before a report is sent.
#[derive(Debug, Clone)]
pub struct Review {
    /// Found in the text and not yet typed: to be accepted or rejected one by one.
    pub found: Vec<RawMention>,
    /// Advice on words.
    pub advice: Vec<Advice>,
    /// One of the sender's own reports that says nearly the same.
    pub before: Option<Reference>,
}

/// What the sender keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportReceipt {
    /// The reference to quote.
    pub reference: Reference,
}

impl App {
    /// Refuses whoever may not send a report; nothing is written but a refusal.
    pub async fn may_send_report(&self, actor: &Actor) -> Result<(), AppError> {
        self.may::<SubmitReport>(actor, Resource::None).await.map(|_| ())
    }

    /// Checks a report and says what is worth a look before it is sent.
    pub async fn review_report(&self, actor: &Actor, raw: &RawReport) -> Result<Review, AppError> {
        self.may::<SubmitReport>(actor, Resource::None).await?;
        raw.check(&self.codes)?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let own = list::own(&mut read.conn(), self.db.keys(), user).await?;
        let text = format!("{}\n{}", raw.what, raw.place);
        let found = recognise::recognise(&text);
        let found = found.into_iter().filter(|m| !said(m, &raw.mentions)).collect();
        let advice = self
            .advice_on(&[
                ("what", "What you noticed", &raw.what),
                ("opinion", "What you think", &raw.opinion),
                ("provenance", "How you know", &raw.provenance),
            ])
            .await?;
        Ok(Review { found, advice, before: nearly_the_same(&raw.what, &own) })
    }

    /// Keeps a report. `key` makes a second attempt the same.
    pub async fn submit_report(
        &self,
        actor: &Actor,
        raw: &RawReport,
        key: &str,
    ) -> Result<ReportReceipt, AppError> {
        let report = raw.check(&self.codes)?;
        // Neither the log nor the row says which report this person sent.
        let permit = self.may::<SubmitReport>(actor, Resource::None).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let send_key = self.db.keys().blind("report send key", format!("{user}\0{key}").as_bytes());
        let agency = self.agency_name(actor).await?;
        let lexicon_version = self.checker().await?.version().to_owned();
        for _ in 0..REFERENCES_DRAWN {
            let new = NewReport {
                id: self.db.chance().id::<ReportId>(self.db.now()),
                reference: Reference::draw(Of::Report, self.db.chance()),
                send_key,
                user,
                source: Source { user: user.0, name: actor.name.clone(), agency: agency.clone() },
                agency: actor.agency.filter(|_| !report.protect),
                concern: None,
                priority: priority(&report),
                keys: report.mentions.iter().map(keys::of).collect(),
                report: report.clone(),
                lexicon_version: lexicon_version.clone(),
            };
            let stored =
                self.db.write(permit.authority(), move |tx| Box::pin(store(tx, new))).await;
            match stored {
                // The reference is taken, or the same was sent at the same instant: again.
                Err(AppError::Store(StoreError::AlreadyThere)) => {}
                ended => return ended.map(|reference| ReportReceipt { reference }),
            }
        }
        Err(AppError::Store(StoreError::AlreadyThere))
    }

    /// The name of the actor's agency.
    pub(crate) async fn agency_name(&self, actor: &Actor) -> Result<String, AppError> {
        let Some(id) = actor.user() else { return Ok(String::new()) };
        let mut read = self.db.read().await?;
        let found = user::by_id(&mut read.conn(), id, self.db.now()).await?;
        Ok(found.map(|user| user.agency_name).unwrap_or_default())
    }
}

async fn store(tx: &mut Tx, new: NewReport) -> Result<Reference, AppError> {
    if let Some((_, reference)) = insert::sent_before(&mut tx.conn(), &new.send_key).await? {
        tx.note("again", "yes");
        return Ok(reference);
    }
    insert::insert(tx, &new).await?;
    Ok(new.reference)
}

/// Which reports are read first: what the sender says of the risk decides, and a person may change it.
pub(crate) fn priority(report: &Report) -> &'static str {
    let is = |risk: &Option<String>, id: &str| risk.as_deref() == Some(id);
    if is(&report.child_risk, "likely") || is(&report.source_risk, "likely") {
        "high"
    } else if is(&report.child_risk, "possible") || is(&report.source_risk, "possible") {
        "medium"
    } else {
        "low"
    }
}

/// Whether a mention found in the text was typed already.
fn said(found: &RawMention, typed: &[RawMention]) -> bool {
    let ours: BTreeSet<String> = keys::of(found).into_iter().collect();
    typed.iter().filter(|m| m.kind == found.kind).any(|m| {
        let theirs = keys::of(m);
        m.value.trim().eq_ignore_ascii_case(found.value.trim()) && !m.value.trim().is_empty()
            || theirs.iter().any(|key| ours.contains(key))
    })
}

/// A report among these that says nearly the same.
fn nearly_the_same(what: &str, own: &[Piece]) -> Option<Reference> {
    own.iter()
        .filter(|piece| piece.retracted_at.is_none())
        .find(|piece| alike(what, &piece.report.what) >= NEARLY_THE_SAME)
        .map(|piece| piece.reference.clone())
}

/// How much of two texts is the same: twice the pairs of words that both have, by the pairs of both
/// (the coefficient of Sørensen, 1948).
#[allow(clippy::cast_precision_loss, reason = "a count of words")]
pub(crate) fn alike(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(String, String)> {
        let words = keys::words(text);
        words.iter().cloned().zip(words.iter().skip(1).cloned()).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(&other).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_sent_again_with_a_word_changed_is_nearly_the_same() {
        let one = "A white van waited outside the school gate at home time on three days this week";
        assert!(alike(one, &one.replace("three", "four")) >= NEARLY_THE_SAME);
        assert!(alike(one, "A grey car waited outside the shops at night") < 0.3);
    }
}

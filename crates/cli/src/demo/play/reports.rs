//! What people do with intelligence reports in the stories.

use tessera_core::reference::Reference;
use tessera_policy::Actor;

use super::{Play, told};
use crate::{demo::story::Act, failure::Failure};

impl Play<'_> {
    pub(super) async fn on_report(&mut self, who: &str, act: &Act) -> Result<(), Failure> {
        let (app, actor) = (self.app, &self.cast.actor(who)?.clone());
        match act {
            Act::Report(named) => {
                let key = format!("demo {}", named.report);
                let receipt = app.submit_report(actor, &named.raw, &key).await?;
                self.reports.insert(named.report.clone(), receipt.reference);
            }
            Act::Assess(on) => {
                let (report, version) = self.report(actor, &on.report).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.grade_report(actor, report, &raw).await?;
            }
            Act::Tell(on) => {
                let (report, version) = self.report(actor, &on.report).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.tell_sender(actor, report, &raw).await?;
            }
            Act::DecideStrongest(on) => {
                let (report, _) = self.report(actor, &on.report).await?;
                let seen = app.view_report(actor, report).await?;
                let strongest = seen.fits.open.first();
                let strongest = strongest.ok_or_else(|| told("nothing fits beside it"))?;
                let mut raw = on.raw.clone();
                (raw.ours, raw.theirs) = (strongest.ours.number, strongest.theirs.number);
                app.decide_mentions(actor, report, &raw).await?;
            }
            Act::Sanitise(on) => {
                let (report, version) = self.report(actor, &on.report).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                app.sanitise_report(actor, report, &raw).await?;
            }
            Act::ShareWith(on) => {
                let (report, version) = self.report(actor, &on.report).await?;
                let mut raw = on.raw.clone();
                raw.version = version;
                raw.person = self.user(&raw.person)?;
                app.share_report(actor, report, &raw).await?;
            }
            _ => return Err(told("a step that nobody plays")),
        }
        Ok(())
    }

    async fn report(&self, actor: &Actor, key: &str) -> Result<(&Reference, i64), Failure> {
        let reference = self.reports.get(key);
        let reference = reference.ok_or_else(|| told(format!("there is no report {key}")))?;
        let seen = self.app.view_report(actor, reference).await?;
        Ok((reference, seen.piece.version))
    }
}

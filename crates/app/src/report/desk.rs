//! The intelligence desk: the queue, a report with what fits beside it, and the answer to its sender.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    reference::Reference,
    report::{LONG, ReportStatus},
    user::Role,
};
use tessera_policy::{
    Actor,
    rules::report::{ListDesk, ViewReport, WorkReport},
};
use tessera_store::{
    notice,
    report::{
        child, desk, list,
        read::{self, Mention, Piece, ReportEntry},
        share::{self, Sanitised, Share},
        source::{self, Request},
    },
};

use crate::{
    App, AppError,
    language::store_checked,
    report::{fit::Fits, grade::suggested, submit::alike},
};

/// From this share of common word pairs the desk is told that two texts are nearly the same.
const SAME_WORDING: f64 = 0.7;

/// A report as the desk sees it.
pub struct DeskView {
    /// The report.
    pub piece: Piece,
    /// People and things in it.
    pub mentions: Vec<Mention>,
    /// What happened to it.
    pub entries: Vec<ReportEntry>,
    /// The files of children it identifies, and that exist for this reader.
    pub children: Vec<Reference>,
    /// Versions that others may read.
    pub sanitised: Vec<Sanitised>,
    /// Whom it was shared with.
    pub shares: Vec<Share>,
    /// Who asked to know its source.
    pub requests: Vec<Request>,
    /// What fits beside it.
    pub fits: Fits,
    /// Reports with nearly the same wording: repeating a thing does not make it truer.
    pub same_wording: Vec<Reference>,
    /// What the answers of the sender suggest as source and intelligence grade.
    pub suggested: (&'static str, &'static str),
    /// Whether this person grades, shares and takes back.
    pub may_work: bool,
}

/// An answer to the sender, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawTold {
    /// The version of the page.
    pub version: i64,
    /// A status.
    pub status: String,
    /// What the sender reads.
    pub told: String,
}

impl App {
    /// The queue of the desk, and how many there are. `part` is a status, `review`, or empty.
    pub async fn desk(&self, actor: &Actor, part: &str) -> Result<(Vec<Piece>, i64), AppError> {
        self.ask::<ListDesk>(actor, vec![]).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        Ok(list::desk(&mut read.conn(), self.db.keys(), reader, part).await?)
    }

    /// Opens a report with what fits beside it.
    pub async fn view_report(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<DeskView, AppError> {
        let (_, id) = self.open_report::<ViewReport>(actor, reference).await?;
        let reader = self.reader(actor)?;
        let keys = self.db.keys();
        let mut read = self.db.read().await?;
        let mut conn = read.conn();
        let mut piece = read::piece(&mut conn, keys, id).await?;
        let fits = self.fits(&mut conn, id, reader).await?;
        let same = |what: &str| alike(&piece.report.what, what) >= SAME_WORDING;
        let mut same_wording: Vec<Reference> = fits
            .open
            .iter()
            .chain(&fits.decided)
            .filter(|q| same(&q.piece.report.what))
            .map(|q| q.piece.reference.clone())
            .collect();
        same_wording.sort();
        same_wording.dedup();
        let mut children = Vec::new();
        for (_, file) in child::of_report(&mut conn, id).await? {
            children.push(file);
        }
        let suggested = suggested(&piece.report);
        if !reader.police {
            // How it came to be known may say who told it: the desk and the sender only.
            piece.report.provenance = None;
        }
        let mut view = DeskView {
            mentions: read::mentions(&mut conn, keys, id).await?,
            entries: read::entries(&mut conn, keys, id).await?,
            children,
            sanitised: share::sanitised(&mut conn, keys, id).await?,
            shares: share::of_report(&mut conn, keys, id).await?,
            requests: source::of_report(&mut conn, keys, id).await?,
            fits,
            same_wording,
            suggested,
            may_work: reader.police,
            piece,
        };
        if !reader.police {
            (view.requests, view.shares) = (Vec::new(), Vec::new());
        }
        Ok(view)
    }

    /// Tells the sender where it stands: never what police do.
    pub async fn tell_sender(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawTold,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        if !ReportStatus::ALL.iter().any(|status| status.id() == raw.status) {
            e.add("status", "Choose where it stands");
        }
        let missing = "Write what the sender reads";
        let words = required_text(&mut e, "told", &raw.told, LONG, missing);
        let words = e.into_result(words)?;
        let checked = self.checked(actor, &[&words]).await?;
        let sender = desk::source(&self.db, id).await?.map(|source| source.user);
        let (status, version, by) = (raw.status.clone(), raw.version, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    store_checked(checked.as_ref(), tx, "told", id).await?;
                    desk::set_status(tx, id, &status).await?;
                    desk::add_entry(tx, id, "told", &words, &by).await?;
                    tx.note("status", status.clone());
                    if let Some(sender) = sender {
                        // The notice names no report: notices are not sealed.
                        let words = "There is news of something you told us";
                        notice::insert(tx, sender.into(), words, Some("/reports")).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}

/// Who of the police desk is told of something: everyone but the one who did it.
pub(crate) async fn others_of_the_desk(
    app: &App,
    actor: &Actor,
) -> Result<Vec<tessera_core::ids::UserId>, AppError> {
    let mut read = app.db.read().await?;
    let mut all =
        tessera_store::user::with_role(&mut read.conn(), Role::PoliceIntelligence, app.db.now())
            .await?;
    all.retain(|user| Some(*user) != actor.user());
    Ok(all)
}

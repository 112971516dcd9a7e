//! The network of a report as files for other tools. Only reports that were graded with handling P go
//! out, no report suspected to be false or taken back, and things that then still stand in two of them.
//! Of the words of a report nothing goes out but its sanitised version; who sent it never does.

mod csv;
mod followthemoney;
mod graphml;
mod i2;
mod stix;

use std::collections::BTreeMap;

use tessera_core::{ids::ReportId, reference::Reference, time::Timestamp};
use tessera_policy::{Actor, rules::report::ExportReport};
use tessera_store::report::{read::Piece, share};

pub(crate) use csv::cell;

use crate::{
    App, AppError,
    report::picture::{Basis, Network, Thing},
};

/// A form in which a network leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table, one row a mention.
    Csv,
    /// `GraphML` 1.0 (graphml.graphdrawing.org).
    GraphMl,
    /// `FollowTheMoney` entities (followthemoney.tech), one JSON object a line.
    FollowTheMoney,
    /// A bundle of STIX 2.1 (OASIS), with markings.
    Stix,
    /// A table of links between two ends, as chart programs in the manner of i2 import it.
    I2,
}

impl Form {
    /// Every form, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Csv, Self::GraphMl, Self::FollowTheMoney, Self::Stix, Self::I2];

    /// As written to the log.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GraphMl => "graphml",
            Self::FollowTheMoney => "followthemoney",
            Self::Stix => "stix",
            Self::I2 => "i2",
        }
    }
}

/// A network as it may leave the program.
#[derive(Debug, Clone, Default)]
pub struct Export {
    /// Its reports and things.
    pub network: Network,
    /// What others may read of a report, where the desk wrote that.
    pub sanitised: BTreeMap<ReportId, String>,
    /// When it was taken out.
    pub made: Timestamp,
    /// Ids in the files are made from this, so that they are the same in every export of one
    /// installation and say nothing about it.
    pub secret: [u8; 32],
}

impl Export {
    /// What may leave of a network.
    #[must_use]
    pub fn new(mut network: Network, made: Timestamp, secret: [u8; 32]) -> Self {
        keep_what_may_leave(&mut network);
        Self { network, sanitised: BTreeMap::new(), made, secret }
    }

    /// The network in a form.
    #[must_use]
    pub fn write(&self, form: Form) -> String {
        match form {
            Form::Csv => csv::write(&self.network),
            Form::GraphMl => graphml::write(&self.network),
            Form::FollowTheMoney => followthemoney::write(self),
            Form::Stix => stix::write(self),
            Form::I2 => i2::write(&self.network),
        }
    }

    /// A number for something in a file, the same each time.
    fn digest(&self, kind: &str, of: &str) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(kind.as_bytes());
        hash.update([0]);
        hash.update(of.as_bytes());
        hash.finalize().into()
    }
}

/// The marking of a report, in words: it stands in every form.
fn marking(piece: &Piece) -> String {
    let grade = piece.grade().unwrap_or_default();
    format!("Intelligence, grade {grade}. For a lawful purpose only; do not pass on without it")
}

impl App {
    /// The network of a report, as far as it may leave the program. Written down.
    pub async fn export_network(
        &self,
        actor: &Actor,
        reference: &Reference,
        form: Form,
    ) -> Result<Export, AppError> {
        let (_, id) = self.open_report_noting::<ExportReport>(actor, reference, form.id()).await?;
        let reader = self.reader(actor)?;
        let keys = self.db.keys();
        let mut read = self.db.read().await?;
        let network = self.network_of(&mut read.conn(), id, reader).await?;
        let secret = keys.blind("export", b"ids");
        let mut export = Export::new(network, self.db.now(), secret);
        for piece in &export.network.pieces {
            let versions = share::sanitised(&mut read.conn(), keys, piece.id).await?;
            if let Some(latest) = versions.into_iter().next_back() {
                export.sanitised.insert(piece.id, latest.words);
            }
        }
        Ok(export)
    }
}

fn leaves(piece: &Piece) -> bool {
    piece.handling.as_deref() == Some("P")
        && piece.retracted_at.is_none()
        && piece.grade().is_some()
        && piece.intelligence_grade.as_deref() != Some("E")
}

fn keep_what_may_leave(network: &mut Network) {
    let old = std::mem::take(&mut network.pieces);
    let mut place = Vec::new();
    for piece in old {
        place.push(leaves(&piece).then_some(network.pieces.len()));
        if leaves(&piece) {
            network.pieces.push(piece);
        }
    }
    for thing in &mut network.things {
        thing.ties.retain_mut(|tie| {
            let new = place.get(tie.piece).copied().flatten();
            tie.piece = new.unwrap_or(0);
            new.is_some()
        });
    }
    network.things.retain(|thing| thing.reports().len() >= 2);
    for thing in &mut network.things {
        // The longest name may have stood in a report that stays here.
        let names = thing.ties.iter().map(|tie| tie.mention.said.in_words());
        thing.name = names.max_by_key(|name| name.chars().count()).unwrap_or_default();
        thing.forms.clear();
    }
}

fn basis(thing: &Thing, at: usize) -> (&'static str, String) {
    match thing.ties.get(at).and_then(|tie| tie.basis.as_ref()) {
        Some(Basis::Decided(link)) => ("decided", link.grade.clone()),
        Some(Basis::Suggested(strength, _)) => ("suggested", strength.label().to_lowercase()),
        None => ("named", String::new()),
    }
}

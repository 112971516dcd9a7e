//! `tessera link reports`.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use tessera_linkage::reports::{
    Settings, link, read_reports, write_links, write_mentions, write_networks, write_stories,
};

use super::decisions;
use super::failure::{Failure, create, open};
use super::model::read_report_model;
use super::people::{probability, threads};

/// Links a folder of intelligence reports.
#[derive(Debug, Args)]
pub(crate) struct Reports {
    /// A folder with reports.csv (`report_id`, date, area) and mentions.csv (`mention_id`,
    /// `report_id`, type, value, attr1, attr2)
    folder: PathBuf,
    /// Where to write the entity of every mention, as `mention_id,entity_id`
    #[arg(long, value_name = "FILE")]
    out_mentions: PathBuf,
    /// Where to write the links found, as `report_l,report_r,score`
    #[arg(long, value_name = "FILE")]
    out_links: PathBuf,
    /// Where to write the network of every report, as `report_id,cluster_id`
    #[arg(long, value_name = "FILE")]
    out_networks: PathBuf,
    /// Where to write what the networks are about, one JSON document a line
    #[arg(long, value_name = "FILE")]
    out_stories: Option<PathBuf>,
    /// What people have decided about reports, as left,right,verdict in the order decided: same
    /// (of one matter), `not_same`, `not_sure`, or undo
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// A model of reports to use; without one, what agreements are worth is learnt
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Where to write the model used
    #[arg(long, value_name = "FILE")]
    out_model: Option<PathBuf>,
    /// Write links of this probability or better
    #[arg(long, value_name = "P", default_value_t = 0.5, value_parser = probability)]
    floor: f64,
    /// How many threads share the work; as many as there are cores, unless said
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Reports {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Failure> {
        let path = self.folder.join("reports.csv");
        let mentions = self.folder.join("mentions.csv");
        let reports = read_reports(open(&path)?, open(&mentions)?)
            .map_err(|why| Failure::Read { path: self.folder.clone(), why })?;
        let ids =
            (0..u32::try_from(reports.len()).unwrap_or(u32::MAX)).map(|r| reports.report_id(r));
        let settings = Settings {
            model: self.model.as_deref().map(read_report_model).transpose()?,
            threshold: self.floor,
            decisions: decisions::read(self.decisions.as_deref(), ids, out)?,
            threads: threads(self.threads),
        };
        let found = link(&reports, &settings);
        write_mentions(create(&self.out_mentions)?, &reports, &found)?;
        write_links(create(&self.out_links)?, &reports, &found)?;
        write_networks(create(&self.out_networks)?, &reports, &found)?;
        if let Some(path) = &self.out_stories {
            write_stories(create(path)?, &reports, &found)?;
        }
        if let Some(path) = &self.out_model {
            serde_json::to_writer_pretty(create(path)?, &found.model)?;
        }
        writeln!(
            out,
            "{} reports, {} mentions, {} pairs compared, {} links written",
            reports.len(),
            reports.mentions(),
            found.compared,
            found.links.len()
        )?;
        Ok(())
    }
}

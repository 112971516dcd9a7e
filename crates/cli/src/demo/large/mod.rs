//! The large demo: made from a seed, written in bulk, to measure with.

mod chance;
mod concerns;
mod files;
mod people;
mod reports;
mod words;

pub(super) use reports::fill as fill_reports;

use std::{future::Future, pin::Pin, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use tessera_app::{App, AppError};
use tessera_core::time::Timestamp;
use tessera_policy::{Actor, Resource, decide, rules::admin::RunJob};
use tessera_store::Tx;

use crate::{
    demo::large::{chance::Quick, people::Partnership, words::Words},
    failure::Failure,
};

/// Children's files.
const FILES: u32 = 200_000;
/// Concerns.
const CONCERNS: u32 = 40_000;
/// Files, or concerns, of one transaction.
const BATCH: u32 = 4_000;
/// A concern is counted on the progress bar like this many files: about the rows it has.
const STEPS: u64 = (FILES + CONCERNS) as u64;

/// Fills a partnership that has only its administrator.
pub(crate) async fn fill(app: &App, now: Timestamp) -> Result<(), Failure> {
    let words = Words::read()?;
    let mut chance = Quick::new(7);
    let partnership = Partnership::make(&words, &mut chance, now);
    write(app, "people", partnership.rows(now)).await?;
    let bar = bar();
    let mut files = files::Files::new(&words, &partnership, now);
    for first in (0..FILES).step_by(BATCH as usize) {
        let count = BATCH.min(FILES - first);
        let rows = files.make(&mut chance, count);
        write(app, "files", rows).await?;
        bar.inc(u64::from(count));
    }
    let mut concerns = concerns::Concerns::new(&words, &partnership, files.into_known(), now);
    for first in (0..CONCERNS).step_by(BATCH as usize) {
        let count = BATCH.min(CONCERNS - first);
        let rows = concerns.make(&mut chance, count, &app.codes.version);
        write(app, "concerns", rows).await?;
        bar.inc(u64::from(count));
    }
    bar.finish_and_clear();
    Ok(())
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(STEPS);
    let style = ProgressStyle::with_template(
        "Filling {wide_bar} {percent:>3}% {elapsed} of about {duration}",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

type Writing<'t> =
    Pin<Box<dyn Future<Output = Result<u64, tessera_store::StoreError>> + Send + 't>>;

/// Rows of several tables that are written together, in the order that their references need.
trait Rows: Send + 'static {
    /// Writes them; how many there were.
    fn write(self, tx: &mut Tx) -> Writing<'_>;
}

/// One transaction, with its audit entry.
async fn write(app: &App, what: &'static str, rows: impl Rows) -> Result<(), Failure> {
    let permit = decide::<RunJob>(&Actor::system("fill the large demo"), Resource::None, &())
        .map_err(AppError::from)?;
    app.db
        .write(permit.authority(), move |tx| {
            Box::pin(async move {
                let count = rows.write(tx).await?;
                tx.note("rows", count.to_string());
                tx.note("of", what);
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(())
}

/// Writes each list of rows and counts them all.
macro_rules! write_all {
    ($tx:expr, $($rows:expr),+ $(,)?) => {{
        let tx = $tx;
        let mut count = 0;
        $(
            tessera_store::bulk::insert(tx, &$rows).await?;
            count += $rows.len() as u64;
        )+
        Ok(count)
    }};
}
use write_all;

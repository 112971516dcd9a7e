//! The only place with SQL. One text a statement serves SQLite and PostgreSQL.
//!
//! Reading takes a [`Conn`] from [`Db::read`]; writing goes through [`Db::write`], which wants the
//! authority of a permit and commits the audit entry with the change.

pub mod agency;
pub mod audit;
pub mod backup;
pub mod batch;
pub mod bulk;
pub mod check;
pub mod child;
pub mod concern;
mod db;
pub mod draft;
mod envelope;
mod error;
pub mod explore;
pub mod guidance;
pub mod integrity;
pub mod job;
mod keys;
pub mod language;
pub mod ledger;
pub mod mail;
mod migrate;
pub mod notice;
pub mod panel;
pub mod report;
pub mod requirement;
pub mod screening;
pub mod session;
pub mod setting;
mod sql;
#[cfg(test)]
mod tests;
pub mod user;
mod write;

pub use db::{Db, Dialect, Location, Outside, Read};
pub use error::StoreError;
pub use keys::Keys;
pub use migrate::newest_known;
pub use sql::Conn;
pub use write::{Boxed, Tx};

/// Every statement of the product, by module and name; a test prepares each on both engines.
pub(crate) const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("agency", agency::STATEMENTS),
    ("audit", audit::STATEMENTS),
    ("backup", backup::STATEMENTS),
    ("batch", batch::STATEMENTS),
    ("bulk", bulk::STATEMENTS),
    ("check", check::STATEMENTS),
    ("child::access", child::access::STATEMENTS),
    ("child::file", child::file::STATEMENTS),
    ("child::find", child::find::STATEMENTS),
    ("child::rights", child::rights::STATEMENTS),
    ("concern::document", concern::document::STATEMENTS),
    ("concern::insert", concern::insert::STATEMENTS),
    ("concern::list", concern::list::STATEMENTS),
    ("concern::queue", concern::queue::STATEMENTS),
    ("concern::read", concern::read::STATEMENTS),
    ("concern::rights", concern::rights::STATEMENTS),
    ("concern::search", concern::search::STATEMENTS),
    ("concern::triage", concern::triage::STATEMENTS),
    ("draft", draft::STATEMENTS),
    ("explore::candidate", explore::candidate::STATEMENTS),
    ("explore::snapshot", explore::snapshot::STATEMENTS),
    ("explore::watch", explore::watch::STATEMENTS),
    ("explore::whole", explore::whole::STATEMENTS),
    ("guidance::reader", guidance::reader::STATEMENTS),
    ("guidance::version", guidance::version::STATEMENTS),
    ("integrity", integrity::STATEMENTS),
    ("job", job::STATEMENTS),
    ("language::checked", language::checked::STATEMENTS),
    ("language::lexicon", language::lexicon::STATEMENTS),
    ("ledger", ledger::STATEMENTS),
    ("mail", mail::STATEMENTS),
    ("notice", notice::STATEMENTS),
    ("panel", panel::STATEMENTS),
    ("report::child", report::child::STATEMENTS),
    ("report::desk", report::desk::STATEMENTS),
    ("report::change", report::change::STATEMENTS),
    ("report::fit", report::fit::STATEMENTS),
    ("report::insert", report::insert::STATEMENTS),
    ("report::link", report::link::STATEMENTS),
    ("report::list", report::list::STATEMENTS),
    ("report::read", report::read::STATEMENTS),
    ("report::rights", report::rights::STATEMENTS),
    ("report::share", report::share::STATEMENTS),
    ("report::source", report::source::STATEMENTS),
    ("requirement", requirement::STATEMENTS),
    ("screening::draft", screening::draft::STATEMENTS),
    ("screening::instrument", screening::instrument::STATEMENTS),
    ("screening::level", screening::level::STATEMENTS),
    ("screening::link", screening::link::STATEMENTS),
    ("screening::record", screening::record::STATEMENTS),
    ("screening::rights", screening::rights::STATEMENTS),
    ("session", session::STATEMENTS),
    ("setting", setting::STATEMENTS),
    ("user", user::STATEMENTS),
];

/// Asks the engine whether it understands every statement; the names of those it does not.
pub async fn check_statements(db: &Db) -> Result<Vec<String>, StoreError> {
    let mut read = db.read().await?;
    let mut bad = Vec::new();
    for (module, statements) in STATEMENTS {
        for (name, sql) in *statements {
            let other = match db.dialect() {
                Dialect::Lite => "_PG",
                Dialect::Pg => "_LITE",
            };
            if name.ends_with(other) {
                continue;
            }
            if let Err(error) = read.conn().prepare(sql).await {
                bad.push(format!("{module}::{name}: {error}"));
            }
        }
    }
    Ok(bad)
}

/// Table and column names, in order, to compare the two schemas.
pub async fn columns(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    db.read().await?.conn().columns().await
}

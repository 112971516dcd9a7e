//! The one write path. A use case shows its authority, changes rows inside one named transaction,
//! and the audit entry commits with them, or nothing does.
//!
//! On SQLite a single writer takes waiting transactions in groups, each in its own savepoint, and
//! makes the group durable with one flush to the disk; nobody is answered before that flush. On
//! PostgreSQL every transaction is its own; the server groups the flushes.

use std::{panic::AssertUnwindSafe, pin::Pin, sync::Arc};

use futures_util::FutureExt;
use sqlx::{PgPool, Postgres, SqliteConnection, Transaction};
use tessera_core::{chance::Chance, time::Timestamp};
use tessera_policy::Authority;
use tokio::sync::{mpsc, oneshot};

use crate::{
    Db, Keys, StoreError,
    audit::{self, Outcome},
    db::Outside,
    sql::Conn,
};

/// A future that can be kept in a box, borrowing for `'t`.
pub type Boxed<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// An open transaction.
pub struct Tx {
    handle: Handle,
    outside: Outside,
    now: Timestamp,
    detail: Vec<(&'static str, String)>,
}

enum Handle {
    Lite(SqliteConnection),
    Pg(Transaction<'static, Postgres>),
}

impl Tx {
    /// The connection, for statements.
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.handle {
            Handle::Lite(c) => Conn::Lite(c),
            Handle::Pg(t) => Conn::Pg(t),
        }
    }

    /// The instant of this transaction: one for all its rows.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Randomness.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        &*self.outside.chance
    }

    /// The installation's keys.
    #[must_use]
    pub fn keys(&self) -> Arc<Keys> {
        self.outside.keys.clone()
    }

    /// Adds to what the audit entry says. Never a name, a narrative or another value of a person:
    /// ids, codes and counts only.
    pub fn note(&mut self, key: &'static str, value: impl Into<String>) {
        self.detail.push((key, value.into()));
    }

    async fn finish(&mut self, by: Option<&Authority>) -> Result<(), StoreError> {
        let Some(by) = by else { return Ok(()) };
        let detail = std::mem::take(&mut self.detail);
        let now = self.now;
        audit::insert(&mut self.conn(), by, Outcome::Done, &detail, now).await
    }
}

/// How a transaction ended: whether to keep it, and what to do once the group is on the disk.
struct Ended {
    keep: bool,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

type Run = Box<dyn for<'t> FnOnce(&'t mut Tx) -> Boxed<'t, Ended> + Send>;

/// Where writes go.
#[derive(Clone)]
pub(crate) struct Writer(Kind);

#[derive(Clone)]
enum Kind {
    Lite(mpsc::Sender<Order>),
    Pg(PgPool, Outside),
    /// The database was opened for reading only.
    None,
}

enum Order {
    Run(Run),
    Stop(oneshot::Sender<()>),
}

/// Transactions that may wait for the writer; more wait outside, unharmed.
const QUEUE: usize = 1024;
/// Transactions made durable by one flush, at most.
const GROUP: usize = 128;

impl Writer {
    pub(crate) fn lite(conn: SqliteConnection, outside: Outside) -> Self {
        let (sender, orders) = mpsc::channel(QUEUE);
        tokio::spawn(write_in_groups(conn, outside, orders));
        Self(Kind::Lite(sender))
    }

    pub(crate) const fn pg(pool: PgPool, outside: Outside) -> Self {
        Self(Kind::Pg(pool, outside))
    }

    /// A writer that refuses everything.
    pub(crate) const fn none() -> Self {
        Self(Kind::None)
    }

    /// Lets what waits be written, then stops.
    pub(crate) async fn stop(&self) {
        if let Kind::Lite(sender) = &self.0 {
            let (done, wait) = oneshot::channel();
            if sender.send(Order::Stop(done)).await.is_ok() {
                let _ = wait.await;
            }
        }
    }

    async fn submit(&self, run: Run) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Lite(sender) => {
                sender.send(Order::Run(run)).await.map_err(|_| StoreError::Stopped)
            }
            Kind::Pg(pool, outside) => {
                // In a task of its own, so that a client that hangs up cannot stop it half-way.
                tokio::spawn(write_alone(pool.clone(), outside.clone(), run));
                Ok(())
            }
            Kind::None => Err(StoreError::Stopped),
        }
    }
}

impl Db {
    /// Runs one named transaction: `change`, and the audit entry of `by`, or neither.
    pub async fn write<T, E, F>(&self, by: &Authority, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Boxed<'t, Result<T, E>> + Send + 'static,
    {
        self.run(Some(by.clone()), change).await
    }

    /// A transaction that is bookkeeping of the store itself: the audit log, sessions seen, leases.
    pub(crate) async fn write_unaudited<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Boxed<'t, Result<T, StoreError>> + Send + 'static,
    {
        self.run(None, change).await
    }

    async fn run<T, E, F>(&self, by: Option<Authority>, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Boxed<'t, Result<T, E>> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel::<Result<T, E>>();
        let run: Run = Box::new(move |tx| {
            Box::pin(async move {
                let result = match change(tx).await {
                    Ok(value) => tx.finish(by.as_ref()).await.map(|()| value).map_err(E::from),
                    Err(error) => Err(error),
                };
                Ended {
                    keep: result.is_ok(),
                    answer: Box::new(move |committed| {
                        let _ = sender.send(
                            result.and_then(|value| committed.map(|()| value).map_err(E::from)),
                        );
                    }),
                }
            })
        });
        self.writer.submit(run).await.map_err(E::from)?;
        answer.await.unwrap_or_else(|_| Err(E::from(StoreError::Stopped)))
    }
}

async fn write_in_groups(
    conn: SqliteConnection,
    outside: Outside,
    mut orders: mpsc::Receiver<Order>,
) {
    let mut tx =
        Tx { handle: Handle::Lite(conn), outside, now: Timestamp::UNIX_EPOCH, detail: vec![] };
    while let Some(order) = orders.recv().await {
        match order {
            Order::Run(run) => {
                if let Some(stop) = write_group(&mut tx, run, &mut orders).await {
                    close(tx).await;
                    let _ = stop.send(());
                    return;
                }
            }
            Order::Stop(done) => {
                close(tx).await;
                let _ = done.send(());
                return;
            }
        }
    }
}

/// Closes the connection for good before anyone is told that the writer has stopped.
async fn close(tx: Tx) {
    if let Handle::Lite(conn) = tx.handle
        && let Err(error) = sqlx::Connection::close(conn).await
    {
        tracing::warn!(error = %StoreError::from(error), "the writer's connection did not close well");
    }
}

/// Writes one group; an order to stop that came meanwhile is returned.
async fn write_group(
    tx: &mut Tx,
    first: Run,
    orders: &mut mpsc::Receiver<Order>,
) -> Option<oneshot::Sender<()>> {
    let mut stop = None;
    let mut answers = Vec::new();
    let mut committed = tx.conn().exec("BEGIN IMMEDIATE", vec![]).await.map(|_| ());
    if committed.is_ok() {
        let mut next = Some(first);
        while let Some(run) = next.take() {
            committed = in_savepoint(tx, run, &mut answers).await;
            if committed.is_err() || answers.len() >= GROUP {
                break;
            }
            match orders.try_recv() {
                Ok(Order::Run(run)) => next = Some(run),
                Ok(Order::Stop(done)) => stop = Some(done),
                Err(_) => {}
            }
        }
        let end = if committed.is_ok() { "COMMIT" } else { "ROLLBACK" };
        committed = committed.and(tx.conn().exec(end, vec![]).await.map(|_| ()));
        if committed.is_err() {
            // A commit that failed may leave the transaction open.
            let _ = tx.conn().exec("ROLLBACK", vec![]).await;
        }
    } else {
        // The transaction never began: run nothing, so that the caller hears that it failed.
        drop(first);
    }
    if let Err(error) = &committed {
        tracing::error!(%error, "a group of writes was not committed");
    }
    for answer in answers {
        answer(match &committed {
            Ok(()) => Ok(()),
            Err(error) => Err(StoreError::Database(error.to_string())),
        });
    }
    stop
}

type Answers = Vec<Box<dyn FnOnce(Result<(), StoreError>) + Send>>;

async fn in_savepoint(tx: &mut Tx, run: Run, answers: &mut Answers) -> Result<(), StoreError> {
    tx.conn().exec("SAVEPOINT one", vec![]).await?;
    tx.now = tx.outside.clock.now();
    tx.detail.clear();
    let ended = AssertUnwindSafe(run(tx)).catch_unwind().await.ok();
    let keep = ended.as_ref().is_some_and(|ended| ended.keep);
    if !keep {
        tx.conn().exec("ROLLBACK TO one", vec![]).await?;
    }
    tx.conn().exec("RELEASE one", vec![]).await?;
    answers.extend(ended.map(|ended| ended.answer));
    Ok(())
}

async fn write_alone(pool: PgPool, outside: Outside, run: Run) {
    let now = outside.clock.now();
    let transaction = match pool.begin().await {
        Ok(transaction) => transaction,
        Err(error) => {
            tracing::error!(error = %StoreError::from(error), "no transaction could begin");
            return;
        }
    };
    let mut tx = Tx { handle: Handle::Pg(transaction), outside, now, detail: vec![] };
    let ended = run(&mut tx).await;
    let Handle::Pg(transaction) = tx.handle else { return };
    let done = if ended.keep { transaction.commit().await } else { transaction.rollback().await };
    (ended.answer)(done.map_err(StoreError::from));
}

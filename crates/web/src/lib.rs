//! The HTTP surface: one route table as data, one guard around it, thin handlers.
//!
//! A handler reads what was sent, calls one use case of `tessera_app`, and composes a page from the
//! typed components of `tessera_pages`. It never decides who may do what, and never reads the store.

mod acts;
mod admin;
mod api;
mod audit;
mod check;
mod child;
mod compress;
mod cookies;
mod desk;
mod differences;
mod editor;
mod error;
mod follow;
mod form;
mod guard;
mod guidance;
mod help;
mod home;
mod import;
mod instrument;
mod language;
mod matching;
mod notice;
mod panel;
mod parts;
mod picture;
mod policies;
mod queue;
mod report;
mod requirement;
pub mod routes;
mod screen;
mod screening;
mod session;
mod shared;
mod site;
mod steady;
mod tell;
mod tongue;
mod upload;

use std::{future::Future, sync::Arc};

use tessera_app::App;

pub use site::Config;

/// Serves until `stop` is done, then finishes what was begun.
pub async fn serve(
    app: Arc<App>,
    config: Config,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app, config)).with_graceful_shutdown(stop).await
}

/// Every route, behind the guard.
pub fn router(app: Arc<App>, config: Config) -> axum::Router {
    let site = Arc::new(site::Site { app, config });
    guard::around(routes::router(), site)
}

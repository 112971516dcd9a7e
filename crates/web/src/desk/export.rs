//! The network of a report as files.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use tessera_app::report::{as_csv, as_graphml};

use crate::{
    parts::Answer,
    queue::reference,
    site::{Site, Visitor},
};

/// As a table.
pub(crate) async fn csv(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
) -> Answer {
    let network = site.app.export_network(&visitor.actor, &reference(&report)?).await?;
    file("text/csv; charset=utf-8", "attachment; filename=\"network.csv\"", as_csv(&network))
}

/// As a graph.
pub(crate) async fn graphml(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
) -> Answer {
    let network = site.app.export_network(&visitor.actor, &reference(&report)?).await?;
    let body = as_graphml(&network);
    file("application/xml", "attachment; filename=\"network.graphml\"", body)
}

#[allow(clippy::unnecessary_wraps, reason = "it ends a handler, and gives back what one gives")]
fn file(kind: &'static str, name: &'static str, body: String) -> Answer {
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}

//! The network of a report as files.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use tessera_app::report::Form;

use crate::{
    parts::Answer,
    queue::reference,
    site::{Site, Visitor},
};

macro_rules! files {
    ($($(#[$doc:meta])* $name:ident, $form:ident, $kind:literal, $file:literal;)+) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(site): State<Arc<Site>>,
            Extension(visitor): Extension<Visitor>,
            Path(report): Path<String>,
        ) -> Answer {
            let reference = reference(&report)?;
            let export = site.app.export_network(&visitor.actor, &reference, Form::$form).await?;
            let save = concat!("attachment; filename=\"", $file, "\"");
            let headers = [(header::CONTENT_TYPE, $kind), (header::CONTENT_DISPOSITION, save)];
            Ok((headers, export.write(Form::$form)).into_response())
        }
    )+};
}

files! {
    /// As a table.
    csv, Csv, "text/csv; charset=utf-8", "network.csv";
    /// As a graph.
    graphml, GraphMl, "application/xml", "network.graphml";
    /// As entities of `FollowTheMoney`.
    followthemoney, FollowTheMoney, "application/x-ndjson", "network.ftm.json";
    /// As a bundle of STIX.
    stix, Stix, "application/stix+json;version=2.1", "network.stix.json";
    /// As a table of links between two ends.
    i2, I2, "text/csv; charset=utf-8", "network-links.csv";
}

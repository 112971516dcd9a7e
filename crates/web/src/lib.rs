//! The HTTP surface: the route table, extractors, security headers, thin handlers.

use std::{future::Future, sync::Arc};

use tessera_app::App;

/// How this server is reached.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Everything shown is invented; a sign-in-as page stands in for the second factor. Only on
    /// loopback.
    pub demo: bool,
    /// The server is reached by https, through the trusted proxy that was named: cookies are bound
    /// to it.
    pub secure: bool,
}

/// Serves until `stop` is done, then finishes what was begun.
pub async fn serve(
    app: Arc<App>,
    config: Config,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = router(app, config);
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

/// Every route.
pub fn router(_app: Arc<App>, _config: Config) -> axum::Router {
    axum::Router::new().route("/health", axum::routing::get(|| async { "ok" }))
}

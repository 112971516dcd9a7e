//! `tessera serve`: one partnership, over HTTP.

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use tessera_app::App;
use tessera_store::ledger;
use tessera_web::Config;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

use crate::{
    failure::Failure,
    letters::Letters,
    log,
    place::{Means, Place},
    say,
    tongues::Tongues,
};

/// Requests that were begun get this long to end when the program is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How to serve.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    letters: Letters,
    #[command(flatten)]
    languages: Tongues,
    /// Visitors come through a proxy that speaks HTTPS with them and passes their requests on.
    #[arg(long)]
    trusted_proxy: bool,
    /// How log lines look.
    #[arg(long, value_enum, default_value_t)]
    log: log::Format,
}

/// Serves until told to stop.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    log::start(args.log);
    block_on(serve(args))?
}

/// Runs a command's async part.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::at("starting"))?;
    Ok(runtime.block_on(work))
}

async fn serve(args: Args) -> Result<(), Failure> {
    let addresses = resolve(&args.listen).await?;
    if !args.trusted_proxy && !addresses.iter().all(|a| a.ip().is_loopback()) {
        return Err(Failure::refused(format!(
            "plain HTTP on {} could be read on its way. Listen on 127.0.0.1, or put a proxy that \
             speaks HTTPS before it and say so with --trusted-proxy",
            args.listen
        )));
    }
    args.place.make_folder()?;
    let held = args.place.hold()?;
    let db = args.place.open_or_make(Means::system()).await?;
    let app = Arc::new(App::new(db)?);
    let listener = listen(&addresses).await?;
    let at = listener.local_addr().map_err(Failure::at("listening"))?;
    args.letters.set_up(&app, at)?;
    args.languages.set_up(&app)?;
    // Taken in and read before the first visitor waits for it.
    app.guidance().await?;
    if app.is_empty().await? {
        offer_set_up(&app, at, args.trusted_proxy).await?;
    }
    say::line(format_args!("Tessera listens on http://{at}"));
    let config = Config { demo: false, secure: args.trusted_proxy };
    until_stopped(app, config, listener).await?;
    drop(held);
    Ok(())
}

async fn offer_set_up(app: &App, at: SocketAddr, proxied: bool) -> Result<(), Failure> {
    let token = hex::encode(app.offer_set_up().await?);
    let place = if proxied { "https://YOUR-ADDRESS".to_owned() } else { format!("http://{at}") };
    say::line(
        "This partnership is empty. Set it up with this link; it works once, for seven days:",
    );
    say::line(format_args!("  {place}/set-up/{token}"));
    Ok(())
}

/// The addresses that a name and port stand for.
pub(crate) async fn resolve(listen: &str) -> Result<Vec<SocketAddr>, Failure> {
    let found = tokio::net::lookup_host(listen).await;
    let found: Vec<SocketAddr> =
        found.map_err(Failure::at(format!("the address {listen}")))?.collect();
    if found.is_empty() {
        return Err(Failure::refused(format!("the address {listen} stands for nothing")));
    }
    Ok(found)
}

/// Listens on the first of the addresses that is free.
pub(crate) async fn listen(addresses: &[SocketAddr]) -> Result<TcpListener, Failure> {
    let text: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    let what = format!("listening on {}", text.join(", "));
    TcpListener::bind(addresses).await.map_err(Failure::at(what))
}

/// Serves and works until ctrl-c or SIGTERM, then signs the log and closes the database.
pub(crate) async fn until_stopped(
    app: Arc<App>,
    config: Config,
    listener: TcpListener,
) -> Result<(), Failure> {
    // Signals are heard before the first request is: whoever is told to stop then ends well, too.
    let term = signal(SignalKind::terminate()).map_err(Failure::at("hearing signals"))?;
    let interrupt = signal(SignalKind::interrupt()).map_err(Failure::at("hearing signals"))?;
    let (tell, told) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop(term, interrupt).await;
        let _ = tell.send(true);
    });
    let stop = |mut told: tokio::sync::watch::Receiver<bool>| async move {
        // A sender that is gone without a word will never say stop.
        if told.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let worker = tokio::spawn({
        let app = app.clone();
        async move { app.work().await }
    });
    let serving = tessera_web::serve(app.clone(), config, listener, stop(told.clone()));
    let late = async {
        stop(told).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let served = tokio::select! {
        served = serving => served.map_err(Failure::at("serving")),
        () = late => Ok(()),
    };
    worker.abort();
    // The task must be gone before its database is closed; that it was stopped is no error.
    let _ = worker.await;
    sign_all(&app).await?;
    app.db.clone().close().await;
    served
}

/// Takes every waiting audit entry into the signed log.
pub(crate) async fn sign_all(app: &App) -> Result<(), Failure> {
    while ledger::sequence(&app.db).await? > 0 {}
    Ok(())
}

async fn asked_to_stop(mut term: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("told to stop");
}

//! `tessera demo`: the invented town of Marlbrook, filled, on this machine only.

mod fill;
mod folder;
mod guidance;
mod imports;
mod large;
mod people;
mod play;
mod story;
mod words;

use std::{path::PathBuf, sync::Arc};

use clap::ValueEnum;
use tessera_app::App;
use tessera_core::user::{Role, User};
use tessera_web::Config;

use crate::{
    failure::Failure,
    letters::Letters,
    log,
    place::{Means, Place},
    say, serve,
    tongues::Tongues,
};

/// How to serve the demo.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen; only this machine can be told.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The demo's folder.
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    data: PathBuf,
    /// A PostgreSQL database to use instead of a file in the folder; it must be empty or a demo's.
    #[arg(long, value_name = "URL", env = "TESSERA_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// The key file [default: a file in ~/.config/tessera named after the data].
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// How much to fill in.
    #[arg(long, value_enum, default_value_t)]
    scale: Scale,
    /// Throw an earlier demo away and fill a new one.
    #[arg(long)]
    reset: bool,
    #[command(flatten)]
    letters: Letters,
    #[command(flatten)]
    languages: Tongues,
    /// Fill and stop, without serving.
    #[arg(long)]
    only_fill: bool,
    /// How log lines look.
    #[arg(long, value_enum, default_value_t)]
    log: log::Format,
}

/// How much the demo holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Scale {
    /// A dozen concerns and some children's files, to look round in.
    #[default]
    Small,
    /// 40 agencies, 2,000 people, 200,000 files, 1,000,000 events, to measure with.
    Large,
}

/// Fills the demo if it is empty, and serves it.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    log::start(args.log);
    serve::block_on(demo(args))?
}

async fn demo(args: Args) -> Result<(), Failure> {
    let addresses = serve::resolve(&args.listen).await?;
    if !addresses.iter().all(|a| a.ip().is_loopback()) {
        return Err(Failure::refused(
            "a demo lets anybody sign in as anyone, so it listens on this machine only: \
             name a loopback address such as 127.0.0.1:8080",
        ));
    }
    let place = Place { data: args.data, database: args.database, key_file: args.key_file };
    folder::claim(&place)?;
    let held = place.hold()?;
    if args.reset {
        expect_ours(&place).await?;
        folder::empty(&place)?;
    }
    // Before filling, so that a port in use is told at once.
    let listener = serve::listen(&addresses).await?;
    let at = listener.local_addr().map_err(Failure::at("listening"))?;
    fill::fill(&place, args.scale).await?;
    if args.only_fill {
        return Ok(());
    }
    let db = place.open_or_make(Means::system()).await?;
    fill::expect_demo(&db).await?;
    let app = Arc::new(App::new(db)?);
    tell(&app, &place, at).await?;
    args.letters.set_up(&app, at)?;
    args.languages.set_up(&app)?;
    let config = Config { demo: true, secure: false };
    serve::until_stopped(app, config, listener).await?;
    drop(held);
    Ok(())
}

/// A marker file can be put beside anything: what the database itself says counts too. One that lost
/// its key cannot be read by anyone.
async fn expect_ours(place: &Place) -> Result<(), Failure> {
    if place.database.is_some() || !place.file().exists() || !place.key_path()?.exists() {
        return Ok(());
    }
    let db = place.open_existing(Means::system()).await?;
    let ours = fill::expect_demo(&db).await;
    db.close().await;
    ours
}

/// Says where the demo is and who can be signed in as.
async fn tell(app: &App, place: &Place, at: std::net::SocketAddr) -> Result<(), Failure> {
    say::line("Marlbrook is an invented town: nobody in it exists.");
    match &place.database {
        None => say::line(format_args!("Data: {}", place.data.display())),
        Some(_) => say::line("Data: in PostgreSQL"),
    }
    say::line("");
    say::line(format_args!("{:22} {:42} {}", "Sign in as", "Role", "Agency"));
    let people = app.colleague_names().await?;
    let shown = some_of_each_role(&people);
    for user in &shown {
        let roles: Vec<&str> = user.roles.iter().map(|role| role.label()).collect();
        say::line(format_args!("{:22} {:42} {}", user.name, roles.join(", "), user.agency_name));
    }
    if people.len() > shown.len() {
        say::line(format_args!("and {} others", people.len() - shown.len()));
    }
    say::line("");
    say::line("Nobody needs to sign in to tell the front door something.");
    say::line(format_args!("Open http://{at}"));
    say::line("Stop with ctrl-c.");
    Ok(())
}

/// Everyone of a small demo; of a large one the first few of each role.
fn some_of_each_role(people: &[User]) -> Vec<&User> {
    if people.len() <= 60 {
        return people.iter().collect();
    }
    let of = |role| people.iter().filter(move |user: &&User| user.roles.contains(&role)).take(3);
    Role::ALL.into_iter().flat_map(of).collect()
}

//! How letters by e-mail leave.

use std::net::SocketAddr;

use tessera_app::{App, mail::Post};

use crate::failure::Failure;

/// The settings of letters. Without an SMTP server none are sent, and pages say so.
#[derive(Debug, clap::Args)]
pub(crate) struct Letters {
    /// The SMTP server that takes letters, as `smtp://` or `smtps://`; with `?tls=required` at its end
    /// for STARTTLS. Name and password may stand in it.
    #[arg(
        long,
        value_name = "URL",
        env = "TESSERA_SMTP",
        hide_env_values = true,
        requires = "mail_from"
    )]
    smtp: Option<String>,
    /// The address that letters come from.
    #[arg(long, value_name = "ADDRESS", env = "TESSERA_MAIL_FROM")]
    mail_from: Option<String>,
    /// How visitors reach this server, for links in letters [default: where it listens].
    #[arg(long, value_name = "URL", env = "TESSERA_SITE")]
    site: Option<String>,
}

impl Letters {
    /// Sets up the letters of a program that listens at an address.
    pub(crate) fn set_up(&self, app: &App, at: SocketAddr) -> Result<(), Failure> {
        let (Some(smtp), Some(from)) = (&self.smtp, &self.mail_from) else { return Ok(()) };
        let site = self.site.clone().unwrap_or_else(|| format!("http://{at}"));
        let post = Post::new(smtp, from, &site).map_err(|e| Failure::refused(e.to_string()))?;
        app.set_post(post);
        Ok(())
    }
}

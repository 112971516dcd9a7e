//! Letters by e-mail: written with the change that wants them, sent by a job that tries again.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header},
};
use tessera_core::ids::MailId;
use tessera_policy::{Actor, Resource, decide, rules::admin::RunJob};
use tessera_store::{
    job::Job,
    mail::{self, Letter},
};

use crate::{App, AppError};

/// Send a letter.
pub(crate) const SEND: &str = "mail.send";

/// How letters leave.
#[derive(Debug, Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

/// Why letters cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The address of the server.
    #[error("the SMTP address cannot be used: {0}")]
    Server(String),
    /// The sender.
    #[error("the sender of letters is no e-mail address")]
    Sender,
}

impl Post {
    /// Letters by an SMTP server (`smtp://`, `smtps://`, or `smtp://…?tls=required` for STARTTLS;
    /// name and password may stand in it), from an address, with links that begin with `site`.
    pub fn new(server: &str, from: &str, site: &str) -> Result<Self, PostError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|error| PostError::Server(error.to_string()))?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        let from = from.parse().map_err(|_| PostError::Sender)?;
        Ok(Self { transport, from, site: site.trim_end_matches('/').to_owned() })
    }

    /// The whole address of a page of ours.
    #[must_use]
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    fn message(&self, letter: &Letter) -> Result<Message, AppError> {
        // Neither error says what the letter says.
        let unfit = || AppError::Content("a letter could not be written".into());
        let to = letter.to.parse().map_err(|_| unfit())?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .header(header::ContentType::TEXT_PLAIN);
        if let Some(stop) = &letter.unsubscribe {
            message = message.header(Unsubscribe(format!("<{stop}>"))).header(OneClick);
        }
        message.body(letter.text.clone()).map_err(|_| unfit())
    }
}

/// `List-Unsubscribe` (RFC 2369).
#[derive(Debug, Clone)]
struct Unsubscribe(String);

/// `List-Unsubscribe-Post` (RFC 8058): the address above takes a POST without a page.
#[derive(Debug, Clone)]
struct OneClick;

type HeaderError = Box<dyn std::error::Error + Send + Sync>;

impl header::Header for Unsubscribe {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(text: &str) -> Result<Self, HeaderError> {
        Ok(Self(text.to_owned()))
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), self.0.clone())
    }
}

impl header::Header for OneClick {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }
    fn parse(_: &str) -> Result<Self, HeaderError> {
        Ok(Self)
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Whether a text can be an e-mail address.
#[must_use]
pub(crate) fn is_address(text: &str) -> bool {
    text.len() <= 200 && text.parse::<lettre::Address>().is_ok()
}

impl App {
    /// Sets how letters leave, once.
    pub fn set_post(&self, post: Post) {
        let _ = self.mail.set(post);
    }

    /// Sends a letter that was not sent yet.
    pub(crate) async fn send_letter(&self, job: &Job, id: MailId) -> Result<(), AppError> {
        let Some(letter) = mail::unsent(&self.db, id).await? else { return Ok(()) };
        let later = |why: &str| AppError::Later(why.to_owned());
        let post = self.mail.get().ok_or_else(|| later("no SMTP server is set"))?;
        let message = post.message(&letter)?;
        if let Err(error) = post.transport.send(message).await {
            // What the server said may quote the address: only its code is kept.
            let code = error.status().map_or_else(String::new, |code| format!(" with {code}"));
            return Err(if error.is_permanent() {
                AppError::Content(format!("the mail server refused a letter{code}"))
            } else {
                AppError::Later(format!("the mail server did not take a letter{code}"))
            });
        }
        let actor = Actor::system("send letters");
        let permit = decide::<RunJob>(&actor, Resource::Job(job.id), &())?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { mail::mark_sent(tx, id).await.map_err(AppError::from) })
            })
            .await
    }
}

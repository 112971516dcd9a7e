//! Being told by e-mail when guidance on a topic changes: asked for, confirmed by the owner of the
//! address, ended by one press. A letter says nothing of any child or case.

use std::collections::BTreeSet;

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::FieldErrors,
    ids::{GuidanceId, SubscriptionId},
    messages::{self, content, in_language, plain},
    t,
    time::SignedDuration,
};
use tessera_guidance::Page;
use tessera_policy::{
    Actor, Refusal, Resource, decide,
    rules::{admin::RunJob, guidance::FollowTopic},
};
use tessera_store::{
    guidance::version,
    job::{self, Job},
    mail::{self, Follower, Letter},
};

use crate::{
    App, AppError,
    mail::{SEND, is_address},
};

/// Tell those who follow the topics of a version that it is in force.
pub(crate) const TELL: &str = "guidance.tell";
/// The topic of those who follow every one.
pub const ALL_TOPICS: &str = "all";
/// One address gets at most this many letters that ask for confirmation in a day.
const MOST_A_DAY: i64 = 5;

/// What somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawFollow {
    /// The topic.
    pub topic: String,
    /// Where to.
    pub email: String,
}

impl App {
    /// Whether letters can be sent from here.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.mail.get().is_some()
    }

    /// The secret of a link in a letter: bound to the wish and to what the link does.
    fn link_token(&self, purpose: &str, id: SubscriptionId) -> String {
        let mac = self.db.keys().blind(purpose, id.0.as_bytes());
        let mac = mac.iter().take(16).fold(0_u128, |all, byte| (all << 8) | u128::from(*byte));
        format!("{}{mac:032x}", id.0.simple())
    }

    fn of_token(&self, purpose: &str, token: &str) -> Option<SubscriptionId> {
        let id: SubscriptionId = token.get(..32)?.parse().ok()?;
        let whole = self.link_token(purpose, id);
        // Both sides are hashes of this installation: what differs first tells nothing.
        (whole == token).then_some(id)
    }

    /// Asks to be told. The answer is the same whether or not the address is known.
    pub async fn follow_topic(&self, actor: &Actor, raw: &RawFollow) -> Result<(), AppError> {
        let id: SubscriptionId = self.db.chance().id(self.db.now());
        let permit = self.may::<FollowTopic>(actor, Resource::Subscription(id)).await?;
        let mut e = FieldErrors::default();
        let now = self.guidance().await?;
        let topic = raw.topic.trim().to_owned();
        if topic != ALL_TOPICS && !now.library.topics().contains(topic.as_str()) {
            e.add("topic", t!("Choose a topic"));
        }
        let email = raw.email.trim().to_owned();
        if !is_address(&email) {
            e.add("email", t!("Enter an e-mail address, such as name@example.org"));
        }
        e.into_result(())?;
        let post = self.mail.get().ok_or(Refusal::Absent)?;
        let link = post.address(&in_language(&format!(
            "/guidance/confirm/{}",
            self.link_token("confirm", id)
        )));
        let letter = Letter {
            to: email.clone(),
            subject: plain(&t!("Confirm that we may write to you")),
            text: plain(&format!(
                "{}\n\n{}\n{link}\n\n{}\n",
                t!("Somebody asked us to write to this address when our guidance changes."),
                t!("If it was you, open this page and confirm it within seven days:"),
                t!("If it was not you, do nothing. We will not write again."),
            )),
            unsubscribe: None,
        };
        let language = messages::tag();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let since = tx.now() - SignedDuration::from_hours(24);
                    let (stands, lately) = mail::standing(tx, &email, &topic, since).await?;
                    if stands || lately >= MOST_A_DAY {
                        tx.note("again", "yes");
                        return Ok(());
                    }
                    mail::ask(tx, id, &email, &topic, &language).await?;
                    let letter = mail::write(tx, &letter, "confirm").await?;
                    let now = tx.now();
                    job::enqueue(tx, SEND, Some(letter.0), now).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// The topic of a link that confirms, if the link holds.
    pub async fn topic_to_confirm(&self, token: &str) -> Result<Option<String>, AppError> {
        let Some(id) = self.of_token("confirm", token) else { return Ok(None) };
        let found = mail::find(&mut self.db.read().await?.conn(), id).await?;
        let fresh = self.db.now() - mail::CONFIRM_WITHIN;
        let holds = |s: &mail::Subscription| {
            s.ended_at.is_none() && (s.confirmed_at.is_some() || s.asked_at > fresh)
        };
        Ok(found.filter(holds).map(|found| found.topic))
    }

    /// Confirms a wish.
    pub async fn confirm_topic(&self, actor: &Actor, token: &str) -> Result<(), AppError> {
        if self.topic_to_confirm(token).await?.is_none() {
            return Err(Refusal::Absent.into());
        }
        let id = self.of_token("confirm", token).ok_or(Refusal::Absent)?;
        let permit = self.may::<FollowTopic>(actor, Resource::Subscription(id)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("confirmed", "yes");
                    mail::confirm(tx, id).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// The topic of a link that ends a wish, if the link holds.
    pub async fn topic_to_end(&self, token: &str) -> Result<Option<String>, AppError> {
        let Some(id) = self.of_token("unsubscribe", token) else { return Ok(None) };
        let found = mail::find(&mut self.db.read().await?.conn(), id).await?;
        Ok(found.map(|found| found.topic))
    }

    /// Ends a wish; once more changes nothing.
    pub async fn end_topic(&self, actor: &Actor, token: &str) -> Result<(), AppError> {
        if self.topic_to_end(token).await?.is_none() {
            return Err(Refusal::Absent.into());
        }
        let id = self.of_token("unsubscribe", token).ok_or(Refusal::Absent)?;
        let permit = self.may::<FollowTopic>(actor, Resource::Subscription(id)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("ended", "yes");
                    mail::end(tx, id).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Writes one letter to each address that follows a topic of a version that is in force.
    pub(crate) async fn tell_followers(&self, job: &Job, id: GuidanceId) -> Result<(), AppError> {
        let Some(post) = self.mail.get() else { return Ok(()) };
        let now = self.guidance().await?;
        let found = version::by_id(&mut self.db.read().await?.conn(), id).await?;
        let Some(found) = found else { return Ok(()) };
        let page = Page::read(&found.path, &found.path, &found.body).ok();
        // A newer version took its place meanwhile: that one tells.
        let in_force = now.standing.get(&found.path).is_some_and(|standing| standing.id == id);
        let Some(page) = page.filter(|page| in_force && page.is_published()) else { return Ok(()) };
        let mut told = BTreeSet::new();
        let mut letters = Vec::new();
        for follower in mail::followers(&self.db).await? {
            let follows =
                follower.topic == ALL_TOPICS || page.front.topics.contains(&follower.topic);
            if follows && told.insert(follower.address_hash.clone()) {
                letters.push(self.letter(post, &page, &found.note, &follower));
            }
        }
        let actor = Actor::system("tell who follows guidance");
        let permit = decide::<RunJob>(&actor, Resource::Job(job.id), &())?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("version", id.to_string());
                    tx.note("letters", letters.len().to_string());
                    let now = tx.now();
                    for letter in &letters {
                        let letter = mail::write(tx, letter, "guidance").await?;
                        job::enqueue(tx, SEND, Some(letter.0), now).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    fn letter(
        &self,
        post: &crate::mail::Post,
        page: &Page,
        note: &str,
        follower: &Follower,
    ) -> Letter {
        let language = self.languages().get(&follower.language);
        messages::within(language, || {
            let read = post.address(&in_language(&page.href()));
            let token = self.link_token("unsubscribe", follower.id);
            let stop = post.address(&in_language(&format!("/guidance/unsubscribe/{token}")));
            let note = if note.is_empty() { page.front.summary.as_str() } else { note };
            let title = content(&page.front.title);
            let text = format!(
                "{title}\n\n{}\n\n{}\n\n{}\n{stop}\n",
                content(note),
                t!("Read it: {link}", link = read),
                t!("You asked us to write when this guidance changes. To stop, open:"),
            );
            Letter {
                to: follower.address.clone(),
                subject: plain(&t!("Guidance changed: {title}", title = title)),
                text: plain(&text),
                unsubscribe: Some(stop),
            }
        })
    }

    /// Forgets addresses that nobody confirmed in time, and those that ended; how many.
    pub async fn sweep_subscriptions(&self) -> Result<u64, AppError> {
        let actor = Actor::system("forget addresses that are not needed");
        let permit = decide::<RunJob>(&actor, Resource::None, &())?;
        self.db
            .write(permit.authority(), |tx| {
                Box::pin(async move {
                    let swept = mail::sweep(tx).await?;
                    tx.note("deleted", swept.to_string());
                    Ok(swept)
                })
            })
            .await
    }
}

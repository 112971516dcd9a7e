//! Sending a concern. Sent twice, it is received once, and both times the sender gets the same
//! receipt.

use sha2::{Digest, Sha256};
use tessera_core::{
    chance::{Chance, Draw},
    concern::{Channel, Draft, RawConcern},
    ids::{AgencyId, ConcernId, DraftId, UserId},
    reference::{Code, Of, Reference},
    time::{Timestamp, day_in_london},
};
use tessera_policy::{Actor, Authority, Resource, rules::concern::SubmitConcern};
use tessera_store::{
    StoreError, Tx,
    concern::{
        insert::{self, NewConcern},
        triage,
    },
    draft,
};

use crate::{App, AppError, concern::keys};

/// The clock that starts with every concern.
pub(crate) const FIRST_CLOCK: &str = "ack_and_decide";

/// What makes two attempts to send the same thing the same.
#[derive(Debug, Clone, Copy)]
pub enum SendKey<'a> {
    /// A draft is sent once.
    Draft(DraftId),
    /// A key that another system or a file chose, within whoever sends.
    Chosen(&'a str),
}

/// Something to send.
pub struct Submission<'a> {
    /// What was typed.
    pub raw: &'a RawConcern,
    /// How it came.
    pub channel: Channel,
    /// What makes a second attempt the same.
    pub key: SendKey<'a>,
}

/// What the sender keeps. It is the same whatever we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The reference to quote.
    pub reference: Reference,
    /// The code that, with the reference, follows it up.
    pub follow: Code,
    /// When somebody decides at the latest.
    pub due_at: Timestamp,
    /// How that instant comes about.
    pub explained: String,
}

/// Bytes drawn from a hash, so that a second attempt draws the same code.
struct Drawn([u8; 32], std::sync::atomic::AtomicUsize);

impl Chance for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let n = self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let block = Sha256::new_with_prefix(self.0).chain_update((n / 32).to_le_bytes());
            *byte = block.finalize().get(n % 32).copied().unwrap_or(0);
        }
    }
}

impl App {
    /// Sends a concern.
    pub async fn submit(
        &self,
        actor: &Actor,
        submission: Submission<'_>,
    ) -> Result<Receipt, AppError> {
        let draft = submission.raw.check(&self.codes)?;
        let id: ConcernId = self.db.chance().id(self.db.now());
        let permit = self.may::<SubmitConcern>(actor, Resource::Concern(id)).await?;
        let sender = Sender { user: actor.user(), agency: actor.agency, entered_by: None };
        self.receive(permit.authority(), id, draft, sender, &submission).await
    }

    /// Stores a checked concern under an authority.
    pub(super) async fn receive(
        &self,
        by: &Authority,
        id: ConcernId,
        draft: Draft,
        sender: Sender,
        submission: &Submission<'_>,
    ) -> Result<Receipt, AppError> {
        let send_key = self.send_key(by.actor(), submission);
        let follow = self.follow_code(&send_key);
        let drafted = match submission.key {
            SendKey::Draft(id) => Some(id),
            SendKey::Chosen(_) => None,
        };
        let new = NewConcern {
            id,
            reference: Reference::draw(Of::Concern, self.db.chance()),
            send_key,
            follow: follow.clone(),
            channel: submission.channel,
            submitted_by: sender.user,
            agency: sender.agency,
            entered_by: sender.entered_by,
            children: draft.children.iter().map(|_| self.db.chance().id(self.db.now())).collect(),
            keys: keys::of_draft(&draft),
            draft,
            lexicon_version: None,
        };
        let now = self.db.now();
        let clock = self.due(FIRST_CLOCK, now)?;
        let stored = self.db.write(by, move |tx| Box::pin(store(tx, new, drafted, clock))).await;
        let (reference, received) = match stored {
            Ok(stored) => stored,
            // Two attempts at the same instant on two connections: the other one won.
            Err(AppError::Store(StoreError::AlreadyThere)) => {
                self.sent_before(&send_key).await?.ok_or(AppError::Store(StoreError::NoRow))?
            }
            Err(error) => return Err(error),
        };
        self.receipt_of(reference, follow, received)
    }

    /// The receipt of a draft that was sent, to be shown again.
    pub async fn receipt(&self, draft: DraftId) -> Result<Receipt, AppError> {
        let send_key = self.draft_key(draft);
        let Some((reference, received)) = self.sent_before(&send_key).await? else {
            return Err(AppError::Refused(tessera_policy::Refusal::Absent));
        };
        self.receipt_of(reference, self.follow_code(&send_key), received)
    }

    async fn sent_before(
        &self,
        send_key: &[u8; 32],
    ) -> Result<Option<(Reference, Timestamp)>, AppError> {
        Ok(insert::sent_before(&mut self.db.read().await?.conn(), send_key).await?)
    }

    /// The receipt of a concern: it depends on when that was received, never on when it is shown.
    fn receipt_of(
        &self,
        reference: Reference,
        follow: Code,
        received: Timestamp,
    ) -> Result<Receipt, AppError> {
        let clock = self.due(FIRST_CLOCK, received)?;
        Ok(Receipt { reference, follow, due_at: clock.at, explained: clock.explained })
    }

    fn draft_key(&self, draft: DraftId) -> [u8; 32] {
        self.db.keys().blind("send draft", draft.0.as_bytes())
    }

    /// A key that somebody chose belongs to them. Nobody owns the keys of people without an account:
    /// theirs hold for the very same words only, so that guessing a key shows no one else's receipt.
    fn send_key(&self, actor: &Actor, submission: &Submission<'_>) -> [u8; 32] {
        let text = match submission.key {
            SendKey::Draft(id) => return self.draft_key(id),
            SendKey::Chosen(text) => text,
        };
        let owner = match actor.user() {
            Some(id) => id.to_string().into_bytes(),
            None => serde_json::to_vec(submission.raw).unwrap_or_default(),
        };
        let all = [owner.as_slice(), b"\0", text.as_bytes()].concat();
        self.db.keys().blind("send key", &all)
    }

    fn follow_code(&self, send_key: &[u8; 32]) -> Code {
        Code::draw(&Drawn(self.db.keys().blind("follow code", send_key), 0.into()))
    }

    /// When a clock that starts at an instant is due.
    pub(crate) fn due(
        &self,
        rule: &str,
        start: Timestamp,
    ) -> Result<tessera_core::clock::Due, AppError> {
        let rule = self
            .clocks
            .rule(rule, day_in_london(start))
            .map_err(|error| AppError::Content(error.to_string()))?;
        Ok(rule.due(start))
    }
}

/// Who a concern is from.
pub(super) struct Sender {
    pub user: Option<UserId>,
    pub agency: Option<AgencyId>,
    pub entered_by: Option<UserId>,
}

async fn store(
    tx: &mut Tx,
    new: NewConcern,
    drafted: Option<DraftId>,
    clock: tessera_core::clock::Due,
) -> Result<(Reference, Timestamp), AppError> {
    if let Some(before) = insert::sent_before(&mut tx.conn(), &new.send_key).await? {
        tx.note("again", "yes");
        return Ok(before);
    }
    insert::insert(tx, &new).await?;
    triage::start_clock(tx, new.id, FIRST_CLOCK, clock.started, clock.at, &clock.explained).await?;
    if let Some(draft) = drafted {
        draft::mark_sent(tx, draft, new.id).await?;
    }
    tx.note("channel", new.channel.id());
    tx.note("children", new.children.len().to_string());
    Ok((new.reference, tx.now()))
}

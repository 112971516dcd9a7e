//! Sending a concern. Sent twice, it is received once, and both times the sender gets the same
//! receipt.

use sha2::{Digest, Sha256};
use tessera_core::{
    chance::{Chance, Draw},
    concern::{Channel, Draft, RawConcern},
    ids::{AgencyId, ConcernId, DraftId, UserId},
    messages,
    reference::{Code, Of, Reference},
    time::{Timestamp, day_in_london},
};
use tessera_linkage::normalise::name::fold as search_form;
use tessera_policy::{Actor, Authority, Resource, rules::concern::SubmitConcern};
use tessera_store::{
    StoreError, Tx,
    concern::{
        insert::{self, NewConcern},
        triage,
    },
    draft,
    language::checked::Checked,
};

use crate::{App, AppError, concern::keys, language::store_checked};

/// So often another reference is drawn when one is taken already: with a million concerns one draw in
/// 13,000 is.
const REFERENCES_DRAWN: usize = 5;
/// Routes that police receive.
pub(crate) const TO_POLICE: [&str; 3] = ["intelligence", "crime", "missing"];
/// The clock that starts with every concern.
pub(crate) const FIRST_CLOCK: &str = "ack_and_decide";

/// What makes two attempts to send the same thing the same.
#[derive(Debug, Clone, Copy)]
pub enum SendKey<'a> {
    /// A draft is sent once.
    Draft(DraftId),
    /// A key that another system or a file chose. It holds for the same words by the same sender.
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
        // Only a worker's words are checked: advice on words is no help to a neighbour at night.
        let texts = crate::words::texts(submission.raw).map(|(_, _, text)| text);
        let checked = self.checked(by.actor(), &texts).await?;
        // A reference that is taken already is drawn again: the sender cannot help it.
        for _ in 0..REFERENCES_DRAWN {
            match self.receive_once(by, id, &draft, &sender, submission, checked.as_ref()).await {
                Err(AppError::Store(StoreError::AlreadyThere)) => {}
                ended => return ended,
            }
        }
        Err(AppError::Store(StoreError::AlreadyThere))
    }

    async fn receive_once(
        &self,
        by: &Authority,
        id: ConcernId,
        draft: &Draft,
        sender: &Sender,
        submission: &Submission<'_>,
        checked: Option<&Checked>,
    ) -> Result<Receipt, AppError> {
        let mut new = self.new_concern(by.actor(), id, draft, sender, submission, checked)?;
        new.help = self.help_that_was_shown(&submission.raw.help).await?;
        let (send_key, follow) = (new.send_key, new.follow.clone());
        let drafted = match submission.key {
            SendKey::Draft(id) => Some(id),
            SendKey::Chosen(_) => None,
        };
        let clock = self.due(FIRST_CLOCK, self.db.now())?;
        let (due_at, explained) = (clock.at, clock.explained.clone());
        let checked = checked.cloned();
        match self.db.write(by, move |tx| Box::pin(store(tx, new, drafted, clock, checked))).await {
            Ok(Some(reference)) => Ok(Receipt { reference, follow, due_at, explained }),
            Ok(None) => self.receipt_of(&send_key).await,
            // Two attempts at the same instant on two connections: the other one won. Or the
            // reference belongs to another concern.
            Err(AppError::Store(StoreError::AlreadyThere)) => {
                match self.receipt_of(&send_key).await {
                    Err(AppError::Refused(_)) => Err(AppError::Store(StoreError::AlreadyThere)),
                    found => found,
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Makes everything ready that is stored of a checked concern.
    pub(crate) fn new_concern(
        &self,
        by: &Actor,
        id: ConcernId,
        draft: &Draft,
        sender: &Sender,
        submission: &Submission<'_>,
        checked: Option<&Checked>,
    ) -> Result<NewConcern, AppError> {
        let send_key = self.send_key(by, submission)?;
        Ok(NewConcern {
            id,
            reference: Reference::draw(Of::Concern, self.db.chance()),
            send_key,
            follow: self.follow_code(&send_key),
            channel: submission.channel,
            submitted_by: sender.user,
            agency: sender.agency,
            entered_by: sender.entered_by,
            children: draft.children.iter().map(|_| self.db.chance().id(self.db.now())).collect(),
            keys: keys::of_draft(draft),
            words: search_form(&searchable(draft)),
            draft: draft.clone(),
            lexicon_version: checked.map(|checked| checked.version.clone()),
            help: Vec::new(),
        })
    }

    /// The receipt of a draft that was sent, to be shown again.
    pub async fn receipt(&self, _: &Actor, draft: DraftId) -> Result<Receipt, AppError> {
        self.receipt_of(&self.draft_key(draft)).await
    }

    async fn receipt_of(&self, send_key: &[u8; 32]) -> Result<Receipt, AppError> {
        let mut read = self.db.read().await?;
        let Some((id, reference)) = insert::sent_before(&mut read.conn(), send_key).await? else {
            return Err(AppError::Refused(tessera_policy::Refusal::Absent));
        };
        let whole = tessera_store::concern::read::whole(&mut read.conn(), id).await?;
        let start = whole.concern.received_at;
        let clock = self.due(FIRST_CLOCK, start)?;
        let rule = self.clocks.rule(FIRST_CLOCK, day_in_london(start));
        let rule = rule.map_err(|error| AppError::Content(error.to_string()))?;
        let follow = self.follow_code(send_key);
        // The sender reads it in their own language.
        Ok(Receipt { reference, follow, due_at: clock.at, explained: rule.explain(start) })
    }

    /// Whether the same thing was received before.
    pub async fn was_sent(
        &self,
        actor: &Actor,
        submission: &Submission<'_>,
    ) -> Result<bool, AppError> {
        let send_key = self.send_key(actor, submission)?;
        let mut read = self.db.read().await?;
        Ok(insert::sent_before(&mut read.conn(), &send_key).await?.is_some())
    }

    fn draft_key(&self, draft: DraftId) -> [u8; 32] {
        self.db.keys().blind("send draft", draft.0.as_bytes())
    }

    /// A chosen key holds for one sender and the same words. Senders without an account cannot be
    /// told apart: without the words, a second one who chose the same key would not be heard, and
    /// would be given the first one's code.
    fn send_key(&self, actor: &Actor, submission: &Submission<'_>) -> Result<[u8; 32], AppError> {
        let text = match submission.key {
            SendKey::Draft(id) => return Ok(self.draft_key(id)),
            SendKey::Chosen(text) => text,
        };
        let owner = actor.user().map(|id| id.to_string()).unwrap_or_default();
        let words = serde_json::to_string(submission.raw)
            .map_err(|error| AppError::Content(error.to_string()))?;
        let whole = format!("{owner}\0{text}\0{words}");
        Ok(self.db.keys().blind("send key", whole.as_bytes()))
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
        // It is kept with the record: in the record's language.
        Ok(messages::within(None, || rule.due(start)))
    }
}

/// Who a concern is from.
pub(crate) struct Sender {
    pub user: Option<UserId>,
    pub agency: Option<AgencyId>,
    pub entered_by: Option<UserId>,
}

/// Stores it, unless the same was sent before.
pub(crate) async fn store(
    tx: &mut Tx,
    new: NewConcern,
    drafted: Option<DraftId>,
    clock: tessera_core::clock::Due,
    checked: Option<Checked>,
) -> Result<Option<Reference>, AppError> {
    if insert::sent_before(&mut tx.conn(), &new.send_key).await?.is_some() {
        tx.note("again", "yes");
        return Ok(None);
    }
    insert::insert(tx, &new).await?;
    store_checked(checked.as_ref(), tx, "concern", new.id).await?;
    triage::start_clock(tx, new.id, FIRST_CLOCK, clock.started, clock.at, &clock.explained).await?;
    if let Some(draft) = drafted {
        draft::mark_sent(tx, draft, new.id).await?;
    }
    tx.note("channel", new.channel.id());
    tx.note("children", new.children.len().to_string());
    Ok(Some(new.reference))
}

/// What search may find a concern by: what was said, never who said it.
fn searchable(d: &Draft) -> String {
    let mut parts: Vec<&str> = vec![&d.what];
    let texts = [&d.opinion, &d.child_words, &d.place, &d.others];
    parts.extend(texts.into_iter().flatten().map(String::as_str));
    for child in &d.children {
        parts.push(&child.name);
        let texts = [&child.known_as, &child.school, &child.address];
        parts.extend(texts.into_iter().flatten().map(String::as_str));
    }
    parts.join("\n")
}

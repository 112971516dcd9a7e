//! Keeping a document with a concern: a letter, an e-mail, a picture of a form. Its words are read
//! out for search where its kind allows; it is kept whatever they are.

use sha2::{Digest, Sha256};
use tessera_core::{
    chance::Draw,
    document::{KINDS, MOST_BYTES, begins_as, plain_name},
    errors::FieldErrors,
    ids::DocumentId,
    reference::Reference,
};
use tessera_language::document::{ENDINGS, Limits, read};
use tessera_linkage::normalise::name::fold as search_form;
use tessera_policy::{
    Actor, Refusal,
    rules::concern::{TriageConcern, ViewConcern},
};
use tessera_store::concern::{
    document::{self, NewDocument},
    insert,
};

use crate::{App, AppError};

/// Letters of a document that search looks through, at most.
const MOST_TEXT: usize = 1 << 20;

/// A document as sent.
#[derive(Debug, Clone, Default)]
pub struct RawDocument {
    /// The version of the page.
    pub version: i64,
    /// The name of the file.
    pub name: String,
    /// Its bytes.
    pub body: Vec<u8>,
    /// It was larger than what is taken.
    pub too_large: bool,
}

/// The name to keep, its ending, and whether the bytes are what the ending says.
fn checked(raw: &RawDocument) -> Result<(String, String), FieldErrors> {
    let wrong = |message: String| Err(FieldErrors::one("document", message));
    if raw.too_large || raw.body.len() > MOST_BYTES {
        return wrong(format!("The file must be smaller than {} MB", MOST_BYTES >> 20));
    }
    let name = plain_name(&raw.name);
    if name.is_empty() || raw.body.is_empty() {
        return wrong("Choose a file that is not empty".into());
    }
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase()).unwrap_or_default();
    if !KINDS.contains(&kind.as_str()) {
        return wrong(format!("The file must be one of these kinds: {}", KINDS.join(", ")));
    }
    if !begins_as(&kind, &raw.body) {
        return wrong(format!("This file is not what its ending .{kind} says"));
    }
    Ok((name, kind))
}

/// The words of a document, if its kind has words that can be read.
async fn words_of(kind: String, body: Vec<u8>) -> (Vec<u8>, Option<String>) {
    if !ENDINGS.contains(&kind.as_str()) {
        return (body, None);
    }
    let kept = body.clone();
    let limits = Limits { file: MOST_BYTES, text: MOST_TEXT, part: 16 << 20 };
    // Reading takes as long as the file asks for: not on a thread that answers other people.
    let text = tokio::task::spawn_blocking(move || {
        read(&kind, &body, &limits).ok().map(|document| document.text().to_owned())
    });
    (kept, text.await.ok().flatten())
}

impl App {
    /// Keeps a document with a concern.
    pub async fn add_document(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: RawDocument,
    ) -> Result<(), AppError> {
        let (permit, concern) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let by = actor.user().ok_or(Refusal::Absent)?;
        let (name, kind) = checked(&raw)?;
        let sha256 = hex::encode(Sha256::digest(&raw.body));
        let (body, text) = words_of(kind.clone(), raw.body).await;
        let text = text.filter(|text| !text.trim().is_empty());
        let id: DocumentId = self.db.chance().id(self.db.now());
        let searchable = text.is_some();
        let by_name = actor.name.clone();
        self.change_concern(&permit, concern, raw.version, move |tx, concern| {
            Box::pin(async move {
                tx.note("document", id.to_string());
                tx.note("sha256", sha256.clone());
                let new =
                    NewDocument { id, concern, name, kind, body, sha256, searchable, by, by_name };
                document::add(tx, new).await?;
                if let Some(text) = text {
                    insert::add_words(tx, concern, &search_form(&text)).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// A document of a concern, as it came: its name and its bytes. Written down like every look.
    pub async fn document(
        &self,
        actor: &Actor,
        reference: &Reference,
        id: DocumentId,
    ) -> Result<(String, Vec<u8>), AppError> {
        let (_, concern) = self.open_concern::<ViewConcern>(actor, reference).await?;
        let found = document::body(&mut self.db.read().await?.conn(), concern, id).await?;
        found.ok_or_else(|| Refusal::Absent.into())
    }
}

//! Documents kept with a concern.

use tessera_app::concern::RawDocument;
use tessera_core::{ids::DocumentId, reference::Reference, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, public};

async fn add(
    w: &World,
    officer: &Actor,
    by: &Actor,
    reference: &Reference,
    name: &str,
    body: &[u8],
) -> Result<(), tessera_app::AppError> {
    let version = make::seen(w, officer, reference).await.concern.version;
    let (name, body) = (name.to_owned(), body.to_vec());
    let raw = RawDocument { version, name, body, too_large: false };
    w.app.add_document(by, reference, raw).await
}

on_both!(a_document_is_kept_as_it_came_and_found_by_its_words, async |w| {
    let officer = make::officer(&w).await;
    let reference = make::sent(&w, &public(), &make::concern("A letter came.")).await.reference;
    let letter = b"{\\rtf1 He waits by the quayside kiosk.}";
    add(&w, &officer, &officer, &reference, "C:\\post\\letter.rtf", letter).await.unwrap();
    assert_eq!(w.app.search_concerns(&officer, "quayside").await.unwrap().len(), 1);
    let kept = make::seen(&w, &officer, &reference).await.documents.remove(0);
    assert_eq!((kept.name.as_str(), kept.by.as_str()), ("letter.rtf", "Olu Officer"));
    assert!(kept.searchable);
    let (name, body) = w.app.document(&officer, &reference, kept.id).await.unwrap();
    assert_eq!((name.as_str(), body.as_slice()), ("letter.rtf", letter.as_slice()));
});

on_both!(a_picture_is_kept_without_words, async |w| {
    let officer = make::officer(&w).await;
    let reference = make::sent(&w, &public(), &make::concern("A drawing.")).await.reference;
    add(&w, &officer, &officer, &reference, "drawing.png", b"\x89PNG\r\n\x1a\n....").await.unwrap();
    assert!(!make::seen(&w, &officer, &reference).await.documents[0].searchable);
});

on_both!(what_cannot_be_kept_is_said_beside_the_field, async |w| {
    let officer = make::officer(&w).await;
    let reference = make::sent(&w, &public(), &make::concern("A letter came.")).await.reference;
    let large = vec![b'a'; tessera_core::document::MOST_BYTES + 1];
    for (name, body) in [
        ("", b"words".as_slice()),
        ("empty.txt", b""),
        ("run.exe", b"MZ"),
        ("letter", b"words"),
        ("letter.docx", b"MZ\x90\0"),
        ("letter.txt", &large),
    ] {
        let told = fields(add(&w, &officer, &officer, &reference, name, body).await);
        assert!(told.of("document").is_some(), "{name}");
    }
    assert!(make::seen(&w, &officer, &reference).await.documents.is_empty());
});

on_both!(a_document_opens_for_those_who_may_open_its_concern, async |w| {
    let officer = make::officer(&w).await;
    let hub = w.hub().await;
    let auditor = make::user(&w, "Art Auditor", hub, &[Role::Auditor]).await;
    let reference = make::sent(&w, &public(), &make::concern("A letter came.")).await.reference;
    let other = make::sent(&w, &public(), &make::concern("Another.")).await.reference;
    add(&w, &officer, &officer, &reference, "letter.txt", b"He waits.").await.unwrap();
    let id = make::seen(&w, &officer, &reference).await.documents[0].id;
    assert!(is_absent(w.app.document(&auditor, &reference, id).await));
    assert!(is_absent(add(&w, &officer, &auditor, &reference, "more.txt", b"More.").await));
    // Not by way of another concern, and not by guessing.
    assert!(is_absent(w.app.document(&officer, &other, id).await));
    let guess = DocumentId(uuid::Uuid::nil());
    assert!(is_absent(w.app.document(&officer, &reference, guess).await));
});

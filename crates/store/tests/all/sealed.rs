//! Who sent a concern is sealed under a key of its own and opens only where it belongs.

use tessera_core::{concern::RawConcern, ids::ConcernId};
use tessera_policy::Actor;
use tessera_store::{StoreError, concern::insert, draft};
use tessera_testkit::{Engine, World, make, on_both};

fn from(name: &str) -> RawConcern {
    RawConcern {
        reporter_name: name.into(),
        reporter_telephone: "07700 900123".into(),
        ..make::concern("A child was left alone at the station.")
    }
}

/// Sends two concerns and returns their ids.
async fn two(w: &World) -> [ConcernId; 2] {
    let officer = make::officer(w).await;
    let mut ids = Vec::new();
    for name in ["Nia Neighbour", "Tom Teacher"] {
        let receipt = make::sent(w, &Actor::anonymous(None), &from(name)).await;
        ids.push(make::seen(w, &officer, &receipt.reference).await.concern.id);
    }
    [ids[0], ids[1]]
}

on_both!(a_sealed_sender_opens_in_its_own_row_only, async |w| {
    let [one, two] = two(&w).await;
    let name = insert::source(&w.app.db, one).await.unwrap().unwrap().name;
    assert_eq!(name, "Nia Neighbour");
    w.raw(
        "CREATE TABLE kept AS SELECT * FROM concern_source; UPDATE concern_source SET sealed = \
         (SELECT o.sealed FROM kept o WHERE o.concern_id <> concern_source.concern_id)",
    )
    .await;
    for id in [one, two] {
        assert!(matches!(insert::source(&w.app.db, id).await, Err(StoreError::Sealed)));
    }
});

on_both!(a_sealed_sender_that_was_changed_does_not_open, async |w| {
    let [one, _] = two(&w).await;
    let flip = match w.engine {
        Engine::Sqlite => "UPDATE concern_source SET sealed = zeroblob(60)",
        Engine::Postgres => "UPDATE concern_source SET sealed = decode(repeat('00', 60), 'hex')",
    };
    w.raw(flip).await;
    assert!(matches!(insert::source(&w.app.db, one).await, Err(StoreError::Sealed)));
});

on_both!(nothing_of_a_sender_is_stored_in_clear, async |w| {
    two(&w).await;
    let clear = match w.engine {
        Engine::Sqlite => "instr(sealed, CAST('Neighbour' AS BLOB)) > 0",
        Engine::Postgres => "position('Neighbour'::bytea IN sealed) > 0",
    };
    let found = format!("SELECT COUNT(*) FROM concern_source WHERE {clear}");
    assert_eq!(w.raw_number(&found).await, 0);
    let words = "SELECT COUNT(*) FROM concern_words WHERE body LIKE '%Neighbour%'";
    assert_eq!(w.raw_number(words).await, 0);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM concern_source").await, 2);
});

on_both!(a_draft_moved_to_another_row_does_not_open, async |w| {
    let nobody = Actor::anonymous(None);
    let one = w.app.start_draft(&nobody, &make::concern("One")).await.unwrap();
    let two = w.app.start_draft(&nobody, &make::concern("Two")).await.unwrap();
    assert!(draft::find(&w.app.db, &one).await.unwrap().is_some());
    w.raw(
        "CREATE TABLE kept AS SELECT id, body FROM draft; \
         UPDATE draft SET body = (SELECT o.body FROM kept o WHERE o.id <> draft.id)",
    )
    .await;
    for code in [one, two] {
        assert!(matches!(draft::find(&w.app.db, &code).await, Err(StoreError::Sealed)));
    }
});

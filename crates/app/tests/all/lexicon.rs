//! The words of records: what they were checked with, the partnership's own lexicon, and the trend.

use tessera_app::{
    AppError,
    concern::{RawAsk, RawDecision, RawEntry},
    language::{RawPractice, RawVerdict, Shown},
};
use tessera_core::{agency::AgencyKind, ids::LexiconChangeId, user::Role};
use tessera_policy::Actor;
use tessera_store::language::checked;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public};

const SAID: &str = "He is a trouble magnet.";

struct Team {
    lead: Actor,
    other: Actor,
    worker: Actor,
}

async fn team(w: &World) -> Team {
    let school = make::agency(w, "Fernhill School", AgencyKind::Education).await;
    let clinic = make::agency(w, "Marlbrook Clinic", AgencyKind::Health).await;
    Team {
        lead: make::user(w, "Lena Lead", school, &[Role::AgencyLead]).await,
        other: make::user(w, "Otis Lead", clinic, &[Role::AgencyLead]).await,
        worker: make::user(w, "Wren Worker", school, &[Role::Worker]).await,
    }
}

async fn proposed(w: &World, by: &Actor, words: &str) -> LexiconChangeId {
    w.app.propose_term(by, &make::term(words, "Workers here say it")).await.unwrap()
}

fn verdict(verdict: &str) -> RawVerdict {
    RawVerdict { verdict: verdict.into(), verdict_reason: "The panel agreed".into() }
}

async fn published(w: &World, team: &Team, words: &str) {
    let id = proposed(w, &team.lead, words).await;
    w.app.settle_lexicon(&team.other, id, &verdict("publish")).await.unwrap();
}

async fn entries_in(w: &World, text: &str) -> Vec<String> {
    let found = w.app.findings(text).await.unwrap();
    found.into_iter().map(|finding| finding.entry).collect()
}

on_both!(a_published_entry_holds_at_once_and_each_record_names_the_version, async |w| {
    let t = team(&w).await;
    let id = proposed(&w, &t.lead, "trouble magnet").await;
    assert!(entries_in(&w, SAID).await.is_empty(), "a proposal changes nothing");
    let before = make::sent(&w, &t.worker, &make::concern(SAID)).await;
    w.app.settle_lexicon(&t.other, id, &verdict("publish")).await.unwrap();
    assert_eq!(entries_in(&w, SAID).await, ["local-trouble-magnet"]);
    let after = make::sent(&w, &t.worker, &make::concern("He is a real trouble magnet.")).await;
    let officer = make::officer(&w).await;
    let version = async |reference| {
        make::seen(&w, &officer, reference).await.concern.lexicon_version.unwrap()
    };
    let old = version(&before.reference).await;
    assert_eq!(version(&after.reference).await, format!("{old}+local.1"));
    let concern = make::seen(&w, &officer, &after.reference).await.concern.id;
    let mut read = w.app.db.read().await.unwrap();
    let stored = checked::of_record(&mut read.conn(), concern).await.unwrap();
    assert_eq!(stored, [("concern".to_owned(), format!("{old}+local.1"), true)]);
});

on_both!(another_server_uses_it_too_within_ten_seconds, async |w| {
    let t = team(&w).await;
    let elsewhere = w.open_again().await;
    assert!(elsewhere.findings(SAID).await.unwrap().is_empty());
    published(&w, &t, "trouble magnet").await;
    w.clock.advance(tessera_core::time::SignedDuration::from_secs(11));
    assert_eq!(elsewhere.findings(SAID).await.unwrap().len(), 1);
});

on_both!(nobody_publishes_their_own_and_only_keepers_of_words_may, async |w| {
    let t = team(&w).await;
    let id = proposed(&w, &t.lead, "trouble magnet").await;
    assert!(is_refused(w.app.settle_lexicon(&t.lead, id, &verdict("publish")).await));
    assert!(is_absent(w.app.settle_lexicon(&t.worker, id, &verdict("publish")).await));
    let raw = make::term("trouble magnet", "why");
    assert!(is_refused(w.app.propose_term(&t.worker, &raw).await));
    assert!(is_refused(w.app.try_term(&w.admin().await, &raw).await));
    assert!(is_refused(w.app.lexicon_changes(&public()).await));
    assert!(entries_in(&w, SAID).await.is_empty());
});

on_both!(what_is_turned_down_never_holds_and_is_settled_once, async |w| {
    let t = team(&w).await;
    let id = proposed(&w, &t.lead, "trouble magnet").await;
    w.app.settle_lexicon(&t.other, id, &verdict("turn_down")).await.unwrap();
    assert!(entries_in(&w, SAID).await.is_empty());
    let again = w.app.settle_lexicon(&t.other, id, &verdict("publish")).await;
    assert!(matches!(again, Err(AppError::Conflict)));
    let (changes, _) = w.app.lexicon_changes(&t.lead).await.unwrap();
    let settled = changes[0].settled.as_ref().unwrap();
    assert_eq!((settled.by.as_str(), settled.published), ("Otis Lead", false));
    assert_eq!(changes[0].release, None);
});

on_both!(an_entry_that_ships_can_go_and_come_back_changed, async |w| {
    let t = team(&w).await;
    let text = "It is a lifestyle choice.";
    assert_eq!(entries_in(&w, text).await, ["lifestyle-choice"]);
    let id = w.app.propose_retiring(&t.lead, "lifestyle-choice", "To try").await.unwrap();
    w.app.settle_lexicon(&t.other, id, &verdict("publish")).await.unwrap();
    assert!(entries_in(&w, text).await.is_empty());
    published(&w, &t, "lifestyle choice").await;
    assert_eq!(entries_in(&w, text).await, ["local-lifestyle-choice"]);
    let mut raw = w.app.term_to_edit(&t.lead, "local-lifestyle-choice").await.unwrap();
    raw.why = "Another reason why.".into();
    raw.term_reason = "The panel found better words".into();
    let id = w.app.propose_term(&t.lead, &raw).await.unwrap();
    w.app.settle_lexicon(&t.other, id, &verdict("publish")).await.unwrap();
    let found = w.app.findings(text).await.unwrap();
    assert_eq!(&*found[0].why, "Another reason why.");
});

on_both!(words_that_another_entry_has_are_an_error_beside_them, async |w| {
    let t = team(&w).await;
    let mut raw = make::term("lifestyle choice", "why");
    assert!(fields(w.app.try_term(&t.lead, &raw).await).of("forms").is_some());
    raw.forms = String::new();
    raw.source = String::new();
    raw.term_reason = String::new();
    let wrong = fields(w.app.propose_term(&t.lead, &raw).await);
    for field in ["forms", "source", "term_reason"] {
        assert!(wrong.of(field).is_some(), "{field}");
    }
});

on_both!(a_change_is_tried_on_the_sentences_there_are, async |w| {
    let t = team(&w).await;
    let raw = RawPractice {
        sentences: format!("{SAID}\n\nShe walked home.\nNo child is a trouble magnet.\n"),
        origin: "Invented by the panel".into(),
    };
    w.app.add_practice(&t.lead, &raw).await.unwrap();
    let trial = w.app.try_term(&t.lead, &make::term("trouble magnet", "why")).await.unwrap();
    assert_eq!((trial.sentences, trial.before), (3, 0));
    assert!(trial.flagged >= 1);
    let words = &trial.shown[0];
    assert_eq!(words.sentence.get(words.words[0].clone()), Some("trouble magnet"));
    assert!(is_refused(w.app.add_practice(&t.worker, &raw).await));
    let id = proposed(&w, &t.lead, "trouble magnet").await;
    let proposal = w.app.lexicon_change(&t.other, id).await.unwrap();
    assert!(proposal.may_settle && proposal.trial.unwrap().flagged == trial.flagged);
    assert!(!w.app.lexicon_change(&t.lead, id).await.unwrap().may_settle);
});

on_both!(each_record_is_stored_with_the_version_its_words_were_checked_by, async |w| {
    let t = team(&w).await;
    let officer = make::officer(&w).await;
    let raw = make::concern_about(&[make::child("Robin Example")]);
    let reference = make::sent(&w, &t.worker, &raw).await.reference;
    let note = RawAsk {
        version: make::seen(&w, &officer, &reference).await.concern.version,
        entry_kind: "note".into(),
        entry_body: "She puts herself at risk.".into(),
    };
    w.app.write_entry(&officer, &reference, &note).await.unwrap();
    let more = RawEntry { kind: "addition".into(), body: "It was a grey car.".into() };
    w.app.add_entry(&t.worker, &reference, &more).await.unwrap();
    let whole = make::seen(&w, &officer, &reference).await;
    let raw = RawDecision {
        version: whole.concern.version,
        decision_child: whole.children[0].id.to_string(),
        outcome: "nfa".into(),
        need_level: "1".into(),
        decision_reason: "Nothing that needs more".into(),
        told: String::new(),
    };
    w.app.decide(&officer, &reference, &raw).await.unwrap();
    let count = async |kind: &str, flagged: i64| {
        let sql = format!(
            "SELECT COUNT(*) FROM words_checked WHERE record_kind = '{kind}' \
             AND flagged = {flagged} AND lexicon_version <> ''"
        );
        w.raw_number(&sql).await
    };
    assert_eq!(count("concern", 0).await, 1);
    assert_eq!((count("entry", 1).await, count("entry", 0).await), (1, 1));
    assert_eq!(count("decision", 0).await, 1);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM words_found").await, 1);
});

on_both!(words_of_people_without_an_account_are_not_checked, async |w| {
    let t = team(&w).await;
    let risk = "She puts herself at risk.";
    let receipt = make::sent(&w, &public(), &make::concern(risk)).await;
    let officer = make::officer(&w).await;
    let found = make::seen(&w, &officer, &receipt.reference).await.concern;
    assert_eq!(found.lexicon_version, None);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM words_checked").await, 0);
    make::sent(&w, &t.worker, &make::concern(risk)).await;
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM words_checked").await, 1);
});

on_both!(the_trend_counts_saved_texts_by_team_and_hides_small_ones, async |w| {
    let t = team(&w).await;
    let club = make::agency(&w, "Lantern Youth Club", AgencyKind::Voluntary).await;
    let mut members = Vec::new();
    for name in ["Ann One", "Ben Two", "Cat Three", "Dan Four", "Eve Five"] {
        members.push(make::user(&w, name, club, &[Role::Worker]).await);
    }
    for n in 0..12 {
        let what = if n < 3 { "He makes poor choices." } else { "He met a man in a grey car." };
        let what = format!("{what} Note {n}.");
        make::sent(&w, &members[n % 5], &make::concern(&what)).await;
    }
    let trend = w.app.language_trend(&t.lead).await.unwrap();
    let of = |team: &str| {
        let line = trend.teams.iter().find(|line| line.team == team).unwrap();
        *line.months.last().unwrap()
    };
    assert_eq!(of("Lantern Youth Club"), Shown::Counts { flagged: 3, texts: 12 });
    assert_eq!(of("Fernhill School"), Shown::Nothing);
    assert!(trend.terms.is_empty(), "three texts are too few to name a term");
    // One text of a school with two people: the club would let it be worked out of the sum.
    make::sent(&w, &t.worker, &make::concern("She makes poor choices.")).await;
    let trend = w.app.language_trend(&t.lead).await.unwrap();
    let newest: Vec<Shown> = trend
        .teams
        .iter()
        .map(|line| *line.months.last().unwrap())
        .filter(|shown| *shown != Shown::Nothing)
        .collect();
    assert_eq!(newest, [Shown::Hidden, Shown::Hidden]);
    assert!(is_refused(w.app.language_trend(&t.worker).await));
});

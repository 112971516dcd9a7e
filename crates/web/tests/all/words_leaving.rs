//! Notes on the words of an intelligence report before it is sent, and before it is shared.

use tessera_testkit::Engine;

use crate::people::Town;

async fn a_senders_words_are_noted_once_changed_by_a_press_and_never_stop_the_report(
    engine: Engine,
) {
    let town = Town::new(engine).await;
    let sent = "SELECT COUNT(*) FROM report";
    let before = town.world.raw_number(sent).await;
    let mut worker = town.browser("worker").await;
    let csrf = Town::csrf(&mut worker).await;
    let what = "Mia puts herself at risk near the station.";
    let form = [("csrf", csrf.as_str()), ("what", what)];
    let page = worker.post("/reports/new", &form).await.unwrap();
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("<mark>puts herself at risk</mark>"), "{}", page.text());
    let (report, key) = (unescaped(&page.input("report").unwrap()), page.input("key").unwrap());
    let html = page.text();
    let button = html.split("<button").find(|b| b.contains("name=\"accept\"")).unwrap();
    let choice = button.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let chosen = [
        ("csrf", csrf.as_str()),
        ("report", report.as_str()),
        ("key", key.as_str()),
        ("accept", choice.as_str()),
    ];
    let page = worker.post("/reports/send", &chosen).await.unwrap();
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(!page.text().contains("puts herself at risk"), "{}", page.text());
    assert_eq!(town.world.raw_number(sent).await, before, "a note sends nothing");
    let as_it_is = [("csrf", csrf.as_str()), ("report", report.as_str()), ("key", key.as_str())];
    assert_eq!(worker.post("/reports/send", &as_it_is).await.unwrap().status, 303);
    assert_eq!(town.world.raw_number(sent).await, before + 1);
}

/// The text of an attribute as a browser reads it.
fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_senders_words_are_noted_on_sqlite() {
    a_senders_words_are_noted_once_changed_by_a_press_and_never_stop_the_report(Engine::Sqlite)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_senders_words_are_noted_on_postgres() {
    a_senders_words_are_noted_once_changed_by_a_press_and_never_stop_the_report(Engine::Postgres)
        .await;
}

async fn words_that_leave_the_desk_are_noted_beside_them_and_stored_with_their_version(
    engine: Engine,
) {
    let town = Town::new(engine).await;
    let stored = "SELECT COUNT(*) FROM words_checked WHERE record_kind = 'sanitised' \
                  AND lexicon_version <> ''";
    let before = town.world.raw_number(stored).await;
    let report = &town.reports[1].1;
    let mut police = town.browser("police").await;
    let csrf = Town::csrf(&mut police).await;
    let path = format!("/desk/{report}");
    let version = police.get(&path).await.unwrap().input("version").unwrap();
    let form = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("sanitised", "A girl of 14 is promiscuous."),
        ("words", "seen"),
    ];
    let reply = police.post(&format!("{path}/sanitise"), &form).await.unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(town.world.raw_number(stored).await, before + 1);
    let page = police.get(&path).await.unwrap();
    assert!(page.text().contains("before it is shared"), "{}", page.text());
    assert!(page.text().contains("<mark>promiscuous</mark>"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_leave_the_desk_are_noted_on_sqlite() {
    words_that_leave_the_desk_are_noted_beside_them_and_stored_with_their_version(Engine::Sqlite)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_leave_the_desk_are_noted_on_postgres() {
    words_that_leave_the_desk_are_noted_beside_them_and_stored_with_their_version(Engine::Postgres)
        .await;
}

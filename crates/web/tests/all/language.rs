//! Words to think about: the page for workers, the notes before saving, the list, the script's
//! question.

use tessera_testkit::{Engine, World, http::Client, http::Reply};

use crate::people::{Town, serve};

const RISK: &str = "Mia puts herself at risk. She said “he’s my boyfriend”.";

/// The value of the first button that sends `accept` and shows these words.
fn accept(reply: &Reply, words: &str) -> String {
    let html = reply.text();
    let button = html
        .split("<button")
        .find(|button| button.contains("name=\"accept\"") && button.contains(words))
        .unwrap_or_else(|| panic!("no button says {words}: {html}"));
    let value = button.split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// What stands in a text area.
fn area(reply: &Reply, name: &str) -> String {
    let html = reply.text();
    let area = html.split("<textarea").find(|area| area.contains(&format!("name=\"{name}\"")));
    let text = area.and_then(|area| area.split_once('>')).map(|(_, text)| text).unwrap_or_default();
    let text = text.split("</textarea>").next().unwrap_or_default();
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_pastes_a_note_and_rewrites_it_and_nothing_is_kept() {
    let world = World::new(Engine::Sqlite).await;
    let rows = "SELECT (SELECT COUNT(*) FROM audit_entry) + (SELECT COUNT(*) FROM draft) \
                + (SELECT COUNT(*) FROM words_checked)";
    let before = world.raw_number(rows).await;
    let mut browser = Client::new(serve(&world).await);
    let reply = browser.get("/language").await.unwrap();
    assert!(reply.text().contains("not kept"));
    let reply = browser.post("/language", &[("text", RISK)]).await.unwrap();
    assert_eq!(reply.status, 200);
    let html = reply.text();
    assert!(html.contains("<mark>puts herself at risk</mark>"), "{html}");
    assert!(html.contains("harm"), "the reason");
    assert!(html.contains("Source:"), "the source");
    assert_eq!(area(&reply, "text"), RISK);
    let chosen = accept(&reply, "is being placed at risk by others");
    let reply = browser.post("/language", &[("text", RISK), ("accept", &chosen)]).await.unwrap();
    let text = area(&reply, "text");
    assert_eq!(text, RISK.replace("puts herself at risk", "is being placed at risk by others"));
    assert!(reply.text().contains("Nothing to change was found"), "{}", reply.text());
    assert!(reply.header("set-cookie").is_none());
    assert_eq!(world.raw_number(rows).await, before, "something was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_pasted_and_too_much_pasted_say_so_beside_the_field() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    let reply = browser.post("/language", &[("text", "  ")]).await.unwrap();
    assert_eq!(reply.status, 422);
    let long = "word ".repeat(11_000);
    let reply = browser.post("/language", &[("text", &long)]).await.unwrap();
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("at most 50000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_searched_by_a_part_of_words_and_by_words_as_they_stand_in_a_note() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    for query in ["lifestyle", "putting+himself+at+risk"] {
        let reply = browser.get(&format!("/language/terms?q={query}")).await.unwrap();
        let id = if query == "lifestyle" { "lifestyle-choice" } else { "puts-self-at-risk" };
        assert!(reply.text().contains(&format!("id=\"term-{id}\"")), "{query}: {}", reply.text());
        assert!(reply.text().contains("Write instead"));
    }
    let first = browser.get("/language/terms").await.unwrap().text();
    let all = browser.get("/language/terms?all=yes").await.unwrap().text();
    assert_eq!(first.matches("id=\"term-").count() / 2, 20);
    assert!(all.matches("id=\"term-").count() / 2 > 150);
    let none = browser.get("/language/terms?q=zzzz").await.unwrap();
    assert!(none.text().contains("0 terms"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_gets_places_reasons_and_other_words() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    let text = "😀 Mia puts herself at risk.";
    let reply = browser.post("/language/findings", &[("text", text)]).await.unwrap();
    assert_eq!(reply.status, 200);
    let notes: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    // Browsers count in UTF-16 units: the face takes two.
    assert_eq!((notes[0]["start"].as_u64(), notes[0]["end"].as_u64()), (Some(7), Some(27)));
    assert_eq!(notes[0]["entry"], "puts-self-at-risk");
    assert!(notes[0]["instead"][0].is_string());
}

async fn note_form(town: &Town) -> (Client, String, String) {
    let mut officer = town.browser("officer").await;
    let csrf = Town::csrf(&mut officer).await;
    let path = format!("/queue/{}", town.concerns[0].1);
    let page = officer.get(&path).await.unwrap();
    (officer, csrf, page.input("version").unwrap())
}

async fn notes_come_once_and_the_next_press_saves(engine: Engine) {
    let town = Town::new(engine).await;
    let (mut officer, csrf, version) = note_form(&town).await;
    let path = format!("/queue/{}/entry", town.concerns[0].1);
    let body = "Mia puts herself at risk, and it is a lifestyle choice.";
    let form = [
        ("csrf", csrf.as_str()),
        ("version", &version),
        ("entry_kind", "note"),
        ("entry_body", body),
    ];
    let saved = "SELECT COUNT(*) FROM concern_entry";
    let reply = officer.post(&path, &form).await.unwrap();
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("Nothing is saved yet"));
    assert_eq!(town.world.raw_number(saved).await, 0);
    assert_eq!(reply.input("version"), Some(version.clone()), "nothing typed is lost");
    assert_eq!(reply.input("entry_kind").as_deref(), Some("note"));
    let noted = reply.input("noted").unwrap();
    // One choice changes one place.
    let chosen = accept(&reply, "is being placed at risk by others");
    let mut again = form.to_vec();
    again.extend([("noted", noted.as_str()), ("accept", chosen.as_str())]);
    let reply = officer.post(&path, &again).await.unwrap();
    let text = area(&reply, "entry_body");
    assert_eq!(text, body.replace("puts herself at risk", "is being placed at risk by others"));
    assert_eq!(town.world.raw_number(saved).await, 0);
    // What somebody said goes into quotation marks and is not noted again.
    let chosen = accept(&reply, "Someone said these words");
    let again = [
        ("csrf", csrf.as_str()),
        ("version", &version),
        ("entry_kind", "note"),
        ("entry_body", text.as_str()),
        ("noted", "entry_body"),
        ("accept", &chosen),
    ];
    let reply = officer.post(&path, &again).await.unwrap();
    assert!(area(&reply, "entry_body").contains("“lifestyle choice”"), "{}", reply.text());
    // As it is, after all: the next press saves.
    let mut save = form.to_vec();
    save.push(("words", "seen"));
    let reply = officer.post(&path, &save).await.unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(town.world.raw_number(saved).await, 1);
    let flagged = "SELECT COUNT(*) FROM words_checked WHERE record_kind = 'entry' AND flagged = 1";
    assert_eq!(town.world.raw_number(flagged).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_come_once_and_the_next_press_saves_on_sqlite() {
    notes_come_once_and_the_next_press_saves(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_come_once_and_the_next_press_saves_on_postgres() {
    notes_come_once_and_the_next_press_saves(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_words_are_saved_at_the_first_press_and_so_are_words_a_script_has_noted() {
    let town = Town::new(Engine::Sqlite).await;
    let (mut officer, csrf, version) = note_form(&town).await;
    let path = format!("/queue/{}/entry", town.concerns[0].1);
    let plain = [
        ("csrf", csrf.as_str()),
        ("version", &version),
        ("entry_kind", "note"),
        ("entry_body", "A man waits at the gate."),
    ];
    assert_eq!(officer.post(&path, &plain).await.unwrap().status, 303);
    let (_, _, version) = note_form(&town).await;
    let noted = [
        ("csrf", csrf.as_str()),
        ("version", &version),
        ("entry_kind", "note"),
        ("entry_body", "Mia puts herself at risk."),
        ("words", "entry_body"),
    ];
    assert_eq!(officer.post(&path, &noted).await.unwrap().status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notes_say_nothing_of_a_record_hidden_or_not() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("excluded officer").await;
    let csrf = Town::csrf(&mut officer).await;
    let form = [
        ("csrf", csrf.as_str()),
        ("entry_kind", "note"),
        ("entry_body", "Mia puts herself at risk."),
    ];
    let mut pages = Vec::new();
    for (_, reference) in &town.concerns {
        let reply = officer.post(&format!("/queue/{reference}/entry"), &form).await.unwrap();
        pages.push((reply.status, reply.text().replace(reference.as_str(), "REFERENCE")));
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_sees_notes_before_sending_and_a_neighbour_does_not() {
    let town = Town::new(Engine::Sqlite).await;
    let mut worker = town.browser("worker").await;
    let csrf = Town::csrf(&mut worker).await;
    let told = [("csrf", csrf.as_str()), ("what", "Mia puts herself at risk."), ("send", "1")];
    assert_eq!(worker.post("/tell", &told).await.unwrap().status, 303);
    let page = worker.get("/tell/check").await.unwrap();
    let chosen = accept(&page, "is being placed at risk by others");
    let form = [("csrf", csrf.as_str()), ("accept", &chosen)];
    let reply = worker.post("/tell/words", &form).await.unwrap();
    assert_eq!(reply.header("location"), Some("/tell/check#words"));
    let page = worker.get("/tell/check").await.unwrap().text();
    assert!(page.contains("Mia is being placed at risk by others."));
    assert!(!page.contains("Words to think about"));

    let mut neighbour = Client::new(town.address);
    let told = [("what", "Mia puts herself at risk."), ("send", "1")];
    assert_eq!(neighbour.post("/tell", &told).await.unwrap().status, 303);
    let page = neighbour.get("/tell/check").await.unwrap().text();
    assert!(!page.contains("Words to think about") && !page.contains("data-words"));
    assert!(!neighbour.get("/tell").await.unwrap().text().contains("data-words"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_tries_and_proposes_an_entry_and_a_manager_publishes_it() {
    let town = Town::new(Engine::Sqlite).await;
    let mut lead = town.browser("lead").await;
    let csrf = Town::csrf(&mut lead).await;
    let term = [
        ("csrf", csrf.as_str()),
        ("forms", "bad lot"),
        ("category", "labelling"),
        ("severity", "consider"),
        ("why", "It sorts children into good and bad."),
        ("alternatives", "describe what happened"),
        ("allow", "quote"),
        ("source", "Young people's panel, 2026"),
        ("term_reason", "Heard in meetings"),
    ];
    let mut tried = term.to_vec();
    tried.push(("act", "try"));
    let reply = lead.post("/lexicon", &tried).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.text().contains("sentences"));
    let mut proposed = term.to_vec();
    proposed.push(("act", "propose"));
    let reply = lead.post("/lexicon", &proposed).await.unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    let change = reply.header("location").unwrap().to_owned();
    assert!(lead.get(&change).await.unwrap().text().contains("Another person publishes it"));
    let mut manager = town.browser("manager").await;
    let csrf = Town::csrf(&mut manager).await;
    let form = [
        ("csrf", csrf.as_str()),
        ("verdict", "publish"),
        ("verdict_reason", "The panel asked for it"),
    ];
    assert_eq!(manager.post(&change, &form).await.unwrap().status, 303);
    let mut anyone = Client::new(town.address);
    let reply = anyone.post("/language", &[("text", "He is a bad lot.")]).await.unwrap();
    assert!(reply.text().contains("<mark>bad lot</mark>"), "{}", reply.text());
    let trend = manager.get("/lexicon/trend").await.unwrap();
    assert_eq!(trend.status, 200);
    assert!(trend.text().contains("Too few to show"));
}

//! A version of an instrument in forms over HTTP, without scripts.

use tessera_testkit::{Engine, http::Reply};

use crate::people::Town;

fn location(reply: &Reply) -> String {
    reply.header("location").unwrap_or_default().to_owned()
}

/// What a form of the page holds, as a browser would send it.
fn filled<'a>(reply: &Reply, csrf: &'a str, names: &[&'a str]) -> Vec<(&'a str, String)> {
    let mut fields = vec![("csrf", csrf.to_owned())];
    for name in names {
        fields.push((name, reply.input(name).unwrap_or_default()));
    }
    fields
}

fn pairs<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_changed_in_a_form_tried_compared_and_seen_as_a_worker_sees_it() {
    let town = Town::new(Engine::Sqlite).await;
    let mut manager = town.browser("manager").await;
    let csrf = Town::csrf(&mut manager).await;
    let begun = manager.post("/instruments", &[("csrf", &csrf)]).await.unwrap();
    let version = location(&begun);
    let page = manager.get(&version).await.unwrap().text();
    assert!(page.contains("Level rules (10)") && page.contains("Questions: Circumstances (10)"));
    let list = manager.get(&format!("{version}/parts/rules")).await.unwrap().text();
    assert!(list.contains("In words: the number of \u{201c}Sign of possible harm\u{201d}"));

    // A condition that cannot be read: the error stands beside the field, nothing typed is lost.
    let rule = format!("{version}/parts/rules/1");
    let form = manager.get(&rule).await.unwrap();
    let mut fields = filled(&form, &csrf, &["revision", "was", "id", "requires"]);
    fields.extend([
        ("reason", "Four or more strong indicators now".to_owned()),
        ("when", "S_yess >= 4".to_owned()),
        ("level", "significant".to_owned()),
    ]);
    let reply = manager.post(&rule, &pairs(&fields)).await.unwrap();
    assert_eq!(reply.status, 422);
    let text = reply.text();
    assert!(text.contains("id=\"when-error\"") && text.contains("S_yess"), "{text}");
    assert!(text.contains("Four or more strong indicators now"));
    fields.iter_mut().find(|one| one.0 == "when").unwrap().1 = "S_yes >= 4".into();
    let reply = manager.post(&rule, &pairs(&fields)).await.unwrap();
    assert_eq!((reply.status, location(&reply)), (303, format!("{version}/parts/rules")));

    // The cases show which one differs; it cannot be sent.
    let cases = manager.get(&format!("{version}/cases")).await.unwrap().text();
    assert!(cases.contains("15 of 16 cases") && cases.contains("It differs: the level should be"));
    let page = manager.get(&version).await.unwrap().text();
    assert!(!page.contains("Send for approval</button>") && page.contains("every case passes"));
    let compared = manager.get(&format!("{version}/compare")).await.unwrap().text();
    assert!(compared.contains("Level rules, L2") && compared.contains("S_yes"));

    // Somebody who opened the same form earlier is told, and loses nothing.
    let reply = manager.post(&rule, &pairs(&fields)).await.unwrap();
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("Somebody else changed this version"));

    // A new question is asked on the page that a worker will see.
    let new = format!("{version}/parts/questions.0/new");
    let form = manager.get(&new).await.unwrap();
    let mut fields = filled(&form, &csrf, &["revision", "was", "prompt", "note"]);
    fields.extend([
        ("id", "VUL-11".to_owned()),
        ("text", "A new statement about the child".to_owned()),
        ("class", "vulnerability".to_owned()),
        ("types", "cse".to_owned()),
        ("types", "ms".to_owned()),
    ]);
    let reply = manager.post(&new, &pairs(&fields)).await.unwrap();
    assert_eq!(reply.status, 303, "{}", reply.text());
    let preview = manager.get(&format!("{version}/preview/VUL")).await.unwrap().text();
    assert!(preview.contains("A new statement about the child") && preview.contains("Not known"));
    assert!(preview.contains("name=\"VUL-11\""));
    let more = manager.get(&format!("{version}/preview/VUL-more")).await.unwrap().text();
    assert!(more.contains("How is this known?"));

    // What something else refers to is not removed; the reason is told.
    let four = format!("{version}/parts/questions.0/3");
    let form = manager.get(&four).await.unwrap();
    let mut fields = filled(&form, &csrf, &["revision"]);
    fields.push(("remove", "1".to_owned()));
    let reply = manager.post(&four, &pairs(&fields)).await.unwrap();
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("would no longer fit"));
    let ten = format!("{version}/parts/questions.0/10");
    let form = manager.get(&ten).await.unwrap();
    let mut fields = filled(&form, &csrf, &["revision"]);
    fields.push(("up", "1".to_owned()));
    let reply = manager.post(&ten, &pairs(&fields)).await.unwrap();
    assert_eq!(location(&reply), format!("{version}/parts/questions.0/9"));
    for gone in ["parts/nothing", "parts/questions.99", "parts/rules/99", "preview/NONE"] {
        assert_eq!(manager.get(&format!("{version}/{gone}")).await.unwrap().status, 404, "{gone}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_version_can_be_read_in_forms_and_not_changed() {
    let town = Town::new(Engine::Sqlite).await;
    let mut manager = town.browser("manager").await;
    let csrf = Town::csrf(&mut manager).await;
    let version = format!("/instruments/{}", town.instrument);
    let form = manager.get(&format!("{version}/parts/rules/0")).await.unwrap();
    let text = form.text();
    assert!(text.contains("is not changed") && !text.contains("Keep</button>"));
    let before = manager.get(&format!("{version}/text")).await.unwrap().text();
    let fields = [
        ("csrf", csrf.as_str()),
        ("revision", "1"),
        ("was", "L1"),
        ("id", "L1"),
        ("when", "H_yes >= 2"),
        ("level", "significant"),
        ("reason", "Changed"),
    ];
    let reply = manager.post(&format!("{version}/parts/rules/0"), &fields).await.unwrap();
    assert_eq!(reply.status, 422);
    assert_eq!(manager.get(&format!("{version}/text")).await.unwrap().text(), before);
}

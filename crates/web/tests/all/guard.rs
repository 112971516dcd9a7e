//! The guard: forms from elsewhere, headers, cookies, what is kept of a sender.

use tessera_testkit::{Engine, World, http::Client};

use crate::people::{Town, serve};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_token_of_the_session_is_not_taken() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("officer").await;
    let path = format!("/queue/{}/entry", town.concerns[0].1);
    let fields = [("entry_kind", "note"), ("entry_body", "words")];
    assert_eq!(officer.post(&path, &fields).await.unwrap().status, 400);
    let mut anonymous = Client::new(town.address);
    let reply = anonymous.post("/sign-out", &[]).await.unwrap();
    assert_eq!(reply.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_and_what_is_searched_for_are_answered_at_a_step_of_25_ms() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("officer").await;
    for path in
        ["/children/CHD-2222-2222", "/queue/nothing", "/children?name=Noor", "/search?q=van"]
    {
        let asked = tokio::time::Instant::now();
        officer.get(path).await.unwrap();
        assert!(asked.elapsed().as_millis() >= 25, "{path} was answered before the first step");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_carries_the_security_headers_and_errors_too() {
    let town = Town::new(Engine::Sqlite).await;
    let mut browser = Client::new(town.address);
    for path in ["/", "/tell", "/queue", "/nothing-here", "/children/CHD-2222-2222"] {
        let reply = browser.get(path).await.unwrap();
        let csp = reply.header("content-security-policy").unwrap_or_default();
        assert!(csp.starts_with("default-src 'none'"), "{path}: {csp}");
        assert!(!csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert!(reply.text().contains("999"), "{path}: the emergency number is missing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_cookie_is_set_before_the_first_words_are_kept() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    for path in ["/", "/tell?kind=noticed", "/follow", "/privacy", "/sign-in"] {
        let reply = browser.get(path).await.unwrap();
        assert_eq!(reply.header("set-cookie"), None, "{path}");
    }
    let told = [("kind", "noticed"), ("what", "A white van waits."), ("send", "1")];
    let reply = browser.post("/tell", &told).await.unwrap();
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_long_says_so_and_an_empty_answer_keeps_what_was_typed() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    let long = "a".repeat(400_000);
    let reply = browser.post("/tell", &[("what", &long)]).await.unwrap();
    assert_eq!(reply.status, 413);
    assert!(reply.text().contains("too long"));
    let mut browser = Client::new(serve(&world).await);
    let told = [("what", "She says: it's <b>fine</b>"), ("send", "1")];
    browser.post("/tell", &told).await.unwrap();
    let date = [
        ("happened_day", "40"),
        ("happened_month", "1"),
        ("happened_year", "2026"),
        ("place", "the park"),
    ];
    let reply = browser.post("/tell/where", &date).await.unwrap();
    assert_eq!(reply.status, 422);
    let text = reply.text();
    assert!(
        text.contains("Check the date")
            && text.contains("the park")
            && text.contains("value=\"40\"")
    );
    let check = browser.get("/tell/check").await.unwrap().text();
    assert!(check.contains("&#60;b&#62;fine") || check.contains("&lt;b&gt;fine"), "escaped");
    assert!(!check.contains("<b>fine"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_the_same_for_known_and_unknown_names() {
    let town = Town::new(Engine::Sqlite).await;
    let mut replies = Vec::new();
    for name in ["Robin Fernley", "Nobody Whatsoever"] {
        let mut browser = Client::new(town.address);
        let told = [("what", "Something I noticed."), ("more", "1")];
        browser.post("/tell", &told).await.unwrap();
        browser.post("/tell/children", &[("child-0-name", name), ("check", "1")]).await.unwrap();
        browser.post("/tell/send", &[]).await.unwrap();
        let reply = browser.get("/tell/sent").await.unwrap();
        assert_eq!(reply.status, 200);
        // The reference and the code are drawn anew for each; all else must be the same.
        let mut masked = reply.text();
        for value in masked.clone().split("govuk-summary-list__value\">").skip(1) {
            let drawn = value.split('<').next().unwrap_or_default();
            masked = masked.replace(drawn, "drawn");
        }
        assert!(masked.matches("drawn").count() >= 3, "{masked}");
        replies.push((masked, reply.headers.len()));
    }
    assert_eq!(replies[0], replies[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_send_twice_sends_once_and_shows_the_same_receipt() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    browser.post("/tell", &[("what", "Once only."), ("send", "1")]).await.unwrap();
    let first = browser.post("/tell/send", &[]).await.unwrap();
    let second = browser.post("/tell/send", &[]).await.unwrap();
    assert_eq!((first.status, second.status), (303, 303));
    let (one, two) =
        (browser.get("/tell/sent").await.unwrap(), browser.get("/tell/sent").await.unwrap());
    assert_eq!(one.text(), two.text());
    assert!(one.text().contains("TES-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_clears_what_the_browser_kept() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("officer").await;
    assert_eq!(officer.get("/queue").await.unwrap().status, 200);
    let csrf = Town::csrf(&mut officer).await;
    let reply = officer.post("/sign-out", &[("csrf", &csrf)]).await.unwrap();
    assert!(reply.header("clear-site-data").is_some());
    assert_eq!(officer.get("/queue").await.unwrap().status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn someone_who_left_is_out_at_the_next_request() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("officer").await;
    assert_eq!(officer.get("/queue").await.unwrap().status, 200);
    let admin = town.people["administrator"].clone();
    let id = town.people["officer"].user().unwrap();
    let raw = tessera_app::person::RawRoles {
        roles: vec!["hub_officer".into()],
        standing: "left".into(),
    };
    town.world.app.change_user(&admin, id, &raw).await.unwrap();
    assert_eq!(officer.get("/queue").await.unwrap().status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_taken_with_the_token_of_the_session_and_given_back_as_a_file() {
    let town = Town::new(Engine::Sqlite).await;
    let mut officer = town.browser("officer").await;
    let csrf = Town::csrf(&mut officer).await;
    let concern = &town.concerns[0].1;
    let page = officer.get(&format!("/queue/{concern}")).await.unwrap();
    let version = page.input("version").unwrap();
    let path = format!("/queue/{concern}/documents");
    let letter = ("document", "Léttér.html", "<script>alert(1)</script> He waits.");
    let without = officer.post_file(&path, &[("version", &version)], letter).await.unwrap();
    assert_eq!(without.status, 400, "no token");
    let fields = [("csrf", csrf.as_str()), ("version", version.as_str())];
    let wrong = officer.post_file(&path, &fields, ("document", "run.exe", "MZ")).await.unwrap();
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("must be one of these kinds"), "{}", wrong.text());
    assert_eq!(officer.post_file(&path, &fields, letter).await.unwrap().status, 303);
    let page = officer.get(&format!("/queue/{concern}")).await.unwrap().text();
    let link = page.split(&format!("{path}/")).nth(1).unwrap().split('"').next().unwrap();
    let file = officer.get(&format!("{path}/{link}")).await.unwrap();
    assert_eq!(file.text(), letter.2);
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    let save = file.header("content-disposition").unwrap();
    assert!(save.starts_with("attachment;") && save.contains("L%C3%A9tt%C3%A9r.html"), "{save}");
    let mut excluded = town.browser("excluded officer").await;
    assert_eq!(excluded.get(&format!("{path}/{link}")).await.unwrap().status, 404);
}

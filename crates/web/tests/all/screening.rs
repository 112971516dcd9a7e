//! Know the differences and screenings over HTTP: no cookie, nothing typed twice, nothing lost.

use tessera_testkit::{
    Engine, World,
    http::{Client, Reply},
};

use crate::people::{Town, serve};

fn location(reply: &Reply) -> &str {
    reply.header("location").unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn know_the_differences_sets_no_cookie_and_keeps_words_out_of_the_address() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    for path in [
        "/differences",
        "/differences/ask/Q01",
        "/differences/ask/age?Q01=no",
        "/differences/ask/Q08?Q01=no&age=14",
        "/differences/result?Q01=no&age=14&Q08=yes",
        "/differences/result?Q08=made-up&nothing=1&age=old",
    ] {
        let reply = browser.get(path).await.unwrap();
        assert_eq!((reply.status, reply.header("set-cookie")), (200, None), "{path}");
    }
    let answered = browser.get("/differences/ask/Q02?Q01=no&age=14").await.unwrap();
    assert_eq!(location(&answered), "/differences/ask/Q03?Q01=no&age=14", "the age answers it");
    assert_eq!(browser.get("/differences/ask/Q99").await.unwrap().status, 404);
    let answers =
        [("Q01", "no"), ("age", "14"), ("Q08", "yes"), ("words", "She wants it to stop.")];
    let reply = browser.post("/differences/result", &answers).await.unwrap();
    assert_eq!(reply.header("set-cookie"), None);
    let page = reply.text();
    assert!(page.contains("She wants it to stop.") && page.contains("Refer the same day"));
    assert!(page.contains("Not yet verified"), "how far the law was verified is missing");
    for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(!link.contains("stop"), "words about a child in an address: {link}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_result_says_that_all_is_well() {
    let world = World::new(Engine::Sqlite).await;
    let aid = &world.app.aid;
    let mut browser = Client::new(serve(&world).await);
    let mildest: Vec<String> = aid
        .file()
        .questions
        .iter()
        .filter(|question| !question.free_text)
        .filter_map(|question| {
            let mild = question.answers.iter().find(|answer| answer.flag.is_none())?;
            Some(format!("{}={}", question.id, mild.id))
        })
        .collect();
    for age in ["12", "14", "17"] {
        let path = format!("/differences/result?age={age}&{}", mildest.join("&"));
        let page = browser.get(&path).await.unwrap().text();
        assert!(page.contains("cannot show that a child is safe"), "{age}");
        assert!(page.contains("May it be closed without a referral?"), "{age}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answers_start_a_concern_and_a_screening_without_typing_again() {
    let town = Town::new(Engine::Sqlite).await;
    let answers =
        [("Q01", "no"), ("age", "14"), ("Q08", "yes"), ("words", "She wants it to stop.")];
    let mut anyone = Client::new(town.address);
    let reply = anyone.post("/differences/concern", &answers).await.unwrap();
    assert_eq!((reply.status, location(&reply)), (303, "/tell"));
    let page = anyone.get("/tell").await.unwrap().text();
    assert!(page.contains("She wants it to stop."), "the summary is in the concern");
    let reply = anyone.post("/differences/screening", &answers).await.unwrap();
    assert_eq!(reply.status, 200);
    assert!(
        reply.text().contains("Ask them for a link"),
        "somebody without an account is told how"
    );
    let mut worker = town.browser("worker").await;
    let csrf = Town::csrf(&mut worker).await;
    let answers = [&answers[..], &[("csrf", csrf.as_str())]].concat();
    let reply = worker.post("/differences/screening", &answers).await.unwrap();
    assert_eq!((reply.status, location(&reply)), (303, "/screen"));
    assert!(worker.get("/screen").await.unwrap().text().contains("She wants it to stop."));
    let child = worker.get("/screen/child").await.unwrap();
    assert_eq!(child.input("age").as_deref(), Some("14"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_errors_keeps_what_was_typed_and_the_script_is_told_that_it_was_kept() {
    let town = Town::new(Engine::Sqlite).await;
    let mut worker = town.browser("worker").await;
    let csrf = Town::csrf(&mut worker).await;
    let started = worker.post("/screenings/start", &[("csrf", &csrf)]).await.unwrap();
    assert_eq!(location(&started), "/screen");
    let yes = [("csrf", csrf.as_str()), ("MIS-03", "yes"), ("MIS-01", "no")];
    let reply = worker.post("/screen/MIS", &yes).await.unwrap();
    assert_eq!(location(&reply), "/screen/MIS-more");
    let short = [("csrf", csrf.as_str()), ("MIS-03-narrative", "late"), ("MIS-03-on_year", "2026")];
    let reply = worker.post("/screen/MIS-more", &short).await.unwrap();
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains(">late</textarea>"));
    assert!(reply.text().contains("at least 20 characters"));
    let by_script = [
        ("csrf", csrf.as_str()),
        ("MIS-03-narrative", "Late home on four evenings of two weeks"),
        ("autosave", "1"),
    ];
    assert_eq!(worker.post("/screen/MIS-more", &by_script).await.unwrap().status, 204);
    let page = worker.get("/screen/MIS-more").await.unwrap().text();
    assert!(page.contains("Late home on four evenings"));
    let refused = worker.post("/screen/send", &[("csrf", &csrf)]).await.unwrap();
    assert_eq!(refused.status, 422, "it is not sent while something is missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_not_begun_by_opening_it() {
    let town = Town::new(Engine::Sqlite).await;
    let mut lead = town.browser("lead").await;
    let csrf = Town::csrf(&mut lead).await;
    let fields = [("csrf", csrf.as_str()), ("made_for", "Pat from the choir"), ("days", "1")];
    let page = lead.post("/screenings/links", &fields).await.unwrap().text();
    let at = page.find("/screen/link/").expect("the link is shown once");
    let whole = format!("http://{}/screen/link/", town.address);
    assert!(page.contains(&whole), "the whole address can be copied");
    let link = &page[at..at + "/screen/link/".len() + 64];
    assert!(!lead.get("/screenings/links").await.unwrap().text().contains(link));
    let mut phone = Client::new(town.address);
    for _ in 0..2 {
        let opened = phone.get(link).await.unwrap();
        assert_eq!((opened.status, opened.header("set-cookie")), (200, None));
        assert!(opened.text().contains("Start the screening"));
    }
    let begun = phone.post(link, &[]).await.unwrap();
    assert_eq!(location(&begun), "/screen");
    let mut elsewhere = Client::new(town.address);
    assert!(elsewhere.get(link).await.unwrap().text().contains("Go on with the screening"));
    elsewhere.post(link, &[]).await.unwrap();
    let child = elsewhere.get("/screen/child").await.unwrap();
    assert_eq!(child.input("sender_name").as_deref(), Some("Pat from the choir"));
}

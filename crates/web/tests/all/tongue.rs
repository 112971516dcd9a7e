//! Every public page in the made language: nothing on it went past the catalogue.

use std::collections::BTreeSet;

use tessera_core::messages::{Languages, PSEUDO, SOURCE, pseudo, template};
use tessera_testkit::{
    Engine, World,
    http::{Client, Reply},
};
use tessera_web::routes::TABLE;

use crate::{
    people::{Town, serve},
    policy::{Expected, Policy},
};

/// Names, and what the test itself types: nobody translates these. The partnership's own names,
/// hours and contact points are its content.
const NAMES: &[&str] = &[
    "Tessera",
    "English",
    "Pseudo",
    "Marlbrook front door",
    "Marlbrook",
    "Lena Lead",
    "Fernhill School",
    "Pat from the choir",
    "A white van",
    "Zed",
    "nobody",
    "qqqq",
    "late",
    "Ollie Officer",
    // What a reader typed stays as typed.
    "She",
    "puts herself at risk",
    "and is",
    "hard to reach",
];

/// Elements that have no end.
const VOID: [&str; 9] =
    ["meta", "link", "input", "br", "hr", "img", "path", "!DOCTYPE", "!doctype"];
/// Elements that no sentence goes beyond.
const BLOCKS: [&str; 14] = [
    "p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "div", "section", "label", "legend",
    "title",
];
/// Attributes whose words people read or hear.
const TOLD: [&str; 6] = ["alt", "title", "aria-label", "placeholder", "data-kept", "data-not-kept"];

fn unescaped(text: &str) -> String {
    let mut out = text.to_owned();
    for (code, sign) in
        [("&#39;", "'"), ("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
    {
        out = out.replace(code, sign);
    }
    out
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next()
}

/// What is left of a text when its made sentences, names, references and codes are taken out. A
/// sentence may go on after an element within it: `depth` says how many are open.
fn left(text: &str, depth: &mut i32) -> String {
    let mut out = String::new();
    for c in unescaped(text).chars() {
        match c {
            '⟦' => *depth += 1,
            '⟧' => *depth -= 1,
            c if *depth == 0 => out.push(c),
            _ => {}
        }
    }
    for name in NAMES {
        out = out.replace(name, " ");
    }
    let words = out.split(|c: char| c.is_whitespace() || c == ',' || c == '.');
    // References and codes hold digits or nothing but capitals; addresses of other sites stay.
    let plain = words.filter(|word| {
        let code = word.chars().any(|c| c.is_ascii_digit())
            || word.chars().all(|c| c.is_ascii_uppercase() || c == '-');
        word.chars().any(char::is_alphabetic) && !code && !word.contains('@')
    });
    plain.collect::<Vec<_>>().join(" ")
}

/// Reads a page through: what was not translated, and what is marked as English.
fn read(html: &str) -> (Vec<String>, Vec<String>) {
    let (mut raw, mut english) = (Vec::new(), Vec::new());
    let mut depth = 0;
    let mut open: Vec<(String, String)> = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        let lang = open.last().map_or("", |(_, lang)| lang.as_str());
        let hidden =
            open.iter().any(|(name, _)| name == "script" || name == "style" || name == "textarea");
        if !hidden && !left(text, &mut depth).is_empty() && lang == PSEUDO {
            raw.push(format!("text: {}", text.trim()));
        } else if lang == SOURCE && !text.trim().is_empty() {
            english.push(unescaped(text.trim()));
        }
        let (tag, beyond) = after.split_once('>').unwrap();
        let name = tag.split([' ', '\n', '/']).next().unwrap().to_owned();
        if BLOCKS.contains(&tag.trim_start_matches('/').split([' ', '\n']).next().unwrap()) {
            depth = 0;
        }
        let own = attribute(tag, "lang").unwrap_or(lang).to_owned();
        if own == PSEUDO {
            let button = attribute(tag, "type") == Some("submit");
            let value = button.then(|| attribute(tag, "value")).flatten();
            let told = TOLD.iter().filter_map(|name| attribute(tag, name));
            let told = told.chain(value.filter(|_| name == "input"));
            raw.extend(
                told.filter(|text| !left(text, &mut 0).is_empty())
                    .map(|t| format!("attribute: {t}")),
            );
        }
        if tag.starts_with('/') {
            open.pop();
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push((name, own));
        }
        rest = beyond;
    }
    assert!(open.is_empty(), "elements that did not end: {open:?}");
    (raw, english)
}

/// Somebody who reads everything in the made language.
struct Reader {
    browser: Client,
    seen: BTreeSet<String>,
    wrong: Vec<String>,
    ours: BTreeSet<String>,
}

impl Reader {
    fn new(address: std::net::SocketAddr) -> Self {
        let template = template();
        let ours = template.entries.into_iter().flat_map(|e| std::iter::once(e.id).chain(e.many));
        Self {
            browser: Client::new(address),
            seen: BTreeSet::new(),
            wrong: Vec::new(),
            // Single words may also be content, such as the name of a section.
            ours: ours.filter(|text| text.contains(' ')).collect(),
        }
    }

    fn look(&mut self, what: &str, reply: &Reply) {
        let html = reply.text();
        assert!(
            html.contains(&format!("<html lang=\"{PSEUDO}\"")),
            "{what} {}: {html:.300}",
            reply.status
        );
        let (raw, english) = read(&html);
        let missed = english.into_iter().filter(|text| self.ours.contains(text));
        let found =
            raw.into_iter().chain(missed.map(|text| format!("not in the catalogue: {text}")));
        self.wrong.extend(found.map(|text| format!("{what}: {text}")));
        // The way to the same page in English leads out of the language; every other stays in it.
        for tag in html.split('<').filter(|tag| tag.starts_with("a ") || tag.starts_with("form ")) {
            let to =
                attribute(tag, "href").or_else(|| attribute(tag, "action")).unwrap_or_default();
            let stays =
                !to.starts_with('/') || to.starts_with("/en-XA/") || tag.contains("hreflang=");
            assert!(stays, "{what}: {to} leaves the language");
        }
    }

    async fn get(&mut self, path: &str) -> Reply {
        let reply = self.browser.get(&format!("/{PSEUDO}{path}")).await.unwrap();
        self.look(path, &reply);
        self.seen.insert(path.split('?').next().unwrap().to_owned());
        reply
    }

    /// Sends a form that does not go through: the same page, with what is wrong.
    async fn fails(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.browser.post(&format!("/{PSEUDO}{path}"), fields).await.unwrap();
        assert!([200, 422, 404].contains(&reply.status), "{path}: {}", reply.status);
        self.look(&format!("POST {path}"), &reply);
        reply
    }

    /// Sends a form that leads on, within the language.
    async fn goes(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.browser.post(&format!("/{PSEUDO}{path}"), fields).await.unwrap();
        let to = reply.header("location").unwrap_or_default().to_owned();
        assert_eq!(reply.status, 303, "{path}: {}", reply.text());
        let to = to.strip_prefix("/en-XA").unwrap_or_else(|| panic!("{path} led to {to}"));
        to.to_owned()
    }

    fn report(&self) {
        assert!(
            self.wrong.is_empty(),
            "{} not translated:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
    }
}

fn made() -> Languages {
    let text = pseudo(&template()).write();
    Languages::read([("en-XA.po", text.as_str())]).unwrap()
}

async fn town() -> Town {
    let town = Town::new(Engine::Sqlite).await;
    town.world.app.speak(made());
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_to_read_is_told_in_the_language_of_the_reader() {
    let town = town().await;
    let mut reader = Reader::new(town.address);
    for path in [
        "/",
        "/privacy",
        "/accessibility",
        "/matching",
        "/language",
        "/language/terms",
        "/language/terms?q=zzzz",
        "/language/terms?page=2",
        "/language/terms?kind=blame&all=yes",
        "/guidance",
        "/guidance/search",
        "/guidance/search?q=van",
        "/guidance/search?q=qqqq",
        "/guidance/contacts",
        "/guidance/resources",
        "/guidance/services",
        "/guidance/words",
        "/guidance/subscribe",
        "/differences",
        "/differences/result",
        "/screen/resume",
        "/follow",
        "/differences/result?Q01=yes&age=14&Q08=yes&Q03=not_known",
        "/sign-in",
        "/tell",
        "/tell?kind=danger",
        "/tell/resume",
        "/no-such-page",
    ] {
        reader.get(path).await;
    }
    let now = town.world.app.guidance().await.unwrap();
    for section in &now.library.sections {
        if !now.library.pages_of(&section.id).is_empty() {
            reader.get(&format!("/guidance/{}", section.id)).await;
        }
    }
    for page in now.library.sections.iter().flat_map(|s| now.library.pages_of(&s.id)) {
        reader.get(&page.href()).await;
    }
    let page =
        now.library.sections.iter().flat_map(|s| now.library.pages_of(&s.id)).next().unwrap();
    for day in [
        "on_day=1&on_month=1&on_year=1990",
        "on_day=&on_month=2&on_year=2026",
        "on_day=x&on_month=&on_year=",
        "on_day=24&on_month=11&on_year=2026",
    ] {
        reader.get(&format!("{}?{day}", page.href())).await;
    }
    for question in &town.world.app.aid.file().questions {
        reader.get(&format!("/differences/ask/{}", question.id)).await;
        reader.get(&format!("/differences/ask/{}?Q01=yes&change=1", question.id)).await;
    }
    reader.get("/differences/ask/age?Q01=yes").await;
    reader.fails("/differences/result", &[("Q01", "yes"), ("age", "14"), ("words", "Zed")]).await;
    reader.fails("/differences/screening", &[("Q01", "no"), ("words", "Zed")]).await;
    reader.fails("/language", &[("text", "")]).await;
    reader.fails("/language", &[("text", "She puts herself at risk and is hard to reach.")]).await;
    reader.fails("/language", &[("text", "Zed")]).await;
    reader
        .fails("/sign-in", &[("email", "nobody@example.org"), ("password", "x"), ("code", "1")])
        .await;
    reader.fails("/tell/resume", &[("code", "nobody")]).await;
    reader.fails("/screen/resume", &[("code", "nobody")]).await;
    reader.fails("/follow", &[("reference", "nobody"), ("code", "nobody")]).await;
    reader.report();
    // Nothing that anybody may read was left out.
    let policy = Policy::read();
    // The last is the demo's own page, for those who try the program out.
    let wordless = ["/health", "/assets/{name}", "/leave", "/api/openapi.json", "/sign-in-as"];
    let walked = [
        "/tell/{step}",
        "/tell/check",
        "/tell/sent",
        "/screen",
        "/screen/",
        "/follow/concern",
        "/guidance/{section}",
        "/guidance/confirm/{token}",
        "/guidance/unsubscribe/{token}",
        "/differences/ask/{question}",
        "/invitation/{token}",
        "/set-up/{token}",
    ];
    for route in TABLE.iter().filter(|route| route.method == "get") {
        let open = policy.of(&format!("get {}", route.path), "any", "anonymous")
            == Some(Expected::Answered);
        let told = reader.seen.contains(route.path)
            || wordless.contains(&route.path)
            || walked.iter().any(|start| route.path.starts_with(start));
        assert!(!open || told, "{} was not read in the made language", route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn telling_is_told_in_the_language_of_the_reader_from_the_first_page_to_the_receipt() {
    let town = town().await;
    let mut reader = Reader::new(town.address);
    reader.fails("/tell", &[("what", "")]).await;
    reader.fails("/tell", &[("what", &"Zed ".repeat(6_000))]).await;
    let on = reader.goes("/tell", &[("what", "A white van"), ("more", "1")]).await;
    assert_eq!(on, "/tell/children");
    for (step, wrong) in [
        (
            "children",
            vec![
                ("child-0-name", "Zed"),
                ("child-0-born_day", "31"),
                ("child-0-born_month", "2"),
                ("child-0-born_year", "2011"),
            ],
        ),
        ("where", vec![("happened_day", "3"), ("happened_month", ""), ("happened_year", "2026")]),
        ("others", vec![]),
        ("know", vec![("origin", "nobody")]),
        ("think", vec![]),
        ("you", vec![("reporter_email", "nobody"), ("name_sharing", "nobody")]),
    ] {
        reader.get(&format!("/tell/{step}")).await;
        if !wrong.is_empty() {
            reader.fails(&format!("/tell/{step}"), &wrong).await;
        }
    }
    reader.get("/tell/check").await;
    reader.fails("/tell/send", &[]).await;
    reader
        .goes(
            "/tell/children",
            &[
                ("child-0-name", "Zed"),
                ("child-0-age", "14"),
                ("child-0-born_month", "5"),
                ("child-0-born_year", "2011"),
            ],
        )
        .await;
    reader.goes("/tell/where", &[("happened_year", "2026"), ("happened_approximate", "yes")]).await;
    reader.goes("/tell/know", &[("origin", "")]).await;
    reader.goes("/tell/you", &[("name_sharing", "hub_only")]).await;
    let check = reader.get("/tell/check").await.text();
    assert!(check.contains("⟦Måý") || check.contains("⟦Máý"), "the date is told in the language");
    assert_eq!(reader.goes("/tell/send", &[]).await, "/tell/sent");
    let receipt = reader.get("/tell/sent").await.text();
    let find = |start: &str, long: usize| {
        let at = receipt.find(start).unwrap() + start.len();
        receipt[at..at + long].to_owned()
    };
    let reference = format!("TES-{}", find("TES-", 9));
    let code =
        receipt.split("summary-list__value\">").nth(2).unwrap().split('<').next().unwrap().trim();
    let follow = [("reference", reference.as_str()), ("code", code)];
    assert_eq!(reader.goes("/follow", &follow).await, "/follow/concern");
    reader.get("/follow/concern").await;
    reader.fails("/follow/concern/add", &[("kind", "nobody"), ("body", "")]).await;
    reader.fails("/follow/concern/add", &[("kind", "answer"), ("body", "Zed")]).await;
    reader.fails("/follow/concern/challenge", &[("reason", "")]).await;
    reader.goes("/follow/concern/add", &[("kind", "addition"), ("body", "Zed")]).await;
    reader.get("/follow/concern").await;
    reader.report();
    // The record itself is kept in English, whatever its sender read.
    let officer = town.browser("officer").await.get(&format!("/queue/{reference}")).await.unwrap();
    let page = officer.text();
    assert!(page.contains("A white van") && !page.contains('⟦'), "{page}");
    let notices = town.browser("officer").await.get("/notices").await.unwrap().text();
    assert!(!notices.contains('⟦'));
    let kept = "SELECT CAST(COUNT(*) AS BIGINT) FROM clock WHERE explained LIKE '%⟦%'";
    assert_eq!(town.world.raw_number(kept).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screening_by_a_one_use_link_is_told_in_the_language_of_the_reader() {
    let town = town().await;
    let mut lead = town.browser("lead").await;
    let csrf = Town::csrf(&mut lead).await;
    let fields = [("csrf", csrf.as_str()), ("made_for", "Pat from the choir"), ("days", "1")];
    let page = lead.post("/screenings/links", &fields).await.unwrap().text();
    let at = page.find("/screen/link/").expect("the link is shown once");
    let link = &page[at..at + "/screen/link/".len() + 64];
    let mut reader = Reader::new(town.address);
    reader.get(link).await;
    assert_eq!(reader.goes(link, &[]).await, "/screen");
    let parts = reader.get("/screen").await.text();
    let steps: BTreeSet<String> = parts
        .split("href=\"/en-XA/screen/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '#']).next())
        .filter(|step| *step != "resume")
        .map(str::to_owned)
        .collect();
    assert!(steps.len() > 5, "{steps:?}");
    for step in &steps {
        reader.get(&format!("/screen/{step}")).await;
    }
    reader
        .fails(
            "/screen/child",
            &[("danger", "yes"), ("name", "Zed"), ("missing_episodes", "late"), ("born_day", "40")],
        )
        .await;
    reader.goes("/screen/MIS", &[("MIS-03", "yes"), ("MIS-01", "no")]).await;
    reader.get("/screen/MIS-more").await;
    reader.fails("/screen/MIS-more", &[("MIS-03-narrative", "late")]).await;
    reader.get("/screen").await;
    reader.get("/screen/check").await;
    reader.fails("/screen/send", &[]).await;
    reader
        .goes(
            "/screen/child",
            &[("danger", "yes"), ("name", "Zed"), ("sender_name", "Pat from the choir")],
        )
        .await;
    let told = [
        ("MIS-03-narrative", "late late late late late late"),
        ("MIS-03-on_year", "2026"),
        ("MIS-03-on_month", "5"),
        ("MIS-03-basis", "seen"),
    ];
    let more = reader.browser.post("/en-XA/screen/MIS-more", &told).await.unwrap();
    assert!([303, 422].contains(&more.status));
    reader.report();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_language_is_offered_until_one_is_in_force() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = Client::new(serve(&world).await);
    let page = browser.get("/").await.unwrap();
    assert!(!page.text().contains("hreflang") && page.header("set-cookie").is_none());
    assert_eq!(browser.get("/cy/tell").await.unwrap().status, 404);
    assert_eq!(browser.get("/en-XA/").await.unwrap().status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_is_chosen_by_a_link_and_kept_without_a_cookie() {
    let world = World::new(Engine::Sqlite).await;
    world.app.speak(made());
    let mut browser = Client::new(serve(&world).await);
    let page = browser.get("/tell?kind=danger").await.unwrap();
    let to = "rel=\"alternate\" hreflang=\"en-XA\" lang=\"en-XA\" href=\"/en-XA/tell?kind=danger\"";
    assert!(page.text().contains(to), "{}", page.text());
    let page = browser.get("/en-XA/tell?kind=danger").await.unwrap();
    assert_eq!(page.header("set-cookie"), None);
    assert!(page.text().contains("hreflang=\"en-GB\" lang=\"en-GB\" href=\"/tell?kind=danger\""));
    assert!(page.text().contains("action=\"/en-XA/tell\""));
    // No language stands before what has no words.
    assert_eq!(browser.get("/en-XA/api/openapi.json").await.unwrap().status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_keeps_its_language() {
    let world = World::new(Engine::Sqlite).await;
    world.app.speak(made());
    let address = serve(&world).await;
    let mut browser = Client::new(address);
    browser.post("/en-XA/tell", &[("what", "A white van"), ("send", "1")]).await.unwrap();
    let page = browser.get("/en-XA/tell/check").await.unwrap().text();
    let code = browser.cookie("tessera-draft").expect("the draft's cookie").to_owned();
    assert!(page.contains("A white van"));
    let mut elsewhere = Client::new(address);
    let reply = elsewhere.post("/tell/resume", &[("code", &code)]).await.unwrap();
    assert_eq!(reply.header("location"), Some("/en-XA/tell/check"));
    let mut english = Client::new(address);
    english.post("/tell", &[("what", "A white van"), ("send", "1")]).await.unwrap();
    let code = english.cookie("tessera-draft").expect("the draft's cookie").to_owned();
    let reply = Client::new(address).post("/tell/resume", &[("code", &code)]).await.unwrap();
    assert_eq!(reply.header("location"), Some("/tell/check"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_those_who_are_signed_in_are_in_english() {
    let town = town().await;
    let mut worker = town.browser("worker").await;
    let reply = worker.get("/en-XA/tell?kind=worried").await.unwrap();
    assert_eq!((reply.status, reply.header("location")), (303, Some("/tell?kind=worried")));
    assert!(!worker.get("/tell").await.unwrap().text().contains("hreflang"));
}

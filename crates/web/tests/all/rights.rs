//! Every route, every role, every state of a record, by real HTTP, against the table that people
//! wrote; and what is hidden gives byte for byte what does not exist gives.

use tessera_testkit::{
    Engine,
    http::{Client, Reply},
};
use tessera_web::routes::{Route, TABLE};

use crate::{
    people::Town,
    policy::{Expected, Policy},
};

const EVERYONE: [&str; 15] = [
    "anonymous",
    "worker",
    "lead",
    "other worker",
    "other lead",
    "officer",
    "manager",
    "excluded officer",
    "social worker",
    "other social worker",
    "police",
    "auditor",
    "administrator",
    "editor",
    "other editor",
];

/// The paths of a route, each with the state of the record it leads to.
fn paths(town: &Town, route: &Route) -> Vec<(&'static str, String)> {
    let path = route.path;
    let person = town.people["worker"].user().unwrap().to_string();
    let agency = town.people["worker"].agency.unwrap().to_string();
    let fill = |path: &str| {
        path.replace("{name}", "missing.css")
            .replace("/preview/{step}", "/preview/child")
            .replace("{step}", "where")
            .replace("{section}", "policies")
            .replace("{slug}", "recording")
            .replace("{token}", &"ab".repeat(32))
            .replace("{person}", &person)
            .replace("{question}", "Q05")
            .replace("{link}", "01a20d7c-0000-7000-8000-000000000004")
            .replace("{instrument}", &town.instrument)
            .replace("{part}", "rules")
            .replace("{entry}", "0")
            .replace("{agency}", &agency)
            .replace("{document}", "01a20d7c-0000-7000-8000-000000000004")
            .replace("{mention}", "1000000")
            .replace("{watch}", "01a20d7c-0000-7000-8000-000000000004")
            .replace("{fact}", "01a20d7c-0000-7000-8000-000000000002")
    };
    let of = |records: &[(&'static str, String)], key: &str| {
        records
            .iter()
            .map(|(state, id)| {
                let path = path
                    .replace(key, id)
                    .replace("{child}", "01a20d7c-0000-7000-8000-000000000003");
                (*state, fill(&path))
            })
            .collect::<Vec<_>>()
    };
    if path.contains("{concern}") {
        of(&town.concerns, "{concern}")
    } else if path.contains("{child}") {
        of(&town.children, "{child}")
    } else if path.contains("{screening}") {
        of(&town.screenings, "{screening}")
    } else if path.contains("{check}") {
        of(&town.checks, "{check}")
    } else if path.contains("{change}") {
        of(&town.changes, "{change}")
    } else if path.contains("{report}") {
        of(&town.reports, "{report}")
    } else if path.contains("{batch}") {
        of(&town.batches, "{batch}")
    } else if path.contains("{share}") {
        of(&town.shares, "{share}")
    } else if path.contains("{candidate}") {
        of(&town.candidates, "{candidate}")
    } else if path.contains("{snapshot}") {
        of(&town.snapshots, "{snapshot}")
    } else if path.contains("{version}") {
        of(&town.versions, "{version}")
    } else {
        vec![("any", fill(path))]
    }
}

/// Asks for a route: an empty form of the session to a page, an empty object to the API.
async fn request(browser: &mut Client, route: &Route, path: &str, csrf: &str) -> Reply {
    let reply = match route.method {
        "post" if path.starts_with("/api/") => {
            browser.post_json(path, "tessera-session", "{}").await
        }
        "post" => browser.post(path, &[("csrf", csrf)]).await,
        _ => browser.get(path).await,
    };
    reply.unwrap()
}

/// What the reply says. A part of a record that is not there (a fact, a child of the concern) is
/// 404 also to those who may see the record: for those routes a 404 counts as an answer.
fn told(reply: &Reply, needs_part: bool, may: bool) -> Expected {
    match reply.status {
        401 | 403 => Expected::Refused,
        303 if reply.header("location") == Some("/sign-in") => Expected::Refused,
        404 if needs_part && may => Expected::Answered,
        404 => Expected::Nothing,
        200..=299 | 303 | 400 | 409 | 415 | 422 => Expected::Answered,
        status => panic!("unexpected status {status}: {}", reply.text()),
    }
}

async fn every_route_every_role_every_state(engine: Engine) {
    let town = Town::new(engine).await;
    let policy = Policy::read();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for who in EVERYONE {
        for route in TABLE {
            // These end the session or begin another one; they are tried with a browser of their own.
            let mut browser = town.browser(who).await;
            let csrf =
                if route.method == "post" { Town::csrf(&mut browser).await } else { String::new() };
            for (state, path) in paths(&town, route) {
                let name = format!("{} {}", route.method, route.path);
                let Some(expected) = policy.of(&name, state, who) else {
                    wrong.push(format!("{name}, {state}: no row in the policy table"));
                    continue;
                };
                let reply = request(&mut browser, route, &path, &csrf).await;
                let part = [
                    "{fact}",
                    "{document}",
                    "{mention}",
                    "/undo",
                    "/child/{child}",
                    "new-child",
                    "/link",
                    "/challenge",
                    "/access",
                    "/clock",
                    "/panel/",
                ]
                .iter()
                .any(|p| route.path.contains(p));
                let got = told(&reply, part, expected == Expected::Answered);
                tried += 1;
                if got != expected {
                    wrong.push(format!(
                        "{who}: {name}, {state}: {} but the table says {expected:?}",
                        reply.status
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 1_500, "only {tried} were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_every_role_every_state_on_sqlite() {
    every_route_every_role_every_state(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_every_role_every_state_on_postgres() {
    every_route_every_role_every_state(Engine::Postgres).await;
}

/// Whose rights ended while they were signed in, and whom the table then takes them for. Nobody in
/// the table has no role: such a person gets what everyone signed in gets.
const ENDED: [(&str, &str, &str, &str); 3] = [
    (
        "a leaver",
        "officer",
        "anonymous",
        "UPDATE user_account SET standing = 'left' WHERE name = 'Ollie Officer'",
    ),
    (
        "of a suspended agency",
        "police",
        "anonymous",
        "UPDATE agency SET suspended_at = 1 WHERE name = 'Marlbrook Police'",
    ),
    (
        "with a role that ran out",
        "manager",
        "nobody",
        "UPDATE user_role SET expires_at = 1 WHERE role = 'hub_manager'",
    ),
];

async fn rights_that_ended_open_nothing(engine: Engine) {
    let town = Town::new(engine).await;
    let policy = Policy::read();
    let mut browsers = Vec::new();
    for (_, who, ..) in ENDED {
        let mut browser = town.browser(who).await;
        let csrf = Town::csrf(&mut browser).await;
        browsers.push((browser, csrf));
    }
    for (.., sql) in ENDED {
        assert!(town.world.raw(sql).await > 0, "{sql}");
    }
    let mut wrong = Vec::new();
    for ((what, _, like, _), (browser, csrf)) in ENDED.into_iter().zip(browsers) {
        // To sign out is anybody's right, and would end the session that the others need.
        for route in TABLE.iter().filter(|route| !route.path.starts_with("/sign-out")) {
            for (state, path) in paths(&town, route) {
                let mut browser = browser.another_tab();
                let name = format!("{} {}", route.method, route.path);
                let expected = policy.of(&name, state, like).expect("a row");
                let reply = request(&mut browser, route, &path, &csrf).await;
                let got = told(&reply, false, expected == Expected::Answered);
                if got != expected {
                    wrong.push(format!(
                        "{what}: {name}, {state}: {} not {expected:?}",
                        reply.status
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_ended_open_nothing_on_sqlite() {
    rights_that_ended_open_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_ended_open_nothing_on_postgres() {
    rights_that_ended_open_nothing(Engine::Postgres).await;
}

#[test]
fn the_policy_table_speaks_of_no_route_that_is_gone() {
    let routes: Vec<String> = TABLE.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
    for (route, _) in Policy::read().keys() {
        assert!(routes.contains(route), "{route}");
    }
}

/// What may differ between any two replies: the time and nothing else.
fn comparable(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let headers = reply.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
    (reply.status, headers, reply.text())
}

async fn hidden_is_byte_for_byte_what_does_not_exist(engine: Engine) {
    let town = Town::new(engine).await;
    let policy = Policy::read();
    let mut compared = 0;
    for who in EVERYONE {
        for route in TABLE.iter().filter(|r| r.method == "get") {
            let name = format!("{} {}", route.method, route.path);
            let mut browser = town.browser(who).await;
            let paths = paths(&town, route);
            let Some((_, nothing)) =
                paths.iter().find(|(state, _)| *state == "that does not exist")
            else {
                continue;
            };
            let absent = browser.get(nothing).await.unwrap();
            for (state, path) in &paths {
                if policy.of(&name, state, who) != Some(Expected::Nothing) {
                    continue;
                }
                let hidden = browser.get(path).await.unwrap();
                assert_eq!(comparable(&hidden), comparable(&absent), "{who}: {name}, {state}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "only {compared} were compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_is_byte_for_byte_what_does_not_exist_on_sqlite() {
    hidden_is_byte_for_byte_what_does_not_exist(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_is_byte_for_byte_what_does_not_exist_on_postgres() {
    hidden_is_byte_for_byte_what_does_not_exist(Engine::Postgres).await;
}

//! The JSON API: problem details, idempotency, description.

use tessera_testkit::{Engine, World, make};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::people::serve;

/// One request with a JSON body, on a connection of its own.
async fn call(address: std::net::SocketAddr, head: &str, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "{head} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: \
         application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    let (line, headers) = request.split_once(" HTTP/1.1\r\n").unwrap();
    let (line, extra) = line.split_once('|').unwrap_or((line, ""));
    let extra = if extra.is_empty() { String::new() } else { format!("{extra}\r\n") };
    let request = format!("{line} HTTP/1.1\r\n{headers}{extra}\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_idempotency_key_gives_the_same_receipt() {
    let world = World::new(Engine::Sqlite).await;
    let address = serve(&world).await;
    let body = r#"{"what": "A white van waits outside school."}"#;
    let send = "POST /api/concerns|idempotency-key: k-1";
    let (status, _, first) = call(address, send, body).await;
    assert_eq!(status, 201, "{first}");
    let (status, _, second) = call(address, send, body).await;
    assert_eq!(status, 201);
    let (one, two): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&first).unwrap(), serde_json::from_str(&second).unwrap());
    assert_eq!(one["reference"], two["reference"]);
    assert_eq!(one["follow_up_code"], two["follow_up_code"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_comes_as_problem_details_with_its_fields() {
    let world = World::new(Engine::Sqlite).await;
    let address = serve(&world).await;
    let send = "POST /api/concerns|idempotency-key: k-2";
    let (status, head, body) = call(address, send, r#"{"what": " "}"#).await;
    assert_eq!(status, 422);
    assert!(head.contains("application/problem+json"), "{head}");
    assert!(body.contains("\"field\":\"what\""), "{body}");
    let (status, head, _) = call(address, send, "{not json").await;
    assert_eq!(status, 400);
    assert!(head.contains("application/problem+json"), "{head}");
    let (status, _, body) = call(address, "POST /api/concerns", r#"{"what": "x"}"#).await;
    assert_eq!(status, 422);
    assert!(body.contains("Idempotency-Key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_describes_itself() {
    let world = World::new(Engine::Sqlite).await;
    let address = serve(&world).await;
    let (status, _, body) = call(address, "GET /api/openapi.json", "").await;
    assert_eq!(status, 200);
    let described: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
    assert!(described["paths"]["/api/concerns"]["post"]["requestBody"].is_object());
}

/// Signs somebody in and gives the header of their requests.
async fn bearer(world: &World, who: &tessera_policy::Actor) -> String {
    let token = world.app.begin_session(who.user().unwrap(), None, None).await.unwrap();
    format!("authorization: Bearer {}", hex::encode(token))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concern_is_decided_and_answered_by_the_api_alone() {
    let world = World::new(Engine::Sqlite).await;
    let address = serve(&world).await;
    let officer = bearer(&world, &make::officer(&world).await).await;
    let body =
        r#"{"what": "A white van waits outside school.", "children": [{"name": "Robin Fernley"}]}"#;
    let (_, _, sent) = call(address, "POST /api/concerns|idempotency-key: k-9", body).await;
    let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
    let of = format!("/api/queue/{}", sent["reference"].as_str().unwrap());
    let get = async || {
        let (status, _, body) = call(address, &format!("GET {of}|{officer}"), "").await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<serde_json::Value>(&body).unwrap()
    };
    let act = async |path: &str, mut body: serde_json::Value| {
        let seen = get().await;
        body["version"] = seen["version"].clone();
        call(address, &format!("POST {of}/{path}|{officer}"), &body.to_string()).await
    };
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (status, _, body) = act("urgency", json(r#"{"urgency": "purple"}"#)).await;
    assert_eq!(status, 422);
    assert!(body.contains(r#""field":"urgency_reason""#), "{body}");
    let grade = r#"{"urgency": "red", "urgency_reason": "Seen twice this week"}"#;
    assert_eq!(act("urgency", json(grade)).await.0, 204);
    let route = r#"{"routes": ["intelligence"], "route_reason": "A pattern"}"#;
    assert_eq!(act("routes", json(route)).await.0, 204);
    let child = get().await["children"][0]["id"].as_str().unwrap().to_owned();
    let new = format!(r#"{{"new_child": "{child}", "new_reason": "We hold no file"}}"#);
    let (status, _, body) = act("new-child", json(&new)).await;
    assert_eq!(status, 201, "{body}");
    let decided = format!(
        r#"{{"decision_child": "{child}", "outcome": "nfa", "need_level": "1",
            "decision_reason": "Nothing points to harm", "told": ""}}"#
    );
    assert_eq!(act("decision", json(&decided)).await.0, 204);
    let seen = get().await;
    assert_eq!(seen["status"], "decided");
    assert_eq!(seen["urgencies"][0]["urgency"], "red");
    assert_eq!(seen["routes"][0]["route"], "intelligence");
    assert_eq!(seen["children"][0]["file"], json(&body)["reference"]);
    let stale = r#"{"version": 1, "routes": ["crime"], "route_reason": "Again"}"#;
    let (status, ..) = call(address, &format!("POST {of}/routes|{officer}"), stale).await;
    assert_eq!(status, 409, "an act on an old version is refused");
}

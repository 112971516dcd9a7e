#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at surprise"
)]
//! The helpers themselves, and what holds for the workspace as a whole.

mod architecture;
mod helpers;
mod messages;
mod words;

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    process::Command,
    thread,
};

use tessera_testkit::{http::Client, postgres};

fn ask(url: &str, question: &str) -> String {
    let output = Command::new("psql").args([url, "-Atc", question]).output().expect("psql runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn each_database_is_new_empty_and_in_utf_8() {
    let (one, two) = (postgres::fresh_database(), postgres::fresh_database());
    assert_ne!(one, two);
    ask(&one, "create table mark (id int)");
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!((ask(&one, tables), ask(&two, tables)), ("1".into(), "0".into()));
    assert_eq!(ask(&one, "show server_encoding"), "UTF8");
}

/// The same test program runs again as a child that starts a server and is killed.
#[test]
fn a_killed_test_leaves_no_server_behind() {
    if std::env::var_os("TESSERA_TEST_KILL_ME").is_some() {
        let url = postgres::fresh_database();
        let folder = ask(&url, "show data_directory");
        assert!(fs::exists(&folder).expect("folder can be looked for"));
        println!("{url} {folder}");
        // The harness would print more after this: end as a kill does, without any clean-up.
        std::process::abort();
    }
    let me = std::env::current_exe().expect("own path");
    let output = Command::new(me)
        .args(["--exact", "a_killed_test_leaves_no_server_behind", "--nocapture"])
        .env("TESSERA_TEST_KILL_ME", "yes")
        .env_remove(postgres::SERVER_VARIABLE)
        .output()
        .expect("child runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let start = said.find("postgres://").unwrap_or_else(|| panic!("no URL in {said}"));
    let (url, folder) = said[start..].trim().split_once(' ').expect("URL and folder");
    let gone = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        !fs::exists(folder).unwrap_or(true)
    });
    assert!(gone, "{folder} is still there");
    let answer = Command::new("psql").args([url, "-Atc", "select 1"]).output().expect("psql runs");
    assert!(!answer.status.success());
}

/// Answers each request on one connection with the next of these replies; returns the requests.
fn scripted(replies: &'static [&'static str]) -> (Client, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::new(listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        for reply in replies {
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).unwrap();
            heard.push(String::from_utf8_lossy(&request[..length]).into_owned());
            stream.write_all(reply.as_bytes()).unwrap();
        }
        heard
    });
    (client, server)
}

#[tokio::test]
async fn the_client_keeps_its_connection_and_its_cookies() {
    let (mut client, server) = scripted(&[
        "HTTP/1.1 303 See Other\r\nSet-Cookie: __Host-s=abc; Secure; Path=/\r\n\
         Location: /receipt\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
         2\r\n<i\r\n2c\r\nnput type=\"hidden\" name=\"t\" value=\"a&amp;b\">\r\n0\r\n\r\n",
    ]);
    let reply = client.post("/concern", &[("what happened", "a&b\u{e9}")]).await.unwrap();
    assert_eq!((reply.status, reply.header("location")), (303, Some("/receipt")));
    let reply = client.get("/receipt").await.unwrap();
    assert_eq!(reply.text(), "<input type=\"hidden\" name=\"t\" value=\"a&amp;b\">");
    assert_eq!(reply.input("t").as_deref(), Some("a&b"));
    let heard = server.join().unwrap();
    assert!(heard[0].starts_with("POST /concern HTTP/1.1\r\n"));
    assert!(heard[0].ends_with("\r\n\r\nwhat+happened=a%26b%C3%A9"));
    assert!(heard[1].contains("\r\ncookie: __Host-s=abc\r\n"));
}

#[tokio::test]
async fn a_reply_cut_short_is_an_error_not_an_answer() {
    let (mut client, server) = scripted(&["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"]);
    assert!(client.get("/").await.is_err());
    server.join().unwrap();
}

//! The demo's picture: twelve small reports that hang together on the day the twelfth arrives.

use tessera_testkit::{
    http::Client,
    visit::{expect, signed_in_as},
};

use crate::bench::Bench;

/// The address of the report whose row of the desk's list has these words.
async fn report_of(client: &mut Client, words: &str) -> String {
    let desk = client.get("/desk").await.expect("the desk").text();
    let row = desk.split("<tr").find(|row| row.contains(words)).expect("its row");
    let start = row.find("/desk/INT-").expect("a link");
    row.get(start..start + 19).expect("a reference").to_owned()
}

async fn network(client: &mut Client, report: &str) -> String {
    let page = client.get(&format!("{report}/network")).await.expect("the network");
    expect(&page, 200).expect("the network");
    page.text()
}

#[tokio::test]
async fn twelve_small_reports_become_one_network_on_the_day_the_twelfth_arrives() {
    let bench = Bench::filled();
    let (program, _) = bench.serve(&["demo", "--data", "data"]).await;
    let mut police =
        signed_in_as(program.address(), "Police intelligence unit").await.expect("police");
    let twelfth = report_of(&mut police, "Kai and Tilly left the club").await;
    let whole = network(&mut police, &twelfth).await;
    assert!(whole.contains("12 reports from 8 agencies hang together"), "{whole}");
    for unrelated in ["Bellweather", "QV68 RST", "quizmaster", "QH20 PQR"] {
        assert!(!whole.contains(unrelated), "{unrelated}");
    }
    // Without the twelfth there were three pieces of it: taken back, it joins nothing.
    let page = police.get(&twelfth).await.expect("the report");
    let (csrf, version) = (page.input("csrf").expect("a token"), page.input("version").expect("1"));
    let fields =
        [("csrf", &*csrf), ("version", &*version), ("retract_reason", "To see what it joined")];
    let done = police.post(&format!("{twelfth}/retract"), &fields).await.expect("an answer");
    expect(&done, 303).expect("taken back");
    let eleventh = report_of(&mut police, "collected from the walk-in clinic").await;
    let part = network(&mut police, &eleventh).await;
    assert!(part.contains("5 reports from 5 agencies hang together"), "{part}");
}

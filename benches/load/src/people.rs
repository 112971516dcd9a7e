//! The people of the benchmark.

use std::{io, net::SocketAddr};

use tessera_testkit::{
    http::Client,
    visit::{Teller, expect, signed_in_as},
};

use crate::drive::Person;

/// Tells one thing after another without an account: keeps the draft, sends it, reads the receipt.
pub(crate) struct Telling {
    teller: Option<Teller>,
    address: SocketAddr,
    number: u32,
    told: u32,
}

impl Telling {
    pub(crate) const fn new(address: SocketAddr, number: u32) -> Self {
        Self { teller: None, address, number, told: 0 }
    }
}

impl Person for Telling {
    async fn act(&mut self) -> io::Result<()> {
        self.told += 1;
        let what = format!(
            "A grey car waited by the school gate in Marlbrook again, three afternoons this week. \
             The driver talked to two girls of about 14. Note {} of person {}.",
            self.told, self.number
        );
        let mut teller = match self.teller.take() {
            Some(teller) => teller.next(what),
            None => Teller::new(self.address, what),
        };
        let outcome = teller.tell().await;
        self.teller = Some(teller);
        outcome.map(|_| ())
    }
}

/// Reads the pages a hub officer reads, in turn. Every one is written to the audit log first.
pub(crate) struct Reading {
    client: Client,
    pages: Vec<String>,
    next: usize,
}

impl Reading {
    pub(crate) async fn new(address: SocketAddr, number: u32) -> io::Result<Self> {
        let mut client = signed_in_as(address, "Hub officer").await?;
        let queue = client.get("/queue").await?;
        expect(&queue, 200)?;
        let mut pages = vec!["/queue".to_owned(), "/notices".to_owned()];
        pages.extend(links(&queue.text(), "/queue/").into_iter().take(8));
        Ok(Self { client, next: number as usize, pages })
    }
}

impl Person for Reading {
    async fn act(&mut self) -> io::Result<()> {
        self.next += 1;
        let Some(page) = self.pages.get(self.next % self.pages.len()) else { return Ok(()) };
        expect(&self.client.get(page).await?, 200)
    }
}

/// The links of a page that begin with a path.
pub(crate) fn links(html: &str, path: &str) -> Vec<String> {
    let start = format!("href=\"{path}");
    let found = html.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|end| format!("{path}{end}")).collect()
}

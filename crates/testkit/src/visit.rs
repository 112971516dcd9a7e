//! People who use the site over HTTP, as their browsers would.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use crate::http::{Client, Reply};

/// Somebody without an account who tells one thing, and tries again until it is acknowledged.
#[derive(Debug)]
pub struct Teller {
    client: Client,
    what: String,
    kept: bool,
}

impl Teller {
    /// Somebody who noticed this.
    pub const fn new(address: SocketAddr, what: String) -> Self {
        Self { client: Client::new(address), what, kept: false }
    }

    /// Somebody else at the same browser: the connection stays, the cookies go.
    #[must_use]
    pub fn next(mut self, what: String) -> Self {
        self.client.forget();
        Self { client: self.client, what, kept: false }
    }

    /// Writes and sends it, and reads the receipt; the reference on it. After an error it may be
    /// called again and goes on where it was: what was kept is not written again, and what was sent
    /// is sent again.
    pub async fn tell(&mut self) -> io::Result<String> {
        if !self.kept {
            let fields = [("kind", "worried"), ("what", self.what.as_str()), ("send", "1")];
            sent_on(&self.client.post("/tell", &fields).await?, "/tell/check")?;
            self.kept = true;
        }
        sent_on(&self.client.post("/tell/send", &[]).await?, "/tell/sent")?;
        let receipt = self.client.get("/tell/sent").await?;
        expect(&receipt, 200)?;
        reference(&receipt.text()).ok_or_else(|| wrong("a receipt without a reference"))
    }
}

/// Signs in as the first of the demo's people with this role (as shown, `Hub officer`) and gives
/// their client.
pub async fn signed_in_as(address: SocketAddr, role: &str) -> io::Result<Client> {
    let mut client = Client::new(address);
    let people = client.get("/sign-in-as").await?.text();
    let row = people.split("<tr").find(|row| row.contains(role));
    let id = row
        .and_then(|row| row.split("name=\"user\"").nth(1))
        .and_then(|rest| rest.split("value=\"").nth(1).and_then(|value| value.split('"').next()));
    let id = id.ok_or_else(|| wrong(&format!("nobody is {role} in this demo")))?;
    expect(&client.post("/sign-in-as", &[("user", id)]).await?, 303)?;
    Ok(client)
}

/// An error unless the reply has this status.
pub fn expect(reply: &Reply, status: u16) -> io::Result<()> {
    if reply.status == status {
        return Ok(());
    }
    Err(wrong(&format!("{status} was expected and {} came", reply.status)))
}

/// An error unless the reply sends the browser on to this path.
fn sent_on(reply: &Reply, path: &str) -> io::Result<()> {
    expect(reply, 303)?;
    match reply.header("location") {
        Some(location) if location == path => Ok(()),
        other => Err(wrong(&format!("{path} was expected and {other:?} came"))),
    }
}

/// The first reference of a concern in a page, such as `TES-7K42-9MXR`.
fn reference(html: &str) -> Option<String> {
    let start = html.find("TES-")?;
    html.get(start..start + 13).map(str::to_owned)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what.to_owned())
}

//! A small HTTP/1.1 client that keeps its connection and its cookies, for driving the real server.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, ErrorKind},
    net::SocketAddr,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Longest body read, in bytes: more is a fault of the server under test.
const MAX_BODY: usize = 64 << 20;

/// One connection and one cookie jar: what one browser tab of one person has.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    connection: Option<Connection>,
    cookies: BTreeMap<String, String>,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Header names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// First value of a header; the name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The `value` of the first input of this name in an HTML body, as it would be sent back.
    pub fn input(&self, name: &str) -> Option<String> {
        let html = self.text();
        let tag = html
            .split("<input")
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
        let value = tag.split("value=\"").nth(1)?.split('"').next()?;
        Some(value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&"))
    }
}

impl Client {
    /// Another tab of the same browser: the same cookies, a connection of its own.
    #[must_use]
    pub fn another_tab(&self) -> Self {
        Self { address: self.address, connection: None, cookies: self.cookies.clone() }
    }

    /// A client without cookies; it connects at the first request.
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, connection: None, cookies: BTreeMap::new() }
    }

    /// A cookie's value, if the server set it.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Forgets all cookies; the connection stays.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Fetches a page.
    pub async fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.send("GET", path, None).await
    }

    /// Sends a form with one file the way a browser does.
    pub async fn post_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &str),
    ) -> io::Result<Reply> {
        let mut body = String::new();
        for (name, value) in fields {
            let _ = write!(
                body,
                "--tile\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        let (field, name, text) = file;
        let _ = write!(
            body,
            "--tile\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n{text}\r\n--tile--\r\n"
        );
        let head = "content-type: multipart/form-data; boundary=tile\r\n".to_owned();
        self.send("POST", path, Some((head, body))).await
    }

    /// Sends JSON the way a program does: what a browser keeps in the cookie of that name goes as a
    /// bearer token, and no cookie goes with it.
    pub async fn post_json(&mut self, path: &str, session: &str, body: &str) -> io::Result<Reply> {
        let bearer = self.cookie(session).map(|token| format!("authorization: Bearer {token}\r\n"));
        let kept = std::mem::take(&mut self.cookies);
        let head = format!("content-type: application/json\r\n{}", bearer.unwrap_or_default());
        let reply = self.send("POST", path, Some((head, body.to_owned()))).await;
        self.cookies = kept;
        reply
    }

    /// Sends a form the way a browser does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Reply> {
        let mut body = String::new();
        for (name, value) in fields {
            let joint = if body.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(body, "{joint}{}={}", encode(name), encode(value));
        }
        let head = "content-type: application/x-www-form-urlencoded\r\n".to_owned();
        self.send("POST", path, Some((head, body))).await
    }

    /// One request, one reply. It is sent once: whether to send it again after an error is the
    /// caller's decision, for the server may have acted on it.
    async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<(String, String)>,
    ) -> io::Result<Reply> {
        let request = self.request(method, path, body.as_ref());
        let mut connection = self.connect().await?;
        connection.get_mut().write_all(request.as_bytes()).await?;
        let reply = read_reply(&mut connection).await?;
        if reply.header("connection") != Some("close") {
            self.connection = Some(connection);
        }
        self.keep_cookies(&reply);
        Ok(reply)
    }

    async fn connect(&mut self) -> io::Result<Connection> {
        if let Some(open) = self.connection.take() {
            return Ok(open);
        }
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    fn request(&self, method: &str, path: &str, body: Option<&(String, String)>) -> String {
        let host = self.address;
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n\
             sec-fetch-site: same-origin\r\naccept: text/html\r\n"
        );
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            let _ = write!(request, "cookie: {}\r\n", pairs.join("; "));
        }
        if let Some((head, body)) = body {
            let _ = write!(request, "{head}content-length: {}\r\n", body.len());
        }
        request + "\r\n" + body.map_or("", |(_, body)| body)
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for (_, cookie) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            if value.is_empty() || cookie.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Percent-encoding as forms use it.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            other => {
                let _ = write!(encoded, "%{other:02X}");
            }
        }
    }
    encoded
}

type Connection = BufReader<TcpStream>;

async fn read_reply(connection: &mut Connection) -> io::Result<Reply> {
    let status = read_line(connection).await?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(connection).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(broken)?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut reply = Reply { status, headers, body: Vec::new() };
    reply.body = if reply.header("transfer-encoding") == Some("chunked") {
        read_chunks(connection).await?
    } else {
        let length = reply.header("content-length").map_or(Ok(0), str::parse);
        read_exactly(connection, length.map_err(|_| broken())?).await?
    };
    Ok(reply)
}

async fn read_chunks(connection: &mut Connection) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(connection).await?;
        let length = usize::from_str_radix(line.trim(), 16).map_err(|_| broken())?;
        body.extend(read_exactly(connection, length).await?);
        read_line(connection).await?;
        if length == 0 {
            return Ok(body);
        }
        if body.len() > MAX_BODY {
            return Err(broken());
        }
    }
}

async fn read_exactly(connection: &mut Connection, length: usize) -> io::Result<Vec<u8>> {
    if length > MAX_BODY {
        return Err(broken());
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    Ok(body)
}

async fn read_line(connection: &mut Connection) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line).await? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn broken() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "not an HTTP/1.1 reply")
}

//! `tessera language serve`: a language server (LSP 3.17) on standard input and output.
//!
//! An editor starts it and closes it. Texts stay in memory and go nowhere else; nothing is stored.

mod answer;
mod text;
mod wire;

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use tessera_language::{Checker, Severity};

use self::answer::Open;
use self::text::{Encoding, Text};
use super::check::Least;
use super::{Error, config};

/// Options of `tessera language serve`.
#[derive(Args)]
pub(crate) struct Options {
    /// The least severity that is reported.
    #[arg(long, value_enum, default_value_t = Least::Style)]
    min_severity: Least,
    /// Local words; `tessera-language.yaml` in the working directory is read without asking.
    #[arg(long, value_name = "YAML")]
    config: Option<PathBuf>,
    /// Editors may say that they speak through standard input and output; nothing else is spoken.
    #[arg(long, hide = true)]
    stdio: bool,
}

/// How far the conversation has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// `initialize` has not come yet.
    New,
    Open,
    /// `shutdown` has come: only `exit` may follow.
    Closing,
}

// Error codes of the protocol.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const NOT_INITIALIZED: i32 = -32002;

struct Server<'a> {
    checker: &'a Checker,
    least: Severity,
    encoding: Encoding,
    stage: Stage,
    /// The editor asks for diagnostics itself: they are not pushed as well.
    pulls: bool,
    open: HashMap<String, Open>,
}

/// Serves until the editor says `exit` or closes the pipe; returns the exit code.
pub(crate) fn run(
    options: &Options,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> Result<u8, Error> {
    let choice = config::checker(options.config.as_deref())?;
    let mut server = Server {
        checker: choice.checker(),
        least: options.min_severity.severity(),
        encoding: Encoding::Utf16,
        stage: Stage::New,
        pulls: false,
        open: HashMap::new(),
    };
    let pipe = |source| Error::Io { what: "the editor's messages".to_owned(), source };
    while let Some(message) = wire::read(input).map_err(pipe)? {
        let message = match message {
            Ok(message) => message,
            Err(problem) => {
                let error = json!({ "id": null, "error": failure(PARSE_ERROR, &problem) });
                wire::send(output, error).map_err(pipe)?;
                continue;
            }
        };
        let method = message.get("method").and_then(Value::as_str).unwrap_or("");
        let params = message.get("params").unwrap_or(&Value::Null);
        if method == "exit" {
            break;
        }
        if let Some(id) = message.get("id").filter(|_| !method.is_empty()) {
            let reply = match server.request(method, params) {
                Ok(result) => json!({ "id": id, "result": result }),
                Err(error) => json!({ "id": id, "error": error }),
            };
            wire::send(output, reply).map_err(pipe)?;
        } else if let Some(said) = server.notification(method, params) {
            wire::send(output, said).map_err(pipe)?;
        }
    }
    // The protocol: 0 after a shutdown, 1 without one.
    Ok(u8::from(server.stage != Stage::Closing))
}

fn failure(code: i32, problem: &str) -> Value {
    json!({ "code": code, "message": problem })
}

impl Server<'_> {
    fn request(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        match (self.stage, method) {
            (Stage::New, "initialize") => Ok(self.initialize(params)),
            (Stage::New, _) => Err(failure(NOT_INITIALIZED, "initialize comes first")),
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Closing;
                Ok(Value::Null)
            }
            (Stage::Closing, _) => Err(failure(INVALID_REQUEST, "shutdown was the last request")),
            (Stage::Open, "initialize") => {
                Err(failure(INVALID_REQUEST, "initialize comes only once"))
            }
            (Stage::Open, "textDocument/hover") => {
                let (_, open) = self.document(params)?;
                let byte = params.get("position").and_then(|position| open.text.offset(position));
                Ok(open.hover(byte.ok_or_else(|| failure(INVALID_PARAMS, "no position"))?))
            }
            (Stage::Open, "textDocument/codeAction") => self.actions(params),
            (Stage::Open, "textDocument/diagnostic") => {
                let (_, open) = self.document(params)?;
                Ok(json!({ "kind": "full", "items": open.diagnostics() }))
            }
            (Stage::Open, _) => Err(failure(METHOD_NOT_FOUND, "this request is not answered")),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let capabilities = params.get("capabilities").unwrap_or(&Value::Null);
        let offered = capabilities.pointer("/general/positionEncodings").unwrap_or(&Value::Null);
        self.encoding = Encoding::agreed(offered);
        self.pulls = capabilities.pointer("/textDocument/diagnostic").is_some();
        self.stage = Stage::Open;
        json!({
            "capabilities": {
                "positionEncoding": self.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": 2 },
                "hoverProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix"] },
                "diagnosticProvider": {
                    "identifier": "tessera language",
                    "interFileDependencies": false,
                    "workspaceDiagnostics": false,
                },
            },
            "serverInfo": { "name": "tessera language", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn document<'b>(&self, params: &'b Value) -> Result<(&'b str, &Open), Value> {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let open = uri.and_then(|uri| Some((uri, self.open.get(uri)?)));
        open.ok_or_else(|| failure(INVALID_PARAMS, "this document is not open"))
    }

    fn actions(&self, params: &Value) -> Result<Value, Value> {
        let (uri, open) = self.document(params)?;
        let range = params.get("range").and_then(|range| open.text.range(range));
        let range = range.ok_or_else(|| failure(INVALID_PARAMS, "no range"))?;
        let only = params.pointer("/context/only").and_then(Value::as_array);
        let wanted = only.is_none_or(|kinds| {
            kinds.iter().filter_map(Value::as_str).any(|kind| kind.is_empty() || kind == "quickfix")
        });
        Ok(if wanted { open.actions(uri, &range) } else { json!([]) })
    }

    /// Takes a notification; says what is to be sent because of it.
    fn notification(&mut self, method: &str, params: &Value) -> Option<Value> {
        if self.stage != Stage::Open {
            return None;
        }
        let document = params.get("textDocument")?;
        let uri = document.get("uri")?.as_str()?;
        let version = document.get("version").cloned().unwrap_or(Value::Null);
        match method {
            "textDocument/didOpen" => {
                let text = Text::new(document.get("text")?.as_str()?, self.encoding);
                let open = Open::new(text, version, self.checker, self.least);
                self.open.insert(uri.to_owned(), open);
            }
            "textDocument/didChange" => {
                let open = self.open.get_mut(uri)?;
                for change in params.get("contentChanges")?.as_array()? {
                    open.text.change(change)?;
                }
                open.version = version;
                open.check(self.checker, self.least);
            }
            "textDocument/didClose" => {
                self.open.remove(uri)?;
            }
            _ => return None,
        }
        self.published(uri)
    }

    /// The diagnostics of a document, none when it is closed.
    fn published(&self, uri: &str) -> Option<Value> {
        if self.pulls {
            return None;
        }
        let mut params = json!({ "uri": uri, "diagnostics": [] });
        if let (Some(open), Some(fields)) = (self.open.get(uri), params.as_object_mut()) {
            fields.insert("diagnostics".to_owned(), open.diagnostics());
            if !open.version.is_null() {
                fields.insert("version".to_owned(), open.version.clone());
            }
        }
        Some(json!({ "method": "textDocument/publishDiagnostics", "params": params }))
    }
}

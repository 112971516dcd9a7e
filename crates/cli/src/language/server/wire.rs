//! Messages of the Language Server Protocol on a pipe: a header with the length, then JSON.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// A message may take this many bytes.
const LARGEST: usize = 64 << 20;
/// A header line may take this many bytes.
const LONGEST_LINE: u64 = 4 << 10;

/// Reads the next message; `None` when the other side has closed the pipe.
///
/// An unreadable header or a message that is too large is an error: what follows could not be told
/// apart. JSON that cannot be read comes as an `Err` inside, and the next message may be fine.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Result<Value, String>>> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Some(serde_json::from_slice(&body).map_err(|error| error.to_string())))
}

fn length(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let broken = |problem: &str| io::Error::new(io::ErrorKind::InvalidData, problem.to_owned());
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return if length.is_none() { Ok(None) } else { Err(broken("the header ends early")) };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            let length = length.ok_or_else(|| broken("the header names no Content-Length"))?;
            return if length <= LARGEST { Ok(Some(length)) } else { Err(broken("too large")) };
        }
        let (name, value) =
            line.split_once(':').ok_or_else(|| broken("a header without a colon"))?;
        if name.eq_ignore_ascii_case("content-length") {
            let value =
                value.trim().parse().map_err(|_| broken("a Content-Length without a number"))?;
            length = Some(value);
        }
    }
}

/// Sends one message.
pub(super) fn send(output: &mut impl Write, mut message: Value) -> io::Result<()> {
    if let Some(fields) = message.as_object_mut() {
        fields.insert("jsonrpc".to_owned(), json!("2.0"));
    }
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_can_be_read_and_the_end_of_the_pipe_is_no_error() {
        let mut sent = Vec::new();
        send(&mut sent, json!({"method": "é"})).unwrap();
        let mut input = sent.as_slice();
        assert_eq!(read(&mut input).unwrap().unwrap().unwrap()["method"], "é");
        assert!(read(&mut input).unwrap().is_none());
    }

    #[test]
    fn a_header_without_a_length_and_a_huge_length_are_errors() {
        assert!(read(&mut b"X: 1\r\n\r\n{}".as_slice()).is_err());
        assert!(read(&mut b"Content-Length: 99999999999\r\n\r\n{}".as_slice()).is_err());
        assert!(read(&mut b"no colon\r\n\r\n".as_slice()).is_err());
        assert!(read(&mut b"Content-Length: 9\r\n\r\n{}".as_slice()).is_err());
    }

    #[test]
    fn json_that_cannot_be_read_does_not_end_the_conversation() {
        let mut input = b"Content-Length: 2\r\n\r\n{]Content-Length: 2\r\n\r\n{}".as_slice();
        assert!(read(&mut input).unwrap().unwrap().is_err());
        assert!(read(&mut input).unwrap().unwrap().is_ok());
    }
}

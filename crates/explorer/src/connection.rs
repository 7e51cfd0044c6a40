//! One connection: a request comes in, an answer goes out, and it is closed.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::answer::Answer;

/// What a page of ours may do: nothing but ask us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The most bytes that a request may have without its body. A schedule stands in its first line.
const LONGEST: usize = 1 << 20;

/// How long somebody may take to ask. Browsers open connections before they need them.
const TO_ASK: Duration = Duration::from_secs(60);

/// How long somebody may take to receive the answer, and to close.
const TO_HEAR: Duration = Duration::from_secs(5);

/// A connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was received: no body is ever kept.
    head: Vec<u8>,
    /// Where the head ends, once that has come.
    end: Option<usize>,
    until: Instant,
    answered: bool,
}

/// How a connection is, after all was read that has come.
#[derive(Debug)]
pub(crate) enum Received {
    /// More may come.
    Waiting,
    /// A request, which wants an answer.
    Request(Request),
    /// There is no such request, but it wants an answer too.
    Senseless,
    /// It is over.
    Closed,
}

/// A request, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path and the query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream,
            head: Vec::new(),
            end: None,
            until: Instant::now() + TO_ASK,
            answered: false,
        })
    }

    /// Reads what has come, without waiting.
    pub(crate) fn receive(&mut self) -> Received {
        let mut buffer = [0; 4096];
        while self.end.is_none() && self.head.len() <= LONGEST {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Received::Closed,
                // A body, or what comes after it.
                Ok(_) if self.answered => {}
                Ok(more) => self.keep(&buffer[..more]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(_) => return Received::Closed,
            }
            if Instant::now() > self.until {
                return Received::Closed;
            }
        }
        if let Some(end) = self.end.take() {
            let request = Request::parse(&self.head[..end]);
            return request.map_or(Received::Senseless, Received::Request);
        }
        if self.head.len() > LONGEST {
            return Received::Senseless;
        }
        match Instant::now() > self.until {
            true => Received::Closed,
            false => Received::Waiting,
        }
    }

    fn keep(&mut self, more: &[u8]) {
        const END: &[u8] = b"\r\n\r\n";
        // It may have begun before.
        let from = self.head.len().saturating_sub(END.len() - 1);
        self.head.extend_from_slice(more);
        let mut windows = self.head[from..].windows(END.len());
        let end = windows.position(|window| window == END);
        self.end = end.map(|end| from + end);
    }

    /// Sends the answer. What else comes is thrown away until the other side has closed: to close first would
    /// take the answer from who still sends.
    pub(crate) fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        self.answered = true;
        self.head = Vec::new();
        self.until = Instant::now() + TO_HEAR;
        self.stream.set_nonblocking(false)?;
        self.stream.set_write_timeout(Some(TO_HEAR))?;
        self.stream.write_all(text(answer).as_bytes())?;
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_nonblocking(true)
    }
}

fn text(answer: &Answer) -> String {
    let reason = match answer.status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "",
    };
    let Answer { status, kind, body } = answer;
    format!(
        "HTTP/1.1 {status} {reason}\r\n\
         Content-Type: {kind}\r\n\
         Content-Length: {}\r\n\
         Connection: close\r\n\
         Content-Security-Policy: {POLICY}\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\n\
         Cache-Control: no-store\r\n\
         \r\n\
         {body}",
        body.len()
    )
}

impl Request {
    /// Reads a first line and headers; `None` if they are none, or name a header with a colon apart, which
    /// programs read in different ways.
    fn parse(head: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !version.starts_with("HTTP/1.") {
            return None;
        }
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
            is_name.then(|| (name.to_owned(), value.trim().to_owned()))
        };
        Some(Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: lines.map(header).collect::<Option<_>>()?,
        })
    }

    /// The value of a header; `None` if there is none, or more than one.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter();
        let mut named = named
            .by_ref()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, value) = named.next()?;
        named.next().is_none().then_some(value.as_str())
    }

    /// Whether there is such a header.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut headers = self.headers.iter();
        headers.any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_and_other_texts_refused() {
        let head = b"GET /view?path=0/1 HTTP/1.1\r\nhost:  here \r\nX: 1\r\nX: 2";
        let request = Request::parse(head).expect("a request");
        assert_eq!(
            (&*request.method, &*request.target),
            ("GET", "/view?path=0/1")
        );
        assert_eq!(request.header("Host"), Some("here"));
        // Which of two would count?
        assert_eq!((request.header("x"), request.has("x")), (None, true));
        assert!(!request.has("y"));
        for none in [
            &b"GET /"[..],
            b"",
            b"GET  / HTTP/1.1",
            b"GET / HTTP/2",
            b"GET / HTTP/1.1\r\nno header",
            b"GET / HTTP/1.1\r\nHost : here",
            b"GET / HTTP/1.1\r\n folded: here",
            b"GET /\xff HTTP/1.1",
        ] {
            assert_eq!(Request::parse(none), None, "{none:?}");
        }
    }
}

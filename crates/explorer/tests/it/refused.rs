//! Who may ask, and for what.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use planwright_explorer::{ServeError, Server};

use crate::sample::Clerks;
use crate::served;

/// The head and the body of the answer to a request with these headers.
fn ask(address: &str, line: &str, headers: &[(&str, &str)]) -> (String, String) {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).expect("the server listens");
    let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {}\r\n", value.replace("HERE", host));
    }
    stream
        .write_all(format!("{request}\r\n").as_bytes())
        .expect("a request is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer comes");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    (head.to_owned(), body.to_owned())
}

/// A body that is said to be longer than any memory, one that never comes, and what is no request: each gets an
/// answer, and the next one too.
#[test]
fn whatever_is_sent_the_server_goes_on() {
    served(&Clerks::plain(), |address| {
        let here = ("Host", "HERE");
        for length in ["2000", "99999999999", "18446744073709551615", "-1", "x"] {
            let body = [here, ("Content-Length", length)];
            let (head, _) = ask(address, "POST /view?path=0", &body);
            assert_eq!(status(&head), "405", "{length}");
            let (head, _) = ask(address, "GET /view?path=0", &body);
            assert_eq!(status(&head), "200", "{length}");
        }
        let chunked = [
            here,
            ("Transfer-Encoding", "chunked"),
            ("Expect", "100-continue"),
        ];
        assert_eq!(status(&ask(address, "GET /", &chunked).0), "200");
        assert_eq!(status(&ask(address, "GET  /", &[here]).0), "400");
        let twice = [here, ("Host", "attacker.example")];
        assert_eq!(status(&ask(address, "GET /", &twice).0), "403");
        let long = "x".repeat(2 << 20);
        assert_eq!(
            status(&ask(address, "GET /", &[here, ("X", &long)]).0),
            "400"
        );

        // Whoever asks nothing keeps nobody waiting, however many do.
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let silent = || TcpStream::connect(host).expect("the server listens");
        let silent: Vec<_> = (0..100).map(|_| silent()).collect();
        assert_eq!(status(&ask(address, "GET /", &[here]).0), "200");
        drop(silent);
    });
}

/// A line, headers, and the status that they get.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

fn status(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn only_this_machine_and_this_page_are_answered() {
    served(&Clerks::plain(), |address| {
        let here = ("Host", "HERE");
        let port = address
            .rsplit(':')
            .next()
            .expect("a port")
            .trim_end_matches('/');
        let by_name = format!("localhost:{port}");
        let cases: &[Case<'_>] = &[
            ("GET /", &[here], "200"),
            ("GET /view?path=0", &[here], "200"),
            ("GET /view?path=0", &[("Host", &by_name)], "200"),
            (
                "GET /view?path=0",
                &[here, ("Sec-Fetch-Site", "same-origin")],
                "200",
            ),
            // Another name that leads here, or none.
            ("GET /view?path=0", &[("Host", "attacker.example")], "403"),
            ("GET /", &[("Host", "attacker.example:80")], "403"),
            ("GET /view?path=0", &[("Host", "127.0.0.1")], "403"),
            ("GET /view?path=0", &[], "403"),
            // Another page; but a link may lead here.
            (
                "GET /view?path=0",
                &[here, ("Sec-Fetch-Site", "cross-site")],
                "403",
            ),
            ("GET /", &[here, ("Sec-Fetch-Site", "cross-site")], "200"),
            ("POST /view?path=0", &[here], "405"),
            ("GET /etc/passwd", &[here], "404"),
            ("GET /view?path=0/9", &[here], "400"),
            ("GET /nearest?path=0&property=none", &[here], "400"),
            (
                "GET /nearest?path=0&property=the+sum+gets+to+4",
                &[here],
                "400",
            ),
        ];
        for (line, headers, expected) in cases {
            let (head, _) = ask(address, line, headers);
            assert_eq!(status(&head), *expected, "{line} {headers:?}: {head}");
            assert!(
                head.contains("Content-Security-Policy: default-src 'none'"),
                "{head}"
            );
        }
        let (_, body) = ask(address, "GET /view?path=0/9", &[here]);
        assert!(
            body.contains("there is no action 9") || body.contains('9'),
            "{body}"
        );
    });
}

#[test]
fn the_nearest_violation_is_found_or_known_not_to_be_there() {
    served(&Clerks::plain(), |address| {
        let nearest = |query: &str| {
            let line = format!("GET /nearest?{query}");
            ask(address, &line, &[("Host", "HERE")]).1
        };
        assert_eq!(
            nearest("path=0&property=the+sum+stays+small"),
            r#"{"path":"0/0/1"}"#
        );
        assert_eq!(
            nearest("path=0/0&property=the%20sum%20stays%20small"),
            r#"{"path":"0/0/1"}"#
        );
        assert_eq!(
            nearest("path=0&property=one+at+a+time"),
            r#"{"path":"0/1"}"#
        );
        assert_eq!(
            nearest("path=0/0/0/0&property=the+sum+gets+to+2"),
            r#"{"none":2}"#
        );
    });
}

#[test]
fn a_port_that_is_taken_is_named() {
    let first = Server::bind(0).expect("a port is free");
    let port = first.address().port();
    let error = Server::bind(port).expect_err("it is taken");
    assert!(matches!(&error, ServeError::Port { port: named, .. } if *named == port));
    assert!(error.to_string().contains("choose another"), "{error}");
}

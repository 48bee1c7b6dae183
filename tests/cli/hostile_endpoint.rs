//! Answers of a hostile endpoint: each is told within the time of the query and a second more,
//! under a gigabyte.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::measured::{each, ends_in_time, measure};

/// What each query may take.
const TIMEOUT: Duration = Duration::from_secs(1);

/// How an answer goes on after its first bytes.
#[derive(Debug, Clone)]
enum Then {
    /// It ends.
    Close,
    /// Nothing more comes.
    Wait,
    /// These bytes, again and again.
    Repeat(Vec<u8>),
    /// The same, a byte at a time and slowly.
    Drip(Vec<u8>),
}

/// A server that answers everything so.
fn answering(first: Vec<u8>, then: Then) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/query", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (first, then) = (first.clone(), then.clone());
            thread::spawn(move || drop(answer(stream.unwrap(), &first, then)));
        }
    });
    url
}

fn answer(mut stream: TcpStream, first: &[u8], then: Then) -> std::io::Result<()> {
    if stream.read(&mut [0; 1 << 16])? == 0 {
        return Ok(());
    }
    stream.write_all(first)?;
    match then {
        Then::Close => Ok(()),
        // Until the other side has gone away.
        Then::Wait => stream.read_to_end(&mut Vec::new()).map(drop),
        Then::Repeat(bytes) => {
            let many = bytes.repeat((1 << 16) / bytes.len() + 1);
            loop {
                stream.write_all(&many)?;
            }
        }
        Then::Drip(bytes) => {
            for byte in bytes.iter().cycle() {
                stream.write_all(&[*byte])?;
                thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
    }
}

const JSON: &str = "Content-Type: application/sparql-results+json";
const TRIPLES: &str = "Content-Type: application/n-triples";
const TURTLE: &str = "Content-Type: text/turtle";
const ENTITIES: &str = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaa\">\
                        <!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><rdf>&b;</rdf>";

type Attack = (&'static str, Vec<u8>, Then);

/// Heads that promise what was not asked for, or send elsewhere.
fn heads() -> Vec<Attack> {
    let mut attacks: Vec<Attack> = Vec::new();
    for media in [
        "application/rdf+xml",
        "application/sparql-results+xml",
        "text/html",
        "text/plain",
        "application/octet-stream",
        "application/json",
        "application/xml",
        "application/trig",
        "",
    ] {
        let page = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{ENTITIES}");
        attacks.push(("media type", page.into(), Then::Close));
    }
    for (status, place) in [
        ("301 Moved", "http://169.254.169.254/latest/"),
        ("302 Found", "https://example.org/"),
        ("303 See", "file:///etc/passwd"),
        ("307 Moved", "/query"),
        ("308 Moved", "\u{1b}]52;c;eA==\u{7}"),
    ] {
        let page = format!("HTTP/1.1 {status}\r\nLocation: {place}\r\n\r\n");
        attacks.push(("redirect", page.into(), Then::Close));
    }
    for head in [
        "HTTP/1.1 302 Found\r\n\r\n",
        "HTTP/1.1 204 Nothing\r\n\r\n",
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\n\r\n",
        "HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n\u{1b}[2Jgone",
        "HTTP/1.1 999 No\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "\u{16}\u{3}\u{1}\0\0",
        "200 OK\r\n\r\n{}",
        "",
    ] {
        attacks.push(("head", head.into(), Then::Close));
    }
    let lengths = ["99999999999999999999999999", "-1", "nine", "1000000\r\nContent-Length: 1"];
    for length in lengths {
        let page = format!("HTTP/1.1 200 OK\r\n{JSON}\r\nContent-Length: {length}\r\n\r\n{{}}");
        attacks.push(("length", page.into(), Then::Close));
    }
    attacks
}

/// Bodies that are none, or that a parser could choke on.
fn bodies() -> Vec<Attack> {
    let page = |head: &str, body: &str| format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}").into();
    let rows = |row: &str| {
        format!("{{\"head\":{{\"vars\":[\"x\"]}},\"results\":{{\"bindings\":[{row}]}}}}")
    };
    let mut attacks: Vec<Attack> = Vec::new();
    for body in [
        "[".repeat(1 << 20),
        "{\"a\":".repeat(1 << 18),
        "{\"boolean\":".to_owned(),
        "{\"boolean\":\"\u{0}".to_owned(),
        rows("{\"x\":{\"type\":\"uri\",\"value\":\"no iri\"}}"),
        rows("{\"x\":7}"),
        rows("{\"y\":{\"type\":\"literal\",\"value\":\"v\"}}"),
        rows(&"{\"x\":{\"type\":\"triple\",\"value\":{\"subject\":".repeat(100_000)),
        "{\"results\":{\"bindings\":[[[".to_owned(),
    ] {
        attacks.push(("JSON", page(JSON, &body), Then::Close));
    }
    attacks.push(("triples", page(TRIPLES, "<a> <b"), Then::Close));
    attacks.push(("triples", page(TRIPLES, &"<<( ".repeat(200_000)), Then::Close));
    attacks.push((
        "Turtle",
        page(TURTLE, &format!("<x:a> <x:b> {}", "(".repeat(1 << 20))),
        Then::Close,
    ));
    attacks.push((
        "chunks",
        page(&format!("{JSON}\r\nTransfer-Encoding: chunked"), "ffffffffffffffffff\r\n{}"),
        Then::Close,
    ));
    attacks.push((
        "packed",
        page(&format!("{JSON}\r\nContent-Encoding: gzip"), "\u{1f}\u{8b}\u{8}"),
        Then::Close,
    ));
    attacks
}

/// Answers that never end, or never come.
fn endless() -> Vec<Attack> {
    let head = |media: &str| format!("HTTP/1.1 200 OK\r\n{media}\r\n\r\n");
    let rows = head(JSON) + "{\"head\":{\"vars\":[\"x\"]},\"results\":{\"bindings\":[";
    let row = b"{\"x\":{\"type\":\"literal\",\"value\":\"v\"}},".to_vec();
    vec![
        ("silence", Vec::new(), Then::Wait),
        ("half a head", b"HTTP/1.1 200 OK\r\nX: ".to_vec(), Then::Wait),
        ("endless head", b"HTTP/1.1 200 OK\r\n".to_vec(), Then::Repeat(b"X: y\r\n".to_vec())),
        ("endless rows", rows.clone().into(), Then::Repeat(row)),
        ("endless string", (rows + "{\"x\":\"").into(), Then::Repeat(b"a".to_vec())),
        ("endless triples", head(TRIPLES).into(), Then::Repeat(b"<x:a> <x:b> <x:c> .\n".to_vec())),
        ("slow", (head(JSON) + "{").into(), Then::Drip(b" ".to_vec())),
    ]
}

#[test]
fn every_hostile_answer_is_told_in_time() {
    let attacks = [heads(), bodies(), endless()].concat();
    assert_eq!(attacks.len(), 48);
    let timeout = TIMEOUT.as_secs().to_string();
    each(&attacks, 4, |(what, first, then)| {
        let query =
            if what.contains("riples") { "CONSTRUCT WHERE { ?s ?p ?o }" } else { "SELECT ?x {}" };
        ends_in_time(what, TIMEOUT, || {
            let url = answering(first.clone(), then.clone());
            let arguments = ["query", "-", "--timeout", &timeout, "--endpoint", &url];
            let measured = measure(&arguments, query);
            assert_eq!(measured.run.code, 2, "{what}: {}", measured.run.stdout);
            assert!(!measured.run.stderr.contains('\u{1b}'), "{what}: {:?}", measured.run.stderr);
            measured
        });
    });
}

//! Asking a SPARQL endpoint, which here is a small server on the loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use assert_cmd::Command;
use demarche::rdf::{Answer, Naming, RdfFormat, ResultFormat, Store, quads, write};

use crate::{Run, demarche, files, fixture, on_graph, run};

/// URL of a server that holds the fixture as one would load it: exported N-Triples.
fn server() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| {
        let (corpus, ontology, naming) =
            (fixture::corpus(), fixture::ontology(), Naming::default());
        let file = files(&[]);
        let path = file.path().join("graph.nt");
        let out = std::fs::File::create(&path).unwrap();
        write(quads(&corpus, &ontology, &naming), &naming, RdfFormat::NTriples, out).unwrap();
        let store = Store::load_file(&path, naming).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/query", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let store = store.clone();
                thread::spawn(move || answer(stream.unwrap(), &store));
            }
        });
        url
    })
}

/// Reads one POST and answers it with JSON rows, or N-Triples.
fn answer(mut stream: TcpStream, store: &Store) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut length, mut sparql, mut line) = (0, false, String::new());
    let post = reader.read_line(&mut line).is_ok() && line.starts_with("POST /query ");
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let header = line.trim().to_ascii_lowercase();
        match header.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            Some(("content-type", value)) => sparql = value == "application/sparql-query",
            _ if header.is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let query = String::from_utf8(body).unwrap();
    let answered = store.query(&query, Duration::from_secs(20));
    let (status, media, body) = match answered {
        _ if !post || !sparql => ("400 Bad Request", "text/plain", b"POST a query".to_vec()),
        Ok(answer) => {
            let (media, format) = match answer {
                Answer::Triples(_) => ("application/n-triples", "nt"),
                _ => ("application/sparql-results+json", "json"),
            };
            let mut body = Vec::new();
            let format = ResultFormat::from_name(format).unwrap();
            answer.write(format, &Naming::default(), &mut body).unwrap();
            ("200 OK", media, body)
        }
        Err(error) => ("400 Bad Request", "text/plain", error.to_string().into_bytes()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).unwrap();
}

/// The program, without a proxy and in a place without a graph.
fn remote(arguments: &[&str]) -> Command {
    let mut command = demarche();
    for proxy in
        ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY"]
    {
        command.env_remove(proxy);
    }
    command.args(arguments).args(["--graph", "/nowhere"]);
    command
}

#[test]
fn a_query_gives_what_the_folder_gives() {
    for query in [
        "SELECT ?who ?what { ?who dm:rejected ?what } ORDER BY ?who ?what",
        "ASK { actor:vladimir-putin dm:rejected ?what }",
        "DESCRIBE actor:kremlin",
    ] {
        let here = run(&mut on_graph(&["query", "-e", query]));
        let there = run(&mut remote(&["query", "-e", query, "--endpoint", server()]));
        there.ended(0, &[]);
        assert_eq!(here.stdout, there.stdout, "{query}");
    }
}

/// Labels and claims of the answers.
fn answers(run: &Run) -> Vec<(String, serde_json::Value)> {
    let page: serde_json::Value = serde_json::from_str(&run.ended(0, &[]).stdout).unwrap();
    let answers = page["answers"].as_array().unwrap();
    answers.iter().map(|it| (it["label"].to_string(), it["claims"].clone())).collect()
}

#[test]
fn a_question_gives_what_the_folder_gives() {
    for question in [
        "Who proposed the energy truce?",
        "What did Putin reject?",
        "Did Zelenskyy accept the full ceasefire?",
        "Who demanded that Ukraine halt mobilisation?",
        "How are Macron and Putin connected?",
    ] {
        let here = run(&mut on_graph(&["ask", "--json", question]));
        let there = run(&mut remote(&["ask", "--json", question, "--endpoint", server()]));
        assert_eq!(answers(&here), answers(&there), "{question}");
    }
    let nothing = ["ask", "Who proposed a moon landing?", "--endpoint", server()];
    run(&mut remote(&nothing)).ended(1, &["nothing found"]);
}

#[test]
fn the_sparql_of_a_question_finds_the_claims_of_its_answer() {
    let question = "Who proposed the energy truce?";
    let sparql = run(&mut on_graph(&["ask", "--sparql", question]));
    sparql.ended(0, &[]).shows(&["SELECT", "act:propose"]);
    let rows =
        run(on_graph(&["query", "-", "--format", "csv"]).write_stdin(sparql.stdout.as_str()));
    rows.ended(0, &[])
        .shows(&["Trump proposed the energy truce", "Putin proposed the energy truce"]);
}

#[test]
fn what_is_wrong_with_an_endpoint_is_told() {
    let query =
        |url: &str, query: &str| run(&mut remote(&["query", "-e", query, "--endpoint", url]));
    query("localhost:7878", "ASK {}").ended(2, &["http://localhost:7878/query"]);
    query("https://example.org/sparql", "ASK {}").ended(2, &["https is not spoken"]);
    query("http://127.0.0.1:1/query", "ASK {}").ended(2, &["http://127.0.0.1:1/query"]);
    query(&server().replace("/query", "/"), "ASK {}").ended(2, &["status 400", "POST a query"]);
    query(server(), "SELECT ?x { ?x").ended(2, &["syntax error"]);
}

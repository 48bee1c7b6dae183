//! `mcp`, spoken to as a client does: a line of JSON a message, or a request over HTTP.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use demarche::graph::folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::{self, Reply};
use crate::{demarche, files, graph, on_graph, run};

/// How a client begins.
fn greeting() -> Value {
    json!({
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": { "name": "test", "version": "1" },
    })
}

/// The server and its pipes.
struct Server {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    last: u64,
}

impl Server {
    /// Started, and greeted as the protocol asks.
    fn start() -> Self {
        Self::of(graph(), &[])
    }

    /// That of a graph, with other arguments besides.
    fn of(graph: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
            .args(["mcp", "--graph"])
            .arg(graph)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = process.stdin.take();
        let from = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self { process, to, from, last: 0 };
        let greeting = server.call("initialize", greeting());
        assert_eq!(greeting["result"]["serverInfo"]["name"], "demarche");
        server.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        server
    }

    fn send(&mut self, message: &Value) {
        let to = self.to.as_mut().unwrap();
        writeln!(to, "{message}").unwrap();
        to.flush().unwrap();
    }

    /// What a request is answered with.
    fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// What a tool gives, which must be no error.
    fn tool(&mut self, name: &str, arguments: Value) -> Value {
        let answer = self.call("tools/call", json!({ "name": name, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        serde_json::from_str(answer["result"]["content"][0]["text"].as_str().unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.to.take());
        let _ = self.process.wait();
    }
}

#[test]
fn tools_answer_with_quotes_and_ids() {
    let mut server = Server::start();
    let listed = server.call("tools/list", json!({}));
    let names: Vec<&str> = listed["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["ask", "query", "show", "claims", "evidence", "disputes", "stances"]);
    let answer = server.tool("ask", json!({ "question": "Who proposed the energy truce?" }));
    let quote = &answer["answers"][0]["evidence"][0];
    let own = server.tool("evidence", json!({ "claims": [quote["claim"]] }));
    assert_eq!(own["claims"][0]["quote"], quote["quote"], "{own}");
    let claims = server.tool("claims", json!({ "actor": "Kremlin", "limit": 1 }));
    assert!(claims["next_offset"] == 1 && claims["claims"][0]["claim"].is_string());
    let id = claims["claims"][0]["claim"].clone();
    let evidence = server.tool("evidence", json!({ "claims": [id] }));
    assert!(evidence["claims"][0]["before"].is_string());
    let rows = server.tool("query", json!({ "sparql": "ASK { ?claim dm:act act:reject }" }));
    assert_eq!(rows["answer"], true);
}

#[test]
fn what_is_wrong_is_told_to_the_model_and_ends_nothing() {
    let mut server = Server::start();
    let wrong = |server: &mut Server, name: &str, arguments: Value| {
        let answer = server.call("tools/call", json!({ "name": name, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    };
    assert!(wrong(&mut server, "show", json!({ "name": "Puttin" })).contains("Vladimir Putin"));
    assert!(wrong(&mut server, "ask", json!({})).contains("question is missing"));
    assert!(wrong(&mut server, "query", json!({ "sparql": "SELEKT" })).contains("line 1"));
    let none = server.call("tools/call", json!({ "name": "delete", "arguments": {} }));
    assert!(none["error"]["message"].as_str().unwrap().contains("stances"), "{none}");
    assert_eq!(server.tool("show", json!({ "name": "Putin" }))["kind"], "actor");
}

#[test]
fn resources_are_listed_and_read() {
    let mut server = Server::start();
    let listed = server.call("resources/list", json!({}));
    let uris: Vec<String> = listed["result"]["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["uri"].as_str().unwrap().to_owned())
        .collect();
    for uri in ["demarche://vocabulary", "demarche://ontology/core.ttl", "demarche://document/001"]
    {
        assert!(uris.iter().any(|it| it == uri), "{uri}: {uris:?}");
        let read = server.call("resources/read", json!({ "uri": uri }));
        assert!(read["result"]["contents"][0]["text"].as_str().unwrap().len() > 100);
    }
    let part = json!({ "uri": "demarche://document/001?start=0&end=14" });
    let read = server.call("resources/read", part);
    assert_eq!(read["result"]["contents"][0]["text"], "Vladimir Putin");
    let none = server.call("resources/read", json!({ "uri": "demarche://document/none" }));
    assert!(none["error"]["message"].as_str().unwrap().contains("none"), "{none}");
}

/// A folder of texts with the graph of them, made with an act of its own.
fn built() -> TempDir {
    let terms = b"@prefix dm: <https://w3id.org/demarche/ontology#> .\n\
        @prefix act: <https://w3id.org/demarche/ontology/act#> .\n\
        @prefix tr: <https://w3id.org/demarche/ontology/trigger#> .\n\
        @prefix frame: <https://w3id.org/demarche/ontology/frame#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        tr:stonewall.v a dm:VerbTrigger ; dm:act act:reject ; dm:frame frame:object ;\n\
        rdfs:label \"stonewall\" .";
    let long = "Norland stonewalled the offer. ".repeat(1_000);
    let place = files(&[("a.txt", long.as_bytes()), ("terms.ttl", terms)]);
    let at = |name: &str| place.path().join(name);
    let mut build = demarche();
    build.arg("build").arg(at("a.txt")).arg("-o").arg(at("graph"));
    run(build.arg("--ontology").arg(at("terms.ttl"))).ended(0, &[]);
    place
}

#[test]
fn long_resources_come_in_parts_and_the_ontology_is_that_of_the_graph() {
    let place = built();
    let mut server = Server::of(&place.path().join("graph"), &[]);
    let mut read = |uri: &str| {
        let read = server.call("resources/read", json!({ "uri": uri }));
        let contents = read["result"]["contents"].as_array().unwrap_or_else(|| panic!("{read}"));
        let next = contents.get(1).map(|it| it["uri"].as_str().unwrap().to_owned());
        (contents[0]["text"].as_str().unwrap().to_owned(), next)
    };
    let (mut whole, mut next) = (String::new(), Some("demarche://document/a".to_owned()));
    while let Some(uri) = next {
        let (part, rest) = read(&uri);
        assert!(part.chars().count() <= 24_000);
        (whole, next) = (whole + &part, rest);
    }
    assert_eq!(whole.trim_end(), "Norland stonewalled the offer. ".repeat(1_000).trim_end());
    assert!(read("demarche://ontology/1/terms.ttl").0.contains("stonewall"));
    assert!(read("demarche://ontology/acts.ttl").1.is_some());
}

#[test]
fn a_text_is_added_only_where_that_is_allowed() {
    let place = built();
    let (graph, texts) = (place.path().join("graph"), place.path().join("added"));
    let text = json!({
        "id": "may", "text": "Sudria stonewalled the truce.", "title": "A \"quote\"",
        "date": "2025-05-01",
    });
    let mut closed = Server::of(&graph, &[]);
    let refused = closed.call("tools/call", json!({ "name": "add", "arguments": text.clone() }));
    assert!(refused["error"]["message"].as_str().unwrap().contains("no tool"), "{refused}");
    let mut open = Server::of(&graph, &["--allow-adding", texts.to_str().unwrap()]);
    let listed = open.call("tools/list", json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap();
    let changes = |it: &&Value| it["annotations"]["readOnlyHint"] == false;
    let changing: Vec<&Value> = tools.iter().filter(changes).map(|it| &it["name"]).collect();
    assert_eq!(changing, ["add"]);
    let added = open.tool("add", text.clone());
    assert_eq!((&added["document"], &added["documents"]), (&json!("may"), &json!(2)));
    assert_eq!(added["claims"][0]["quote"], "Sudria stonewalled the truce");
    assert_eq!(open.tool("claims", json!({ "actor": "Sudria" }))["total"], 1);
    let shown = open.tool("show", json!({ "name": "document/may" }));
    assert_eq!(shown["thing"]["title"], "A \"quote\"");
    // Twice, and with a name that leads elsewhere.
    for wrong in [text, json!({ "id": "../x", "text": "He agreed." })] {
        let refused = open.call("tools/call", json!({ "name": "add", "arguments": wrong }));
        assert_eq!(refused["result"]["isError"], true, "{refused}");
    }
    // What cannot be added leaves nothing behind: another build has the folder.
    let held = folder::Folder::lock(&graph).unwrap();
    let busy = json!({ "name": "add", "arguments": { "id": "june", "text": "He agreed." } });
    let refused = open.call("tools/call", busy.clone());
    let words = refused["result"]["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("another build is writing"), "{words}");
    let names: Vec<_> = fs::read_dir(&texts).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["may.jsonl"]);
    drop(held);
    assert_eq!(open.call("tools/call", busy)["result"]["isError"], false);
    // It is remembered as any other text.
    run(demarche().args(["update", "--graph"]).arg(&graph))
        .ended(0, &["3 documents as read before"]);
}

#[test]
fn a_folder_without_graph_is_told_before_anything_is_read() {
    let empty = files(&[]);
    run(demarche().args(["mcp", "--graph"]).arg(empty.path())).ended(2, &["demarche build"]);
}

/// The server over HTTP, ended when it is dropped.
struct Heard {
    process: Child,
    port: u16,
}

/// What a client sends with every message.
const HEADERS: [(&str, &str); 3] = [
    ("Content-Type", "application/json"),
    ("Accept", "application/json, text/event-stream"),
    ("MCP-Protocol-Version", "2025-06-18"),
];

impl Heard {
    fn start() -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("demarche"));
        let (process, port) =
            http::started(command.args(["mcp", "--http", "0", "--graph"]).arg(graph()));
        Self { process, port }
    }

    /// What a message is answered with, sent with these headers besides.
    fn sent(&self, message: &Value, more: &[(&str, &str)]) -> Reply {
        let headers = [&HEADERS[..], more].concat();
        http::send(self.port, "POST", "/mcp", &headers, message.to_string().as_bytes())
    }

    fn call(&self, method: &str, params: Value) -> Value {
        let message = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let reply = self.sent(&message, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")));
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(answer["id"], 7, "{answer}");
        answer
    }
}

impl Drop for Heard {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn over_http_it_is_the_same_server() {
    let (heard, mut spoken_to) = (Heard::start(), Server::start());
    let greeted = heard.call("initialize", greeting());
    assert_eq!(greeted["result"]["serverInfo"]["name"], "demarche");
    assert_eq!(greeted["result"]["protocolVersion"], "2025-06-18");
    let noted = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(heard.sent(&noted, &[]).status, 202);
    for (method, params) in [
        ("tools/list", json!({})),
        ("tools/call", json!({ "name": "claims", "arguments": { "act": "reject", "limit": 3 } })),
        ("tools/call", json!({ "name": "show", "arguments": { "name": "Puttin" } })),
        ("resources/list", json!({})),
        ("resources/read", json!({ "uri": "demarche://document/001?start=0&end=14" })),
    ] {
        let (one, other) = (heard.call(method, params.clone()), spoken_to.call(method, params));
        assert_eq!(one["result"], other["result"], "{method}");
        assert!(one["result"].is_object(), "{one}");
    }
}

#[test]
fn over_http_no_other_site_is_answered() {
    let heard = Heard::start();
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {} });
    let port = heard.port;
    for ours in ["localhost".to_owned(), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(heard.sent(&list, &[("Host", &ours)]).status, 200, "{ours}");
        let origin = format!("http://{}:{port}", ours.trim_end_matches(&format!(":{port}")));
        assert_eq!(heard.sent(&list, &[("Origin", &origin)]).status, 200, "{origin}");
    }
    for other in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.7"]
    {
        let refused = heard.sent(&list, &[("Host", other)]);
        assert_eq!((refused.status, refused.body.contains("tools")), (403, false), "{other}");
    }
    for other in
        ["http://evil.example", "http://localhost:1", "https://127.0.0.1", "null", "file://"]
    {
        let refused = heard.sent(&list, &[("Origin", other)]);
        assert_eq!((refused.status, refused.body.contains("tools")), (403, false), "{other}");
    }
}

#[test]
fn over_http_what_is_no_message_is_refused_and_ends_nothing() {
    let heard = Heard::start();
    let sent = |method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]| {
        http::send(heard.port, method, path, headers, body).status
    };
    assert_eq!(sent("POST", "/", &HEADERS, b"{}"), 404);
    assert_eq!(sent("GET", "/mcp", &HEADERS, b""), 405);
    assert_eq!(sent("DELETE", "/mcp", &HEADERS, b""), 405);
    assert_eq!(sent("OPTIONS", "/mcp", &HEADERS, b""), 405);
    assert_eq!(sent("POST", "/mcp", &HEADERS, b"no JSON"), 415);
    // What a form of another site could send without asking first.
    assert_eq!(sent("POST", "/mcp", &[("Content-Type", "text/plain")], b"{}"), 406);
    assert_eq!(sent("POST", "/mcp", &[("Content-Type", "text/plain"), HEADERS[1]], b"{}"), 415);
    let large = vec![b' '; (1 << 20) + 1];
    assert_eq!(sent("POST", "/mcp", &HEADERS, &large), 413);
    let cut = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{";
    drop(std::net::TcpStream::connect(("127.0.0.1", heard.port)).unwrap().write_all(cut));
    let lost = heard.call("tools/call", json!({ "name": "delete", "arguments": {} }));
    assert!(lost["error"]["message"].as_str().unwrap().contains("stances"), "{lost}");
}

#[test]
fn it_is_heard_on_this_machine_alone() {
    for (address, says) in [
        ("0.0.0.0:8001", "others could reach it"),
        ("[::]:0", "others could reach it"),
        ("192.168.1.2:8001", "others could reach it"),
        ("example.org:80", "127.0.0.1:8001"),
        ("99999", "127.0.0.1:8001"),
    ] {
        run(&mut on_graph(&["mcp", "--http", address])).ended(2, &[says]);
    }
    let empty = files(&[]);
    run(demarche().args(["mcp", "--http", "0", "--graph"]).arg(empty.path()))
        .ended(2, &["demarche build"]);
}

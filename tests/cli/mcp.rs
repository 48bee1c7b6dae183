//! `mcp`, spoken to as a client does: a line of JSON a message.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::{files, graph, run};

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
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
            .args(["mcp", "--graph"])
            .arg(graph())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = process.stdin.take();
        let from = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self { process, to, from, last: 0 };
        let greeting = server.call(
            "initialize",
            json!({
                "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "test", "version": "1" },
            }),
        );
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
    assert!(!answer["answers"][0]["evidence"][0]["quote"].as_str().unwrap().is_empty());
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

#[test]
fn a_folder_without_graph_is_told_before_anything_is_read() {
    let empty = files(&[]);
    run(crate::demarche().args(["mcp", "--graph"]).arg(empty.path())).ended(2, &["demarche build"]);
}

//! The server from outside, asked by a plain client over TCP: what it answers, and what it does
//! not let others do to it.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::{self, Reply};
use crate::{demarche, files, graph, on_graph, run};

/// A server on the fixture, ended when it is dropped.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::on(graph(), arguments)
    }

    fn on(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("demarche"));
        command.args(["serve", "--port", "0"]).args(arguments).arg("--graph").arg(folder);
        let (child, port) = http::started(&mut command);
        let server = Self { child, port };
        // The workers load the graph first.
        for _ in 0..200 {
            if server.get("/query?query=ASK%20%7B%7D", &[]).status == 200 {
                return server;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not come up");
    }

    /// Sends bytes as they are and reads all that comes back.
    fn raw(&self, bytes: &[u8]) -> Reply {
        http::raw(self.port, bytes)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        http::send(self.port, method, path, headers, body)
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", path, headers, b"")
    }

    fn json(&self, path: &str) -> Value {
        let reply = self.get(path, &[]);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        serde_json::from_str(&reply.body).unwrap()
    }

    fn query(&self, query: &str) -> Reply {
        self.send(
            "POST",
            "/query",
            &[("Content-Type", "application/sparql-query")],
            query.as_bytes(),
        )
    }

    /// Still there, and quick?
    #[track_caller]
    fn is_well(&self) {
        let began = Instant::now();
        assert_eq!(self.get("/api/overview", &[]).status, 200);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server as most tests need it. Each has its own, which ends with it.
fn server() -> Server {
    Server::start(&["--cors", "*", "--workers", "1"])
}

const REJECTED: &str = "SELECT ?who { ?who dm:rejected ?what }";

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_query_is_answered_in_all_three_forms() {
    let server = server();
    let form = format!("query={}", escaped(REJECTED));
    let media = "application/x-www-form-urlencoded; charset=utf-8";
    let answers = [
        server.get(&format!("/query?query={}", escaped(REJECTED)), &[]),
        server.send("POST", "/query", &[("Content-Type", media)], form.as_bytes()),
        server.query(REJECTED),
        server.send(
            "POST",
            "/sparql",
            &[("Content-Type", "application/sparql-query")],
            REJECTED.as_bytes(),
        ),
    ];
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/sparql-results+json"));
        assert_eq!(answer.body, answers[0].body);
        assert!(answer.body.contains("actor/vladimir-putin"));
    }
}

#[test]
fn the_format_is_what_the_client_likes_best() {
    let server = server();
    let ask = |query: &str, accept: &str| {
        let reply = server.get(&format!("/query?query={}", escaped(query)), &[("Accept", accept)]);
        (reply.status, reply.header("content-type").unwrap_or_default().to_owned())
    };
    let describe = "DESCRIBE actor:kremlin";
    for (query, accept, media) in [
        (REJECTED, "text/csv", "text/csv; charset=utf-8"),
        (
            REJECTED,
            "application/sparql-results+xml;q=0.4, text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
        ),
        (REJECTED, "text/html, */*;q=0.1", "application/sparql-results+json"),
        (describe, "*/*", "text/turtle; charset=utf-8"),
        (describe, "application/rdf+xml", "application/rdf+xml"),
        (describe, "application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        (
            describe,
            "application/sparql-results+json, application/n-triples;q=0.9",
            "application/n-triples",
        ),
    ] {
        assert_eq!(ask(query, accept), (200, media.to_owned()), "{query} {accept}");
    }
    assert_eq!(ask(REJECTED, "image/png").0, 406);
    assert_eq!(ask(describe, "text/csv").0, 406);
}

#[test]
fn graphs_can_be_chosen_by_the_protocol() {
    let server = server();
    let proposals = escaped("SELECT ?c { ?c dm:act act:propose }");
    let rows = |parameters: &str| {
        let reply =
            server.get(&format!("/query?query={proposals}{parameters}"), &[("Accept", "text/csv")]);
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body.lines().count() - 1
    };
    let graph = escaped("https://w3id.org/demarche/id/graph/002");
    let (all, one) = (rows(""), rows(&format!("&default-graph-uri={graph}")));
    assert!(one > 0 && one < all, "{one} of {all}");
    assert_eq!(rows(&format!("&named-graph-uri={graph}")), 0);
    assert_eq!(
        server.get(&format!("/query?query={proposals}&default-graph-uri=nonsense"), &[]).status,
        400
    );
}

#[test]
fn nothing_can_be_changed() {
    let server = server();
    let update = "INSERT DATA { <x:a> <x:b> 1 }";
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let escaped = escaped(update);
    for reply in [
        server.send(
            "POST",
            "/query",
            &[("Content-Type", "application/sparql-update")],
            update.as_bytes(),
        ),
        server.send("POST", "/query", &[form], format!("update={escaped}").as_bytes()),
        server.query(update),
        server.get(&format!("/query?query={escaped}"), &[]),
        server.send(
            "PUT",
            "/store?default",
            &[("Content-Type", "text/turtle")],
            b"<x:a> <x:b> 1 .",
        ),
        server.send("DELETE", "/store?default", &[], b""),
        server.send("POST", "/store", &[("Content-Type", "text/turtle")], b"<x:a> <x:b> 1 ."),
    ] {
        assert_eq!(reply.status, 403, "{}", reply.body);
        assert!(reply.body.contains("read-only"), "{}", reply.body);
    }
    assert_eq!(server.query("ASK { <x:a> ?p ?o }").body.trim(), r#"{"head":{},"boolean":false}"#);
}

#[test]
fn a_query_reaches_neither_files_nor_other_servers() {
    let server = server();
    let service =
        format!("SELECT * {{ SERVICE <http://localhost:{}/query> {{ ?s ?p ?o }} }}", server.port);
    for query in [
        service.as_str(),
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "SELECT * { SERVICE SILENT <http://169.254.169.254/> { ?s ?p ?o } }",
    ] {
        let reply = server.query(query);
        assert!(
            !reply.body.contains("root:") && !reply.body.contains("dm:"),
            "{query}: {}",
            reply.body
        );
        assert!(reply.status != 500, "{query}: {} {}", reply.status, reply.body);
    }
    assert_eq!(server.query(&service).status, 400);
}

#[test]
fn what_is_no_query_is_told() {
    let server = server();
    let no_query = server.send(
        "POST",
        "/query",
        &[("Content-Type", "application/x-www-form-urlencoded")],
        b"a=b",
    );
    assert_eq!((no_query.status, no_query.body.contains("query=")), (400, true));
    assert_eq!(server.get("/query?query=ASK%20%7B%7D&query=ASK%20%7B%7D", &[]).status, 400);
    assert_eq!(server.send("POST", "/query", &[("Content-Type", "text/turtle")], b"x").status, 415);
    assert_eq!(server.send("PATCH", "/query", &[], b"").status, 405);
    let wrong = server.query("SELECT ?x {");
    assert_eq!((wrong.status, wrong.body.contains("line 1")), (400, true), "{}", wrong.body);
    assert_eq!(
        server
            .send("POST", "/query", &[("Content-Type", "application/sparql-query")], b"\xff")
            .status,
        400
    );
}

#[test]
fn a_term_that_is_not_there_is_warned_of() {
    let server = server();
    let reply = server.query("SELECT * { ?who dm:propozed ?what }");
    assert_eq!(reply.status, 200, "{}", reply.body);
    let warning = reply.header("warning").unwrap_or_default();
    assert!(warning.starts_with("299 ") && warning.contains("dm:proposed"), "{warning}");
    let reply = server.query("SELECT * { ?who dm:proposed ?what }");
    assert_eq!(reply.header("warning"), None);
}

#[test]
fn without_a_query_the_service_is_described() {
    let server = server();
    let reply = server.get("/query", &[("Accept", "application/n-triples")]);
    assert_eq!(reply.status, 200);
    for words in [
        "sparql-service-description#endpoint>",
        "#namedGraph>",
        "/id/graph/002>",
        "void#Dataset>",
        "dcat#Dataset>",
        "void#classPartition>",
        "#UnionDefaultGraph>",
    ] {
        assert!(reply.body.contains(words), "{words}: {}", reply.body);
    }
}

#[test]
fn graphs_are_given_whole() {
    let server = server();
    let graph = |parameters: &str, accept: &str| {
        server.get(&format!("/store{parameters}"), &[("Accept", accept)])
    };
    let name = escaped("https://w3id.org/demarche/id/graph/002");
    let one = graph(&format!("?graph={name}"), "application/n-triples");
    assert_eq!(one.status, 200);
    assert!(one.body.contains("claim/002-propose-") && !one.body.contains("claim/001-"));
    assert!(graph("?default", "text/turtle").body.contains("dm:Actor"));
    let all = graph("", "application/n-quads");
    assert!(all.body.contains("claim/001-") && all.body.contains("/id/graph/002>"));
    assert_eq!(graph("?graph=https%3A%2F%2Fexample.org%2Fnone", "*/*").status, 404);
    assert_eq!(graph("?graph=x%20y", "*/*").status, 400);
    assert_eq!(graph("?default&graph=x:y", "*/*").status, 400);
}

#[test]
fn head_and_options_are_answered() {
    let server = server();
    let head = server.send("HEAD", "/api/overview", &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_ne!(head.header("content-length"), Some("0"));
    let options = server.send("OPTIONS", "/query", &[("Origin", "https://example.org")], b"");
    assert_eq!(options.status, 204);
    assert!(options.header("allow").unwrap().contains("POST"));
    assert_eq!(options.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn the_api_gives_what_its_description_says() {
    let server = server();
    let description = server.json("/api/openapi.json");
    let paths = description["paths"].as_object().unwrap();
    let id = |kind: &str| match kind {
        "claims" => "005-reject-169",
        "documents" => "002",
        "actors" => "kremlin",
        "matters" => "energy-truce",
        _ => "unknown",
    };
    let disputes = server.json("/api/disputes");
    let dispute = disputes["disputes"][0]["id"].as_str().unwrap();
    let events = server.json("/api/events");
    let event = events["events"][0]["id"].as_str().unwrap();
    // Verdicts are taken by another server.
    for path in paths.keys().filter(|path| *path != "/api/decisions") {
        let kind = path.split('/').nth(2).unwrap();
        let known = match kind {
            "disputes" => dispute,
            "events" => event,
            _ => id(kind),
        };
        let url = path.replace("{id}", known);
        let url = if kind == "candidates" {
            format!("{url}?kind=matters")
        } else if kind == "ask" {
            format!("{url}?question=Who+proposed+the+energy+truce%3F")
        } else if kind == "paths" {
            format!("{url}?from=vladimir-putin&to=donald-trump")
        } else {
            url
        };
        let value = server.json(&url);
        let schema =
            &paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        conforms(&value, schema, &description, path);
    }
    assert_eq!(server.get("/api/claims/none", &[]).status, 404);
    assert_eq!(server.get("/api/nothing", &[]).status, 404);
    assert_eq!(server.get("/api/claims?colour=red", &[]).status, 400);
    assert_eq!(server.send("POST", "/api/claims", &[], b"").status, 405);
}

/// Is the value of this schema, as far as types, required and unknown properties go?
fn conforms(value: &Value, schema: &Value, all: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = all.pointer(name.trim_start_matches('#')).unwrap();
        return conforms(value, schema, all, place);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        let option = &options[usize::from(value.is_null())];
        return conforms(value, option, all, place);
    }
    let fits = match schema["type"].as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    assert!(fits, "{place}: {value} is no {}", schema["type"]);
    for item in value.as_array().into_iter().flatten() {
        conforms(item, &schema["items"], all, place);
    }
    let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(object.contains_key(name.as_str().unwrap()), "{place}: no {name}");
    }
    for (name, value) in object {
        let schema =
            properties.get(name).unwrap_or_else(|| panic!("{place}: {name} is not described"));
        conforms(value, schema, all, &format!("{place}.{name}"));
    }
}

#[test]
fn claims_are_filtered_and_come_in_pages() {
    let server = server();
    let claims = |parameters: &str| server.json(&format!("/api/claims?{parameters}"));
    let all = claims("");
    assert_eq!(all["total"], 26);
    let page = claims("limit=10&offset=20");
    assert_eq!(page["claims"].as_array().unwrap().len(), 6);
    assert_eq!(page["claims"][0], all["claims"][20]);
    let rejected = claims("act=reject&actor=vladimir-putin&role=agent");
    assert_eq!(rejected["total"], 1);
    let claim = &rejected["claims"][0];
    let document = server.json(&format!("/api/documents/{}", claim["document"].as_str().unwrap()));
    let text = document["document"]["text"].as_str().unwrap();
    let (start, end) =
        (claim["start"].as_u64().unwrap() as usize, claim["end"].as_u64().unwrap() as usize);
    let quote: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(claim["quote"], quote.as_str());
}

/// A server that takes decisions into a file.
fn desk() -> (Server, tempfile::TempDir, std::path::PathBuf) {
    let folder = files(&[]);
    let file = folder.path().join("mine.yaml");
    // As a build leaves it: what is decided is resolved anew.
    let ontology = demarche::ontology::Ontology::shipped().unwrap();
    let corpus = crate::fixture::corpus();
    let corpus = demarche::resolve::resolve(corpus.documents, corpus.claims, &ontology);
    let graph = folder.path().join("graph");
    demarche::graph::folder::save(&corpus, demarche::rdf::DEFAULT_BASE, &graph).unwrap();
    let server = Server::on(&graph, &["--decisions", file.to_str().unwrap()]);
    (server, folder, file)
}

const JSON: (&str, &str) = ("Content-Type", "application/json");

impl Server {
    #[track_caller]
    fn decide(&self, body: &Value) -> Value {
        let reply = self.send("POST", "/api/decisions", &[JSON], body.to_string().as_bytes());
        assert_eq!(reply.status, 200, "{body}: {}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }
}

#[test]
fn verdicts_go_into_the_file_of_decisions() {
    let (server, _folder, file) = desk();
    let claim = "005-reject-169";
    assert_eq!(server.json("/api/overview")["review"], true);
    assert_eq!(server.json("/api/decisions")["verdicts"], json!({}));
    let listed = server.decide(&json!({ "reject": claim, "by": "Ann Reed", "why": "a: \"b\"" }));
    assert_eq!(listed["verdicts"][claim]["verdict"], "reject");
    assert_eq!(listed["verdicts"][claim]["why"], "a: \"b\"");
    assert_eq!(server.json("/api/decisions"), listed);
    let content = std::fs::read_to_string(&file).unwrap();
    assert!(content.contains("quote: \"Russia rejected the deployment"), "{content}");
    // Not from the pages of others, and nothing but a decision on what there is.
    let post = |headers: &[(&str, &str)], body: &str| {
        server.send("POST", "/api/decisions", headers, body.as_bytes()).status
    };
    let own = format!("http://localhost:{}", server.port);
    let take_back = json!({ "withdraw": claim }).to_string();
    for (headers, body, status) in [
        (vec![JSON, ("Origin", "http://evil.example")], take_back.as_str(), 403),
        (vec![("Content-Type", "text/plain")], &take_back, 415),
        (vec![JSON], "{}", 400),
        (vec![JSON], r#"{"accept":"none"}"#, 404),
        (vec![JSON], r#"{"edit":"005-reject-169","act":"dance"}"#, 400),
        (vec![JSON], r#"{"edit":"005-reject-169"}"#, 400),
        (vec![JSON], r#"{"accept":"005-reject-169","colour":"red"}"#, 400),
        (vec![JSON], r#"{"add":"nowhere","quote":"x","trigger":"x","act":"reject"}"#, 404),
        (vec![JSON], r#"{"undo":"none"}"#, 409),
    ] {
        assert_eq!(post(&headers, body), status, "{body}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
    assert_eq!(post(&[JSON, ("Origin", &own)], &take_back), 200);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "");
    // Without a file none are taken.
    assert_eq!(
        self::server().send("POST", "/api/decisions", &[JSON], take_back.as_bytes()).status,
        405
    );
}

#[test]
fn what_is_decided_is_seen_at_once_and_undone() {
    let (server, _folder, file) = desk();
    let total = |list: &str| server.json(&format!("/api/{list}"))["total"].as_u64().unwrap();
    let stances = server.json("/api/stances?limit=500");
    let one = stances["stances"].as_array().unwrap().iter().find(|it| it["count"] == 1).unwrap();
    let claim = one["claims"][0].as_str().unwrap();
    let claims = total("claims");
    let is_held = || {
        let now = server.json("/api/stances?limit=500");
        let same =
            |it: &&Value| ["actor", "matter", "stance"].iter().all(|name| it[*name] == one[*name]);
        now["stances"].as_array().unwrap().iter().any(|it| same(&it))
    };
    let listed = server.decide(&json!({ "reject": claim }));
    assert_eq!((total("claims"), is_held()), (claims - 1, false));
    assert_eq!(server.get(&format!("/api/claims/{claim}"), &[]).status, 200, "still to be seen");
    server.decide(&json!({ "undo": listed["entries"][0]["id"] }));
    assert_eq!(server.json("/api/stances?limit=500"), stances);
    // Every part of a claim.
    let parts = json!({
        "edit": "005-reject-169", "act": "accept", "status": "unrealised", "agent": ["Ann Reed"],
        "addressee": [], "source": ["Donald Trump"], "via": "Kremlin", "time": "2025-04",
    });
    let listed = server.decide(&parts);
    let edited = server.json("/api/claims/005-reject-169");
    for (part, value) in [("act", "accept"), ("status", "unrealised"), ("time", "2025-04")] {
        assert_eq!(edited[part], value);
    }
    for (part, id) in [("agent", "ann-reed"), ("source", "donald-trump"), ("via", "kremlin")] {
        assert_eq!(edited[part][0]["id"], id);
    }
    assert_eq!(server.json("/api/claims?open=true")["total"], claims - 1);
    server.decide(&json!({ "undo": listed["entries"][0]["id"] }));
    // A claim of words of the text.
    let document = server.json("/api/documents/005");
    let text = document["document"]["text"].as_str().unwrap();
    let words = text.split_whitespace().next().unwrap();
    server.decide(&json!({
        "add": "005", "quote": words, "trigger": words, "act": "reject", "agent": "Ann Reed", "at": 0,
    }));
    assert_eq!(total("claims"), claims + 1);
    // Another server, and the next build, find the same in the file.
    let graph = file.parent().unwrap().join("graph");
    let again = Server::on(&graph, &["--decisions", file.to_str().unwrap()]);
    assert_eq!(again.json("/api/claims?actor=ann-reed")["total"], 1);
}

#[test]
fn actors_and_matters_are_merged_split_and_renamed() {
    let (server, _folder, _file) = desk();
    let ids = |list: &str| -> Vec<String> {
        let all = server.json(&format!("/api/{list}?limit=500"));
        let id = |it: &Value| it["id"].as_str().unwrap().to_owned();
        all[list].as_array().unwrap().iter().map(id).collect()
    };
    let (actors, matters) = (ids("actors"), ids("matters"));
    for (key, list, before) in
        [("merge-actors", "actors", &actors), ("merge-matters", "matters", &matters)]
    {
        let listed = server.decide(&json!({ key: [before[0], before[1]] }));
        assert_eq!(listed["entries"][0]["lost"], Value::Null, "{listed}");
        let merged = ids(list);
        assert!(
            merged.contains(&before[0]) && !merged.contains(&before[1]),
            "{list}: {:?} in {merged:?} of {before:?}",
            &before[..2]
        );
        server.decide(&json!({ "undo": listed["entries"][0]["id"] }));
        assert_eq!(&ids(list), before);
    }
    for (key, list, id) in
        [("rename-actor", "actors", &actors[0]), ("rename-matter", "matters", &matters[0])]
    {
        server.decide(&json!({ key: id, "label": "another name" }));
        assert_eq!(server.json(&format!("/api/{list}/{id}"))["label"], "another name");
    }
    let lost = server.decide(&json!({ "merge-actors": ["nobody", "no one"] }));
    assert!(lost["entries"][0]["lost"].as_str().unwrap().contains("nobody"));
    // SPARQL follows a little later.
    let renamed = "ASK { ?who skos:prefLabel ?name FILTER (STR(?name) = \"another name\") }";
    let follows = |_| {
        thread::sleep(Duration::from_millis(200));
        server.query(renamed).body.contains("true")
    };
    assert!((0..100).any(follows));
}

#[test]
fn a_decision_and_who_made_it_are_found_by_their_iris() {
    let (server, _folder, _) = desk();
    server.decide(&json!({ "accept": "005-reject-169", "by": "Ann Reed" }));
    let rdf = [("Accept", "text/turtle")];
    for path in ["decision/accept-005-reject-169", "person/ann-reed"] {
        let path = format!("/demarche/id/{path}");
        let page = server.get(&path, &[("Accept", "text/html")]);
        assert_eq!(page.status, 303, "{path}");
        // The workers follow in some seconds.
        let is_told = |_| {
            thread::sleep(Duration::from_millis(200));
            let reply = server.get(&path, &rdf);
            reply.status == 200 && reply.body.contains("prov:")
        };
        assert!((0..100).any(is_told), "{path}");
    }
    assert_eq!(server.get("/demarche/id/person/nobody", &[]).status, 404);
}

#[test]
fn two_who_review_at_once_lose_nothing() {
    let (server, _folder, file) = desk();
    let claims = server.json("/api/claims?limit=20");
    let claims = claims["claims"].as_array().unwrap();
    thread::scope(|scope| {
        for half in claims.chunks(10) {
            let server = &server;
            scope.spawn(move || {
                for claim in half {
                    server.decide(&json!({ "accept": claim["id"] }));
                }
            });
        }
    });
    assert_eq!(server.json("/api/decisions")["total"], 20);
    // Of two who undo the same, one is told.
    let id = server.json("/api/decisions")["entries"][3]["id"].clone();
    let body = json!({ "undo": id }).to_string();
    let undo = || server.send("POST", "/api/decisions", &[JSON], body.as_bytes()).status;
    assert_eq!((undo(), undo()), (200, 409));
    // A hand that breaks the file is told, and nothing is lost.
    std::fs::write(&file, "nonsense: [").unwrap();
    assert_eq!(server.get("/api/decisions", &[]).status, 409);
    assert_eq!(server.send("POST", "/api/decisions", &[JSON], body.as_bytes()).status, 409);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "nonsense: [");
    server.is_well();
}

#[test]
fn lists_come_in_pages() {
    let server = server();
    for list in ["documents", "actors", "matters", "events", "disputes", "stances", "candidates"] {
        let all = server.json(&format!("/api/{list}"));
        let total = usize::try_from(all["total"].as_u64().unwrap()).unwrap();
        assert_eq!(all[list].as_array().unwrap().len(), total.min(100), "{list}");
        let page = server.json(&format!("/api/{list}?limit=1&offset=1"));
        assert_eq!(page["total"], all["total"], "{list}");
        assert_eq!(page[list].get(0), all[list].get(1), "{list}");
    }
    assert_eq!(server.json("/api/documents?text=europe")["total"], 1);
    assert_eq!(server.get("/api/documents?limit=many", &[]).status, 400);
    assert_eq!(server.get("/api/timeline?from=soon", &[]).status, 400);
}

#[test]
fn answers_are_packed_for_those_who_take_it() {
    let server = server();
    for path in [
        "/",
        "/assets/cytoscape.min.js",
        "/api/claims",
        "/query?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D",
    ] {
        let plain = server.get(path, &[]);
        let packed = server.get(path, &[("Accept-Encoding", "gzip, br")]);
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{path}");
        let length = |it: &Reply| it.header("content-length").unwrap().parse::<usize>().unwrap();
        assert!(length(&packed) < length(&plain), "{path}");
        assert!(packed.header("vary").is_some());
    }
    assert_eq!(
        server.get("/api/acts", &[("Accept-Encoding", "gzip;q=0")]).header("content-encoding"),
        None
    );
}

#[test]
fn head_gives_the_headers_of_get_and_options_says_what_may_be_asked() {
    let server = server();
    for path in ["/", "/api/overview", "/query?query=ASK%20%7B%7D", "/store?default", "/query"] {
        let (get, head) = (server.get(path, &[]), server.send("HEAD", path, &[], b""));
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        for name in ["content-type", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
        let options = server.send("OPTIONS", path, &[("Origin", "https://example.org")], b"");
        assert_eq!(options.status, 204);
        assert!(options.header("allow").unwrap().contains("GET"));
        assert_eq!(options.header("access-control-allow-origin"), Some("*"));
    }
}

#[test]
fn iris_of_the_graph_lead_to_pages_or_triples() {
    let server = server();
    let page =
        server.get("/demarche/id/actor/vladimir-putin", &[("Accept", "text/html,*/*;q=0.8")]);
    assert_eq!(page.status, 303);
    assert_eq!(page.header("location"), Some("/#/actor/vladimir%2Dputin"));
    for (path, media) in [
        ("actor/vladimir-putin", "text/turtle"),
        ("claim/005-reject-169", "application/ld+json"),
        ("document/002", "application/rdf+xml"),
        ("graph/002", "application/n-triples"),
    ] {
        let reply = server.get(&format!("/demarche/id/{path}"), &[("Accept", media)]);
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.header("content-type").unwrap().starts_with(media), "{path}");
        assert!(reply.body.len() > 100, "{path}: {}", reply.body);
    }
    let stances = server.json("/api/stances");
    let stance = &stances["stances"][0];
    let [actor, matter, how] = ["actor", "matter", "stance"].map(|it| stance[it].as_str().unwrap());
    let path = format!("/demarche/id/stance/{actor}~{matter}~{}", how.replace(' ', "-"));
    let page = server.get(&path, &[("Accept", "text/html")]);
    assert_eq!(page.status, 303, "{path}");
    assert!(page.header("location").unwrap().starts_with("/#/matter/"));
    assert!(server.get(&path, &[("Accept", "text/turtle")]).body.contains("Stance"));
    assert_eq!(server.get(&format!("{path}x"), &[]).status, 404);
    let events = server.json("/api/events");
    let event = escaped(events["events"][0]["id"].as_str().unwrap());
    let page = server.get(&format!("/demarche/id/event/{event}"), &[("Accept", "text/html")]);
    assert!(page.header("location").unwrap().starts_with("/#/event/"));
    assert_eq!(server.get("/demarche/id/actor/nobody", &[]).status, 404);
    assert_eq!(server.get("/demarche/id/colour/red", &[]).status, 404);
    assert_eq!(server.get("/demarche/id", &[]).status, 303);
    assert_eq!(server.get("/.well-known/void", &[]).header("location"), Some("/query"));
    let context: Value = serde_json::from_str(&server.get("/context.jsonld", &[]).body).unwrap();
    assert_eq!(context["@context"]["actor"], "https://w3id.org/demarche/id/actor/");
}

/// The cases of the W3C's tests of the SPARQL 1.1 Protocol that are about queries, by their names
/// there (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/): what is sent, and
/// whether it is to be answered.
#[test]
fn the_cases_of_the_protocol_pass() {
    let server = server();
    let ask = escaped("ASK {}");
    let (form, direct) = (
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Type", "application/sparql-query"),
    );
    let graph = |id: &str| escaped(&format!("https://w3id.org/demarche/id/graph/{id}"));
    let (one, two) = (graph("001"), graph("002"));
    let default = escaped("ASK { ?c a dm:Claim }");
    let named = escaped("ASK { GRAPH ?g { ?c a dm:Claim } }");
    let named_is =
        escaped("ASK { GRAPH <https://w3id.org/demarche/id/graph/001> { ?c a dm:Claim } }");
    let path = |rest: &str| format!("/query?{rest}");
    let text = String::from;
    type Case<'a> = (&'a str, &'a str, String, Option<(&'a str, &'a str)>, String, &'a [u16]);
    let cases: Vec<Case> = vec![
        ("query_post_form", "POST", text("/query"), Some(form), format!("query={ask}"), &[200]),
        (
            "query_dataset_default_graph",
            "POST",
            path(&format!("default-graph-uri={one}")),
            Some(direct),
            text("ASK { ?c a dm:Claim }"),
            &[200],
        ),
        (
            "query_dataset_default_graphs_get",
            "GET",
            path(&format!("query={default}&default-graph-uri={one}&default-graph-uri={two}")),
            None,
            text(""),
            &[200],
        ),
        (
            "query_dataset_default_graphs_post",
            "POST",
            text("/query"),
            Some(form),
            format!("query={default}&default-graph-uri={one}&default-graph-uri={two}"),
            &[200],
        ),
        (
            "query_dataset_named_graphs_get",
            "GET",
            path(&format!("query={named}&named-graph-uri={one}&named-graph-uri={two}")),
            None,
            text(""),
            &[200],
        ),
        (
            "query_dataset_named_graphs_post",
            "POST",
            text("/query"),
            Some(form),
            format!("query={named}&named-graph-uri={one}&named-graph-uri={two}"),
            &[200],
        ),
        (
            "query_dataset_full",
            "POST",
            text("/query"),
            Some(form),
            format!("query={named_is}&default-graph-uri={two}&named-graph-uri={one}"),
            &[200],
        ),
        (
            "query_multiple_dataset",
            "POST",
            path(&format!("default-graph-uri={one}")),
            Some(direct),
            text("ASK FROM <https://w3id.org/demarche/id/graph/002> { ?c a dm:Claim }"),
            &[200],
        ),
        ("query_get", "GET", path(&format!("query={ask}")), None, text(""), &[200]),
        ("query_post_direct", "POST", text("/query"), Some(direct), text("ASK {}"), &[200]),
        ("bad_query_method", "PUT", path(&format!("query={ask}")), None, text(""), &[400, 405]),
        (
            "bad_multiple_queries",
            "POST",
            path(&format!("query={ask}&query={ask}")),
            None,
            text(""),
            &[400, 415],
        ),
        (
            "bad_query_wrong_media_type",
            "POST",
            text("/query"),
            Some(("Content-Type", "text/plain")),
            text("ASK {}"),
            &[400, 415],
        ),
        (
            "bad_query_missing_form_type",
            "POST",
            text("/query"),
            None,
            format!("query={ask}"),
            &[400, 415],
        ),
        (
            "bad_query_missing_direct_type",
            "POST",
            text("/query"),
            None,
            text("ASK {}"),
            &[400, 415],
        ),
        ("bad_query_syntax", "GET", path("query=ASK%20%7B"), None, text(""), &[400]),
    ];
    for (name, method, path, media, body, statuses) in cases {
        let headers: Vec<_> =
            media.into_iter().chain([("Accept", "application/sparql-results+json")]).collect();
        let reply = server.send(method, &path, &headers, body.as_bytes());
        assert!(statuses.contains(&reply.status), "{name}: {} {}", reply.status, reply.body);
        if reply.status == 200 {
            assert!(reply.body.contains("true"), "{name}: {}", reply.body);
        }
    }
    // bad_query_non_utf8: the query is UTF-16.
    let wide: Vec<u8> = "ASK {}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let media = ("Content-Type", "application/sparql-query; charset=UTF-16");
    assert_eq!(server.send("POST", "/query", &[media], &wide).status, 400);
    // query_content_type_select, _ask, _describe, _construct.
    for (query, media) in [
        (
            "SELECT (1 AS ?value) {}",
            [
                "application/sparql-results+xml",
                "application/sparql-results+json",
                "text/tab-separated-values",
                "text/csv",
            ]
            .as_slice(),
        ),
        ("ASK {}", &["application/sparql-results+xml", "application/sparql-results+json"]),
        ("DESCRIBE actor:kremlin", &["application/rdf+xml", "application/rdf+json", "text/turtle"]),
        (
            "CONSTRUCT { <x:s> <x:p> 1 } WHERE {}",
            &["application/rdf+xml", "application/rdf+json", "text/turtle"],
        ),
    ] {
        let reply = server.query(query);
        let given = reply.header("content-type").unwrap_or_default();
        assert!(media.iter().any(|it| given.starts_with(it)), "{query}: {given}");
    }
}

#[test]
fn the_explorer_is_served_with_all_its_parts() {
    let server = server();
    let page = server.get("/", &[]);
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    let mut parts = 0;
    for piece in page.body.split("\"assets/").skip(1) {
        let name = piece.split('"').next().unwrap();
        assert_eq!(server.get(&format!("/assets/{name}"), &[]).status, 200, "{name}");
        parts += 1;
    }
    assert!(parts >= 7);
    for other in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/mod.rs",
        "/assets/",
        "/index.html",
        "//etc/passwd",
        "/assets/style.css/x",
    ] {
        assert_eq!(server.get(other, &[]).status, 404, "{other}");
    }
}

#[test]
fn only_its_own_names_are_answered_to() {
    let server = server();
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "169.254.169.254"] {
        let reply = server.get("/api/overview", &[("Host", host)]);
        assert_eq!(reply.status, 421, "{host}");
        assert!(!reply.body.contains("claims"));
    }
    let twice = server.raw(
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(twice.status, 400);
    assert_eq!(server.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    let absolute = server
        .raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(absolute.status, 421);
}

#[test]
fn broken_requests_harm_nobody() {
    let server = server();
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(200_000));
    let headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(5_000));
    for bytes in [
        b"\r\n\r\n".as_slice(),
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST /query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        long.as_bytes(),
        headers.as_bytes(),
    ] {
        let reply = server.raw(bytes);
        assert!(reply.status == 0 || (400..=505).contains(&reply.status), "{}", reply.status);
    }
    server.is_well();
}

/// Paths, and what may be hidden in them.
const TRICKS: [&str; 12] = [
    "/../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2fCargo.toml",
    "/assets/%00style.css",
    "/api/documents/..%2f..%2ftexts.jsonl",
    "/api/documents/%ff%fe",
    "/api/claims?limit=99999999999999999999",
    "/api/claims?ids=%2C%2C%2C",
    "/api/graph?edges=1e9",
    "/store?graph=file%3A%2F%2F%2Fetc%2Fpasswd",
    "/query?query=%00",
    "/api/ask?question=%F0%9F%92%A5%20%00%20%E2%80%AE",
];

#[test]
fn hundreds_of_odd_requests_are_each_answered() {
    let server = server();
    let odd: [(&str, &str); 6] = [
        ("Accept", "*/*;q=nonsense, ,;"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("X-Forwarded-Host", "evil.example"),
        ("Origin", "null"),
        ("Range", "bytes=0-99999999999"),
    ];
    let mut asked = 0;
    for path in TRICKS {
        for method in ["GET", "POST", "DELETE", "BREW"] {
            for header in odd {
                let reply = server.send(method, path, &[header], b"query=%&update=%zz&&==");
                assert!((200..500).contains(&reply.status), "{method} {path}: {}", reply.status);
                assert!(!reply.body.contains("root:"), "{method} {path}: {}", reply.body);
                asked += 1;
            }
        }
    }
    assert!(asked >= 200);
    server.is_well();
}

#[test]
fn what_is_too_large_is_refused() {
    let server = server();
    let query = vec![b' '; 9 << 20];
    let reply =
        server.send("POST", "/query", &[("Content-Type", "application/sparql-query")], &query);
    assert!(matches!(reply.status, 0 | 413), "{}", reply.status);
    let deep = format!("ASK {{ FILTER({}1{}) }}", "(".repeat(5_000), ")".repeat(5_000));
    assert_eq!(server.query(&deep).status, 400);
    let many = format!("ASK {{ ?s ?p ?o FILTER({}) }}", vec!["?s = ?o"; 20_000].join(" || "));
    assert_eq!(server.query(&many).status, 400);
    assert_eq!(
        server.get(&format!("/api/ask?question={}", "why%20".repeat(1_000)), &[]).status,
        400
    );
    server.is_well();
}

/// Queries that go on and on, some of which the engine does not stop by itself.
const ENDLESS: [&str; 4] = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (REGEX(STR(?c), \"(a+)+$\")) }",
    "SELECT * { ?a (!<x:y>)* ?b . ?b (!<x:z>)* ?c . ?c (!<x:w>)* ?d }",
];

#[test]
fn a_query_without_end_keeps_nobody_else_waiting() {
    let server = Server::start(&["--timeout", "1", "--workers", "2"]);
    thread::scope(|scope| {
        let began = Instant::now();
        let asked: Vec<_> = ENDLESS.map(|query| scope.spawn(|| server.query(query).status)).into();
        thread::sleep(Duration::from_millis(300));
        server.is_well();
        assert_eq!(server.get("/", &[]).status, 200);
        for it in asked {
            // Stopped, refused for its memory, or sent away as all were busy.
            assert_eq!(it.join().unwrap(), 503);
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    });
    // The workers are replaced.
    let again = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(100));
        server.query("ASK { ?s a dm:Claim }").body.contains("true")
    });
    assert!(again);
}

#[test]
fn a_question_that_takes_too_long_is_stopped_and_keeps_nobody_else_waiting() {
    let server = Server::start(&["--timeout", "0.05", "--workers", "1"]);
    let long =
        "Who rejected what Putin, Trump and Zelensky proposed, and why did he say so? ".repeat(20);
    let path = format!("/api/ask?question={}", escaped(&long));
    thread::scope(|scope| {
        let began = Instant::now();
        let asked: Vec<_> = (0..12).map(|_| scope.spawn(|| server.get(&path, &[]))).collect();
        thread::sleep(Duration::from_millis(300));
        server.is_well();
        for it in asked {
            let reply = it.join().unwrap();
            assert_eq!(reply.status, 503, "{}", reply.body);
            assert_eq!(reply.header("retry-after"), Some("1"));
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    });
    server.is_well();
}

#[test]
fn a_question_has_a_length_and_may_follow_from_another() {
    let server = server();
    let ask = |parameters: &str| server.get(&format!("/api/ask?{parameters}"), &[]);
    assert_eq!(ask("").status, 400);
    let long = ask(&format!("question={}", "why+".repeat(600)));
    assert_eq!(long.status, 400);
    assert!(long.body.contains("2000 characters"), "{}", long.body);
    assert_eq!(ask(&format!("question=why&after={}", "x".repeat(2_001))).status, 400);
    let follows = "question=And+who+rejected+it%3F&after=Who+proposed+the+energy+truce%3F";
    let answer = server.json(&format!("/api/ask?{follows}"));
    assert_eq!(answer["question"], "Who rejected the energy truce?");
    assert_eq!(server.json("/api/ask?question=Why%3F")["question"], "Why?");
    assert_eq!(server.send("POST", "/api/ask", &[], b"question=why").status, 405);
}

#[test]
fn a_long_text_is_given_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = crate::fixture::corpus();
    let text = &mut corpus.documents[0].text;
    while text.len() < 2 << 20 {
        text.push_str("\n\nNothing else was said that day – “nothing at all”.");
    }
    let length = text.chars().count();
    let id = corpus.documents[0].id.clone();
    demarche::graph::folder::save(&corpus, demarche::rdf::DEFAULT_BASE, folder.path()).unwrap();
    let server = Server::on(folder.path(), &[]);
    let mut read = String::new();
    let mut place = 0;
    while place < length {
        let reply = server.get(&format!("/api/documents/{id}?from={place}"), &[]);
        assert!(reply.body.len() < 1_000_000, "{}", reply.body.len());
        let document = &serde_json::from_str::<Value>(&reply.body).unwrap()["document"];
        assert_eq!((&document["text_start"], &document["length"]), (&json!(place), &json!(length)));
        read.push_str(document["text"].as_str().unwrap());
        place = read.chars().count();
    }
    assert_eq!(read, corpus.documents[0].text);
    assert_eq!(server.get(&format!("/api/documents/{id}?from=x"), &[]).status, 400);
}

#[test]
fn what_is_weak_is_counted_as_it_is_found() {
    let server = server();
    let weak = &server.json("/api/overview")["weak"];
    for (kind, name) in
        [("agent", "unknown_agents"), ("source", "unknown_sources"), ("unsure", "unsure")]
    {
        assert_eq!(server.json(&format!("/api/claims?weak={kind}"))["total"], weak[name], "{kind}");
    }
}

#[test]
fn slow_clients_keep_nobody_else_waiting() {
    let server = server();
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            stream
                .write_all(b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n")
                .unwrap();
            stream
        })
        .collect();
    server.is_well();
    drop(slow);
}

#[test]
fn the_own_client_can_ask_it() {
    let server = server();
    let url = format!("http://127.0.0.1:{}/query", server.port);
    let here = |arguments: &[&str]| {
        let run = run(on_graph(arguments).env_remove("http_proxy").env_remove("HTTP_PROXY"));
        run.ended(0, &[]);
        run.stdout.clone()
    };
    let query = "SELECT ?who ?what { ?who dm:rejected ?what } ORDER BY ?who ?what";
    assert_eq!(here(&["query", "--endpoint", &url, "-e", query]), here(&["query", "-e", query]));
    let remote = here(&["ask", "--endpoint", &url, "Who proposed the energy truce?"]);
    assert!(remote.contains("Vladimir Putin") && remote.contains("Donald Trump"), "{remote}");
}

#[test]
fn a_port_that_is_taken_and_a_graph_that_is_not_there_are_told() {
    let server = server();
    let port = server.port.to_string();
    run(on_graph(&["serve", "--port", &port]).timeout(Duration::from_secs(20)))
        .ended(2, &["cannot listen", &port]);
    let empty = files(&[]);
    let missing = run(demarche()
        .args(["serve", "--port", "0", "--graph"])
        .arg(empty.path())
        .timeout(Duration::from_secs(20)));
    missing.ended(2, &["no built graph"]);
}

#[test]
fn a_report_is_one_file_that_holds_all() {
    let folder = files(&[]);
    let path = folder.path().join("report.html");
    let report = path.to_str().unwrap();
    run(&mut on_graph(&["report", "-o", report])).ended(0, &["bytes"]);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(
        !page.contains("src=\"") && !page.contains("<link rel=\"stylesheet\""),
        "nothing is loaded"
    );
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["claims"].as_array().unwrap().len(), 26);
    assert_eq!(data["documents"][4]["title"], "Europe’s answer");
    assert!(page.trim_end().ends_with("</html>"));
}

#[test]
fn a_report_is_cut_so_that_it_can_be_mailed() {
    let folder = files(&[]);
    let path = folder.path().join("report.html");
    let report = path.to_str().unwrap();
    run(&mut on_graph(&["report", "-o", report])).ended(0, &["bytes"]);
    let whole = std::fs::metadata(&path).unwrap().len();
    let most = whole - 20_000;
    run(&mut on_graph(&["report", "--most-bytes", &most.to_string(), "-o", report]))
        .ended(0, &["left out", "disputed"]);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.len() as u64 <= most, "{} > {most}", page.len());
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    let claims = data["claims"].as_array().unwrap();
    assert!(!claims.is_empty() && claims.len() < 26);
    assert_eq!(data["left_out"], 26 - claims.len());
    let known = |id: &Value| claims.iter().any(|it| it["id"] == *id);
    let named =
        data["stances"].as_array().unwrap().iter().chain(data["events"].as_array().unwrap());
    assert!(named.flat_map(|it| it["claims"].as_array().unwrap()).all(known));
    run(&mut on_graph(&["report", "--most-bytes", "1000", "-o", report]))
        .ended(0, &["26 claims", "longer than that"]);
}

#[test]
fn a_graph_that_is_built_anew_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = crate::fixture::corpus();
    let base = demarche::rdf::DEFAULT_BASE;
    demarche::graph::folder::save(&corpus, base, folder.path()).unwrap();
    let server = Server::on(folder.path(), &[]);
    let count = "SELECT (COUNT(*) AS ?n) { ?claim a dm:Claim }";
    assert!(server.query(count).body.contains("\"26\""));
    corpus.claims.pop();
    demarche::graph::folder::save(&corpus, base, folder.path()).unwrap();
    let is_new = |_| {
        thread::sleep(Duration::from_millis(100));
        let claims = server.json("/api/claims")["total"] == 25;
        claims && server.query(count).body.contains("\"25\"")
    };
    assert!((0..100).any(is_new));
}

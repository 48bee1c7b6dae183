//! Hostile input of every kind: each is told within its time, and nothing beside is lost.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use demarche::graph::folder;

use crate::{demarche, files, graph, on_graph, run};

/// Runs, and fails if it takes longer than any attack may.
fn soon(command: &mut assert_cmd::Command) -> crate::Run {
    let started = Instant::now();
    let run = run(command.timeout(Duration::from_secs(60)));
    assert!(started.elapsed() < Duration::from_secs(50), "{:?}", started.elapsed());
    run
}

#[test]
fn names_that_look_alike_are_two_documents() {
    let texts = files(&[
        ("Report 1.txt", b"Donald Trump proposed a ceasefire."),
        ("report-1.txt", b"Vladimir Putin proposed a ceasefire."),
        ("liar.md", b"---\nid: report-1\n---\nVolodymyr Zelensky rejected the ceasefire."),
    ]);
    let out = files(&[]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()))
        .ended(0, &["warning", "the id “report-1” is already that of", "liar.md", "read as"])
        .shows(&["3 documents"]);
    run(demarche().args(["check", "--graph"]).arg(out.path())).ended(0, &[]).shows(&["0 errors"]);
    run(demarche().args(["ask", "Who proposed the ceasefire?", "--graph"]).arg(out.path()))
        .ended(0, &[])
        .shows(&[
            "Donald Trump\n  “Donald Trump proposed",
            "Vladimir Putin\n  “Vladimir Putin proposed",
        ]);
}

#[test]
fn a_folder_is_not_built_from_what_was_built() {
    let texts = files(&[("good.txt", b"Donald Trump proposed a ceasefire.")]);
    let build =
        |output: &str| run(demarche().current_dir(texts.path()).args(["build", ".", "-o", output]));
    build("out").ended(0, &[]).shows(&["1 document,"]);
    let before = fs::read(texts.path().join("out/claims.jsonl")).unwrap();
    build("out").ended(0, &[]).shows(&["1 document,"]);
    assert_eq!(fs::read(texts.path().join("out/claims.jsonl")).unwrap(), before);
    build(".").ended(2, &["no source"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_hold_nothing_up() {
    use std::os::unix::fs::symlink;
    let place = files(&[("good.txt", b"Donald Trump proposed a ceasefire.")]);
    let pipe = place.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    symlink("/dev/zero", place.path().join("zero.txt")).unwrap();
    let out = files(&[]);
    soon(demarche().arg("build").arg(place.path()).arg("-o").arg(out.path()))
        .ended(2, &["pipe.txt: no file", "zero.txt: a link out of the folder"])
        .shows(&["1 document,"]);
    let at = |command: &mut assert_cmd::Command| {
        soon(command).ended(2, &["a pipe or a device"]);
    };
    at(demarche().arg("build").arg(&pipe).arg("-o").arg(out.path()));
    at(demarche().args(["build", "-", "--decisions"]).arg(&pipe).arg("-o").arg(out.path()));
    at(demarche().args(["show", "x", "--ontology"]).arg(&pipe));
    at(on_graph(&["query"]).arg(&pipe));
    let broken = files(&[]);
    symlink(&pipe, broken.path().join("demarche.json")).unwrap();
    at(demarche().args(["show", "x", "--graph"]).arg(broken.path()));
    fs::remove_file(out.path().join(".lock")).unwrap();
    fs::rename(&pipe, out.path().join(".lock")).unwrap();
    at(demarche().args(["build", "-", "-o"]).arg(out.path()).write_stdin("He agreed."));
}

#[test]
fn a_page_that_asks_for_gigabytes_costs_itself_alone() {
    let nested = "<b>".repeat(40_000);
    let texts = files(&[
        ("bomb.html", nested.as_bytes()),
        ("good.txt", b"Donald Trump proposed a ceasefire."),
    ]);
    let out = files(&[]);
    soon(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()))
        .ended(2, &["bomb.html", "1 document left out"])
        .shows(&["1 document,"]);
}

#[test]
fn a_byte_that_was_changed_is_found() {
    let spoilt = files(&[]);
    for file in fs::read_dir(graph()).unwrap().map(|file| file.unwrap()) {
        fs::copy(file.path(), spoilt.path().join(file.file_name())).unwrap();
    }
    let path = spoilt.path().join("events.jsonl");
    let events = fs::read_to_string(&path).unwrap();
    fs::write(&path, events.replacen("\"label\":\"", "\"label\":\"not ", 1)).unwrap();
    run(demarche().args(["check", "--graph"]).arg(spoilt.path()))
        .ended(2, &[])
        .shows(&["events.jsonl: changed since it was built", "1 error"]);
}

#[test]
fn a_folder_with_any_byte_changed_is_read_or_refused() {
    let spoilt = files(&[]);
    let names: Vec<_> = fs::read_dir(graph()).unwrap().map(|it| it.unwrap().file_name()).collect();
    let mut random: u64 = 7;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(random >> 33).unwrap() % below
    };
    for round in 0..300 {
        for name in &names {
            fs::copy(graph().join(name), spoilt.path().join(name)).unwrap();
        }
        let path = spoilt.path().join(&names[round % names.len()]);
        let mut bytes = fs::read(&path).unwrap();
        if bytes.is_empty() {
            continue;
        }
        let at = next(bytes.len());
        match next(3) {
            0 => bytes.truncate(at),
            1 => bytes[at] = bytes[at].wrapping_add(1 + u8::try_from(next(255)).unwrap()),
            _ => bytes.extend_from_within(at..),
        }
        fs::write(&path, bytes).unwrap();
        // Neither panics, and what is no longer what was built is found.
        let whole = folder::open(spoilt.path());
        if let Ok((partial, _)) = folder::Partial::open(spoilt.path()) {
            let _ = (partial.claims(&folder::Selection::default()), partial.events());
        }
        let told = folder::changed(spoilt.path()).map_or(true, |changed| !changed.is_empty());
        let manifest = path.ends_with(folder::MANIFEST);
        assert!(told || manifest || whole.is_err(), "{}", path.display());
    }
}

#[test]
fn queries_that_are_too_deep_or_too_wide_end_with_a_message() {
    let deep = |n: usize| format!("ASK {{ FILTER({}1{}) }}", "(".repeat(n), ")".repeat(n));
    let union = |n: usize| format!("ASK {{ {} {{}} }}", "{ ?s ?p ?o } UNION ".repeat(n));
    let or = |n: usize| format!("ASK {{ FILTER({} 1) }}", "1 || ".repeat(n));
    let list = |n: usize| format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(n));
    let groups = |n: usize| format!("ASK {}{}", "{".repeat(n), "}".repeat(n));
    for query in [deep(240), union(1_100), or(2_500), list(2_000), groups(240)] {
        let run = soon(on_graph(&["query", "-", "--timeout", "2"]).write_stdin(query.as_str()));
        assert!(run.code <= 2 && !run.stderr.contains("overflow"), "{}", run.stderr);
    }
    for query in [deep(3_593), union(100_000), or(100_000), list(100_000), groups(100_000)] {
        soon(on_graph(&["query", "-"]).write_stdin(query)).ended(2, &["more than"]);
    }
    // Nothing listens there: it is refused before it is sent.
    let there = ["query", "-", "--endpoint", "http://127.0.0.1:1/"];
    soon(on_graph(&there).write_stdin(deep(3_593))).ended(2, &["more than"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_would_take_gigabytes_is_stopped() {
    let mut doubling = "SELECT (STRLEN(?x32) AS ?n) { BIND(\"0123456789abcdef\" AS ?x0)".to_owned();
    for n in 0..32 {
        doubling.push_str(&format!(" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{})", n + 1));
    }
    doubling.push_str(" }");
    soon(on_graph(&["query", "-"]).write_stdin(doubling)).ended(2, &["memory"]);
}

#[test]
fn any_number_is_a_time_or_refused() {
    for (time, code) in [("inf", 0), ("1e300", 0), ("0", 2), ("-1", 2), ("NaN", 2), ("x", 2)] {
        let query = format!("--timeout={time}");
        let run = run(&mut on_graph(&["query", "-e", "ASK {}", &query]));
        run.ended(code, &[]);
    }
}

#[test]
fn a_question_without_end_is_refused() {
    let question = "Who rejected the plan and ".repeat(5_000);
    soon(&mut on_graph(&["ask", &question])).ended(2, &["more than 2000 characters"]);
}

#[test]
fn what_a_terminal_would_obey_is_made_visible() {
    let texts = files(&[(
        "esc.md",
        "---\ntitle: \"\\e]52;c;eA==\\a\\u202Eevil\"\n---\nDonald Trump proposed\u{1b}[8m a ceasefire.\n"
            .as_bytes(),
    )]);
    let out = files(&[]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    let page =
        run(demarche().args(["show", "esc", "--color", "always", "--graph"]).arg(out.path()));
    page.ended(0, &[]).shows(&["␛]52;c;eA==␇<U+202E>evil"]);
    assert!(!page.stdout.contains("\u{1b}]") && !page.stdout.contains("\u{1b}[8m"));
    // Data keep their bytes, so that offsets fit.
    let text = run(demarche().args(["show", "esc", "--text", "--graph"]).arg(out.path()));
    assert!(text.stdout.contains("proposed\u{1b}[8m a ceasefire"), "{:?}", text.stdout);
    let name = "no\u{1b}[2Jsuch.txt";
    let error = run(demarche().args(["build", name, "-o"]).arg(out.path()));
    error.ended(2, &["no␛[2Jsuch.txt"]);
    let error = run(&mut on_graph(&["query", "--no\u{1b}[2J"]));
    assert!(error.code == 2 && !error.stderr.contains("\u{1b}[2J"), "{:?}", error.stderr);
}

#[test]
fn xml_and_spreadsheets_get_nothing_that_they_would_choke_on() {
    let texts = files(&[(
        "feed.md",
        b"---\nid: =cmd()\ntitle: \"one\\ftwo\"\n---\nDonald Trump proposed a\x0c ceasefire.\n",
    )]);
    let out = files(&[]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    for format in ["rdf", "graphml"] {
        let xml = run(demarche().args(["export", "--format", format, "--graph"]).arg(out.path()));
        xml.ended(0, &[]);
        assert!(!xml.stdout.contains('\u{c}'), "{format}");
    }
    let select = ["query", "-e", "SELECT (\"=1+1\\f\" AS ?x) {}", "--format"];
    let query = |format: &[&str]| {
        run(demarche().args(select).args(format).arg("--graph").arg(out.path())).stdout
    };
    assert!(!query(&["xml"]).contains('\u{c}'));
    assert!(query(&["csv"]).contains("\n=1+1"));
    assert!(query(&["csv", "--spreadsheet"]).contains("\n'=1+1"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_open_already_is_added_to() {
    let folder = files(&[("all.txt", b"before\n")]);
    let path = folder.path().join("all.txt");
    let file = fs::File::options().append(true).open(&path).unwrap();
    let status = std::process::Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
        .args(["draw", "--format", "svg", "-o", "/dev/stdout", "--graph"])
        .arg(graph())
        .stdout(file)
        .status();
    assert!(status.unwrap().success());
    let all = fs::read_to_string(&path).unwrap();
    assert!(all.starts_with("before\n") && all.contains("<svg"), "{all}");
}

/// A server that answers everything with these bytes, and then waits.
fn answering(answer: Vec<u8>, slowly: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/query", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.unwrap(), answer.clone());
            thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                if !slowly {
                    let _ = stream.write_all(&answer);
                    return;
                }
                for byte in answer.iter().cycle() {
                    if stream.write_all(&[*byte]).is_err() {
                        return;
                    }
                    thread::sleep(Duration::from_millis(20));
                }
            });
        }
    });
    url
}

#[test]
fn a_hostile_endpoint_is_told_within_its_time() {
    let page = |head: &str, body: &str| format!("HTTP/1.1 {head}\r\n\r\n{body}").into_bytes();
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><rdf>&a;</rdf>";
    let json = "Content-Type: application/sparql-results+json";
    let ask = |url: &str| {
        soon(
            on_graph(&["query", "-e", "ASK {}", "--timeout", "2", "--endpoint", url])
                .env("no_proxy", "*"),
        )
    };
    for (answer, says) in [
        (page("200 OK\r\nContent-Type: application/rdf+xml", entities), "not asked for"),
        (page("200 OK\r\nContent-Type: application/sparql-results+xml", entities), "not asked for"),
        (page("200 OK", "{}"), "not asked for"),
        (page("307 Moved\r\nLocation: http://169.254.169.254/", ""), "not followed"),
        (page(&format!("200 OK\r\n{json}"), &"[".repeat(1 << 20)), "no SPARQL result"),
        (page(&format!("200 OK\r\n{json}"), "{\"boolean\":"), "no SPARQL result"),
        (page("500 No\r\nContent-Type: text/plain", "\u{1b}[2Jgone"), "␛[2Jgone"),
    ] {
        ask(&answering(answer, false)).ended(2, &[says]);
    }
    let drip = page(&format!("200 OK\r\n{json}\r\nContent-Length: 1000000"), &" ".repeat(100));
    ask(&answering(drip, true)).ended(2, &["stopped after 2 s"]);
}

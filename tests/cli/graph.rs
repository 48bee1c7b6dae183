//! Build, and what reads a built graph.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::{demarche, folder, graph, on_graph, run, texts};

#[test]
fn build_tells_what_it_found_and_wrote() {
    let (texts, out) = (texts(), folder(&[]));
    let run = run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()));
    run.ended(0, &["a second"]).shows(&["2 documents", "Donald Trump", "claims.jsonl"]);
    assert!(!run.stdout.contains('\u{1b}'), "no colour where standard output is no terminal");
    let summary = fs::read_to_string(out.path().join("summary.txt")).unwrap();
    assert!(run.stdout.starts_with(&summary));
}

#[test]
fn build_writes_where_graph_says_too() {
    let (texts, out) = (texts(), folder(&[]));
    let graph = out.path().join("new/graph");
    run(demarche().arg("build").arg(texts.path()).arg("--graph").arg(&graph).arg("-q"))
        .ended(0, &[]);
    run(demarche().args(["show", "a", "--graph"]).arg(&graph)).ended(0, &[]);
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let (texts, one, two) = (texts(), folder(&[]), folder(&[]));
    for (jobs, out) in [("1", &one), ("2", &two)] {
        run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()).args(["-j", jobs]))
            .ended(0, &[]);
    }
    let names = |folder: &std::path::Path| {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(one.path()), names(two.path()));
    for name in names(one.path()) {
        let same =
            fs::read(one.path().join(&name)).unwrap() == fs::read(two.path().join(&name)).unwrap();
        assert!(same, "{name:?} differs");
    }
}

#[test]
fn standard_input_is_a_document() {
    let out = folder(&[]);
    run(demarche()
        .args(["build", "-", "-o"])
        .arg(out.path())
        .write_stdin("Trump proposed a ceasefire."))
    .ended(0, &[])
    .shows(&["1 document"]);
    run(demarche().args(["show", "stdin", "--text", "--graph"]).arg(out.path()))
        .ended(0, &[])
        .shows(&["Trump proposed a ceasefire."]);
}

#[test]
fn two_builds_into_one_folder_do_not_mix() {
    let (texts, out) = (texts(), folder(&[]));
    // The first build waits for its standard input, and holds the folder.
    let mut first = std::process::Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
        .args(["build", "-", "-q", "-o"])
        .arg(out.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !out.path().join(".lock").exists() && started.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(5));
    }
    let second = run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()));
    let mut stdin = first.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"Trump proposed a ceasefire.").unwrap();
    drop(stdin);
    assert!(first.wait().unwrap().success());
    second.ended(2, &["another build"]);
    run(demarche().args(["show", "stdin", "--graph"]).arg(out.path())).ended(0, &[]);
}

#[test]
fn show_gives_an_actor_with_the_words() {
    on_graph(&["show", "putin"])
        .assert()
        .success()
        .stdout(predicates::str::contains("Vladimir Putin"))
        .stdout(predicates::str::contains("rejected the ceasefire"));
    run(&mut on_graph(&["show", "Kremlin"])).ended(0, &[]).shows(&["according to Kremlin"]);
}

#[test]
fn show_gives_a_document_as_offsets_count_it() {
    let show = run(&mut on_graph(&["show", "b", "--text"]));
    assert_eq!(show.stdout, crate::DOCUMENTS[1].1);
}

#[test]
fn show_writes_json() {
    let show = run(&mut on_graph(&["show", "vladimir-putin", "--json"]));
    let page: serde_json::Value = serde_json::from_str(&show.ended(0, &[]).stdout).unwrap();
    assert_eq!(page["kind"], "actor");
    assert!(!page["claims"].as_array().unwrap().is_empty());
}

#[test]
fn show_suggests_and_ends_with_1_where_there_is_nothing() {
    run(&mut on_graph(&["show", "Vladimir Puttin"])).ended(1, &["Vladimir Putin"]);
    run(&mut on_graph(&["show", "xyzzy"])).ended(1, &["xyzzy"]);
}

#[test]
fn check_finds_nothing_wrong_in_what_build_made() {
    run(&mut on_graph(&["check"])).ended(0, &[]).shows(&["0 errors"]);
}

#[test]
fn ask_answers_with_evidence_or_with_exit_code_1() {
    run(&mut on_graph(&["ask", "Who", "proposed", "the", "30-day", "ceasefire?"]))
        .ended(0, &[])
        .shows(&["Donald Trump", "proposed a 30-day ceasefire"]);
    let answer = run(&mut on_graph(&["ask", "--json", "Who rejected the ceasefire?"]));
    let answer: serde_json::Value = serde_json::from_str(&answer.ended(0, &[]).stdout).unwrap();
    assert_eq!(answer["answers"][0]["id"], "vladimir-putin");
    assert_eq!(answer["answers"][0]["evidence"][0]["document"], "a");
    run(&mut on_graph(&["ask", "Who invaded Belgium?"])).ended(1, &["nothing found"]);
}

#[test]
fn query_reads_a_file_an_argument_or_standard_input() {
    let select = "SELECT ?what { actor:vladimir-putin dm:rejected ?what }";
    let file = folder(&[("q.rq", select.as_bytes())]);
    let path = file.path().join("q.rq");
    let by_file = run(&mut on_graph(&["query", path.to_str().unwrap(), "--format", "csv"]));
    let by_argument = run(&mut on_graph(&["query", "-e", select, "--format", "csv"]));
    let by_stdin = run(on_graph(&["query", "-", "--format", "csv"]).write_stdin(select));
    by_file.ended(0, &[]).shows(&["what", "/matter/"]);
    assert_eq!(by_file.stdout, by_argument.stdout);
    assert_eq!(by_file.stdout, by_stdin.stdout);
}

#[test]
fn query_ends_with_1_where_no_row_is_found() {
    run(&mut on_graph(&["query", "-e", "SELECT ?x { ?x dm:act act:none }"])).ended(1, &[]);
    run(&mut on_graph(&["query", "-e", "ASK { ?x dm:act act:none }"])).ended(1, &[]).shows(&["no"]);
}

#[test]
fn every_export_format_is_written() {
    let out = folder(&[]);
    for extension in ["ttl", "trig", "nt", "nq", "rdf", "jsonld", "graphml", "csv"] {
        let path = out.path().join(format!("graph.{extension}"));
        run(&mut on_graph(&["export", "-o", path.to_str().unwrap()])).ended(0, &[]);
        assert!(fs::metadata(&path).unwrap().len() > 100, "{extension}");
    }
    run(&mut on_graph(&["export", "-o", "graph.doc"])).ended(2, &["doc", "ttl"]);
}

#[test]
fn every_view_is_drawn() {
    for view in ["stances", "timeline", "sources"] {
        run(&mut on_graph(&["draw", "--view", view, "--format", "svg"]))
            .ended(0, &[])
            .shows(&["<svg"]);
    }
    run(&mut on_graph(&["draw", "--view", "ego", "--focus", "Putin", "--format", "dot"]))
        .ended(0, &[])
        .shows(&["graph", "Vladimir Putin"]);
    run(&mut on_graph(&["draw", "--view", "ego", "--focus", "xyzzy"])).ended(1, &["xyzzy"]);
    run(&mut on_graph(&["draw", "--view", "ego"])).ended(2, &["--focus"]);
}

#[test]
fn annotate_writes_trees_and_attributions() {
    let text = "The Kremlin said that Putin agreed.";
    run(demarche().args(["annotate", "-", "--format", "conllu"]).write_stdin(text))
        .ended(0, &[])
        .shows(&["# text = The Kremlin said that Putin agreed.", "SpaceAfter=No", "nsubj"]);
    let lines = run(demarche().args(["annotate", "-", "--format", "jsonl"]).write_stdin(text));
    let line: serde_json::Value = serde_json::from_str(&lines.ended(0, &[]).stdout).unwrap();
    assert!(line["attributions"].is_array() && line["entities"].is_array());
}

#[test]
fn a_graph_of_another_version_is_told() {
    let old = folder(&[]);
    for file in fs::read_dir(graph()).unwrap().map(|file| file.unwrap()) {
        fs::copy(file.path(), old.path().join(file.file_name())).unwrap();
    }
    fs::write(old.path().join("demarche.json"), r#"{"format":99,"program":"9.9.9"}"#).unwrap();
    for command in [&["show", "Putin"][..], &["ask", "Who?"], &["query", "-e", "ASK {}"]] {
        run(demarche().args(command).arg("--graph").arg(old.path())).ended(2, &["99", "9.9.9"]);
    }
}

#[test]
fn a_folder_without_graph_says_how_to_make_one() {
    let empty = folder(&[]);
    run(demarche().args(["show", "Putin", "--graph"]).arg(empty.path()))
        .ended(2, &["demarche build"]);
}

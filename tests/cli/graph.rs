//! What reads a built graph.

use std::fs;
use std::path::Path;

use demarche::graph::folder::FORMAT;

use crate::{demarche, files, fixture, graph, on_graph, run};

#[test]
fn show_gives_an_actor_with_the_words() {
    on_graph(&["show", "putin"])
        .assert()
        .success()
        .stdout(predicates::str::contains("Vladimir Putin"))
        .stdout(predicates::str::contains("rejected the US plan for a full 30-day ceasefire"));
    run(&mut on_graph(&["show", "Kremlin"])).ended(0, &[]).shows(&["according to Kremlin"]);
}

#[test]
fn show_gives_a_document_as_offsets_count_it() {
    let show = run(&mut on_graph(&["show", "002", "--text"]));
    assert_eq!(show.stdout, fixture::corpus().documents[1].text);
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
fn a_graph_of_each_format_version_is_read() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/graphs");
    let mut versions = Vec::new();
    for version in fs::read_dir(&kept).unwrap() {
        let version = version.unwrap();
        let copy = tempfile::tempdir().unwrap();
        for file in fs::read_dir(version.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        let on = |arguments: &[&str]| {
            let mut command = demarche();
            command.args(arguments).arg("--graph").arg(copy.path());
            command
        };
        run(&mut on(&["check"])).ended(0, &[]).shows(&["0 errors, 0 warnings"]);
        run(&mut on(&["ask", "Who rejected the ferry line?"])).ended(0, &[]).shows(&["Denmark"]);
        versions.push(version.file_name().into_string().unwrap());
    }
    // a new format keeps the folders of the old ones, and adds one of its own
    assert!(versions.contains(&FORMAT.to_string()), "{versions:?}");
}

#[test]
fn query_reads_a_file_an_argument_or_standard_input() {
    let select = "SELECT ?what { actor:vladimir-putin dm:rejected ?what }";
    let file = files(&[("q.rq", select.as_bytes())]);
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
    let out = files(&[]);
    for extension in ["ttl", "trig", "nt", "nq", "rdf", "jsonld", "graphml", "csv"] {
        let path = out.path().join(format!("graph.{extension}"));
        run(&mut on_graph(&["export", "-o", path.to_str().unwrap()])).ended(0, &[]);
        assert!(fs::metadata(&path).unwrap().len() > 100, "{extension}");
    }
    run(&mut on_graph(&["export", "-o", "graph.doc"])).ended(2, &["doc", "ttl"]);
}

#[test]
fn exported_rdf_says_what_it_is_and_whose() {
    let told = ["--license", "https://spdx.org/licenses/CC0-1.0", "--publisher", "Ann Reed"];
    let export = [&["export", "--format", "ttl", "--issued", "2025-04-02"][..], &told].concat();
    run(&mut on_graph(&export)).ended(0, &[]).shows(&[
        "void:triples",
        "dcterms:license <https://spdx.org/licenses/CC0-1.0>",
        "dcterms:publisher \"Ann Reed\"",
        "dcterms:issued \"2025-04-02\"^^xsd:date",
    ]);
    let table = [&["export", "--format", "csv"][..], &told].concat();
    run(&mut on_graph(&table)).ended(2, &["--license", "RDF"]);
    run(&mut on_graph(&["export", "--format", "ttl", "--issued", "soon"]))
        .ended(2, &["YYYY-MM-DD"]);
}

#[test]
fn every_view_is_drawn() {
    for view in ["stances", "network", "timeline", "sources"] {
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
fn a_graph_of_another_version_is_told() {
    let old = files(&[]);
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
    let empty = files(&[]);
    run(demarche().args(["show", "Putin", "--graph"]).arg(empty.path()))
        .ended(2, &["demarche build"]);
}

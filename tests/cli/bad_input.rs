//! Bad input: each a clear message and the right exit code, and nothing else lost.

use std::fs;

use crate::{Run, demarche, files, on_graph, run};

const GOOD: (&str, &[u8]) = ("good.txt", b"Donald Trump proposed a ceasefire.");

/// Builds a good document and this one.
fn build(name: &str, content: &[u8]) -> Run {
    let texts = files(&[GOOD, (name, content)]);
    let out = files(&[]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()))
}

/// The document is told by its name and left out; the good one is read.
#[track_caller]
fn left_out(name: &str, content: &[u8], says: &str) {
    build(name, content)
        .ended(2, &["error", name, says, "1 document left out"])
        .shows(&["1 document,", "claims.jsonl"]);
}

/// The document is read with a warning.
#[track_caller]
fn read_with_warning(name: &str, content: &[u8], says: &str) {
    build(name, content).ended(0, &["warning", name, says]).shows(&["2 documents,"]);
}

#[test]
fn an_empty_file() {
    left_out("empty.txt", b"", "nothing to read");
}

#[test]
fn a_binary_file() {
    left_out("binary.txt", b"\x7fELF\x02\x01\x00\x00\x00", "binary");
}

#[test]
fn front_matter_that_is_no_yaml() {
    left_out("broken.md", b"---\ntitle: [\n---\nText.\n", "YAML");
}

#[test]
fn a_line_that_is_no_json() {
    left_out("lines.jsonl", b"{\"text\":\n", "no document");
}

#[test]
fn another_encoding() {
    read_with_warning("latin.txt", b"Zelensky met Erdo\xf0an in the caf\xe9.", "UTF-8");
}

#[test]
fn a_date_that_is_no_date() {
    read_with_warning("date.md", b"---\ndate: someday\n---\nTrump agreed.\n", "someday");
}

#[test]
fn another_language() {
    let text = "Президент заявил, что переговоры о прекращении огня продолжатся на следующей \
                неделе, и страны обменяются пленными.";
    read_with_warning("russian.txt", text.as_bytes(), "Russian");
}

#[test]
fn a_sentence_of_3000_words() {
    let text = format!("Putin {}.", "and Trump agreed ".repeat(1000));
    build("long.txt", text.as_bytes()).ended(0, &[]).shows(&["2 documents,"]);
}

#[test]
fn a_line_of_50_megabytes() {
    let mut line = vec![b'a'; 50 << 20];
    line.push(b'\n');
    left_out("line.jsonl", &line, "no document");
    left_out("line.txt", &line, "more than 1048576 bytes in line 1");
}

#[test]
fn a_byte_order_mark_of_utf32() {
    left_out("wide.txt", b"\xff\xfe\0\0P\0\0\0", "UTF-32");
}

#[test]
fn more_jobs_than_there_may_be() {
    run(demarche().args(["build", "-j", "1000000"])).ended(2, &["a number from 1 to 1024"]);
}

#[test]
fn a_path_that_is_not_there() {
    let out = files(&[]);
    run(demarche().args(["build", "nowhere.txt", "-o"]).arg(out.path()))
        .ended(2, &["nowhere.txt", "nothing to build from"]);
}

#[test]
fn a_build_of_nothing_leaves_the_old_graph() {
    let (texts, out) = (files(&[GOOD]), files(&[]));
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    let before = fs::read(out.path().join("claims.jsonl")).unwrap();
    run(demarche().args(["build", "nowhere.txt", "-o"]).arg(out.path())).ended(2, &[]);
    assert_eq!(fs::read(out.path().join("claims.jsonl")).unwrap(), before);
}

#[test]
fn an_ontology_that_is_missing() {
    run(demarche().args(["check", "--ontology", "nowhere"])).ended(2, &[]).shows(&["nowhere"]);
    run(demarche().args(["show", "x", "--ontology", "nowhere"])).ended(2, &["nowhere"]);
}

#[test]
fn an_ontology_that_is_no_turtle() {
    let mine =
        files(&[("mine.ttl", b"@prefix dm: <https://w3id.org/demarche/ontology#> .\ndm:x a")]);
    run(demarche().args(["check", "--ontology"]).arg(mine.path()))
        .ended(2, &[])
        .shows(&["mine.ttl:2"]);
}

#[test]
fn an_ontology_with_a_cycle() {
    let cycle = "@prefix issue: <https://w3id.org/demarche/ontology/issue#> .\n\
                 @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                 issue:one a skos:Concept ; skos:prefLabel \"one\"@en ; skos:definition \"One.\"@en ; skos:broader issue:two .\n\
                 issue:two a skos:Concept ; skos:prefLabel \"two\"@en ; skos:definition \"Two.\"@en ; skos:broader issue:one .\n";
    let mine = files(&[("cycle.ttl", cycle.as_bytes())]);
    run(demarche().args(["check", "--ontology"]).arg(mine.path()))
        .ended(2, &[])
        .shows(&["cycle.ttl", "leads back"]);
}

#[test]
fn a_query_with_a_syntax_error() {
    run(&mut on_graph(&["query", "-e", "SELECT ?x WHERE { ?x dm:act }"]))
        .ended(2, &["line 1, column 29", "there could be here"]);
}

#[test]
fn a_query_that_would_run_for_ever() {
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    run(&mut on_graph(&["query", "-e", endless, "--timeout", "0.2"])).ended(2, &["--timeout"]);
}

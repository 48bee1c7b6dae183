//! From texts to a graph.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{demarche, files, run};

/// Two short documents that disagree on who proposed what.
const DOCUMENTS: [(&str, &str); 2] = [
    (
        "a.md",
        "---\n\
         title: A call and a truce\n\
         date: 2025-03-19\n\
         ---\n\
         Donald Trump proposed a 30-day ceasefire. Ukraine accepted the ceasefire. \
         Vladimir Putin rejected the ceasefire on Tuesday.\n\n\
         According to the Kremlin, Trump proposed a halt to attacks on energy infrastructure. \
         Putin demanded an end to military aid.\n",
    ),
    (
        "b.txt",
        "19 March 2025\n\n\
         Putin proposed a halt to attacks on energy infrastructure, the White House said. \
         Macron criticised Russia. Ukraine did not accept the demand.\n",
    ),
];

/// A folder with [`DOCUMENTS`].
fn texts() -> TempDir {
    files(&DOCUMENTS.map(|(name, text)| (name, text.as_bytes())))
}

#[test]
fn build_tells_what_it_found_and_wrote() {
    let (texts, out) = (texts(), files(&[]));
    let run = run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()));
    run.ended(0, &["a second"]).shows(&["2 documents", "Donald Trump", "claims.jsonl"]);
    assert!(!run.stdout.contains('\u{1b}'), "no colour where standard output is no terminal");
    let summary = fs::read_to_string(out.path().join("summary.txt")).unwrap();
    assert!(run.stdout.starts_with(&summary));
}

#[test]
fn build_writes_where_graph_says_too() {
    let (texts, out) = (texts(), files(&[]));
    let graph = out.path().join("new/graph");
    run(demarche().arg("build").arg(texts.path()).arg("--graph").arg(&graph).arg("-q"))
        .ended(0, &[]);
    run(demarche().args(["show", "a", "--graph"]).arg(&graph)).ended(0, &[]);
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let (texts, one, two) = (texts(), files(&[]), files(&[]));
    for (jobs, out) in [("1", &one), ("2", &two)] {
        run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()).args(["-j", jobs]))
            .ended(0, &[]);
    }
    let names = |folder: &std::path::Path| {
        // What begins with a dot is no part of the graph.
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .filter(|name| !name.as_encoded_bytes().starts_with(b"."))
            .collect();
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
    let out = files(&[]);
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
    let (texts, out) = (texts(), files(&[]));
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
fn what_was_built_can_be_asked() {
    let (texts, out) = (texts(), files(&[]));
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    let ask = |arguments: &[&str]| {
        run(demarche().arg("ask").args(arguments).arg("--graph").arg(out.path()))
    };
    ask(&["Who", "proposed", "the", "30-day", "ceasefire?"])
        .ended(0, &[])
        .shows(&["Donald Trump", "proposed a 30-day ceasefire"]);
    let answer = ask(&["--json", "Who rejected the ceasefire?"]);
    let answer: serde_json::Value = serde_json::from_str(&answer.ended(0, &[]).stdout).unwrap();
    assert_eq!(answer["answers"][0]["id"], "vladimir-putin");
    assert_eq!(answer["answers"][0]["evidence"][0]["document"], "a");
    ask(&["Who invaded Belgium?"]).ended(1, &["nothing found"]);
    run(demarche().args(["check", "--graph"]).arg(out.path())).ended(0, &[]).shows(&["0 errors"]);
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
fn files_of_every_format_are_read() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let read = |name: &str| fs::read(seeds.join(name)).unwrap();
    let texts = files(&[
        ("a.pdf", &read("pdf/small.pdf")),
        ("b.docx", &read("docx/small.docx")),
        ("c.rss", &read("feed/rss")),
        ("d.atom", &read("feed/atom")),
        ("good.txt", b"Donald Trump proposed a ceasefire."),
        ("scan.pdf", b"%PDF-1.4 and nothing else"),
    ]);
    let out = files(&[]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path()))
        .ended(2, &["scan.pdf: no pdf that can be read", "1 document left out"])
        .shows(&["5 documents,"]);
    let texts = fs::read_to_string(out.path().join("texts.jsonl")).unwrap();
    for text in ["He agreed to the\\nplan today.", "1. He agreed.", "\"c-1\"", "\"d-1\""] {
        assert!(texts.contains(text), "{text}: {texts}");
    }
}

#[test]
fn a_document_over_its_budget_is_told_and_left_out() {
    let texts = files(&[("good.txt", b"Donald Trump proposed a ceasefire.")]);
    let out = files(&[]);
    let build = |option: &str| {
        run(demarche().args(["build", option]).arg(texts.path()).arg("-o").arg(out.path()))
    };
    build("--document-seconds=0").ended(2, &["good.txt: not read within 0 s", "nothing to build"]);
    build("--document-seconds=60").ended(0, &[]).shows(&["1 document,"]);
}

//! What is computed over all documents: stances, disputes, connections.

use std::fs;

use crate::{files, on_graph, run};

fn json(arguments: &[&str]) -> serde_json::Value {
    let run = run(on_graph(arguments).arg("--json"));
    serde_json::from_str(&run.ended(0, &[]).stdout).unwrap()
}

#[test]
fn stances_are_a_matrix() {
    run(&mut on_graph(&["stances"])).ended(0, &[]).shows(&[
        "Vladimir Putin",
        "− rejects",
        "+ accepts",
    ]);
    let markdown = run(&mut on_graph(&["stances", "--format", "markdown"]));
    markdown.ended(0, &[]).shows(&["| Vladimir Putin |", "| --- |"]);
    let csv = run(&mut on_graph(&["stances", "--format", "csv"]));
    let lines: Vec<&str> = csv.ended(0, &[]).stdout.lines().collect();
    assert!(lines[0].starts_with("actor,"), "{}", lines[0]);
    let columns = |line: &str| line.split(',').count();
    assert!(lines.iter().all(|line| columns(line) == columns(lines[0])), "{lines:?}");
}

#[test]
fn stances_carry_claims_sources_and_dates() {
    let page = json(&["stances", "--actor", "Putin", "--matter", "energy-truce"]);
    let stances = page["stances"].as_array().unwrap();
    assert_eq!(page["actors"].as_array().unwrap().len(), 1);
    let accepts = stances.iter().find(|it| it["stance"] == "accepts").unwrap();
    assert_eq!(accepts["sources"][0], "Kremlin");
    assert_eq!(accepts["dates"][0], "2025-03-18");
    assert_eq!(accepts["claims"][0]["id"], accepts["claim_ids"][0]);
    assert!(accepts["claims"][0]["quote"].as_str().unwrap().contains("agreed"));
}

#[test]
fn stances_are_written_by_extension() {
    let out = files(&[]);
    for (name, holds) in
        [("s.svg", "<svg"), ("s.md", "| --- |"), ("s.csv", "actor,"), ("s.json", "\"stances\"")]
    {
        let path = out.path().join(name);
        run(&mut on_graph(&["stances", "-o", path.to_str().unwrap()])).ended(0, &[]);
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.contains(holds), "{name}: {written}");
    }
    run(&mut on_graph(&["stances", "-o", "s.doc"])).ended(2, &["doc", "svg"]);
}

#[test]
fn a_stance_of_nobody_is_nothing() {
    run(&mut on_graph(&["stances", "--actor", "Puttin"])).ended(1, &["Vladimir Putin"]);
    run(&mut on_graph(&["stances", "--actor", "Reuters"])).ended(1, &["no claim"]);
}

#[test]
fn disputes_show_each_side_with_its_words() {
    run(&mut on_graph(&["disputes"])).ended(0, &[]).shows(&[
        "Who proposed the 30-day energy-infrastructure ceasefire?",
        "says Kremlin",
        "says the author of 002",
        "Putin proposed the energy truce",
    ]);
    let disputes = json(&["disputes", "--kind", "agent"]);
    assert_eq!(disputes[0]["sides"][0]["voices"][0], "Kremlin");
    assert!(disputes[0]["sides"][1]["claims"][0]["document"].is_string());
}

#[test]
fn disputes_are_about_somebody_or_something() {
    run(&mut on_graph(&["disputes", "Putin"])).ended(0, &[]);
    run(&mut on_graph(&["disputes", "peacekeepers"])).ended(1, &["nothing found"]);
    run(&mut on_graph(&["disputes", "xyzzy"])).ended(1, &["xyzzy"]);
    run(&mut on_graph(&["disputes", "--kind", "quantity"])).ended(1, &[]);
}

#[test]
fn connections_show_the_words_of_each_step() {
    for how in [&[][..], &["--strongest"]] {
        let connect = ["analyse", "connect", "Macron", "Trump"];
        run(on_graph(&connect).args(how)).ended(0, &[]).shows(&["Emmanuel Macron — ", "“"]);
    }
    let way = json(&["analyse", "connect", "Macron", "Putin"]);
    assert_eq!(way["steps"][0]["from"]["id"], "emmanuel-macron");
    assert!(way["support"].as_f64().unwrap() > 0.0);
    run(&mut on_graph(&["analyse", "connect", "Macron", "xyzzy"])).ended(1, &["xyzzy"]);
}

#[test]
fn brokers_and_camps_have_evidence() {
    let brokers = json(&["analyse", "brokers", "-n", "2"]);
    assert_eq!(brokers.as_array().unwrap().len(), 2);
    assert!(!brokers[0]["claims"].as_array().unwrap().is_empty());
    let camps = json(&["analyse", "camps"]);
    assert!(!camps["oppositions"][0]["claims"].as_array().unwrap().is_empty());
    run(&mut on_graph(&["analyse", "camps"])).ended(0, &[]).shows(&["Camp 1", " against "]);
}

#[test]
fn what_hangs_on_one_source_is_told() {
    run(&mut on_graph(&["analyse", "without", "Kremlin"])).ended(0, &[]).shows(&[
        "Without Kremlin",
        "of 26 would fall away",
        "Nobody else says that",
    ]);
    run(&mut on_graph(&["analyse", "without", "002"])).ended(0, &[]);
    run(&mut on_graph(&["analyse", "without", "Ukraine"])).ended(1, &["nothing found"]);
    run(&mut on_graph(&["analyse", "without", "xyzzy"])).ended(1, &["xyzzy"]);
}

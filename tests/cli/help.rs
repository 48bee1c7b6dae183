use crate::{demarche, files, run};

const COMMANDS: [&str; 20] = [
    "build",
    "add",
    "remove",
    "update",
    "diff",
    "read",
    "ask",
    "show",
    "stances",
    "disputes",
    "analyse",
    "query",
    "draw",
    "export",
    "annotate",
    "eval",
    "check",
    "suggest",
    "completions",
    "man",
];

#[test]
fn every_command_teaches_by_example() {
    for command in COMMANDS {
        let help = run(demarche().args([command, "--help"]));
        help.ended(0, &[]).shows(&["demarche ", command, "--graph"]);
    }
    run(demarche().args(["ask", "--help"])).shows(&["Who proposed the 30-day ceasefire?"]);
}

#[test]
fn without_a_command_it_says_what_there_is() {
    run(&mut demarche()).ended(2, &["build", "ask", "query"]);
}

#[test]
fn a_misspelt_command_or_value_gets_a_hint() {
    run(demarche().arg("bulid")).ended(2, &["build"]);
    run(demarche().args(["draw", "--view", "stance"])).ended(2, &["stances"]);
    run(demarche().args(["build", "--jobs", "0"])).ended(2, &["--jobs"]);
}

#[test]
fn completions_and_manual_are_written() {
    run(demarche().args(["completions", "bash"])).ended(0, &[]).shows(&["_demarche"]);
    run(demarche().arg("man")).ended(0, &[]).shows(&[".TH demarche"]);
    let pages = files(&[]);
    run(demarche().args(["man", "-o"]).arg(pages.path())).ended(0, &[]);
    assert!(pages.path().join("demarche-ask.1").exists());
}

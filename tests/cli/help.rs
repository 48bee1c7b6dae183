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
        help.ended(0, &[]).shows(&["demarche ", command]);
    }
    run(demarche().args(["ask", "--help"])).shows(&["Who proposed the 30-day ceasefire?"]);
}

#[test]
fn options_of_every_command_stand_where_they_do_something() {
    let none: &[&str] = &["completions", "man", "diff"];
    for command in COMMANDS {
        let help = run(demarche().args([command, "--help"])).stdout;
        // In a list of options, and not in an example.
        let has = |option: &str| {
            let mut lines = help.lines().map(str::trim_start);
            lines.any(|line| line.trim_start_matches("-j, ").starts_with(&format!("{option} <")))
        };
        let graph = !none.contains(&command) && !["read", "annotate"].contains(&command);
        let ontology = !none.contains(&command) && !["add", "remove", "update"].contains(&command);
        assert_eq!((has("--graph"), has("--ontology")), (graph, ontology), "{command}: {help}");
        assert!(!has("--color") && !help.contains("--quiet "), "{command}: {help}");
        let heading = help.contains("demarche --help lists them all");
        assert_eq!(heading, graph || ontology, "{command}: {help}");
    }
    run(demarche().arg("--help")).shows(&["--graph", "--ontology", "--jobs", "--color", "--quiet"]);
}

#[test]
fn an_ontology_that_does_nothing_is_told() {
    let told = ["--ontology does nothing in `completions`"];
    run(demarche().args(["completions", "bash", "--ontology", "terms"])).ended(0, &told);
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

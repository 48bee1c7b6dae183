//! The recipes of CONTRIBUTING.md and of the README, followed.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{demarche, files, run};

/// A file of the repository.
fn committed(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The blocks of a language in a page of the repository.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let page = committed(page);
    let begins = format!("```{language}\n");
    let blocks = page.split(&begins).skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(str::to_owned).collect()
}

/// The blocks of Turtle of CONTRIBUTING.md, under the prefixes of the shipped files.
fn turtle() -> String {
    let blocks = blocks("CONTRIBUTING.md", "turtle");
    assert_eq!(blocks.len(), 2, "a verb and an act");
    format!(
        "@prefix dm: <https://w3id.org/demarche/ontology#> .\n\
         @prefix act: <https://w3id.org/demarche/ontology/act#> .\n\
         @prefix frame: <https://w3id.org/demarche/ontology/frame#> .\n\
         @prefix tr: <https://w3id.org/demarche/ontology/trigger#> .\n\
         @prefix owl: <http://www.w3.org/2002/07/owl#> .\n\
         @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{}",
        blocks.concat()
    )
}

/// Builds a graph of texts with terms of one's own.
fn build_with(mine: &TempDir, texts: &TempDir, out: &TempDir) {
    let mut build = demarche();
    build.arg("build").arg(texts.path()).arg("-o").arg(out.path());
    run(build.arg("--ontology").arg(mine.path())).ended(0, &[]);
}

#[test]
fn a_verb_and_an_act_are_taught() {
    let mine = files(&[("mine.ttl", turtle().as_bytes())]);
    let text = "Iceland stonewalled the ferry line. Denmark mourned the ferry line.";
    let (texts, out) = (files(&[("ferry.txt", text.as_bytes())]), files(&[]));
    let taught = |command: &str| {
        let mut it = demarche();
        it.arg(command).arg("--ontology").arg(mine.path()).arg("--graph").arg(out.path());
        it
    };
    build_with(&mine, &texts, &out);
    run(&mut taught("check")).ended(0, &[]).shows(&["0 errors, 0 warnings"]);
    let claims = fs::read_to_string(out.path().join("claims.jsonl")).unwrap();
    let acts: Vec<(String, String)> = claims
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|claim: serde_json::Value| {
            let words = |part: &str| claim[part].as_str().unwrap().to_owned();
            (words("act"), words("trigger"))
        })
        .collect();
    let pair = |act: &str, trigger: &str| (act.to_owned(), trigger.to_owned());
    assert_eq!(acts, [pair("reject", "stonewalled"), pair("mourn", "mourned")]);
    // the act has its edge, its words and its line like any other
    run(taught("query").args(["--format", "csv", "-e", "SELECT ?who { ?who dm:mourned ?what }"]))
        .ended(0, &[])
        .shows(&["actor/denmark"]);
    run(taught("ask").arg("Who mourned the ferry line?")).ended(0, &[]).shows(&["Denmark"]);
    run(taught("export").args(["--format", "ttl"])).ended(0, &[]).shows(&["act:mourn a dm:Act"]);
}

#[test]
fn an_actor_a_verb_and_an_issue_of_the_readme_are_taught() {
    let mine = files(&[("mine.ttl", blocks("README.md", "turtle").concat().as_bytes())]);
    let checked = run(demarche().args(["check", "--graph", "none", "--ontology"]).arg(mine.path()));
    checked.ended(0, &[]).shows(&["0 errors, 0 warnings"]);
    let text = "The Harbour League stonewalled the harbour fees.";
    let (texts, out) = (files(&[("fees.txt", text.as_bytes())]), files(&[]));
    build_with(&mine, &texts, &out);
    let claims = fs::read_to_string(out.path().join("claims.jsonl")).unwrap();
    let claim: serde_json::Value = serde_json::from_str(claims.lines().next().unwrap()).unwrap();
    assert_eq!(claim["act"], "reject");
    assert_eq!(claim["agent"][0]["id"], "harbour-league");
    assert_eq!(claim["matter"]["issues"][0], "harbour-fee");
}

#[test]
fn the_decisions_of_the_readme_are_carried_out() {
    let decisions = blocks("README.md", "yaml").concat();
    let mine = files(&[("mine.yaml", decisions.as_bytes())]);
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let out = files(&[]);
    let built = run(demarche()
        .arg("build")
        .arg(&seeds)
        .arg("-o")
        .arg(out.path())
        .arg("--decisions")
        .arg(mine.path().join("mine.yaml")));
    built.ended(0, &[]);
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    let claims = fs::read_to_string(out.path().join("claims.jsonl")).unwrap();
    assert!(!claims.contains("002-propose-4370"));
    let edited = claims.lines().find(|line| line.contains("Trump was delighted with himself"));
    assert!(edited.unwrap().contains(r#""act":"state""#));
}

/// What help names, `out/` has.
#[test]
fn every_id_that_show_names_exists() {
    let help = run(demarche().args(["show", "--help"])).stdout;
    let claims = committed("out/claims.jsonl");
    let named: Vec<&str> =
        help.split("claim/").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
    assert!(!named.is_empty());
    for id in named {
        assert!(claims.contains(&format!("\"id\":\"{id}\"")), "{id}");
    }
}

/// The claims that the help of `build` decides on are in `out/`, with these words.
#[test]
fn every_claim_that_build_decides_on_exists() {
    let help = run(demarche().args(["build", "--help"])).stdout;
    let lines: Vec<&str> = help.lines().map(str::trim).collect();
    let decided: Vec<(&str, &str)> = lines
        .windows(2)
        .filter_map(|pair| {
            let kinds = ["- reject: ", "- accept: ", "- edit: "];
            let id = kinds.iter().find_map(|kind| pair[0].strip_prefix(kind))?;
            Some((id, pair[1].strip_prefix("quote: ")?))
        })
        .collect();
    assert_eq!(decided.len(), 3, "{help}");
    let claims = committed("out/claims.jsonl");
    for (id, quote) in decided {
        let (id, quote) = (format!("\"id\":\"{id}\""), format!("\"quote\":\"{quote}\""));
        assert!(claims.lines().any(|claim| claim.contains(&id) && claim.contains(&quote)), "{id}");
    }
}

/// What the README says of the example in Python, where there is no Python to ask.
#[test]
fn the_readme_counts_what_out_holds() {
    let readme = committed("README.md");
    let count = |file: &str| committed(&format!("out/{file}.jsonl")).lines().count();
    let parts = ["documents", "claims", "actors", "matters", "events", "disputes"];
    let told: Vec<String> = parts.iter().map(|part| format!("{} {part}", count(part))).collect();
    let graph = format!("<Graph of {}>", told.join(", "));
    assert!(readme.contains(&graph), "{graph}");
    let claims = committed("out/claims.jsonl");
    let of = |act: &str| claims.matches(&format!("\"act\":\"{act}\"")).count();
    let acts = format!("{{'accept': {}, 'demand': {}}}", of("accept"), of("demand"));
    assert!(readme.contains(&acts), "{acts}");
}

#[test]
fn what_is_suggested_is_an_ontology() {
    let text = "The Harbour League rejected the harbour fee. Mayor Ines Costa accused the Harbour \
                League. The Harbour League demanded a harbour fee. Ines Costa pooh-poohed the \
                harbour fee.";
    let (texts, out) = (files(&[("fees.txt", text.as_bytes())]), files(&[]));
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    let suggested = out.path().join("suggested.ttl");
    let suggest = |least: &str| {
        let mut it = demarche();
        it.args(["suggest", "--least", least, "-o"]).arg(&suggested).arg("--graph").arg(out.path());
        it
    };
    run(&mut suggest("1")).ended(0, &[]);
    let turtle = fs::read_to_string(&suggested).unwrap();
    for words in ["Harbour League", "skos:prefLabel \"harbour fee\"", "(fees)"] {
        assert!(turtle.contains(words), "no {words:?} in {turtle}");
    }
    let checked = run(demarche().args(["check", "--graph", "none", "--ontology"]).arg(&suggested));
    checked.ended(0, &[]).shows(&["0 errors"]);
    // laid over the shipped ontology, it leaves nothing of it to suggest
    let again = run(demarche()
        .args(["suggest", "--least", "1", "--graph"])
        .arg(out.path())
        .arg("--ontology")
        .arg(&suggested));
    assert!(
        !again.stdout.contains("dm:Organisation") && !again.stdout.contains("dm:Group"),
        "{}",
        again.stdout
    );
    run(&mut suggest("1000")).ended(1, &["lacks nothing"]);
}

#[test]
fn a_property_that_nothing_reads_is_told_with_its_line() {
    let turtle = "@prefix actor: <https://w3id.org/demarche/id/actor/> .\n\
                  @prefix dm: <https://w3id.org/demarche/ontology#> .\n\
                  @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                  actor:league a dm:Organisation ;\n    skos:prefLabel \"League\"@en ;\n    \
                  skos:label \"the League\"@en ;\n    skos:note \"for people\"@en .\n";
    let mine = files(&[("mine.ttl", turtle.as_bytes())]);
    let checked = run(demarche().args(["check", "--graph", "none", "--ontology"]).arg(mine.path()));
    checked.ended(0, &[]).shows(&["mine.ttl:6", "skos:label", "did you mean", "1 warning"]);
    assert!(!checked.stdout.contains("skos:note"));
}

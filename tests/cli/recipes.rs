//! The recipes of CONTRIBUTING.md, followed.

use std::fs;
use std::path::Path;

use crate::{demarche, files, run};

/// The blocks of Turtle of CONTRIBUTING.md, under the prefixes of the shipped files.
fn turtle() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md");
    let page = fs::read_to_string(page).unwrap();
    let blocks = page.split("```turtle").skip(1).filter_map(|rest| rest.split("```").next());
    let blocks: Vec<&str> = blocks.collect();
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
    run(demarche()
        .arg("build")
        .arg(texts.path())
        .arg("-o")
        .arg(out.path())
        .arg("--ontology")
        .arg(mine.path()))
    .ended(0, &[]);
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

//! Asks questions of texts and says how many were answered rightly:
//! `cargo run --example ask TEXTS questions.jsonl…`, where TEXTS is a folder. With
//! `-q QUESTION…` instead of files it prints the answers.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use demarche::annotate::Annotator;
use demarche::ask;
use demarche::corpus::Reader;
use demarche::eval;
use demarche::extract::Lexicon;
use demarche::graph::Graph;
use demarche::ontology::Ontology;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (texts, rest) = arguments.split_first().context("which folder of texts?")?;
    let ontology = Ontology::shipped()?;
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded()?;
    let (mut records, mut claims) = (Vec::new(), Vec::new());
    for document in Reader::new([texts], None) {
        let (document, _) = document?;
        let (record, read) = demarche::read(&document, &annotator, &lexicon);
        records.push(record);
        claims.extend(read);
    }
    let mut corpus = demarche::resolve::resolve(records, claims, &ontology);
    if corpus.actors.is_empty() {
        stand_in(&mut corpus, &ontology);
    }
    eprintln!("{} claims, {} actors", corpus.claims.len(), corpus.actors.len());
    if let Some(path) = std::env::var_os("CLAIMS") {
        let lines: Vec<String> =
            corpus.claims.iter().map(|c| serde_json::to_string(c).unwrap()).collect();
        std::fs::write(path, lines.join("\n"))?;
    }
    let graph = Graph::new(corpus, &ontology);
    if rest.first().is_some_and(|r| r == "-q") {
        for question in &rest[1..] {
            let answer = ask::answer(&graph, &lexicon, &annotator, question);
            println!("# {question}\n{}", serde_json::to_string(&answer.understood)?);
            println!("{answer}");
        }
        return Ok(());
    }
    for file in rest {
        let (questions, errors) = eval::read_questions(&PathBuf::from(file));
        errors.iter().for_each(|error| eprintln!("{error}"));
        let began = Instant::now();
        let report = eval::ask_all(&questions, |question| {
            view(&ask::answer(&graph, &lexicon, &annotator, question))
        });
        let each = began.elapsed().as_secs_f64() / questions.len().max(1) as f64;
        println!("{file}\n{report}{each:.3} s a question");
    }
    Ok(())
}

fn view(answer: &ask::Answer) -> Vec<eval::AnswerView> {
    answer
        .answers
        .iter()
        .map(|found| eval::AnswerView {
            id: Some(found.id.clone()),
            label: Some(found.label.clone()),
            evidence: found.evidence.iter().map(|e| e.quote.clone()).collect(),
        })
        .collect()
}

// Until resolve fills them: the actors of the claims.
fn stand_in(corpus: &mut demarche::resolve::Corpus, ontology: &Ontology) {
    use demarche::resolve::Actor;
    let mut actors = std::collections::BTreeMap::new();
    for claim in &corpus.claims {
        for role in [&claim.agent, &claim.addressee, &claim.source, &claim.via] {
            for p in role {
                let (Some(id), Some(label)) = (&p.id, &p.label) else { continue };
                let known = ontology.actor(id);
                let acts_for = known.and_then(|a| {
                    a.acts_for.clone().or_else(|| a.tenures.last().map(|t| t.of.clone()))
                });
                let forces = ontology.actors.iter().find(|a| {
                    a.adjectives.iter().any(|x| *id == format!("{}-forces", x.to_lowercase()))
                });
                let actor = Actor {
                    id: id.clone(),
                    label: label.clone(),
                    acts_for: acts_for.or(forces.map(|a| a.id.clone())),
                    ..Actor::default()
                };
                actors.entry(id.clone()).or_insert(actor);
            }
        }
    }
    corpus.actors = actors.into_values().collect();
}

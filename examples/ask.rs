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
    let corpus = demarche::resolve::resolve(records, claims, &ontology);
    eprintln!("{} claims, {} actors", corpus.claims.len(), corpus.actors.len());
    if let Some(path) = std::env::var_os("CLAIMS") {
        let lines: Vec<String> =
            corpus.claims.iter().map(|c| serde_json::to_string(c).unwrap()).collect();
        std::fs::write(path, lines.join("\n"))?;
        for m in &corpus.matters {
            eprintln!(
                "{} | {} | {:?} | {:?} | {:?}",
                m.id, m.label, m.issues, m.attributes, m.variants
            );
        }
        for d in &corpus.disputes {
            eprintln!("DISPUTE {} {}", d.kind, d.label);
        }
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

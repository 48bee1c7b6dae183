//! Fits how likely a sentence answers a question, rather than another or none, to questions whose answers people have marked:
//!
//!     cargo run --release --example answering -- [--write FILE] FOLDER…
//!
//! Each folder has `texts/` and `questions.jsonl`, a question a line with the places that answer
//! it: `{"q": …, "sentences": [{"doc", "start", "end"}…]}`, none where the texts do not say.
//! Prints how often one of the sentences that would be shown is one of them, each part of the
//! folders judged by weights fitted to the others; `--write` puts the weights of all into a file (`models/answering.tsv`), and
//! `--signs` prints what is fitted, a question a line.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use demarche::annotate::Annotator;
use demarche::ask::{self, Candidate};
use demarche::corpus::Reader;
use demarche::eval;
use demarche::extract::Lexicon;
use demarche::graph::Graph;
use demarche::logistic::{Example, Logistic, fit_choice};
use demarche::ontology::Ontology;
use demarche::resolve::resolve;

/// How strongly weights are held back: of 1, 3, 10 and 30 the best on folders left out.
const RIDGE: f64 = 3.0;

/// Into how many parts the folders are put, each judged by weights fitted to the others.
const PARTS: usize = 6;
/// How many sentences are shown, those that are as likely as this part of the likeliest: as
/// `ask` does.
const SHOWN: usize = 3;
const AS_LIKELY: f64 = 0.5;

const TABLE: &str = "\
# How likely a sentence answers a question: as likely as e to the sum of these weights over its signs,
# beside the others of the question and none (e to 0).
# Written by `cargo run --release --example answering`; do not edit by hand.
";

/// A question with the sentences that came into question.
struct Asked {
    folder: usize,
    question: String,
    /// Do the texts say it?
    said: bool,
    candidates: Vec<(Candidate, bool)>,
}

fn main() -> Result<()> {
    let (mut folders, mut write, mut signs) = (Vec::new(), None, false);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--write") => write = arguments.next().map(PathBuf::from),
            Some("--signs") => signs = true,
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let ontology = Ontology::shipped()?;
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded()?;
    let mut asked = Vec::new();
    for (number, folder) in folders.iter().enumerate() {
        let graph = graph(folder, &annotator, &lexicon, &ontology)
            .with_context(|| format!("{}", folder.display()))?;
        let (questions, errors) = eval::read_questions(&folder.join("questions.jsonl"));
        errors.iter().for_each(|error| eprintln!("{error}"));
        for question in questions {
            let Some(marked) = &question.sentences else { continue };
            let found = ask::candidates(&graph, &lexicon, &annotator, &question.text);
            let is_marked = |c: &Candidate| {
                marked.iter().any(|place| {
                    place.doc == c.document && place.start < c.span.end && c.span.start < place.end
                })
            };
            let candidates = found.into_iter().map(|c| (is_marked(&c), c)).map(|(m, c)| (c, m));
            asked.push(Asked {
                folder: number,
                question: question.text.clone(),
                said: !marked.is_empty(),
                candidates: candidates.collect(),
            });
        }
    }
    if signs {
        return print_signs(&asked);
    }
    let left_out: Vec<Logistic> = (0..PARTS).map(|part| fitted(&asked, Some(part))).collect();
    println!("chance  said: right  wrong  silent   not said: silent");
    for least in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] {
        report(&asked, &left_out, least);
    }
    if let Some(file) = write {
        std::fs::write(&file, format!("{TABLE}{}", fitted(&asked, None)))?;
    }
    Ok(())
}

/// What the texts of a folder say.
fn graph(
    folder: &Path,
    annotator: &Annotator,
    lexicon: &Lexicon<'_>,
    ontology: &Ontology,
) -> Result<Graph> {
    let (mut records, mut claims) = (Vec::new(), Vec::new());
    for item in Reader::new([folder.join("texts")], None) {
        let (document, _warnings) = item?;
        let (record, found) = demarche::read(&document, annotator, lexicon);
        records.push(record);
        claims.extend(found);
    }
    Ok(Graph::new(resolve(records, claims, ontology), ontology))
}

/// Weights fitted to all questions but those of a part of the folders: of the sentences of each, or
/// none of them, what answers is to be chosen.
fn fitted(asked: &[Asked], without: Option<usize>) -> Logistic {
    let of_others = asked.iter().filter(|asked| Some(asked.folder % PARTS) != without);
    let choice = |asked: &Asked| {
        let one = |(candidate, right): &(Candidate, bool)| Example {
            signs: candidate.signs.clone(),
            right: *right,
        };
        let mut choice: Vec<Example> = asked.candidates.iter().map(one).collect();
        let none = !choice.iter().any(|example| example.right);
        choice.push(Example { signs: Vec::new(), right: none });
        choice
    };
    let choices: Vec<Vec<Example>> = of_others.map(choice).collect();
    fit_choice(&choices, &Logistic::default(), RIDGE)
}

/// One line: what is answered from a chance on.
fn report(asked: &[Asked], weights: &[Logistic], least: f64) {
    let (mut right, mut wrong, mut silent, mut said) = (0, 0, 0, 0);
    let (mut kept_silent, mut unsaid) = (0, 0);
    for question in asked {
        let weights = &weights[question.folder % PARTS];
        let signs: Vec<_> = question.candidates.iter().map(|(c, _)| c.signs.clone()).collect();
        let rights = question.candidates.iter().map(|(_, right)| *right);
        let mut ranked: Vec<(f64, bool)> = weights.shares(&signs).into_iter().zip(rights).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = ranked.first().map_or(0.0, |first| first.0);
        let shown: Vec<(f64, bool)> =
            ranked.into_iter().take(SHOWN).filter(|one| one.0 >= best * AS_LIKELY).collect();
        let is_shown = shown.iter().map(|one| one.0).sum::<f64>() >= least;
        if question.said {
            said += 1;
            match is_shown {
                true if shown.iter().any(|one| one.1) => right += 1,
                true => wrong += 1,
                false => silent += 1,
            }
        } else {
            unsaid += 1;
            kept_silent += usize::from(!is_shown);
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!(
        "{least:.1}     {:11.3} {:6.3} {:7.3} {:18.3}",
        share(right, said),
        share(wrong, said),
        share(silent, said),
        share(kept_silent, unsaid)
    );
}

/// A question a line, for whoever looks for better signs.
fn print_signs(asked: &[Asked]) -> Result<()> {
    for question in asked {
        let candidate = |(c, right): &(Candidate, bool)| {
            serde_json::json!({
                "document": c.document, "start": c.span.start, "end": c.span.end,
                "right": right, "signs": c.signs,
            })
        };
        let candidates: Vec<_> = question.candidates.iter().map(candidate).collect();
        let line = serde_json::json!({
            "folder": question.folder, "q": question.question, "said": question.said,
            "candidates": candidates,
        });
        println!("{}", serde_json::to_string(&line)?);
    }
    Ok(())
}

//! Fits whom pronouns mean to texts whose claims people have annotated:
//!
//!     cargo run --release --example antecedents -- [--write FILE] TEXTS STANDOFF
//!
//! TEXTS has `<id>.txt`, STANDOFF `<id>.jsonl` with the places of whoever does, hears and tells
//! what is claimed (`models/training/claims`). Prints in how many pronouns of the third person the
//! right one is chosen of those whom grammar allows, each part of the documents judged by weights
//! fitted to the others; `--write` puts the weights of all into a file (`models/antecedents.tsv`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use demarche::annotate::Annotator;
use demarche::corpus::Reader;
use demarche::extract::{Lexicon, Participant, pronouns};
use demarche::logistic::{Example, Logistic, fit_choice};
use demarche::ontology::{Ontology, kebab};
use serde::Deserialize;

/// How strongly weights are held to those that the fit begins with: the first is what is written.
const RIDGES: [f64; 4] = [100.0, 30.0, 10.0, 1.0];

/// Into how many parts the documents are put.
const PARTS: usize = 6;

/// What the fit begins with, in points: subjects stay in mind, adjectives and phrases before the
/// subject do not, and what is near is meant before what is far.
const FROM: &str = "\
sentences:1\t-1.5
sentences:2\t-3
sentences:3\t-4.5
sentences:4\t-6
words\t-0.2
place:subject\t1.2
place:subject of a passive\t1.2
place:owner\t0.1
place:object\t0.3
place:predicate\t0.8
adjective\t-2
in an opening phrase\t-2
reporter\t1
subject of the sentence before\t0.5
subject of another sentence\t0.5
subject of the clause\t1.5
coreferent\t1
subject for a subject\t0.4
two apart\t0.8
";

const TABLE: &str = "\
# What speaks for a mention as the antecedent of a pronoun: the one with the most points is meant.
# Written by `cargo run --release --example antecedents`; do not edit by hand.
";

/// A claim, of which only people count here.
#[derive(Deserialize)]
struct Annotated {
    #[serde(default)]
    agent: Vec<Somebody>,
    #[serde(default)]
    addressee: Vec<Somebody>,
    #[serde(default)]
    source: Vec<Somebody>,
}

/// Somebody in a role, and where the words for it stand.
#[derive(Deserialize)]
struct Somebody {
    id: String,
    span: Option<(usize, usize)>,
}

/// A pronoun that somebody has said the meaning of.
struct Case {
    document: usize,
    choice: Vec<Example>,
}

fn main() -> Result<()> {
    let (mut folders, mut write) = (Vec::new(), None);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--write") => write = arguments.next().map(PathBuf::from),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let [texts, standoff] = folders.as_slice() else { bail!("give TEXTS and STANDOFF") };
    let cases = cases(texts, standoff)?;
    let possible = cases.iter().filter(|case| case.choice.iter().any(|e| e.right)).count();
    println!(" ridge  pronouns  with the right one among those allowed  right");
    for ridge in RIDGES {
        let left_out: Vec<Logistic> =
            (0..PARTS).map(|part| fitted(&cases, Some(part), ridge)).collect();
        let is_right = |case: &&Case| chooses(&left_out[case.document % PARTS], &case.choice);
        let right = cases.iter().filter(is_right).count();
        println!("{ridge:6}  {:8}  {possible:39}  {right:5}", cases.len());
    }
    if let Some(file) = write {
        std::fs::write(&file, format!("{TABLE}{}", fitted(&cases, None, RIDGES[0])))?;
    }
    Ok(())
}

/// Is the mention with the most points a right one?
fn chooses(weights: &Logistic, choice: &[Example]) -> bool {
    let points = |e: &Example| weights.points(&e.signs);
    choice.iter().max_by(|a, b| points(a).total_cmp(&points(b))).is_some_and(|best| best.right)
}

/// Weights fitted to all documents but those of a part.
fn fitted(cases: &[Case], without: Option<usize>, ridge: f64) -> Logistic {
    let of_others = cases.iter().filter(|case| Some(case.document % PARTS) != without);
    let choices: Vec<Vec<Example>> = of_others.map(|case| case.choice.clone()).collect();
    let from = Logistic::read(FROM).expect("a sign, a tab and a number a line");
    fit_choice(&choices, &from, ridge)
}

/// The pronouns of all texts that an annotation says the meaning of.
fn cases(texts: &Path, standoff: &Path) -> Result<Vec<Case>> {
    let ontology = Ontology::shipped()?;
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded()?;
    let mut cases = Vec::new();
    for (number, item) in Reader::new([texts], None).enumerate() {
        let (document, _warnings) = item?;
        let file = standoff.join(&document.id).with_extension("jsonl");
        let people = people(&file).with_context(|| file.display().to_string())?;
        let page = annotator.page(&document);
        let annotation = annotator.annotate(&page.document.text);
        for pronoun in pronouns(&page.document, &annotation, &lexicon) {
            let span = page.written(pronoun.span);
            let Some(meant) = people.get(&(span.start, span.end)) else { continue };
            let example = |(signs, means): (_, Vec<Participant>)| Example {
                right: same(meant, &means),
                signs,
            };
            let choice = pronoun.antecedents.into_iter().map(example).collect();
            cases.push(Case { document: number, choice });
        }
    }
    Ok(cases)
}

/// Who is meant by the words at each place.
fn people(file: &Path) -> Result<BTreeMap<(usize, usize), BTreeSet<String>>> {
    let mut found: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let claim: Annotated = serde_json::from_str(line)?;
        for somebody in claim.agent.into_iter().chain(claim.addressee).chain(claim.source) {
            if let Some(span) = somebody.span {
                found.entry(span).or_default().insert(somebody.id);
            }
        }
    }
    Ok(found)
}

/// Are the participants those of the ids? Ids are free words of annotators, so that the last
/// part of a name is enough.
fn same(ids: &BTreeSet<String>, means: &[Participant]) -> bool {
    let is = |id: &str, who: &Participant| {
        let own = who.id.clone().unwrap_or_else(|| kebab(&who.text));
        own == id || id.rsplit_once('-').is_some_and(|(_, last)| last.len() > 3 && last == own)
    };
    means.len() <= ids.len() && ids.iter().all(|id| means.iter().any(|who| is(id, who)))
}

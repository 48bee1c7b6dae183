//! Measures what each construction, each class of words and each trait of acts gives, by reading
//! texts once without it:
//!
//!     cargo run --release --example left_out -- TEXTS GOLD [--all]
//!
//! TEXTS are texts, GOLD their claims as people read them (`demarche eval --gold`); with
//! `tests/gold/texts tests/gold/claims` it can be tried on those of this repository. A line says
//! how many claims are lost, gained or otherwise read without something, how many gold claims of
//! weights 2 and 3 are found, with their agent, with all that is asked of them, and how many of
//! the claims are right. What changes nothing is not shown, unless by `--all`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use demarche::annotate::{Annotation, Annotator};
use demarche::corpus::{Document, Reader, Text};
use demarche::eval::{self, GoldClaim, Report};
use demarche::extract::{self, Claim, Construction, Lexicon};
use demarche::layout::Page;
use demarche::ontology::{ActTrait, Ontology, WordClass};
use demarche::readings;
use demarche::resolve::resolve;
use rayon::prelude::*;

/// A text that the network has read, which does it the same whatever is left out.
struct Annotated {
    document: Document,
    page: Page,
    annotation: Annotation,
}

/// Texts, and what is to be found in them.
struct Task {
    ontology: Ontology,
    read: Vec<Annotated>,
    gold: Vec<GoldClaim>,
    texts: BTreeMap<String, Text>,
}

/// What was found.
struct Outcome {
    claims: BTreeMap<String, Claim>,
    report: Report,
}

fn main() -> Result<()> {
    let (options, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        std::env::args_os().skip(1).map(PathBuf::from).partition(|it| it.starts_with("--all"));
    let [texts, gold] = &paths[..] else { bail!("left_out TEXTS GOLD [--all]") };
    let annotator = Annotator::embedded()?;
    let documents: Vec<Document> = Reader::new([texts], None)
        .map(|item| item.map(|(document, _warnings)| document))
        .collect::<Result<_, _>>()
        .with_context(|| texts.display().to_string())?;
    let (gold, errors) = eval::read_gold(gold);
    errors.iter().for_each(|error| eprintln!("{error}"));
    let task = Task {
        ontology: Ontology::shipped()?,
        texts: documents.iter().map(|it| (it.id.clone(), it.text.clone())).collect(),
        read: annotator.install(|| {
            let read = |document: Document| {
                let page = annotator.page(&document);
                let annotation = annotator.annotate(&page.document.text);
                Annotated { document, page, annotation }
            };
            documents.into_par_iter().map(read).collect()
        }),
        gold,
    };
    let all = task.read(&task.ontology, None);
    println!(
        "{:<40} {:>5} {:>6} {:>7} {:>6} {:>6} {:>6} {:>9}",
        "without", "lost", "gained", "changed", "found", "who", "full", "precision"
    );
    row("nothing", &all, &all);
    let show = |name: String, outcome: &Outcome| {
        if !options.is_empty() || outcome.claims != all.claims {
            row(&name, outcome, &all);
        }
    };
    for &construction in Construction::ALL {
        show(
            format!("construction {construction}"),
            &task.read(&task.ontology, Some(construction)),
        );
    }
    for &class in WordClass::ALL {
        let mut ontology = task.ontology.clone();
        ontology.word_classes.remove(&class);
        show(format!("class {class}"), &task.read(&ontology, None));
    }
    for &what in ActTrait::ALL {
        let mut ontology = task.ontology.clone();
        ontology.acts.iter_mut().for_each(|act| {
            act.traits.remove(&what);
        });
        show(format!("trait {what}"), &task.read(&ontology, None));
    }
    Ok(())
}

impl Task {
    /// Reads all texts with an ontology, all constructions but one.
    fn read(&self, ontology: &Ontology, without: Option<Construction>) -> Outcome {
        let lexicon = Lexicon::new(ontology);
        let lexicon = match without {
            Some(construction) => lexicon.without(construction),
            None => lexicon,
        };
        let read = |it: &Annotated| {
            let claims = extract::extract(&it.page.document, &it.annotation, &lexicon);
            let claims = extract::as_written(claims, &it.page, &it.document);
            (readings::record(&it.document, it.annotation.words.len()), claims)
        };
        let (records, claims): (Vec<_>, Vec<_>) = self.read.par_iter().map(read).unzip();
        let corpus = resolve(records, claims.into_iter().flatten().collect(), ontology);
        // what a claim is worth does not depend on what was left out
        let report = eval::score(&corpus.claims, &self.gold, &self.texts, &self.ontology);
        let claims = corpus.claims.into_iter().map(|claim| (claim.id.clone(), claim)).collect();
        Outcome { claims, report }
    }
}

fn row(name: &str, outcome: &Outcome, all: &Outcome) {
    let missing = |of: &Outcome, from: &Outcome| {
        of.claims.keys().filter(|&id| !from.claims.contains_key(id)).count()
    };
    let changed = |(id, claim): &(&String, &Claim)| {
        all.claims.get(*id).is_some_and(|before| before != *claim)
    };
    let important = outcome.report.important();
    let share = |part: usize| part as f64 / important.n.max(1) as f64;
    println!(
        "{name:<40} {:>5} {:>6} {:>7} {:>6.4} {:>6.4} {:>6.4} {:>9.4}",
        missing(all, outcome),
        missing(outcome, all),
        outcome.claims.iter().filter(changed).count(),
        share(important.found),
        share(important.who),
        share(important.full),
        outcome.report.precision(),
    );
}

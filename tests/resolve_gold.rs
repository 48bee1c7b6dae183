//! How well matters are put together, measured on the gold claims where they are at
//! hand, and on what the program reads in the seeds:
//! `cargo test --test resolve_gold -- --nocapture`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use demarche::eval::{GoldClaim, read_gold};
use demarche::extract::{Claim, MatterMention, Participant};
use demarche::ontology::{Ontology, kebab};
use demarche::resolve::{BCubed, Corpus, DocumentRecord, bcubed, resolve};

const DOCUMENTS: [&str; 3] = ["000", "001", "003"];

/// The folder with the gold claims and their texts, if there is one.
fn shared() -> Option<PathBuf> {
    let shared = match std::env::var_os("DEMARCHE_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find_map(|a| {
            let shared = a.join("shared");
            shared.join("gold").is_dir().then_some(shared)
        })?,
    };
    shared.join("gold").is_dir().then_some(shared)
}

/// Character offset of the first place where `part` stands in `whole`.
fn find(whole: &str, part: &str) -> Option<usize> {
    whole.find(part).map(|byte| whole[..byte].chars().count())
}

fn claim(gold: &GoldClaim, line: usize, text: &str, ontology: &Ontology) -> Claim {
    let start = find(text, &gold.quote).unwrap_or_default();
    let end = start + gold.quote.chars().count();
    let trigger_start = start + find(&gold.quote, &gold.trigger).unwrap_or_default();
    let people = |ids: &[String]| -> Vec<Participant> {
        ids.iter()
            .map(|id| {
                let label = ontology.actor(id).map_or(id.replace('-', " "), |a| a.label.clone());
                Participant { id: Some(kebab(&label)), text: label.clone(), label: Some(label) }
            })
            .collect()
    };
    let (source, via) = match gold.source.split_last() {
        // several reporters side by side are each a source
        Some(_) if gold.source.len() > 1 => (people(&gold.source), Vec::new()),
        Some((last, via)) => (people(std::slice::from_ref(last)), people(via)),
        None => (Vec::new(), Vec::new()),
    };
    Claim {
        id: format!("{}-{line}", gold.doc),
        document: gold.doc.clone(),
        start,
        end,
        quote: gold.quote.clone(),
        trigger: gold.trigger.clone(),
        trigger_start,
        trigger_end: trigger_start + gold.trigger.chars().count(),
        act: gold.act[0].clone(),
        status: gold.status,
        agent: people(&gold.agent),
        addressee: people(&gold.addressee),
        source,
        via,
        matter: gold.matter.as_ref().map(|matter| MatterMention {
            text: matter.clone(),
            start: trigger_start,
            end,
            id: None,
            label: None,
            issues: Vec::new(),
            about: Vec::new(),
        }),
        condition: None,
        time: None,
        confidence: 1.0,
        extractor: "gold".to_owned(),
        evidence: Default::default(),
    }
}

/// The gold claims, resolved.
fn resolved(shared: &Path) -> Corpus {
    let ontology = Ontology::shipped().unwrap();
    let mut claims = Vec::new();
    let mut documents = Vec::new();
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(shared.join(format!("seeds/{document}.txt"))).unwrap();
        let (gold, errors) = read_gold(&shared.join(format!("gold/{document}.jsonl")));
        assert!(errors.is_empty(), "{errors:?}");
        claims.extend(gold.iter().enumerate().map(|(i, g)| claim(g, i + 1, &text, &ontology)));
        documents.push(DocumentRecord {
            id: document.to_owned(),
            date: Some("2025-03-19".to_owned()),
            text,
            ..DocumentRecord::default()
        });
    }
    resolve(documents, claims, &ontology)
}

/// Document and line → matter, as people see it.
fn gold_matters() -> BTreeMap<String, String> {
    include_str!("fixtures/resolve/matters.jsonl")
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = format!("{}-{}", row["doc"].as_str().unwrap(), row["line"]);
            (id, row["matter"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn matters_agree_with_gold() {
    let Some(shared) = shared() else {
        eprintln!("no gold claims at hand: skipped");
        return;
    };
    let corpus = resolved(&shared);
    let gold = gold_matters();
    if std::env::var_os("DEMARCHE_SHOW").is_some() {
        show(&corpus, &gold);
    }
    let pairs: Vec<(&String, String)> = corpus
        .claims
        .iter()
        .map(|c| {
            let id = c.matter.as_ref().and_then(|m| m.id.clone());
            (&gold[&c.id], id.unwrap_or_else(|| c.id.clone()))
        })
        .collect();
    let (all, _) = measure("matters", pairs);
    assert!(all.precision >= 0.85 && all.recall >= 0.75, "{all:?}");
}

/// What a reader of the three texts finds that their voices disagree on, and no more.
#[test]
fn disputes_of_the_gold_claims_are_those_of_a_reader() {
    let Some(shared) = shared() else {
        eprintln!("no gold claims at hand: skipped");
        return;
    };
    let corpus = resolved(&shared);
    let mut found: Vec<&str> = corpus.disputes.iter().map(|d| d.label.as_str()).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "Does Vladimir Putin want peace?",
            "Is “30-day ceasefire” accepted?",
            "What does the 30-day energy-infrastructure ceasefire cover?",
            "Who broke the agreements reached?",
            "Who proposed the 30-day energy-infrastructure ceasefire?",
        ]
    );
}

/// Prints and gives the measures over all pairs of gold and found matter, and over
/// what shares its matter with others, the harder part.
fn measure(what: &str, pairs: Vec<(&String, String)>) -> (BCubed, BCubed) {
    let all = bcubed(&pairs);
    let shared: Vec<_> = pairs.into_iter().filter(|(g, _)| !g.starts_with("only ")).collect();
    let hard = bcubed(&shared);
    for (which, found) in [("", &all), (" with several mentions", &hard)] {
        println!(
            "{what}{which}: B-cubed precision {:.3}, recall {:.3}, F1 {:.3} over {}",
            found.precision,
            found.recall,
            found.f1(),
            found.items
        );
    }
    (all, hard)
}

/// The claims of the seeds as the program reads them, kept in `out`, resolved anew.
fn seeds() -> Corpus {
    let lines = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("out").join(file);
        std::fs::read_to_string(path).unwrap()
    };
    let documents =
        lines("documents.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let unresolved = |line: &str| {
        let mut claim: Claim = serde_json::from_str(line).unwrap();
        if let Some(matter) = &mut claim.matter {
            (matter.id, matter.label) = (None, None);
        }
        claim
    };
    let claims = lines("claims.jsonl").lines().map(unresolved).collect();
    resolve(documents, claims, &Ontology::shipped().unwrap())
}

/// Claim → matter of its phrase, as people see it. A phrase that is read a little
/// longer or shorter by now is found by where it starts.
fn gold_of_seeds(corpus: &Corpus) -> BTreeMap<String, String> {
    let mut exact: BTreeMap<(String, usize, String), String> = BTreeMap::new();
    let mut by_start: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for line in include_str!("fixtures/resolve/seeds.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let word = |key: &str| row[key].as_str().unwrap().to_owned();
        let start = usize::try_from(row["start"].as_u64().unwrap()).unwrap();
        by_start.entry((word("doc"), start)).or_default().insert(word("matter"));
        exact.insert((word("doc"), start, word("text")), word("matter"));
    }
    let of = |claim: &Claim| {
        let matter = claim.matter.as_ref()?;
        let place = (claim.document.clone(), matter.start);
        let only = by_start.get(&place).filter(|found| found.len() == 1);
        let found = exact.get(&(place.0.clone(), place.1, matter.text.clone()));
        Some((claim.id.clone(), found.or_else(|| only?.first())?.clone()))
    };
    corpus.claims.iter().filter_map(of).collect()
}

#[test]
fn matters_of_the_seeds_agree_with_gold() {
    let corpus = seeds();
    let gold = gold_of_seeds(&corpus);
    if std::env::var_os("DEMARCHE_SHOW").is_some() {
        show(&corpus, &gold);
    }
    let read: Vec<&Claim> = corpus.claims.iter().filter(|c| c.matter.is_some()).collect();
    let pairs: Vec<(&String, String)> = read
        .iter()
        .filter_map(|c| {
            let id = c.matter.as_ref().and_then(|m| m.id.clone());
            Some((gold.get(&c.id)?, id.unwrap_or_else(|| c.id.clone())))
        })
        .collect();
    println!("{} of {} phrases are in the gold file", pairs.len(), read.len());
    let (all, hard) = measure("matters of the seeds", pairs);
    assert!(all.precision >= 0.85 && all.recall >= 0.7, "{all:?}");
    assert!(hard.precision >= 0.85, "{hard:?}");
}

fn show(corpus: &Corpus, gold: &BTreeMap<String, String>) {
    for event in &corpus.events {
        println!(
            "event {} @ {:?} {:?} part of {:?}",
            event.label, event.place, event.claims, event.part_of
        );
    }
    for dispute in &corpus.disputes {
        println!("dispute {}: {}", dispute.kind, dispute.label);
        for side in &dispute.sides {
            println!("    {} — {:?} {:?}", side.label, side.voices, side.claims);
        }
    }
    for matter in &corpus.matters {
        println!(
            "\n{} {:?} {:?} broader {:?}",
            matter.label, matter.issues, matter.attributes, matter.broader
        );
        for (claim, why) in &matter.reasons {
            let found = corpus.claims.iter().find(|c| c.id == *claim).unwrap();
            let text = &found.matter.as_ref().unwrap().text;
            println!("    {claim:8} [{}] {text} — {why}", gold.get(claim).map_or("", |g| g));
        }
    }
}

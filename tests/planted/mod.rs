//! Disputes that were planted in six invented sets of texts, by people who had not seen the
//! program: how many are found, and that what only looks like one is not among them.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::annotate::Annotator;
use demarche::corpus::Reader;
use demarche::extract::Lexicon;
use demarche::ontology::Ontology;
use demarche::resolve::{Corpus, Dispute, resolve};
use serde_json::Value;

/// Of how many planted disputes so many were found when it was measured last. Most of the others
/// rest on what no claim is made of ("Sundmark did", "Six people died, not fourteen").
const FOUND: usize = 18;

const SETS: [&str; 6] = [
    "corvane-docks",
    "ondine-bid",
    "port-ansel-summit",
    "senn-war",
    "tin-and-seed",
    "verlund-confidence",
];

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/disputes").join(set)
}

fn corpus(set: &str, annotator: &Annotator, lexicon: &Lexicon<'_>, ontology: &Ontology) -> Corpus {
    let (mut records, mut claims) = (Vec::new(), Vec::new());
    for document in Reader::new([folder(set).join("texts")], None) {
        let (document, _) = document.unwrap();
        let (record, found) = demarche::read(&document, annotator, lexicon);
        records.push(record);
        claims.extend(found);
    }
    resolve(records, claims, ontology)
}

/// The quotes of one side of what is expected: document and words.
fn quotes(expected: &Value, side: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let quote = |value: &Value| (text(&value["document"]), text(&value["quote"]));
    let letter = side.trim_start_matches("side_");
    let also = expected["also"].as_array().into_iter().flatten();
    let also = also.filter(|it| it["side"] == letter).map(quote);
    [quote(&expected[side])].into_iter().chain(also).collect()
}

/// Has the dispute a side with a claim from these words?
fn sides_with(dispute: &Dispute, quotes: &[(String, String)], corpus: &Corpus) -> Vec<usize> {
    let from = |id: &String| {
        let claim = corpus.claims.iter().find(|claim| claim.id == *id).unwrap();
        let text = &corpus.document(&claim.document).unwrap().text;
        let of_document = quotes.iter().filter(|(document, _)| claim.document.ends_with(document));
        of_document.into_iter().any(|(_, quote)| {
            let at = text.find(quote.as_str()).expect("the quote stands in its document");
            let start = text[..at].chars().count();
            claim.start < start + quote.chars().count() && start < claim.end
        })
    };
    (0..dispute.sides.len()).filter(|&side| dispute.sides[side].claims.iter().any(from)).collect()
}

/// Are the two quotes on two sides of the dispute?
fn joins(
    dispute: &Dispute,
    a: &[(String, String)],
    b: &[(String, String)],
    corpus: &Corpus,
) -> bool {
    let (a, b) = (sides_with(dispute, a, corpus), sides_with(dispute, b, corpus));
    a.iter().any(|a| b.iter().any(|b| a != b))
}

#[test]
fn planted_disputes_are_found_and_what_looks_like_one_is_not() {
    let (annotator, ontology) = (Annotator::embedded().unwrap(), Ontology::shipped().unwrap());
    let lexicon = Lexicon::new(&ontology);
    let (mut found, mut planted) = (0, 0);
    for set in SETS {
        let corpus = corpus(set, &annotator, &lexicon, &ontology);
        let expected = fs::read_to_string(folder(set).join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        for dispute in expected["disputes"].as_array().unwrap() {
            let (a, b) = (quotes(dispute, "side_a"), quotes(dispute, "side_b"));
            let is = corpus.disputes.iter().any(|d| joins(d, &a, &b, &corpus));
            let optional = dispute["optional"] == true;
            planted += usize::from(!optional);
            found += usize::from(is && !optional);
            println!("{set}: {} {}", if is { "found" } else { "–" }, dispute["about"]);
        }
        for none in expected["not_disputes"].as_array().unwrap() {
            let documents = none["documents"].as_array().unwrap();
            let places: Vec<Vec<(String, String)>> = none["quotes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|quote| {
                    let quote = quote.as_str().unwrap().to_owned();
                    documents
                        .iter()
                        .map(|it| (it.as_str().unwrap().to_owned(), quote.clone()))
                        .collect()
                })
                .map(|places: Vec<(String, String)>| {
                    let stands = |(document, quote): &(String, String)| {
                        let of =
                            |it: &&demarche::resolve::DocumentRecord| it.id.ends_with(document);
                        corpus.documents.iter().find(of).is_some_and(|it| it.text.contains(quote))
                    };
                    places.into_iter().filter(stands).collect()
                })
                .collect();
            for (at, a) in places.iter().enumerate() {
                for b in &places[at + 1..] {
                    let wrong = corpus.disputes.iter().find(|d| joins(d, a, b, &corpus));
                    assert_eq!(wrong.map(|d| &d.label), None, "{set}: {}", none["why"]);
                }
            }
        }
        for dispute in &corpus.disputes {
            println!("{set}: {}: {}", dispute.kind, dispute.label);
        }
    }
    println!("{found} of {planted} planted disputes found");
    assert!(found >= FOUND, "{found} of {planted} found, {FOUND} before");
}

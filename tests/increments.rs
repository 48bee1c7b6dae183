//! A graph that grows document by document is that of a build from nothing, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use demarche::annotate::Annotator;
use demarche::corpus::Document;
use demarche::extract::{By, Lexicon};
use demarche::graph::folder;
use demarche::ontology::Ontology;
use demarche::readings::{Method, Reading, Readings};
use demarche::resolve::{Corpus, resolve};
use proptest::prelude::*;

/// What texts are made of: names in full and short, one matter in many words, and who denies what.
const SENTENCES: [&str; 10] = [
    "Anna Lindqvist proposed a 30-day ceasefire at sea.",
    "Lindqvist said that Norland had rejected the ceasefire.",
    "President Tomas Reed of Sudria accepted the truce.",
    "Mr Reed demanded an end to the blockade, according to the Harbour League.",
    "The Harbour League denied it.",
    "Norland did not accept the 30-day halt to attacks on ships.",
    "T. Reed threatened new sanctions on Monday.",
    "The minister met Anna Lindquist in Geneva on 3 May 2025.",
    "“We will lift the blockade”, Reed told the League.",
    "Sudria accused Norland of a breach of the truce.",
];
const IDS: [&str; 5] = ["a", "b", "may/c", "may/d", "e"];

/// One change of a collection.
#[derive(Debug, Clone)]
enum Step {
    /// A document comes, or has another text from now on.
    Write(&'static str, Vec<&'static str>),
    Remove(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let id = || prop::sample::select(IDS.to_vec());
    let text = prop::collection::vec(prop::sample::select(SENTENCES.to_vec()), 1..4);
    prop_oneof![
        3 => (id(), text).prop_map(|(id, text)| Step::Write(id, text)),
        1 => id().prop_map(Step::Remove),
    ]
}

/// What documents are read with.
struct Desk {
    annotator: Annotator,
    lexicon: Lexicon<'static>,
    ontology: &'static Ontology,
    method: Method,
}

impl Desk {
    fn get() -> &'static Self {
        static DESK: OnceLock<Desk> = OnceLock::new();
        DESK.get_or_init(|| {
            let ontology: &'static Ontology = Box::leak(Box::new(Ontology::shipped().unwrap()));
            let method = Method::new(ontology, By::Both);
            let annotator = Annotator::embedded().unwrap();
            Self { annotator, lexicon: Lexicon::new(ontology), ontology, method }
        })
    }

    fn read(&self, document: &Document) -> Reading {
        let (document, claims) = demarche::read(document, &self.annotator, &self.lexicon);
        Reading { document, claims }
    }

    /// As it is kept; else it is read, and kept from now on.
    fn read_once(&self, document: &Document, kept: &Readings) -> Reading {
        if let Some(reading) = kept.get(self.method, document).unwrap() {
            return reading;
        }
        let reading = self.read(document);
        kept.put(self.method.key(document), self.method, &reading).unwrap();
        reading
    }

    fn resolve(&self, readings: impl Iterator<Item = Reading>) -> Corpus {
        let (documents, claims): (Vec<_>, Vec<_>) =
            readings.map(|it| (it.document, it.claims)).unzip();
        resolve(documents, claims.into_iter().flatten().collect(), self.ontology)
    }
}

/// What is in the files of a folder of this graph.
fn bytes(corpus: &Corpus, dir: &Path) -> BTreeMap<String, Vec<u8>> {
    folder::save(corpus, "https://example.org/", dir).unwrap();
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    files.map(|it| (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_changes_and_goes_the_graph_is_that_of_a_build_from_nothing(
        steps in prop::collection::vec(step(), 1..8),
    ) {
        let desk = Desk::get();
        let place = tempfile::tempdir().unwrap();
        let (grown, fresh) = (place.path().join("grown"), place.path().join("fresh"));
        let mut documents: BTreeMap<&str, Document> = BTreeMap::new();
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Write(id, text) => {
                    documents.insert(id, Document::new(*id, text.join(" ")));
                }
                Step::Remove(id) => {
                    documents.remove(id);
                }
            }
            // Each time the file is opened anew, as by another process.
            let kept = Readings::open(&place.path().join("kept")).unwrap();
            let corpus = desk.resolve(documents.values().map(|it| desk.read_once(it, &kept)));
            let keys = documents.values().map(|it| desk.method.key(it)).collect();
            kept.close(&keys).unwrap();
            let nothing = desk.resolve(documents.values().rev().map(|it| desk.read(it)));
            prop_assert_eq!(&corpus, &nothing, "step {}", number);
            prop_assert_eq!(bytes(&corpus, &grown), bytes(&nothing, &fresh), "step {}", number);
        }
    }
}

//! What each room takes: `cargo bench`, or `cargo bench -- ask` for some of them.
//!
//! Texts are those of `seeds/`, the graph that of `out/`, both in the repository.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use demarche::annotate::Annotator;
use demarche::ask::{self, Library};
use demarche::corpus::{Document, Reader};
use demarche::extract::{Claim, Lexicon};
use demarche::graph::{Graph, folder};
use demarche::ontology::Ontology;
use demarche::rdf::{self, Naming, Store};
use demarche::resolve::{DocumentRecord, resolve};
use divan::Bencher;

static ONTOLOGY: LazyLock<Ontology> =
    LazyLock::new(|| Ontology::shipped().expect("the ontology in the binary is whole"));
static LEXICON: LazyLock<Lexicon<'static>> = LazyLock::new(|| Lexicon::new(&ONTOLOGY));
static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::with_threads(1).expect("the model in the binary is whole"));

/// A place in the repository.
fn place(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn texts() -> Vec<Document> {
    let documents: Result<Vec<_>, _> = Reader::new([place("seeds")], None).collect();
    documents.expect("the seeds are read").into_iter().map(|(document, _)| document).collect()
}

fn read_all() -> (Vec<DocumentRecord>, Vec<Claim>) {
    let read = texts().into_iter().map(|text| demarche::read(&text, &ANNOTATOR, &LEXICON));
    let (records, claims): (Vec<_>, Vec<_>) = read.unzip();
    (records, claims.into_iter().flatten().collect())
}

fn graph() -> Graph {
    Graph::new(folder::open(&place("out")).expect("out/ is a graph"), &ONTOLOGY)
}

/// The ontology from what the build made of it.
#[divan::bench]
fn ontology() -> Ontology {
    Ontology::shipped().expect("the ontology in the binary is whole")
}

/// The ontology from its Turtle files, with every check.
#[divan::bench]
fn ontology_from_turtle() -> Ontology {
    Ontology::from_turtle().expect("the files have no errors")
}

/// The indexes over the ontology.
#[divan::bench]
fn index() -> Lexicon<'static> {
    Lexicon::new(&ONTOLOGY)
}

/// One text, from characters to claims.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let text = texts().swap_remove(0);
    LazyLock::force(&LEXICON);
    LazyLock::force(&ANNOTATOR);
    bencher.bench_local(|| demarche::read(&text, &ANNOTATOR, &LEXICON));
}

/// The claims of all texts into one corpus.
#[divan::bench]
fn resolving(bencher: Bencher<'_, '_>) {
    let (records, claims) = read_all();
    bencher
        .with_inputs(|| (records.clone(), claims.clone()))
        .bench_local_values(|(records, claims)| resolve(records, claims, &ONTOLOGY));
}

/// A graph folder, whole.
#[divan::bench]
fn open(bencher: Bencher<'_, '_>) {
    LazyLock::force(&ONTOLOGY);
    bencher.bench_local(graph);
}

const QUESTIONS: [&str; 2] = ["Who rejected the ceasefire?", "What did Trump propose?"];

/// Questions to a graph in memory.
#[divan::bench(args = QUESTIONS)]
fn ask(bencher: Bencher<'_, '_>, question: &str) {
    let graph = graph();
    LazyLock::force(&LEXICON);
    LazyLock::force(&ANNOTATOR);
    bencher.bench_local(|| ask::answer(&graph, &LEXICON, &ANNOTATOR, question));
}

/// Questions to a folder, of which only what they need is read.
#[divan::bench(args = QUESTIONS)]
fn ask_folder(bencher: Bencher<'_, '_>, question: &str) {
    LazyLock::force(&LEXICON);
    LazyLock::force(&ANNOTATOR);
    bencher.bench_local(|| {
        let library = Library::open(&place("out"), &LEXICON).expect("out/ is a graph");
        library.answer(&ANNOTATOR, question).expect("out/ can be read")
    });
}

/// A query to a store in memory.
#[divan::bench]
fn query(bencher: Bencher<'_, '_>) {
    let (graph, naming) = (graph(), Naming::default());
    let quads = rdf::quads(graph.corpus(), &ONTOLOGY, &naming);
    let store = Store::load(quads, naming.clone()).expect("a graph has sound triples");
    let query = "SELECT ?claim ?who WHERE { ?claim dm:act act:reject ; dm:agent ?who }";
    bencher.bench_local(|| store.query(query, Duration::from_secs(10)).expect("a sound query"));
}

fn main() {
    divan::main();
}

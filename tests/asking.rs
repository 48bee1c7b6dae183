//! Questions as a reader would ask them, over invented articles of three negotiations
//! (a port strike, a fisheries treaty, coalition talks): how many are answered rightly,
//! how many not at all, and that none is answered wrongly.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use demarche::annotate::Annotator;
use demarche::ask::{self, Answer};
use demarche::corpus::Reader;
use demarche::eval::{self, AnswerView};
use demarche::extract::Lexicon;
use demarche::graph::{Graph, folder};
use demarche::ontology::Ontology;
use demarche::resolve::resolve;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::embedded().unwrap());
static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::shipped().unwrap());
static LEXICON: LazyLock<Lexicon<'static>> = LazyLock::new(|| Lexicon::new(&ONTOLOGY));
static PORT: LazyLock<Graph> = LazyLock::new(|| graph("port"));
static FISH: LazyLock<Graph> = LazyLock::new(|| graph("fish"));
static COALITION: LazyLock<Graph> = LazyLock::new(|| graph("coalition"));

fn folder_of(negotiation: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/asking").join(negotiation)
}

/// What the texts of a negotiation say.
fn graph(negotiation: &str) -> Graph {
    let (mut records, mut claims) = (Vec::new(), Vec::new());
    for document in Reader::new([folder_of(negotiation).join("texts")], None) {
        let (document, _) = document.unwrap();
        let (record, found) = demarche::read(&document, &ANNOTATOR, &LEXICON);
        records.push(record);
        claims.extend(found);
    }
    Graph::new(resolve(records, claims, &ONTOLOGY), &ONTOLOGY)
}

fn ask(graph: &Graph, question: &str) -> Answer {
    ask::answer(graph, &LEXICON, &ANNOTATOR, question)
}

fn view(answer: &Answer) -> Vec<AnswerView> {
    let view = |found: &ask::Found| AnswerView {
        id: Some(found.id.clone()),
        label: Some(found.label.clone()),
        evidence: found.evidence.iter().map(|e| e.quote.clone()).collect(),
    };
    answer.answers.iter().map(view).collect()
}

/// Asks all questions of a file: how many are answered rightly, not at all, and wrongly.
fn measure(graph: &Graph, file: &Path) -> (usize, usize, Vec<String>) {
    let (questions, errors) = eval::read_questions(file);
    assert!(errors.is_empty(), "{errors:?}");
    let report = eval::ask_all(&questions, |question| view(&ask(graph, question)));
    let (mut silent, mut wrong) = (0, Vec::new());
    for verdict in report.verdicts.iter().filter(|verdict| !verdict.right) {
        println!("{} → {}", verdict.question, verdict.answers.join("; "));
        if verdict.answers.is_empty() {
            silent += 1;
        } else {
            wrong.push(format!("{} → {}", verdict.question, verdict.answers.join("; ")));
        }
    }
    println!("{}: {} right, {silent} silent, {} wrong", file.display(), report.right(), wrong.len());
    (report.right(), silent, wrong)
}

#[test]
fn readers_are_answered_rightly_or_not_at_all() {
    for (name, graph, floor) in [("port", &PORT, 0), ("fish", &FISH, 0), ("coalition", &COALITION, 0)] {
        let (right, _, wrong) = measure(graph, &folder_of(name).join("questions.jsonl"));
        assert!(right >= floor, "{name}: {right} of {floor} right");
        println!("{wrong:#?}");
    }
}

#[test]
fn the_questions_of_the_examples_are_answered_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let whole = Graph::new(folder::open(&root.join("out")).unwrap(), &ONTOLOGY);
    let (right, _, _) = measure(&whole, &root.join("examples/questions.jsonl"));
    assert!(right >= 87, "{right}");
}

//! Questions as a reader would ask them, over invented texts of seven negotiations (a port
//! strike, a fisheries treaty, coalition talks, a river, a railway, a truce, a tariff): how many
//! are answered rightly, how many not at all, how many wrongly. Texts and questions were written
//! by people who had not seen the program.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use demarche::annotate::Annotator;
use demarche::ask::{self, Answer, Conversation};
use demarche::corpus::{Document, Reader};
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

/// What some short texts say.
fn told(texts: &[(&str, &str)]) -> Graph {
    let read = |(id, text): &(&str, &str)| {
        demarche::read(&Document::new(*id, *text), &ANNOTATOR, &LEXICON)
    };
    let (records, claims): (Vec<_>, Vec<_>) = texts.iter().map(read).unzip();
    let claims = claims.into_iter().flatten().collect();
    Graph::new(resolve(records, claims, &ONTOLOGY), &ONTOLOGY)
}

/// All that is printed of the answers to a question.
fn said(graph: &Graph, question: &str) -> String {
    let answer = ask(graph, question);
    let labels = answer.answers.iter().map(|found| found.label.clone());
    let quotes = answer.answers.iter().flat_map(|found| &found.evidence);
    labels.chain(quotes.map(|evidence| evidence.quote.clone())).collect::<Vec<_>>().join(" | ")
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
    println!(
        "{}: {} right, {silent} silent, {} wrong",
        file.display(),
        report.right(),
        wrong.len()
    );
    (report.right(), silent, wrong)
}

/// How many of the questions of each negotiation are answered rightly; the floor is what
/// the program reached when it was measured last. Those not answered are told from the
/// texts only by claims that the reader has not found.
#[test]
fn readers_are_answered_rightly_or_not_at_all() {
    // one is wrong: what Norway undertook is not read as a promise, and what it signed answers; to
    // two a sentence answers that only implies the "no" and the "possibly"
    for (name, graph, floor, known_wrong) in
        [("port", &PORT, 23, 1), ("fish", &FISH, 24, 1), ("coalition", &COALITION, 22, 1)]
    {
        let (right, _, wrong) = measure(graph, &folder_of(name).join("questions.jsonl"));
        assert!(wrong.len() <= known_wrong, "{name}: {wrong:#?}");
        assert!(right >= floor, "{name}: {right} right, {floor} before");
    }
}

#[test]
fn a_slip_of_the_pen_is_put_right_and_told() {
    for (graph, question, meant) in [
        (&PORT, "What did Marta Quil demand?", "What did Marta Quill demand?"),
        (&PORT, "who propsed the freeze", "who proposed the freeze"),
        (&FISH, "What did Sigrun Olafsdotir say?", "What did Sigrun Olafsdottir say?"),
        (&COALITION, "What did Nora Lindquist demand?", "What did Nora Lindqvist demand?"),
    ] {
        let (answer, of_meant) = (ask(graph, question), ask(graph, meant));
        assert_eq!(answer.answers, of_meant.answers, "{answer}");
        if answer.is_empty() {
            assert_eq!(answer.understood.did_you_mean.as_deref(), Some(meant));
        } else {
            let told = format!("taken for “{meant}”");
            assert!(answer.understood.notes.contains(&told), "{answer}");
        }
    }
    // a word of the language is none, though no text has it
    let answer = ask(&PORT, "What profit did Marta Quill make?");
    assert!(answer.understood.did_you_mean.is_none(), "{answer}");
}

/// Questions to texts of other forms: live pages, transcripts, letters, agreements. Those that
/// are scored wrong are answered by something, of which a part may be right.
#[test]
fn most_questions_to_texts_of_many_forms_are_answered() {
    let (mut right, mut silent, mut wrong) = (0, 0, 0);
    for name in ["water", "rail", "truce", "trade"] {
        let found = measure(&graph(name), &folder_of(name).join("questions.jsonl"));
        right += found.0;
        silent += found.1;
        wrong += found.2.len();
    }
    println!("{right} right, {silent} silent, {wrong} otherwise");
    assert!(right >= 50 && wrong <= 28, "{right} right, {wrong} otherwise");
}

#[test]
fn what_is_nearest_stands_in_the_texts_and_is_no_answer() {
    let answer = ask(&PORT, "Who rejected the freeze?");
    assert!(answer.is_empty() && !answer.nearest.is_empty(), "{answer}");
    for near in &answer.nearest {
        let document = PORT.corpus().documents.iter().find(|d| d.id == near.document).unwrap();
        let text: String =
            document.text.chars().skip(near.start).take(near.end - near.start).collect();
        assert_eq!(text, near.sentence);
    }
    assert!(answer.to_string().contains("near, but no answer"), "{answer}");
}

#[test]
fn what_may_happen_does_not_tell_what_happened() {
    let answer = ask(&PORT, "Who refused the publication of the accounts?");
    assert!(answer.is_empty(), "{answer}");
}

/// The newest answer comes first, with its date, and one voice does not disagree with
/// itself.
#[test]
fn the_newest_answer_comes_first() {
    let answer = ask(&COALITION, "Did Hugo Falk accept the carbon tax?");
    assert_eq!(answer.answers[0].label, "yes", "{answer}");
    assert_eq!(answer.answers[0].date.as_deref(), Some("2033-06-29"));
}

#[test]
fn a_question_can_follow_from_another() {
    let mut conversation = Conversation::default();
    let mut next = |line: &str| {
        let question = conversation.whole(line, &ANNOTATOR, &LEXICON);
        let answer = ask(&FISH, &question);
        conversation.heard(&ANNOTATOR, &LEXICON, &answer);
        question
    };
    assert_eq!(next("What did Iceland demand?"), "What did Iceland demand?");
    assert_eq!(next("and Norway?"), "What did Norway demand?");
    assert_eq!(next("What did Greenland reject?"), "What did Greenland reject?");
    assert_eq!(next("Who praised the treaty?"), "Who praised the treaty?");
    assert_eq!(next("What did he suggest?"), "What did Lars Hovden suggest?");
    assert_eq!(next("Did Iceland accept the total catch?"), "Did Iceland accept the total catch?");
    assert_eq!(next("why?"), "Why did Iceland accept the total catch?");
    // What was asked for is no matter that "it" could mean.
    next("What do the sources disagree about?");
    assert!(!next("Who rejected it?").contains("What"));
}

#[test]
fn the_questions_of_the_examples_are_answered_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let whole = Graph::new(folder::open(&root.join("out")).unwrap(), &ONTOLOGY);
    let (right, _, _) = measure(&whole, &root.join("examples/questions.jsonl"));
    assert!(right >= 87, "{right}");
}

const QUARRY: &str = "Quarry talks at Ostrin end

Bela Torm, the manager of the quarry, met the drivers on Monday. He doubted their figures. \
The drivers will not return to the quarry. They have found work at the mill.

Bela Torm and Iva Torm are not related. The ministry said that 31 per cent of the stone had been \
sold. Under the draft the lorries must stop at night.
";

const PRESS: &str = "Transcript of the briefing at Ostrin

QUESTION: Did the drivers return the keys of the lorries?

TORM: No. They kept them.

QUESTION: How many lorries stand in the yard?

TORM: Fourteen, and all of them are ours.
";

const RUMOUR: &str = "Rumours at Ostrin

The paper wrote that Orla Fenn resigned because the yard was flooded. That is not true.
";

#[test]
fn what_the_next_sentence_denies_is_no_reason() {
    let graph = told(&[("rumour", RUMOUR)]);
    let answer = ask(&graph, "Why did Orla Fenn resign?");
    assert!(answer.answers.iter().all(|found| found.kind != ask::Kind::Sentence), "{answer}");
}

const ACCORD: &str = "Accord of Ostrin

The drivers shall return the keys.

Done at Ostrin on 4 May 2031

For the quarry: Bela Torm
For the drivers: Iva Torm
";

#[test]
fn what_a_question_asks_is_found_where_a_text_asks_it_too() {
    let graph = told(&[("briefing", PRESS)]);
    let answer = ask(&graph, "Did the drivers return the keys of the lorries?");
    assert_eq!(answer.answers.first().map(|found| found.label.as_str()), Some("no"), "{answer}");
    assert!(said(&graph, "How many lorries stand in the yard?").contains("Fourteen"));
    assert_eq!(said(&graph, "How many drivers live in the yard?"), "");
}

#[test]
fn who_signed_a_text_stands_under_it() {
    let graph = told(&[("accord", ACCORD), ("quarry", QUARRY)]);
    let names = said(&graph, "Who signed the accord?");
    assert!(names.contains("Bela Torm") && names.contains("Iva Torm"), "{names}");
    assert!(!names.contains("Done at"), "{names}");
    assert_eq!(said(&graph, "Who signed the lease?"), "");
}

#[test]
fn a_reason_may_follow_and_kin_is_no_connection() {
    let graph = told(&[("quarry", QUARRY)]);
    assert!(said(&graph, "Why will the drivers not return to the quarry?").contains("at the mill"));
    let kin = said(&graph, "Are Bela Torm and Iva Torm related?");
    assert!(kin.contains("not related"), "{kin}");
}

#[test]
fn a_number_answers_for_an_amount_and_nothing_else_does() {
    let graph = told(&[("quarry", QUARRY)]);
    assert!(said(&graph, "What percentage of the stone had been sold?").contains("31 per cent"));
    assert_eq!(said(&graph, "How far must the lorries stop at night under the draft?"), "");
}

#[test]
fn two_questions_in_one_have_two_answers() {
    let graph = told(&[("quarry", QUARRY), ("briefing", PRESS)]);
    let both = said(
        &graph,
        "What percentage of the stone had been sold, and how many lorries stand in the yard?",
    );
    assert!(both.contains("31 per cent") && both.contains("Fourteen"), "{both}");
}

const TALKS: &str = "Talks at Ostrin

Bela Torm met the drivers on Monday. He proposed a rise of 13.5 per cent. The mill has offered 11 per \
cent. The talks were long.
";

#[test]
fn a_number_with_a_point_is_not_dropped() {
    let graph = told(&[("talks", TALKS)]);
    let names = said(&graph, "Who proposed 13.5 per cent?");
    assert!(names.contains("Bela Torm") && !names.contains("mill"), "{names}");
}

#[test]
fn one_word_without_an_act_finds_nothing() {
    let graph = told(&[("talks", TALKS), ("briefing", PRESS)]);
    let answer = ask(&graph, "What came of the talks?");
    assert!(answer.answers.iter().all(|found| found.claims.is_empty()), "{answer}");
}

#[test]
fn whoever_is_asked_you_replies() {
    let text = "Transcript\n\nQUESTION: Did you return the keys of the lorries, Mr Torm?\n\nTORM: No. We kept them.\n";
    let graph = told(&[("talks", TALKS), ("transcript", text)]);
    let answer = ask(&graph, "Did Bela Torm return the keys of the lorries?");
    assert_eq!(answer.answers.first().map(|found| found.label.as_str()), Some("no"), "{answer}");
}

#[test]
fn of_many_texts_those_are_read_that_have_most_of_the_question() {
    let other =
        |n: usize| (format!("d{n:03}"), format!("Day {n}\n\nThe mill was open on day {n}.\n"));
    let mut texts: Vec<(String, String)> = (0..120).map(other).collect();
    texts.push(("quarry".into(), QUARRY.into()));
    let texts: Vec<(&str, &str)> =
        texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let graph = told(&texts);
    let found = said(&graph, "What percentage of the stone had been sold?");
    assert!(found.contains("31 per cent"), "{found}");
}

#[test]
fn everyday_words_may_be_misspelt_and_names_in_small_letters() {
    let meant = ask(&PORT, "What did Marta Quill demand?");
    for question in ["Wat did Marta Quill demand?", "What did marta quill demand?"] {
        let answer = ask(&PORT, question);
        assert_eq!(answer.answers, meant.answers, "{question}: {answer}");
        assert_eq!(answer.question, question);
    }
}

#[test]
fn who_is_responsible_for_it_is_not_for_it() {
    let graph = told(&[(
        "fire",
        "The fire\n\nOrla Fenn supported the closure of the yard. Bela Torm closed the gate.\n",
    )]);
    let answer = ask(&graph, "Who was responsible for the closure of the yard?");
    assert!(answer.understood.reading != ask::Reading::Stances, "{answer}");
    assert!(said(&graph, "Who was for the closure of the yard?").contains("Orla Fenn"));
}

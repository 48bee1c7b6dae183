//! The annotator as other rooms use it.

use std::sync::LazyLock;

use demarche::annotate::{
    Annotation, Annotator, Deprel, EntityKind, Upos, name_clusters, write_conllu, write_jsonl,
};
use demarche::corpus::{Document, Text};
use proptest::prelude::*;

static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::embedded().expect("the embedded model is whole"));

const REPORT: &str = "The Kremlin said on Tuesday that Vladimir Putin had rejected the offer. \
    “We don’t agree,” Putin told reporters in Moscow.";

fn document(content: &str) -> Document {
    Document::new("001", content)
}

/// What every annotation must keep, whatever the text.
fn assert_sound(text: &Text, annotation: &Annotation) {
    let n = annotation.words.len();
    let mut end = 0;
    for word in &annotation.words {
        assert!(end <= word.span.start && word.span.start < word.span.end);
        assert_eq!(text.slice(word.span), word.form);
        end = word.span.end;
    }
    assert_eq!(annotation.mention.len(), n);
    assert_eq!(annotation.antecedent.len(), n);
    let mut next = 0;
    for sentence in &annotation.sentences {
        assert_eq!(sentence.start, next);
        next = sentence.end;
        let roots = sentence.clone().filter(|w| annotation.words[*w].head.is_none());
        assert_eq!(roots.count(), 1, "a sentence has one root");
        for word in sentence.clone() {
            let mut at = word;
            for _ in sentence.clone() {
                let Some(head) = annotation.words[at].head else { break };
                assert!(sentence.contains(&head));
                at = head;
            }
            assert_eq!(annotation.words[at].head, None, "a sentence is a tree");
        }
    }
    assert_eq!(next, n);
    for pair in annotation.entities.windows(2) {
        assert!(pair[0].words.end <= pair[1].words.start);
    }
    for (word, antecedent) in annotation.antecedent.iter().enumerate() {
        assert!(antecedent.is_none_or(|a| a < word && annotation.mention[a]));
    }
    for attribution in &annotation.attributions {
        for range in
            [&attribution.source, &attribution.cue, &attribution.content].into_iter().flatten()
        {
            assert!(range.start < range.end && range.end <= n);
        }
    }
}

#[test]
fn a_report_has_tree_names_attributions_and_antecedents() {
    let text = Text::new(REPORT);
    let annotation = ANNOTATOR.annotate(&text);
    assert_sound(&text, &annotation);
    let word = |form: &str| annotation.words.iter().position(|w| w.form == form).unwrap();
    let rejected = &annotation.words[word("rejected")];
    assert_eq!(
        (rejected.upos, &*rejected.lemma, rejected.deprel),
        (Upos::Verb, "reject", Deprel::Ccomp)
    );
    assert_eq!(rejected.head, Some(word("said")));
    assert_eq!(annotation.words[word("n’t")].lemma, "not");

    let putin = annotation.entities.iter().find(|e| e.words.len() == 2).unwrap();
    assert_eq!(putin.kind, EntityKind::Person);
    assert_eq!(text.slice(annotation.span(putin.words.clone())), "Vladimir Putin");
    let cluster_of = |name: &str| {
        let entity = annotation
            .entities
            .iter()
            .position(|e| text.slice(annotation.span(e.words.clone())) == name)
            .unwrap();
        name_clusters(&annotation)[entity]
    };
    assert_eq!(cluster_of("Putin"), cluster_of("Vladimir Putin"));
    assert_ne!(cluster_of("Putin"), cluster_of("Kremlin"));

    let words = |ranges: &[std::ops::Range<usize>]| {
        ranges
            .iter()
            .map(|r| text.slice(annotation.span(r.clone())))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    let first = &annotation.attributions[0];
    assert_eq!(words(&first.source), "The Kremlin");
    assert!(words(&first.cue).contains("said"));
    assert_eq!(words(&first.content), "that Vladimir Putin had rejected the offer");
}

#[test]
fn conllu_agrees_with_the_text() {
    let document = document("Trump didn’t agree.\n\nWhy?\n");
    let mut out = Vec::new();
    write_conllu(&document, &ANNOTATOR.annotate(&document.text), &mut out).unwrap();
    let expected = "\
# newdoc id = 001
# sent_id = 001-1
# text = Trump didn’t agree.
1	Trump	Trump	PROPN	NNP	_	4	nsubj	_	start_char=0|end_char=5
2	did	do	AUX	VBD	_	4	aux	_	SpaceAfter=No|start_char=6|end_char=9
3	n’t	not	PART	RB	_	4	advmod	_	start_char=9|end_char=12
4	agree	agree	VERB	VB	_	0	root	_	SpaceAfter=No|start_char=13|end_char=18
5	.	.	PUNCT	.	_	4	punct	_	start_char=18|end_char=19

# sent_id = 001-2
# text = Why?
1	Why	why	ADV	WRB	_	0	root	_	SpaceAfter=No|start_char=21|end_char=24
2	?	?	PUNCT	.	_	1	punct	_	start_char=24|end_char=25

";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn jsonl_has_character_spans() {
    let document = document(REPORT);
    let mut out = Vec::new();
    write_jsonl(&document, &ANNOTATOR.annotate(&document.text), &mut out).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(line["document"], "001");
    assert_eq!(line["attributions"][0]["source"], serde_json::json!([[0, 11]]));
    let names: Vec<&str> = line["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            let at = |key: &str| e[key].as_u64().unwrap() as usize;
            document.text.slice(demarche::corpus::Span::new(at("start"), at("end")))
        })
        .collect();
    assert!(names.contains(&"Vladimir Putin"));
}

#[test]
fn texts_without_words_are_empty() {
    for content in ["", " \n\t\r\n", "\u{feff}\u{200b}"] {
        assert_eq!(ANNOTATOR.annotate(&Text::new(content)), Annotation::default());
    }
}

#[test]
fn an_endless_sentence_is_cut_into_long_ones_of_one_tree_each() {
    let text = Text::new("peace and ".repeat(1500));
    let annotation = ANNOTATOR.annotate(&text);
    assert_sound(&text, &annotation);
    assert_eq!((annotation.words.len(), annotation.sentences.len()), (3000, 6));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let text = Text::new(format!("{REPORT}\n").repeat(12));
    let one = Annotator::with_threads(1).unwrap().annotate(&text);
    let three = Annotator::with_threads(3).unwrap().annotate(&text);
    assert_eq!(one, three);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_text_is_annotated_soundly(content in "(\\PC|[a-zA-Z .,'’“”\\-\n]){0,120}") {
        let text = Text::new(content);
        assert_sound(&text, &ANNOTATOR.annotate(&text));
    }
}

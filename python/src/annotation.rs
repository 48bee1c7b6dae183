//! What the annotator sees in a text.

use demarche::annotate::{Annotation, name_clusters, write_conllu};
use demarche::corpus::{Document, Markup};
use pyo3::prelude::*;
use serde_json::{Value, json};

use crate::{engine, errors, values};

/// Annotates a text: sentences, tokens, names and attributions, with their places in the text as it
/// was given; and the same as CoNLL-U.
#[pyfunction]
pub(crate) fn annotate<'py>(
    py: Python<'py>,
    text: String,
    markdown: bool,
    jobs: Option<usize>,
) -> PyResult<(Bound<'py, PyAny>, String)> {
    let annotator = engine::annotator(py, jobs)?;
    let mut document = Document::new("text", text);
    if markdown {
        document.markup = Markup::Markdown;
    }
    let annotation = py.detach(|| {
        annotator.install(|| {
            let page = annotator.page_of_words(&document);
            annotator.annotate(&page.document.text).as_written(&page)
        })
    });
    let mut conllu = Vec::new();
    write_conllu(&document, &annotation, &mut conllu)?;
    let conllu = String::from_utf8(conllu).map_err(|error| errors::plain(py, &error))?;
    Ok((values::python(py, &told(&annotation))?, conllu))
}

/// Sentences, tokens, names and attributions; tokens are named by their number from 0.
fn told(annotation: &Annotation) -> Value {
    let place = |words: &std::ops::Range<usize>| {
        let span = annotation.span(words.clone());
        json!([words.start, words.end, span.start, span.end])
    };
    let places = |parts: &[std::ops::Range<usize>]| parts.iter().map(place).collect::<Value>();
    let tokens = annotation.words.iter().enumerate().map(|(at, word)| {
        json!([
            word.form,
            word.span.start,
            word.span.end,
            word.lemma,
            word.upos.as_str(),
            word.xpos,
            word.head,
            word.deprel.as_str(),
            annotation.sentence_of(at),
        ])
    });
    let names = annotation.entities.iter().zip(name_clusters(annotation));
    let names = names.map(|(name, id)| json!([name.kind.as_str(), id, place(&name.words)]));
    let attributions = annotation
        .attributions
        .iter()
        .map(|it| json!([places(&it.source), places(&it.cue), places(&it.content)]));
    json!({
        "tokens": tokens.collect::<Value>(),
        "sentences": annotation.sentences.iter().map(place).collect::<Value>(),
        "names": names.collect::<Value>(),
        "attributions": attributions.collect::<Value>(),
    })
}

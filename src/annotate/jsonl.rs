//! Writing attributions and names, one JSON object a document.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::annotation::Annotation;
use super::coreference::name_clusters;
use crate::corpus::Document;

#[derive(Serialize)]
struct Line<'a> {
    document: &'a str,
    attributions: Vec<Parts>,
    entities: Vec<Name>,
}

/// Character spans of an attribution's parts, `[start, end]`.
#[derive(Serialize)]
struct Parts {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct Name {
    start: usize,
    end: usize,
    r#type: &'static str,
    id: usize,
}

/// Writes a document's attributions and names as one line of JSON.
///
/// Spans are characters of the document (Unicode scalar values, end exclusive).
/// Names with one `id` name the same thing in this document.
///
/// # Errors
/// What `out` returns.
pub fn write_jsonl(
    document: &Document,
    annotation: &Annotation,
    out: &mut impl Write,
) -> io::Result<()> {
    let span = |words: &Range<usize>| {
        let span = annotation.span(words.clone());
        [span.start, span.end]
    };
    let spans = |parts: &[Range<usize>]| parts.iter().map(span).collect();
    let attributions = annotation.attributions.iter().map(|attribution| Parts {
        source: spans(&attribution.source),
        cue: spans(&attribution.cue),
        content: spans(&attribution.content),
    });
    let entities = annotation.entities.iter().zip(name_clusters(annotation)).map(|(name, id)| {
        let [start, end] = span(&name.words);
        Name { start, end, r#type: name.kind.as_str(), id }
    });
    let line = Line {
        document: &document.id,
        attributions: attributions.collect(),
        entities: entities.collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}

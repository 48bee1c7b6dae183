//! Annotates text files and prints CoNLL-U, or attributions and names:
//! `cargo run --example annotate -- [--jsonl] FILE…`

use std::io::{BufWriter, Write};

use demarche::annotate::{Annotator, write_conllu, write_jsonl};
use demarche::corpus::{Document, Text};

fn main() -> anyhow::Result<()> {
    let annotator = Annotator::embedded()?;
    let mut out = BufWriter::new(std::io::stdout());
    let mut jsonl = false;
    for path in std::env::args_os().skip(1) {
        if path == "--jsonl" {
            jsonl = true;
            continue;
        }
        let text = Text::new(std::fs::read_to_string(&path)?);
        let id = std::path::Path::new(&path).file_stem().unwrap_or_default();
        let document = Document {
            id: id.to_string_lossy().into_owned(),
            path: None,
            title: None,
            date: None,
            publisher: None,
            author: None,
            url: None,
            language: None,
            text,
        };
        let annotation = annotator.annotate(&document.text);
        if jsonl {
            write_jsonl(&document, &annotation, &mut out)?;
        } else {
            write_conllu(&document, &annotation, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

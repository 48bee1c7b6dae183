//! Annotates text files and prints CoNLL-U, or attributions and names:
//! `cargo run --example annotate -- [--jsonl] FILE…`

use std::io::{BufWriter, Write};

use demarche::annotate::{Annotator, write_conllu, write_jsonl};
use demarche::corpus::Document;

fn main() -> anyhow::Result<()> {
    let annotator = Annotator::embedded()?;
    let mut out = BufWriter::new(std::io::stdout());
    let mut jsonl = false;
    for path in std::env::args_os().skip(1) {
        if path == "--jsonl" {
            jsonl = true;
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        let id = std::path::Path::new(&path).file_stem().unwrap_or_default();
        let document = Document::new(id.to_string_lossy(), text);
        let annotation = annotator.annotate(&document.text);
        if jsonl {
            write_jsonl(&document, &annotation, &mut out)?;
        } else {
            write_conllu(&document, &annotation, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

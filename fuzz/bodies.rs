//! What every reader of the program is given: any bytes. Each body must end, without a panic, in
//! something that is read or told; what is read keeps its promises.
//!
//! `cargo fuzz run TARGET` feeds them for as long as it is let; `tests/cli/fuzzed.rs` feeds them
//! what lies in `fuzz/seeds`, and mutants of it, in every run of the tests.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use demarche::corpus::{Document, Format, Reader};
use demarche::decisions;
use demarche::extract::Lexicon;
use demarche::layout;
use demarche::ontology::Ontology;
use demarche::rdf::{Naming, Store};

/// A body, with the name of its target.
pub(crate) type Body = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const BODIES: [Body; 10] = [
    ("text", |bytes| read(bytes, Format::Text)),
    ("markdown", |bytes| read(bytes, Format::Markdown)),
    ("html", |bytes| read(bytes, Format::Html)),
    ("json_lines", |bytes| read(bytes, Format::JsonLines)),
    ("pdf", |bytes| read(bytes, Format::Pdf)),
    ("docx", |bytes| read(bytes, Format::Docx)),
    ("feed", |bytes| read(bytes, Format::Feed)),
    ("ontology", ontology),
    ("decisions", corrections),
    ("query", query),
];

/// The body of a target.
pub(crate) fn body(target: &str) -> fn(&[u8]) {
    BODIES.iter().find(|(name, _)| *name == target).expect("a target of this name").1
}

/// Reads documents and sets them as they are read aloud.
fn read(bytes: &[u8], format: Format) {
    let input = Cursor::new(bytes.to_vec());
    for item in Reader::new(["-"], Some(format)).with_stdin(input) {
        match item {
            Ok((document, warnings)) => {
                warnings.iter().for_each(|warning| drop(warning.to_string()));
                set(&document);
            }
            Err(error) => drop(error.to_string()),
        }
    }
}

/// Every block stands in the text, and every character that is read comes from it.
fn set(document: &Document) {
    let length = document.text.len();
    for block in layout::blocks(&document.text, document.markup) {
        assert!(block.span.end <= length, "{block:?}");
    }
    let page = layout::page(document, &|word: &str| word.len() > 3);
    let read = page.document.text.len();
    for at in 0..read {
        let written = page.written(demarche::corpus::Span::new(at, at + 1));
        assert!(written.end <= length && written.len() == 1);
    }
}

fn shipped() -> &'static Ontology {
    static SHIPPED: OnceLock<Ontology> = OnceLock::new();
    SHIPPED.get_or_init(|| Ontology::shipped().expect("the shipped ontology is whole"))
}

/// Runs `work` with a file of these bytes.
fn with_file<T>(name: &str, bytes: &[u8], work: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().expect("a folder for a file");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file can be written");
    work(&path)
}

fn ontology(bytes: &[u8]) {
    with_file("mine.ttl", bytes, |path| {
        if let Ok(ontology) = Ontology::load(&[path.to_owned()]) {
            let _ = Lexicon::new(&ontology);
        }
    });
}

fn corrections(bytes: &[u8]) {
    with_file("mine.yaml", bytes, |path| {
        if let Err(errors) = decisions::read(path, shipped()) {
            errors.iter().for_each(|error| drop(error.to_string()));
        }
    });
}

fn query(bytes: &[u8]) {
    static EMPTY: OnceLock<Store> = OnceLock::new();
    let store = EMPTY.get_or_init(|| {
        Store::load(std::iter::empty(), Naming::default()).expect("an empty store")
    });
    let _ = store.query(&String::from_utf8_lossy(bytes), Duration::from_secs(2));
}

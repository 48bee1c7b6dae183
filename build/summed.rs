//! A sum of all that decides what is read in a text, but the ontology, which is known at run time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The rooms up to `extract`, the model, and the versions of packages.
pub const READ_BY: [&str; 17] = [
    "Cargo.lock",
    "Cargo.toml",
    "models/annotator.int8.onnx",
    "models/antecedents.tsv",
    "models/confidence.tsv",
    "models/labels.json",
    "models/layout.tsv",
    "models/lemmas.tsv",
    "models/orthography.tsv",
    "models/vocab.txt",
    "src/annotate",
    "src/corpus",
    "src/extract",
    "src/layout",
    "src/logistic.rs",
    "src/lib.rs",
    "src/ontology",
];

/// What the triples of a document are made by beside that: the rooms up to `rdf`.
pub const TOLD_BY: [&str; 5] =
    ["src/decisions", "src/graph", "src/named.rs", "src/rdf", "src/resolve"];

/// SHA-256 of the files, and of those in the folders, in hexadecimal digits. One that is not there
/// is passed over: packages of the library have no `Cargo.lock`.
pub fn sum(paths: &[&str]) -> io::Result<String> {
    let mut files = Vec::new();
    for path in paths {
        list(Path::new(path), &mut files)?;
    }
    files.sort();
    let mut sum = Sha256::new();
    for file in files {
        sum.update(Sha256::digest(file.to_string_lossy().as_bytes()));
        sum.update(Sha256::digest(fs::read(&file)?));
    }
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            list(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_owned());
    }
    Ok(())
}

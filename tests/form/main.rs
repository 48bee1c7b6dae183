//! The form of texts: pages are read whole, a text is blocks before it is sentences, and each
//! stretch has a speaker. What is expected is told beside the texts, in words.

mod aloud;
mod layout;
mod pages;
mod voices;

use std::fs;
use std::path::Path;

use demarche::corpus::{Document, Reader};

/// A text and what is expected of it.
struct Case {
    /// The name of its file, with extension.
    name: String,
    text: String,
    /// Lines of fields.
    expected: Vec<Vec<String>>,
}

impl Case {
    /// The text as a file of its name is read.
    fn document(&self) -> Document {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(&self.name);
        fs::write(&path, &self.text).unwrap();
        Reader::new([path], None).next().unwrap().unwrap().0
    }
}

/// The cases of a folder under `tests/`, sorted by name. A file says in a line what it is about;
/// then come the text and the expected lines, each after a line of `=====`.
fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|it| it != "tsv")).collect();
    files.sort();
    let case = |path: &std::path::PathBuf| {
        let content = fs::read_to_string(path).unwrap();
        let parts: Vec<&str> = content.split("=====\n").collect();
        let [_, text, expected] = parts[..] else { panic!("{}: three parts", path.display()) };
        let fields = |line: &str| line.split('\t').map(str::to_owned).collect();
        Case {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: text.trim_end().to_owned(),
            expected: expected.lines().map(fields).collect(),
        }
    };
    files.iter().map(case).collect()
}

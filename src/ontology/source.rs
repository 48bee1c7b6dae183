//! The Turtle files of the ontology: those in the binary, and a user's.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::finding::{Finding, Severity};
use crate::files;

/// The longest file of an ontology that is read: 64 MiB.
const MAX_BYTES: u64 = 64 << 20;

/// The shipped files, in reading order. A new file must be named here.
const SHIPPED: &[(&str, &str)] = &[
    ("ontology/core.ttl", include_str!("../../ontology/core.ttl")),
    ("ontology/acts.ttl", include_str!("../../ontology/acts.ttl")),
    ("ontology/acts-speech.ttl", include_str!("../../ontology/acts-speech.ttl")),
    ("ontology/acts-deeds.ttl", include_str!("../../ontology/acts-deeds.ttl")),
    ("ontology/language.ttl", include_str!("../../ontology/language.ttl")),
    ("ontology/questions.ttl", include_str!("../../ontology/questions.ttl")),
    ("ontology/reading.ttl", include_str!("../../ontology/reading.ttl")),
    ("ontology/offices.ttl", include_str!("../../ontology/offices.ttl")),
    ("ontology/actors-states.ttl", include_str!("../../ontology/actors-states.ttl")),
    ("ontology/actors-institutions.ttl", include_str!("../../ontology/actors-institutions.ttl")),
    ("ontology/actors-organisations.ttl", include_str!("../../ontology/actors-organisations.ttl")),
    ("ontology/actors-groups.ttl", include_str!("../../ontology/actors-groups.ttl")),
    ("ontology/actors-people.ttl", include_str!("../../ontology/actors-people.ttl")),
    ("ontology/issues.ttl", include_str!("../../ontology/issues.ttl")),
    ("ontology/matters.ttl", include_str!("../../ontology/matters.ttl")),
];

/// A Turtle file of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `ontology/acts.ttl` for a shipped file, else its path as given.
    pub name: String,
    /// Its text.
    pub text: String,
    /// 0 for the shipped files, 1 for the first folder of the user, and so on. A
    /// single-valued property of a later layer replaces that of an earlier one.
    pub layer: usize,
}

/// The most lines of a description in which a word is looked for.
const DESCRIPTION: usize = 2_000;

/// The lines of a file, and on which of them descriptions begin: many findings are told with
/// their lines, and none may look through all of a large file.
pub(super) struct Places<'s> {
    lines: Vec<&'s str>,
    /// Lines by the last part of the name that they begin with.
    heads: HashMap<&'s str, Vec<usize>>,
}

impl<'s> Places<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        let lines: Vec<&str> = source.text.lines().collect();
        let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            let name = first_word(line);
            if !name.is_empty() {
                heads.entry(last_part(name)).or_default().push(at);
            }
        }
        Self { lines, heads }
    }

    /// The line, from 1, where the term is described, or within that description
    /// the first line that holds `near`.
    pub(super) fn line_of(&self, term: &str, near: &str) -> Option<usize> {
        let local = super::vocabulary::id_of(term);
        let own_prefix = |before: &str| before.ends_with([':', '#', '/']);
        let is_head = |at: &&usize| {
            let name = first_word(self.lines[**at]);
            name == term || name.strip_suffix(local).is_some_and(own_prefix)
        };
        let head = self.heads.get(last_part(local)).into_iter().flatten().find(is_head).copied();
        let from = head.unwrap_or(0);
        let most = if head.is_some() { DESCRIPTION } else { self.lines.len() };
        let find = |words: &str, from: usize, most: usize| {
            let found = self.lines[from..].iter().take(most).position(|line| line.contains(words));
            found.map(|at| from + at)
        };
        let exact = if near.is_empty() { None } else { find(near, from, most) };
        // The name of a nameless node stands nowhere.
        let is_named = !term.starts_with("_:");
        let mention = || if is_named { find(local, 0, self.lines.len()) } else { None };
        exact.or(head).or_else(mention).map(|at| at + 1)
    }
}

/// The name at the very start of a line.
fn first_word(line: &str) -> &str {
    line[..line.find([' ', '\t']).unwrap_or(line.len())].trim_matches(['<', '>'])
}

/// What stands after the prefix or path of a name.
fn last_part(name: &str) -> &str {
    name.rsplit([':', '#', '/']).next().unwrap_or_default()
}

/// The shipped files.
pub fn shipped_sources() -> Vec<Source> {
    SHIPPED
        .iter()
        .map(|(name, text)| Source { name: (*name).into(), text: (*text).into(), layer: 0 })
        .collect()
}

/// The shipped files, then every `.ttl` file of each folder in sorted order. A
/// folder may also be given as one file. What cannot be read is a finding, and the
/// rest is read all the same.
pub fn sources(folders: &[PathBuf]) -> (Vec<Source>, Vec<Finding>) {
    let mut sources = shipped_sources();
    let mut findings = Vec::new();
    for (i, folder) in folders.iter().enumerate() {
        match turtle_files(folder) {
            Ok(files) if files.is_empty() => findings.push(unread(
                folder,
                Severity::Warning,
                "no Turtle file in this folder",
                "files of an ontology end in .ttl",
            )),
            Ok(files) => {
                for file in files {
                    match read(&file) {
                        Ok(text) => sources.push(Source {
                            name: file.display().to_string(),
                            text,
                            layer: i + 1,
                        }),
                        Err(what) => findings.push(unread(
                            &file,
                            Severity::Error,
                            &what,
                            "expected a Turtle file in UTF-8",
                        )),
                    }
                }
            }
            Err(error) => findings.push(unread(
                folder,
                Severity::Error,
                &format!("cannot be read: {error}"),
                "expected a folder of .ttl files",
            )),
        }
    }
    (sources, findings)
}

fn turtle_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(folder)?.is_dir() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ttl")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<String, String> {
    let bytes = files::read(file, MAX_BYTES).map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8(bytes)
        .map_err(|e| format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unread(file: &Path, severity: Severity, what: &str, valid: &str) -> Finding {
    Finding {
        file: file.display().to_string(),
        line: None,
        severity,
        term: String::new(),
        what: what.into(),
        valid: valid.into(),
    }
}

//! A built graph on disk: one JSON object a line, one file for each list of the
//! [`Corpus`], and `demarche.json`, which says what made it.
//!
//! | file | a line is |
//! | --- | --- |
//! | `demarche.json` | (one object) the [`Manifest`] |
//! | `claims.jsonl` | a [`Claim`], sorted by document and offset |
//! | `actors.jsonl`, `matters.jsonl`, `events.jsonl`, `disputes.jsonl` | one of these, sorted by id |
//! | `decisions.jsonl` | a [`Record`](crate::decisions::Record) of what a person decided, in their order; only if there are any |
//! | `documents.jsonl` | a [`DocumentRecord`](crate::resolve::DocumentRecord) without its text, sorted by id |
//! | `texts.jsonl` | `{"id", "text"}` of a document, sorted by id |
//! | `build.json` | (one object) the [`Recipe`]: what `demarche build` made it from |
//!
//! Texts are apart because most questions do not need them: [`open_without_texts`]
//! leaves them out. [`Partial`] reads no more claims and matters
//! either than are wanted.

mod earlier;
mod generation;
mod order;
mod origin;
mod partial;
mod recipe;
mod selection;

pub use generation::{Folder, Generation, Sum};
pub use order::disorder;
pub use origin::{ORIGIN, Origin};
pub use partial::{Partial, Placed};
pub use recipe::{Given, RECIPE, Recipe, Summed, recipe};
pub use selection::{About, Selection, beginnings};

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::corpus::Text;
use crate::extract::Claim;
use crate::files::{self, COMMIT};
use crate::resolve::Corpus;

/// Version of the folder's format; another one is not read.
pub const FORMAT: u32 = 1;

pub use crate::files::MANIFEST;

/// The longest manifest that is read, in bytes.
const MAX_MANIFEST: u64 = 1 << 20;

const CLAIMS: &str = "claims.jsonl";

const ACTORS: &str = "actors.jsonl";

const MATTERS: &str = "matters.jsonl";

const EVENTS: &str = "events.jsonl";

const DISPUTES: &str = "disputes.jsonl";

const DOCUMENTS: &str = "documents.jsonl";

const TEXTS: &str = "texts.jsonl";

const DECISIONS: &str = "decisions.jsonl";

/// What made a folder, and how much is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// IRI under which things are named in RDF.
    pub base: String,
    /// Number of documents.
    pub documents: usize,
    /// Number of claims.
    pub claims: usize,
    /// Number of actors.
    pub actors: usize,
    /// Number of matters.
    pub matters: usize,
    /// Number of events.
    pub events: usize,
    /// Number of disputes.
    pub disputes: usize,
    /// Number of decisions; not said where there are none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub decisions: usize,
    /// What each file holds, by name; earlier versions did not say it.
    #[serde(default)]
    pub files: BTreeMap<String, Sum>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Why a folder cannot be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no graph here.
    #[error("{0}: no built graph here (no {MANIFEST}); `demarche build -o {0}` makes one")]
    NoGraph(PathBuf),
    /// The folder is of another version.
    #[error(
        "{dir}: made in format {found} by demarche {program}, but this program reads format \
         {FORMAT}; build it again"
    )]
    Format {
        /// The folder.
        dir: PathBuf,
        /// Its format.
        found: u64,
        /// The version that made it, if it says so.
        program: String,
    },
    /// A line is not what it should be.
    #[error("{path}:{line}: {reason}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Number of the line, from 1.
        line: usize,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// The files do not belong together.
    #[error("{path}: {reason}; build the graph again")]
    Mixed {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Another build writes into the folder now.
    #[error("{0}: another build is writing into this folder; wait until it is done")]
    Busy(PathBuf),
}

impl FolderError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Writes `corpus` into `dir` as [`Folder::lock`] and [`Folder::save`] do.
///
/// # Errors
/// When another build writes there, or a file cannot be written.
pub fn save(corpus: &Corpus, base: &str, dir: &Path) -> Result<(), FolderError> {
    Folder::lock(dir)?.save(corpus, base)
}

/// Where the file of this name is now: in the graph that is being put in place, or in the
/// folder.
fn place(dir: &Path, name: &str) -> PathBuf {
    let moving = dir.join(COMMIT).join(name);
    if moving.exists() { moving } else { dir.join(name) }
}

/// Reads from a folder, and again if a build has put another graph in place meanwhile, so
/// that what is read is one graph.
fn settled<T>(
    dir: &Path,
    read: impl Fn(&Manifest) -> Result<T, FolderError>,
) -> Result<T, FolderError> {
    const MOST: usize = 5;
    let mut tries = 0;
    loop {
        let before = manifest(dir)?;
        let result = read(&before);
        tries += 1;
        // A file that was just moved is not where it was looked for.
        let moved = matches!(&result, Err(FolderError::Io { source, .. })
            if source.kind() == io::ErrorKind::NotFound && tries == 1);
        if tries == MOST || (!moved && manifest(dir).is_ok_and(|after| after == before)) {
            return result;
        }
    }
}

/// Reads what made a folder.
///
/// # Errors
/// When it is no graph folder, or one of another version.
pub fn manifest(dir: &Path) -> Result<Manifest, FolderError> {
    let not_there = |path: &PathBuf| !path.exists();
    let mut path = place(dir, MANIFEST);
    if not_there(&path) {
        // It may have been moved between the two looks of `place`.
        path = place(dir, MANIFEST);
    }
    let content = match files::read_to_string(&path, MAX_MANIFEST) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(FolderError::NoGraph(dir.to_owned()));
        }
        Err(source) => return Err(FolderError::Io { path, source }),
    };
    let broken = |error: serde_json::Error| FolderError::Line {
        path: path.clone(),
        line: error.line(),
        reason: error.to_string(),
    };
    // The format is looked at first: the rest may have other fields.
    let value: serde_json::Value = serde_json::from_str(&content).map_err(broken)?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(found) if found == u64::from(FORMAT) => serde_json::from_str(&content).map_err(broken),
        found => Err(FolderError::Format {
            dir: dir.to_owned(),
            found: found.unwrap_or(0),
            program: value
                .get("program")
                .and_then(serde_json::Value::as_str)
                .unwrap_or("(unknown)")
                .to_owned(),
        }),
    }
}

/// Reads a folder whole, and checks every claim's words against its document.
///
/// # Errors
/// When it is no graph folder of this version, when a line is broken, or when the
/// words of a claim do not stand where it says.
pub fn open(dir: &Path) -> Result<Corpus, FolderError> {
    settled(dir, |manifest| whole(dir, manifest))
}

fn whole(dir: &Path, manifest: &Manifest) -> Result<Corpus, FolderError> {
    let mut corpus = slim(dir, manifest)?;
    let path = place(dir, TEXTS);
    let texts: Vec<TextLine> = read_lines(&path)?;
    let mut by_id: HashMap<String, String> = texts.into_iter().map(|t| (t.id, t.text)).collect();
    for document in &mut corpus.documents {
        document.text = by_id.remove(&document.id).ok_or_else(|| FolderError::Mixed {
            path: path.clone(),
            reason: format!("the text of document {:?} is missing", document.id),
        })?;
    }
    verify(&corpus, &place(dir, CLAIMS))?;
    Ok(corpus)
}

/// Reads a folder but for the texts of documents, which stay empty.
///
/// Trigger and matter are checked against the quote where they stand in it.
///
/// # Errors
/// As [`open`].
pub fn open_without_texts(dir: &Path) -> Result<Corpus, FolderError> {
    settled(dir, |manifest| slim(dir, manifest))
}

fn slim(dir: &Path, manifest: &Manifest) -> Result<Corpus, FolderError> {
    let claims_path = place(dir, CLAIMS);
    let (claims, rest) = rayon::join(
        || read_lines::<Claim>(&claims_path),
        || {
            let frame = frame(dir, manifest)?;
            let (matters, events) = (place(dir, MATTERS), place(dir, EVENTS));
            let corpus =
                Corpus { matters: read_lines(&matters)?, events: read_lines(&events)?, ..frame };
            count(&matters, corpus.matters.len(), manifest.matters)?;
            count(&events, corpus.events.len(), manifest.events)?;
            Ok(corpus)
        },
    );
    let corpus = Corpus { claims: claims?, ..rest? };
    count(&claims_path, corpus.claims.len(), manifest.claims)?;
    let wrong = corpus
        .claims
        .par_iter()
        .enumerate()
        .find_map_first(|(at, claim)| Some((at, misquoted(claim)?)));
    match wrong {
        Some((at, reason)) => Err(FolderError::Line { path: claims_path, line: at + 1, reason }),
        None => Ok(corpus),
    }
}

/// Reads documents without texts, actors, disputes and decisions.
fn frame(dir: &Path, manifest: &Manifest) -> Result<Corpus, FolderError> {
    let corpus = Corpus {
        documents: read_lines(&place(dir, DOCUMENTS))?,
        claims: Vec::new(),
        actors: read_lines(&place(dir, ACTORS))?,
        matters: Vec::new(),
        events: Vec::new(),
        disputes: read_lines(&place(dir, DISPUTES))?,
        decisions: match manifest.decisions {
            0 => Vec::new(),
            _ => read_lines(&place(dir, DECISIONS))?,
        },
    };
    for (name, found, expected) in [
        (DOCUMENTS, corpus.documents.len(), manifest.documents),
        (ACTORS, corpus.actors.len(), manifest.actors),
        (DISPUTES, corpus.disputes.len(), manifest.disputes),
        (DECISIONS, corpus.decisions.len(), manifest.decisions),
    ] {
        count(&place(dir, name), found, expected)?;
    }
    Ok(corpus)
}

/// Are there as many lines as the manifest says?
fn count(path: &Path, found: usize, expected: usize) -> Result<(), FolderError> {
    if found == expected {
        return Ok(());
    }
    let reason = format!("{found} lines, but {MANIFEST} says {expected}");
    Err(FolderError::Mixed { path: path.to_owned(), reason })
}

#[derive(Deserialize)]
struct TextLine {
    id: String,
    text: String,
}

/// Lines as objects, in parallel; of several broken lines the first is reported.
fn read_lines<T: DeserializeOwned + Send>(path: &Path) -> Result<Vec<T>, FolderError> {
    let content = files::read_to_string(path, u64::MAX).map_err(FolderError::io(path))?;
    let lines: Vec<&str> = content.lines().collect();
    let parse = |line: &&str| serde_json::from_str::<T>(line);
    let parsed = lines.par_iter().with_min_len(64).map(parse).collect::<Result<Vec<T>, _>>();
    parsed.or_else(|_| {
        // Which error comes first depends on the threads; so look again, in order.
        let broken = |(at, line): (usize, &&str)| Some((at + 1, parse(line).err()?));
        match lines.iter().enumerate().find_map(broken) {
            Some((line, error)) => Err(FolderError::Line {
                path: path.to_owned(),
                line,
                // serde_json counts lines inside our one line.
                reason: error.to_string().replace("line 1 column", "column"),
            }),
            None => Ok(Vec::new()),
        }
    })
}

/// The files that no longer hold what the manifest says of them, each with a reason.
/// Nothing is known of folders that an earlier version wrote.
///
/// # Errors
/// When it is no graph folder of this version.
///
/// # Complexity
/// Reads every file once.
pub fn changed(dir: &Path) -> Result<Vec<String>, FolderError> {
    settled(dir, |manifest| {
        let reason = |(name, known): (&String, &Sum)| {
            let path = place(dir, name);
            match generation::sum(&path) {
                Ok(found) if found == *known => None,
                Ok(found) => Some(format!(
                    "{}: changed since it was built ({} bytes, then {}); build the graph again",
                    path.display(),
                    found.bytes,
                    known.bytes
                )),
                Err(error) => Some(format!("{}: {error}; build the graph again", path.display())),
            }
        };
        Ok(manifest.files.iter().filter_map(reason).collect())
    })
}

/// What does not fit in a claim, judged by its quote alone.
fn misquoted(claim: &Claim) -> Option<String> {
    let ascii = claim.quote.is_ascii();
    let length = if ascii { claim.quote.len() } else { claim.quote.chars().count() };
    if claim.start.checked_add(length) != Some(claim.end) {
        return Some(format!(
            "claim {}: quote has {length} characters, but start and end are {} and {}",
            claim.id, claim.start, claim.end
        ));
    }
    let inside = |start: usize, end: usize, words: &str| {
        if start < claim.start || end > claim.end || start > end {
            return start <= end;
        }
        let (from, until) = (start - claim.start, end - claim.start);
        if ascii {
            return claim.quote.get(from..until) == Some(words);
        }
        claim.quote.chars().skip(from).take(until - from).eq(words.chars())
    };
    if !inside(claim.trigger_start, claim.trigger_end, &claim.trigger) {
        return Some(format!(
            "claim {}: trigger {:?} does not stand at {}..{}",
            claim.id, claim.trigger, claim.trigger_start, claim.trigger_end
        ));
    }
    let matter = claim.matter.as_ref()?;
    (!inside(matter.start, matter.end, &matter.text)).then(|| {
        format!(
            "claim {}: matter {:?} does not stand at {}..{}",
            claim.id, matter.text, matter.start, matter.end
        )
    })
}

/// Checks that every quote, trigger and matter stands in its document where the
/// claim says; `path` is the claims file, for the message.
///
/// # Errors
/// [`FolderError::Line`] for the first claim that does not.
pub fn verify(corpus: &Corpus, path: &Path) -> Result<(), FolderError> {
    let texts: HashMap<&str, Text> =
        corpus.documents.par_iter().map(|d| (d.id.as_str(), Text::new(d.text.clone()))).collect();
    let wrong = corpus.claims.par_iter().enumerate().find_map_first(|(at, claim)| {
        let reason = match texts.get(claim.document.as_str()) {
            None => Some(format!("claim {}: no document {:?}", claim.id, claim.document)),
            Some(text) => claim.misplaced(text),
        };
        Some((at, reason?))
    });
    match wrong {
        Some((at, reason)) => {
            Err(FolderError::Line { path: path.to_owned(), line: at + 1, reason })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture;
    use crate::resolve::DocumentRecord;

    const BASE: &str = "https://w3id.org/demarche/id/";

    fn saved() -> (tempfile::TempDir, Corpus) {
        let dir = tempfile::tempdir().unwrap();
        let corpus = fixture::corpus();
        save(&corpus, BASE, dir.path()).unwrap();
        (dir, corpus)
    }

    fn spoil(dir: &Path, file: &str, from: &str, to: &str) {
        let path = dir.join(file);
        let content = fs::read_to_string(&path).unwrap();
        assert!(content.contains(from), "{content}");
        fs::write(path, content.replacen(from, to, 1)).unwrap();
    }

    fn message(error: &FolderError, dir: &Path) -> String {
        error.to_string().replace(&*dir.to_string_lossy(), "DIR")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (dir, corpus) = saved();
        assert_eq!(open(dir.path()).unwrap(), corpus);
        let slim = open_without_texts(dir.path()).unwrap();
        assert_eq!(slim.claims, corpus.claims);
        assert!(slim.documents.iter().all(|d| d.text.is_empty()));
    }

    #[test]
    fn writing_twice_gives_the_same_bytes_and_nothing_beside() {
        let (dir, corpus) = saved();
        let list = || {
            let mut files: Vec<_> = fs::read_dir(dir.path())
                .unwrap()
                .map(|e| e.unwrap().path())
                .map(|p| (p.clone(), fs::read(&p).unwrap()))
                .collect();
            files.sort();
            files
        };
        let before = list();
        assert_eq!(before.len(), 9, "eight files and the lock");
        save(&corpus, BASE, dir.path()).unwrap();
        assert_eq!(list(), before);
    }

    #[test]
    fn a_claim_that_misquotes_is_refused() {
        let (dir, _) = saved();
        spoil(dir.path(), "claims.jsonl", "Trump proposed the", "Trump opposed  the");
        let error = message(&open_without_texts(dir.path()).unwrap_err(), dir.path());
        insta::assert_snapshot!(error, @r#"DIR/claims.jsonl:3: claim 001-propose-182: trigger "proposed" does not stand at 182..190"#);
    }

    #[test]
    fn a_text_that_changed_is_noticed() {
        let (dir, _) = saved();
        spoil(dir.path(), "texts.jsonl", "Trump proposed", "Putin proposed");
        let error = message(&open(dir.path()).unwrap_err(), dir.path());
        insta::assert_snapshot!(error, @r#"DIR/claims.jsonl:3: claim 001-propose-182: quote "Trump proposed the energy truce" is not what document 001 has at 176..207, "Putin proposed the energy truce""#);
    }

    #[test]
    fn a_broken_line_is_named() {
        let (dir, _) = saved();
        spoil(dir.path(), "actors.jsonl", "\"kind\":\"Group\"", "\"kind\":7");
        let error = message(&open(dir.path()).unwrap_err(), dir.path());
        insta::assert_snapshot!(error, @"DIR/actors.jsonl:3: invalid type: integer `7`, expected a string at column 58");
    }

    #[test]
    fn a_lost_line_is_noticed() {
        let (dir, _) = saved();
        let path = dir.path().join("events.jsonl");
        let content = fs::read_to_string(&path).unwrap();
        fs::write(&path, content.lines().next().unwrap()).unwrap();
        let error = message(&open(dir.path()).unwrap_err(), dir.path());
        insta::assert_snapshot!(error, @"DIR/events.jsonl: 1 lines, but demarche.json says 2; build the graph again");
    }

    #[test]
    fn another_version_is_refused() {
        let (dir, _) = saved();
        spoil(dir.path(), MANIFEST, "\"format\": 1", "\"format\": 9");
        let error = message(&open(dir.path()).unwrap_err(), dir.path());
        insta::assert_snapshot!(error, @"DIR: made in format 9 by demarche 0.1.0, but this program reads format 1; build it again");
    }

    #[test]
    fn an_empty_folder_is_no_graph() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(open(dir.path()), Err(FolderError::NoGraph(_))));
    }

    /// Times opening 10,000 documents with 300,000 claims; run with
    /// `cargo test --release --lib -- --ignored --nocapture opening_a_large_folder`.
    #[test]
    #[ignore = "a measurement"]
    fn opening_a_large_folder() {
        let small = fixture::corpus();
        let mut corpus = Corpus { actors: small.actors, ..Corpus::default() };
        for at in 0..2_000 {
            let rename = |id: &str| format!("{id}-{at:05}");
            corpus.documents.extend(small.documents.iter().map(|d| DocumentRecord {
                id: rename(&d.id),
                text: format!("{}\n{}", d.text, d.text.repeat(8)),
                ..d.clone()
            }));
            for copy in 0..6 {
                corpus.claims.extend(small.claims.iter().map(|c| Claim {
                    id: format!("{}-{copy}", rename(&c.id)),
                    document: rename(&c.document),
                    ..c.clone()
                }));
            }
        }
        let dir = tempfile::tempdir().unwrap();
        save(&corpus, BASE, dir.path()).unwrap();
        for _ in 0..3 {
            let start = std::time::Instant::now();
            let opened = open_without_texts(dir.path()).unwrap();
            let slim = start.elapsed();
            let start = std::time::Instant::now();
            let graph = crate::graph::Graph::new(opened, &fixture::ontology());
            let made = start.elapsed();
            let start = std::time::Instant::now();
            drop(open(dir.path()).unwrap());
            println!(
                "{} claims: {slim:.2?} without texts, {:.2?} with, graph {made:.2?}",
                graph.corpus().claims.len(),
                start.elapsed()
            );
        }
    }
}

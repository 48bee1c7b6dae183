use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::lines;
use crate::extract::Status;

/// A claim as people read it, one line of a gold file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldClaim {
    /// Id of the document; the file's stem where the line has none.
    #[serde(default)]
    pub doc: String,
    /// Words of the document that carry the claim; the first place where they stand counts.
    pub quote: String,
    /// The words in the quote that name the act; the quote's start where they are not in it.
    pub trigger: String,
    /// Acts that are right, the best first; one alone can stand without a list.
    #[serde(deserialize_with = "one_or_several")]
    pub act: Vec<String>,
    /// An act that is as good, where `act` is one alone.
    #[serde(default)]
    pub act_alt: Option<String>,
    /// Which of several places of the trigger in the quote is meant, from 0.
    #[serde(default)]
    pub trigger_nth: usize,
    /// Ids of all agents; none where the text names none.
    #[serde(default)]
    pub agent: Vec<String>,
    /// Ids of which one alone is right too.
    #[serde(default)]
    pub agent_alt: Vec<String>,
    /// Ids of whom it is addressed to.
    #[serde(default)]
    pub addressee: Vec<String>,
    /// What it is about, in a person's words.
    #[serde(default)]
    pub matter: Option<String>,
    /// Words of the text that name the matter.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Ids of who reports it, outermost first; the last is the source, the others `via`.
    #[serde(default)]
    pub source: Vec<String>,
    /// Done, not done, or neither.
    pub status: Status,
    /// How much it matters to the document, 1 to 3.
    pub weight: u8,
    /// Remark of the person.
    #[serde(default)]
    pub note: Option<String>,
}

/// `"accept"` as well as `["accept", "promise"]`.
fn one_or_several<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Acts {
        One(String),
        Several(Vec<String>),
    }
    Ok(match Acts::deserialize(from)? {
        Acts::One(act) => vec![act],
        Acts::Several(acts) => acts,
    })
}

/// Why gold could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GoldError {
    /// The system could not list or read it.
    #[error("{}: cannot be read: {error}; valid: a folder of .jsonl files, or such a file", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// A line that is no gold claim.
    #[error(
        "{}, line {line}: no gold claim: {error}; valid: an object with at least quote, trigger, act [], \
         status and weight", path.display()
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong with it.
        error: serde_json::Error,
    },
}

/// Reads the gold of a file or of all `.jsonl` files of a folder, sorted by name.
/// What cannot be read is given back beside what can.
pub fn read_gold(path: &Path) -> (Vec<GoldClaim>, Vec<GoldError>) {
    let (mut gold, mut errors) = (Vec::new(), Vec::new());
    let io = |path: &Path, error| GoldError::Io { path: path.to_owned(), error };
    let mut files = Vec::new();
    if path.is_dir() {
        match fs::read_dir(path) {
            Ok(entries) => files.extend(entries.filter_map(|entry| Some(entry.ok()?.path()))),
            Err(error) => errors.push(io(path, error)),
        }
        files.retain(|file| file.extension().is_some_and(|e| e == "jsonl"));
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    for file in files {
        let read = match lines::read::<GoldClaim>(&file) {
            Ok(read) => read,
            Err(error) => {
                errors.push(io(&file, error));
                continue;
            }
        };
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        for (line, claim) in read {
            match claim {
                Ok(mut claim) => {
                    claim.act.extend(claim.act_alt.take());
                    if claim.doc.is_empty() {
                        claim.doc = stem.clone().into_owned();
                    }
                    gold.push(claim);
                }
                Err(error) => errors.push(GoldError::Line { path: file.clone(), line, error }),
            }
        }
    }
    (gold, errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_does_not_lose_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let line = r#"{"quote":"No","trigger":"No","act":["reject"],"status":"actual","weight":2}"#;
        fs::write(folder.path().join("b.jsonl"), format!("{line}\n\n{{}}\n{line}")).unwrap();
        fs::write(folder.path().join("readme.txt"), "not gold").unwrap();
        let (gold, errors) = read_gold(folder.path());
        assert_eq!(gold.iter().map(|g| g.doc.as_str()).collect::<Vec<_>>(), ["b", "b"]);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().contains("b.jsonl, line 3: no gold claim: missing field"));
    }

    #[test]
    fn gold_that_is_not_there_is_an_error() {
        let (gold, errors) = read_gold(Path::new("/no/such/gold"));
        assert!(gold.is_empty());
        assert!(matches!(errors[..], [GoldError::Io { .. }]));
    }
}

//! Verdicts on claims, written into a file of decisions while somebody reads.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::read::{MAX_BYTES, claim_of, read};
use super::{Decision, DecisionError, Target};
use crate::files::{self, Replacement};
use crate::ontology::Ontology;

/// Is a claim right?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It is as it was read.
    Accept,
    /// It is not in the text.
    Reject,
}

impl Judgement {
    /// The key of the file that says so.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }
}

/// Who judges, when and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judge {
    /// Who.
    pub by: Option<String>,
    /// ISO 8601 date.
    pub when: Option<String>,
    /// Why, in free words.
    pub why: Option<String>,
}

/// Why a verdict cannot be written.
#[derive(Debug, Error)]
pub enum JudgeError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no list of decisions, or would be none afterwards; it is left as it is.
    #[error("{0}")]
    Wrong(DecisionError),
}

/// Writes a verdict on a claim into a file of decisions, in place of an earlier `accept` or
/// `reject` of it; without one takes that back. All else in the file stays as it stands. The file
/// is made where there is none, and is always whole. Gives all decisions that are then in it.
///
/// # Errors
/// When the file cannot be read or written, or is no list of decisions.
pub fn judge(
    path: &Path,
    target: &Target,
    judgement: Option<(Judgement, &Judge)>,
    ontology: &Ontology,
) -> Result<Vec<Decision>, JudgeError> {
    let failed = |source| JudgeError::Io { path: path.to_owned(), source };
    let content = match files::read_to_string(path, MAX_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        content => content.map_err(failed)?,
    };
    let mut changed: String =
        entries(&content).into_iter().map(|entry| without(entry, &target.id)).collect();
    if let Some((judgement, judge)) = judgement {
        if !changed.is_empty() && !changed.ends_with('\n') {
            changed.push('\n');
        }
        changed.push_str(&entry(target, judgement, judge));
    }
    let mut new = Replacement::of(path).map_err(failed)?;
    new.write_all(changed.as_bytes()).map_err(failed)?;
    let decisions = read(new.path(), ontology).map_err(|mut errors| {
        let error = errors.swap_remove(0);
        JudgeError::Wrong(DecisionError { path: path.to_owned(), ..error })
    })?;
    new.put().map_err(failed)?;
    Ok(decisions)
}

/// The entries of a list as they stand, what is before the first one with it.
fn entries(content: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut at, mut any) = (0, 0, false);
    for line in content.split_inclusive('\n') {
        if line.starts_with("- ") {
            if any {
                found.push(&content[from..at]);
                from = at;
            }
            any = true;
        }
        at += line.len();
    }
    found.push(&content[from..]);
    found
}

/// Nothing but its comments of an entry that accepts or rejects this claim; any other as it is.
fn without(entry: &str, id: &str) -> String {
    if claim_of(entry).as_deref() != Some(id) {
        return entry.to_owned();
    }
    let is_aside = |line: &&str| line.trim().is_empty() || line.starts_with('#');
    entry.split_inclusive('\n').filter(is_aside).collect()
}

/// An entry in YAML; strings as in JSON, which YAML reads.
fn entry(target: &Target, judgement: Judgement, judge: &Judge) -> String {
    let word = |text: &str| serde_json::Value::from(text).to_string();
    let mut lines = format!(
        "- {}: {}\n  quote: {}\n",
        judgement.as_str(),
        word(&target.id),
        word(&target.quote)
    );
    for (name, value) in [("by", &judge.by), ("when", &judge.when), ("why", &judge.why)] {
        if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            lines.push_str(&format!("  {name}: {}\n", word(value)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::Verdict;
    use crate::fixture;
    use std::fs;

    fn target(id: &str) -> Target {
        Target { id: id.into(), quote: "he said: \"no\"\n# never".into() }
    }

    #[test]
    fn a_verdict_takes_the_place_of_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let judge_it = |id: &str, judgement: Option<Judgement>| {
            let who = Judge { by: Some("Ann Reed".into()), ..Judge::default() };
            judge(&path, &target(id), judgement.map(|it| (it, &who)), &ontology)
        };
        assert_eq!(judge_it("a", Some(Judgement::Reject)).unwrap().len(), 1);
        assert_eq!(judge_it("b", Some(Judgement::Accept)).unwrap().len(), 2);
        let decided = judge_it("a", Some(Judgement::Accept)).unwrap();
        let kinds: Vec<_> = decided.iter().map(|it| it.verdict.kind()).collect();
        assert_eq!(kinds, ["accept", "accept"]);
        assert_eq!(decided[1].verdict, Verdict::Accept(target("a")));
        assert_eq!(decided[1].by.as_deref(), Some("Ann Reed"));
        assert_eq!(judge_it("b", None).unwrap().len(), 1);
        assert!(judge_it("a", None).unwrap().is_empty());
    }

    #[test]
    fn all_else_in_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let by_hand = "# mine\n- edit: a\n  quote: x\n  act: reject\n\n# the next\n\
                       - reject: 'a'\n  quote: x\n# and names\n- merge-actors: [b, c]";
        fs::write(&path, by_hand).unwrap();
        judge(&path, &target("a"), None, &ontology).unwrap();
        let left = fs::read_to_string(&path).unwrap();
        assert_eq!(
            left,
            "# mine\n- edit: a\n  quote: x\n  act: reject\n\n# the next\n# and names\n\
             - merge-actors: [b, c]"
        );
        judge(&path, &target("d"), Some((Judgement::Accept, &Judge::default())), &ontology)
            .unwrap();
        assert!(fs::read_to_string(&path).unwrap().starts_with(&left));
    }

    #[test]
    fn a_file_that_is_no_list_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        fs::write(&path, "reject: a\n").unwrap();
        let who = Judge::default();
        let refused = judge(&path, &target("a"), Some((Judgement::Reject, &who)), &ontology);
        assert!(refused.unwrap_err().to_string().contains("mine.yaml"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "reject: a\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

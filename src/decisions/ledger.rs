//! Changes to a file of decisions while somebody reviews: whole, one after another whoever makes
//! them, and to be undone.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::read::{MAX_BYTES, read};
use super::{Decision, DecisionError, Entry};
use crate::files::{self, Replacement};
use crate::ontology::Ontology;

/// What is to be changed in a file of decisions.
#[derive(Debug, Clone)]
pub enum Change<'a> {
    /// One more decision; an `accept` or `reject` takes the place of an earlier one of its claim.
    Decide(&'a Entry),
    /// No `accept` or `reject` of this claim any more.
    Withdraw(&'a str),
    /// The entry of this [id](Kept::id) is taken out.
    Undo(&'a str),
}

/// A decision that stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// Made of its words, so that it means the same entry whatever is added or taken out
    /// meanwhile; none where the entry is not on lines of its own.
    pub id: Option<String>,
    /// What is decided.
    pub decision: Decision,
}

/// Why a file of decisions is left as it is.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no list of decisions.
    #[error("{0}")]
    Wrong(DecisionError),
    /// What is to be added is no decision.
    #[error("{0}")]
    Entry(String),
    /// What is to be undone is not there any more.
    #[error("this decision is not in {} any more; it may have been undone elsewhere", .0.display())]
    Gone(PathBuf),
}

/// Changes a file of decisions; all else in it stays as it stands. The file is made where there
/// is none, and is always whole. Who changes it at the same time, in this program or another,
/// waits. Gives all decisions that are then in it.
///
/// # Errors
/// When the file cannot be read or written, or is no list of decisions before or after.
pub fn change(
    path: &Path,
    change: &Change<'_>,
    ontology: &Ontology,
) -> Result<Vec<Kept>, LedgerError> {
    let failed = |source| LedgerError::Io { path: path.to_owned(), source };
    // What a link names is changed, not the link.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (_lock, content) = locked(path).map_err(failed)?;
    decided(path, ontology)?;
    let changed = changed(&content, change, path)?;
    if changed != content {
        let mut new = Replacement::of(path).map_err(failed)?;
        new.write_all(changed.as_bytes()).map_err(failed)?;
        read(new.path(), ontology)
            .map_err(|mut errors| LedgerError::Entry(errors.swap_remove(0).reason))?;
        new.put().map_err(failed)?;
    }
    kept(path, ontology)
}

/// The decisions of a file, in its order; none where there is no file.
///
/// # Errors
/// When the file cannot be read, or is no list of decisions.
pub fn kept(path: &Path, ontology: &Ontology) -> Result<Vec<Kept>, LedgerError> {
    let failed = |source| LedgerError::Io { path: path.to_owned(), source };
    let content = content(path).map_err(failed)?;
    let mut by_line: HashMap<usize, String> = HashMap::new();
    for entry in entries(&content) {
        let alone = parsed(entry.text).is_some();
        if let Some(id) = entry.id.filter(|_| alone) {
            by_line.insert(entry.line, id);
        }
    }
    let decisions = decided(path, ontology)?.into_iter();
    Ok(decisions
        .map(|decision| Kept { id: by_line.get(&decision.line).cloned(), decision })
        .collect())
}

fn decided(path: &Path, ontology: &Ontology) -> Result<Vec<Decision>, LedgerError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    read(path, ontology).map_err(|mut errors| LedgerError::Wrong(errors.swap_remove(0)))
}

fn content(path: &Path) -> io::Result<String> {
    match files::read_to_string(path, MAX_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        content => content,
    }
}

/// Locks the file against other writers, and gives what is in it.
fn locked(path: &Path) -> io::Result<(File, String)> {
    loop {
        let lock = files::open_own(path)?;
        lock.lock()?;
        // Who has changed it while we waited has put another file in its place.
        if files::is_at(&lock, path) {
            return Ok((lock, content(path)?));
        }
    }
}

fn changed(content: &str, change: &Change<'_>, path: &Path) -> Result<String, LedgerError> {
    let all = entries(content);
    let is_judged = |entry: &Standing, claim: &str| {
        parsed(entry.text).is_some_and(|it| it.judged() == Some(claim))
    };
    let (goes, comes): (Chosen, Option<&Entry>) = match *change {
        Change::Withdraw(claim) => (Box::new(move |it| is_judged(it, claim)), None),
        Change::Undo(id) => {
            if !all.iter().any(|entry| entry.id.as_deref() == Some(id)) {
                return Err(LedgerError::Gone(path.to_owned()));
            }
            (Box::new(move |it| it.id.as_deref() == Some(id)), None)
        }
        Change::Decide(new) => {
            (Box::new(move |it| new.judged().is_some_and(|claim| is_judged(it, claim))), Some(new))
        }
    };
    let mut left = String::new();
    for entry in &all {
        if goes(entry) {
            // Its comments stay.
            let is_aside = |line: &&str| line.trim().is_empty() || line.starts_with('#');
            left.extend(entry.text.split_inclusive('\n').filter(is_aside));
        } else {
            left.push_str(entry.text);
        }
    }
    if let Some(new) = comes {
        if !left.is_empty() && !left.ends_with('\n') {
            left.push('\n');
        }
        left.push_str(&new.yaml());
    }
    Ok(left)
}

/// Which parts of a file are meant.
type Chosen<'a> = Box<dyn Fn(&Standing) -> bool + 'a>;

/// The only entry of this text, if it is one.
fn parsed(text: &str) -> Option<Entry> {
    let entries: Vec<Entry> = serde_saphyr::from_str(text).ok()?;
    <[Entry; 1]>::try_from(entries).ok().map(|[entry]| entry)
}

/// A part of a file: what is before its list, or an entry with the comments after it.
struct Standing<'a> {
    text: &'a str,
    /// Line of the `-`, from 1.
    line: usize,
    /// As in [`Kept::id`]; none of what is before the list.
    id: Option<String>,
}

/// The parts of a file as they stand.
fn entries(content: &str) -> Vec<Standing<'_>> {
    let mut found: Vec<Standing> = Vec::new();
    let (mut from, mut began, mut at) = (0, None, 0);
    let lines = content.split_inclusive('\n').chain(std::iter::once("- "));
    for (number, line) in lines.enumerate() {
        if line.starts_with("- ") {
            if at > from {
                let (text, line) = (&content[from..at], began.unwrap_or(1));
                found.push(Standing { text, line, id: began.map(|_| String::new()) });
            }
            (from, began) = (at, Some(number + 1));
        }
        at += line.len();
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for entry in &mut found {
        if entry.id.is_some() {
            // What follows its last line with words is not part of it.
            let words = entry.text.trim_end();
            let count = seen.entry(words).or_default();
            *count += 1;
            let digest = Sha256::new().chain_update(words).finalize();
            let short = files::digits(&digest[..8]);
            entry.id = Some(match count {
                1 => short,
                count => format!("{short}-{count}"),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use std::fs;

    fn verdict(id: &str, is_right: bool) -> Entry {
        let (accept, reject) =
            if is_right { (Some(id.into()), None) } else { (None, Some(id.into())) };
        let quote = Some("he said: \"no\"\n# never".into());
        Entry { accept, reject, quote, by: Some("Ann Reed".into()), ..Entry::default() }
    }

    #[test]
    fn a_verdict_takes_the_place_of_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let decide = |it: &Entry| change(&path, &Change::Decide(it), &ontology).unwrap();
        let withdraw = |it: &str| change(&path, &Change::Withdraw(it), &ontology).unwrap();
        assert_eq!(decide(&verdict("a", false)).len(), 1);
        assert_eq!(decide(&verdict("b", true)).len(), 2);
        let decided = decide(&verdict("a", true));
        let kinds: Vec<_> = decided.iter().map(|it| it.decision.verdict.kind().as_str()).collect();
        assert_eq!(kinds, ["accept", "accept"]);
        assert_eq!(decided[1].decision.by.as_deref(), Some("Ann Reed"));
        assert_eq!(withdraw("b").len(), 1);
        assert!(withdraw("a").is_empty());
        assert_eq!(fs::read_to_string(&path).unwrap(), "");
    }

    #[test]
    fn a_decision_is_undone_whatever_came_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let merge = Entry { merge_actors: Some(vec!["b".into(), "c".into()]), ..Entry::default() };
        let decide = |it: &Entry| change(&path, &Change::Decide(it), &ontology).unwrap();
        decide(&merge);
        let twice = decide(&merge);
        let ids: Vec<String> = twice.iter().map(|it| it.id.clone().unwrap()).collect();
        assert_ne!(ids[0], ids[1]);
        decide(&verdict("a", true));
        let left = change(&path, &Change::Undo(&ids[1]), &ontology).unwrap();
        assert_eq!(left.len(), 2);
        assert_eq!(left[0].id.as_ref(), Some(&ids[0]));
        let again = change(&path, &Change::Undo(&ids[1]), &ontology);
        assert!(matches!(again, Err(LedgerError::Gone(_))));
    }

    #[test]
    fn all_else_in_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let by_hand = "# mine\n- edit: a\n  quote: x\n  act: reject\n\n# the next\n\
                       - reject: 'a'\n  quote: x\n# and names\n- merge-actors: [b, c]";
        fs::write(&path, by_hand).unwrap();
        change(&path, &Change::Withdraw("a"), &ontology).unwrap();
        let left = fs::read_to_string(&path).unwrap();
        assert_eq!(
            left,
            "# mine\n- edit: a\n  quote: x\n  act: reject\n\n# the next\n# and names\n\
             - merge-actors: [b, c]"
        );
        change(&path, &Change::Decide(&verdict("d", true)), &ontology).unwrap();
        assert!(fs::read_to_string(&path).unwrap().starts_with(&left));
    }

    #[test]
    fn a_file_that_is_no_list_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        fs::write(&path, "reject: a\n").unwrap();
        let refused = change(&path, &Change::Decide(&verdict("a", false)), &ontology);
        assert!(refused.unwrap_err().to_string().contains("mine.yaml"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "reject: a\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_decision_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        let odd = Entry { reject: Some("a".into()), ..Entry::default() };
        let refused = change(&path, &Change::Decide(&odd), &ontology).unwrap_err();
        assert!(refused.to_string().contains("no quote"), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "");
    }

    #[test]
    fn two_who_decide_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ontology) = (folder.path().join("mine.yaml"), fixture::ontology());
        std::thread::scope(|scope| {
            for who in 0..4 {
                let (path, ontology) = (&path, &ontology);
                scope.spawn(move || {
                    for n in 0..5 {
                        let it = verdict(&format!("c-{who}-{n}"), true);
                        change(path, &Change::Decide(&it), ontology).unwrap();
                    }
                });
            }
        });
        assert_eq!(kept(&path, &ontology).unwrap().len(), 20);
    }
}

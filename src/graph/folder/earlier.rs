//! What has changed between the graph that a folder holds and the one that is being written into it.
//!
//! Both are lines of JSON, and most lines of a graph that grows are those of before: what two files
//! say in the same words is told by sums of their lines, and only the others are parsed.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::generation::Generation;
use super::{
    ACTORS, CLAIMS, DISPUTES, DOCUMENTS, FolderError, MATTERS, TEXTS, TextLine, manifest,
    misquoted, place,
};
use crate::extract::Claim;
use crate::files;
use crate::graph::Changes;
use crate::graph::changes::{Labels, Side};
use crate::resolve::{Corpus, DocumentRecord};

/// What tells a line from all others: the half of its SHA-256.
type Mark = [u8; 16];

/// The lines of two files that only one of them has.
struct Apart {
    /// The earlier file.
    path: PathBuf,
    /// Those that only it has, each with its number from 1.
    old: Vec<(usize, String)>,
    /// Which of the later file only it has, from 0, in order.
    new: Vec<usize>,
}

impl Apart {
    /// O(n) in the lines of both files; what is held of those that both have are marks.
    fn of(old: PathBuf, new: &Path) -> Result<Self, FolderError> {
        let (before, after) = rayon::join(|| marks(&old), || marks(new));
        let before = before.map_err(FolderError::io(&old))?;
        let after = after.map_err(FolderError::io(new))?;
        let known: HashSet<&Mark> = before.iter().collect();
        let is_new = |at: &usize| !known.contains(&after[*at]);
        let only_after = (0..after.len()).filter(is_new).collect();
        let known: HashSet<&Mark> = after.iter().collect();
        let mut only_before = Vec::new();
        each_line(&old, |at, line| {
            if before.get(at).is_none_or(|mark| !known.contains(mark)) {
                let line = std::str::from_utf8(line).map_err(io::Error::other)?;
                only_before.push((at + 1, line.to_owned()));
            }
            Ok(())
        })
        .map_err(FolderError::io(&old))?;
        Ok(Self { path: old, old: only_before, new: only_after })
    }

    /// The lines of the earlier file alone, as objects.
    fn parsed<T: DeserializeOwned>(&self) -> Result<Vec<T>, FolderError> {
        let parse = |(line, text): &(usize, String)| {
            serde_json::from_str(text).map_err(|error| FolderError::Line {
                path: self.path.clone(),
                line: *line,
                reason: error.to_string().replace("line 1 column", "column"),
            })
        };
        self.old.iter().map(parse).collect()
    }
}

fn marks(path: &Path) -> io::Result<Vec<Mark>> {
    let mut marks = Vec::new();
    each_line(path, |_, line| {
        let sum: [u8; 32] = Sha256::digest(line).into();
        marks.push(std::array::from_fn(|at| sum[at]));
        Ok(())
    })?;
    Ok(marks)
}

/// Every line without its end, and its number from 0.
fn each_line(path: &Path, mut take: impl FnMut(usize, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 16, files::open(path)?);
    let mut line = Vec::new();
    for at in 0.. {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        take(at, line.strip_suffix(b"\n").unwrap_or(&line))?;
    }
    Ok(())
}

/// What an actor, matter or dispute is called.
#[derive(Deserialize)]
struct Label {
    id: String,
    label: String,
}

/// The labels of before: those of `now` whose lines have not changed, where `id` is that of a line, and
/// those of the earlier file alone.
fn labels<'c>(
    before: &'c [Label],
    now: &Labels<'c>,
    id: impl Fn(usize) -> &'c str,
    lines: &Apart,
) -> Labels<'c> {
    let mut labels = now.clone();
    for &at in &lines.new {
        labels.remove(id(at));
    }
    labels.extend(before.iter().map(|it| (it.id.as_str(), it.label.as_str())));
    labels
}

impl Generation<'_> {
    /// What this graph, whose lists have been written, has otherwise than that of its folder.
    ///
    /// # Errors
    /// When the folder holds no graph of this version, or what it holds cannot be read.
    pub fn changes(&self, corpus: &Corpus) -> Result<Changes, FolderError> {
        manifest(self.dir())?;
        let apart = |name: &str| Apart::of(place(self.dir(), name), &self.written(name));
        let claims = apart(CLAIMS)?;
        let old_claims: Vec<Claim> = claims.parsed()?;
        for ((line, _), claim) in claims.old.iter().zip(&old_claims) {
            if let Some(reason) = misquoted(claim) {
                return Err(FolderError::Line { path: claims.path, line: *line, reason });
            }
        }
        let (documents, texts) = (apart(DOCUMENTS)?, apart(TEXTS)?);
        let old_documents = before(corpus, &documents, &texts)?;
        let (actors, matters, disputes) = (apart(ACTORS)?, apart(MATTERS)?, apart(DISPUTES)?);
        let (old_actors, old_matters, old_disputes) =
            (actors.parsed::<Label>()?, matters.parsed::<Label>()?, disputes.parsed::<Label>()?);

        let new = |at: &usize| &corpus.documents[*at];
        let after = Side {
            documents: documents.new.iter().chain(&texts.new).map(new).map(by_id).collect(),
            claims: claims.new.iter().map(|at| &corpus.claims[*at]).collect(),
            ..Side::named(corpus)
        };
        let id = |at: usize| corpus.actors[at].id.as_str();
        let actors = labels(&old_actors, &after.actors, id, &actors);
        let id = |at: usize| corpus.matters[at].id.as_str();
        let matters = labels(&old_matters, &after.matters, id, &matters);
        let id = |at: usize| corpus.disputes[at].id.as_str();
        let disputes = labels(&old_disputes, &after.disputes, id, &disputes);
        let before = Side {
            documents: old_documents.iter().map(by_id).collect(),
            claims: old_claims.iter().collect(),
            actors,
            matters,
            disputes,
        };
        Ok(Changes::of(&before, &after))
    }
}

fn by_id(document: &DocumentRecord) -> (&str, &DocumentRecord) {
    (&document.id, document)
}

/// The documents of before whose record or text is another now, or that are gone.
fn before(
    corpus: &Corpus,
    documents: &Apart,
    texts: &Apart,
) -> Result<Vec<DocumentRecord>, FolderError> {
    let texts: Vec<TextLine> = texts.parsed()?;
    let mut texts: BTreeMap<String, String> =
        texts.into_iter().map(|it| (it.id, it.text)).collect();
    let mut found: Vec<DocumentRecord> = documents.parsed()?;
    for document in &mut found {
        // A text that is not told of is as it was.
        let same = || corpus.document(&document.id).map(|it| it.text.clone());
        let own = texts.remove(&document.id);
        document.text = own.or_else(same).unwrap_or_default();
    }
    let only_text = texts
        .into_iter()
        .filter_map(|(id, text)| Some(DocumentRecord { text, ..corpus.document(&id)?.clone() }));
    found.extend(only_text);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::decisions::{Decision, Verdict};
    use crate::extract::Status;
    use crate::fixture;
    use crate::graph::folder::{Folder, save};
    use crate::resolve::{mended, resolve};

    const BASE: &str = "https://w3id.org/demarche/id/";

    fn corpus() -> Corpus {
        let corpus = fixture::corpus();
        resolve(corpus.documents, corpus.claims, &fixture::ontology())
    }

    /// As the lines of files tell it, where one graph is written into the folder of another.
    fn told(old: &Corpus, new: &Corpus) -> Changes {
        let dir = tempfile::tempdir().unwrap();
        save(old, BASE, dir.path()).unwrap();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        generation.lists(new).unwrap();
        generation.changes(new).unwrap()
    }

    #[test]
    fn lines_tell_the_same_as_the_graphs() {
        let all = corpus();
        let mut fewer = all.clone();
        let gone = fewer.documents.remove(0).id;
        fewer.claims.retain(|it| it.document != gone);
        let mut edited = all.clone();
        edited.documents[0].text.push_str(" They parted.");
        edited.documents[1].title = Some("Another".to_owned());
        edited.claims[0].status = Status::Negated;
        edited.claims[1].id += "0";
        edited.matters[0].label.push('s');
        let ids = vec!["donald-trump".to_owned(), "vladimir-putin".to_owned()];
        let verdict = Verdict::MergeActors(ids);
        let decision = Decision { line: 1, by: None, when: None, why: None, verdict };
        let merged = mended(&all, &[decision], &fixture::ontology()).0;
        let empty = Corpus::default();
        let graphs = [&all, &fewer, &edited, &merged, &empty];
        for (old, new) in graphs.iter().flat_map(|old| graphs.map(|new| (*old, new))) {
            assert_eq!(told(old, new), Changes::between(old, new));
        }
        assert!(told(&all, &all).is_empty() && !told(&all, &edited).is_empty());
        assert_eq!(told(&all, &merged).actors.merged.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_of_before_is_an_error_if_it_is_needed() {
        let dir = tempfile::tempdir().unwrap();
        let (old, mut new) = (corpus(), corpus());
        save(&old, BASE, dir.path()).unwrap();
        let path = dir.path().join(CLAIMS);
        let lines = fs::read_to_string(&path).unwrap();
        fs::write(&path, lines.replacen("{\"id\"", "{\"di\"", 1)).unwrap();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        new.claims.remove(0);
        generation.lists(&new).unwrap();
        let error = generation.changes(&new).unwrap_err().to_string();
        assert!(error.contains("claims.jsonl:1: missing field `id`"), "{error}");
    }
}

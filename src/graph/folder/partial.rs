//! A graph folder whose claims and texts are read when they are wanted: a question
//! needs few of them, and to parse them all takes longer than to answer it.
//!
//! There is no index that could be out of date: the claims file is looked through
//! anew, its lines untouched but for those that a [`Selection`] lets through.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::selection::{Selection, Sieve};
use super::{
    CLAIMS, EVENTS, FolderError, MATTERS, Manifest, TEXTS, TextLine, count, frame, misquoted,
    place, settled,
};
use crate::corpus::Text;
use crate::extract::Claim;
use crate::files;
use crate::resolve::{Corpus, DocumentRecord, Event, Matter};

/// How many bytes are read at once: few enough to stay in a core's cache.
const BLOCK: u64 = 1 << 20;
/// How many bytes more are read at once where a line ends outside its block.
const MORE: u64 = 1 << 14;

/// An open folder.
///
/// # Example
/// ```
/// use demarche::graph::folder::{self, Partial, Selection};
/// use demarche::resolve::Corpus;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let dir = tempfile::tempdir()?;
/// folder::save(&Corpus::default(), "https://example.org/", dir.path())?;
/// let (partial, corpus) = Partial::open(dir.path())?;
/// assert!(corpus.actors.is_empty() && partial.claims(&Selection::default())?.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Partial {
    manifest: Manifest,
    claims: Lines,
    matters: Lines,
    events: Lines,
    texts: Lines,
}

/// Something and the byte at which its line begins, which tells its place in the file.
pub type Placed<T> = (u64, T);

impl Partial {
    /// Opens a folder, and reads its documents without texts, its actors, disputes and
    /// decisions.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn open(dir: &Path) -> Result<(Self, Corpus), FolderError> {
        settled(dir, |manifest| {
            // All are kept open, so that what is read later is of the same graph.
            let lines = |name: &str| Lines::open(place(dir, name));
            let partial = Self {
                manifest: manifest.clone(),
                claims: lines(CLAIMS)?,
                matters: lines(MATTERS)?,
                events: lines(EVENTS)?,
                texts: lines(TEXTS)?,
            };
            Ok((partial, frame(dir, manifest)?))
        })
    }

    /// The claims that are wanted, and maybe a few more, in their order.
    ///
    /// # Errors
    /// When the file has not as many lines as the manifest says, or one of these
    /// claims is broken, or misquotes.
    ///
    /// # Complexity
    /// One pass over the bytes of the file, and the parsing of the claims found.
    pub fn claims(&self, wanted: &Selection) -> Result<Vec<Placed<Claim>>, FolderError> {
        let sieve = Sieve::new(wanted).map_err(|error| self.claims.mixed(error.to_string()))?;
        let found = self.claims.scan(|at, line| {
            sieve.lets_through(line).then(|| {
                let claim: Claim = parse(line)?;
                misquoted(&claim).map_or(Ok((at, claim)), Err)
            })
        })?;
        let (claims, lines) = found;
        count(&self.claims.path, lines, self.manifest.claims)?;
        Ok(claims)
    }

    /// The matters that are wanted, and maybe a few more, in their order.
    ///
    /// # Errors
    /// As [`Self::claims`].
    pub fn matters(&self, wanted: &Selection) -> Result<Vec<Placed<Matter>>, FolderError> {
        let sieve = Sieve::new(wanted).map_err(|error| self.matters.mixed(error.to_string()))?;
        let (matters, lines) = self.matters.scan(|at, line| {
            sieve.lets_through(line).then(|| parse(line).map(|matter| (at, matter)))
        })?;
        count(&self.matters.path, lines, self.manifest.matters)?;
        Ok(matters)
    }

    /// All events.
    ///
    /// # Errors
    /// When a line is broken, or there are not as many as the manifest says.
    pub fn events(&self) -> Result<Vec<Event>, FolderError> {
        let (events, lines) = self.events.scan(|_, line| Some(parse(line)))?;
        count(&self.events.path, lines, self.manifest.events)?;
        Ok(events)
    }

    /// The texts of these documents, by id.
    ///
    /// # Errors
    /// When a text is missing, or its line is broken.
    pub fn texts(&self, ids: &BTreeSet<String>) -> Result<HashMap<String, String>, FolderError> {
        let wanted: BTreeSet<Vec<u8>> =
            ids.iter().map(|id| serde_json::Value::from(id.as_str()).to_string().into()).collect();
        let (found, _) = self.texts.scan(|_, line| {
            let id = line.strip_prefix(b"{\"id\":").unwrap_or_default();
            let end = memchr::memmem::find(id, b",\"text\":").unwrap_or(id.len());
            wanted.contains(&id[..end]).then(|| parse::<TextLine>(line))
        })?;
        let texts: HashMap<String, String> = found.into_iter().map(|t| (t.id, t.text)).collect();
        match ids.iter().find(|id| !texts.contains_key(*id)) {
            None => Ok(texts),
            Some(id) => Err(self.texts.mixed(format!("the text of document {id:?} is missing"))),
        }
    }

    /// Checks that the words of claims stand in the texts of their documents.
    ///
    /// # Errors
    /// [`FolderError::Line`] for the first claim whose words do not.
    pub fn verify<'c>(
        &self,
        documents: &[DocumentRecord],
        claims: impl Iterator<Item = (u64, &'c Claim)>,
    ) -> Result<(), FolderError> {
        let mut by_document: BTreeMap<&str, Vec<(u64, &Claim)>> = BTreeMap::new();
        for (place, claim) in claims {
            by_document.entry(&claim.document).or_default().push((place, claim));
        }
        let wrong = documents.iter().filter_map(|document| {
            let claims = by_document.get(document.id.as_str())?;
            let text = Text::new(document.text.as_str());
            claims.iter().filter_map(|(at, claim)| Some((*at, claim.misplaced(&text)?))).min()
        });
        let Some((place, reason)) = wrong.min() else { return Ok(()) };
        let line = self.claims.number(place)?;
        Err(FolderError::Line { path: self.claims.path.clone(), line, reason })
    }
}

fn parse<'l, T: serde::Deserialize<'l>>(line: &'l [u8]) -> Result<T, String> {
    // serde_json counts lines inside our one line.
    serde_json::from_slice(line).map_err(|e| e.to_string().replace("line 1 column", "column"))
}

/// A file of lines that stays open, so that all passes see the same file.
#[derive(Debug)]
struct Lines {
    path: PathBuf,
    file: Mutex<File>,
    length: u64,
}

/// What one block gave, in the order of its lines, and how many lines it has.
type Block<T> = (Vec<T>, usize);

impl Lines {
    fn open(path: PathBuf) -> Result<Self, FolderError> {
        let file = files::open(&path).map_err(FolderError::io(&path))?;
        let length = file.metadata().map_err(FolderError::io(&path))?.len();
        Ok(Self { path, file: Mutex::new(file), length })
    }

    fn mixed(&self, reason: String) -> FolderError {
        FolderError::Mixed { path: self.path.clone(), reason }
    }

    /// Gives every line, without its end, and where it begins to `take`, on many
    /// threads; what it takes comes in the order of the lines, with their number. Of
    /// several errors the first is told.
    fn scan<T: Send>(
        &self,
        take: impl Fn(u64, &[u8]) -> Option<Result<T, String>> + Sync,
    ) -> Result<Block<T>, FolderError> {
        let blocks: Vec<Result<Block<T>, FolderError>> = (0..self.length.div_ceil(BLOCK))
            .into_par_iter()
            .map_init(Vec::new, |buffer, block| {
                let start =
                    self.block(block * BLOCK, buffer).map_err(FolderError::io(&self.path))?;
                self.lines_of(start, buffer, &take)
            })
            .collect();
        let (mut all, mut lines) = (Vec::new(), 0);
        for block in blocks {
            match block {
                Ok((mut found, count)) => {
                    all.append(&mut found);
                    lines += count;
                }
                // A line is counted inside its block.
                Err(FolderError::Line { path, line, reason }) => {
                    return Err(FolderError::Line { path, line: lines + line, reason });
                }
                Err(other) => return Err(other),
            }
        }
        Ok((all, lines))
    }

    /// The number, from 1, of the line that begins at `place`.
    fn number(&self, place: u64) -> Result<usize, FolderError> {
        let (before, _) = self.scan(|at, _| (at <= place).then_some(Ok(())))?;
        Ok(before.len())
    }

    fn lines_of<T>(
        &self,
        start: u64,
        lines: &[u8],
        take: impl Fn(u64, &[u8]) -> Option<Result<T, String>>,
    ) -> Result<Block<T>, FolderError> {
        let (mut found, mut count, mut at) = (Vec::new(), 0, 0);
        while at < lines.len() {
            let end = memchr::memchr(b'\n', &lines[at..]).map_or(lines.len(), |end| at + end);
            count += 1;
            if let Some(taken) = take(start + at as u64, &lines[at..end]) {
                found.push(taken.map_err(|reason| FolderError::Line {
                    path: self.path.clone(),
                    line: count,
                    reason,
                })?);
            }
            at = end + 1;
        }
        Ok((found, count))
    }

    /// Reads the lines that begin in the block at `from` into `buffer`, whole; says
    /// where the first one begins.
    fn block(&self, from: u64, buffer: &mut Vec<u8>) -> io::Result<u64> {
        let end = self.length.min(from + BLOCK);
        // With the byte before, to see whether a line begins right here.
        let before = from.saturating_sub(1);
        buffer.clear();
        self.read(before, end - before, buffer)?;
        let skipped = match from {
            0 => 0,
            _ => match memchr::memchr(b'\n', buffer) {
                Some(line_end) => line_end + 1,
                // One long line begins before this block and ends after it.
                None => buffer.len(),
            },
        };
        let start = before + skipped as u64;
        buffer.drain(..skipped);
        let mut read = end;
        while !buffer.is_empty() && buffer.last() != Some(&b'\n') && read < self.length {
            let more = MORE.min(self.length - read);
            let known = buffer.len();
            self.read(read, more, buffer)?;
            read += more;
            if let Some(line_end) = memchr::memchr(b'\n', &buffer[known..]) {
                buffer.truncate(known + line_end + 1);
            }
        }
        Ok(start)
    }

    fn read(&self, from: u64, count: u64, buffer: &mut Vec<u8>) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(from))?;
        let read = file.by_ref().take(count).read_to_end(buffer)?;
        if read as u64 == count { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture;
    use crate::graph::folder;

    fn saved() -> (tempfile::TempDir, Corpus) {
        let dir = tempfile::tempdir().unwrap();
        let corpus = fixture::corpus();
        folder::save(&corpus, "https://w3id.org/demarche/id/", dir.path()).unwrap();
        (dir, corpus)
    }

    #[test]
    fn all_together_is_what_the_whole_folder_gives() {
        let (dir, corpus) = saved();
        let (partial, frame) = Partial::open(dir.path()).unwrap();
        let all = Selection::default();
        let placed = partial.claims(&all).unwrap();
        let matters = partial.matters(&all).unwrap().into_iter().map(|(_, it)| it).collect();
        let events = partial.events().unwrap();
        assert!(placed.is_sorted_by_key(|(at, _)| *at));
        let claims: Vec<Claim> = placed.into_iter().map(|(_, claim)| claim).collect();
        assert_eq!(
            Corpus { claims, matters, events, ..frame },
            folder::open_without_texts(dir.path()).unwrap()
        );
        let ids: BTreeSet<String> = ["005".to_owned()].into();
        let texts = partial.texts(&ids).unwrap();
        assert_eq!(texts, [("005".to_owned(), corpus.documents[4].text.clone())].into());
    }

    #[test]
    fn lines_that_cross_blocks_come_once_and_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lines");
        let lines: Vec<String> = (0..400)
            .map(|n| format!("{n} {}", "x".repeat(n * 7919 % 20_000)))
            .chain(["y".repeat(3 << 20), String::new(), "last".to_owned()])
            .collect();
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        let take = |_: u64, line: &[u8]| Some(Ok(String::from_utf8(line.to_vec()).unwrap()));
        let (found, count) = Lines::open(path).unwrap().scan(take).unwrap();
        assert_eq!(count, lines.len());
        assert!(found == lines);
    }

    #[test]
    fn a_file_cut_short_is_noticed() {
        let (dir, _) = saved();
        let path = dir.path().join(CLAIMS);
        let content = fs::read_to_string(&path).unwrap();
        let some = Selection { acts: Some(["propose".to_owned()].into()), ..Selection::default() };
        let whole = content.lines().take(3).collect::<Vec<_>>().join("\n");
        fs::write(&path, whole).unwrap();
        let (partial, _) = Partial::open(dir.path()).unwrap();
        let error = partial.claims(&some).unwrap_err();
        assert!(matches!(error, FolderError::Mixed { .. }), "{error}");
        // In the middle of a line: what is left of it is no claim.
        fs::write(&path, &content[..content.len() - 40]).unwrap();
        let (partial, _) = Partial::open(dir.path()).unwrap();
        let all = partial.claims(&Selection::default()).unwrap_err();
        assert!(matches!(all, FolderError::Line { .. }), "{all}");
    }

    #[test]
    fn a_broken_line_is_named_by_its_number() {
        let (dir, _) = saved();
        let path = dir.path().join(CLAIMS);
        let content = fs::read_to_string(&path).unwrap();
        fs::write(&path, content.replacen("Trump proposed the", "Trump opposed  the", 1)).unwrap();
        let (partial, _) = Partial::open(dir.path()).unwrap();
        let error = partial.claims(&Selection::default()).unwrap_err().to_string();
        let error = error.replace(&*dir.path().to_string_lossy(), "DIR");
        insta::assert_snapshot!(error, @r#"DIR/claims.jsonl:3: claim 001-propose-182: trigger "proposed" does not stand at 182..190"#);
    }
}

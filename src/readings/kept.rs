use std::collections::{HashMap, HashSet};
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;

use super::key::{Key, Method};
use super::line::{Line, LineError, Reading, record};
use crate::corpus::Document;
use crate::files::{self, Replacement};

/// What is no longer needed may take so many bytes before a file is written anew without it.
const MOST_IDLE: u64 = 1 << 20;

/// A file of readings that this process alone adds to.
///
/// Each line is written at once and found again by its key; what of the file is no whole line, as
/// after a kill, is passed over. So a file that was left at any moment can be gone on with.
#[derive(Debug)]
pub struct Readings {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// Where the file ends.
    end: u64,
    /// Where each reading stands; of two of one key the later.
    places: HashMap<Key, Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    at: u64,
    length: u64,
}

/// Why a file of readings cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadingsError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process writes into it.
    #[error("{}: another process is writing into this file; wait until it is done", .0.display())]
    Busy(PathBuf),
}

impl Readings {
    /// Opens a file, and makes it where there is none.
    ///
    /// # Errors
    /// When it cannot be read or written, or another process holds it.
    pub fn open(path: &Path) -> Result<Self, ReadingsError> {
        let failed = |source| ReadingsError::Io { path: path.to_owned(), source };
        let file = files::open_own(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ReadingsError::Busy(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let state = State::of(file).map_err(failed)?;
        Ok(Self { path: path.to_owned(), state: Mutex::new(state) })
    }

    /// The reading that is kept of a document, if it is whole and of this very document.
    ///
    /// # Errors
    /// When there is one, but it is not as it was written.
    pub fn get(&self, method: Method, document: &Document) -> Result<Option<Reading>, LineError> {
        let key = method.key(document);
        let line = self.state().line(key).map_err(|error| LineError::Broken(error.to_string()))?;
        let Some(line) = line else { return Ok(None) };
        let line = Line::parse(&line)?;
        let words = line.reading.document.words;
        if line.key == key && line.reading.document == record(document, words) {
            return Ok(Some(line.reading));
        }
        Err(LineError::Broken(format!("it is not of document {}", document.id)))
    }

    /// Keeps a reading.
    ///
    /// # Errors
    /// When it cannot be written; what is there of it then is no reading.
    pub fn put(&self, key: Key, method: Method, reading: &Reading) -> io::Result<()> {
        let mut line = Vec::new();
        Line::write(key, method, reading, &mut line)?;
        let mut state = self.state();
        let (at, length) = (state.end, line.len() as u64);
        state.file.seek(SeekFrom::Start(at))?;
        state.file.write_all(&line)?;
        state.end += length;
        state.places.insert(key, Place { at, length });
        Ok(())
    }

    /// How many readings there are.
    pub fn len(&self) -> usize {
        self.state().places.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ends the work on the file. Where most of it is readings other than those that are needed,
    /// it is written anew with them alone.
    ///
    /// # Errors
    /// When it cannot be written anew; the old one then stays.
    pub fn close(self, needed: &HashSet<Key>) -> io::Result<()> {
        let state = self.state();
        let mut stay: Vec<Place> =
            state.places.iter().filter(|(key, _)| needed.contains(*key)).map(|it| *it.1).collect();
        let bytes: u64 = stay.iter().map(|it| it.length).sum();
        if state.end - bytes <= bytes.max(MOST_IDLE) {
            return Ok(());
        }
        drop(state);
        stay.sort_by_key(|it| it.at);
        self.rewrite(&stay)
    }

    /// Ends the work on the file with these readings in this order, and nothing else in it.
    ///
    /// # Errors
    /// When it cannot be written anew; the old one then stays.
    pub fn arrange(self, keys: &[Key]) -> io::Result<()> {
        let state = self.state();
        let wanted: Vec<Place> =
            keys.iter().filter_map(|key| state.places.get(key)).copied().collect();
        let mut end = 0;
        let is_arranged = wanted.iter().all(|place| {
            let is_next = place.at == end;
            end += place.length;
            is_next
        });
        if is_arranged && end == state.end {
            return Ok(());
        }
        drop(state);
        self.rewrite(&wanted)
    }

    fn rewrite(self, places: &[Place]) -> io::Result<()> {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut new = io::BufWriter::new(Replacement::of(&self.path)?);
        for place in places {
            new.write_all(&state.bytes(*place)?)?;
        }
        new.into_inner().map_err(io::IntoInnerError::into_error)?.put()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Finds the readings of a file, by how lines begin alone.
    fn of(file: File) -> io::Result<Self> {
        let mut lines = BufReader::with_capacity(1 << 20, &file);
        let (mut places, mut end, mut line) = (HashMap::new(), 0, Vec::new());
        loop {
            line.clear();
            let length = lines.read_until(b'\n', &mut line)? as u64;
            if length == 0 {
                break;
            }
            if !line.ends_with(b"\n") {
                // Left halfway: what comes next takes its place.
                file.set_len(end)?;
                break;
            }
            if let Some(key) = Line::key_of(&line) {
                places.insert(key, Place { at: end, length });
            }
            end += length;
        }
        Ok(Self { file, end, places })
    }

    fn line(&mut self, key: Key) -> io::Result<Option<Vec<u8>>> {
        self.places.get(&key).copied().map(|place| self.bytes(place)).transpose()
    }

    fn bytes(&mut self, place: Place) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(place.length).map_err(io::Error::other)?];
        self.file.seek(SeekFrom::Start(place.at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::extract::By;
    use crate::ontology::Ontology;

    fn method() -> Method {
        Method::new(&Ontology::default(), By::Both)
    }

    fn document(id: &str) -> Document {
        Document::new(id, "He agreed.".repeat(id.len()))
    }

    fn reading(id: &str) -> Reading {
        Reading { document: record(&document(id), 3), claims: Vec::new() }
    }

    /// A file with the readings of these documents.
    fn kept(ids: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let readings = Readings::open(&path).unwrap();
        for id in ids {
            readings.put(method().key(&document(id)), method(), &reading(id)).unwrap();
        }
        (folder, path)
    }

    fn found(path: &Path, id: &str) -> Result<Option<Reading>, LineError> {
        Readings::open(path).unwrap().get(method(), &document(id))
    }

    #[test]
    fn a_reading_is_found_for_its_document_alone() {
        let (_folder, path) = kept(&["a", "bb"]);
        assert_eq!(found(&path, "bb"), Ok(Some(reading("bb"))));
        assert_eq!(found(&path, "c"), Ok(None));
        let edited = Document::new("a", "He refused.");
        assert_eq!(Readings::open(&path).unwrap().get(method(), &edited), Ok(None));
        let rules = Method::new(&Ontology::default(), By::Rules);
        assert_eq!(Readings::open(&path).unwrap().get(rules, &document("a")), Ok(None));
    }

    #[test]
    fn a_file_that_was_left_halfway_is_gone_on_with() {
        let (_folder, path) = kept(&["a", "bb"]);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let readings = Readings::open(&path).unwrap();
            let missing =
                ["a", "bb"].map(|id| (id, readings.get(method(), &document(id)).unwrap()));
            for (id, _) in missing.iter().filter(|(_, found)| found.is_none()) {
                readings.put(method().key(&document(id)), method(), &reading(id)).unwrap();
            }
            drop(readings);
            assert_eq!(fs::read(&path).unwrap(), whole, "cut after {length}");
        }
    }

    #[test]
    fn a_line_that_was_changed_or_stands_for_another_is_told() {
        let (_folder, path) = kept(&["a"]);
        let content = fs::read_to_string(&path).unwrap();
        fs::write(&path, content.replace("agreed", "refused")).unwrap();
        assert_eq!(found(&path, "a"), Err(LineError::Changed));
        // A whole line of another document under the key of this one.
        let readings = Readings::open(&path).unwrap();
        readings.put(method().key(&document("a")), method(), &reading("bb")).unwrap();
        drop(readings);
        assert!(matches!(found(&path, "a"), Err(LineError::Broken(_))));
    }

    #[test]
    fn one_process_at_a_time_writes() {
        let (_folder, path) = kept(&[]);
        let _first = Readings::open(&path).unwrap();
        assert!(matches!(Readings::open(&path), Err(ReadingsError::Busy(_))));
    }

    #[test]
    fn a_file_is_arranged_and_what_is_idle_goes() {
        let (_folder, path) = kept(&["a", "bb", "ccc"]);
        let key = |id: &str| method().key(&document(id));
        let readings = Readings::open(&path).unwrap();
        readings.close(&[key("a")].into()).unwrap();
        assert_eq!(Readings::open(&path).unwrap().len(), 3, "a little may stay");
        Readings::open(&path).unwrap().arrange(&[key("ccc"), key("a")]).unwrap();
        let (_other, expected) = kept(&["ccc", "a"]);
        assert_eq!(fs::read(&path).unwrap(), fs::read(&expected).unwrap());
    }
}

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Naming;
use crate::extract::Claim;
use crate::files;
use crate::ontology::Ontology;
use crate::resolve::DocumentRecord;

/// Name of the file in a graph folder that says where in `graph.trig` the graph of each document
/// stands, and what is said of some matters, events and deeds. It is no part of the graph: without it
/// the next build writes all of them anew, and the same.
pub const TRIPLES: &str = ".triples";

/// The sum of all that the triples of a document are made by and that is in the binary.
/// `build/main.rs` makes it.
const PROGRAM: &str = env!("DEMARCHE_TELLS_BY");

/// The longest file of places that is read, in bytes: some millions of documents.
const MAX_PLACES: u64 = 1 << 30;

pub(super) type Sum = [u8; 32];

/// Where the graph of a document stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    at: u64,
    length: u64,
    /// SHA-256 of the bytes.
    sum: Sum,
}

/// The graphs of documents that a TriG file holds already, so that those of documents whose claims
/// have not changed are copied, and parts of the default graph that are as they were.
///
/// Each is found by a sum of all that it is made of, and used only if its bytes are those that were
/// written: whatever is wrong with either file, the same is written in the end.
#[derive(Debug)]
pub struct Kept {
    /// What is the same for all documents, summed up.
    method: Sha256,
    file: Option<Mutex<File>>,
    places: HashMap<Sum, Place>,
}

impl Kept {
    /// None at all.
    pub fn nothing(ontology: &Ontology, naming: &Naming) -> Self {
        let mut method = Sha256::new();
        for part in [PROGRAM.as_bytes(), &ontology.sum(), naming.base().as_bytes()] {
            method.update((part.len() as u64).to_le_bytes());
            method.update(part);
        }
        Self { method, file: None, places: HashMap::new() }
    }

    /// Those of a TriG file, as the other file says where they are. What cannot be read holds none.
    pub fn open(trig: &Path, places: &Path, ontology: &Ontology, naming: &Naming) -> Self {
        let nothing = Self::nothing(ontology, naming);
        let read =
            || Some((files::open(trig).ok()?, files::read_to_string(places, MAX_PLACES).ok()?));
        let Some((file, lines)) = read() else { return nothing };
        let places = lines.lines().filter_map(line).collect();
        Self { file: Some(Mutex::new(file)), places, ..nothing }
    }

    /// The sum of what the graph of a document is made of.
    pub(super) fn key(&self, document: &DocumentRecord, claims: &[&Claim]) -> Sum {
        // It cannot fail: neither has maps whose keys are no words.
        self.key_of(&serde_json::to_vec(&(document, claims)).unwrap_or_default())
    }

    /// The sum of what a part of the default graph is made of, told in bytes.
    pub(super) fn key_of(&self, bytes: &[u8]) -> Sum {
        let mut sum = self.method.clone();
        sum.update(bytes);
        sum.finalize().into()
    }

    /// What is kept under a key, whole and as it was written, with the sum of its bytes.
    pub(super) fn get(&self, key: &Sum) -> Option<(Vec<u8>, Sum)> {
        let (place, file) = (self.places.get(key)?, self.file.as_ref()?);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.at)).ok()?;
        let mut bytes = Vec::new();
        Read::take(&mut *file, place.length).read_to_end(&mut bytes).ok()?;
        drop(file);
        let found: Sum = Sha256::digest(&bytes).into();
        (bytes.len() as u64 == place.length && found == place.sum).then_some((bytes, found))
    }
}

/// Where in a file the graphs of documents and parts of the default graph were written.
#[derive(Debug, Default)]
pub struct Places(Vec<(Sum, Place)>);

impl Places {
    /// One that begins at that byte of the file; its sum is told where it is known.
    pub(super) fn add(&mut self, key: Sum, at: u64, bytes: &[u8], sum: Option<Sum>) {
        let (length, sum) =
            (bytes.len() as u64, sum.unwrap_or_else(|| Sha256::digest(bytes).into()));
        self.0.push((key, Place { at, length, sum }));
    }

    /// All of those of a part that begins at that byte.
    pub(super) fn append(&mut self, other: Self, at: u64) {
        self.0.extend(other.0.into_iter().map(|(key, it)| (key, Place { at: at + it.at, ..it })));
    }

    /// Writes them into a file. Half of it is of use, too: every line stands for itself.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut lines = String::new();
        for (key, Place { at, length, sum }) in &self.0 {
            let _ = writeln!(lines, "{} {at} {length} {}", files::digits(key), files::digits(sum));
        }
        files::write_own(path, lines.as_bytes())
    }
}

fn line(line: &str) -> Option<(Sum, Place)> {
    let mut fields = line.split(' ');
    let key = files::sum_of(fields.next()?)?;
    let (at, length) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((key, Place { at, length, sum: files::sum_of(fields.next()?)? }))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture;
    use crate::rdf::{write_trig, write_trig_with};
    use crate::resolve::Corpus;

    /// A file of the corpus, and one of its places.
    fn written(corpus: &Corpus) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let (ontology, naming) = (fixture::ontology(), Naming::default());
        let mut trig = Vec::new();
        let nothing = Kept::nothing(&ontology, &naming);
        let places = write_trig_with(corpus, &ontology, &naming, &nothing, &mut trig).unwrap();
        // and parts of the default graph
        assert!(places.0.len() > corpus.documents.len());
        fs::write(folder.path().join("trig"), trig).unwrap();
        places.write(&folder.path().join("places")).unwrap();
        folder
    }

    fn kept(folder: &Path, ontology: &Ontology, naming: &Naming) -> Kept {
        Kept::open(&folder.join("trig"), &folder.join("places"), ontology, naming)
    }

    /// How many graphs of the corpus are found.
    fn found(corpus: &Corpus, kept: &Kept) -> usize {
        let of = |document: &&DocumentRecord| {
            let own = corpus.claims.iter().filter(|it| it.document == document.id);
            let mut own: Vec<&Claim> = own.collect();
            own.sort_by(|a, b| a.id.cmp(&b.id));
            kept.get(&kept.key(document, &own)).is_some()
        };
        corpus.documents.iter().filter(of).count()
    }

    #[test]
    fn whatever_is_kept_the_same_is_written() {
        let (before, ontology, naming) =
            (fixture::corpus(), fixture::ontology(), Naming::default());
        let folder = written(&before);
        let mut after = before.clone();
        after.documents.remove(1);
        after.claims.retain(|it| it.document != before.documents[1].id);
        after.claims[0].trigger.push('!');
        after.matters[0].label.push('!');
        after.matters.remove(1);
        let mut expected = Vec::new();
        write_trig(&after, &ontology, &naming, &mut expected).unwrap();
        let kept = kept(folder.path(), &ontology, &naming);
        assert_eq!(found(&before, &kept), before.documents.len());
        assert_eq!(found(&after, &kept), after.documents.len() - 1);
        let mut out = Vec::new();
        let places = write_trig_with(&after, &ontology, &naming, &kept, &mut out).unwrap();
        assert!(out == expected);
        for (_, it) in &places.0 {
            let (from, until) = (it.at as usize, (it.at + it.length) as usize);
            assert_eq!(Sum::from(Sha256::digest(&out[from..until])), it.sum);
        }
    }

    #[test]
    fn other_names_and_another_ontology_find_nothing() {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let folder = written(&corpus);
        let other = Naming::new("https://example.org/").unwrap();
        assert_eq!(found(&corpus, &kept(folder.path(), &ontology, &other)), 0);
        let shipped = Ontology::default();
        assert_eq!(found(&corpus, &kept(folder.path(), &shipped, &Naming::default())), 0);
    }

    #[test]
    fn what_was_changed_or_is_missing_is_written_anew() {
        let (corpus, ontology, naming) =
            (fixture::corpus(), fixture::ontology(), Naming::default());
        let folder = written(&corpus);
        let (trig, places) = (folder.path().join("trig"), folder.path().join("places"));
        let (whole, lines) = (fs::read(&trig).unwrap(), fs::read_to_string(&places).unwrap());
        let is_same = |expected: usize| {
            let kept = kept(folder.path(), &ontology, &naming);
            assert_eq!(found(&corpus, &kept), expected);
            let mut out = Vec::new();
            write_trig_with(&corpus, &ontology, &naming, &kept, &mut out).unwrap();
            assert!(out == whole);
        };
        let all = corpus.documents.len();
        is_same(all);
        // the graphs of documents come last
        let first = lines.lines().count() - all;
        let place = lines.lines().nth(first).unwrap();
        let at: usize = place.split(' ').nth(1).unwrap().parse().unwrap();
        let mut other = whole.clone();
        other[at + 5] ^= 1;
        fs::write(&trig, &other).unwrap();
        is_same(all - 1);
        fs::write(&trig, &whole[..at]).unwrap();
        is_same(0);
        fs::write(&trig, &whole).unwrap();
        fs::write(&places, lines.replace(' ', "x")).unwrap();
        is_same(0);
        fs::write(&places, lines.split_inclusive('\n').skip(first + 1).collect::<String>())
            .unwrap();
        is_same(all - 1);
        fs::remove_file(&places).unwrap();
        is_same(0);
    }
}

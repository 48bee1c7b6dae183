//! What a graph was built from, kept with it, so that it can be built again.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FolderError, Generation, manifest, place};
use crate::extract::By;
use crate::files;

/// Name of the file.
pub const RECIPE: &str = "build.json";

/// The longest one that is read, in bytes.
const MAX_RECIPE: u64 = 64 << 20;

/// What a graph was built from, and how. The same recipe over the same files gives the same graph.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipe {
    /// Files and folders of texts, as they were given: relative ones count from the
    /// [`Origin`](super::Origin).
    pub sources: Vec<Given>,
    /// The sources are files of readings, as `demarche read` writes them.
    #[serde(skip_serializing_if = "is_not")]
    pub readings: bool,
    /// Documents that are left out, by id.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub without: BTreeSet<String>,
    /// Format of files whose extension does not tell, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// All words of pages are kept.
    #[serde(skip_serializing_if = "is_not")]
    pub keep_all: bool,
    /// Who looks for claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_by: Option<By>,
    /// The least confidence of a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
    /// Seconds that a document may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_seconds: Option<u64>,
    /// MiB that a document may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_memory: Option<u64>,
    /// IRI under which things are named: the one that was given, or was made when the graph was
    /// first built, so that names stay when documents change. Earlier versions kept no made one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The user's layers of the ontology.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ontology: Vec<Summed>,
    /// The file of decisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Summed>,
}

/// A file or folder, and what was in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summed {
    /// As it was given.
    pub path: Given,
    /// SHA-256 of what was read of it, in hexadecimal digits.
    pub sha256: String,
}

/// A path as it was given. One that is no UTF-8 is written as the list of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given(pub PathBuf);

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.to_str() {
            Some(path) => to.serialize_str(path),
            None => self.0.as_os_str().as_encoded_bytes().serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Words(PathBuf),
            Bytes(Vec<u8>),
        }
        Ok(Self(match Written::deserialize(from)? {
            Written::Words(path) => path,
            Written::Bytes(bytes) => PathBuf::from(system_name(bytes)),
        }))
    }
}

#[cfg(unix)]
fn system_name(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn system_name(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_not(it: &bool) -> bool {
    !it
}

impl Recipe {
    /// The sources as paths.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.sources.iter().map(|it| &it.0)
    }

    /// The layers of the ontology as paths.
    pub fn layers(&self) -> Vec<PathBuf> {
        self.ontology.iter().map(|it| it.path.0.clone()).collect()
    }

    /// All paths: sources, layers, decisions.
    pub fn all_paths(&self) -> impl Iterator<Item = &PathBuf> {
        let beside = self.ontology.iter().chain(&self.decisions);
        self.paths().chain(beside.map(|it| &it.path.0))
    }

    /// The same with other paths to the same files.
    #[must_use]
    pub fn with_paths(mut self, other: impl Fn(&Path) -> PathBuf) -> Self {
        for Given(path) in &mut self.sources {
            *path = other(path);
        }
        for file in self.ontology.iter_mut().chain(&mut self.decisions) {
            file.path.0 = other(&file.path.0);
        }
        self
    }

    /// Is every source of `other` one of these, read as there?
    pub fn covers(&self, other: &Self) -> bool {
        self.readings == other.readings && other.sources.iter().all(|it| self.sources.contains(it))
    }
}

/// What the graph of a folder was built from; `None` where it does not say so: an earlier version
/// made it, or the library.
///
/// # Errors
/// When it is no graph folder of this version, or the recipe is broken.
pub fn recipe(dir: &Path) -> Result<Option<Recipe>, FolderError> {
    if !manifest(dir)?.files.contains_key(RECIPE) {
        return Ok(None);
    }
    let path = place(dir, RECIPE);
    let content = files::read_to_string(&path, MAX_RECIPE).map_err(FolderError::io(&path))?;
    serde_json::from_str(&content).map(Some).map_err(|error| FolderError::Line {
        line: error.line(),
        reason: error.to_string(),
        path,
    })
}

impl Generation<'_> {
    /// Writes what the graph is built from.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn recipe(&self, recipe: &Recipe) -> Result<(), FolderError> {
        self.file(RECIPE, |out| {
            serde_json::to_writer_pretty(&mut *out, recipe)?;
            out.write_all(b"\n")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::{Folder, save};

    const BASE: &str = "https://w3id.org/demarche/id/";

    fn built(recipe: &Recipe) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        generation.recipe(recipe).unwrap();
        generation.commit(&fixture::corpus(), BASE).unwrap();
        dir
    }

    #[test]
    fn what_is_written_is_read_back() {
        let summed = |path: &str| Summed { path: Given(path.into()), sha256: "00".into() };
        let whole = Recipe {
            sources: vec![Given("news".into()), Given("a b.txt".into())],
            readings: true,
            without: ["news/x".to_owned()].into(),
            format: Some("txt".into()),
            keep_all: true,
            read_by: Some(By::Rules),
            min_confidence: Some(0.7),
            document_seconds: Some(9),
            document_memory: Some(99),
            base: Some(BASE.into()),
            ontology: vec![summed("my-terms")],
            decisions: Some(summed("mine.yaml")),
        };
        for recipe_in in [Recipe::default(), whole] {
            assert_eq!(recipe(built(&recipe_in).path()).unwrap(), Some(recipe_in));
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_utf8_are_kept() {
        let path = PathBuf::from(system_name(b"a\xff".to_vec()));
        let it = Recipe { sources: vec![Given(path)], ..Recipe::default() };
        assert_eq!(recipe(built(&it).path()).unwrap(), Some(it));
    }

    #[test]
    fn a_graph_without_one_says_nothing_and_a_broken_one_is_told() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(recipe(dir.path()), Err(FolderError::NoGraph(_))));
        save(&fixture::corpus(), BASE, dir.path()).unwrap();
        assert_eq!(recipe(dir.path()).unwrap(), None);
        let dir = built(&Recipe::default());
        std::fs::write(dir.path().join(RECIPE), "{\"sources\":7}").unwrap();
        let error = recipe(dir.path()).unwrap_err().to_string();
        assert!(error.contains("build.json:1: invalid type"), "{error}");
    }
}

//! The ontology in the binary, and a user's files over it.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::binary;
use super::finding::{Finding, OntologyErrors, Severity};
use super::folder::sources;
use super::parsed::{from_sources, usable};
use super::terms::Ontology;

/// What `build/main.rs` has made of the Turtle files.
static SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ontology.postcard"));

impl Ontology {
    /// The ontology in the binary, in some milliseconds: it was read when the program was
    /// built.
    ///
    /// # Errors
    /// When the bytes in the binary are spoilt.
    pub fn shipped() -> Result<Ontology, OntologyErrors> {
        binary::read(SHIPPED).map_err(|error| {
            let what = format!("the ontology in the binary cannot be read: {error}");
            OntologyErrors(vec![Finding {
                file: binary::NAME.to_owned(),
                line: None,
                severity: Severity::Error,
                term: String::new(),
                what,
                valid: "build the program again".to_owned(),
            }])
        })
    }

    /// The ontology in the binary with the user's folders laid over it, in order.
    /// A user's file may add terms, add to what is said of shipped terms, and
    /// replace what can only be said once, such as `skos:prefLabel`. Words that it gives a
    /// term no longer mean a shipped one.
    ///
    /// # Errors
    /// Every error in every file, each with file, line and term.
    pub fn load(folders: &[PathBuf]) -> Result<Ontology, OntologyErrors> {
        if folders.is_empty() {
            return Self::shipped();
        }
        let (sources, findings) = sources(folders);
        usable(from_sources(&sources, findings))
    }

    /// SHA-256 of all that it says: two that say the same have one, whatever their files.
    pub fn sum(&self) -> [u8; 32] {
        let bytes = binary::write(self).expect("there is nothing in an ontology that has no bytes");
        Sha256::digest(bytes).into()
    }

    /// Everything that is wrong or doubtful in the shipped ontology with the
    /// user's folders over it, and what these override, by file and line.
    pub fn check(folders: &[PathBuf]) -> Vec<Finding> {
        Self::examine(folders).1
    }

    /// As [`Ontology::check`], with the ontology itself, which can only be used where no finding
    /// is an error.
    pub fn examine(folders: &[PathBuf]) -> (Ontology, Vec<Finding>) {
        let (sources, findings) = sources(folders);
        from_sources(&sources, findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_binary_holds_is_what_the_files_say() {
        assert_eq!(Ontology::shipped().unwrap(), Ontology::from_turtle().unwrap());
    }
}

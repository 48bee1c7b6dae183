//! The ontology read from its files.

use std::path::PathBuf;

use super::check::check;
use super::finding::{Finding, OntologyErrors, Severity};
use super::reader::Reader;
use super::source::{Source, shipped_sources, sources};
use super::statements::parse;
use super::terms::Ontology;

impl Ontology {
    /// The ontology in the binary.
    ///
    /// # Errors
    /// Every error met while the files are read; a test makes sure that there is
    /// none.
    pub fn shipped() -> Result<Ontology, OntologyErrors> {
        // What can only be checked over all terms is left to the test: it would be a
        // fifth of the time.
        let sources = shipped_sources();
        let mut findings = Vec::new();
        let statements = parse(&sources, &mut findings);
        let mut reader = Reader::new(&sources, &statements, findings);
        let ontology = reader.ontology();
        usable((ontology, reader.findings))
    }

    /// The ontology in the binary with the user's folders laid over it, in order.
    /// A user's file may add terms, add to what is said of shipped terms, and
    /// replace what can only be said once, such as `skos:prefLabel`.
    ///
    /// # Errors
    /// Every error in every file, each with file, line and term.
    pub fn load(folders: &[PathBuf]) -> Result<Ontology, OntologyErrors> {
        let (sources, findings) = sources(folders);
        usable(from_sources(&sources, findings))
    }

    /// Everything that is wrong or doubtful in the shipped ontology with the
    /// user's folders over it, by file and line.
    pub fn check(folders: &[PathBuf]) -> Vec<Finding> {
        let (sources, findings) = sources(folders);
        from_sources(&sources, findings).1
    }
}

/// The ontology and what was found; `findings` are those met before.
pub(super) fn from_sources(
    sources: &[Source],
    mut findings: Vec<Finding>,
) -> (Ontology, Vec<Finding>) {
    let statements = parse(sources, &mut findings);
    let mut reader = Reader::new(sources, &statements, findings);
    let ontology = reader.ontology();
    check(&mut reader, &ontology);
    let mut findings = reader.findings;
    findings.sort();
    findings.dedup();
    (ontology, findings)
}

fn usable((ontology, findings): (Ontology, Vec<Finding>)) -> Result<Ontology, OntologyErrors> {
    let errors: Vec<Finding> =
        findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(ontology) } else { Err(OntologyErrors(errors)) }
}

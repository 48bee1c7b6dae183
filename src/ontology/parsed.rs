//! Turtle files become an ontology, and what is wrong with them.

use super::check::check;
use super::finding::{Finding, OntologyErrors, Severity};
use super::reader::Reader;
use super::source::{Source, shipped_sources};
use super::statements::parse;
use super::terms::Ontology;

impl Ontology {
    /// The shipped ontology, read from its Turtle files. The program has it read already
    /// ([`Ontology::shipped`]).
    ///
    /// # Errors
    /// Every error, with file, line and term.
    pub fn from_turtle() -> Result<Ontology, OntologyErrors> {
        usable(from_sources(&shipped_sources(), Vec::new()))
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

/// The ontology, unless something in it is an error.
pub(super) fn usable(
    (ontology, findings): (Ontology, Vec<Finding>),
) -> Result<Ontology, OntologyErrors> {
    let errors: Vec<Finding> =
        findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(ontology) } else { Err(OntologyErrors(errors)) }
}

//! What is wrong with an ontology file, and where.

use std::fmt;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The ontology cannot be used.
    Error,
    /// It can be used, but probably does not say what was meant.
    Warning,
    /// A user's file says otherwise than an earlier one, and is followed.
    Note,
}

/// One problem of an ontology file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}: {}{}{}", self.place(), self.subject(), self.what, self.remedy())]
#[non_exhaustive]
pub struct Finding {
    /// Name of the file: `ontology/acts.ttl` for a shipped one, else its path.
    pub file: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
    /// Error or warning.
    pub severity: Severity,
    /// The term, with its prefix (`tr:reject.v`); empty if none was reached.
    pub term: String,
    /// What is wrong.
    pub what: String,
    /// What would have been valid; empty if that is plain.
    pub valid: String,
}

impl Finding {
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }

    fn subject(&self) -> String {
        if self.term.is_empty() { String::new() } else { format!("{}: ", self.term) }
    }

    fn remedy(&self) -> String {
        if self.valid.is_empty() { String::new() } else { format!(" ({})", self.valid) }
    }
}

/// All errors found while the ontology was read, by file and line; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OntologyErrors(pub Vec<Finding>);

impl fmt::Display for OntologyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the ontology cannot be read")?;
        for finding in &self.0 {
            write!(f, "\n  {finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for OntologyErrors {}

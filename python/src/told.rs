//! What is said of documents beside what they say.

use demarche::corpus::{Document, ReadError, WhyPassedOver};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use crate::errors;
use crate::source::Source;

/// How many files are named that are not read.
const NAMED: usize = 5;

/// "2 files in the folders are not read: a.csv (.csv), b.png (.png)"; nothing where all are.
fn unread_files(files: &[(String, String)]) -> Option<String> {
    let named: Vec<String> =
        files.iter().take(NAMED).map(|(path, why)| format!("{path} ({why})")).collect();
    let (count, are) = match files.len() {
        0 => return None,
        1 => ("1 file".to_owned(), "is"),
        more => (format!("{more} files"), "are"),
    };
    let more = match files.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("{count} in the folders {are} not read: {}{more}", named.join(", ")))
}

/// Errors, warnings and what was passed over, in the order of the documents.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Documents that are not read: words and fields of the exception.
    pub(crate) errors: Vec<(String, Value)>,
    /// What is odd about those that are; and that files in folders are not read.
    pub(crate) warnings: Vec<String>,
    /// What is not read in folders: path, and why.
    pub(crate) passed_over: Vec<(String, String)>,
}

impl Told {
    /// The next document of a source; what there is to say of it, and of those before it that
    /// could not be read, is told.
    pub(crate) fn next(&mut self, source: &mut Source) -> Option<Document> {
        loop {
            match source.reader.next() {
                Some(Ok((document, warnings))) => {
                    self.warnings.extend(warnings.iter().map(ToString::to_string));
                    return Some(document);
                }
                Some(Err(error)) => self.failed(&error, source.are_given),
                None => {
                    let passed_over = source.reader.passed_over().iter();
                    let told = |why: &WhyPassedOver| why.to_string();
                    self.passed_over = passed_over
                        .map(|it| (it.path.to_string_lossy().into_owned(), told(&it.why)))
                        .collect();
                    self.warnings.extend(unread_files(&self.passed_over));
                    return None;
                }
            }
        }
    }

    /// A document that was read under another name is only odd.
    fn failed(&mut self, error: &ReadError, are_given: bool) {
        let told = errors::document(error, are_given);
        if error.kind.is_read() {
            self.warnings.push(told.0);
        } else {
            self.errors.push(told);
        }
    }

    /// A document that took too much, or met a bug.
    pub(crate) fn unread(&mut self, document: &Document, reason: &str) {
        let path = document.path.as_deref().map(|it| it.to_string_lossy().into_owned());
        let words = format!("{}: {reason}", path.as_deref().unwrap_or(&document.id));
        let fields = json!({
            "path": path, "line": null, "entry": null, "byte": null, "reason": reason,
        });
        self.errors.push((words, fields));
    }

    /// The first error as its exception, unless errors are to be skipped.
    pub(crate) fn check(&self, py: Python<'_>, skip: bool) -> PyResult<()> {
        match self.errors.first() {
            Some(error) if !skip => Err(errors::unreadable(py, error)),
            _ => Ok(()),
        }
    }

    /// Everything as a dict; errors as exceptions that are not raised.
    pub(crate) fn python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let told = PyDict::new(py);
        let errors = self.errors.iter().map(|it| errors::unreadable(py, it).into_value(py));
        told.set_item("errors", errors.collect::<Vec<_>>())?;
        told.set_item("warnings", &self.warnings)?;
        told.set_item("passed_over", &self.passed_over)?;
        Ok(told)
    }
}

//! The exceptions of `demarche.errors`, with where and what.

use std::fmt::Display;

use demarche::corpus::ReadError;
use demarche::decisions::DecisionError;
use demarche::graph::folder::FolderError;
use demarche::ontology::{OntologyErrors, Severity};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

use crate::values;

/// An exception of the class `class`, made from what is said and the fields that the class has.
fn raise(py: Python<'_>, class: &str, words: &str, fields: &Value) -> PyErr {
    let made = || -> PyResult<Bound<'_, PyAny>> {
        let class = py.import("demarche.errors")?.getattr(class)?;
        let fields = values::python(py, fields)?;
        class.call((words,), Some(fields.cast::<PyDict>()?))
    };
    made().map_or_else(|error| error, PyErr::from_value)
}

/// `demarche.Error` with these words.
pub(crate) fn plain(py: Python<'_>, error: &dyn Display) -> PyErr {
    raise(py, "Error", &error.to_string(), &json!({}))
}

/// An argument that is none.
pub(crate) fn value(_py: Python<'_>, words: &str) -> PyErr {
    PyValueError::new_err(words.to_owned())
}

/// Where a document stands and why it is not read, as its exception has it. Documents that were
/// given as such are told by their number.
pub(crate) fn document(error: &ReadError, are_given: bool) -> (String, Value) {
    let place = &error.place;
    let words = match (place.line, are_given) {
        (Some(number), true) => format!("document {number}: {}", error.kind),
        _ => error.to_string(),
    };
    let fields = json!({
        "path": place.path.as_deref().map(|it| it.to_string_lossy()),
        "line": place.line,
        "entry": place.entry,
        "byte": if are_given { None } else { place.byte },
        "reason": error.kind.to_string(),
    });
    (words, fields)
}

/// `demarche.DocumentError`.
pub(crate) fn unreadable(py: Python<'_>, (words, fields): &(String, Value)) -> PyErr {
    raise(py, "DocumentError", words, fields)
}

/// `demarche.OntologyError`: every error with its file and line.
pub(crate) fn ontology(py: Python<'_>, errors: &OntologyErrors) -> PyErr {
    let wrong = errors.0.iter().filter(|it| it.severity == Severity::Error);
    let findings: Vec<Value> = wrong
        .map(|it| json!({ "path": it.file, "line": it.line, "term": it.term, "reason": it.what }))
        .collect();
    raise(py, "OntologyError", &errors.to_string(), &json!({ "findings": findings }))
}

/// `demarche.DecisionError`: every error with its file and line.
pub(crate) fn decisions(py: Python<'_>, errors: &[DecisionError]) -> PyErr {
    let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let findings: Vec<Value> = errors
        .iter()
        .map(
            |it| json!({ "path": it.path.to_string_lossy(), "line": it.line, "reason": it.reason }),
        )
        .collect();
    raise(py, "DecisionError", &words.join("\n"), &json!({ "findings": findings }))
}

/// `demarche.ReadingError`: a line, from 1, that is no reading.
pub(crate) fn reading(py: Python<'_>, line: usize, reason: &dyn Display) -> PyErr {
    let fields = json!({ "line": line, "reason": reason.to_string() });
    raise(py, "ReadingError", &format!("line {line}: {reason}"), &fields)
}

/// `demarche.FolderError`: a graph on disk that cannot be read or written.
pub(crate) fn folder(py: Python<'_>, error: &FolderError) -> PyErr {
    let (path, line) = match error {
        FolderError::Io { path, .. } | FolderError::Mixed { path, .. } => (path, None),
        FolderError::Line { path, line, .. } => (path, Some(*line)),
        FolderError::NoGraph(path) | FolderError::Busy(path) => (path, None),
        FolderError::Format { dir, .. } => (dir, None),
        _ => return plain(py, error),
    };
    let fields = json!({ "path": path.to_string_lossy(), "line": line });
    raise(py, "FolderError", &error.to_string(), &fields)
}

/// `demarche.FolderError` that the package itself has found.
pub(crate) fn taken(py: Python<'_>, path: &std::path::Path, words: &str) -> PyErr {
    let fields = json!({ "path": path.to_string_lossy(), "line": null });
    raise(py, "FolderError", &format!("{}: {words}", path.display()), &fields)
}

/// `demarche.QueryError`.
pub(crate) fn query(py: Python<'_>, error: &dyn Display) -> PyErr {
    raise(py, "QueryError", &error.to_string(), &json!({}))
}

/// `demarche.NotFound`: nothing has this name.
pub(crate) fn unknown(py: Python<'_>, name: &str, alike: Vec<String>) -> PyErr {
    let mut words = format!("nothing in this graph is called {name:?}");
    if !alike.is_empty() {
        words.push_str(&format!("; did you mean {}?", alike.join(", ")));
    }
    raise(py, "NotFound", &words, &json!({ "name": name, "suggestions": alike }))
}

//! Errors as exceptions: each says the file and the line, where there is one.

use std::path::Path;

use pyo3::PyTypeInfo;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(demarche, DemarcheError, PyException, "Something that demarche cannot do.");
create_exception!(demarche, ReadError, DemarcheError, "A document cannot be read.");
create_exception!(demarche, OntologyError, DemarcheError, "A file of the ontology is wrong.");
create_exception!(demarche, FolderError, DemarcheError, "A graph folder cannot be read or written.");
create_exception!(demarche, QueryError, DemarcheError, "A query cannot be answered.");

/// An exception with `file` and `line`.
pub(crate) fn raised<E: PyTypeInfo>(
    py: Python<'_>,
    words: impl ToString,
    file: Option<&Path>,
    line: Option<usize>,
) -> PyErr {
    let error = PyErr::from_type(E::type_object(py), words.to_string());
    let value = error.value(py);
    let file = file.map(|it| it.display().to_string());
    match value.setattr("file", file).and_then(|()| value.setattr("line", line)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

//! The Python package: graphs built, opened and asked. `demarche/__init__.py` gives it its face;
//! here the rooms of the library are called, without holding the interpreter's lock.

mod build;
mod errors;
mod graph;

use pyo3::prelude::*;

/// The part of the package that is written in Rust.
#[pymodule]
mod _demarche {
    #[pymodule_export]
    use super::errors::{DemarcheError, FolderError, OntologyError, QueryError, ReadError};
    #[pymodule_export]
    use super::graph::Graph;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

//! The Python package's native half: `demarche._demarche`.
//!
//! What Python sees stands in `python/package/demarche/`, typed and documented there; this crate gives it
//! the library's rooms, with values as plain Python objects. Nothing is worked out here that the
//! library can be asked.
//!
//! The interpreter's lock is not held while documents are read, resolved or queried. Whatever runs
//! on many threads runs on those of an annotator ([`engine`]).
#![warn(missing_docs)]

mod annotation;
mod engine;
mod errors;
mod graph;
mod reading;
mod source;
mod told;
mod values;

use pyo3::pymodule;

/// Native half of `demarche`; use the package instead.
#[pymodule]
mod _demarche {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::annotation::annotate;
    #[pymodule_export]
    use crate::graph::{Graph, columns};
    #[pymodule_export]
    use crate::reading::Readings;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

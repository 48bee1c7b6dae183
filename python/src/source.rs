//! Documents that come in: files and folders, or documents that Python gives one by one.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use demarche::corpus::{Format, Reader};
use pyo3::prelude::*;

use crate::errors;

/// What Python has raised while it was asked for the next document.
pub(crate) type Raised = Arc<Mutex<Option<PyErr>>>;

/// Takes what was raised, if anything was.
pub(crate) fn taken(raised: &Raised) -> Option<PyErr> {
    raised.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// A reader, and what may be raised while it reads.
pub(crate) struct Source {
    pub(crate) reader: Reader,
    pub(crate) raised: Raised,
    /// Are the documents given as such, and not in files?
    pub(crate) are_given: bool,
}

impl Source {
    /// Reads `paths`, or the lines (`bytes`, as JSON Lines has them) that `documents` gives.
    pub(crate) fn new(
        py: Python<'_>,
        paths: Option<Vec<PathBuf>>,
        documents: Option<Py<PyAny>>,
        format: Option<&str>,
        keep_all: bool,
    ) -> PyResult<Self> {
        let raised = Raised::default();
        let format = format.map(str::parse::<Format>).transpose();
        let format = format.map_err(|error| errors::value(py, &error.to_string()))?;
        let are_given = documents.is_some();
        let reader = match documents {
            Some(lines) => {
                let lines = Lines { lines, line: Vec::new(), at: 0, raised: Arc::clone(&raised) };
                Reader::new(["-"], Some(Format::JsonLines)).with_stdin(lines)
            }
            // `-` is a file like others: Python has its standard input itself.
            None => {
                let paths = paths.unwrap_or_default().into_iter();
                let own = |it: PathBuf| if it.as_os_str() == "-" { "./-".into() } else { it };
                Reader::new(paths.map(own), format).keep_all(keep_all)
            }
        };
        Ok(Self { reader, raised, are_given })
    }
}

/// An iterator of `bytes` as a stream.
struct Lines {
    lines: Py<PyAny>,
    line: Vec<u8>,
    at: usize,
    raised: Raised,
}

impl Lines {
    /// The next line; `None` at the end.
    fn next(&self) -> PyResult<Option<Vec<u8>>> {
        Python::attach(|py| {
            let Some(line) = self.lines.bind(py).try_iter()?.next() else { return Ok(None) };
            Ok(Some(line?.extract::<Vec<u8>>()?))
        })
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.line.len() {
            match self.next() {
                Ok(Some(line)) => (self.line, self.at) = (line, 0),
                Ok(None) => return Ok(0),
                // The stream ends here, so that what came before is read; the error is raised then.
                Err(error) => {
                    *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    return Ok(0);
                }
            }
        }
        let taken = buffer.len().min(self.line.len() - self.at);
        buffer[..taken].copy_from_slice(&self.line[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}

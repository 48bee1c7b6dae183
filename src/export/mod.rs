//! The graph in files for other programs: tables, graphs, notes.
//!
//! [`FORMATS`] is the one list of what there is, with names, media types and writers; the command
//! line goes by it. Every list is written in the
//! order of the corpus, so that a graph gives the same bytes each time.
//!
//! | file | what it writes |
//! | --- | --- |
//! | `table`, `csv`, `xlsx`, `parquet` | one flat table, a row a claim |
//! | `nodes_edges`, `graphml`, `neo4j` | all nodes and edges |
//! | `gexf` | who does something to whom, over time |
//! | `obsidian` | a note for each actor, matter and document |

mod csv;
mod formats;
mod gexf;
mod graphml;
mod neo4j;
mod nodes_edges;
mod obsidian;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use formats::{Content, FORMATS, Format, Options};
pub use table::{COLUMNS, Cell, Column, Kind, Row, Table};

use std::io;

use crate::graph::Graph;

/// What `csv` says went wrong, as the error of the file that it met where it is one.
fn of_csv(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("cannot write a row: {other:?}")),
    }
}

/// The ids of claims with `between` them.
fn claim_ids(graph: &Graph, claims: &[usize], between: &str) -> String {
    let ids: Vec<&str> = claims.iter().map(|&at| &*graph.corpus().claims[at].id).collect();
    ids.join(between)
}

/// Words on one line.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

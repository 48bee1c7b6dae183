//! The graph in petgraph, from which drawings and graph questions are computed.
//!
//! [`Graph`] holds a [`Corpus`](crate::resolve::Corpus) and its nodes and edges.
//! What is computed from it has one file each: [`Graph::connection`] (how two
//! actors are connected), [`Graph::brokers`] and [`Graph::prominence`] (who is
//! central), [`Graph::camps`] (who stands together), [`Graph::stances`] (who
//! stands where on a matter; [`Matrix`] lays it out), [`Graph::disputes`] (what
//! voices disagree on) and [`Graph::loss`] (what hangs on one source). [`Changes`] is what differs
//! between two graphs. Every result names
//! the claims that it was computed from. [`folder`] keeps a corpus on disk.

mod camps;
mod centrality;
mod changes;
mod connection;
mod dependence;
mod disputed;
pub mod folder;
pub mod lookup;
mod matrix;
mod network;
mod stance;
mod ties;

pub use camps::{Camps, Opposition};
pub use centrality::Centrality;
pub use changes::{
    ChangedClaim, Changes, ClaimChanges, DocumentChanges, Regrouped, Thing, ThingChanges,
};
pub use connection::{Connection, Measure, Step};
pub use dependence::Loss;
#[cfg(feature = "rdf")]
pub(crate) use matrix::is_turn;
pub use matrix::{Cell, Leaning, Matrix};
pub use network::{ActEdge, Acts, Edge, Graph, Node};
pub use stance::Stance;

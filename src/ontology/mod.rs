//! The program's knowledge: acts and their triggers, actors and their names,
//! issues and their words, and the small closed word classes of the language,
//! read from Turtle at start.
//!
//! The shipped files are embedded in the binary; a user's folder is read over
//! them, so that a new trigger, actor or issue is an edit there and not in Rust.

mod terms;

pub use terms::{
    Act, Actor, ActorKind, Collective, Frame, Issue, Office, Ontology, Slot, Tenure, Trigger,
    TriggerKind,
};

//! The program's knowledge: acts and their triggers, actors and their names,
//! issues and their words, and the small closed word classes of the language,
//! read from Turtle: the shipped files while the program is built (`build/`), a
//! user's folder over them at start, so that a new trigger, actor or issue is an edit there
//! and not in Rust.
//!
//! [`Ontology::shipped`] and [`Ontology::load`] read it, [`Ontology::check`] says
//! what is wrong with it, [`Names`] and [`Phrases`] find its terms in text.

mod binary;
mod check;
mod class;
mod finding;
mod folder;
mod key;
mod layers;
mod load;
mod names;
mod parsed;
mod read;
mod reader;
mod shared;
mod source;
mod statements;
mod terms;
#[cfg(test)]
pub(crate) mod tests;
mod trigger;
mod vocabulary;
mod words;

pub use class::{ActStance, ActTrait, ContentStatus, Family, Gender, WordClass};
pub use finding::{Finding, OntologyErrors, Severity};
pub use folder::{layer_sum, sources};
pub use key::{KeyAct, KeyCollective, KeyIssue, KeyValue};
pub use names::{NameKind, Names};
pub use source::{Source, shipped_source, shipped_sources};
pub use terms::{Act, Actor, ActorKind, Collective, Issue, Office, Ontology, Tenure, ValueClass};
pub use trigger::{Frame, Slot, Trigger, TriggerKind};
#[cfg(feature = "rdf")]
pub(crate) use vocabulary::nearest;
pub(crate) use vocabulary::without_marks;
pub use vocabulary::{PREFIXES, kebab};
pub use words::{PhraseMatch, Phrases};

//! Names that the user gives, and what is said where nothing has one.

pub(super) use crate::graph::lookup::{Thing, find, of_kind, participants};

use super::terminal::Terminal;
use crate::graph::lookup::suggest;
use crate::resolve::Corpus;

/// Says that nothing has this name, and which names are like it.
pub(super) fn tell_nothing(corpus: &Corpus, name: &str, terminal: &Terminal) {
    terminal.note(format_args!("nothing in this graph is called “{name}”"));
    let alike = suggest(corpus, name);
    if !alike.is_empty() {
        terminal.note(format_args!("did you mean {}?", alike.join(", ")));
    }
}

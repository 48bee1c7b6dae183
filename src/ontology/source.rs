//! The Turtle files of the ontology, and where in them a term stands.

use std::collections::HashMap;

/// The shipped files, in reading order. A new file must be named here.
const SHIPPED: &[(&str, &str)] = &[
    ("ontology/core.ttl", include_str!("../../ontology/core.ttl")),
    ("ontology/acts.ttl", include_str!("../../ontology/acts.ttl")),
    ("ontology/acts-speech.ttl", include_str!("../../ontology/acts-speech.ttl")),
    ("ontology/acts-deeds.ttl", include_str!("../../ontology/acts-deeds.ttl")),
    ("ontology/given-names.ttl", include_str!("../../ontology/given-names.ttl")),
    ("ontology/language.ttl", include_str!("../../ontology/language.ttl")),
    ("ontology/questions.ttl", include_str!("../../ontology/questions.ttl")),
    ("ontology/reading.ttl", include_str!("../../ontology/reading.ttl")),
    ("ontology/offices.ttl", include_str!("../../ontology/offices.ttl")),
    ("ontology/actors-states.ttl", include_str!("../../ontology/actors-states.ttl")),
    ("ontology/actors-institutions.ttl", include_str!("../../ontology/actors-institutions.ttl")),
    ("ontology/actors-organisations.ttl", include_str!("../../ontology/actors-organisations.ttl")),
    ("ontology/actors-groups.ttl", include_str!("../../ontology/actors-groups.ttl")),
    ("ontology/actors-people.ttl", include_str!("../../ontology/actors-people.ttl")),
    ("ontology/issues.ttl", include_str!("../../ontology/issues.ttl")),
    ("ontology/matters.ttl", include_str!("../../ontology/matters.ttl")),
];

/// A Turtle file of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `ontology/acts.ttl` for a shipped file, else its path as given.
    pub name: String,
    /// Its text.
    pub text: String,
    /// 0 for the shipped files, 1 for the first folder of the user, and so on. A
    /// single-valued property of a later layer replaces that of an earlier one.
    pub layer: usize,
}

/// The most lines of a description in which a word is looked for.
const DESCRIPTION: usize = 2_000;

/// The lines of a file, and on which of them descriptions begin: many findings are told with
/// their lines, and none may look through all of a large file.
pub(super) struct Places<'s> {
    lines: Vec<&'s str>,
    /// Lines by the last part of the name that they begin with.
    heads: HashMap<&'s str, Vec<usize>>,
}

impl<'s> Places<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        let lines: Vec<&str> = source.text.lines().collect();
        let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            let name = first_word(line);
            if !name.is_empty() {
                heads.entry(last_part(name)).or_default().push(at);
            }
        }
        Self { lines, heads }
    }

    /// The line, from 1, where the term is described, or within that description
    /// the first line that holds `near`.
    pub(super) fn line_of(&self, term: &str, near: &str) -> Option<usize> {
        let local = super::vocabulary::id_of(term);
        let own_prefix = |before: &str| before.ends_with([':', '#', '/']);
        let is_head = |at: &&usize| {
            let name = first_word(self.lines[**at]);
            name == term || name.strip_suffix(local).is_some_and(own_prefix)
        };
        let head = self.heads.get(last_part(local)).into_iter().flatten().find(is_head).copied();
        let from = head.unwrap_or(0);
        let most = if head.is_some() { DESCRIPTION } else { self.lines.len() };
        let find = |words: &str, from: usize, most: usize| {
            let found = self.lines[from..].iter().take(most).position(|line| line.contains(words));
            found.map(|at| from + at)
        };
        let exact = if near.is_empty() { None } else { find(near, from, most) };
        // The name of a nameless node stands nowhere.
        let is_named = !term.starts_with("_:");
        let mention = || if is_named { find(local, 0, self.lines.len()) } else { None };
        exact.or(head).or_else(mention).map(|at| at + 1)
    }
}

/// The name at the very start of a line.
fn first_word(line: &str) -> &str {
    line[..line.find([' ', '\t']).unwrap_or(line.len())].trim_matches(['<', '>'])
}

/// What stands after the prefix or path of a name.
fn last_part(name: &str) -> &str {
    name.rsplit([':', '#', '/']).next().unwrap_or_default()
}

/// The shipped files.
pub fn shipped_sources() -> Vec<Source> {
    SHIPPED.iter().map(shipped).collect()
}

/// The shipped file of that name.
pub fn shipped_source(name: &str) -> Option<Source> {
    SHIPPED.iter().find(|(it, _)| *it == name).map(shipped)
}

fn shipped((name, text): &(&str, &str)) -> Source {
    Source { name: (*name).into(), text: (*text).into(), layer: 0 }
}

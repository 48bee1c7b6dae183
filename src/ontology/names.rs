//! Which actors a name can mean.

use std::collections::BTreeMap;

use super::terms::{Actor, ActorKind, Ontology};
use super::vocabulary::{fold, fold_accents};

/// How a name belongs to its actor; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Preferred or other label.
    Name,
    /// Family name of a person.
    FamilyName,
    /// Capital of a state, which stands for the state when it acts.
    Capital,
    /// Word for its people: "Russians".
    Demonym,
    /// Adjective: "Russian".
    Adjective,
}

/// Index of all names of all actors. Building it takes a few milliseconds; build
/// it once.
///
/// Names are compared without case, accents and a possessive "'s", with two
/// exceptions that keep "us" and "who" apart from "US" and "WHO": an acronym is
/// found in capitals, or capitalised if it has four letters or more ("Nato").
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: BTreeMap<String, Vec<(usize, NameKind)>>,
}

impl Names {
    /// Indexes the actors of an ontology by their place in [`Ontology::actors`].
    pub fn new(ontology: &Ontology) -> Names {
        let mut names = Names::default();
        for (i, actor) in ontology.actors.iter().enumerate() {
            names.add(i, NameKind::Name, std::iter::once(&actor.label).chain(&actor.names));
            names.add(i, NameKind::FamilyName, &actor.family_name);
            names.add(i, NameKind::Capital, &actor.capitals);
            names.add(i, NameKind::Demonym, &actor.demonyms);
            names.add(i, NameKind::Adjective, &actor.adjectives);
        }
        for found in names.names.values_mut() {
            found.sort_by_key(|(actor, kind)| (*kind, *actor));
            found.dedup();
        }
        names
    }

    fn add<'a>(
        &mut self,
        actor: usize,
        kind: NameKind,
        names: impl IntoIterator<Item = &'a String>,
    ) {
        for name in names {
            self.names.entry(plain(name)).or_default().push((actor, kind));
        }
    }

    /// The actors that a name can mean, the surest kind of name first, then by
    /// place in [`Ontology::actors`]; empty if none. Several persons with one
    /// family name are all given.
    pub fn find_actor(&self, name: &str) -> &[(usize, NameKind)] {
        let at = |key: &str| self.names.get(key).map(Vec::as_slice);
        let key = plain(name);
        if let Some(found) = at(&key) {
            return found;
        }
        // A heading in capitals, or an acronym written as a word.
        let lower = key.to_lowercase();
        if let Some(found) = at(&lower).filter(|_| lower != key) {
            return found;
        }
        let capitalised = name.chars().next().is_some_and(char::is_uppercase);
        if capitalised && key.chars().count() >= 4 {
            return at(&key.to_uppercase()).unwrap_or_default();
        }
        &[]
    }

    /// All names with what they can mean, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[(usize, NameKind)])> {
        self.names.iter().map(|(name, found)| (name.as_str(), found.as_slice()))
    }
}

/// A name as it is compared: without article, possessive, accents and case; an
/// acronym without stops and in capitals.
pub(super) fn plain(name: &str) -> String {
    let folded = fold_accents(name.trim());
    let mut name = folded.as_str();
    for article in ["the ", "The ", "THE "] {
        name = name.strip_prefix(article).unwrap_or(name);
    }
    for possessive in ["'s", "'S", "'"] {
        if let Some(owner) = name.strip_suffix(possessive) {
            name = owner;
            break;
        }
    }
    let acronym: String = name.chars().filter(|c| *c != '.').collect();
    let is_acronym = acronym.chars().count() >= 2
        && acronym.chars().count() <= 8
        && acronym
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '&' | '-' | '/'));
    if is_acronym {
        return acronym;
    }
    let spaced: Vec<&str> = name.split_whitespace().collect();
    fold(&spaced.join(" "))
}

impl Ontology {
    /// Actors that hold one of the offices in the state or organisation at the
    /// date, sorted by id; without a date the latest holders.
    pub fn holder(
        &self,
        offices: &[&str],
        of: &str,
        date: Option<jiff::civil::Date>,
    ) -> Vec<&Actor> {
        let held = self.actors.iter().filter(|a| a.kind == ActorKind::Person).flat_map(|actor| {
            let of_office =
                actor.tenures.iter().filter(|t| t.of == of && offices.contains(&t.office.as_str()));
            of_office.map(move |tenure| (actor, tenure))
        });
        let mut holders: Vec<&Actor> = match date {
            Some(date) => held
                .filter(|(_, t)| {
                    t.from.is_none_or(|f| f <= date) && t.until.is_none_or(|u| date < u)
                })
                .map(|(actor, _)| actor)
                .collect(),
            None => {
                // Still in office is later than any end.
                let held: Vec<_> = held.collect();
                let end =
                    |until: Option<jiff::civil::Date>| until.unwrap_or(jiff::civil::Date::MAX);
                let latest = held.iter().map(|(_, t)| end(t.until)).max();
                held.iter().filter(|(_, t)| Some(end(t.until)) == latest).map(|(a, _)| *a).collect()
            }
        };
        holders.dedup_by(|a, b| a.id == b.id);
        holders
    }
}

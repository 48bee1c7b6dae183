//! Which actors a name can mean.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::terms::{Actor, Ontology, Tenure};
use super::vocabulary::{fold, fold_accents};

/// How a name belongs to its actor; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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
            let label = (!actor.yields_label).then_some(&actor.label);
            names.add(i, NameKind::Name, label.into_iter().chain(&actor.names));
            names.add(i, NameKind::FamilyName, &actor.family_name);
            names.add(i, NameKind::Capital, &actor.capitals);
            names.add(i, NameKind::Demonym, &actor.demonyms);
            names.add(i, NameKind::Adjective, &actor.adjectives);
        }
        for found in names.names.values_mut() {
            // "US" is a name, though an adjective as well
            let named: Vec<usize> =
                found.iter().filter(|(_, k)| *k == NameKind::Name).map(|(a, _)| *a).collect();
            found.retain(|(actor, kind)| *kind != NameKind::Adjective || !named.contains(actor));
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

impl Actor {
    /// Is it a name that bodies of other states bear too?
    pub fn shares_name(&self, name: &str) -> bool {
        self.common_names.iter().any(|common| plain(common) == plain(name))
    }
}

impl Ontology {
    /// Actors that hold one of the offices in the state or organisation at the
    /// date, in the order of `offices`, then by id; without a date the latest
    /// holders of each office.
    pub fn holder(&self, offices: &[&str], of: &str, date: Option<Date>) -> Vec<&Actor> {
        let mut holders: Vec<&Actor> = Vec::new();
        for office in offices {
            let held: Vec<_> = self
                .actors
                .iter()
                .flat_map(|actor| actor.tenures.iter().map(move |tenure| (actor, tenure)))
                .filter(|(_, t)| t.of == of && t.office == *office)
                .collect();
            // Who is still in office has held it later than any end.
            let end = |t: &Tenure| t.until.unwrap_or(Date::MAX);
            let latest = held.iter().map(|(_, t)| end(t)).max();
            for (actor, tenure) in held {
                let holds = match date {
                    Some(date) => tenure.holds_at(date),
                    None => Some(end(tenure)) == latest,
                };
                if holds && !holders.iter().any(|h| h.id == actor.id) {
                    holders.push(actor);
                }
            }
        }
        holders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ontology: &Ontology, names: &Names, name: &str) -> Vec<String> {
        names.find_actor(name).iter().map(|(i, _)| ontology.actors[*i].id.clone()).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let ontology = Ontology::shipped().unwrap();
        let names = Names::new(&ontology);
        for name in ["U.S.", "US", "USA", "America", "the United States", "Washington’s", "AMERICA"]
        {
            assert_eq!(ids(&ontology, &names, name), ["united-states"], "{name}");
        }
        for name in ["Zelensky", "Zelenskyy's", "ZELENSKY", "Volodymyr Zelenskiy", "zelensky"] {
            assert_eq!(ids(&ontology, &names, name), ["volodymyr-zelensky"], "{name}");
        }
        assert_eq!(ids(&ontology, &names, "Nato"), ["nato"]);
        assert_eq!(ids(&ontology, &names, "Elysee"), ["elysee"]);
        assert_eq!(ids(&ontology, &names, "Araqchi"), ["abbas-araghchi"]);
        assert_eq!(ids(&ontology, &names, "Erdogan"), ["recep-tayyip-erdogan"]);
    }

    #[test]
    fn pronouns_are_not_acronyms() {
        let ontology = Ontology::shipped().unwrap();
        let names = Names::new(&ontology);
        for word in ["us", "who", "Who", "it", "is", "May", "Us"] {
            assert_eq!(names.find_actor(word), [], "{word}");
        }
    }

    #[test]
    fn the_kind_of_name_is_told_and_shared_names_give_all() {
        let ontology = Ontology::shipped().unwrap();
        let names = Names::new(&ontology);
        let kinds: Vec<NameKind> =
            names.find_actor("Russian").iter().map(|(_, kind)| *kind).collect();
        assert_eq!(kinds, [NameKind::Demonym, NameKind::Adjective]);
        assert_eq!(ids(&ontology, &names, "Bush"), ["george-h-w-bush", "george-w-bush"]);
        // The seat of the Union is surer than the capital of Belgium.
        assert_eq!(ids(&ontology, &names, "Brussels"), ["european-union", "belgium"]);
    }

    #[test]
    fn the_holder_of_an_office_depends_on_the_date() {
        let ontology = Ontology::shipped().unwrap();
        let holder = |offices: &[&str], of, date: Option<&str>| -> Vec<&str> {
            let date = date.map(|d| d.parse().unwrap());
            ontology.holder(offices, of, date).iter().map(|a| a.id.as_str()).collect()
        };
        assert_eq!(holder(&["president"], "united-states", Some("2025-01-19")), ["joe-biden"]);
        assert_eq!(holder(&["president"], "united-states", Some("2025-01-20")), ["donald-trump"]);
        assert_eq!(holder(&["chancellor"], "germany", Some("2025-03-19")), ["olaf-scholz"]);
        assert_eq!(holder(&["chancellor"], "germany", None), ["friedrich-merz"]);
        assert_eq!(holder(&["president"], "united-kingdom", None), [""; 0]);
    }

    #[test]
    fn a_leader_is_who_governs() {
        let ontology = Ontology::shipped().unwrap();
        let leader: Vec<&str> = ontology
            .offices
            .iter()
            .filter(|o| o.label == "leader" || o.names.iter().any(|n| n == "leader"))
            .map(|o| o.id.as_str())
            .collect();
        for (state, person) in [
            ("russia", "vladimir-putin"),
            ("united-kingdom", "keir-starmer"),
            ("italy", "giorgia-meloni"),
            ("france", "emmanuel-macron"),
            ("germany", "olaf-scholz"),
            ("ukraine", "volodymyr-zelensky"),
            ("israel", "benjamin-netanyahu"),
            ("china", "xi-jinping"),
        ] {
            let holders = ontology.holder(&leader, state, Some("2025-03-19".parse().unwrap()));
            let ids: Vec<&str> = holders.iter().map(|a| a.id.as_str()).collect();
            assert_eq!(ids, [person], "{state}");
        }
    }
}

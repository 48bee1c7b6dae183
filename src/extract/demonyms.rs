//! Adjectives of states that only the text knows: "the Norlander government" where Norland is
//! a place of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::annotate::{EntityKind, Upos};
use crate::ontology::WordClass;

/// Letters of a state's name that its adjective keeps, at least.
const SHORTEST_STEM: usize = 3;

/// Words behind "Sudria's" in which an office is named.
const OFFICE: usize = 4;

/// The states of a text by their adjectives.
#[derive(Debug, Default)]
pub(super) struct Demonyms {
    /// Adjective, as written, and the name of the state.
    by_adjective: BTreeMap<String, String>,
    /// The names of these states.
    names: BTreeSet<String>,
}

impl Demonyms {
    /// The adjectives among the words of a text. O((words + places) × log places).
    /// `doers` are the names, as written, of those who do something.
    pub(super) fn of(tree: &Tree<'_>, lexicon: &Lexicon<'_>, doers: &BTreeSet<String>) -> Self {
        let entities = &tree.annotation().entities;
        let unknown = |word: &str| lexicon.names.find_actor(word).is_empty();
        let places = entities
            .iter()
            .filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Organisation))
            .filter(|e| e.words.len() == 1)
            .map(|e| tree.word(e.words.start).form.as_str())
            .chain(doers.iter().map(String::as_str).filter(|name| !name.contains(' ')))
            .chain(governed(tree, lexicon))
            .filter(|place| unknown(place));
        let stems = Stems::of(places);
        let mut demonyms = Self::default();
        if stems.0.is_empty() {
            return demonyms;
        }
        for w in 0..tree.len() {
            let form = tree.word(w).form.as_str();
            let proper = matches!(tree.upos(w), Upos::Adj | Upos::Propn | Upos::Noun);
            if !proper || !form.starts_with(char::is_uppercase) || !unknown(form) {
                continue;
            }
            if let Some(state) = stems.state_of(form, lexicon) {
                demonyms.by_adjective.insert(form.to_owned(), state.to_owned());
                demonyms.names.insert(state.to_owned());
            }
        }
        demonyms
    }

    /// The name of the state whose adjective a word is.
    pub(super) fn state(&self, word: &str) -> Option<&str> {
        self.by_adjective.get(word).map(String::as_str)
    }

    /// Has the state of that name an adjective in the text?
    pub(super) fn has(&self, state: &str) -> bool {
        self.names.contains(state)
    }
}

/// "Sudria's foreign minister": the names of those that have somebody in office.
fn governed<'a>(tree: &Tree<'a>, lexicon: &Lexicon<'_>) -> impl Iterator<Item = &'a str> {
    let owner = |&mark: &usize| {
        let office = (mark + 1..tree.len().min(mark + OFFICE)).find(|&w| {
            !matches!(tree.upos(w), Upos::Adj | Upos::Noun)
                || lexicon.names_calling(&tree.word(w).form)
        });
        tree.word(mark).xpos == "POS"
            && tree.upos(mark - 1) == Upos::Propn
            && office.is_some_and(|w| lexicon.names_calling(&tree.word(w).form))
    };
    let owners: Vec<usize> = (1..tree.len()).filter(owner).map(|mark| mark - 1).collect();
    owners.into_iter().map(|w| tree.word(w).form.as_str())
}

/// The names of states by what their adjectives keep of them: all, or all but the last vowels.
struct Stems<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Stems<'a> {
    fn of(states: impl Iterator<Item = &'a str>) -> Self {
        let mut stems = BTreeMap::<&str, BTreeSet<&str>>::new();
        for state in states {
            let short = state.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
            for stem in [state, short] {
                stems.entry(stem).or_default().insert(state);
            }
        }
        Self(stems)
    }

    /// The state of whose name a word is made: Tirvana of "Tirvanan", Arvelle of "Arvellian",
    /// Norland of "Norlanders"; of several the first by name.
    fn state_of(&self, word: &str, lexicon: &Lexicon<'_>) -> Option<&'a str> {
        let word = word.strip_suffix('s').unwrap_or(word);
        let endings = lexicon.ontology.words_of(WordClass::DemonymEnding).iter();
        let stems = endings
            .filter_map(|ending| word.strip_suffix(ending.as_str()))
            .filter(|stem| stem.chars().count() >= SHORTEST_STEM);
        let states = stems.filter_map(|stem| self.0.get(stem)).flatten().copied();
        states.filter(|state| *state != word).min()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::{lexicon, reads};

    #[test]
    fn an_adjective_is_made_of_the_name() {
        let is_of = |word: &str, state: &str| {
            super::Stems::of([state].into_iter()).state_of(word, lexicon()) == Some(state)
        };
        assert!(is_of("Kestrian", "Kestria") && is_of("Tirvanan", "Tirvana"));
        assert!(is_of("Arvellian", "Arvelle") && is_of("Norlanders", "Norland"));
        assert!(is_of("Velmari", "Velmar") && is_of("Pellish", "Pell"));
        assert!(!is_of("Norland", "Norland") && !is_of("Norway", "Norland"));
        assert!(!is_of("Union", "Uni"), "too little is left");
    }

    #[test]
    fn the_minister_of_a_state_that_has_one() {
        reads(
            "Sudria's foreign minister, Karim Oudei, arrived. The Sudrian minister proposed a truce.",
            &["actual propose [karim-oudei] ‹a truce›"],
        );
    }

    #[test]
    fn the_government_of_a_state_that_the_text_names() {
        reads(
            "Norland rejected the map. The Norlander government proposed a new one.",
            &["actual reject [norland] ‹the map›", "actual propose [norland] ‹a new one›"],
        );
    }
}

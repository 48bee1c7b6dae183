//! Adjectives of states that only the text knows: "the Norlander government" where Norland is
//! a place of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::annotate::{EntityKind, Upos};
use crate::ontology::WordClass;

/// Letters of a state's name that its adjective keeps, at least.
const SHORTEST_STEM: usize = 3;

/// The states of a text by their adjectives.
#[derive(Debug, Default)]
pub(super) struct Demonyms {
    /// Adjective, as written, and the name of the state.
    states: BTreeMap<String, String>,
}

impl Demonyms {
    /// The adjectives among the words of a text. O(words × places).
    /// `doers` are the names, as written, of those who do something.
    pub(super) fn of(tree: &Tree<'_>, lexicon: &Lexicon<'_>, doers: &BTreeSet<String>) -> Self {
        let entities = &tree.annotation().entities;
        let unknown = |word: &str| lexicon.names.find_actor(word).is_empty();
        let places: BTreeSet<&str> = entities
            .iter()
            .filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Organisation))
            .filter(|e| e.words.len() == 1)
            .map(|e| tree.word(e.words.start).form.as_str())
            .chain(doers.iter().map(String::as_str).filter(|name| !name.contains(' ')))
            .filter(|place| unknown(place))
            .collect();
        let mut states = BTreeMap::new();
        if places.is_empty() {
            return Self { states };
        }
        for w in 0..tree.len() {
            let form = tree.word(w).form.as_str();
            let proper = matches!(tree.upos(w), Upos::Adj | Upos::Propn | Upos::Noun);
            if !proper || !form.starts_with(char::is_uppercase) || !unknown(form) {
                continue;
            }
            if let Some(place) = places.iter().find(|place| is_of(form, place, lexicon)) {
                states.insert(form.to_owned(), (*place).to_owned());
            }
        }
        Self { states }
    }

    /// The name of the state whose adjective a word is.
    pub(super) fn state(&self, word: &str) -> Option<&str> {
        self.states.get(word).map(String::as_str)
    }

    /// Has the state of that name an adjective in the text?
    pub(super) fn has(&self, state: &str) -> bool {
        self.states.values().any(|known| known == state)
    }
}

/// Is a word made of the name of a state: "Tirvanan" of Tirvana, "Arvellian" of Arvelle,
/// "Norlanders" of Norland?
fn is_of(word: &str, state: &str, lexicon: &Lexicon<'_>) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    if word == state {
        return false;
    }
    let short = state.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    lexicon.ontology.words_of(WordClass::DemonymEnding).iter().any(|ending| {
        word.strip_suffix(ending.as_str()).is_some_and(|stem| {
            stem.chars().count() >= SHORTEST_STEM && (stem == state || stem == short)
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::{lexicon, reads};

    #[test]
    fn an_adjective_is_made_of_the_name() {
        let is_of = |word, state| super::is_of(word, state, lexicon());
        assert!(is_of("Kestrian", "Kestria") && is_of("Tirvanan", "Tirvana"));
        assert!(is_of("Arvellian", "Arvelle") && is_of("Norlanders", "Norland"));
        assert!(is_of("Velmari", "Velmar") && is_of("Pellish", "Pell"));
        assert!(!is_of("Norland", "Norland") && !is_of("Norway", "Norland"));
        assert!(!is_of("Union", "Uni"), "too little is left");
    }

    #[test]
    fn the_government_of_a_state_that_the_text_names() {
        reads(
            "Norland rejected the map. The Norlander government proposed a new one.",
            &["actual reject [norland] ‹the map›", "actual propose [norland] ‹a new one›"],
        );
    }
}

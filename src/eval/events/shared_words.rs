//! Do two names have a word in common?

use std::collections::BTreeSet;

use super::who::spoken;
use crate::eval::names::kebab;
use crate::extract::Participant;
use crate::ontology::{Ontology, WordClass};

/// Words that names share without being of one.
const FILLER: WordClass = WordClass::MatterFiller;

/// Does some word that is not empty stand both in `words` and in a participant's words or
/// label?
pub(super) fn words_meet(ontology: &Ontology, words: &str, named: &[Participant]) -> bool {
    let gold = content(ontology, words);
    let meets = |name: &str| !gold.is_disjoint(&content(ontology, name));
    named.iter().flat_map(spoken).any(meets)
}

/// Does some word that is not empty stand in both?
pub(super) fn share_words(ontology: &Ontology, one: &str, other: &str) -> bool {
    !content(ontology, one).is_disjoint(&content(ontology, other))
}

/// The words of a name in lower case without those that say nothing.
fn content(ontology: &Ontology, name: &str) -> BTreeSet<String> {
    let words = kebab(name);
    let telling = |word: &&str| word.len() > 1 && !ontology.is(word, FILLER);
    words.split('-').filter(telling).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_common_will_do_but_no_empty_one() {
        let ontology = Ontology::shipped().unwrap();
        let meet = |gold: &str, text: &str| {
            words_meet(&ontology, gold, &[Participant { id: None, label: None, text: text.into() }])
        };
        assert!(meet("the mayor of Avel", "Avel's mayor"));
        assert!(!meet("the mayor of Avel", "the head of the port"));
        assert!(!meet("a court", "a union"));
    }
}

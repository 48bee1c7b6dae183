//! Bodies that a text names in full, and then by one word of their names: "the Federation"
//! after "the Harbour Workers' Federation", "Meridel" after "Meridel Terminals".

use std::collections::BTreeMap;

use super::extent::entity_at;
use super::tree::{Tree, capitalised};
use crate::annotate::{EntityKind, Upos};

/// The full names of a text's bodies, by the words that stand for them alone.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The noun that says what it is, and the name; none where two bodies have the noun.
    by_noun: BTreeMap<String, Option<String>>,
    /// The first word of a name, likewise.
    by_first: BTreeMap<String, Option<String>>,
}

impl Bodies {
    /// The bodies among the names of a text. O(names).
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut bodies = Self::default();
        let entities = tree.annotation().entities.iter();
        for entity in entities.filter(|e| e.kind == EntityKind::Organisation) {
            let mut words = entity.words.clone();
            while words.len() > 1 && matches!(tree.word(words.end - 1).xpos, "POS" | "IN" | "CC") {
                words.end -= 1;
            }
            if tree.upos(words.start) == Upos::Det {
                words.start += 1;
            }
            // "the African Union's Peace and Security Council": whose it is is no part of it
            let owner = words.clone().rev().find(|&w| tree.word(w).xpos == "POS");
            if let Some(of) = owner.filter(|of| of + 2 < words.end) {
                words.start = of + 1;
            }
            let mark = |w: usize| tree.upos(w) == Upos::Punct && !capitalised(&tree.word(w).form);
            if words.len() < 2 || words.clone().any(mark) {
                continue;
            }
            let text = tree.text(words.clone());
            let adposition = words.clone().find(|&w| tree.upos(w) == Upos::Adp);
            let noun = adposition.map_or(words.end - 1, |of| of.max(words.start + 1) - 1);
            add(&mut bodies.by_noun, &tree.word(noun).form, &text);
            if noun > words.start {
                add(&mut bodies.by_first, &tree.word(words.start).form, &text);
            }
        }
        bodies
    }

    /// The full name of the one body that the name of one word stands for at `word`.
    pub(super) fn whole(&self, tree: &Tree<'_>, word: usize) -> Option<&str> {
        let form = &tree.word(word).form;
        let definite = word.checked_sub(1).is_some_and(|before| {
            tree.upos(before) == Upos::Det && tree.word(before).xpos == "DT"
                || tree.word(before).xpos == "PRP$"
        });
        let by_noun = self.by_noun.get(form).filter(|_| definite);
        // "Arizona" is no Arizona Democratic Party
        let place = || {
            entity_at(tree, word).is_some_and(|e| e.kind == EntityKind::Place && e.words.len() == 1)
        };
        by_noun.or_else(|| self.by_first.get(form).filter(|_| !place()))?.as_deref()
    }
}

/// Two bodies of one noun are told apart by their full names alone.
fn add(names: &mut BTreeMap<String, Option<String>>, word: &str, name: &str) {
    let known = names.entry(word.to_owned()).or_insert_with(|| Some(name.to_owned()));
    if known.as_deref().is_some_and(|known| known != name) {
        *known = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn the_noun_of_a_name_stands_for_it() {
        reads(
            "The Harbour Workers' Federation rejected the rosters. The Federation demanded a raise.",
            &[
                "actual reject [harbour-workers-federation] ‹the rosters›",
                "actual demand [harbour-workers-federation] ‹a raise›",
            ],
        );
    }

    #[test]
    fn a_place_stands_for_no_body_that_is_called_after_it() {
        reads(
            "The Arizona Democratic Party rejected the map. Reed praised the talks in Arizona. Arizona \
             rejected the plan.",
            &[
                "actual reject [arizona-democratic-party] ‹the map›",
                "actual accept [reed] ‹the talks in Arizona›",
                "actual reject [arizona] ‹the plan›",
            ],
        );
    }

    #[test]
    fn the_first_word_of_a_company_stands_for_it() {
        reads(
            "Meridel Terminals offered a raise. Meridel rejected the demand.",
            &[
                "actual propose [meridel-terminals] ‹a raise›",
                "actual reject [meridel-terminals] ‹the demand›",
            ],
        );
    }
}

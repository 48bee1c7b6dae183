//! "All three", "the trio", "the four unions": as many as were named together before.

use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, Family, WordClass};

/// How many sentences back those who were named together are sought.
const REACH: usize = 3;

impl Who<'_> {
    /// "The trio", "the three leaders", "all four unions": those of the last list of as many.
    pub(super) fn counted(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let is = |class| self.ontology.is(tree.lemma(i), class);
        let ensemble = self.ontology.number(tree.lemma(i), Family::Ensemble);
        let somebody = [
            WordClass::PairNoun,
            WordClass::PersonNoun,
            WordClass::GroupNoun,
            WordClass::OrganisationNoun,
            WordClass::CompanyNoun,
        ];
        let count = match ensemble {
            Some(count) => count,
            None if tree.is_plural(i) && somebody.into_iter().any(is) => {
                let number = tree.child(i, Deprel::Nummod)?;
                self.ontology.number(&tree.word(number).form.to_lowercase(), Family::Number)?
            }
            None => return None,
        };
        // "the three who signed", "the three Baltic states" are told by more than how many they are
        let told = |&c: &usize| {
            c > i && [Deprel::AclRelcl, Deprel::Acl, Deprel::Nmod].iter().any(|&r| tree.is(c, r))
                || tree.is(c, Deprel::Amod)
                || tree.is(c, Deprel::Compound)
        };
        if !self.counts_all(i) || tree.children(i).iter().any(told) {
            return None;
        }
        self.named_together(i, count)
    }

    /// "All three consented", "the three agreed": a number alone.
    pub(super) fn number_alone(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let form = tree.word(i).form.to_lowercase();
        let count = self.ontology.number(&form, Family::Number)?;
        let alone = tree.upos(i) == Upos::Num && tree.is(i, Deprel::Nsubj) && self.counts_all(i);
        // "the three of them" are the three, "three of the four" are some
        let of = tree.child(i, Deprel::Nmod).is_some();
        if !alone || of { None } else { self.named_together(i, count) }
    }

    /// "All three", "the three", "these three".
    fn counts_all(&self, i: usize) -> bool {
        let tree = self.tree;
        let all = |&c: &usize| c < i && tree.in_class(c, WordClass::AllOf);
        tree.is_definite(i) || tree.children(i).iter().any(all)
    }

    /// Those who were named together last, of whom there are `count` of one kind, more than two.
    fn named_together(&self, i: usize, count: u64) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let count = usize::try_from(count).ok().filter(|&count| count > 2)?;
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= REACH;
        let people = |who: &[Referent]| {
            let persons = who.iter().filter(|r| r.kind() == Some(ActorKind::Person)).count();
            persons == 0 || persons == who.len()
        };
        let mut before = (0..i).rev().take_while(near).filter(|&j| !tree.is(j, Deprel::Conj));
        let mut found = before.find_map(|j| {
            let together = self.all(j);
            (together.len() == count && people(&together)).then_some(together)
        })?;
        found.iter_mut().for_each(|referent| referent.text = self.words(i));
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn all_three_are_the_three_named_together() {
        reads(
            "The army freed Samira Toure, Paul Yao and Adjoua Kone. All three rejected the offer.",
            &["actual reject [samira-toure, paul-yao, adjoua-kone] ‹the offer›"],
        );
        reads(
            "Norway, Chad and Peru met. The three countries proposed a truce.",
            &[
                "actual consult [norway, chad, peru]",
                "actual propose [norway, chad, peru] ‹a truce›",
            ],
        );
    }

    #[test]
    fn four_are_not_three_and_three_others_are_nobody_named() {
        reads(
            "Norway, Chad and Peru met. The four countries proposed a truce. Three unions rejected it.",
            &[
                "actual consult [norway, chad, peru]",
                "actual propose [“The four countries”] ‹a truce›",
                "actual reject [unions] ‹it›",
            ],
        );
    }
}

//! Whether two claims of a deed are about one thing.

use std::collections::BTreeSet;

use crate::extract::Claim;
use crate::resolve::knowledge::Knowledge;
use crate::resolve::phrase::Phrase;

/// A claim with what it is done to.
pub struct Target<'c> {
    /// The claim.
    pub claim: &'c Claim,
    /// The words.
    pub phrase: Phrase,
}

impl<'c> Target<'c> {
    /// The claim with its matter read, if it has one that tells anything.
    pub fn of(claim: &'c Claim, knowledge: &Knowledge<'_>) -> Option<Self> {
        let phrase = Phrase::read(&claim.matter.as_ref()?.text, knowledge);
        (!phrase.empty && !phrase.content.is_empty()).then_some(Self { claim, phrase })
    }

    /// Stems that name nobody, by which claims of one thing find each other.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.phrase.content.difference(&self.phrase.names)
    }

    /// "The al-Ahli hospital" and "the hospital" of one text, or one name in two texts;
    /// never on two days.
    pub fn is(&self, other: &Self) -> bool {
        let (a, b) = (&self.phrase, &other.phrase);
        let other_day = self.claim.time.is_some()
            && other.claim.time.is_some()
            && self.claim.time != other.claim.time;
        if other_day || self.keys().collect::<BTreeSet<_>>().is_disjoint(&other.keys().collect()) {
            return false;
        }
        let one_within = a.content.is_subset(&b.content) || b.content.is_subset(&a.content);
        let here = self.claim.document == other.claim.document;
        let named = a.content == b.content && (!a.names.is_empty() || a.content.len() > 1);
        if here { one_within && (a.definite || b.definite) || named } else { named }
    }
}

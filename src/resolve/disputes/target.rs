//! Whether two claims of a deed are about one thing.

use crate::extract::Claim;
use crate::resolve::knowledge::Knowledge;
use crate::resolve::phrase::Phrase;

/// A claim with what it is done to.
pub(super) struct Target<'c> {
    /// The claim.
    pub claim: &'c Claim,
    /// The words.
    pub phrase: Phrase,
}

impl<'c> Target<'c> {
    /// The claim with its matter read, if it has one that tells anything.
    pub(super) fn of(claim: &'c Claim, knowledge: &Knowledge<'_>) -> Option<Self> {
        let phrase = Phrase::read(&claim.matter.as_ref()?.text, knowledge);
        (!phrase.empty && !phrase.content.is_empty()).then_some(Self { claim, phrase })
    }

    /// Under which claims of one thing find each other: the words of one text that name
    /// nobody, and in all texts the whole phrase if it has a name in it.
    pub(super) fn keys(&self) -> Vec<String> {
        let phrase = &self.phrase;
        let words = phrase.content.difference(&phrase.names);
        let mut keys: Vec<String> =
            words.map(|word| format!("{}: {word}", self.claim.document)).collect();
        if !phrase.names.is_empty() && !keys.is_empty() {
            let all: Vec<&str> = phrase.content.iter().map(String::as_str).collect();
            keys.push(all.join(" "));
        }
        keys
    }

    /// "The al-Ahli hospital" and "the hospital" of one text, or one name in two texts;
    /// never on two days. Both must share a key.
    pub(super) fn is(&self, other: &Self) -> bool {
        let (a, b) = (&self.phrase, &other.phrase);
        let (day, other_day) = (&self.claim.time, &other.claim.time);
        if day.is_some() && other_day.is_some() && day != other_day {
            return false;
        }
        let one_within = a.content.is_subset(&b.content) || b.content.is_subset(&a.content);
        let here = self.claim.document == other.claim.document;
        let named = a.content == b.content && !a.names.is_empty();
        named || here && one_within && (a.definite || b.definite)
    }
}

//! Whether a sentence can hold what is asked for, seen from its words alone: a number where it
//! is asked how many, a name where it is asked who. It is only a sign; what answers is read in
//! the tree.

use crate::annotate::Upos;
use crate::extract::Hole;
use crate::ontology::WordClass;

use super::Asking;
use super::sentence::asks;
use super::told::Told;

/// How many words at the start of a question may hold what it asks for.
const ASKING: usize = 4;

impl Asking<'_> {
    /// Can a sentence, or the one that goes on with it, hold what is asked for?
    pub(super) fn suits(&self, told: &Told, at: usize) -> bool {
        let holds = |at: usize| match self.read.hole {
            _ if self.asks_amount() => self.has_number(told, at),
            _ if self.asks_condition() => {
                self.has_any(told, at, &[WordClass::Conditional, WordClass::ConditionMarker])
            }
            Some(Hole::Quantity | Hole::Duration) => self.has_number(told, at),
            Some(Hole::Agent | Hole::Source | Hole::Addressee | Hole::Place) => {
                self.has_name(told, at)
            }
            Some(Hole::Time) => {
                self.has_number(told, at)
                    || self.has_any(
                        told,
                        at,
                        &[WordClass::Month, WordClass::Weekday, WordClass::RelativeDay],
                    )
            }
            _ => true,
        };
        let asked = asks(&told.sentences[at].1);
        let goes_on = at + 1 < told.sentences.len() && (asked || self.goes_on(told, at + 1));
        !asked && holds(at) || goes_on && holds(at + 1)
    }

    /// Does a sentence go on with what the one before says ("He …", "That …")?
    pub(super) fn goes_on(&self, told: &Told, at: usize) -> bool {
        let classes = [
            WordClass::It,
            WordClass::He,
            WordClass::She,
            WordClass::They,
            WordClass::Demonstrative,
        ];
        let first = told.words[at].first();
        first.is_some_and(|word| classes.iter().any(|&class| self.lexicon.is(word, class)))
    }

    /// Does the question ask for an amount without "how many": "what percentage", "how far"?
    pub(super) fn asks_amount(&self) -> bool {
        let said = &self.form.words;
        let how = |at: usize| self.lexicon.is(&self.form.lemma(at), WordClass::AsksMeasure);
        let what = |at: usize| self.lexicon.is(&self.form.lemma(at), WordClass::AsksThing);
        (0..said.len().min(ASKING)).any(|at| {
            let next = said.get(at + 1);
            how(at) && next.is_some_and(|word| matches!(word.upos, Upos::Adj | Upos::Adv))
                || what(at)
                    && (at + 1..said.len().min(at + ASKING))
                        .any(|noun| self.lexicon.is(&self.form.lemma(noun), WordClass::AsksAmount))
        })
    }

    /// "On what condition …?"
    fn asks_condition(&self) -> bool {
        let noun = |at: &usize| self.lexicon.is(&self.form.lemma(*at), WordClass::AsksCondition);
        let at = (0..self.form.words.len().min(ASKING)).find(noun);
        at.is_some_and(|at| {
            (0..at).any(|w| self.lexicon.is(&self.form.lemma(w), WordClass::AsksThing))
        })
    }

    pub(super) fn has_any(&self, told: &Told, at: usize, classes: &[WordClass]) -> bool {
        let is = |word: &str| classes.iter().any(|&class| self.lexicon.is(word, class));
        let own = &told.words[at];
        own.iter().any(|word| is(word))
            || own.windows(2).any(|pair| is(&format!("{} {}", pair[0], pair[1])))
    }

    /// A number that is none of the question.
    pub(super) fn has_number(&self, told: &Told, at: usize) -> bool {
        let asked = self.form.folded();
        let number = |word: &&String| {
            word.starts_with(|c: char| c.is_ascii_digit())
                || self.lexicon.is(word, WordClass::NumberWord)
                || self.lexicon.is(word, WordClass::QuantityWord)
        };
        told.words[at].iter().filter(number).any(|word| !asked.contains(word))
    }

    /// A word in capitals that is none of the question.
    pub(super) fn has_name(&self, told: &Told, at: usize) -> bool {
        let asked = self.form.folded();
        let said = told.sentences[at].1.split(|c: char| !c.is_alphanumeric());
        let mut capitals = said.enumerate().filter(|(_, w)| w.starts_with(char::is_uppercase));
        capitals.any(|(place, word)| {
            let lower = word.to_lowercase();
            // the first word is in capitals whatever it is
            !asked.contains(&lower) && (place > 0 || !self.annotator.is_common(&lower))
        })
    }
}

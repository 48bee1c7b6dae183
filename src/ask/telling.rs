//! Who did something, in sentences of the texts that no claim was made of: the subject of
//! the verb asked for, where all that the question names hangs on that verb.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::annotate::{Deprel, Upos, Word};
use crate::corpus::Text;
use crate::extract::{Hole, Participant};

use super::answer::{Evidence, Found, Kind};
use super::need::Need;
use super::words::{alike, words};
use super::{Asking, cast};
use crate::ontology::WordClass;

/// How many sentences that have all the words are read.
const SENTENCES: usize = 12;

impl Asking<'_> {
    /// The subjects of the main verb of a question, in sentences that have all its words.
    pub(super) fn told_in_texts(&self) -> Result<Vec<Found>, Need> {
        let verb = self.form.words.iter().find(|w| w.head.is_none() && w.upos == Upos::Verb);
        let Some(verb) = verb.filter(|_| self.read.hole == Some(Hole::Agent)) else {
            return Ok(Vec::new());
        };
        if !self.read.dates.is_empty() || self.form.period.is_some() || !self.read.source.is_empty()
        {
            return Ok(Vec::new());
        }
        let actors: Vec<String> = self.read.actors.iter().map(|p| self.cast.id(p)).collect();
        let names: Vec<_> = actors.iter().map(|id| self.cast.names(id)).collect();
        let named: BTreeSet<&String> = names.iter().flatten().flatten().collect();
        let content: Vec<String> = self.read.content.iter().flat_map(|l| words(l)).collect();
        let content: Vec<&String> = content
            .iter()
            .filter(|word| !named.contains(word) && **word != verb.lemma.to_lowercase())
            .collect();
        if content.is_empty() && names.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<Found> = Vec::new();
        let mut left = SENTENCES;
        let documents = &self.graph.corpus().documents;
        for (document, of_document) in documents.iter().zip(self.told()?) {
            for ((span, sentence), own) in of_document.sentences.iter().zip(&of_document.words) {
                let has = |wish: &&String| own.iter().any(|w| alike(w, wish));
                let verb_is_there = own.iter().any(|w| is_verb(w, verb));
                if left == 0 || !verb_is_there || !content.iter().all(has) {
                    continue;
                }
                left -= 1;
                let tree = self.annotator.annotate(&Text::new(sentence.as_str())).words;
                let told = self.subjects(&tree, verb, &content, &names);
                found.extend(told.into_iter().filter(|id| !actors.contains(id)).map(|id| {
                    let label = self.cast.label(&id);
                    let evidence = Evidence::at(&document.id, *span, sentence);
                    Found::told(Kind::Actor, id, label, evidence, document, 1.0)
                }));
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|one| seen.insert(one.id.clone()));
        Ok(found)
    }

    /// Ids of the actors that do what a verb says, as done, to all that is asked for.
    fn subjects(
        &self,
        tree: &[Word],
        verb: &Word,
        content: &[&String],
        names: &[Vec<Vec<String>>],
    ) -> Vec<String> {
        let mut found = Vec::new();
        for at in 0..tree.len() {
            let form = tree[at].form.to_lowercase();
            if tree[at].upos != Upos::Verb || !is_verb(&form, verb) || !self.is_told(tree, at) {
                continue;
            }
            // "the ceasefire that Washington brokered" hangs on the ceasefire
            let relative = tree[at].head.filter(|_| tree[at].deprel == Deprel::AclRelcl);
            let about = under(tree, relative.unwrap_or(at), relative.is_none());
            let said = tree.iter().enumerate().filter(|(w, _)| about.contains(w));
            let said: Vec<&str> = said.map(|(_, word)| word.form.as_str()).collect();
            let said = said.join(" ");
            let own = words(&said);
            if !content.iter().all(|wish| own.iter().any(|w| alike(w, wish)))
                || !names.iter().all(|names| cast::holds_name(&said, names))
            {
                continue;
            }
            let subject = (0..tree.len())
                .find(|&w| tree[w].head == Some(at) && tree[w].deprel == Deprel::Nsubj);
            let Some(subject) = subject else { continue };
            let phrase = under(tree, subject, true);
            let phrase: Vec<&str> = (0..tree.len())
                .filter(|w| phrase.contains(w) && tree[*w].upos != Upos::Det)
                .map(|w| tree[w].form.as_str())
                .collect();
            let text = phrase.join(" ");
            let id = self.cast.id(&Participant { id: None, label: None, text });
            if self.graph.actor(&id).is_some() {
                found.push(id);
            }
        }
        found
    }

    /// Is a word of one of these classes?
    pub(super) fn is_any(&self, word: &Word, classes: &[WordClass]) -> bool {
        let lemma = word.lemma.to_lowercase();
        classes.iter().any(|&class| self.lexicon.is(&lemma, class))
    }

    /// Is a verb told as done: without "not", a modal or a condition?
    fn is_told(&self, tree: &[Word], verb: usize) -> bool {
        let classes = [
            WordClass::Negator,
            WordClass::Modal,
            WordClass::FutureModal,
            WordClass::Obligation,
            WordClass::Conditional,
        ];
        let hangs = |w: usize| {
            tree[w].head == Some(verb)
                && matches!(tree[w].deprel, Deprel::Aux | Deprel::Advmod | Deprel::Mark)
        };
        let finite = matches!(tree[verb].xpos, "VBD" | "VBZ" | "VBP")
            || (0..tree.len()).any(|w| {
                hangs(w)
                    && tree[w].upos == Upos::Aux
                    && self.is_any(&tree[w], &[WordClass::PerfectAuxiliary])
            });
        // what hangs on a condition above it is open, too
        let conditional = (0..tree.len()).any(|w| {
            tree[w].deprel == Deprel::Mark && self.is_any(&tree[w], &[WordClass::Conditional])
        });
        finite
            && !conditional
            && !(0..tree.len()).any(|w| hangs(w) && self.is_any(&tree[w], &classes))
    }
}

/// Is a word a form of a verb of the question?
pub(super) fn is_verb(word: &str, verb: &Word) -> bool {
    let form = verb.form.to_lowercase();
    alike(word, &verb.lemma.to_lowercase()) || alike(word, &form)
}

/// The words that hang on one; without what is only joined to it, where that is left out.
fn under(tree: &[Word], top: usize, alone: bool) -> BTreeSet<usize> {
    let joined =
        |w: usize| alone && w != top && matches!(tree[w].deprel, Deprel::Conj | Deprel::Parataxis);
    (0..tree.len())
        .filter(|&word| {
            let mut at = word;
            let climbed = (0..tree.len()).try_for_each(|_| {
                if at == top {
                    return ControlFlow::Break(true);
                }
                match tree[at].head.filter(|_| !joined(at)) {
                    Some(head) => at = head,
                    None => return ControlFlow::Break(false),
                }
                ControlFlow::Continue(())
            });
            climbed == ControlFlow::Break(true)
        })
        .collect()
}

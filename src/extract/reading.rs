//! What a construction sees, one document with its trees and all that is known of its words, and
//! what it gives, a candidate.

use std::cell::RefCell;
use std::ops::Range;

use super::claim::{Evidence, Status};
use super::construction::Construction;
use super::evoked::Evoked;
use super::lexicon::Lexicon;
use super::slots::Slots;
use super::speech::Speech;
use super::tree::Tree;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::corpus::Document;
use crate::ontology::{ActTrait, Slot, WordClass};

/// Everything that a construction may look at.
pub(super) struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its trees.
    pub tree: &'a Tree<'a>,
    /// The ontology with its indexes.
    pub lexicon: &'a Lexicon<'a>,
    /// Who is meant where.
    pub who: Who<'a>,
    /// Who speaks where.
    pub speech: &'a Speech,
    /// Who talked with whom so far: the word that says so, the parties.
    pub talks: RefCell<Vec<(usize, Vec<Referent>)>>,
    /// Who dealt with whom so far.
    pub dealings: RefCell<Vec<Dealing>>,
}

/// Two sides that the text has told to deal with each other.
#[derive(Debug, Clone)]
pub(super) struct Dealing {
    /// The word that names the act.
    pub word: usize,
    /// Who acts.
    pub agent: Vec<Referent>,
    /// Towards whom.
    pub addressee: Vec<Referent>,
}

/// What a construction has found: an act and the words that have the roles.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// By which construction it is found; of what the network or a question says, by none.
    pub construction: Option<Construction>,
    /// Id of the act.
    pub act: String,
    /// Words of the trigger, in text order; the first is not always its head.
    pub trigger: Vec<usize>,
    /// The word that has the arguments.
    pub head: usize,
    /// Who does it.
    pub agent: Vec<Referent>,
    /// The words that name the agent here, if they stand in the sentence.
    pub agent_words: Vec<usize>,
    /// Towards whom.
    pub addressee: Vec<Referent>,
    /// Heads of what it is about.
    pub matter: Vec<usize>,
    /// Set by constructions that know better than the words around.
    pub status: Option<Status>,
    /// The agent is the speaker, so the source is whoever reports the speaker.
    pub spoken_by_agent: bool,
    /// The words of the matter, where the network has seen them.
    pub matter_words: Option<Range<usize>>,
    /// Who reports it, where the network has looked for it.
    pub source: Option<Vec<Referent>>,
    /// What rules and network think of it.
    pub evidence: Evidence,
}

impl Candidate {
    /// An act at a word, of which nothing else is known.
    pub(super) fn new(
        construction: impl Into<Option<Construction>>,
        act: impl Into<String>,
        head: usize,
    ) -> Self {
        Self {
            construction: construction.into(),
            act: act.into(),
            trigger: vec![head],
            head,
            agent: Vec::new(),
            agent_words: Vec::new(),
            addressee: Vec::new(),
            matter: Vec::new(),
            status: None,
            spoken_by_agent: false,
            matter_words: None,
            source: None,
            evidence: Evidence::default(),
        }
    }
}

impl<'a> Reading<'a> {
    /// The argument finder over this document.
    pub(super) fn slots(&self) -> Slots<'a> {
        Slots { tree: self.tree, ontology: self.lexicon.ontology }
    }

    /// Who is meant by the phrases, coordinated ones included; without repeats.
    pub(super) fn referents(&self, heads: &[usize]) -> Vec<Referent> {
        let mut found: Vec<Referent> = Vec::new();
        for &head in heads {
            for referent in self.who.all(head) {
                if found.iter().all(|f| f.key() != referent.key()) {
                    found.push(referent);
                }
            }
        }
        found
    }

    /// The actors in the first of `slots` that holds one, with the words that hold them.
    pub(super) fn actors_at(&self, word: usize, slots: &[Slot]) -> (Vec<Referent>, Vec<usize>) {
        // "the Brussels Agreement" is called after a place, and made by nobody there
        let name = self.tree.upos(word) == Upos::Propn;
        for slot in slots.iter().filter(|slot| !(name && **slot == Slot::Modifier)) {
            let heads = self.slots().fill(word, slot);
            let referents = self.referents(&heads);
            if !referents.is_empty() {
                return (referents, heads);
            }
        }
        (Vec::new(), Vec::new())
    }

    /// The matter of an evoked trigger: the first filled slot whose words are not
    /// the agent or addressee themselves; else what hangs on a noun of the trigger
    /// ("gave its consent to the exchange").
    pub(super) fn matter_at(&self, evoked: &Evoked<'_>, taken: &[usize]) -> Vec<usize> {
        let slots = self.slots();
        let fill = |word: usize| {
            evoked.trigger.frame.matter.iter().find_map(|slot| {
                let mut heads = slots.fill(word, slot);
                heads.retain(|h| !taken.contains(h) && !evoked.words.contains(h));
                if *slot == Slot::Modifier {
                    // "Indirect talks" at the start of a sentence
                    heads.retain(|&h| self.tree.upos(h) != Upos::Adj);
                }
                (!heads.is_empty()).then_some(heads)
            })
        };
        let nouns = self.trigger_nouns(evoked);
        let mut found = fill(evoked.head).or_else(|| nouns.iter().copied().find_map(fill));
        if found.is_none() {
            // "accepted the offer" as one trigger: the offer all the same; "gave ground" is none
            let is_definite = |&noun: &usize| {
                let tree = self.tree;
                tree.is(noun, Deprel::Obj)
                    && (tree.child(noun, Deprel::Det).is_some()
                        || tree.child(noun, Deprel::NmodPoss).is_some())
            };
            let told = |noun: usize| taken.iter().any(|&t| self.tree.dominates(noun, t));
            let mut free = nouns.into_iter().filter(|&noun| !told(noun));
            found = free.find(is_definite).map(|noun| vec![noun]);
        }
        found.unwrap_or_default()
    }

    /// The nouns among the words of a trigger, but for its head.
    pub(super) fn trigger_nouns(&self, evoked: &Evoked<'_>) -> Vec<usize> {
        let noun = |w: &usize| *w != evoked.head && self.tree.upos(*w) == Upos::Noun;
        evoked.words.iter().chain(&evoked.object).copied().filter(noun).collect()
    }

    /// Somebody who does `act` but cannot be told: the words as they stand (codebook
    /// rule 8). Whoever accuses or demands is somebody, whatever the noun.
    pub(super) fn unresolved(&self, heads: &[usize], act: &str) -> Vec<Referent> {
        let tree = self.tree;
        let human = self.lexicon.act_is(act, ActTrait::Human);
        let somebody = |&head: &usize| {
            let (lemma, form) = (tree.lemma(head), tree.word(head).form.to_lowercase());
            let is = |class| self.lexicon.is(lemma, class);
            match tree.upos(head) {
                Upos::Noun => {
                    human && tree.is(head, Deprel::Nsubj)
                        || is(WordClass::PersonNoun)
                        || is(WordClass::GroupNoun)
                }
                // "they say": anybody
                Upos::Pron if self.lexicon.is_plain(act) => false,
                Upos::Pron => [WordClass::He, WordClass::She, WordClass::They]
                    .iter()
                    .any(|&c| self.lexicon.is(&form, c)),
                _ => false,
            }
        };
        heads.iter().copied().filter(somebody).map(|head| self.who.unknown(head, false)).collect()
    }
}

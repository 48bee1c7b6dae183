//! Where in the texts claims tell of the act that a question asks about, and of those whom it
//! names, whatever words the sentence has for them: "we asked for one thing only".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Asking;
use super::need::Need;
use super::reached::READ_THROUGH;
use super::term::{Acted, Acts};
use super::told::Passage;
use super::words::{alike, words};
use crate::extract::Claim;
use crate::graph::folder::Selection;
use crate::ontology::KeyAct;

/// How near somebody must be to the one named to have his part: as whoever acts for him is.
const NEAR: f64 = 0.75;
/// What a part counts for that only a claim tells, beside being named.
const PART: f64 = 0.9;

/// Words of a matter that can point at any ("the plan").
const BARE: usize = 2;

impl Asking<'_> {
    /// Has what the claims tell of the question's act and of those whom it names.
    ///
    /// # Errors
    /// These claims, when they are not at hand.
    pub(super) fn held_acts(&self) -> Result<(), Need> {
        if self.is_large() {
            return Ok(());
        }
        let named = self.named_by_words();
        if !named.is_empty() {
            self.held.claims(self.matcher.taking_part(&named))?;
        }
        match self.asked_act() {
            Some(act) => {
                let acts = Some(BTreeSet::from([act.to_owned()]));
                self.held.claims(Selection { acts, ..Selection::default() })
            }
            None => Ok(()),
        }
    }

    /// Is the act asked about told in a sentence, and by one of those named?
    pub(super) fn acted(&self, passage: &Passage) -> Option<bool> {
        let acts = self.acts.get_or_init(|| self.acts());
        let from = (passage.document, passage.span.start);
        let told = acts.range(from..(passage.document, passage.span.end));
        told.map(|(_, told)| told.by_named).max()
    }

    /// Do the claims of a sentence tell the act that is asked about of something else only?
    pub(super) fn tells_of_another(&self, passage: &Passage) -> bool {
        let acts = self.acts.get_or_init(|| self.acts());
        let from = (passage.document, passage.span.start);
        let mut told = acts.range(from..(passage.document, passage.span.end)).peekable();
        told.peek().is_some() && told.all(|(_, told)| told.about_other)
    }

    /// The part that somebody has in what claims tell, by where they tell it.
    pub(super) fn parts_of(&self, id: &str) -> BTreeMap<(usize, usize), f64> {
        if self.is_large() {
            return BTreeMap::new();
        }
        let part = |claim: &Claim| {
            let roles = [&claim.agent, &claim.addressee, &claim.source];
            roles.into_iter().map(|role| self.matcher.among(id, role)).fold(0.0, f64::max)
        };
        let places = self.places();
        let claims = self.graph.corpus().claims.iter();
        let near = claims.map(|claim| (claim, part(claim))).filter(|(_, part)| *part >= NEAR);
        let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (claim, part) in near {
            let at = (places[claim.document.as_str()], claim.trigger_start);
            let known = found.entry(at).or_default();
            *known = known.max(PART * part);
        }
        found
    }

    fn acts(&self) -> Acts {
        let Some(act) = self.asked_act().filter(|_| !self.is_large()) else { return Acts::new() };
        let (named, places) = (self.named_by_words(), self.places());
        let of_act = self.graph.corpus().claims.iter().filter(|claim| claim.act == act);
        let mut found = Acts::new();
        for claim in of_act {
            let is_named = named.iter().any(|id| self.matcher.among(id, &claim.agent) >= NEAR);
            let at = (places[claim.document.as_str()], claim.trigger_start);
            let about_other = self.is_about_other(claim);
            let known = found.entry(at).or_insert(Acted { by_named: false, about_other });
            known.by_named |= is_named;
            known.about_other &= about_other;
        }
        found
    }

    /// "Rejected the plan for a full ceasefire" is not asked by "who rejected the energy truce?": has a
    /// claim a matter of more than [`BARE`] words, none of them asked for?
    fn is_about_other(&self, claim: &Claim) -> bool {
        let asked = self.read.asked.first().map_or(&[][..], |asked| &asked.matter[..]);
        let own = claim.matter.as_ref().map(|matter| words(&matter.text)).unwrap_or_default();
        let meets = |word: &String| asked.iter().any(|wish| alike(word, wish));
        !asked.is_empty() && own.len() > BARE && !own.iter().any(meets)
    }

    /// The act that is asked about; to say something is in every sentence.
    fn asked_act(&self) -> Option<&str> {
        let act = self.read.asked.first().map(|asked| asked.claim.act.as_str());
        act.filter(|act| *act != KeyAct::State.as_str())
    }

    fn named_by_words(&self) -> Vec<String> {
        self.read.actors.iter().map(|participant| self.cast.id(participant)).collect()
    }

    /// Are there more texts than are read through? Their claims are not looked at for a sentence.
    fn is_large(&self) -> bool {
        self.graph.corpus().documents.len() > READ_THROUGH
    }

    fn places(&self) -> HashMap<&str, usize> {
        let documents = self.graph.corpus().documents.iter();
        documents.enumerate().map(|(place, document)| (document.id.as_str(), place)).collect()
    }
}

//! One place in a document where a claim names a matter.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::knowledge::Knowledge;
use super::phrase::Phrase;
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;

/// Role of those who put a matter forward.
pub(super) const SPONSOR: &str = "put forward";

/// A matter as one claim names it.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Index of the claim.
    pub claim: usize,
    /// Where the words start.
    pub at: usize,
    /// Which of the different wordings of all matters it is.
    pub wording: usize,
    /// What the words say: read once for all mentions of one wording.
    pub phrase: Arc<Phrase>,
    /// The power whose matter the words say it is.
    pub owner: Option<String>,
    /// Who actually put it forward or accepted it: role and power.
    pub answers: BTreeSet<(String, String)>,
    /// The claim's act.
    pub act: String,
    /// Does the claim's act deal with proposals?
    pub on_proposals: bool,
    /// Is the claim's act a deed, whose matter is what is done or hit?
    pub deed: bool,
}

impl Mention {
    /// Is it to be read from what was said before?
    pub(super) fn points_back(&self) -> bool {
        let phrase = &self.phrase;
        let open = phrase.families.is_empty() && phrase.proposal;
        phrase.pronoun
            || phrase.is_bare_talk()
            // "a truce" is the truce of the text, "borders" is no matter of territory yet
            || phrase.is_bare()
                && !phrase.families.is_empty()
                && !self.deed
                && (phrase.definite || phrase.issues == phrase.families)
            || phrase.is_bare() && phrase.definite && self.on_proposals
            || open && !phrase.attributes.parts().is_empty()
    }
}

/// Reads the matter of every claim that has one, in the order of the claims.
pub(super) fn mentions(
    claims: &[Claim],
    acts_for: &BTreeMap<String, String>,
    knowledge: &Knowledge<'_>,
) -> Vec<Mention> {
    let (phrases, wordings) = phrases(claims, knowledge);
    let mut powers: HashMap<String, String> = HashMap::new();
    let mut power = |id: &String| match powers.get(id) {
        Some(power) => power.clone(),
        None => {
            let power = knowledge.power(id, acts_for);
            powers.insert(id.clone(), power.clone());
            power
        }
    };
    let mut found = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        let Some(matter) = claim.matter.as_ref().filter(|it| it.about.is_empty()) else { continue };
        let wording = wordings[matter.text.as_str()];
        let phrase = Arc::clone(&phrases[wording]);
        let owner = phrase.owner.as_ref().map(&mut power);
        let is = |what| knowledge.ontology.act_is(&claim.act, what);
        let role = if is(ActTrait::Sponsor) {
            Some(SPONSOR)
        } else if is(ActTrait::Acceptance) {
            Some("accepted")
        } else {
            None
        };
        let mut answers = BTreeSet::new();
        if let Some(role) = role.filter(|_| claim.status == Status::Actual) {
            for id in claim.agent.iter().filter_map(|a| a.id.as_ref()) {
                answers.insert((role.to_owned(), power(id)));
            }
        }
        if let Some(owner) = owner.as_ref().filter(|_| !phrase.families.is_empty()) {
            answers.insert((SPONSOR.to_owned(), owner.clone()));
        }
        let on_proposals = is(ActTrait::OnProposals);
        let deed = is(ActTrait::Deed);
        found.push(Mention {
            claim: i,
            at: matter.start,
            wording,
            phrase,
            owner,
            answers,
            act: claim.act.clone(),
            on_proposals,
            deed,
        });
    }
    found
}

/// The different wordings of matters, read, and the place of each among them.
fn phrases<'c>(
    claims: &'c [Claim],
    knowledge: &Knowledge<'_>,
) -> (Vec<Arc<Phrase>>, HashMap<&'c str, usize>) {
    let mut wordings: HashMap<&str, usize> = HashMap::new();
    let mut texts = Vec::new();
    for matter in claims.iter().filter_map(|it| it.matter.as_ref()) {
        wordings.entry(&matter.text).or_insert_with(|| {
            texts.push(matter.aloud());
            texts.len() - 1
        });
    }
    let read = |text: &Cow<'_, str>| Arc::new(Phrase::read(text, knowledge));
    (texts.par_iter().map(read).collect(), wordings)
}

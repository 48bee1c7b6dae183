//! One place in a document where a claim names a matter.

use std::collections::{BTreeMap, BTreeSet};

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
    /// What the words say.
    pub phrase: Phrase,
    /// The power whose matter the words say it is.
    pub owner: Option<String>,
    /// Who actually put it forward or accepted it: role and power.
    pub answers: BTreeSet<(String, String)>,
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
    let mut read: BTreeMap<&str, Phrase> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        let Some(matter) = &claim.matter else { continue };
        let phrase = read
            .entry(matter.text.as_str())
            .or_insert_with(|| Phrase::read(&matter.text, knowledge))
            .clone();
        let owner = phrase.owner.as_ref().map(|id| knowledge.power(id, acts_for));
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
                answers.insert((role.to_owned(), knowledge.power(id, acts_for)));
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
            phrase,
            owner,
            answers,
            on_proposals,
            deed,
        });
    }
    found
}

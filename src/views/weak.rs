//! What a reader should be careful with, claim by claim.

use super::site::Site;
use crate::extract::{Claim, Participant};
use crate::resolve::Matter;

/// Below this, a claim is as likely wrong as right.
const UNSURE: f64 = 0.5;

/// Why a claim is weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// Nobody knows who acts.
    Agent,
    /// Of whoever says so nothing but words are known.
    Source,
    /// It is right in less than half of the cases.
    Unsure,
    /// One document alone tells of its matter, though more than once.
    Document,
}

impl Weakness {
    /// Reads a name as the API gives it.
    ///
    /// # Errors
    /// In words, when it is none.
    pub(crate) fn read(name: &str) -> Result<Self, String> {
        Ok(match name {
            "agent" => Self::Agent,
            "source" => Self::Source,
            "unsure" => Self::Unsure,
            "document" => Self::Document,
            other => {
                return Err(format!(
                    "{other:?} is no weakness; there are agent, source, unsure, document"
                ));
            }
        })
    }

    /// Is the claim weak in this way?
    pub(crate) fn is_of(self, claim: &Claim, site: &Site) -> bool {
        let unknown = |list: &[Participant]| list.iter().any(|it| it.id.is_none());
        match self {
            Self::Agent => claim.agent.is_empty() || unknown(&claim.agent),
            Self::Source => unknown(&claim.source),
            Self::Unsure => claim.confidence < UNSURE,
            Self::Document => {
                let id = claim.matter.as_ref().and_then(|it| it.id.as_deref());
                let matter = id.and_then(|id| site.graph.matter(id));
                matter.is_some_and(|at| site.is_of_one_document(&site.corpus().matters[at]))
            }
        }
    }
}

impl Site {
    /// Does one document alone tell of the matter, though more than once?
    pub(crate) fn is_of_one_document(&self, matter: &Matter) -> bool {
        matter.claims.len() > 1
            && self.counts.matters.get(&matter.id).is_some_and(|counts| counts.1 == 1)
    }
}

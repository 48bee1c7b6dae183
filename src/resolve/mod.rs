//! Resolving: the claims of all documents become one [`Corpus`] of actors, matters,
//! events and disputes. The only room that sees more than one document.
//!
//! Names are resolved first ([`Actor`]), then what the claims are about
//! ([`Matter`]). Every step looks partners up by what they share and never compares
//! all pairs; whatever is put together keeps the reason.

mod about;
mod actors;
mod affiliation;
mod anaphora;
mod attributes;
mod bcubed;
mod clusters;
mod constraints;
mod corpus;
mod disputes;
mod events;
mod forms;
mod knowledge;
mod labels;
mod matters;
mod mend;
mod mentions;
mod nested;
mod phrase;
mod setting;
mod spelling;
mod spoken;
mod stances;
mod wording;
mod words;

pub use attributes::Attribute;
pub use bcubed::{BCubed, bcubed};
pub use constraints::Constraints;
pub use corpus::{Actor, Corpus, Dispute, DisputeKind, DocumentRecord, Event, Matter, Side};
pub use mend::{mended, resolve_decided};
pub use stances::{Position, Stance, stances};

use crate::extract::Claim;
use crate::ontology::Ontology;
use disputes::Hearing;
use knowledge::Knowledge;

/// Puts the claims of all documents together. Independent of the order of its input.
pub fn resolve(documents: Vec<DocumentRecord>, claims: Vec<Claim>, ontology: &Ontology) -> Corpus {
    resolve_with(documents, claims, ontology, &mut Constraints::default())
}

/// As [`resolve`], keeping to what a person has decided; `constraints` says afterwards
/// which decisions were kept to.
pub fn resolve_with(
    mut documents: Vec<DocumentRecord>,
    mut claims: Vec<Claim>,
    ontology: &Ontology,
    constraints: &mut Constraints<'_>,
) -> Corpus {
    let knowledge = Knowledge::new(ontology);
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    claims.sort_by(|a, b| place(a).cmp(&place(b)));
    let mut actors = actors::resolve_actors(&mut claims, &documents, &knowledge, constraints);
    let called = about::called(&actors, &knowledge);
    about::name_actors(&mut claims, &mut actors, &called, &knowledge);
    affiliation::affiliate(&mut actors, &claims, &documents, &called, &knowledge);
    let acts_for = actors::acts_for(&actors);
    let settings = setting::settings(&documents, &claims, &acts_for, &knowledge);
    let mut matters = matters::resolve_matters(
        &mut claims,
        &documents,
        &settings,
        &acts_for,
        &called,
        &knowledge,
    );
    constraints.settle_matters(&mut claims, &mut matters);
    constraints.rename(&mut claims, &mut actors, &mut matters);
    let hearing = Hearing {
        claims: &claims,
        documents: documents.iter().map(|it| (it.id.as_str(), it)).collect(),
        dates: documents.iter().filter_map(|it| Some((it.id.as_str(), it.day()?))).collect(),
        matters: &matters,
        affairs_of: disputes::affairs_of(&claims, &acts_for, &knowledge),
        called: &called,
        acts_for: &acts_for,
        knowledge: &knowledge,
    };
    // Neither needs the other.
    let (events, disputes) = rayon::join(
        || events::resolve_events(&claims, &documents, &actors, &knowledge),
        || disputes::disputes(&hearing),
    );
    Corpus { documents, claims, actors, matters, events, disputes, decisions: Vec::new() }
}

/// The place of a claim in the order of all: by document and offset; the rest makes the
/// order total.
pub fn place(claim: &Claim) -> (&str, usize, usize, usize, &str, &str) {
    (&claim.document, claim.start, claim.trigger_start, claim.end, &claim.act, &claim.id)
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use crate::ontology::Ontology;

    /// The shipped ontology, read once for all tests.
    pub(super) fn shipped() -> &'static Ontology {
        static SHIPPED: OnceLock<Ontology> = OnceLock::new();
        SHIPPED.get_or_init(|| Ontology::shipped().unwrap())
    }
}

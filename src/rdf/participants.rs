//! Who takes part in a claim, each as a node of its own: the role, the words, and whom they
//! mean if that is known.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Quad};

use super::naming::{Naming, dm};
use crate::extract::{Claim, Participant};

/// One part that somebody has in a claim.
struct Part<'a> {
    /// The role, as the claims file has it.
    role: &'static str,
    /// Local name of the direct property that says the same.
    property: &'static str,
    /// Place among those of the role, from 1.
    number: usize,
    /// Of an agent or addressee its place in the text's order, from 1. Of a reporter its place
    /// in the chain of reports, from 1 for the outermost; those who report together have one
    /// place.
    order: usize,
    who: &'a Participant,
}

/// What is said of the participants of a claim in the graph of its document, and that they
/// are its participants. That nobody is named as source is said, too: only then does the
/// document speak for itself.
pub(super) fn quads(claim: &Claim, graph: &NamedNode, naming: &Naming) -> Vec<Quad> {
    let subject = naming.claim(&claim.id);
    let fact = |subject: &NamedNode, predicate, object: oxigraph::model::Term| {
        Quad::new(subject.clone(), predicate, object, graph.clone())
    };
    let mut quads = vec![fact(&subject, dm("reported"), Literal::from(claim.is_reported()).into())];
    for part in parts(claim) {
        if let Some(id) = &part.who.id {
            quads.push(fact(&subject, dm(part.property), naming.actor(id).into()));
        }
        let node = naming.part("claim", &claim.id, &format!("{}-{}", part.role, part.number));
        let order = Literal::new_typed_literal(part.order.to_string(), xsd::INTEGER);
        quads.extend([
            fact(&subject, dm("participant"), node.clone().into()),
            fact(&node, rdf::TYPE.into(), dm("Participation").into()),
            fact(&node, dm("role"), Literal::from(part.role).into()),
            fact(&node, dm("order"), order.into()),
            fact(&node, dm("text"), Literal::from(part.who.text.as_str()).into()),
        ]);
        if let Some(id) = &part.who.id {
            quads.push(fact(&node, dm("actor"), naming.actor(id).into()));
        }
    }
    quads
}

fn parts(claim: &Claim) -> impl Iterator<Item = Part<'_>> {
    let listed = |role, property, list| {
        let numbered = <[Participant]>::iter(list).enumerate();
        numbered.map(move |(at, who)| Part { role, property, number: at + 1, order: at + 1, who })
    };
    // The source is the innermost of those who report.
    let innermost = claim.via.len() + 1;
    let sources = listed("source", "accordingTo", claim.source.as_slice());
    listed("agent", "agent", claim.agent.as_slice())
        .chain(listed("addressee", "addressee", &claim.addressee))
        .chain(sources.map(move |it| Part { order: innermost, ..it }))
        .chain(listed("via", "via", &claim.via))
}

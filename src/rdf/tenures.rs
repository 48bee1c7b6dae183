//! The offices that actors of the graph hold or held, as the ontology knows them: nodes with names,
//! so that "who was president of Russia then" is a pattern of the graph.

use std::collections::HashSet;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Quad};

use super::fact::{english, fact};
use super::naming::{KNOWN_ACTORS, Naming, dm, term};
use super::time;
use crate::ontology::{Actor, Ontology};

/// What is said of the offices of a known actor. The state or organisation is the actor of this
/// graph where it is among `here`, the ids of those, else the one that the ontology names.
pub(super) fn quads(
    known: &Actor,
    here: &HashSet<&str>,
    ontology: &Ontology,
    naming: &Naming,
) -> Vec<Quad> {
    let holder = naming.actor(&known.id);
    let mut quads = Vec::new();
    for (at, held) in known.tenures.iter().enumerate() {
        let node = naming.part("actor", &known.id, &format!("tenure-{}", at + 1));
        let of = if here.contains(held.of.as_str()) {
            naming.actor(&held.of)
        } else {
            NamedNode::new_unchecked(format!("{KNOWN_ACTORS}{}", held.of))
        };
        quads.extend([
            fact(&holder, dm("holds"), node.clone().into()),
            fact(&node, rdf::TYPE.into(), dm("Tenure").into()),
            fact(&node, dm("office"), term("office", &held.office).into()),
            fact(&node, dm("of"), of.into()),
        ]);
        let office = ontology.offices.iter().find(|it| it.id == held.office);
        if let (Some(office), Some(of)) = (office, ontology.actor(&held.of)) {
            let label = format!("{}, {}", office.label, of.label);
            quads.push(fact(&node, rdfs::LABEL.into(), english(&label)));
        }
        for (property, day) in [("from", held.from), ("until", held.until)] {
            let day = day.map(|day| time::typed(&day.to_string()));
            quads.extend(day.map(|day| fact(&node, dm(property), day.into())));
        }
    }
    quads
}

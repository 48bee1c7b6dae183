use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::naming::{Naming, dm, term};
use super::{participants, sorted, time};
use crate::corpus::{Span, Text};
use crate::decisions::BY_HAND;
use crate::extract::Claim;

/// How many characters before and after a quote tell it from the same words
/// elsewhere in the text.
const CONTEXT: usize = 32;

/// What is said of one claim, in the graph of its document; `reported` are the ids of the claims that
/// it reports.
pub(super) fn quads(claim: &Claim, reported: &[&str], text: &Text, naming: &Naming) -> Vec<Quad> {
    let (graph, document) = (naming.graph(&claim.document), naming.document(&claim.document));
    let mut quads = participants::quads(claim, &graph, naming);
    let subject = naming.claim(&claim.id);
    let mut say = |subject: &NamedNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    say(&subject, rdf::TYPE.into(), dm("Claim").into());
    say(&subject, dm("act"), term("act", &claim.act).into());
    say(&subject, dm("status"), Literal::from(claim.status.as_str()).into());
    for agent in &claim.agent {
        say(&subject, dm("agentText"), Literal::from(agent.text.as_str()).into());
    }
    if let Some(matter) = &claim.matter {
        say(&subject, dm("matterText"), Literal::from(matter.text.as_str()).into());
        if let Some(id) = &matter.id {
            say(&subject, dm("matter"), naming.matter(id).into());
        }
        for id in &matter.about {
            say(&subject, dm("about"), naming.actor(id).into());
        }
    }
    if let Some(condition) = &claim.condition {
        say(&subject, dm("condition"), Literal::from(condition.text.as_str()).into());
    }
    if let Some(time) = claim.time.map(|time| time.to_string()) {
        say(&subject, dm("time"), time::typed(&time).into());
        if let Some((from, until)) = time::bounds(&time) {
            say(&subject, dm("from"), from.into());
            say(&subject, dm("until"), until.into());
        }
    }
    for inner in reported {
        say(&subject, dm("reports"), naming.claim(inner).into());
    }
    say(&subject, dm("trigger"), Literal::from(claim.trigger.as_str()).into());
    say(&subject, dm("quote"), Literal::from(claim.quote.as_str()).into());
    say(&subject, dm("inDocument"), document.clone().into());
    say(&subject, term("prov", "wasDerivedFrom"), document.clone().into());
    let confidence = Literal::new_typed_literal(format!("{:.2}", claim.confidence), xsd::DECIMAL);
    say(&subject, dm("confidence"), confidence.into());
    say(&subject, dm("extractor"), Literal::from(claim.extractor.as_str()).into());
    if claim.extractor != BY_HAND {
        let reading = naming.part("document", &claim.document, "reading");
        say(&subject, term("prov", "wasGeneratedBy"), reading.into());
    }

    // Its words as a Web Annotation target (https://www.w3.org/TR/annotation-model/).
    let target = naming.part("claim", &claim.id, "target");
    let words = naming.part("claim", &claim.id, "words");
    let position = naming.part("claim", &claim.id, "position");
    let oa = |local| term("oa", local);
    say(&subject, oa("hasTarget"), target.clone().into());
    say(&target, rdf::TYPE.into(), oa("SpecificResource").into());
    say(&target, oa("hasSource"), document.into());
    say(&target, oa("hasSelector"), words.clone().into());
    say(&target, oa("hasSelector"), position.clone().into());
    say(&words, rdf::TYPE.into(), oa("TextQuoteSelector").into());
    say(&words, oa("exact"), Literal::from(claim.quote.as_str()).into());
    if claim.end <= text.len() && claim.start <= claim.end {
        let before = Span::new(claim.start.saturating_sub(CONTEXT), claim.start);
        let after = Span::new(claim.end, text.len().min(claim.end + CONTEXT));
        say(&words, oa("prefix"), Literal::from(text.slice(before)).into());
        say(&words, oa("suffix"), Literal::from(text.slice(after)).into());
    }
    say(&position, rdf::TYPE.into(), oa("TextPositionSelector").into());
    say(&position, oa("start"), number(claim.start).into());
    say(&position, oa("end"), number(claim.end).into());
    sorted(quads)
}

fn number(count: usize) -> Literal {
    Literal::new_typed_literal(count.to_string(), xsd::INTEGER)
}

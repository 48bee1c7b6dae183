use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::naming::{Naming, dm, term};
use super::sorted;
use crate::corpus::{Span, Text};
use crate::decisions::BY_HAND;
use crate::extract::Claim;

/// How many characters before and after a quote tell it from the same words
/// elsewhere in the text.
const CONTEXT: usize = 32;

/// What is said of one claim, in the graph of its document.
pub(super) fn quads(claim: &Claim, text: &Text, naming: &Naming) -> Vec<Quad> {
    let graph = naming.document(&claim.document);
    let mut quads = Vec::with_capacity(32);
    let subject = naming.claim(&claim.id);
    let mut say = |subject: &NamedNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    say(&subject, rdf::TYPE.into(), dm("Claim").into());
    say(&subject, dm("act"), term("act", &claim.act).into());
    say(&subject, dm("status"), Literal::from(claim.status.as_str()).into());
    for (role, participants) in [
        ("agent", &claim.agent),
        ("addressee", &claim.addressee),
        ("accordingTo", &claim.source),
        ("via", &claim.via),
    ] {
        for id in participants.iter().filter_map(|p| p.id.as_deref()) {
            say(&subject, dm(role), naming.actor(id).into());
        }
    }
    for agent in &claim.agent {
        say(&subject, dm("agentText"), Literal::from(agent.text.as_str()).into());
    }
    if let Some(matter) = &claim.matter {
        say(&subject, dm("matterText"), Literal::from(matter.text.as_str()).into());
        if let Some(id) = &matter.id {
            say(&subject, dm("matter"), naming.matter(id).into());
        }
    }
    if let Some(time) = &claim.time {
        say(&subject, dm("time"), when(time).into());
    }
    say(&subject, dm("trigger"), Literal::from(claim.trigger.as_str()).into());
    say(&subject, dm("quote"), Literal::from(claim.quote.as_str()).into());
    say(&subject, dm("inDocument"), graph.clone().into());
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
    say(&target, oa("hasSource"), graph.clone().into());
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

/// A date, month or year with its XML Schema type; an interval as it is.
pub(super) fn when(time: &str) -> Literal {
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let datatype = match shape.as_str() {
        "9999-99-99" if time.parse::<jiff::civil::Date>().is_ok() => xsd::DATE,
        "9999-99" => xsd::G_YEAR_MONTH,
        "9999" => xsd::G_YEAR,
        _ => return Literal::from(time),
    };
    Literal::new_typed_literal(time, datatype)
}

fn number(count: usize) -> Literal {
    Literal::new_typed_literal(count.to_string(), xsd::INTEGER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_typed_and_intervals_are_words() {
        assert_eq!(when("2025-03-18").datatype(), xsd::DATE);
        assert_eq!(when("2025-03").datatype(), xsd::G_YEAR_MONTH);
        assert_eq!(when("2025-03-18/2025-04-17").datatype(), xsd::STRING);
        assert_eq!(when("2025-13-40").datatype(), xsd::STRING);
    }
}

//! Which claim a report reports: "The Kremlin said that Russia had accepted the truce" holds one
//! claim in the words of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Claim, Participant};
use crate::ontology::{ActTrait, Ontology};

/// For every claim of one document that reports others, the ids of those, sorted.
///
/// A claim reports another if its act is done by saying so, the words that name the other's act stand
/// in the words of what it says, and those who say it are the other's source. Of several that hold
/// the words of one the innermost reports it. Time O(r·c) for r claims by saying and c with a source.
pub(super) fn reports<'a>(
    claims: &[&'a Claim],
    ontology: &Ontology,
) -> BTreeMap<&'a str, Vec<&'a str>> {
    let said =
        |claim: &&&Claim| claim.matter.is_some() && ontology.act_is(&claim.act, ActTrait::Said);
    let sayings: Vec<&Claim> = claims.iter().filter(said).copied().collect();
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.source.is_empty()) {
        let source = people(&claim.source);
        let holds = |outer: &&&Claim| {
            outer.id != claim.id && content_holds(outer, claim) && people(&outer.agent) == source
        };
        let length = |outer: &&&Claim| {
            let matter = outer.matter.as_ref();
            (matter.map_or(0, |it| it.end - it.start), outer.trigger_start)
        };
        if let Some(outer) = sayings.iter().filter(holds).min_by_key(length) {
            found.entry(&outer.id).or_default().push(&claim.id);
        }
    }
    found.values_mut().for_each(|inner| inner.sort_unstable());
    found
}

/// Do the words of what the outer says hold those that name the act of the inner?
fn content_holds(outer: &Claim, inner: &Claim) -> bool {
    let said = outer.matter.as_ref();
    said.is_some_and(|it| it.start <= inner.trigger_start && inner.trigger_end <= it.end)
}

/// Who they are, by id or, of somebody unknown, by words.
fn people(participants: &[Participant]) -> BTreeSet<&str> {
    participants.iter().map(|it| it.id.as_deref().unwrap_or(&it.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::MatterMention;
    use crate::fixture;

    /// A claim at a place, by whom, according to whom, about the words from where to where.
    fn claim(act: &str, at: usize, who: &str, source: &str, said: Option<(usize, usize)>) -> Claim {
        let person =
            |id: &str| Participant { id: Some(id.to_owned()), label: None, text: String::new() };
        let mention = |(start, end)| MatterMention { start, end, ..MatterMention::default() };
        Claim {
            id: format!("d-{act}-{at}"),
            act: act.to_owned(),
            trigger_start: at,
            trigger_end: at + 4,
            agent: vec![person(who)],
            source: Some(source).filter(|it| !it.is_empty()).map(person).into_iter().collect(),
            via: Vec::new(),
            matter: said.map(mention),
            ..fixture::corpus().claims[0].clone()
        }
    }

    fn told(claims: &[Claim]) -> Vec<String> {
        let claims: Vec<&Claim> = claims.iter().collect();
        let found = reports(&claims, &Ontology::shipped().unwrap());
        found.iter().map(|(outer, inner)| format!("{outer}: {}", inner.join(" "))).collect()
    }

    #[test]
    fn a_saying_reports_what_stands_in_its_words() {
        let says = claim("state", 0, "kremlin", "", Some((10, 60)));
        let both = [says, claim("accept", 20, "russia", "kremlin", None)];
        assert_eq!(told(&both), ["d-state-0: d-accept-20"]);
    }

    #[test]
    fn of_two_around_it_the_inner_reports_it() {
        let found = told(&[
            claim("state", 0, "reuters", "", Some((10, 90))),
            claim("state", 12, "kremlin", "reuters", Some((20, 60))),
            claim("state", 5, "kremlin", "", Some((6, 90))),
            claim("accept", 30, "russia", "kremlin", None),
        ]);
        assert_eq!(found, ["d-state-0: d-state-12", "d-state-12: d-accept-30"]);
    }

    #[test]
    fn other_words_other_people_and_deeds_report_nothing() {
        for (outer, inner) in [
            (claim("state", 0, "kremlin", "", Some((10, 18))), ("kremlin", 20)),
            (claim("state", 0, "kremlin", "", Some((10, 60))), ("ukraine", 20)),
            (claim("state", 0, "kremlin", "", Some((10, 60))), ("", 20)),
            (claim("state", 0, "kremlin", "", None), ("kremlin", 20)),
            (claim("attack", 0, "kremlin", "", Some((10, 60))), ("kremlin", 20)),
        ] {
            let (source, at) = inner;
            let inner = claim("accept", at, "russia", source, None);
            assert!(told(&[outer, inner]).is_empty());
        }
    }
}

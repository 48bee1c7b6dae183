//! The words of a matter with "to" or "that" before them, as they stand in the text or
//! as they would have to: "to end the war", "that the war was over".

use std::collections::BTreeMap;

use super::corpus::DocumentRecord;
use super::knowledge::Knowledge;
use super::words::{Word, words};
use crate::extract::{Claim, MatterMention};

/// For every claim the words of its matter, of which a label can be made; empty where
/// it has none. O(n) in the texts.
pub fn wordings(
    claims: &[Claim],
    documents: &[DocumentRecord],
    knowledge: &Knowledge<'_>,
) -> Vec<String> {
    let mut of_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        of_document.entry(&claim.document).or_default().push(i);
    }
    let mut found = vec![String::new(); claims.len()];
    for (document, indices) in of_document {
        let at = documents.binary_search_by(|d| d.id.as_str().cmp(document)).ok();
        let text: Vec<char> = at.map_or_else(Vec::new, |at| documents[at].text.chars().collect());
        for i in indices {
            if let Some(matter) = &claims[i].matter {
                found[i] = wording(&claims[i], matter, &text, knowledge);
            }
        }
    }
    found
}

fn wording(
    claim: &Claim,
    matter: &MatterMention,
    text: &[char],
    knowledge: &Knowledge<'_>,
) -> String {
    let said = after_colon(&matter.text, knowledge);
    let all = words(said);
    let whole = said.len() == matter.text.len();
    if whole && follows_to(matter.start, text) && is_infinitive(&all, &claim.act, knowledge) {
        return format!("to {said}");
    }
    if is_clause(&all, knowledge) {
        return format!("that {said}");
    }
    said.to_owned()
}

/// "A key principle: an end to aid" is about what follows the colon, if that names an
/// issue and the words before do not.
fn after_colon<'t>(text: &'t str, knowledge: &Knowledge<'_>) -> &'t str {
    let names = |text: &str| {
        let words = words(text);
        (0..words.len()).any(|i| knowledge.issues_at(&words, i).is_some())
    };
    match text.split_once(": ") {
        Some((before, after)) if !names(before) && names(after) => after,
        _ => text,
    }
}

/// Does "to" stand before the place?
fn follows_to(start: usize, text: &[char]) -> bool {
    let before: String = text.get(start.saturating_sub(5)..start).unwrap_or_default().iter().collect();
    let last = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    last.len() < before.len() && last.rsplit(|c: char| !c.is_alphanumeric()).next() == Some("to")
}

/// "Want to stop", "agree to release the hostages"; not "agree to talks".
fn is_infinitive(words: &[Word], act: &str, knowledge: &Knowledge<'_>) -> bool {
    let is = |at: usize, class: &str| knowledge.is_at(words, at, class).is_some();
    let Some(first) = words.first() else { return false };
    let noun = is(0, "filler") || first.form.ends_with('s') || first.form.ends_with("ing");
    if noun || first.is_capitalised() || first.number().is_some() || first.possessive {
        return false;
    }
    let object = words.get(1).is_some_and(|w| w.number().is_some() || is(1, "filler"));
    knowledge.ontology.is(act, "matter-act-will") || object
}

/// A subject and a finite verb, no relative between them: "the war was over".
fn is_clause(words: &[Word], knowledge: &Knowledge<'_>) -> bool {
    let is = |at: usize, class: &str| knowledge.is_at(words, at, class).is_some();
    let finite = (0..words.len()).find(|&i| is(i, "finite"));
    let Some(finite) = finite.filter(|&i| i > 0) else { return false };
    !(0..finite).any(|i| is(i, "aside") || is(i, "relative"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::shipped;

    fn read(act: &str, before: &str, matter: &str) -> String {
        let knowledge = Knowledge::new(shipped());
        let text: Vec<char> = format!("{before}{matter}").chars().collect();
        let mention = MatterMention {
            text: matter.to_owned(),
            start: before.chars().count(),
            end: text.len(),
            id: None,
            label: None,
            issues: Vec::new(),
        };
        let claim = Claim {
            id: String::new(),
            document: String::new(),
            start: 0,
            end: text.len(),
            quote: String::new(),
            trigger: String::new(),
            trigger_start: 0,
            trigger_end: 0,
            act: act.to_owned(),
            status: crate::extract::Status::Actual,
            agent: Vec::new(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            time: None,
            confidence: 1.0,
            extractor: String::new(),
        };
        wording(&claim, &mention, &text, &knowledge)
    }

    #[test]
    fn infinitives_have_their_to() {
        assert_eq!(read("intend", "Iran wants to ", "enrich uranium"), "to enrich uranium");
        assert_eq!(read("intend", "It wants the war to ", "stop"), "to stop");
        assert_eq!(read("accept", "It agreed to ", "free the hostages"), "to free the hostages");
        assert_eq!(read("accept", "It agreed to ", "talks"), "talks");
        assert_eq!(read("accept", "It agreed to ", "the truce"), "the truce");
        assert_eq!(read("intend", "Iran wants ", "peace"), "peace");
    }

    #[test]
    fn clauses_have_their_that() {
        assert_eq!(read("state", "He said ", "the war was over"), "that the war was over");
        assert_eq!(read("state", "He named ", "the town that was hit"), "the town that was hit");
        assert_eq!(read("state", "He told ", "what the plan is"), "what the plan is");
        assert_eq!(
            read("demand", "It must ", "rest on a principle: states have to end military aid"),
            "that states have to end military aid"
        );
    }
}

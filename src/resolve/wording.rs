//! The words of a matter with "to" or "that" before them, as they stand in the text or
//! as they would have to: "to end the war", "that the war was over".

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::attributes::OF_MATTERS;
use super::corpus::DocumentRecord;
use super::knowledge::Knowledge;
use super::words::{Word, words};
use crate::extract::{Claim, MatterMention};
use crate::ontology::{ActTrait, Family, WordClass};

/// For every claim the words of its matter, of which a label can be made; empty where
/// it has none. O(n) in the texts.
pub(super) fn wordings(
    claims: &[Claim],
    documents: &[DocumentRecord],
    knowledge: &Knowledge<'_>,
) -> Vec<String> {
    let mut of_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        of_document.entry(&claim.document).or_default().push(i);
    }
    let of_document: Vec<(&str, Vec<usize>)> = of_document.into_iter().collect();
    let worded = of_document.par_iter().flat_map_iter(|(document, indices)| {
        let record = DocumentRecord::find(documents, document);
        let text: Vec<char> = record.map_or_else(Vec::new, |it| it.text.chars().collect());
        indices.iter().filter_map(move |&i| {
            let matter = claims[i].matter.as_ref()?;
            Some((i, wording(&claims[i], matter, &text, knowledge)))
        })
    });
    let mut found = vec![String::new(); claims.len()];
    for (i, words) in worded.collect::<Vec<_>>() {
        found[i] = words;
    }
    found
}

fn wording(
    claim: &Claim,
    matter: &MatterMention,
    text: &[char],
    knowledge: &Knowledge<'_>,
) -> String {
    let read = with_noun(matter, text, knowledge);
    let said = after_colon(&read, knowledge);
    let all = words(said);
    let whole = said.len() == read.len();
    let before = word_before(matter.start, text).filter(|_| whole);
    let is = |class| before.as_ref().is_some_and(|word| knowledge.ontology.is(word, class));
    let to = is(WordClass::InfinitiveMark);
    let will = is(WordClass::MatterModal)
        || to && knowledge.ontology.act_is(&claim.act, ActTrait::Infinitive);
    if (to || will) && is_infinitive(&all, will, knowledge) {
        return knowledge.marked(WordClass::InfinitiveMark, said);
    }
    if is(WordClass::ClauseMark) || is_clause(&all, knowledge) {
        return knowledge.marked(WordClass::ClauseMark, said);
    }
    said.to_owned()
}

/// The words, with the noun behind them where they are a measure alone: "90-minute" of "90-minute talks".
fn with_noun<'m>(
    matter: &'m MatterMention,
    text: &[char],
    knowledge: &Knowledge<'_>,
) -> Cow<'m, str> {
    let read = matter.aloud();
    let words = words(&read);
    let measure = |at: usize| {
        let of = |family| knowledge.values_at(&words, at).any(|it| it.family == family);
        words[at].number().is_some() || of(Family::Number) || of(Family::Hours)
    };
    let behind = text.get(matter.end..).unwrap_or_default();
    let (Some((' ', noun)), false) = (behind.split_first(), words.is_empty()) else { return read };
    let noun: String = noun.iter().take_while(|c| c.is_alphabetic() || **c == '-').collect();
    if noun.starts_with(char::is_lowercase) && (0..words.len()).all(measure) {
        return Cow::Owned(format!("{read} {noun}"));
    }
    read
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

/// The word that stands before the place, quotation marks aside.
fn word_before(start: usize, text: &[char]) -> Option<String> {
    /// Longer than any word of interest, with a space and a quotation mark.
    const REACH: usize = 10;
    let before = text.get(start.saturating_sub(REACH)..start)?;
    let is_letter = |c: &&char| c.is_alphabetic();
    let letters = before.iter().rev().skip_while(|c| !c.is_alphabetic()).take_while(is_letter);
    let word: Vec<char> = letters.copied().collect();
    (before.last().is_some_and(|c| !c.is_alphabetic()))
        .then(|| word.into_iter().rev().collect::<String>().to_lowercase())
}

/// "Want to stop", "agree to release the hostages"; not "agree to talks". After some
/// acts and after "must" `any` word is a verb, after others no word for an issue is.
fn is_infinitive(words: &[Word], any: bool, knowledge: &Knowledge<'_>) -> bool {
    let is = |at: usize, class: WordClass| knowledge.is_at(words, at, class).is_some();
    let Some(first) = words.first() else { return false };
    // "be left alone" begins with a verb that tells nothing
    let filler = is(0, WordClass::MatterFiller)
        && !knowledge.ontology.is(&first.stem, WordClass::MatterCarrier);
    let gerund =
        knowledge.ontology.ends(&first.form, WordClass::GerundEnding) && first.stem != first.form;
    if filler || gerund || first.form.ends_with('s') || first.possessive {
        return false;
    }
    if first.is_capitalised() || first.number().is_some() {
        return false;
    }
    let issue = knowledge.issues_at(words, 0).is_some();
    let adjective = knowledge.values_at(words, 0).any(|found| OF_MATTERS.contains(&found.family));
    let determined =
        words.len() > 1 && (is(1, WordClass::MatterDefinite) || is(1, WordClass::MatterIndefinite));
    let of = words.len() > 1 && knowledge.ontology.is(&words[1].stem, WordClass::BelongingMark);
    any || determined || !issue && !adjective && !of
}

/// A subject and a finite verb, no relative between them: "the war was over".
fn is_clause(words: &[Word], knowledge: &Knowledge<'_>) -> bool {
    let is = |at: usize, class: WordClass| knowledge.is_at(words, at, class).is_some();
    let finite = (0..words.len()).find(|&i| is(i, WordClass::MatterFinite));
    let Some(finite) = finite.filter(|&i| i > 0) else { return false };
    // "all the land he can get"
    let contact =
        finite > 1 && knowledge.ontology.is(&words[finite - 1].stem, WordClass::SubjectPronoun);
    !contact
        && !is(0, WordClass::MatterBreak)
        && !(0..finite).any(|i| is(i, WordClass::MatterAside) || is(i, WordClass::MatterRelative))
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
            about: Vec::new(),
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
            condition: None,
            time: None,
            confidence: 1.0,
            extractor: String::new(),
            evidence: Default::default(),
        };
        wording(&claim, &mention, &text, &knowledge)
    }

    #[test]
    fn infinitives_have_their_to() {
        assert_eq!(read("intend", "Iran wants to ", "enrich uranium"), "to enrich uranium");
        assert_eq!(read("intend", "It wants the war to ", "stop"), "to stop");
        assert_eq!(read("accept", "It agreed to ", "free the hostages"), "to free the hostages");
        assert_eq!(read("demand", "Russia must ", "leave"), "to leave");
        assert_eq!(read("accept", "It agreed to ", "talks"), "talks");
        assert_eq!(read("promise", "It is committed to ", "peace"), "peace");
        assert_eq!(read("intend", "It aims to ", "bring peace"), "to bring peace");
        assert_eq!(read("accept", "It agreed to ", "little of it"), "little of it");
        assert_eq!(read("accept", "It agreed to ", "the truce"), "the truce");
        assert_eq!(read("intend", "Iran wants ", "peace"), "peace");
    }

    #[test]
    fn clauses_have_their_that() {
        assert_eq!(read("state", "He said ", "the war was over"), "that the war was over");
        assert_eq!(read("state", "He named ", "the town that was hit"), "the town that was hit");
        assert_eq!(read("demand", "It asked that ", "states end it"), "that states end it");
        assert_eq!(
            read("demand", "It wants ", "all the land it can get"),
            "all the land it can get"
        );
        assert_eq!(read("state", "He told ", "what the plan is"), "what the plan is");
        assert_eq!(
            read("demand", "It must ", "rest on a principle: states have to end military aid"),
            "that states have to end military aid"
        );
    }
}

//! Labels of turns ("MR. HALE: We agreed."), and headings that only look like one ("CATCH
//! LIMITS: The chair introduced her text.").

use std::collections::BTreeMap;
use std::ops::Range;

use super::extent::entity_at;
use super::lexicon::Lexicon;
use super::quotation::quotations;
use super::tree::{Tree, capitalised};
use crate::annotate::{Deprel, EntityKind, Upos};
use crate::ontology::WordClass;

/// How many words from the start of a line the colon of a speaker's label may stand.
const LABEL_REACH: usize = 9;

/// What stands before the colon at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// Who speaks, if the words name or describe somebody.
    pub source: Option<usize>,
    /// The colon; of a label without one its last word.
    pub colon: usize,
    /// It is in capitals.
    pub capitals: bool,
}

impl Label {
    /// "Geneva, Switzerland: …": a place where something is told, and nobody who tells it.
    pub(super) fn is_place(&self, tree: &Tree<'_>) -> bool {
        let at = |word: usize| entity_at(tree, word).is_some_and(|e| e.kind == EntityKind::Place);
        let comma = |colon: usize| colon >= 2 && tree.word(colon - 2).form == ",";
        self.source.is_some_and(at) && comma(self.colon)
    }
}

/// The label of every sentence that starts a line with one. In capitals nobody is named whom
/// nothing shows to speak: that is the heading of what follows, and the author's voice.
pub(super) fn labels(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    starts_line: impl Fn(usize) -> bool,
) -> Vec<Option<Label>> {
    let sentences = &tree.annotation().sentences;
    let mut labels: Vec<Option<Label>> = sentences
        .iter()
        .map(|s| label(tree, lexicon, s).filter(|_| starts_line(s.start)))
        .collect();
    let words = |sentence: &Range<usize>, label: &Label| -> String {
        sentence
            .clone()
            .take_while(|&w| w < label.colon)
            .map(|w| tree.word(w).form.as_str())
            .collect()
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (sentence, label) in sentences.iter().zip(&labels) {
        if let Some(label) = label {
            *times.entry(words(sentence, label)).or_default() += 1;
        }
    }
    let first_person = first_person(tree, lexicon, &starts_line);
    let starts: Vec<usize> = (0..labels.len()).filter(|&at| labels[at].is_some()).collect();
    let mut speaks = vec![false; labels.len()];
    for (number, &at) in starts.iter().enumerate() {
        let Some(label) = &labels[at] else { continue };
        let end = starts.get(number + 1).map_or(tree.len(), |&next| sentences[next].start);
        speaks[at] = times[&words(&sentences[at], label)] > 1
            || is_somebody(tree, lexicon, sentences[at].start..label.colon)
            || first_person.iter().any(|w| (label.colon..end).contains(w));
    }
    // where others speak, a bare name does
    let transcript = starts.iter().any(|&at| speaks[at]);
    for &at in &starts {
        let Some(label) = labels[at].as_mut().filter(|label| label.capitals) else { continue };
        let name = |w: usize| matches!(tree.upos(w), Upos::Propn | Upos::Punct);
        let bare = (sentences[at].start..label.colon).all(name);
        if !(speaks[at] || transcript && bare) {
            label.source = None;
        }
    }
    labels
}

/// Where somebody speaks of himself outside quotation marks.
fn first_person(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    starts_line: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let quoted = quotations(tree, lexicon, |word| word > 0 && starts_line(word));
    let is = |&w: &usize| {
        tree.upos(w) == Upos::Pron
            && tree.is_first_person(w)
            && !quoted.iter().any(|quotation| quotation.contains(&w))
    };
    (0..tree.len()).filter(is).collect()
}

/// Do the words of a label name a person, or tell somebody's title or task?
fn is_somebody(tree: &Tree<'_>, lexicon: &Lexicon<'_>, words: Range<usize>) -> bool {
    words.into_iter().any(|w| {
        let form = tree.word(w).form.to_lowercase();
        [WordClass::Title, WordClass::ActorDelegate, WordClass::ActorNoun, WordClass::QuestionLabel]
            .iter()
            .any(|&class| lexicon.is(&form, class))
            || entity_at(tree, w).is_some_and(|entity| entity.kind == EntityKind::Person)
    })
}

/// "QUESTION:", "Q": whoever asks, whose name is not told, at the start of a sentence.
pub(super) fn is_questioner(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    is_label(tree, lexicon, word, WordClass::QuestionLabel)
}

/// "ANSWER:", "A:": whoever was asked, at the start of a sentence.
pub(super) fn is_answer(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    is_label(tree, lexicon, word, WordClass::AnswerLabel)
        && word + 1 < tree.len()
        && matches!(tree.word(word + 1).form.as_str(), ":" | ".")
}

/// Is a sentence's first word a label of the class: in capitals, or with a colon behind it?
fn is_label(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize, class: WordClass) -> bool {
    let form = &tree.word(word).form;
    let colon = word + 1 < tree.len() && tree.word(word + 1).form == ":";
    (colon || form.chars().all(char::is_uppercase))
        && lexicon.is(&form.to_lowercase(), class)
        && tree.annotation().sentences[tree.sentence(word)].start == word
}

/// "Minister Venn, do you accept it?", "Do you accept it, Mr Hale?": the head of the name of whoever
/// is addressed last in a stretch.
pub(super) fn addressed(tree: &Tree<'_>, words: Range<usize>) -> Option<usize> {
    let addressed = |&w: &usize| tree.is(w, Deprel::Vocative) && tree.upos(w) == Upos::Propn;
    words.rev().find(addressed).map(|word| tree.name_head(word))
}

/// Where a line begins behind the time at which it was said: "[00:03:20] REED: …", "17:05 – Reed: …".
pub(super) fn behind_time(tree: &Tree<'_>, sentence: &Range<usize>) -> usize {
    let time = |w: usize| {
        let form = &tree.word(w).form;
        form.contains(':') && form.chars().all(|c| c.is_ascii_digit() || c == ':')
    };
    let form = |w: usize| sentence.contains(&w).then(|| tree.word(w).form.as_str());
    let at = sentence.start;
    let bracket = matches!(form(at), Some("[" | "("));
    let told = if bracket { at + 1 } else { at };
    if !sentence.contains(&told) || !time(told) {
        return at;
    }
    let closed = matches!(form(told + 1), Some("]" | ")" | "-" | "–" | "—"));
    if closed { told + 2 } else { told + 1 }
}

/// "The mediator Asta Reed spoke to us on Monday." before the questions and answers: the head of the
/// name of the only person who is named before the first turn.
pub(super) fn interviewed(tree: &Tree<'_>, first_turn: usize) -> Option<usize> {
    let entities = tree.annotation().entities.iter();
    let people = entities
        .filter(|entity| entity.kind == EntityKind::Person && entity.words.end <= first_turn);
    let mut heads = people.map(|person| person.words.end - 1);
    let last = heads.next()?;
    let same = |w: usize| tree.word(w).form == tree.word(last).form;
    heads.all(same).then(|| tree.name_head(last))
}

/// The label that a line starts with: who speaks, if it is a name, the colon, and
/// whether it is in capitals.
fn label(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    sentence: &std::ops::Range<usize>,
) -> Option<Label> {
    if is_questioner(tree, lexicon, sentence.start) {
        // "Q Has he agreed?" has no colon
        let colon = sentence.start + 1;
        let has_colon = colon < sentence.end && tree.word(colon).form == ":";
        let colon = sentence.start + usize::from(has_colon);
        return Some(Label { source: Some(sentence.start), colon, capitals: true });
    }
    let start = behind_time(tree, sentence);
    let colon = (start..sentence.end).take(LABEL_REACH).find(|&w| tree.word(w).form == ":")?;
    let words = start..colon;
    // "(USTR)" after a name is no part of it, nor is how it is told: "(through interpreter)"
    let bracket = words.clone().find(|&w| tree.word(w).form == "(").unwrap_or(colon);
    let letters = || (words.start..bracket).filter(|&w| tree.upos(w) != Upos::Punct);
    let capitals = letters().all(|w| !tree.word(w).form.chars().any(char::is_lowercase));
    let in_capitals = letters().all(|w| capitalised(&tree.word(w).form));
    let more = sentence.end > colon + 1;
    // nor is "foreign minister" behind a comma
    let comma = words.clone().find(|&w| tree.word(w).form == ",").filter(|_| more);
    let role = comma.filter(|&comma| {
        let mut behind = comma + 1..colon;
        tree.is_verbless(behind.clone())
            && behind.any(|w| lexicon.names_calling(&tree.word(w).form))
            && (words.start..comma).all(|w| capitalised(&tree.word(w).form))
    });
    let begins_large = in_capitals || role.is_some();
    let name = words.start..role.unwrap_or(bracket);
    let mut name = name.filter(|&w| tree.upos(w) != Upos::Punct).filter(|&w| {
        tree.upos(w) == Upos::Propn && !tree.is(w, Deprel::Appos) && !tree.is(w, Deprel::NmodDesc)
    });
    let name = name.next_back().map(|word| tree.name_head(word));
    match name {
        _ if letters().next().is_none() || !more => None,
        Some(name) if capitals || begins_large => {
            Some(Label { source: Some(name), colon, capitals })
        }
        // "SENIOR OFFICIAL:" is somebody, "Q:" anybody
        None if capitals => {
            let source = letters().next_back().filter(|&w| tree.word(w).form.chars().count() > 1);
            Some(Label { source, colon, capitals })
        }
        // "Interviewer:" is whoever asks, and no part of the turn before
        None if in_capitals && is_somebody(tree, lexicon, words.clone()) => {
            Some(Label { source: letters().next_back(), colon, capitals: false })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::reads;

    #[test]
    fn a_heading_with_a_colon_speaks_for_nobody() {
        reads(
            "FISHING LIMITS: Norway rejected the plan.\n\nPORTS AND SAFETY: Chile proposed a truce.",
            &["actual reject [norway] ‹the plan›", "actual propose [chile] ‹a truce›"],
        );
    }

    #[test]
    fn labels_with_a_role_a_state_or_a_task() {
        reads(
            "MR HALE: We reject the map.\n\nRosa Inder, foreign minister: I demand a survey.",
            &["actual reject [hale] ‹the map›", "actual demand [rosa-inder] ‹a survey›"],
        );
        reads(
            "Q: Prime Minister Carney, do you accept the map?\n\nA: We reject the map.",
            &[
                "unrealised accept [mark-carney] ‹the map› source [reporter]",
                "actual reject [canada] ‹the map› source [mark-carney]",
            ],
        );
    }

    #[test]
    fn whoever_is_interviewed_answers() {
        reads(
            "The mediator Asta Reed spoke to us.\n\nQ: Did they reject it?\n\nA: Norway rejected the map. I proposed a list.",
            &[
                "actual consult [asta-reed]",
                "unrealised reject [“they”] ‹it› source [reporter]",
                "actual reject [norway] ‹the map› source [asta-reed]",
                "actual propose [asta-reed] ‹a list›",
            ],
        );
    }

    #[test]
    fn a_label_behind_the_time() {
        reads(
            "[00:03:12] HALE: Welcome.\n\n[00:03:20] REED: We reject the plan.",
            &["actual reject [reed] ‹the plan›"],
        );
    }

    #[test]
    fn whoever_speaks_of_himself_or_twice_is_no_heading() {
        reads(
            "CHILE: We reject the plan.\n\nPORTS: Norway proposed a truce.",
            &["actual reject [chile] ‹the plan›", "actual propose [norway] ‹a truce›"],
        );
    }
}

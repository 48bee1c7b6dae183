//! Words of a question that nothing is known of, and what may have been meant.

use std::collections::{BTreeMap, HashSet};

use crate::annotate::{Annotator, Upos};
use crate::extract::Lexicon;
use crate::graph::Graph;
use crate::ontology::Family;

use super::Asking;
use super::words::{alike, words};

/// Shorter words are too like too many others.
const SHORTEST: usize = 4;

/// A question with slips in everyday words put right; a word of the language is one only after the
/// first ("what dose he want").
pub(super) fn without_slips(
    question: &str,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
) -> String {
    let put_right = |(at, word): (usize, &str)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = bare.to_lowercase();
        let may = at == 1 || !annotator.is_common(&folded);
        let may = may && (at == 0 || bare == folded);
        let mut slips = lexicon.ontology.classes_of(Family::Slip);
        match slips.find(|class| may && class.has(&folded)) {
            Some(meant) => word.replacen(bare, &meant.value, 1),
            None => word.to_owned(),
        }
    };
    question.split_whitespace().enumerate().map(put_right).collect::<Vec<_>>().join(" ")
}

/// A question that has names of the graph in small letters, with them as they are written.
pub(super) fn in_capitals(graph: &Graph, annotator: &Annotator, question: &str) -> Option<String> {
    let asked: Vec<&str> = question.split_whitespace().collect();
    let bare = |word: &str| words(word).join(" ");
    let folded: Vec<String> = asked.iter().map(|word| bare(word)).collect();
    let mut written: Vec<String> = asked.iter().map(|word| (*word).to_owned()).collect();
    for actor in &graph.corpus().actors {
        // either form ends with the last word, and few names of a large graph have it
        let ends = actor.label.split_whitespace().next_back().map(bare);
        if ends.is_none_or(|end| !folded.contains(&end)) {
            continue;
        }
        let name: Vec<&str> = actor.label.split_whitespace().collect();
        if !name.iter().all(|word| word.starts_with(char::is_uppercase)) {
            continue;
        }
        let parts: Vec<String> = name.iter().map(|word| bare(word)).collect();
        let last = parts.len().saturating_sub(1);
        let last_alone = last..parts.len();
        for part in [0..parts.len(), last_alone] {
            let wish = &parts[part.clone()];
            // words that the language has, too, may be meant as such
            if wish.iter().all(|word| annotator.is_common(word)) {
                continue;
            }
            for at in 0..(asked.len() + 1).saturating_sub(wish.len()) {
                if folded[at..at + wish.len()] != *wish {
                    continue;
                }
                for (place, word) in (at..at + wish.len()).zip(&name[part.clone()]) {
                    if written[place].starts_with(char::is_lowercase) && written[place].is_ascii() {
                        let own = &written[place];
                        let first = word.chars().next().into_iter();
                        written[place] = first.chain(own.chars().skip(1)).collect();
                    }
                }
            }
        }
    }
    let written = written.join(" ");
    (written != asked.join(" ")).then_some(written)
}

impl Asking<'_> {
    /// The words of a question that neither texts nor lists have, and the question with
    /// those of them put right that are like a known one.
    pub(super) fn misspelled(&self, question: &str) -> (Vec<String>, Option<String>) {
        let known = self.vocabulary();
        let is_known = |word: &str| {
            let folded = words(word);
            folded.iter().all(|part| {
                part.chars().count() < SHORTEST
                    || part.chars().any(|c| c.is_ascii_digit())
                    || known.contains_key(part)
                    || known
                        .range(super::words::beginning(part).to_owned()..)
                        .take_while(|(k, _)| k.starts_with(super::words::beginning(part)))
                        .any(|(k, _)| is_inflected(k, part))
            })
        };
        let mut unknown: Vec<String> = Vec::new();
        let mut meant = question.to_owned();
        let mut corrected = false;
        for word in &self.form.words {
            if matches!(word.upos, Upos::Punct | Upos::Sym | Upos::Num)
                || is_known(&word.form)
                || is_known(&word.lemma)
                // a word of the language is no slip, though no text here has it
                || self.annotator.is_common(&word.form.to_lowercase())
                || unknown.contains(&word.form)
            {
                continue;
            }
            unknown.push(word.form.clone());
            if let Some(like) = nearest_word(&words(&word.form).join(""), &known) {
                meant = meant.replacen(&word.form, like, 1);
                corrected = true;
            }
        }
        (unknown, corrected.then_some(meant))
    }

    /// Every word that the graph, its texts or the ontology have, with how it is written.
    fn vocabulary(&self) -> BTreeMap<String, (u8, String)> {
        let mut known: BTreeMap<String, (u8, String)> = BTreeMap::new();
        let mut add = |text: &str, rank: u8| {
            for word in split(text) {
                let folded = words(word).join("");
                let known = known.entry(folded).or_insert_with(|| (rank, word.to_owned()));
                if rank < known.0 {
                    *known = (rank, word.to_owned());
                }
            }
        };
        let (corpus, ontology) = (self.graph.corpus(), self.lexicon.ontology);
        // names of the graph are meant first, then the words of its texts
        for actor in &corpus.actors {
            add(&actor.label, 0);
            actor.names.iter().for_each(|(name, _)| add(name, 0));
        }
        // each word once, as it is written in small letters, where it is
        let texts = corpus.documents.iter();
        let distinct: HashSet<&str> = texts.flat_map(|d| split(&d.text)).collect();
        let mut distinct: Vec<&str> = distinct.into_iter().collect();
        distinct.sort_unstable_by(|a, b| b.cmp(a));
        distinct.into_iter().for_each(|word| add(word, 1));
        ontology.class_words().for_each(|word| add(word, 2));
        for trigger in &ontology.triggers {
            trigger.words.iter().for_each(|word| add(word, 2));
        }
        for issue in &ontology.issues {
            issue.words.iter().for_each(|word| add(word, 3));
        }
        for actor in &ontology.actors {
            add(&actor.label, 3);
            actor.names.iter().for_each(|name| add(name, 3));
        }
        known.remove("");
        known
    }
}

/// The words of a text as they are written.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
}

/// Is one a form of the other with an ending that only grammar gives?
fn is_inflected(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let endings = ["s", "es", "d", "ed", "ing", "er", "ers", "ly", "ion", "al"];
    alike(a, b)
        && (endings.iter().any(|e| long.strip_suffix(e) == Some(short))
            || short.strip_suffix(['e', 'y']).is_some_and(|stem| {
                ["ing", "ies", "ied", "ion", "al"]
                    .iter()
                    .any(|e| long.strip_suffix(e) == Some(stem))
            }))
}

/// The known word that is most like one: a slip of one letter, of two in long words. A letter that
/// stands once instead of twice, or twice instead of once, is the likeliest.
fn nearest_word<'k>(word: &str, known: &'k BTreeMap<String, (u8, String)>) -> Option<&'k str> {
    let slips = if word.chars().count() > 5 { 2 } else { 1 };
    let like = known.iter().filter_map(|(folded, (rank, written))| {
        let apart = folded.len().abs_diff(word.len());
        if apart > slips || folded.chars().count() < SHORTEST {
            return None;
        }
        let distance = strsim::damerau_levenshtein(word, folded);
        let begins = folded.chars().next() == word.chars().next();
        (distance > 0 && distance <= slips && (begins || distance == 1))
            .then(|| (distance, !begins, single(word) != single(folded), *rank, written))
    });
    like.min().map(|(_, _, _, _, written)| written.as_str())
}

/// A word with each letter once that stands there twice on end.
fn single(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_and_another_word_does_not() {
        let known: BTreeMap<String, (u8, String)> = [("quill", 0), ("proposed", 1), ("offer", 2)]
            .map(|(word, rank)| (word.to_owned(), (rank, word.to_owned())))
            .into();
        assert_eq!(nearest_word("quil", &known), Some("quill"));
        assert_eq!(nearest_word("propsed", &known), Some("proposed"));
        assert_eq!(nearest_word("merkel", &known), None);
        let known: BTreeMap<String, (u8, String)> =
            ["later", "letter"].map(|word| (word.to_owned(), (1, word.to_owned()))).into();
        assert_eq!(nearest_word("leter", &known), Some("letter"));
        assert_eq!(nearest_word("latr", &known), Some("later"));
    }

    #[test]
    fn forms_of_a_word_are_known() {
        for (a, b) in [("demand", "demanded"), ("propose", "proposing"), ("treaty", "treaties")] {
            assert!(is_inflected(a, b), "{a} {b}");
        }
        assert!(!is_inflected("lindqvist", "lindquist"));
    }
}

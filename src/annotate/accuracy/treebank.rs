//! From raw text to trees, against treebanks of Universal Dependencies.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::conllu::{self, TreebankDocument, TreebankSentence};
use super::{AccuracyError, Score};
use crate::annotate::{Annotation, Annotator};
use crate::corpus::{Span, Text};

/// How well raw text is cut, tagged and parsed. A word counts when its characters
/// are those of a gold word; it is right in `upos` and so on when it counts and
/// agrees there (CoNLL 2018 shared task).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TreebankAccuracy {
    /// Documents measured.
    pub documents: usize,
    /// Documents left out because their words are not found in their text.
    pub skipped: usize,
    /// Sentences with the same characters.
    pub sentences: Score,
    /// Words with the same characters.
    pub words: Score,
    /// Universal part of speech.
    pub upos: Score,
    /// Penn Treebank tag.
    pub xpos: Score,
    /// Lemma, letter case included.
    pub lemma: Score,
    /// Head.
    pub uas: Score,
    /// Head and relation with subtype.
    pub las: Score,
}

impl TreebankAccuracy {
    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.skipped += other.skipped;
        self.sentences.add(other.sentences);
        self.words.add(other.words);
        self.upos.add(other.upos);
        self.xpos.add(other.xpos);
        self.lemma.add(other.lemma);
        self.uas.add(other.uas);
        self.las.add(other.las);
    }
}

impl fmt::Display for TreebankAccuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} documents, {} left out", self.documents, self.skipped)?;
        let rows = [
            ("sentences", self.sentences),
            ("words", self.words),
            ("UPOS", self.upos),
            ("XPOS", self.xpos),
            ("lemma", self.lemma),
            ("UAS", self.uas),
            ("LAS", self.las),
        ];
        for (name, score) in rows {
            writeln!(f, "{name:10} {score}")?;
        }
        Ok(())
    }
}

/// Accuracy on raw text that was put together in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TreebankReport {
    /// With paragraphs where the treebank has them.
    pub marked: TreebankAccuracy,
    /// With paragraphs one sentence late where `# newpar` follows another comment
    /// of its sentence, as in EWT: the reading that the model's first published
    /// numbers were measured with, kept to compare with them.
    pub late: TreebankAccuracy,
}

impl fmt::Display for TreebankReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw text, paragraphs as marked: {}", self.marked)?;
        write!(f, "Raw text, paragraphs as in the reference measurement: {}", self.late)
    }
}

/// Measures on the raw text of CoNLL-U files, which is put together from the
/// texts of their sentences (a space between two, an empty line before a
/// paragraph).
///
/// # Errors
/// When a file cannot be read or is no CoNLL-U, or when there is none.
pub fn treebank(annotator: &Annotator, files: &[PathBuf]) -> Result<TreebankReport, AccuracyError> {
    let mut documents = Vec::new();
    for file in files {
        documents.extend(conllu::read(file)?);
    }
    if documents.is_empty() {
        let path = files.first().map_or_else(|| Path::new(".").to_owned(), Clone::clone);
        return Err(AccuracyError::Empty { path, expected: "a treebank in CoNLL-U is needed" });
    }
    type Paragraph = fn(&TreebankSentence) -> bool;
    let accuracy = |paragraph: Paragraph| {
        let measure = |document| measure(annotator, document, paragraph);
        let each: Vec<_> = annotator.install(|| documents.par_iter().map(measure).collect());
        each.iter().fold(TreebankAccuracy::default(), |mut all, accuracy| {
            all.add(accuracy);
            all
        })
    };
    Ok(TreebankReport {
        marked: accuracy(|sentence| sentence.paragraph),
        late: accuracy(|sentence| sentence.late_paragraph),
    })
}

/// A word as the treebank has it.
struct GoldWord<'a> {
    upos: &'a str,
    xpos: &'a str,
    lemma: &'a str,
    head: Option<Span>,
    deprel: &'a str,
}

fn measure(
    annotator: &Annotator,
    document: &TreebankDocument,
    paragraph: fn(&TreebankSentence) -> bool,
) -> TreebankAccuracy {
    let mut text = String::new();
    let mut length = 0;
    let mut sentences = Vec::new();
    let mut gold = BTreeMap::new();
    for sentence in &document.sentences {
        if !text.is_empty() {
            let gap = if paragraph(sentence) { "\n\n" } else { " " };
            text.push_str(gap);
            length += gap.len();
        }
        let Some(spans) = word_spans(sentence, length) else {
            return TreebankAccuracy { skipped: 1, ..TreebankAccuracy::default() };
        };
        for (word, span) in sentence.words.iter().zip(&spans) {
            let gold_word = GoldWord {
                upos: &word.upos,
                xpos: &word.xpos,
                lemma: &word.lemma,
                head: word.head.and_then(|head| spans.get(head).copied()),
                deprel: &word.deprel,
            };
            gold.insert(*span, gold_word);
        }
        sentences.extend(spans.first().zip(spans.last()).map(|(a, z)| a.cover(*z)));
        text.push_str(&sentence.text);
        length += sentence.text.chars().count();
    }
    compare(&annotator.annotate(&Text::new(text)), &gold, &sentences)
}

/// Where the words of a sentence stand in its text, which begins at `offset`;
/// `None` when they do not.
fn word_spans(sentence: &TreebankSentence, offset: usize) -> Option<Vec<Span>> {
    /// Characters that may stand between two words of a sentence.
    const WIDEST_GAP: usize = 3;
    let text: Vec<char> = sentence.text.chars().collect();
    let find = |form: &str, from: usize| {
        let form: Vec<char> = form.chars().collect();
        (from..=from + WIDEST_GAP).find(|at| text.get(*at..at + form.len()) == Some(&form[..]))
    };
    let mut spans = Vec::with_capacity(sentence.words.len());
    let mut at = 0;
    let mut word = 0;
    while word < sentence.words.len() {
        let compound = sentence.compounds.iter().find(|(first, _, _)| *first == word);
        let form = compound.map_or(sentence.words[word].form.as_str(), |(_, _, form)| form);
        let start = find(form, at)?;
        let end = start + form.chars().count();
        let last = compound.map_or(word + 1, |(_, last, _)| *last);
        let parts = sentence.words.get(word..last)?;
        let lengths: Vec<usize> = parts.iter().map(|part| part.form.chars().count()).collect();
        if parts.iter().map(|part| part.form.as_str()).collect::<String>() == form {
            let mut from = start;
            for length in lengths {
                spans.push(Span::new(offset + from, offset + from + length));
                from += length;
            }
        } else {
            // Parts that are not as written ("wanna", "want to") share its place.
            spans.extend(parts.iter().map(|_| Span::new(offset + start, offset + end)));
        }
        at = end;
        word = last;
    }
    Some(spans)
}

fn compare(
    annotation: &Annotation,
    gold: &BTreeMap<Span, GoldWord<'_>>,
    sentences: &[Span],
) -> TreebankAccuracy {
    let words = Score { right: 0, found: annotation.words.len(), gold: gold.len() };
    let mut accuracy = TreebankAccuracy {
        documents: 1,
        skipped: 0,
        sentences: Score { right: 0, found: annotation.sentences.len(), gold: sentences.len() },
        words,
        upos: words,
        xpos: words,
        lemma: words,
        uas: words,
        las: words,
    };
    for sentence in &annotation.sentences {
        let same = sentences.binary_search(&annotation.span(sentence.clone())).is_ok();
        accuracy.sentences.right += usize::from(same);
    }
    for word in &annotation.words {
        let Some(gold) = gold.get(&word.span) else { continue };
        let head = word.head.map(|head| annotation.words[head].span) == gold.head;
        accuracy.words.right += 1;
        accuracy.upos.right += usize::from(word.upos.as_str() == gold.upos);
        accuracy.xpos.right += usize::from(word.xpos == gold.xpos);
        accuracy.lemma.right += usize::from(word.lemma == gold.lemma);
        accuracy.uas.right += usize::from(head);
        accuracy.las.right += usize::from(head && word.deprel.as_str() == gold.deprel);
    }
    accuracy
}

#[cfg(test)]
mod tests {
    use super::super::conllu::TreebankWord;
    use super::*;

    fn sentence(text: &str, forms: &[&str]) -> TreebankSentence {
        let word = |form: &&str| TreebankWord {
            form: (*form).to_owned(),
            lemma: "_".to_owned(),
            upos: "X".to_owned(),
            xpos: "X".to_owned(),
            head: None,
            deprel: "root".to_owned(),
        };
        let words = forms.iter().map(word).collect();
        TreebankSentence { text: text.to_owned(), words, ..TreebankSentence::default() }
    }

    #[test]
    fn words_are_found_in_their_text() {
        let mut sentence = sentence("I don't wanna.", &["I", "do", "n't", "want", "to", "."]);
        sentence.compounds = vec![(1, 3, "don't".to_owned()), (3, 5, "wanna".to_owned())];
        let spans: Vec<_> =
            word_spans(&sentence, 10).unwrap().iter().map(|s| (s.start, s.end)).collect();
        assert_eq!(spans, [(10, 11), (12, 14), (14, 17), (18, 23), (18, 23), (23, 24)]);
    }

    #[test]
    fn words_that_are_not_there_are_not_found() {
        assert_eq!(word_spans(&sentence("a b", &["a", "c"]), 0), None);
    }
}

//! What the texts of a graph use and the ontology lacks: actors, verbs and issues, as Turtle that
//! can be put into a file of one's own, with how often each is met and a sentence that has it.
//!
//! | file | what it finds |
//! | --- | --- |
//! | `actors` | those of the graph's actors whom no file describes |
//! | `verbs` | verbs that names are the subject of and that name no act |
//! | `issues` | what claims are about and no issue names |
//! | `turtle` | all of it written out |

mod actors;
mod issues;
mod turtle;
mod verbs;

pub use turtle::write;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::annotate::{Annotation, Annotator};
use crate::corpus::{Document, Span};
use crate::extract::Lexicon;
use crate::resolve::{Corpus, DocumentRecord};

/// All that is suggested, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// Actors.
    pub actors: Vec<NewActor>,
    /// Verbs.
    pub verbs: Vec<NewVerb>,
    /// Issues.
    pub issues: Vec<NewIssue>,
}

/// How often something is met, and where first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// How often.
    pub times: usize,
    /// In how many documents.
    pub documents: usize,
    /// A sentence that has it.
    pub sentence: String,
    /// The document of the sentence.
    pub document: String,
}

/// An actor of the graph whom no file describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActor {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Its class: `Person`, `Organisation` ….
    pub kind: String,
    /// Other names.
    pub names: Vec<String>,
    /// The claims in which it has a part.
    pub met: Met,
}

/// A verb that no entry knows.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVerb {
    /// Its lemma.
    pub lemma: String,
    /// The act that the network sees in it most often, and how often.
    pub act: Option<(String, usize)>,
    /// Id of the frame that fits how it is used.
    pub frame: &'static str,
    /// Its sentences.
    pub met: Met,
}

/// Words that claims are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssue {
    /// Lemmas, as issues are named by.
    pub words: String,
    /// The claims that are about them.
    pub met: Met,
}

/// A document that has been annotated, with words where they stand in its text.
struct Read<'a> {
    record: &'a DocumentRecord,
    annotation: Annotation,
}

impl Read<'_> {
    /// The sentence that holds a word, on one line.
    fn sentence(&self, word: usize) -> String {
        let words = self.annotation.sentences[self.annotation.sentence_of(word)].clone();
        slice(&self.record.text, self.annotation.span(words))
    }
}

/// Words of a text on one line.
fn slice(text: &str, span: Span) -> String {
    let words: String =
        text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where something was met so far.
#[derive(Debug, Clone, Default)]
struct Tally<'a> {
    times: usize,
    documents: BTreeSet<&'a str>,
    first: Option<(String, &'a str)>,
}

impl<'a> Tally<'a> {
    fn meet(&mut self, document: &'a str, sentence: impl FnOnce() -> String) {
        self.times += 1;
        self.documents.insert(document);
        self.first.get_or_insert_with(|| (sentence(), document));
    }

    fn met(self) -> Met {
        let (sentence, document) = self.first.unwrap_or_default();
        let (times, documents) = (self.times, self.documents.len());
        Met { times, documents, sentence, document: document.to_owned() }
    }
}

/// Looks through a corpus and its texts, which are annotated again, in parallel. What is met less
/// than `least` times is left out. The result does not depend on the number of threads.
pub fn suggest(
    corpus: &Corpus,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    least: usize,
) -> Suggestions {
    let documents: Vec<Read<'_>> = annotator
        .install(|| corpus.documents.par_iter().map(|it| annotated(it, annotator)).collect());
    Suggestions {
        actors: actors::unknown(corpus, lexicon.ontology, least),
        verbs: verbs::unknown(&documents, lexicon, least),
        issues: issues::unknown(corpus, &documents, lexicon, least),
    }
}

fn annotated<'a>(record: &'a DocumentRecord, annotator: &Annotator) -> Read<'a> {
    let document = Document::new(record.id.as_str(), record.text.as_str());
    let page = annotator.page_of_words(&document);
    let annotation = annotator.annotate(&page.document.text).as_written(&page);
    Read { record, annotation }
}

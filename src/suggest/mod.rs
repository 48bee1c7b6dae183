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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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

    /// The sentence in which the character of this offset stands, on one line.
    fn sentence_at(&self, offset: usize) -> String {
        let words = &self.annotation.words;
        let word = words.partition_point(|it| it.span.end <= offset);
        if words.is_empty() { String::new() } else { self.sentence(word.min(words.len() - 1)) }
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
        actors: actors::unknown(corpus, &documents, lexicon.ontology, least),
        verbs: verbs::unknown(&documents, lexicon, |lemma| annotator.is_verb(lemma), least),
        issues: issues::unknown(corpus, &documents, lexicon, least),
    }
}

fn annotated<'a>(record: &'a DocumentRecord, annotator: &Annotator) -> Read<'a> {
    let document = Document::new(record.id.as_str(), record.text.as_str());
    let page = annotator.page_of_words(&document);
    let annotation = annotator.annotate(&page.document.text).as_written(&page);
    Read { record, annotation }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::ontology::Ontology;

    fn suggested(corpus: &Corpus, ontology: &Ontology, least: usize) -> Suggestions {
        let annotator = Annotator::embedded().unwrap();
        suggest(corpus, &Lexicon::new(ontology), &annotator, least)
    }

    #[test]
    fn only_actors_whom_no_file_describes_are_suggested_each_with_a_sentence_that_names_it() {
        let corpus = fixture::corpus();
        let all = suggested(&corpus, &Ontology::default(), 1).actors;
        assert!(all.iter().any(|it| it.id == "vladimir-putin" && it.kind == "Person"));
        assert!(all.is_sorted_by_key(|it| std::cmp::Reverse(it.met.times)));
        for actor in &all {
            let known = corpus.actors.iter().find(|it| it.id == actor.id).unwrap();
            let mut names = known.names.iter().map(|(name, _)| name).chain([&actor.label]);
            let sentence = &actor.met.sentence;
            assert!(names.any(|name| sentence.contains(name.as_str())), "{actor:?}");
            let text = &corpus.document(&actor.met.document).unwrap().text;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(sentence.as_str()), "{actor:?}");
        }
        let shipped = suggested(&corpus, &Ontology::shipped().unwrap(), 1).actors;
        assert!(shipped.iter().all(|it| it.id != "vladimir-putin"), "{shipped:?}");
        assert!(suggested(&corpus, &Ontology::default(), 1000).actors.is_empty());
    }

    #[test]
    fn a_lemma_that_is_guessed_and_no_word_is_left_out() {
        let text = "Vladimir Putin froze the talks. Donald Trump staked his name. \
                    Vladimir Putin outwits the envoys.";
        let record = DocumentRecord { id: "a".into(), text: text.into(), ..Default::default() };
        let corpus = Corpus { documents: vec![record], ..Corpus::default() };
        let verbs = suggested(&corpus, &Ontology::default(), 1).verbs;
        let lemmas: Vec<&str> = verbs.iter().map(|it| it.lemma.as_str()).collect();
        assert!(lemmas.contains(&"outwit"), "{lemmas:?}");
        let annotator = Annotator::embedded().unwrap();
        for lemma in lemmas {
            assert!(lemma == "outwit" || annotator.is_verb(lemma), "{lemma}");
        }
    }
}

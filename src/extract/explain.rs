//! Why a sentence gave the claims that it gave: its tree, who is meant where, whose
//! words it is in, and which entries of the lexicon fired or nearly fired.

use std::fmt;

use super::claim::Claim;
use super::evoked::Near;
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::{Reader, read_word};
use crate::annotate::{Annotation, Sighting, Stretch};
use crate::corpus::Document;

/// Chance from which on a sighting is told.
const TOLD: f32 = 0.2;

/// What the extractor sees in one sentence.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Explanation {
    /// The sentence.
    pub text: String,
    /// One line a word.
    pub words: Vec<WordSight>,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// What the extractor sees in one word.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct WordSight {
    /// Number in the sentence, from 1.
    pub number: usize,
    /// The word.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Part of speech.
    pub upos: &'static str,
    /// Number of its head in the sentence; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub deprel: &'static str,
    /// Who is meant by the phrase that it heads.
    pub meant: Vec<String>,
    /// In whose words it stands, innermost first.
    pub speakers: Vec<String>,
    /// Entries of the lexicon for its lemma, and whether they fire.
    pub entries: Vec<String>,
    /// Acts that the network sees at a trigger that begins here, with their chance and the
    /// words of the roles.
    pub sightings: Vec<String>,
}

/// Explains every sentence of a document.
pub fn explain(
    document: &Document,
    annotation: &Annotation,
    lexicon: &Lexicon<'_>,
) -> Vec<Explanation> {
    let reader = Reader::new(document, annotation, lexicon);
    let reading = reader.reading();
    let claims = super::extract(document, annotation, lexicon);
    // talks are remembered from front to back, as in extraction
    for word in 0..reading.tree.len() {
        if let Some(candidate) = read_word(&reading, word) {
            reading.remember(&candidate);
        }
    }
    annotation
        .sentences
        .iter()
        .filter(|s| !s.is_empty())
        .map(|sentence| {
            let span = annotation.span(sentence.clone());
            Explanation {
                text: document.text.slice(span).to_owned(),
                words: sentence.clone().map(|w| sight(&reading, sentence.start, w)).collect(),
                claims: claims
                    .iter()
                    .filter(|c| span.contains(c.trigger_span()))
                    .cloned()
                    .collect(),
            }
        })
        .collect()
}

fn sight(reading: &Reading<'_>, first: usize, word: usize) -> WordSight {
    let tree = reading.tree;
    let near = reading.lexicon.near(&reading.slots(), word);
    WordSight {
        number: word - first + 1,
        form: tree.word(word).form.clone(),
        lemma: tree.lemma(word).to_owned(),
        upos: tree.upos(word).as_str(),
        head: tree.head(word).map_or(0, |h| h - first + 1),
        deprel: tree.deprel(word).as_str(),
        meant: reading.who.one(word).iter().map(super::who::Referent::key).collect(),
        speakers: reading
            .speech
            .of(word)
            .iter()
            .map(|s| format!("{} ({})", tree.word(s.source).form, tree.word(s.cue).form))
            .collect(),
        entries: near
            .iter()
            .map(|Near { trigger, verdict }| format!("{} {} {verdict}", trigger.id, trigger.act))
            .collect(),
        sightings: tree
            .annotation()
            .sightings
            .iter()
            .filter(|s| s.trigger.start == word && s.chance >= TOLD)
            .map(|s| sighted(reading, s))
            .collect(),
    }
}

/// A sighting on one line.
fn sighted(reading: &Reading<'_>, sighting: &Sighting) -> String {
    let words = |stretches: &[Stretch]| {
        let each = stretches.iter().map(|stretch| {
            let span = reading.tree.annotation().span(stretch.words.clone());
            format!("“{}” {:.2}", reading.document.text.slice(span), stretch.chance)
        });
        each.collect::<Vec<_>>().join(", ")
    };
    let mut line = format!("{} {:.2}", sighting.act, sighting.chance);
    for (role, stretches) in [
        ("by", sighting.agent.as_slice()),
        ("to", &sighting.addressee),
        ("about", sighting.matter.as_slice()),
        ("says", &sighting.source),
    ] {
        if !stretches.is_empty() {
            line.push_str(&format!(" {role} {}", words(stretches)));
        }
    }
    line
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for w in &self.words {
            write!(
                f,
                "{:>3} {:<16} {:<16} {:<6} {:>3} {:<11}",
                w.number, w.form, w.lemma, w.upos, w.head, w.deprel
            )?;
            if !w.meant.is_empty() {
                write!(f, " = {}", w.meant.join(", "))?;
            }
            if !w.speakers.is_empty() {
                write!(f, "  « {}", w.speakers.join(" « "))?;
            }
            writeln!(f)?;
            for entry in &w.entries {
                writeln!(f, "{:>20} {entry}", "·")?;
            }
            for sighting in &w.sightings {
                writeln!(f, "{:>20} {sighting}", "◇")?;
            }
        }
        for c in &self.claims {
            let names = |people: &[super::Participant]| {
                people
                    .iter()
                    .map(|p| p.label.clone().unwrap_or_else(|| format!("“{}”", p.text)))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            writeln!(
                f,
                "  ⇒ {} {} [{}] to [{}] source [{}] matter “{}” time {} by {}: {}",
                c.status.as_str(),
                c.act,
                names(&c.agent),
                names(&c.addressee),
                names(&c.source),
                c.matter.as_ref().map_or("", |m| m.text.as_str()),
                c.time.map_or_else(|| "–".to_owned(), |time| time.to_string()),
                c.extractor,
                c.quote
            )?;
        }
        Ok(())
    }
}

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::when::When;
use crate::corpus::{Span, Text};
use crate::named::named;

named! {
    /// Is the act asserted as done, as not done, or neither?
    pub enum Status {
        /// Asserted as done or holding.
        Actual = "actual",
        /// Asserted as not done.
        Negated = "negated",
        /// Future, conditional, possible, wished, asked or hypothetical.
        Unrealised = "unrealised",
    }
}

/// An actor in a role of a claim, and the words that name it there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Participant {
    /// Kebab-case of the preferred label; `None` while the words are unresolved.
    pub id: Option<String>,
    /// Preferred label of the actor.
    pub label: Option<String>,
    /// The words of the text.
    pub text: String,
}

impl Participant {
    /// What to call it: its label, or the words of the text while it is unresolved.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.text)
    }
}

/// What is proposed, demanded, accepted, said …, in the words of the claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterMention {
    /// The words.
    pub text: String,
    /// First character in the document.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The shared matter that the words denote, once resolved.
    pub id: Option<String>,
    /// Its label.
    pub label: Option<String>,
    /// Ids of the issues that the words name, most specific first.
    pub issues: Vec<String>,
    /// Ids of the actors that the words name, once resolved, where they name nothing else: the claim is
    /// on somebody, and its words are no matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
}

/// What an act depends on, in the words of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The words, with the one that says so: "if Sudan signs it".
    pub text: String,
    /// First character in the document.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl MatterMention {
    /// The words as somebody reads them: on one line, without soft hyphens and the targets of links
    /// (`[offer](http://a.example)`), and those that a hyphen cuts at the end of a line whole
    /// ("medi-ation" over two lines is "mediation"). O(n).
    pub fn aloud(&self) -> Cow<'_, str> {
        if let Some((before, rest)) = self.text.split_once("](")
            && let Some((_, behind)) = rest.split_once(')')
        {
            let text = format!("{}{behind}", before.replacen('[', "", 1));
            let whole = Self { text, ..self.clone() };
            return Cow::Owned(whole.aloud().into_owned());
        }
        if !self.text.contains(['\n', '\r', '\u{ad}']) {
            return Cow::Borrowed(&self.text);
        }
        let mut read = String::new();
        for line in self.text.lines() {
            let line: String = line.trim().chars().filter(|&c| c != '\u{ad}').collect();
            let cut = read.ends_with('-') && line.starts_with(char::is_lowercase);
            if cut && read.trim_end_matches('-').ends_with(char::is_alphabetic) {
                read.pop();
            } else if !read.is_empty() && !line.is_empty() {
                read.push(' ');
            }
            read.push_str(&line);
        }
        Cow::Owned(read)
    }

    /// The label of the matter, or where it has none the words.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.text)
    }
}

/// One sentence-level report that some agent performed some act.
///
/// Serialises to one line of `claims.jsonl`; the order of the fields is the order
/// of the keys there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable id: made from document, act, and place in the text.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// First character of `quote` in the document's text (Unicode scalar values).
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The words that carry the claim: `text[start..end]`, always.
    pub quote: String,
    /// The words that name the act.
    pub trigger: String,
    /// First character of the trigger.
    pub trigger_start: usize,
    /// One past its last character.
    pub trigger_end: usize,
    /// Id of the act in the ontology (`propose`).
    pub act: String,
    /// Done, not done, or neither.
    pub status: Status,
    /// Who performs the act.
    pub agent: Vec<Participant>,
    /// Towards whom.
    pub addressee: Vec<Participant>,
    /// Who reports it, if not the document's author.
    pub source: Vec<Participant>,
    /// Reporters between author and source, outermost first.
    pub via: Vec<Participant>,
    /// What the act is about.
    pub matter: Option<MatterMention>,
    /// What the act depends on, where its sentence says so. No part of `quote`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// When it was or is to be.
    pub time: Option<When>,
    /// Share of claims of this kind that are right, as measured on the gold, 0 to 1.
    pub confidence: f64,
    /// What found it: a construction of the rules (`rules:passive`), the network (`model`),
    /// or both (`rules:passive+model`).
    pub extractor: String,
    /// What the two that look for claims think of it.
    #[serde(default)]
    pub evidence: Evidence,
}

/// How the rules and the network see one claim.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// Chance that the network gives to this act at this trigger, 0 to 1, to three places.
    pub model: f64,
    /// The greatest chance that it gives to another act there.
    pub other: f64,
    /// Mean chance that it gives to the words of the agent; of no agent 0.
    pub agent_model: f64,
    /// Chance that it gives to the status that it finds likeliest.
    pub status_model: f64,
    /// Who found the agent.
    pub agent: Agreement,
    /// Who found the status.
    pub status: Agreement,
    /// Did an entry of the user's ontology find it? The network cannot have learned that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taught: bool,
}

named! {
    /// What rules and network say of one part of a claim.
    #[derive(Default)]
    pub enum Agreement {
        /// Neither says anything.
        #[default]
        Neither = "neither",
        /// Only the rules say something.
        Rules = "rules",
        /// Only the network says something.
        Model = "model",
        /// Both say the same.
        Both = "both",
        /// Each says something else.
        Differ = "differ",
    }
}

impl Claim {
    /// Everybody who has a part in it: agents, addressees, sources and those between, in this
    /// order.
    pub fn participants(&self) -> impl Iterator<Item = &Participant> {
        [&self.agent, &self.addressee, &self.source, &self.via].into_iter().flatten()
    }

    /// As [`Claim::participants`], to be changed.
    pub fn participants_mut(&mut self) -> impl Iterator<Item = &mut Participant> {
        let Self { agent, addressee, source, via, .. } = self;
        [agent, addressee, source, via].into_iter().flatten()
    }

    /// Who reports it: the source, then those between it and the document's author.
    pub fn reporters(&self) -> impl Iterator<Item = &Participant> {
        self.source.iter().chain(&self.via)
    }

    /// Does somebody else than the document's author say it?
    pub fn is_reported(&self) -> bool {
        self.reporters().next().is_some()
    }

    /// Where the quote stands.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// What does not stand in the text where the claim says, in words.
    pub fn misplaced(&self, text: &Text) -> Option<String> {
        let matter = self.matter.as_ref().map(|m| ("matter", m.start, m.end, m.text.as_str()));
        [
            ("quote", self.start, self.end, self.quote.as_str()),
            ("trigger", self.trigger_start, self.trigger_end, self.trigger.as_str()),
        ]
        .into_iter()
        .chain(matter)
        .find_map(|(what, start, end, words)| {
            let inside = start <= end && end <= text.len();
            let found = inside.then(|| text.slice(Span::new(start, end)));
            (found != Some(words)).then(|| match found {
                Some(found) => format!(
                    "claim {}: {what} {words:?} is not what document {} has at {start}..{end}, \
                     {found:?}",
                    self.id, self.document
                ),
                None => format!(
                    "claim {}: {what} at {start}..{end} reaches past the {} characters of document {}",
                    self.id,
                    text.len(),
                    self.document
                ),
            })
        })
    }

    /// The order of claims in a document: by quote, trigger and act.
    pub(super) fn by_place(&self, other: &Self) -> Ordering {
        let place = |claim: &Self| (claim.start, claim.trigger_start, claim.end);
        place(self).cmp(&place(other)).then_with(|| self.act.cmp(&other.act))
    }

    /// Where the trigger stands.
    pub fn trigger_span(&self) -> Span {
        Span::new(self.trigger_start, self.trigger_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_at_a_line_end_are_read_whole() {
        let of = |text: &str| MatterMention {
            text: text.to_owned(),
            end: text.chars().count(),
            ..MatterMention::default()
        };
        assert_eq!(of("medi-\n ation by the\nUnion").aloud(), "mediation by the Union");
        assert_eq!(of("a re\u{ad}turn").aloud(), "a return");
        assert_eq!(
            of("the [offer](http://a.example/b) of [boats](c)").aloud(),
            "the offer of boats"
        );
        assert_eq!(of("talks -\nand aid").aloud(), "talks - and aid");
        assert_eq!(of("the Israeli-\nPalestinian talks").aloud(), "the Israeli- Palestinian talks");
        assert!(matches!(of("a return").aloud(), Cow::Borrowed("a return")));
    }
}

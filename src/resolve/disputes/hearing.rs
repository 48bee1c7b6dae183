//! What every rule asks of a claim: who tells it, of which sides, and when.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::annotate::sentence_around;
use crate::corpus::byte_of;
use crate::extract::{Claim, Participant, Status};
use crate::ontology::{KeyAct, WordClass, kebab};
use crate::resolve::corpus::{Dispute, DisputeKind, DocumentRecord, Matter, Side};
use crate::resolve::knowledge::Knowledge;
use crate::resolve::words::words;

/// Days between two texts whose reports of one thing can contradict; farther apart,
/// minds may have changed.
const DAYS: i32 = 7;

/// Claims that something is so, and claims that it is not.
pub(super) type YesAndNo<'c> = (Vec<&'c Claim>, Vec<&'c Claim>);

/// Who tells what a claim says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// Somebody who is quoted, by name.
    Speaker(String),
    /// A document that says it itself, by its id.
    Document(String),
}

/// Everything that the rules look at.
pub(crate) struct Hearing<'a> {
    /// All claims, resolved.
    pub claims: &'a [Claim],
    /// All documents, by id: they are asked for with every claim.
    pub documents: HashMap<&'a str, &'a DocumentRecord>,
    /// All matters.
    pub matters: &'a [Matter],
    /// Whom actors act for.
    pub acts_for: &'a BTreeMap<String, String>,
    /// The ontology.
    pub knowledge: &'a Knowledge<'a>,
}

impl<'a> Hearing<'a> {
    /// Who says it: the source, else who states it or accuses; nobody if the
    /// document does.
    pub(crate) fn speakers<'c>(&self, claim: &'c Claim) -> &'c [Participant] {
        if !claim.source.is_empty() {
            &claim.source
        } else if claim.act == KeyAct::State || claim.act == KeyAct::Accuse {
            &claim.agent
        } else {
            &[]
        }
    }

    /// As [`speakers`](Self::speakers); where nobody is quoted, the document.
    fn voices(&self, claim: &Claim) -> BTreeSet<Voice> {
        let speakers = self.speakers(claim);
        if speakers.is_empty() {
            return BTreeSet::from([Voice::Document(claim.document.clone())]);
        }
        speakers.iter().map(|s| Voice::Speaker(s.name().to_owned())).collect()
    }

    /// Voice as it is shown: of a document its author, if known, else no words.
    fn shown(&self, voice: &Voice) -> String {
        match voice {
            Voice::Speaker(name) => name.clone(),
            Voice::Document(id) => {
                self.document(id).and_then(|d| d.author.clone()).unwrap_or_default()
            }
        }
    }

    /// The record of a document.
    pub(crate) fn document(&self, id: &str) -> Option<&'a DocumentRecord> {
        self.documents.get(id).copied()
    }

    /// The sides for which these participants stand: a president and his state are one.
    pub(crate) fn powers(&self, participants: &[Participant]) -> BTreeSet<String> {
        let ids = participants.iter().filter_map(|a| a.id.as_ref());
        ids.map(|id| self.knowledge.power(id, self.acts_for)).collect()
    }

    /// The sides for which those speak who say it.
    pub(crate) fn told_by(&self, claim: &Claim) -> BTreeSet<String> {
        self.powers(self.speakers(claim))
    }

    fn date(&self, claim: &Claim) -> Option<Date> {
        self.document(&claim.document)?.date.as_ref()?.parse().ok()
    }

    /// Those claims whose texts lie within a week of one of the others'; a text
    /// without a date is near to all. O(n log n).
    pub(crate) fn near<'c>(&self, claims: &[&'c Claim], others: &[&Claim]) -> Vec<&'c Claim> {
        let days: BTreeSet<Option<Date>> = others.iter().map(|c| self.date(c)).collect();
        let is_near = |claim: &&&Claim| {
            let Some(date) = self.date(claim) else { return !days.is_empty() };
            let week = DAYS.days();
            let (from, to) = (date.saturating_sub(week), date.saturating_add(week));
            days.contains(&None) || days.range(Some(from)..=Some(to)).next().is_some()
        };
        claims.iter().filter(is_near).copied().collect()
    }

    /// Is it told as done, or as likely done?
    pub(crate) fn is_asserted(&self, claim: &Claim) -> bool {
        claim.status == Status::Actual || self.is_hedged(claim)
    }

    /// "It appears likely that …": told as not certain by a word for it.
    pub(crate) fn is_hedged(&self, claim: &Claim) -> bool {
        if claim.status != Status::Unrealised {
            return false;
        }
        // the word may stand before the quote, in the same sentence
        let text = self.document(&claim.document).map_or("", |d| d.text.as_str());
        let quoted = byte_of(text, claim.start)..byte_of(text, claim.end);
        let lead = &text[sentence_around(text, quoted.clone()).start..quoted.start];
        let quote = words(&format!("{lead} {}", claim.quote));
        let hedges = [WordClass::HedgeUnrealised, WordClass::HedgeNeutral];
        quote.iter().any(|w| {
            let form = w.form.to_lowercase();
            hedges.iter().any(|&class| self.knowledge.ontology.is(&form, class))
        })
    }

    /// How the claims mostly call those agents who stand for the sides.
    pub(crate) fn name(&self, claims: &[&Claim], sides: &BTreeSet<String>) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut together: Vec<&str> = Vec::new();
        for participant in claims.iter().flat_map(|c| c.agent.iter().chain(&c.addressee)) {
            let (Some(id), Some(label)) = (&participant.id, &participant.label) else { continue };
            let power = self.knowledge.power(id, self.acts_for);
            if sides.contains(&power) {
                *counts.entry(label).or_default() += 1;
            }
        }
        if let [_] = sides.iter().collect::<Vec<_>>()[..] {
            together.extend(
                counts
                    .iter()
                    .min_by_key(|(label, n)| (std::cmp::Reverse(**n), **label))
                    .map(|(label, _)| *label),
            );
        } else if let Some(first) = claims.first() {
            let labels: BTreeSet<&str> =
                first.agent.iter().filter_map(|a| a.label.as_deref()).collect();
            together.extend(labels);
        }
        together.join(" and ")
    }

    /// "Russia did", for claims of what one side has done.
    pub(crate) fn did(&self, claims: &[&Claim], sides: &BTreeSet<String>) -> String {
        format!("{} did", self.name(claims, sides))
    }

    /// A dispute, if it has two sides with voices of their own: a voice that is on
    /// both sides does not contradict itself.
    pub(crate) fn dispute(
        &self,
        kind: DisputeKind,
        label: String,
        matter: Option<&str>,
        sides: Vec<(String, Vec<&Claim>)>,
    ) -> Option<Dispute> {
        self.dispute_of(kind, label, matter, sides, |claim| self.voices(claim))
    }

    /// As [`dispute`](Self::dispute) where those who do it are at odds, whoever tells it: they
    /// are the voices.
    pub(crate) fn dispute_of_doers(
        &self,
        kind: DisputeKind,
        label: String,
        matter: Option<&str>,
        sides: Vec<(String, Vec<&Claim>)>,
    ) -> Option<Dispute> {
        let doers = |claim: &Claim| {
            claim.agent.iter().map(|a| Voice::Speaker(a.name().to_owned())).collect()
        };
        self.dispute_of(kind, label, matter, sides, doers)
    }

    fn dispute_of(
        &self,
        kind: DisputeKind,
        label: String,
        matter: Option<&str>,
        sides: Vec<(String, Vec<&Claim>)>,
        voices: impl Fn(&Claim) -> BTreeSet<Voice>,
    ) -> Option<Dispute> {
        let mut on: BTreeMap<Voice, BTreeSet<usize>> = BTreeMap::new();
        for (side, (_, claims)) in sides.iter().enumerate() {
            for voice in claims.iter().flat_map(|c| voices(c)) {
                on.entry(voice).or_default().insert(side);
            }
        }
        let alone = |voice: &Voice| on[voice].len() == 1;
        let mut kept: Vec<Side> = Vec::new();
        for (label, mut claims) in sides {
            claims.retain(|c| voices(c).iter().any(alone));
            claims.sort_by_key(|c| (&c.document, c.start, &c.id));
            claims.dedup_by_key(|c| &c.id);
            if claims.is_empty() {
                continue;
            }
            let voices: BTreeSet<String> = claims
                .iter()
                .flat_map(|c| voices(c))
                .filter(alone)
                .map(|v| self.shown(&v))
                .collect();
            kept.push(Side {
                label,
                voices: voices.into_iter().collect(),
                claims: claims.iter().map(|c| c.id.clone()).collect(),
            });
        }
        (kept.len() >= 2).then(|| Dispute {
            id: kebab(&label),
            kind,
            label,
            matter: matter.map(str::to_owned),
            sides: kept,
        })
    }
}

/// The matter that a claim is about.
pub(super) fn matter_id(claim: &Claim) -> Option<&str> {
    claim.matter.as_ref()?.id.as_deref()
}

//! What every rule asks of a claim: who tells it, of which sides, and when.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::annotate::sentence_around;
use crate::corpus::byte_of;
use crate::extract::{Claim, Participant, Status};
use crate::ontology::{ActTrait, KeyAct, WordClass, kebab};
use crate::resolve::about::Called;
use crate::resolve::corpus::{Dispute, DisputeKind, DocumentRecord, Matter, Side};
use crate::resolve::knowledge::Knowledge;
use crate::resolve::words::words;

/// Claims that something is so, and claims that it is not.
pub(super) type YesAndNo<'c> = (Vec<&'c Claim>, Vec<&'c Claim>);

/// How many sides of which a text tells most are looked at to tell its affair.
const SIDES: usize = 6;

/// The sides of which each document tells most, sorted. O(n log n).
pub(crate) fn affairs_of<'a>(
    claims: &'a [Claim],
    acts_for: &BTreeMap<String, String>,
    knowledge: &Knowledge<'_>,
) -> HashMap<&'a str, Vec<String>> {
    let mut powers: HashMap<&str, String> = HashMap::new();
    let mut counts: HashMap<&str, BTreeMap<String, usize>> = HashMap::new();
    for claim in claims {
        let of_document = counts.entry(&claim.document).or_default();
        for id in claim.participants().filter_map(|it| it.id.as_ref()) {
            let power = powers.entry(id).or_insert_with(|| knowledge.power(id, acts_for));
            match of_document.get_mut(power) {
                Some(count) => *count += 1,
                None => drop(of_document.insert(power.clone(), 1)),
            }
        }
    }
    let most = |(document, counts): (_, BTreeMap<String, usize>)| {
        let mut sides: Vec<(String, usize)> = counts.into_iter().collect();
        sides.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sides.truncate(SIDES);
        let mut sides: Vec<String> = sides.into_iter().map(|(side, _)| side).collect();
        sides.sort_unstable();
        (document, sides)
    };
    counts.into_iter().map(most).collect()
}

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
    /// The days of those that have one.
    pub dates: HashMap<&'a str, Date>,
    /// All matters.
    pub matters: &'a [Matter],
    /// The sides of which each document tells most.
    pub affairs_of: HashMap<&'a str, Vec<String>>,
    /// Who is meant by names that the texts alone know.
    pub called: &'a Called,
    /// Whom actors act for.
    pub acts_for: &'a BTreeMap<String, String>,
    /// The ontology.
    pub knowledge: &'a Knowledge<'a>,
}

/// Does a claim stand in the text of a later one, at most so many characters before it?
pub(super) fn is_shortly_before(claim: &Claim, later: &Claim, characters: usize) -> bool {
    claim.document == later.document && later.start.saturating_sub(claim.end) <= characters
}

/// Who has done it; "no such promise was made", by nobody, whoever says so.
pub(super) fn doers(claim: &Claim) -> &[Participant] {
    let denial = claim.agent.is_empty() && claim.status == Status::Negated;
    if denial { &claim.source } else { &claim.agent }
}

/// How likely the surest claim of either side must be right: by what confidence means, a claim below it
/// is rather wrong than right, and a dispute needs two.
const SURE: f64 = 0.4;

/// Is one claim of a side at least sure enough for a dispute?
pub(super) fn is_sure(side: &[&Claim]) -> bool {
    side.iter().any(|claim| claim.confidence >= SURE)
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

    /// Does whoever does it say so?
    pub(super) fn is_own(&self, claim: &Claim) -> bool {
        let first = |it: &Participant| {
            let word = it.text.to_lowercase();
            let ontology = self.knowledge.ontology;
            ontology.is(&word, WordClass::FirstSingular)
                || ontology.is(&word, WordClass::FirstPlural)
        };
        !self.told_by(claim).is_disjoint(&self.powers(&claim.agent))
            || claim.source.is_empty() && claim.agent.iter().any(first)
    }

    /// Have the two a voice in common?
    pub(super) fn is_one_voice(&self, a: &Claim, b: &Claim) -> bool {
        !self.voices(a).is_disjoint(&self.voices(b))
    }

    /// What a matter is called in a question: "the truce", but "to lift the duty".
    pub(super) fn thing(&self, label: &str) -> String {
        let first = label.split(' ').next().unwrap_or_default();
        let is = |class| self.knowledge.ontology.is(first, class);
        let stands = is(WordClass::InfinitiveMark) || is(WordClass::ClauseMark);
        if stands { label.to_owned() } else { format!("the {label}") }
    }

    /// Ids of those claims whose matter is to refuse: "voted to reject the bid".
    pub(super) fn refusals<'c>(&self, claims: &[&'c Claim]) -> BTreeSet<&'c str> {
        let refusing = claims
            .iter()
            .filter(|it| self.knowledge.ontology.act_is(&it.act, ActTrait::Refusing))
            .map(|it| (it.document.as_str(), it.trigger_start));
        let refusing: BTreeSet<(&str, usize)> = refusing.collect();
        let begins = |it: &&&Claim| {
            let start = it.matter.as_ref().map(|matter| matter.start);
            start.is_some_and(|start| refusing.contains(&(it.document.as_str(), start)))
        };
        claims.iter().filter(begins).map(|it| it.id.as_str()).collect()
    }

    /// The day of a text, if it has one.
    pub(super) fn date(&self, document: &str) -> Option<Date> {
        self.dates.get(document).copied()
    }

    /// The sides of which a text tells most, in the order of their names.
    pub(super) fn affair(&self, document: &str) -> &[String] {
        self.affairs_of.get(document).map_or(&[], Vec::as_slice)
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

    /// As [`did`](Self::did), for a side by its id.
    pub(super) fn did_named(&self, id: &str) -> String {
        let people = self.claims.iter().flat_map(Claim::participants);
        let label =
            people.filter(|it| it.id.as_deref() == Some(id)).find_map(|it| it.label.as_deref());
        format!("{} did", label.unwrap_or(id))
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

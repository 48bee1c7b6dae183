//! What voices disagree on. Only pairs of claims that a reader would find at odds:
//! every rule wants two voices on one matter.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::attributes::Attributes;
use super::corpus::{Dispute, DocumentRecord, Matter, Side};
use super::knowledge::Knowledge;
use super::phrase::Phrase;
use super::words::words;
use crate::extract::{Claim, Status};
use crate::ontology::kebab;

/// Days between two texts whose reports of one thing can contradict; farther apart,
/// minds may have changed.
const DAYS: i32 = 7;

/// Claims that something is so, and claims that it is not.
type YesAndNo<'c> = (Vec<&'c Claim>, Vec<&'c Claim>);

/// Everything that the rules look at.
pub struct Hearing<'a> {
    /// All claims, resolved.
    pub claims: &'a [Claim],
    /// All documents.
    pub documents: &'a [DocumentRecord],
    /// All matters.
    pub matters: &'a [Matter],
    /// Whom actors act for.
    pub acts_for: &'a BTreeMap<String, String>,
    /// The ontology.
    pub knowledge: &'a Knowledge<'a>,
}

/// Finds the disputes, the most telling first: more voices, then more claims.
pub fn disputes(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut of_matter: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in hearing.claims {
        if let Some(id) = claim.matter.as_ref().and_then(|m| m.id.as_deref()) {
            of_matter.entry(id).or_default().push(claim);
        }
    }
    let mut found = Vec::new();
    for matter in hearing.matters {
        let claims = of_matter.get(matter.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if claims.len() > 1 {
            found.extend(hearing.who(matter, claims));
            found.extend(hearing.whether(matter, claims));
            found.extend(hearing.what(matter, claims));
        }
    }
    found.extend(hearing.what_somebody_wants());
    found.extend(hearing.who_broke_it());
    found.extend(hearing.how_many());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    found.retain(|d| taken.insert(d.id.clone()));
    found.sort_by_key(|d| {
        let voices: BTreeSet<&String> = d.sides.iter().flat_map(|s| &s.voices).collect();
        let claims: usize = d.sides.iter().map(|s| s.claims.len()).sum();
        (std::cmp::Reverse((voices.len(), claims)), d.id.clone())
    });
    found
}

impl Hearing<'_> {
    /// Who says it: the source, else who states it, else the document.
    fn voices(&self, claim: &Claim) -> BTreeSet<String> {
        let speakers = if !claim.source.is_empty() {
            &claim.source
        } else if claim.act == "state" || claim.act == "accuse" {
            &claim.agent
        } else {
            return BTreeSet::from([format!("document {}", claim.document)]);
        };
        speakers.iter().map(|s| s.label.clone().unwrap_or_else(|| s.text.clone())).collect()
    }

    /// Voice as it is shown: of a document its author, if known, else no words.
    fn shown(&self, voice: &str) -> String {
        let Some(id) = voice.strip_prefix("document ") else { return voice.to_owned() };
        let document = self.documents.binary_search_by(|d| d.id.as_str().cmp(id));
        let document = document.ok().map(|i| &self.documents[i]);
        document.and_then(|d| d.author.clone()).unwrap_or_default()
    }

    fn powers(&self, claim: &Claim) -> BTreeSet<String> {
        let ids = claim.agent.iter().filter_map(|a| a.id.as_ref());
        ids.map(|id| self.knowledge.power(id, self.acts_for)).collect()
    }

    fn agents(claim: &Claim) -> String {
        let mut labels: Vec<String> = claim.agent.iter().filter_map(|a| a.label.clone()).collect();
        labels.sort();
        labels.dedup();
        labels.join(" and ")
    }

    fn date(&self, claim: &Claim) -> Option<Date> {
        let at = self.documents.binary_search_by(|d| d.id.cmp(&claim.document)).ok()?;
        self.documents[at].date.as_ref()?.parse().ok()
    }

    /// Those claims whose texts lie within a week of one of the others'; a text
    /// without a date is near to all. O(n log n).
    fn near<'c>(&self, claims: &[&'c Claim], others: &[&Claim]) -> Vec<&'c Claim> {
        let days: BTreeSet<Option<Date>> = others.iter().map(|c| self.date(c)).collect();
        let is_near = |claim: &&&Claim| {
            let Some(date) = self.date(claim) else { return !days.is_empty() };
            let week = DAYS.days();
            let (from, to) = (date.saturating_sub(week), date.saturating_add(week));
            days.contains(&None) || days.range(Some(from)..=Some(to)).next().is_some()
        };
        claims.iter().filter(is_near).copied().collect()
    }

    /// A dispute, if it has two sides with voices of their own: a voice that is on
    /// both sides does not contradict itself.
    fn dispute(
        &self,
        kind: &str,
        label: String,
        matter: Option<&str>,
        sides: Vec<(String, Vec<&Claim>)>,
    ) -> Option<Dispute> {
        let voices: Vec<BTreeSet<String>> = sides
            .iter()
            .map(|(_, claims)| claims.iter().flat_map(|c| self.voices(c)).collect())
            .collect();
        let alone = |side: usize, voice: &String| {
            voices.iter().enumerate().all(|(other, v)| other == side || !v.contains(voice))
        };
        let mut kept: Vec<Side> = Vec::new();
        for (i, (label, claims)) in sides.into_iter().enumerate() {
            let claims: Vec<&Claim> =
                claims.into_iter().filter(|c| self.voices(c).iter().any(|v| alone(i, v))).collect();
            if claims.is_empty() {
                continue;
            }
            let voices: BTreeSet<String> = claims
                .iter()
                .flat_map(|c| self.voices(c))
                .filter(|v| alone(i, v))
                .map(|v| self.shown(&v))
                .collect();
            let voices = voices.into_iter().collect();
            kept.push(Side {
                label,
                voices,
                claims: claims.iter().map(|c| c.id.clone()).collect(),
            });
        }
        (kept.len() >= 2).then(|| Dispute {
            id: kebab(&label),
            kind: kind.to_owned(),
            label,
            matter: matter.map(str::to_owned),
            sides: kept,
        })
    }

    /// One proposal, two proposers: at least one side told by a source or hedged.
    fn who(&self, matter: &Matter, claims: &[&Claim]) -> Option<Dispute> {
        let proposed: Vec<&Claim> = claims
            .iter()
            .copied()
            .filter(|c| c.act == "propose" && !c.agent.is_empty())
            .filter(|c| c.status == Status::Actual || self.is_hedged(c))
            .collect();
        let mut sides: BTreeMap<BTreeSet<String>, Vec<&Claim>> = BTreeMap::new();
        for claim in &proposed {
            sides.entry(self.powers(claim)).or_default().push(claim);
        }
        // joint proposers are not at odds with each of them
        let all: Vec<BTreeSet<String>> = sides.keys().cloned().collect();
        sides.retain(|powers, _| all.iter().all(|o| o == powers || o.is_disjoint(powers)));
        let reported = |c: &&&Claim| !c.source.is_empty() || c.status != Status::Actual;
        if sides.len() < 2 || !proposed.iter().any(|c| reported(&c)) {
            return None;
        }
        let sides = sides
            .into_values()
            .map(|claims| (format!("{} did", Self::agents(claims[0])), claims))
            .collect();
        let label = format!("Who proposed the {}?", matter.label);
        self.dispute("agent", label, Some(&matter.id), sides)
    }

    /// "It appears likely that …": told as not certain by a word for it.
    fn is_hedged(&self, claim: &Claim) -> bool {
        if claim.status != Status::Unrealised {
            return false;
        }
        // the word may stand before the quote, in the same sentence
        let document = self.documents.binary_search_by(|d| d.id.cmp(&claim.document));
        let text = document.ok().map_or("", |i| self.documents[i].text.as_str());
        let before: String = text.chars().take(claim.start).collect();
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
        let lead = before.rsplit(ends).next().unwrap_or_default();
        let quote = words(&format!("{lead} {}", claim.quote));
        let hedges = ["hedge-unrealised", "hedge-neutral"];
        quote.iter().any(|w| {
            let form = w.form.to_lowercase();
            hedges.iter().any(|class| self.knowledge.ontology.is(&form, class))
        })
    }

    /// Done against not done, accepted against rejected, by one side on one matter,
    /// in texts of one week.
    fn whether(&self, matter: &Matter, claims: &[&Claim]) -> Vec<Dispute> {
        let mut found = Vec::new();
        let mut by_agent: BTreeMap<(BTreeSet<String>, &str), YesAndNo<'_>> = BTreeMap::new();
        for claim in claims {
            let act = claim.act.as_str();
            if claim.agent.is_empty() || matches!(act, "state" | "consult" | "intend" | "demand") {
                continue;
            }
            // "accept" and "reject" answer one question
            let (question, yes) = match (act, claim.status) {
                (_, Status::Unrealised) => continue,
                ("reject", Status::Actual) => ("accept", false),
                ("reject", Status::Negated) => continue,
                (_, status) => (act, status == Status::Actual),
            };
            let sides = by_agent.entry((self.powers(claim), question)).or_default();
            if yes { sides.0.push(claim) } else { sides.1.push(claim) }
        }
        for ((_, act), (yes, no)) in by_agent {
            let said = self.near(&yes, &no);
            let denied = self.near(&no, &yes);
            let Some(first) = said.first() else { continue };
            let agent = Self::agents(first);
            let label = format!("Did {agent} {act} the {}?", matter.label);
            let sides = vec![("yes".to_owned(), said.clone()), ("no".to_owned(), denied)];
            found.extend(self.dispute("status", label, Some(&matter.id), sides));
        }
        found
    }

    /// One matter, described with different scope by different voices.
    fn what(&self, matter: &Matter, claims: &[&Claim]) -> Option<Dispute> {
        let mut sides: BTreeMap<BTreeSet<String>, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            if claim.status != Status::Actual || claim.act == "intend" || claim.act == "accuse" {
                continue;
            }
            let text = &claim.matter.as_ref()?.text;
            let attributes = Attributes::read(&words(text), self.knowledge);
            let parts: BTreeSet<String> =
                attributes.parts().into_iter().map(str::to_owned).collect();
            if !parts.is_empty() {
                sides.entry(parts).or_default().push(claim);
            }
        }
        // one must say more than the other, and somebody quoted must say each
        let quoted =
            |claims: &[&Claim]| claims.iter().any(|c| !c.source.is_empty() || c.act == "state");
        let all: Vec<BTreeSet<String>> = sides.keys().cloned().collect();
        sides.retain(|parts, claims| {
            quoted(claims)
                && all.iter().any(|o| o != parts && (o.is_subset(parts) || parts.is_subset(o)))
        });
        if sides.len() < 2 {
            return None;
        }
        let sides = sides
            .into_iter()
            .map(|(parts, claims)| (parts.into_iter().collect::<Vec<_>>().join(" and "), claims))
            .collect();
        let label = format!("What does the {} cover?", matter.label);
        self.dispute("matter", label, Some(&matter.id), sides)
    }

    /// Whether somebody wants something of one issue: wanted against not wanted.
    fn what_somebody_wants(&self) -> Vec<Dispute> {
        let mut wanted: BTreeMap<(BTreeSet<String>, String), YesAndNo<'_>> = BTreeMap::new();
        let mut read: BTreeMap<&str, Phrase> = BTreeMap::new();
        for claim in self.claims.iter().filter(|c| c.act == "intend") {
            let Some(matter) = &claim.matter else { continue };
            let phrase = read
                .entry(&matter.text)
                .or_insert_with(|| Phrase::read(&matter.text, self.knowledge));
            let powers = self.powers(claim);
            for family in &phrase.families {
                let sides = wanted.entry((powers.clone(), family.clone())).or_default();
                match claim.status {
                    Status::Actual => sides.0.push(claim),
                    Status::Negated => sides.1.push(claim),
                    Status::Unrealised => {}
                }
            }
        }
        let mut found = Vec::new();
        for ((_, family), (yes, no)) in wanted {
            let (Some(first), Some(_)) = (yes.first(), no.first()) else { continue };
            let issue = self.knowledge.ontology.issue(&family);
            let issue = issue.map_or(family.as_str(), |i| i.label.as_str());
            if self.near(&yes, &no).is_empty() {
                continue;
            }
            let matter = first.matter.as_ref().and_then(|m| m.id.clone());
            let whose = no.first().map_or_else(|| Self::agents(first), |c| Self::agents(c));
            let label = format!("Does {whose} want a {issue}?");
            let sides = vec![("yes".to_owned(), yes.clone()), ("no".to_owned(), no)];
            found.extend(self.dispute("status", label, matter.as_deref(), sides));
        }
        found
    }

    /// Who broke an agreement: breaches told of opposing powers in one setting, each
    /// by another voice, about things called alike.
    fn who_broke_it(&self) -> Option<Dispute> {
        let breaches: Vec<(&Claim, Phrase)> = self
            .claims
            .iter()
            .filter(|c| c.act == "breach" && c.status == Status::Actual && !c.agent.is_empty())
            .filter_map(|c| {
                let matter = c.matter.as_ref()?;
                Some((c, Phrase::read(&matter.text, self.knowledge)))
            })
            .collect();
        let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, (claim, _)) in breaches.iter().enumerate() {
            by_document.entry(&claim.document).or_default().push(i);
        }
        for here in by_document.values() {
            for &a in here {
                for &b in here.iter().filter(|&&b| b > a) {
                    let ((x, p), (y, q)) = (&breaches[a], &breaches[b]);
                    let agreements = |p: &Phrase| p.proposal || !p.families.is_empty();
                    let alike =
                        !p.content.is_disjoint(&q.content) && (agreements(p) || agreements(q));
                    if !alike || !self.powers(x).is_disjoint(&self.powers(y)) {
                        continue;
                    }
                    let side = |c: &&Claim| format!("{} did", Self::agents(c));
                    let sides = vec![(side(x), vec![*x]), (side(y), vec![*y])];
                    let matter = x.matter.as_ref().and_then(|m| m.id.clone());
                    let label = x.matter.as_ref().and_then(|m| m.label.clone()).unwrap_or_default();
                    let label = format!("Who broke the {label}?");
                    if let Some(found) = self.dispute("agent", label, matter.as_deref(), sides) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }

    /// One act of the same sides on one issue and day, with other numbers of the same
    /// thing.
    fn how_many(&self) -> Vec<Dispute> {
        type Key = (String, BTreeSet<String>, String, String);
        let mut counted: BTreeMap<Key, BTreeMap<String, Vec<&Claim>>> = BTreeMap::new();
        for claim in self.claims.iter().filter(|c| c.status == Status::Actual) {
            let (Some(matter), Some(time)) = (&claim.matter, &claim.time) else { continue };
            if claim.agent.is_empty() {
                continue;
            }
            let attributes = Attributes::read(&words(&matter.text), self.knowledge);
            for quantity in attributes.get("quantity") {
                let Some((_, unit)) = quantity.split_once(' ') else { continue };
                let key = (claim.act.clone(), self.powers(claim), unit.to_owned(), time.clone());
                counted.entry(key).or_default().entry(quantity.to_owned()).or_default().push(claim);
            }
        }
        let mut found = Vec::new();
        for ((act, _, unit, _), sides) in counted {
            let Some(first) = sides.values().flatten().next().copied().filter(|_| sides.len() > 1)
            else {
                continue;
            };
            let past = self.knowledge.ontology.act(&act).map_or(act.as_str(), |a| &a.past);
            let label = format!("How many ({unit}): what {} {past}", Self::agents(first));
            let matter = first.matter.as_ref().and_then(|m| m.id.clone());
            let sides = sides.into_iter().collect();
            found.extend(self.dispute("quantity", label, matter.as_deref(), sides));
        }
        found
    }
}

//! One place in a document where a claim names a matter.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::about::{Called, name_at};
use super::corpus::DocumentRecord;
use super::knowledge::Knowledge;
use super::phrase::Phrase;
use super::spoken::{introduced, spoken_of};
use super::words::words;
use crate::extract::{Claim, Status};
use crate::ontology::{ActTrait, WordClass};

/// Role of those who put a matter forward.
pub(super) const SPONSOR: &str = "put forward";

/// A matter as one claim names it.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Index of the claim.
    pub claim: usize,
    /// Where the words start.
    pub at: usize,
    /// Which of the different wordings of all matters it is.
    pub wording: usize,
    /// What the words say: read once for all mentions of one wording.
    pub phrase: Arc<Phrase>,
    /// The power whose matter the words say it is.
    pub owner: Option<String>,
    /// Who actually put it forward or accepted it: role and power.
    pub answers: BTreeSet<(String, String)>,
    /// The claim's act.
    pub act: String,
    /// Does the claim's act deal with proposals?
    pub on_proposals: bool,
    /// Is the claim's act a deed, whose matter is what is done or hit?
    pub deed: bool,
    /// The words of the text that its "it" stands for, where no claim has them.
    pub spoken: Option<String>,
}

impl Mention {
    /// Is it to be read from what was said before?
    pub(super) fn points_back(&self) -> bool {
        let phrase = &self.phrase;
        let open = phrase.families.is_empty() && phrase.proposal;
        phrase.pronoun
            || phrase.is_bare_talk()
            // "a truce" is the truce of the text, "borders" is no matter of territory yet
            || phrase.is_bare()
                && !phrase.families.is_empty()
                && !self.deed
                && (phrase.definite || phrase.issues == phrase.families)
            || phrase.is_bare() && phrase.definite && self.on_proposals
            // "no such promise"
            || phrase.such && phrase.families.is_empty() && phrase.residue.len() <= 1
            || open && !phrase.attributes.parts().is_empty()
    }
}

/// Reads the matter of every claim that has one, in the order of the claims.
pub(super) fn mentions(
    claims: &[Claim],
    documents: &[DocumentRecord],
    acts_for: &BTreeMap<String, String>,
    called: &Called,
    knowledge: &Knowledge<'_>,
) -> Vec<Mention> {
    let (phrases, wordings) = phrases(claims, called, knowledge);
    let mut powers: HashMap<String, String> = HashMap::new();
    let mut power = |id: &String| match powers.get(id) {
        Some(power) => power.clone(),
        None => {
            let power = knowledge.power(id, acts_for);
            powers.insert(id.clone(), power.clone());
            power
        }
    };
    let mut found = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        let Some(matter) = claim.matter.as_ref().filter(|it| it.about.is_empty()) else { continue };
        let wording = wordings[matter.text.as_str()];
        let phrase = Arc::clone(&phrases[wording]);
        let owner = phrase.owner.as_ref().map(&mut power);
        let is = |what| knowledge.ontology.act_is(&claim.act, what);
        let role = if is(ActTrait::Sponsor) {
            Some(SPONSOR)
        } else if is(ActTrait::Acceptance) {
            Some("accepted")
        } else {
            None
        };
        let mut answers = BTreeSet::new();
        if let Some(role) = role.filter(|_| claim.status == Status::Actual) {
            for id in claim.agent.iter().filter_map(|a| a.id.as_ref()) {
                answers.insert((role.to_owned(), power(id)));
            }
        }
        if let Some(owner) = owner.as_ref().filter(|_| !phrase.families.is_empty()) {
            answers.insert((SPONSOR.to_owned(), owner.clone()));
        }
        let on_proposals = is(ActTrait::OnProposals);
        let deed = is(ActTrait::Deed);
        found.push(Mention {
            claim: i,
            at: matter.start,
            wording,
            phrase,
            owner,
            answers,
            act: claim.act.clone(),
            on_proposals,
            deed,
            spoken: None,
        });
    }
    let spoken = spoken(&found, claims, documents, called, knowledge);
    for (m, words, phrase) in spoken {
        let mention = &mut found[m];
        mention.owner = phrase.owner.as_ref().map(&mut power);
        mention.phrase = Arc::new(phrase);
        mention.spoken = Some(words);
    }
    found
}

/// For each "it" that stands for a proposal of which the text speaks and no claim since does, and for
/// each "the motion" that no claim calls so: the index of the mention, the words and what they say.
fn spoken(
    mentions: &[Mention],
    claims: &[Claim],
    documents: &[DocumentRecord],
    called: &Called,
    knowledge: &Knowledge<'_>,
) -> Vec<(usize, String, Phrase)> {
    let found = (0..mentions.len()).into_par_iter().filter_map(|m| {
        let mention = &mentions[m];
        let noun = match &mention.phrase {
            _ if !mention.on_proposals => return None,
            phrase if phrase.pronoun => None,
            phrase => Some(bare_noun(phrase)?),
        };
        let document = claims[mention.claim].document.as_str();
        let text = &DocumentRecord::find(documents, document)?.text;
        let spoken = match noun {
            None => spoken_of(text, mention.at, knowledge)?,
            Some(noun) => introduced(text, mention.at, noun, knowledge)?,
        };
        // the mentions of a text stand beside each other
        let here = |it: &&Mention| claims[it.claim].document == document;
        let near = mentions[..m].iter().rev().take_while(here);
        let mut near = near.chain(mentions[m + 1..].iter().take_while(here));
        let until = if noun.is_some() { spoken.end } else { mention.at };
        let told = |it: &Mention| {
            let since = !it.phrase.pronoun && (spoken.start..until).contains(&it.at);
            let so = noun.is_some_and(|noun| {
                it.at < mention.at
                    && it.phrase.content.len() > 1
                    && it.phrase.content.contains(noun)
            });
            since || so
        };
        if near.any(told) {
            return None;
        }
        let words = spoken.words;
        let phrase = phrase(&words, called, knowledge);
        Some((m, words, phrase))
    });
    found.collect()
}

/// The noun of "the motion", where nothing else is said of it.
fn bare_noun(phrase: &Phrase) -> Option<&str> {
    let open = phrase.definite && phrase.proposal && phrase.families.is_empty();
    let mut content = phrase.content.iter();
    let noun = content.next().filter(|_| open && !phrase.possessed && phrase.owner.is_none())?;
    content.next().is_none().then_some(noun.as_str())
}

/// What a matter's words say, by what the texts call actors as well.
fn phrase(text: &str, called: &Called, knowledge: &Knowledge<'_>) -> Phrase {
    owned(text, called, knowledge).unwrap_or_else(|| Phrase::read(text, knowledge))
}

/// "The Landsman offer", read: the offer of Landsman, whom only the texts know.
fn owned(text: &str, called: &Called, knowledge: &Knowledge<'_>) -> Option<Phrase> {
    /// Words between the owner and the proposal.
    const BETWEEN: usize = 2;
    let all = words(text);
    let is = |at: usize, class| knowledge.is_at(&all, at, class).is_some();
    let start = usize::from(!all.is_empty() && is(0, WordClass::MatterDefinite));
    let (length, id) = name_at(&all, start, called, knowledge)?;
    if knowledge.ontology.actor(&id).is_some() {
        return None;
    }
    let rest = start + length;
    let breaks = (rest..all.len()).find(|&at| is(at, WordClass::MatterBreak));
    let head = breaks.unwrap_or(all.len()).checked_sub(1)?;
    if head < rest || head > rest + BETWEEN || !is(head, WordClass::ProposalNoun) {
        return None;
    }
    let rest: Vec<&str> = all[rest..].iter().map(|it| it.form.as_str()).collect();
    let mut phrase = Phrase::read(&rest.join(" "), knowledge);
    phrase.owner = Some(id);
    phrase.definite = true;
    Some(phrase)
}

/// The different wordings of matters, read, and the place of each among them.
fn phrases<'c>(
    claims: &'c [Claim],
    called: &Called,
    knowledge: &Knowledge<'_>,
) -> (Vec<Arc<Phrase>>, HashMap<&'c str, usize>) {
    let mut wordings: HashMap<&str, usize> = HashMap::new();
    let mut texts = Vec::new();
    for matter in claims.iter().filter_map(|it| it.matter.as_ref()) {
        wordings.entry(&matter.text).or_insert_with(|| {
            texts.push(matter.aloud());
            texts.len() - 1
        });
    }
    let read = |text: &Cow<'_, str>| Arc::new(phrase(text, called, knowledge));
    (texts.par_iter().map(read).collect(), wordings)
}

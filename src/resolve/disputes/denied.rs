//! Whether somebody did what others say, in other words: "promised to drop the levy on well water",
//! "I gave no word on the levy", "he offered nothing".

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, doers, is_sure, matter_id};
use crate::extract::{Claim, MatterMention, Participant, Status};
use crate::ontology::{ActTrait, KeyAct, WordClass};
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::phrase::Phrase;
use crate::resolve::words::words;

/// Claims that a denial without words of its own can mean.
const MEANT: usize = 3;
/// Wordings of one act of one side that share a word with a denial and are looked at.
const WORDINGS: usize = 48;

/// Claims of one act of one side, or denials of it, by their words.
type Worded<'c> = BTreeMap<&'c str, Vec<&'c Claim>>;

/// What one side is said to have done of one kind, and what it denies.
#[derive(Default)]
struct Account<'c> {
    told: Worded<'c>,
    denied: Worded<'c>,
}

/// Acts of one side that others tell and that it denies, or a text of its own: the denial's words are
/// among those of what is told, or it has none and only one thing can be meant.
pub(super) fn who_denies(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut accounts: BTreeMap<(&str, String), Account<'_>> = BTreeMap::new();
    let mut nobody: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in hearing.claims.iter().filter(|c| is_deed(c, hearing)) {
        let told = match claim.status {
            Status::Actual => true,
            Status::Negated => false,
            Status::Unrealised => continue,
        };
        if !told && is_nobody(claim, hearing) {
            nobody.entry(&claim.act).or_default().push(claim);
            continue;
        }
        let text = claim.matter.as_ref().map_or("", |it| it.text.as_str());
        for power in hearing.powers(doers(claim)) {
            let account = accounts.entry((&claim.act, power)).or_default();
            let worded = if told { &mut account.told } else { &mut account.denied };
            worded.entry(text).or_default().push(claim);
        }
    }
    let mut found = Vec::new();
    for (act, denials) in &nobody {
        let told = accounts.range((*act, String::new())..).take_while(|((of, _), _)| of == act);
        let told: Vec<_> = told.filter(|(_, account)| !account.told.is_empty()).collect();
        // where several are said to have done it, nobody can tell whom "nobody" means
        if let [((_, power), account)] = told[..] {
            let claims: Vec<&Claim> = account.told.values().flatten().copied().collect();
            found.extend(dispute(denials, &claims, true, power, hearing));
        }
    }
    accounts.retain(|_, account| !account.told.is_empty() && !account.denied.is_empty());
    for ((_, power), account) in &accounts {
        found.extend(account.disputes(power, hearing));
    }
    found
}

/// "Nobody threatened anybody."
fn is_nobody(claim: &Claim, hearing: &Hearing<'_>) -> bool {
    let nobody = |it: &Participant| {
        let word = it.text.to_lowercase();
        it.id.is_none() && hearing.knowledge.ontology.is(&word, WordClass::NegativePronoun)
    };
    claim.matter.is_none() && !claim.agent.is_empty() && claim.agent.iter().all(nobody)
}

impl<'c> Account<'c> {
    fn disputes(&self, power: &str, hearing: &Hearing<'_>) -> Vec<Dispute> {
        let phrases: Vec<Phrase> =
            self.told.keys().map(|text| Phrase::read(text, hearing.knowledge)).collect();
        let told: Vec<&Vec<&Claim>> = self.told.values().collect();
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, phrase) in phrases.iter().enumerate() {
            for word in &phrase.content {
                by_word.entry(word).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        for (text, denials) in &self.denied {
            let phrase = Phrase::read(text, hearing.knowledge);
            let alone = tells_nothing(text, &phrase, hearing);
            let meant: Vec<&Claim> = if alone {
                let own = denials.iter().any(|it| it.agent.len() <= 1 && hearing.is_own(it));
                let few = told.iter().map(|it| it.len()).sum::<usize>() <= WORDINGS;
                told.iter().filter(|_| own && few).flat_map(|it| it.iter().copied()).collect()
            } else {
                let shared = phrase.content.iter().filter_map(|it| by_word.get(it.as_str()));
                let at: BTreeSet<usize> =
                    shared.flat_map(|it| it.iter().take(WORDINGS)).copied().collect();
                let of = at.into_iter().filter(|&at| is_of(&phrases[at], &phrase, hearing));
                of.flat_map(|at| told[at].iter().copied()).collect()
            };
            found.extend(dispute(denials, &meant, alone, power, hearing));
        }
        found
    }
}

/// Can it be told and denied of one side? Of talks and of wishes other rules judge.
fn is_deed(claim: &Claim, hearing: &Hearing<'_>) -> bool {
    let other = [KeyAct::State, KeyAct::Intend, KeyAct::Demand, KeyAct::Accuse, KeyAct::Reject];
    !KeyAct::named(&claim.act).is_some_and(|act| other.contains(&act))
        && !hearing.knowledge.ontology.act_is(&claim.act, ActTrait::Talk)
}

/// The dispute of denials in the same words and what they may mean; with no words of their own they
/// mean one thing or nothing.
fn dispute(
    denials: &[&Claim],
    told: &[&Claim],
    wordless: bool,
    power: &str,
    hearing: &Hearing<'_>,
) -> Option<Dispute> {
    let days = |it: &Claim, denial: &Claim| {
        denial.time.is_none() || it.time.is_none() || denial.time == it.time
    };
    let denied =
        |it: &Claim| denials.iter().any(|no| days(it, no) && !hearing.is_one_voice(it, no));
    let others: Vec<&Claim> =
        told.iter().filter(|it| !hearing.is_own(it) && denied(it)).copied().collect();
    let yes = hearing.near(&others, denials);
    let no = hearing.near(denials, &yes);
    if !is_sure(&yes) || !is_sure(&no) {
        return None;
    }
    let things: BTreeSet<Option<&str>> = yes.iter().map(|it| matter_id(it)).collect();
    if wordless && (things.len() != 1 || things.contains(&None) || yes.len() > MEANT) {
        return None;
    }
    let first = yes.iter().find(|it| it.matter.is_some()).or(yes.first())?;
    let agent = hearing.name(&yes, &[power.to_owned()].into());
    let thing = first.matter.as_ref().map(MatterMention::name);
    let label = match thing {
        Some(thing) => format!("Did {agent} {} {}?", first.act, hearing.thing(thing)),
        None => format!("Did {agent} {}?", first.act),
    };
    let matter = matter_id(first).map(str::to_owned);
    let sides = vec![("yes".to_owned(), yes), ("no".to_owned(), no)];
    hearing.dispute(DisputeKind::Status, label, matter.as_deref(), sides)
}

/// "Nothing", "any date", or no words.
fn tells_nothing(text: &str, phrase: &Phrase, hearing: &Hearing<'_>) -> bool {
    let nothing = words(text).iter().all(|it| {
        hearing.knowledge.ontology.is(&it.form.to_lowercase(), WordClass::NegativePronoun)
    });
    nothing || phrase.empty || phrase.pronoun
}

/// Are the words of the denial among those of what is told, or these among them?
fn is_of(told: &Phrase, denied: &Phrase, hearing: &Hearing<'_>) -> bool {
    let telling = |phrase: &Phrase| phrase.content.difference(&phrase.names).next().is_some();
    telling(denied)
        && telling(told)
        && (denied.content.is_subset(&told.content) || told.content.is_subset(&denied.content))
        && told.attributes.conflict(&denied.attributes, hearing.knowledge).is_none()
}

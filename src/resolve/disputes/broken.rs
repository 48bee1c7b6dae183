//! Who broke an agreement.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, matter_id};
use crate::extract::Claim;
use crate::resolve::corpus::Dispute;
use crate::resolve::labels::cleaned;
use crate::resolve::phrase::Phrase;
use crate::resolve::words::words;

/// A claim that somebody broke something.
struct Breach<'c> {
    claim: &'c Claim,
    by: BTreeSet<String>,
    phrase: Phrase,
}

/// The two sides of a quarrel, in the order of their names, with the breaches of each.
type Quarrels = BTreeMap<(String, String), [BTreeSet<usize>; 2]>;

/// Who broke an agreement: breaches told of two sides, at least one by the other side,
/// about agreements called alike. Both may be true; then they still do not agree who
/// is to blame.
pub fn who_broke_it(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let breaches: Vec<Breach<'_>> =
        hearing.claims.iter().filter_map(|claim| breach(claim, hearing)).collect();
    let mut of_name: BTreeMap<String, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (i, breach) in breaches.iter().enumerate() {
        for name in names(&breach.phrase) {
            let by = of_name.entry(name).or_default();
            for side in &breach.by {
                by.entry(side).or_default().push(i);
            }
        }
    }
    let mut quarrels: Quarrels = BTreeMap::new();
    for by in of_name.values() {
        for (accused, accusations) in by {
            for &x in accusations {
                for accuser in hearing.told_by(breaches[x].claim) {
                    let Some(answers) = by.get(accuser.as_str()).filter(|_| accuser != *accused)
                    else {
                        continue;
                    };
                    let fit = |y: &&usize| breaches[x].fits(&breaches[**y], hearing);
                    let answers: Vec<usize> = answers.iter().filter(fit).copied().collect();
                    if answers.is_empty() {
                        continue;
                    }
                    let swap = accuser.as_str() < *accused;
                    let (a, b) = if swap {
                        (accuser.clone(), (*accused).to_owned())
                    } else {
                        ((*accused).to_owned(), accuser.clone())
                    };
                    let sides = quarrels.entry((a, b)).or_default();
                    sides[usize::from(swap)].insert(x);
                    sides[usize::from(!swap)].extend(answers);
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((a, b), [x, y]) in quarrels {
        let claims = |of: &BTreeSet<usize>| -> Vec<&Claim> {
            of.iter().map(|&i| breaches[i].claim).collect()
        };
        let (x, y) = (claims(&x), claims(&y));
        let (x, y) = (hearing.near(&x, &y), hearing.near(&y, &x));
        let Some((matter, label)) = thing(&x, &y, hearing) else { continue };
        let sides = vec![(hearing.did(&x, &[a].into()), x), (hearing.did(&y, &[b].into()), y)];
        let label = format!("Who broke {label}?");
        found.extend(hearing.dispute("agent", label, matter.as_deref(), sides));
    }
    found
}

impl Breach<'_> {
    /// May the two be one agreement?
    fn fits(&self, other: &Self, hearing: &Hearing<'_>) -> bool {
        let agreement = |p: &Phrase| p.proposal || !p.families.is_empty();
        (agreement(&self.phrase) || agreement(&other.phrase))
            && self.by.is_disjoint(&other.by)
            && self
                .phrase
                .attributes
                .conflict(&other.phrase.attributes, hearing.knowledge)
                .is_none()
    }
}

/// The breach that a claim tells of: one of its own, or of whom it accuses.
fn breach<'c>(claim: &'c Claim, hearing: &Hearing<'_>) -> Option<Breach<'c>> {
    let matter = claim.matter.as_ref()?;
    let by = match claim.act.as_str() {
        "breach" if hearing.is_asserted(claim) => hearing.powers(&claim.agent),
        "accuse" if hearing.is_asserted(claim) && is_breach(&matter.text, hearing) => {
            hearing.powers(&claim.addressee)
        }
        _ => return None,
    };
    let phrase = Phrase::read(&matter.text, hearing.knowledge);
    (!by.is_empty()).then_some(Breach { claim, by, phrase })
}

fn is_breach(text: &str, hearing: &Hearing<'_>) -> bool {
    let words = words(text);
    (0..words.len()).any(|i| hearing.knowledge.is_at(&words, i, "breach").is_some())
}

/// What a thing is called: its issues, and its words that name nobody.
fn names(phrase: &Phrase) -> BTreeSet<String> {
    let words = phrase.content.difference(&phrase.names);
    phrase.families.iter().map(|f| format!("issue {f}")).chain(words.cloned()).collect()
}

/// The matter of the breaches, and its name with an article: in the words of somebody
/// who is heard, those that tell most.
fn thing(x: &[&Claim], y: &[&Claim], hearing: &Hearing<'_>) -> Option<(Option<String>, String)> {
    let all = || x.iter().chain(y).copied();
    let text = |c: &&Claim| {
        let matter = c.matter.as_ref()?;
        // what somebody is accused of is the breach, not what is broken
        let label = matter.label.as_ref().filter(|_| c.act == "accuse");
        Some(label.cloned().unwrap_or_else(|| cleaned(&matter.text, hearing.knowledge)))
    };
    let tells = |c: &&Claim| {
        let text = text(c).unwrap_or_default();
        (text.chars().count(), std::cmp::Reverse(text))
    };
    let breaches = all().filter(|c| c.act == "breach");
    let named = breaches.max_by_key(|c| (!c.source.is_empty(), tells(c)));
    let first = named.or_else(|| all().min_by_key(tells))?;
    Some((matter_id(first).map(str::to_owned), format!("the {}", text(&first)?)))
}

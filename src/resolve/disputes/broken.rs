//! Who broke an agreement.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, matter_id};
use crate::extract::Claim;
use crate::ontology::{KeyAct, WordClass};
use crate::resolve::attributes::Attributes;
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::labels::cleaned;
use crate::resolve::phrase::Phrase;
use crate::resolve::words::words;

/// A claim that somebody broke something.
struct Breach<'c> {
    claim: &'c Claim,
    by: BTreeSet<String>,
    phrase: Phrase,
}

/// What decides whether two breaches may be of one agreement: who did it, what tells
/// the agreement from others, and whether the words say that it is one.
type Shape<'b> = (&'b BTreeSet<String>, &'b Attributes, bool);

/// The two sides of a quarrel, in the order of their names, with the breaches of each.
type Quarrels = BTreeMap<(String, String), [BTreeSet<usize>; 2]>;

/// Who broke an agreement: breaches told of two sides, at least one by the other side,
/// about agreements called alike. Both may be true; then they still do not agree who
/// is to blame.
pub(super) fn who_broke_it(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let breaches: Vec<Breach<'_>> =
        hearing.claims.iter().filter_map(|claim| breach(claim, hearing)).collect();
    let mut of_name: BTreeMap<String, BTreeMap<&str, BTreeMap<Shape<'_>, Vec<usize>>>> =
        BTreeMap::new();
    for (i, breach) in breaches.iter().enumerate() {
        for name in names(breach, hearing) {
            let by = of_name.entry(name).or_default();
            for side in &breach.by {
                by.entry(side).or_default().entry(breach.shape()).or_default().push(i);
            }
        }
    }
    let mut quarrels: Quarrels = BTreeMap::new();
    for by in of_name.values() {
        for (accused, shapes) in by {
            for (shape, accusations) in shapes {
                let mut of_accuser: BTreeMap<String, Vec<usize>> = BTreeMap::new();
                for &x in accusations {
                    for accuser in hearing.told_by(breaches[x].claim) {
                        of_accuser.entry(accuser).or_default().push(x);
                    }
                }
                for (accuser, accusations) in of_accuser {
                    let answers: Vec<usize> = by
                        .get(accuser.as_str())
                        .into_iter()
                        .flatten()
                        .filter(|(other, _)| fits(shape, other, hearing))
                        .flat_map(|(_, answers)| answers.iter().copied())
                        .collect();
                    if answers.is_empty() {
                        continue;
                    }
                    let accused = (*accused).to_owned();
                    let swap = accuser < accused;
                    let pair = if swap { (accuser, accused) } else { (accused, accuser) };
                    let sides = quarrels.entry(pair).or_default();
                    sides[usize::from(swap)].extend(accusations);
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
        let (x, y) = (not_within(&x, &y), not_within(&y, &x));
        let (x, y) = (hearing.near(&x, &y), hearing.near(&y, &x));
        let Some((matter, label)) = thing(&x, &y, hearing) else { continue };
        let sides = vec![(hearing.did(&x, &[a].into()), x), (hearing.did(&y, &[b].into()), y)];
        let label = format!("Who broke {label}?");
        found.extend(hearing.dispute(DisputeKind::Agent, label, matter.as_deref(), sides));
    }
    found
}

/// Those that are not told by the words of one of the others: "men charged with violating sanctions"
/// tells of one breach, whoever is taken for its agent.
fn not_within<'c>(claims: &[&'c Claim], others: &[&Claim]) -> Vec<&'c Claim> {
    let mut spans: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for other in others.iter().filter(|it| it.act == KeyAct::Accuse) {
        if let Some(matter) = &other.matter {
            spans.entry(&other.document).or_default().push((matter.start, matter.end));
        }
    }
    let within = |claim: &Claim| {
        let mut here = spans.get(claim.document.as_str()).into_iter().flatten();
        here.any(|(start, end)| (*start..*end).contains(&claim.trigger_start))
    };
    claims.iter().filter(|it| !within(it)).copied().collect()
}

impl Breach<'_> {
    fn shape(&self) -> Shape<'_> {
        let agreement = self.phrase.proposal || !self.phrase.families.is_empty();
        (&self.by, &self.phrase.attributes, agreement)
    }

    /// "What was agreed", "one agreement after another": any that there was.
    fn agreed(&self, hearing: &Hearing<'_>) -> bool {
        let words = words(self.claim.matter.as_ref().map_or("", |m| &m.text));
        (0..words.len())
            .any(|i| hearing.knowledge.is_at(&words, i, WordClass::MatterAgreed).is_some())
    }
}

/// May the two be one agreement, broken by another?
fn fits(one: &Shape<'_>, other: &Shape<'_>, hearing: &Hearing<'_>) -> bool {
    (one.2 || other.2)
        && one.0.is_disjoint(other.0)
        && one.1.conflict(other.1, hearing.knowledge).is_none()
}

/// The breach that a claim tells of: one of its own, or of whom it accuses.
fn breach<'c>(claim: &'c Claim, hearing: &Hearing<'_>) -> Option<Breach<'c>> {
    let matter = claim.matter.as_ref()?;
    let by = match KeyAct::named(&claim.act) {
        Some(KeyAct::Breach) if hearing.is_asserted(claim) => hearing.powers(&claim.agent),
        Some(KeyAct::Accuse) if hearing.is_asserted(claim) && is_breach(&matter.text, hearing) => {
            hearing.powers(&claim.addressee)
        }
        _ => return None,
    };
    let phrase = Phrase::read(&matter.text, hearing.knowledge);
    (!by.is_empty()).then_some(Breach { claim, by, phrase })
}

fn is_breach(text: &str, hearing: &Hearing<'_>) -> bool {
    let words = words(text);
    (0..words.len()).any(|i| hearing.knowledge.is_at(&words, i, WordClass::MatterBreach).is_some())
}

/// What a thing is called: its issues, its words that name nobody, and that it was
/// agreed.
fn names(breach: &Breach<'_>, hearing: &Hearing<'_>) -> BTreeSet<String> {
    let phrase = &breach.phrase;
    let words = phrase.content.difference(&phrase.names);
    let issues = phrase.families.iter().map(|f| format!("issue {f}"));
    let agreed = breach.agreed(hearing).then(|| "agreed".to_owned());
    issues.chain(words.cloned()).chain(agreed).collect()
}

/// The matter of the breaches, and its name with an article: in the words of somebody
/// who is heard, those that tell most.
fn thing(x: &[&Claim], y: &[&Claim], hearing: &Hearing<'_>) -> Option<(Option<String>, String)> {
    let all = || x.iter().chain(y).copied();
    let text = |c: &&Claim| {
        let matter = c.matter.as_ref()?;
        // what somebody is accused of is the breach, not what is broken
        let label = matter.label.as_ref().filter(|_| c.act == KeyAct::Accuse);
        Some(label.cloned().unwrap_or_else(|| cleaned(&matter.text, hearing.knowledge)))
    };
    let tells = |c: &&Claim| {
        let text = text(c).unwrap_or_default();
        (text.chars().count(), std::cmp::Reverse(text))
    };
    let breaches = all().filter(|c| c.act == KeyAct::Breach);
    let named = breaches.max_by_key(|c| (!c.source.is_empty(), tells(c)));
    let first = named.or_else(|| all().min_by_key(tells))?;
    let text = text(&first)?;
    let asks = hearing.knowledge.is_at(&words(&text), 0, WordClass::MatterRelative).is_some();
    let article = if asks { "" } else { "the " };
    Some((matter_id(first).map(str::to_owned), format!("{article}{text}")))
}

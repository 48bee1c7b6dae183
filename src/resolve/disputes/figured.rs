//! How many, by two tellers: "A takeover would cost 4,200 jobs, the council said. Brackwell put the
//! figure at 900."

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, is_shortly_before, matter_id};
use crate::extract::{Claim, Status};
use crate::ontology::{Family, KeyAct, WordClass};
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::words::{Word, words};

/// Characters between what is counted and the other's figure for it.
const NEAR: usize = 300;
/// Words between a number and what it counts: "3,100 of its members".
const BETWEEN: usize = 2;
/// Claims of one count that are compared with one another.
const COMPARED: usize = 16;

/// A number that is told, and of what.
struct Count<'c> {
    claim: &'c Claim,
    number: f64,
    /// "Million", where it stands behind the number.
    scale: Vec<String>,
    /// The number as written: "2.1 billion".
    written: String,
    /// Form and stem of what is counted; nothing for a mere figure.
    unit: Option<(String, String)>,
    /// The other words that carry meaning, by their stems.
    content: BTreeSet<String>,
    /// Is it called a figure, or stands alone?
    is_figure: bool,
}

/// Numbers that two tell of one thing: the figure of one against what another counted just before, and
/// counts of the same in the same words.
pub(super) fn what_figure(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let told = |c: &&Claim| c.act == KeyAct::State && c.status == Status::Actual;
    let counts: Vec<Count<'_>> =
        hearing.claims.iter().filter(told).filter_map(|c| count(c, hearing)).collect();
    let mut found: Vec<Dispute> = Vec::new();
    for (i, figure) in counts.iter().enumerate().filter(|(_, it)| it.is_figure) {
        let mut near = counts[..i]
            .iter()
            .rev()
            .take_while(|it| is_shortly_before(it.claim, figure.claim, NEAR));
        let of = near.find(|it| !it.is_figure && it.unit.is_some());
        found.extend(of.and_then(|it| at_odds(it, figure, hearing)));
    }
    let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, count) in counts.iter().enumerate() {
        let Some((_, unit)) = &count.unit else { continue };
        for word in &count.content {
            alike.entry((unit.as_str(), word.as_str())).or_default().push(i);
        }
    }
    let pairs: BTreeSet<(usize, usize)> = alike
        .values()
        .flat_map(|of| {
            let of = &of[..of.len().min(COMPARED)];
            of.iter().enumerate().flat_map(move |(n, &a)| of[n + 1..].iter().map(move |&b| (a, b)))
        })
        .collect();
    for (a, b) in pairs {
        let (a, b) = (&counts[a], &counts[b]);
        let shared = a.content.intersection(&b.content).count();
        if shared * 2 >= a.content.len().max(b.content.len()) {
            found.extend(at_odds(a, b, hearing));
        }
    }
    found
}

/// The number that a claim tells, if it tells one alone.
fn count<'c>(claim: &'c Claim, hearing: &Hearing<'_>) -> Option<Count<'c>> {
    let text = &claim.matter.as_ref()?.text;
    let all = words(text);
    let (at, length, number) = number_in(&all, hearing)?;
    let scale = all[at + 1..at + length].iter().map(|it| it.form.to_lowercase()).collect();
    let ontology = hearing.knowledge.ontology;
    let filler = |at: usize| {
        let is = |class| hearing.knowledge.is_at(&all, at, class).is_some();
        is(WordClass::MatterFiller) || is(WordClass::MatterBreak)
    };
    let end = at + length;
    let unit = (end..all.len().min(end + BETWEEN + 1))
        .take_while(|&i| !all[i].after_comma)
        .find(|&i| !filler(i));
    let figure = |word: &Word| ontology.is(&word.form.to_lowercase(), WordClass::FigureNoun);
    let content: BTreeSet<String> = (0..all.len())
        .filter(|i| !(at..end).contains(i) && Some(*i) != unit && !filler(*i))
        .map(|i| all[i].stem.clone())
        .collect();
    let alone = content.is_empty() && unit.is_none();
    let is_figure = alone || all[..at].iter().any(figure) && unit.is_none();
    let written: Vec<&str> = all[at..end].iter().map(|it| it.form.as_str()).collect();
    let unit = unit.map(|i| (all[i].form.clone(), all[i].stem.clone()));
    Some(Count { claim, number, scale, written: written.join(" "), unit, content, is_figure })
}

/// The only number in the words that is no date or time: where, of how many words, and how much.
fn number_in(words: &[Word], hearing: &Hearing<'_>) -> Option<(usize, usize, f64)> {
    let knowledge = hearing.knowledge;
    let value = |at: usize, family: Family| {
        let mut values = knowledge.values_at(words, at).filter(|it| it.family == family);
        values.find_map(|it| it.value.parse::<f64>().ok())
    };
    let month = |at: usize| {
        let word = words.get(at).map(|it| it.form.to_lowercase());
        word.is_some_and(|it| knowledge.ontology.is(&it, WordClass::Month))
    };
    let read = |at: usize| {
        let digits = words[at].form.replace(',', "").parse::<f64>().ok();
        digits.filter(|it| it.is_finite()).or_else(|| value(at, Family::Number))
    };
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let Some(number) = read(at) else {
            at += 1;
            continue;
        };
        let first = at;
        at += 1;
        // "2.1 billion"
        while words
            .get(at)
            .is_some_and(|it| knowledge.ontology.is(&it.form.to_lowercase(), WordClass::NumberWord))
        {
            at += 1;
        }
        let dated = month(at) || first.checked_sub(1).is_some_and(month);
        let timed = words.get(at).is_some() && value(at, Family::Hours).is_some();
        if !dated && !timed {
            if found.is_some() {
                return None;
            }
            found = Some((first, at - first, number));
        }
    }
    found
}

fn at_odds(a: &Count<'_>, b: &Count<'_>, hearing: &Hearing<'_>) -> Option<Dispute> {
    let differ = (a.number - b.number).abs() > f64::EPSILON * a.number.abs() || a.scale != b.scale;
    let tellers = (hearing.told_by(a.claim), hearing.told_by(b.claim));
    let one_side = !tellers.0.is_disjoint(&tellers.1);
    if !differ || one_side || hearing.is_one_voice(a.claim, b.claim) {
        return None;
    }
    let near = !hearing.near(&[a.claim], &[b.claim]).is_empty();
    let (unit, _) = a.unit.as_ref().filter(|_| near)?;
    let words = &a.claim.matter.as_ref()?.text;
    let label = format!("How many {unit}, as in “{words}”?");
    let sides = vec![(a.written.clone(), vec![a.claim]), (b.written.clone(), vec![b.claim])];
    hearing.dispute(DisputeKind::Quantity, label, matter_id(a.claim), sides)
}

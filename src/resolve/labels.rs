//! Labels that a person would give a matter.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::attributes::{Attribute, END};
use super::clusters::Cluster;
use super::knowledge::{Knowledge, ValueAt};
use super::mentions::Mention;
use super::phrase::{HALT_OF_FORCE, TALKS};
use super::words::words;
use crate::extract::Duration;
use crate::ontology::{Family, KeyValue, WordClass};

/// Words of a noun phrase that a label is made of rather than of an infinitive.
const SHORT: usize = 5;
/// The longest label in words.
const LONGEST: usize = 8;
/// The longest clause in words, whose verb may come late.
const LONGEST_CLAUSE: usize = 14;

/// The label of a matter: made of its attributes where these define it ("30-day
/// energy-infrastructure ceasefire", "end to military aid"), else its most central
/// words, cleaned. `texts` are the words of every claim's matter, infinitives with
/// "to" and clauses with "that".
pub(super) fn label(
    cluster: &Cluster,
    mentions: &[Mention],
    texts: &[&str],
    knowledge: &Knowledge<'_>,
) -> String {
    composed(cluster, mentions, texts, knowledge)
        .or_else(|| end_to(cluster, mentions, texts, knowledge))
        .unwrap_or_else(|| central(cluster, mentions, texts, knowledge))
}

/// "End to military aid and intelligence sharing", where no mention is a noun that
/// says so.
fn end_to(
    cluster: &Cluster,
    mentions: &[Mention],
    texts: &[&str],
    knowledge: &Knowledge<'_>,
) -> Option<String> {
    let is_noun =
        |(m, _): &(usize, String)| form(texts[mentions[*m].claim], knowledge) == Form::Noun;
    let told = |(m, _): &&(usize, String)| !mentions[*m].points_back();
    let ends = cluster.attributes.get(Attribute::Change).into_iter().eq([END]);
    if cluster.deed || !ends || cluster.members.iter().filter(told).any(is_noun) {
        return None;
    }
    let first = cluster.members.iter().find(|m| told(m))?;
    let labels: Vec<&str> = mentions[first.0]
        .phrase
        .issues
        .iter()
        .filter_map(|issue| Some(knowledge.ontology.issue(issue)?.label.as_str()))
        .collect();
    match labels[..] {
        [] => None,
        [.., last] => {
            let before = labels[..labels.len() - 1].join(", ");
            let joined =
                if before.is_empty() { last.to_owned() } else { format!("{before} and {last}") };
            Some(format!("end to {joined}"))
        }
    }
}

/// What kind of phrase it is. Of a noun a label is made best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Noun,
    Infinitive,
    Clause,
}

fn form(text: &str, knowledge: &Knowledge<'_>) -> Form {
    let first = text.split(' ').next().unwrap_or_default();
    let is = |class| knowledge.ontology.is(first, class);
    if is(WordClass::InfinitiveMark) {
        Form::Infinitive
    } else if is(WordClass::ClauseMark) && !points(text, knowledge) {
        Form::Clause
    } else {
        Form::Noun
    }
}

/// "That process": a few words without a verb are no clause.
fn points(text: &str, knowledge: &Knowledge<'_>) -> bool {
    /// Words of the longest such phrase.
    const POINTING: usize = 3;
    let words = words(text);
    let verb = |at: usize| knowledge.is_at(&words, at, WordClass::MatterFinite).is_some();
    words.len() <= POINTING && !(0..words.len()).any(verb)
}

/// A label of attributes and issue, when some mention says no more than these.
fn composed(
    cluster: &Cluster,
    mentions: &[Mention],
    texts: &[&str],
    knowledge: &Knowledge<'_>,
) -> Option<String> {
    let family = &cluster.main_family(knowledge)?;
    if cluster.families.contains(TALKS) {
        return None;
    }
    let whole = |i: usize| mentions[i].phrase.residue.len() <= 1;
    if cluster.deed || !cluster.members.iter().any(|(i, _)| whole(*i)) {
        return None;
    }
    let attributes = &cluster.attributes;
    if !attributes.get(Attribute::Change).is_empty()
        || !attributes.get(Attribute::Quantity).is_empty()
    {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    if let Some(duration) = attributes.get(Attribute::Duration).first() {
        parts.push(duration.parse().map_or_else(|_| (*duration).to_owned(), Duration::label));
    }
    let scope = attributes.parts();
    if !scope.is_empty() {
        parts.push(scope_words(cluster, mentions, texts, knowledge));
    } else if attributes.get(Attribute::Scope).contains(KeyValue::Limited.as_str()) {
        parts.push(KeyValue::Limited.into());
    } else if attributes.get(Attribute::Scope).contains(KeyValue::Full.as_str())
        && attributes.get(Attribute::Duration).is_empty()
    {
        parts.push(KeyValue::Full.into());
    }
    if parts.is_empty() {
        let term =
            attributes.get(Attribute::Term).into_iter().chain(attributes.get(Attribute::Condition));
        parts.extend(term.map(str::to_owned));
    }
    let leaf = most_frequent(cluster.issues.iter().map(|(i, n)| (i.as_str(), *n)));
    let bare = parts.is_empty();
    let head = if bare { leaf.unwrap_or(family) } else { family.as_str() };
    // "energy agreement", "infrastructure territory": the scope of a halt only
    if !bare && family != HALT_OF_FORCE {
        return None;
    }
    if bare && cluster.members.iter().any(|(i, _)| !mentions[*i].phrase.residue.is_empty()) {
        return None;
    }
    let label = knowledge.ontology.issue(head)?.label.clone();
    let said = |i: usize| texts[mentions[i].claim].to_lowercase().contains(&label.to_lowercase());
    if bare && family != HALT_OF_FORCE && !cluster.members.iter().any(|(i, _)| said(*i)) {
        return None;
    }
    parts.push(label);
    if let Some(place) = place(cluster, mentions, knowledge) {
        parts.push(format!("in {place}"));
    }
    Some(parts.join(" "))
}

/// The words that the mentions use most for the scope, hyphenated.
fn scope_words(
    cluster: &Cluster,
    mentions: &[Mention],
    texts: &[&str],
    knowledge: &Knowledge<'_>,
) -> String {
    let parts = cluster.attributes.parts();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (i, _) in &cluster.members {
        let text = words(texts[mentions[*i].claim]);
        let mut at = 0;
        while at < text.len() {
            let scope = knowledge
                .values_at(&text, at)
                .find(|found| found.family == Family::Scope && parts.contains(found.value));
            let Some(ValueAt { len, .. }) = scope else {
                at += 1;
                continue;
            };
            let forms: Vec<String> =
                text[at..at + len].iter().map(|w| w.form.to_lowercase()).collect();
            *counts.entry(forms.join("-")).or_default() += 1;
            at += len;
        }
    }
    let longest =
        |(word, n): (&String, &usize)| (std::cmp::Reverse((*n, word.len())), word.clone());
    let best = counts.iter().min_by_key(|(word, n)| longest((word, n)));
    best.map_or_else(|| parts.into_iter().collect::<Vec<_>>().join("-"), |(word, _)| word.clone())
}

/// The place that at least half of the mentions name.
fn place(cluster: &Cluster, mentions: &[Mention], knowledge: &Knowledge<'_>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, _) in &cluster.members {
        for place in mentions[*i].phrase.attributes.get(Attribute::Territory) {
            *counts.entry(place).or_default() += 1;
        }
    }
    let place = most_frequent(counts.iter().map(|(p, n)| (*p, *n)))?;
    if counts[place] * 2 < cluster.members.len() {
        return None;
    }
    let Some(actor) = knowledge.ontology.actor(place) else {
        let title: Vec<String> = place.split(' ').map(capitalised).collect();
        return Some(title.join(" "));
    };
    // "in the Black Sea" takes an article, "in Ukraine" does not
    let (label, last) = (words(&actor.label), actor.label.split(' ').count() - 1);
    let sea = knowledge
        .values_at(&label, last)
        .any(|found| found.family == Family::Scope && *found.value == KeyValue::Maritime);
    Some(if sea { format!("the {}", actor.label) } else { actor.label.clone() })
}

/// The words of the mention that shares most with the others, cleaned.
fn central(
    cluster: &Cluster,
    mentions: &[Mention],
    texts: &[&str],
    knowledge: &Knowledge<'_>,
) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, _) in &cluster.members {
        for stem in &mentions[*i].phrase.content {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let mut candidates: BTreeSet<(bool, Form, std::cmp::Reverse<usize>, usize, String)> =
        BTreeSet::new();
    // What is worded alike is the same candidate.
    let mut seen = HashSet::new();
    for (i, _) in &cluster.members {
        let (phrase, text) = (&mentions[*i].phrase, texts[mentions[*i].claim]);
        if phrase.pronoun || !seen.insert((mentions[*i].wording, text)) {
            continue;
        }
        let text = cleaned(text, knowledge);
        let length = text.split(' ').count();
        // words that others have too, per word, so that long clauses do not win
        let shared: usize = phrase.content.iter().map(|s| counts[s.as_str()]).sum();
        let score = 100 * shared / (phrase.content.len() + 1);
        let form = match form(texts[mentions[*i].claim], knowledge) {
            // "the idea that …" says no more than the clause
            Form::Noun if opens(&text, WordClass::TransparentNoun, knowledge) => Form::Clause,
            // nor is a noun with much behind it shorter than what is to be done
            Form::Noun if length > SHORT => Form::Infinitive,
            form => form,
        };
        // "the demand" says less of it than "a pension"
        let vague = phrase.families.is_empty() && phrase.definite && phrase.is_bare();
        candidates.insert((vague, form, std::cmp::Reverse(score), length, text));
    }
    candidates.into_iter().map(|(.., text)| text).find(|t| !t.is_empty()).unwrap_or_default()
}

/// A phrase as a label: without quotation marks, leading article and what follows a
/// clause, at most eight words; "to" of an infinitive and "that" of a clause stay.
pub(super) fn cleaned(text: &str, knowledge: &Knowledge<'_>) -> String {
    let form = form(text, knowledge);
    let (lead, text) = match (form, text.find(' ')) {
        (Form::Infinitive | Form::Clause, Some(space)) => text.split_at(space + 1),
        _ => ("", text),
    };
    // "what they agreed" without its first word would be another thing
    let first = text.split(' ').next().unwrap_or_default();
    let pointed = knowledge.ontology.is(first, WordClass::ClauseMark) && points(text, knowledge);
    let asks = opens(text, WordClass::MatterRelative, knowledge) && !pointed;
    let rest = core(text, form == Form::Clause || asks, knowledge);
    if rest.is_empty() { rest } else { format!("{lead}{rest}") }
}

/// Is the first word of the class?
fn opens(text: &str, class: WordClass, knowledge: &Knowledge<'_>) -> bool {
    let first = words(text.split(' ').next().unwrap_or_default());
    knowledge.is_at(&first, 0, class).is_some()
}

fn core(text: &str, clause: bool, knowledge: &Knowledge<'_>) -> String {
    let plain = unquoted(text, knowledge);
    let mut parts: Vec<&str> = plain.split_whitespace().collect();
    let is = |word: &str, class: WordClass| knowledge.is_word(word, class);
    while !clause
        && parts.len() > 1
        && (is(parts[0], WordClass::MatterIndefinite)
            || is(parts[0], WordClass::MatterDefinite)
            || is(parts[0], WordClass::MatterAnd)
            || is(parts[0], WordClass::MatterFiller)
            || is(parts[0], WordClass::MatterBreak))
    {
        parts.remove(0);
    }
    let aside = (1..parts.len()).find(|&i| {
        is(parts[i], WordClass::MatterAside)
            || matches!(parts[i], "–" | "—")
            || i > 2 && parts[i - 1].ends_with([';', ':', '–', '—'])
    });
    // "the amount was more than a million" without its verb would be another thing
    let verb = |parts: &[&str]| parts.iter().any(|it| is(it, WordClass::MatterFinite));
    let aside = aside.filter(|&at| {
        let told = parts[..at].iter().rposition(|it| !is(it, WordClass::MatterFiller));
        !clause || !verb(&parts) || told.is_some_and(|last| verb(&parts[..last]))
    });
    parts.truncate(aside.unwrap_or(parts.len()));
    let cut = aside.is_some() || parts.len() > LONGEST;
    if parts.len() > LONGEST {
        parts.truncate(place_of_cut(&parts, clause, knowledge));
        // "the arrival of the delegation, led [by …]"
        if parts.len() > 2 && parts[parts.len() - 2].ends_with(',') {
            parts.pop();
        }
    }
    while (cut || !clause)
        && parts.len() > 1
        && parts.last().is_some_and(|w| is(w, WordClass::MatterFiller))
    {
        parts.pop();
    }
    let joined = parts.join(" ");
    let trimmed = joined
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '%' | '$' | '€' | '£'));
    trimmed.to_owned()
}

/// How many words of a long phrase make its label: rather up to a relative, else up to a comma or a
/// preposition than to the middle of a phrase, and of a clause not without its verb.
fn place_of_cut(parts: &[&str], clause: bool, knowledge: &Knowledge<'_>) -> usize {
    let is = |at: usize, class| knowledge.is_word(parts[at], class);
    let relative = (2..=LONGEST).find(|&i| !clause && is(i, WordClass::MatterRelative));
    if let Some(relative) = relative {
        return relative;
    }
    let verb = (1..parts.len().min(LONGEST_CLAUSE))
        .find(|&i| clause && is(i, WordClass::MatterFinite))
        .unwrap_or(0);
    // "that the meeting will be" lacks what it will be
    let first = (verb + 2).max(3);
    let longest = if first > LONGEST - 1 || clause && verb == 0 { LONGEST_CLAUSE } else { LONGEST };
    let ends = |i: &usize| parts[i - 1].ends_with(',') || is(*i, WordClass::MatterBreak);
    let belongs =
        |i: &usize| knowledge.ontology.is(&parts[*i].to_lowercase(), WordClass::BelongingMark);
    let last = longest.min(parts.len());
    if last == parts.len() && longest > LONGEST {
        return last;
    }
    let cuts = || (first..=last).rev().filter(|i| *i < parts.len()).filter(ends);
    cuts().find(|i| !belongs(i)).or_else(|| cuts().next()).unwrap_or(last)
}

/// The text without quotation marks; what stands for a letter or after an owner's name stays.
fn unquoted(text: &str, knowledge: &Knowledge<'_>) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut open = 0_usize;
    let keeps = |(at, c): (usize, char)| {
        if !matches!(c, '’' | '\'' | '‘') {
            return (!knowledge.ontology.is(&c.to_string(), WordClass::QuoteMark)).then_some(c);
        }
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
        let before = beside(at.checked_sub(1)).is_some_and(|it| !it.is_whitespace());
        let after = beside(Some(at + 1)).is_some_and(char::is_alphanumeric);
        let marks = |c: char| matches!(c, '’' | '\'' | '‘' | '(' | '“' | '"');
        let opens = !before || beside(at.checked_sub(1)).is_some_and(marks) && after;
        if opens {
            open += 1;
            return None;
        }
        if !after && open > 0 {
            open -= 1;
            return None;
        }
        Some(c)
    };
    letters.iter().copied().enumerate().filter_map(keeps).collect()
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

fn most_frequent<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> Option<&'a str> {
    counts.min_by_key(|(name, n)| (std::cmp::Reverse(*n), *name)).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::shipped;

    #[test]
    fn labels_are_short_and_clean() {
        let knowledge = Knowledge::new(shipped());
        for (text, label) in [
            ("the “enormous economic deals”", "enormous economic deals"),
            ("a major refinery outside Moscow", "major refinery outside Moscow"),
            ("to organise ice hockey matches", "to organise ice hockey matches"),
            ("that the war was over", "that the war was over"),
            ("the truce which Ukraine accepted", "truce"),
            ("an 'eligibility threshold' for investors", "eligibility threshold for investors"),
            ("remarks about a judge ''racist,''", "remarks about a judge racist"),
            ("the leaders' call", "leaders' call"),
            (
                "the arrival of the National Assembly delegation, led by its chair",
                "arrival of the National Assembly delegation",
            ),
            ("that process", "process"),
            ("that the amount was more than a million", "that the amount was more than a million"),
            ("new extra funding for the long construction of a wall", "new extra funding"),
            (
                "that the text of the third working group will be read aloud",
                "that the text of the third working group will be read aloud",
            ),
            (
                "that the process with the government and the rebels is in danger of an end soon",
                "that the process with the government and the rebels is in danger",
            ),
            (
                "one two three four five six seven of eight nine ten",
                "two three four five six seven",
            ),
        ] {
            assert_eq!(cleaned(text, &knowledge), label);
        }
    }
}

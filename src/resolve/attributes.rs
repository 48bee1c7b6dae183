//! What tells one matter from another: duration, scope, conditions, quantity,
//! territory, date, change.

use std::collections::{BTreeMap, BTreeSet};

use super::knowledge::Knowledge;
use super::words::Word;
use crate::extract::Duration;
use crate::named::named;
use crate::ontology::{ActorKind, Family, KeyValue, NameKind, WordClass};

named! {
    /// What tells one matter from another.
    pub enum Attribute {
        /// That it is to begin or to end: `start`, `end`.
        Change = "change",
        /// On what conditions it is: `unconditional`.
        Condition = "condition",
        /// When it is, in words: `19 march`.
        Date = "date",
        /// For how long it is, in ISO 8601.
        Duration = "duration",
        /// How many of what: `175 prisoner`.
        Quantity = "quantity",
        /// What part of it is meant: `energy`, `full`.
        Scope = "scope",
        /// When it begins: `immediate`.
        Start = "start",
        /// For how long it is, in words: `permanent`.
        Term = "term",
        /// Where it is: the id of an actor, or a word.
        Territory = "territory",
    }
}

impl Attribute {
    /// The attribute that the values of a family of classes give.
    fn of(family: Family) -> Option<Self> {
        match family {
            Family::Scope => Some(Self::Scope),
            Family::Condition => Some(Self::Condition),
            Family::Start => Some(Self::Start),
            Family::Term => Some(Self::Term),
            _ => None,
        }
    }
}

/// Attribute → values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Attributes(pub BTreeMap<Attribute, BTreeSet<String>>);

/// A value of [`Attribute::Change`].
pub(super) const START: &str = "start";
/// A value of [`Attribute::Change`].
pub(super) const END: &str = "end";

/// The families whose values are attributes of matters.
pub(super) const OF_MATTERS: &[Family] =
    &[Family::Scope, Family::Condition, Family::Start, Family::Term];
impl Attributes {
    /// Reads the attributes of a phrase.
    pub(super) fn read(words: &[Word], knowledge: &Knowledge<'_>) -> Self {
        let mut found = Self::default();
        let mut at = 0;
        while at < words.len() {
            let mut step = 1;
            for given in knowledge.values_at(words, at) {
                if let Some(attribute) = Attribute::of(given.family) {
                    found.add(attribute, given.value);
                    step = step.max(given.len);
                }
            }
            if let Some(hours) = hours(words, at, knowledge) {
                found.add(Attribute::Duration, &Duration::of_hours(hours).to_string());
            }
            if let Some((quantity, len)) = quantity(words, at, knowledge) {
                found.add(Attribute::Quantity, &quantity);
                step = step.max(len);
            }
            if let Some(date) = date(words, at, knowledge) {
                found.add(Attribute::Date, &date);
            }
            if let Some(place) = territory(words, at, knowledge) {
                found.add(Attribute::Territory, &place);
            }
            at += step;
        }
        found
    }

    /// Adds a value.
    pub(super) fn add(&mut self, attribute: Attribute, value: &str) {
        self.0.entry(attribute).or_default().insert(value.to_owned());
    }

    /// The values of an attribute.
    pub(super) fn get(&self, attribute: Attribute) -> BTreeSet<&str> {
        self.0.get(&attribute).map(|v| v.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// Takes over all values of the other.
    pub(super) fn extend(&mut self, other: &Self) {
        for (attribute, values) in &other.0 {
            self.0.entry(*attribute).or_default().extend(values.iter().cloned());
        }
    }

    /// Scope that names a part: energy, at sea. Neither `full` nor `limited`.
    pub(super) fn parts(&self) -> BTreeSet<&str> {
        let mut parts = self.get(Attribute::Scope);
        parts.remove(KeyValue::Full.as_str());
        parts.remove(KeyValue::Limited.as_str());
        parts
    }

    /// Is it less than the whole?
    pub(super) fn is_limited(&self) -> bool {
        let scope = self.get(Attribute::Scope);
        scope.iter().any(|s| **s != KeyValue::Full)
    }

    /// The attribute in which the two cannot be one matter, if there is one.
    pub(super) fn conflict(&self, other: &Self, knowledge: &Knowledge<'_>) -> Option<Attribute> {
        let disjoint = |name: Attribute| {
            let (a, b) = (self.get(name), other.get(name));
            !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
        };
        if scopes_conflict(self, other) {
            return Some(Attribute::Scope);
        }
        if disjoint(Attribute::Duration)
            && !durations_agree(&self.get(Attribute::Duration), &other.get(Attribute::Duration))
        {
            return Some(Attribute::Duration);
        }
        let told = [Attribute::Condition, Attribute::Term, Attribute::Change, Attribute::Date];
        if let Some(attribute) = told.into_iter().find(|attribute| disjoint(*attribute)) {
            return Some(attribute);
        }
        let permanent = |a: &Self, b: &Self| {
            a.get(Attribute::Term).contains(KeyValue::Permanent.as_str())
                && !b.get(Attribute::Duration).is_empty()
        };
        if permanent(self, other) || permanent(other, self) {
            return Some(Attribute::Term);
        }
        if quantities_conflict(&self.get(Attribute::Quantity), &other.get(Attribute::Quantity)) {
            return Some(Attribute::Quantity);
        }
        // a town may lie in a country, so only states exclude each other
        let is_state =
            |id: &&str| knowledge.ontology.actor(id).is_some_and(|a| a.kind == ActorKind::State);
        if disjoint(Attribute::Territory)
            && self.get(Attribute::Territory).iter().all(is_state)
            && other.get(Attribute::Territory).iter().all(is_state)
        {
            return Some(Attribute::Territory);
        }
        None
    }

    /// Do the two differ in what is put forward, though neither excludes the other:
    /// one names a part and the other does not, one ends what the other is?
    pub(super) fn differ(&self, other: &Self) -> Option<Attribute> {
        if self.is_limited() != other.is_limited() {
            return Some(Attribute::Scope);
        }
        if self.get(Attribute::Change) != other.get(Attribute::Change) {
            return Some(Attribute::Change);
        }
        None
    }

    /// How much the two share that sets them apart from others of their kind, and
    /// the names of the attributes.
    pub(super) fn shared(&self, other: &Self) -> (u32, Vec<Attribute>) {
        const WEIGHTS: [(Attribute, u32); 8] = [
            (Attribute::Quantity, 4),
            (Attribute::Scope, 3),
            (Attribute::Duration, 3),
            (Attribute::Condition, 2),
            (Attribute::Date, 2),
            (Attribute::Start, 1),
            (Attribute::Term, 1),
            (Attribute::Territory, 1),
        ];
        let mut total = 0;
        let mut names = Vec::new();
        for (name, weight) in WEIGHTS {
            let (a, b) = (self.get(name), other.get(name));
            let meet = !a.is_disjoint(&b)
                || name == Attribute::Duration && !a.is_empty() && durations_agree(&a, &b);
            if meet {
                total += weight;
                names.push(name);
            }
        }
        (total, names)
    }

    /// Name and value, sorted.
    pub(super) fn pairs(&self) -> Vec<(Attribute, String)> {
        self.0
            .iter()
            .flat_map(|(name, values)| values.iter().map(move |v| (*name, v.clone())))
            .collect()
    }
}

fn scopes_conflict(a: &Attributes, b: &Attributes) -> bool {
    let (x, y) = (a.get(Attribute::Scope), b.get(Attribute::Scope));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let only_full = |s: &BTreeSet<&str>| s.iter().all(|v| **v == KeyValue::Full);
    if only_full(&x) != only_full(&y) {
        return true;
    }
    let (p, q) = (a.parts(), b.parts());
    !p.is_empty() && !q.is_empty() && p.is_disjoint(&q)
}

fn durations_agree(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let read = |it: &BTreeSet<&str>| -> Vec<Duration> {
        it.iter().filter_map(|iso| iso.parse().ok()).collect()
    };
    let (a, b) = (read(a), read(b));
    a.iter().any(|x| b.iter().any(|y| x.is_near(*y)))
}

fn quantities_conflict(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let unit = |q: &str| q.split_once(' ').map(|(_, unit)| unit.to_owned());
    a.iter().any(|x| b.iter().any(|y| x != y && unit(x) == unit(y))) && a.is_disjoint(b)
}

/// The number at `at`, in digits or in words.
fn number(words: &[Word], at: usize, knowledge: &Knowledge<'_>) -> Option<u64> {
    let word = words.get(at)?;
    word.number().or_else(|| named_number(words, at, Family::Number, knowledge))
}

fn named_number(
    words: &[Word],
    at: usize,
    family: Family,
    knowledge: &Knowledge<'_>,
) -> Option<u64> {
    let mut values = knowledge.values_at(words, at).filter(|found| found.family == family);
    values.find_map(|found| found.value.parse().ok())
}

/// The duration in hours of which the unit stands at `at`: "30-day", "a month",
/// "month-long", "a month's".
fn hours(words: &[Word], at: usize, knowledge: &Knowledge<'_>) -> Option<u64> {
    let unit = named_number(words, at, Family::Hours, knowledge)?;
    if let Some(count) = at.checked_sub(1).and_then(|i| number(words, i, knowledge)) {
        return count.checked_mul(unit);
    }
    let singular = words[at].form.to_lowercase() == words[at].stem || words[at].possessive;
    let one = at
        .checked_sub(1)
        .is_some_and(|i| knowledge.is_at(words, i, WordClass::MatterIndefinite).is_some());
    let long = words
        .get(at + 1)
        .is_some_and(|w| knowledge.ontology.is(&w.stem, WordClass::MeasureDuration));
    (long || singular && one).then_some(unit)
}

/// A number with what it counts, and how many words it takes.
fn quantity(words: &[Word], at: usize, knowledge: &Knowledge<'_>) -> Option<(String, usize)> {
    let count = words.get(at)?.number()?;
    let next = words.get(at + 1)?;
    let is = |class: WordClass| knowledge.is_at(words, at + 1, class).is_some();
    let counts_time = named_number(words, at + 1, Family::Hours, knowledge).is_some();
    let is_month = knowledge.ontology.is(&next.form.to_lowercase(), WordClass::Month);
    if next.after_comma
        || counts_time
        || is_month
        || is(WordClass::MatterFiller)
        || is(WordClass::MatterBreak)
    {
        return None;
    }
    if next.number().is_some() {
        return None;
    }
    Some((format!("{count} {}", next.stem), 2))
}

/// "19 March" or "March 19" as "19 march".
fn date(words: &[Word], at: usize, knowledge: &Knowledge<'_>) -> Option<String> {
    let word = &words[at];
    let month = word.form.to_lowercase();
    if !word.is_capitalised() || !knowledge.ontology.is(&month, WordClass::Month) {
        return None;
    }
    let day = |i: usize| words.get(i)?.number().filter(|d| (1..=31).contains(d));
    let day = at.checked_sub(1).and_then(day).or_else(|| day(at + 1))?;
    Some(format!("{day} {month}"))
}

/// The place named at `at` after a preposition of place.
fn territory(words: &[Word], at: usize, knowledge: &Knowledge<'_>) -> Option<String> {
    let word = &words[at];
    if !word.is_capitalised() {
        return None;
    }
    let before = |back: usize| at.checked_sub(back);
    let is_place_word = |i: usize| knowledge.is_at(words, i, WordClass::MatterIn).is_some();
    let article = before(1)
        .filter(|&i| knowledge.is_at(words, i, WordClass::MatterDefinite).is_some())
        .and(before(2));
    if !before(1).is_some_and(is_place_word) && !article.is_some_and(is_place_word) {
        return None;
    }
    if knowledge.ontology.is(&word.form.to_lowercase(), WordClass::Month) {
        return None;
    }
    match knowledge.actor_at(words, at) {
        // "in Russian cities": the adjective does not name a place by itself
        Some((_, _, NameKind::Adjective | NameKind::Demonym | NameKind::FamilyName)) => None,
        Some((_, id, _)) => {
            let actor = knowledge.ontology.actor(id)?;
            let is_place = matches!(actor.kind, ActorKind::State | ActorKind::Place);
            is_place.then(|| id.to_owned())
        }
        None => {
            let name: Vec<&str> = words[at..]
                .iter()
                .take_while(|w| w.is_capitalised() && !w.after_comma || w.form == word.form)
                .take(3)
                .map(|w| w.form.as_str())
                .collect();
            Some(name.join(" ").to_lowercase())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::shipped;
    use crate::resolve::words::words;

    fn with(test: impl Fn(&Knowledge<'_>)) {
        test(&Knowledge::new(shipped()));
    }

    fn pairs(phrase: &str, knowledge: &Knowledge<'_>) -> String {
        let found = Attributes::read(&words(phrase), knowledge).pairs();
        let found: Vec<String> = found.iter().map(|(n, v)| format!("{n}={v}")).collect();
        found.join(" ")
    }

    #[test]
    fn durations_are_normalised() {
        with(|k| {
            for phrase in [
                "a 30-day truce",
                "a truce for 30 days",
                "a month’s truce",
                "a month-long truce",
                "one month of quiet",
                "a thirty-day truce",
            ] {
                assert_eq!(pairs(phrase, k), "duration=P30D", "{phrase}");
            }
            assert_eq!(pairs("a 72-hour truce", k), "duration=P3D");
            assert_eq!(pairs("in recent months", k), "");
            assert_eq!(pairs("last month", k), "");
        });
    }

    #[test]
    fn scope_condition_quantity_place_and_date_are_read() {
        with(|k| {
            assert_eq!(
                pairs("an immediate, unconditional ceasefire", k),
                "condition=unconditional start=immediate"
            );
            assert_eq!(pairs("a pause in strikes on the power grid", k), "scope=energy");
            assert_eq!(
                pairs("an exchange of 175 prisoners of war on 19 March", k),
                "date=19 march quantity=175 prisoner"
            );
            assert_eq!(pairs("a ceasefire in Ukraine", k), "territory=ukraine");
            assert_eq!(pairs("fighting in Belgorod", k), "territory=belgorod");
        });
    }

    #[test]
    fn what_conflicts_and_what_does_not() {
        with(|k| {
            let read = |p: &str| Attributes::read(&words(p), k);
            let conflict = |a: &str, b: &str| read(a).conflict(&read(b), k);
            assert_eq!(conflict("30-day truce", "month-long truce"), None);
            assert_eq!(conflict("30-day truce", "60-day truce"), Some(Attribute::Duration));
            assert_eq!(conflict("full truce", "energy truce"), Some(Attribute::Scope));
            assert_eq!(conflict("maritime truce", "energy truce"), Some(Attribute::Scope));
            assert_eq!(conflict("partial truce", "energy truce"), None);
            assert_eq!(conflict("energy and infrastructure truce", "energy truce"), None);
            assert_eq!(conflict("175 prisoners", "200 prisoners"), Some(Attribute::Quantity));
            assert_eq!(
                conflict("truce in Ukraine", "truce in Lebanon"),
                Some(Attribute::Territory)
            );
            assert_eq!(conflict("30-day truce", "permanent truce"), Some(Attribute::Term));
        });
    }

    #[test]
    fn a_part_is_not_the_whole() {
        with(|k| {
            let read = |p: &str| Attributes::read(&words(p), k);
            assert_eq!(
                read("30-day truce").differ(&read("30-day energy truce")),
                Some(Attribute::Scope)
            );
            assert_eq!(read("30-day truce").differ(&read("full truce")), None);
        });
    }
}

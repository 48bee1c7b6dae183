//! Which claims are told near which others: in texts of one week, or of one affair.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;

use super::hearing::Hearing;
use crate::extract::Claim;

/// Days between two texts whose reports of one thing can contradict; farther apart,
/// minds may have changed.
const DAYS: i32 = 7;

/// Groups, by their numbers in order.
type Numbers = Vec<usize>;

/// Groups of claims, of which it is asked whether a text is near one of them. Looked up by what texts
/// share, so that no text is held against all of a group.
pub(super) struct Groups<'h, 'c> {
    hearing: &'h Hearing<'h>,
    /// By the days of their texts.
    days: BTreeMap<Date, Numbers>,
    documents: HashMap<&'c str, Numbers>,
    /// The affairs of the texts that have a date, and of those that have none. Few are asked for.
    dated: OnceCell<Affairs<'h>>,
    undated: OnceCell<Affairs<'h>>,
}

/// What texts of groups are about, by the sides of which they tell.
#[derive(Default)]
struct Affairs<'h> {
    /// All sides.
    sides: HashMap<&'h str, Numbers>,
    /// Those of texts that tell of one side.
    alone: HashMap<&'h str, Numbers>,
    /// Any two of one text.
    pairs: HashMap<(&'h str, &'h str), Numbers>,
}

impl Hearing<'_> {
    /// Those claims whose texts lie within a week of one of the others' texts. Of texts without a date
    /// those are near that are of the same affair. O(n log n).
    pub(crate) fn near<'c>(&self, claims: &[&'c Claim], others: &[&Claim]) -> Vec<&'c Claim> {
        let others = Groups::of(self, [others]);
        retained(claims, |document| others.are_near(document, |_| true))
    }
}

impl<'h, 'c> Groups<'h, 'c> {
    /// O(n log n) in the claims.
    pub(super) fn of<'g>(
        hearing: &'h Hearing<'h>,
        groups: impl IntoIterator<Item = &'g [&'c Claim]>,
    ) -> Self
    where
        'c: 'g,
    {
        let mut days: BTreeMap<Date, Numbers> = BTreeMap::new();
        let mut documents: HashMap<&str, Numbers> = HashMap::new();
        for (number, claims) in groups.into_iter().enumerate() {
            let mut last = "";
            for claim in claims {
                // the claims of a text stand beside each other
                if claim.document == last {
                    continue;
                }
                last = &claim.document;
                add(documents.entry(last).or_default(), number);
                if let Some(date) = hearing.date(last) {
                    add(days.entry(date).or_default(), number);
                }
            }
        }
        Self { hearing, days, documents, dated: OnceCell::new(), undated: OnceCell::new() }
    }

    /// Is a text near a group that fits? Of texts without a date those are near that are of the same
    /// affair.
    pub(super) fn are_near(&self, document: &str, fits: impl Fn(usize) -> bool) -> bool {
        let any = |numbers: &Numbers| numbers.iter().any(|it| fits(*it));
        let date = self.hearing.date(document);
        let in_time = date.is_some_and(|date| {
            let week = DAYS.days();
            let (from, to) = (date.saturating_sub(week), date.saturating_add(week));
            self.days.range(from..=to).any(|(_, numbers)| any(numbers))
        });
        if in_time || self.documents.get(document).is_some_and(any) {
            return true;
        }
        let affair = self.hearing.affair(document);
        let undated = self.undated.get_or_init(|| self.affairs(false));
        undated.has(affair, &fits)
            || date.is_none() && self.dated.get_or_init(|| self.affairs(true)).has(affair, &fits)
    }

    /// Of those texts that have a date, or of those that have none.
    fn affairs(&self, dated: bool) -> Affairs<'h> {
        let mut affairs = Affairs::default();
        let these =
            self.documents.iter().filter(|(id, _)| self.hearing.date(id).is_some() == dated);
        for (document, numbers) in these {
            let sides = self.hearing.affair(document);
            for &number in numbers {
                affairs.add(sides, number);
            }
        }
        affairs
    }
}

fn add(numbers: &mut Numbers, number: usize) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

impl<'h> Affairs<'h> {
    fn add(&mut self, sides: &'h [String], number: usize) {
        for side in sides {
            add(self.sides.entry(side).or_default(), number);
        }
        if let [only] = sides {
            add(self.alone.entry(only).or_default(), number);
        }
        for pair in pairs(sides) {
            add(self.pairs.entry(pair).or_default(), number);
        }
    }

    /// Does one of the texts tell of two sides of these, or of all where either has but one?
    fn has(&self, affair: &[String], fits: impl Fn(usize) -> bool) -> bool {
        let any = |numbers: Option<&Numbers>| numbers.is_some_and(|it| it.iter().any(|n| fits(*n)));
        match affair {
            [] => false,
            [only] => any(self.sides.get(only.as_str())),
            sides => {
                sides.iter().any(|it| any(self.alone.get(it.as_str())))
                    || pairs(sides).any(|pair| any(self.pairs.get(&pair)))
            }
        }
    }
}

/// Any two, in their order.
fn pairs(sides: &[String]) -> impl Iterator<Item = (&str, &str)> {
    let each = sides.iter().enumerate();
    each.flat_map(|(at, a)| sides[at + 1..].iter().map(move |b| (a.as_str(), b.as_str())))
}

/// Those claims whose texts are near, each text asked once.
pub(super) fn retained<'c>(claims: &[&'c Claim], is_near: impl Fn(&str) -> bool) -> Vec<&'c Claim> {
    let mut of_document: HashMap<&str, bool> = HashMap::new();
    for claim in claims {
        of_document.entry(&claim.document).or_insert_with(|| is_near(&claim.document));
    }
    claims.iter().filter(|it| of_document[it.document.as_str()]).copied().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::fixture;
    use crate::resolve::about::Called;
    use crate::resolve::knowledge::Knowledge;
    use crate::resolve::tests::shipped;

    #[test]
    fn texts_of_a_week_are_near_and_without_a_date_those_of_one_affair() {
        let (knowledge, called) = (Knowledge::new(shipped()), Called::new());
        let one = fixture::corpus().claims.remove(0);
        let claim = |document: &str| Claim { document: document.to_owned(), ..one.clone() };
        let claims = ["march-1", "march-5", "june", "no-date", "elsewhere"].map(claim);
        let days = [("march-1", 3, 1), ("march-5", 3, 5), ("june", 6, 1)];
        let affair = |document, sides: [&str; 2]| (document, sides.map(str::to_owned).to_vec());
        let hearing = Hearing {
            claims: &claims,
            documents: HashMap::new(),
            dates: days.map(|(id, month, day)| (id, date(2025, month, day))).into(),
            matters: &[],
            affairs_of: HashMap::from([
                affair("june", ["norland", "sudria"]),
                affair("no-date", ["norland", "sudria"]),
                affair("elsewhere", ["norland", "tolmeria"]),
            ]),
            called: &called,
            acts_for: &BTreeMap::new(),
            knowledge: &knowledge,
        };
        let all: Vec<&Claim> = claims.iter().collect();
        let groups = Groups::of(&hearing, [&all[..1], &all[2..3]]);
        let near = |claim: &Claim| -> Vec<usize> {
            (0..2).filter(|it| groups.are_near(&claim.document, |group| group == *it)).collect()
        };
        let found: Vec<Vec<usize>> = claims.iter().map(near).collect();
        assert_eq!(found, [vec![0], vec![0], vec![1], vec![1], vec![]]);
        assert_eq!(hearing.near(&all, &all[..1]), all[..2]);
        assert_eq!(hearing.near(&all, &all[3..4]), all[2..4]);
        assert!(hearing.near(&all, &[]).is_empty());
    }
}

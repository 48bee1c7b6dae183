//! A stretch of time that a question names: "between 7 and 12 March", "in March",
//! "after 10 March".

use jiff::civil::Date;

use crate::extract::Lexicon;
use crate::ontology::WordClass;

/// Days from one to another, both of them in it; where the question names no year, of
/// any year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// First day, `2031-03-07`, or `03-07` of any year; `None` where it is open.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
}

/// A day, month or year as the words give it.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

impl Period {
    /// Takes a period out of a question: it, and the question without it. A single day
    /// ("on 11 March") is no period.
    pub(super) fn take(question: &str, lexicon: &Lexicon<'_>) -> (Option<Self>, String) {
        let words: Vec<&str> = question.split_whitespace().collect();
        for at in 0..words.len() {
            let class = |class: WordClass| lexicon.is(&bare(words[at]), class);
            let found = class(WordClass::PeriodBetween).then(|| two(&words, at, lexicon)).flatten();
            let found = found.or_else(|| {
                let (named, end) = one(&words, at, lexicon)?;
                let period = if class(WordClass::PeriodFrom) {
                    let first = if class(WordClass::PeriodAfter) {
                        named.last().map(after)
                    } else {
                        named.first()
                    };
                    Self { from: first, until: None }
                } else if class(WordClass::PeriodUntil) {
                    let last = if class(WordClass::PeriodBefore) {
                        named.first().map(before)
                    } else {
                        named.last()
                    };
                    Self { from: None, until: last }
                } else if class(WordClass::PeriodIn) && named.day.is_none() {
                    Self { from: named.first(), until: named.last() }
                } else {
                    return None;
                };
                Some((period, end))
            });
            if let Some((period, end)) = found.filter(|(p, _)| *p != Self::OPEN) {
                let mut rest = [&words[..at], &words[end..]].concat().join(" ");
                if let Some(mark) = question.chars().last().filter(|c| matches!(c, '?' | '.'))
                    && !rest.ends_with(mark)
                {
                    rest.push(mark);
                }
                return (Some(period), rest);
            }
        }
        (None, question.to_owned())
    }

    const OPEN: Self = Self { from: None, until: None };

    /// Does a date, month or interval of a claim touch it?
    pub(super) fn holds(&self, time: &str) -> bool {
        let (first, last) = time.split_once('/').unwrap_or((time, time));
        let cut = |bound: &str, time: &str| {
            if bound.len() > 5 {
                time.to_owned()
            } else {
                time.strip_prefix("--").or(time.get(5..)).unwrap_or(time).to_owned()
            }
        };
        // a month begins before its days and ends after them
        let starts = self.until.as_ref().is_none_or(|until| cut(until, first) <= *until);
        let ends = self.from.as_ref().is_none_or(|from| {
            let last = cut(from, last);
            last >= *from || from.starts_with(&last)
        });
        let dated = [&self.from, &self.until].iter().all(|bound| {
            bound.as_ref().is_none_or(|bound| !cut(bound, first).is_empty() && bound.len() >= 5)
        });
        starts && ends && dated
    }

    /// The dates that it goes from and to, for the JSON.
    pub(super) fn dates(&self) -> Vec<String> {
        let spell = |bound: &Option<String>| match bound {
            Some(day) if day.len() == 5 => format!("--{day}"),
            Some(day) => day.clone(),
            None => "..".to_owned(),
        };
        vec![format!("{}/{}", spell(&self.from), spell(&self.until))]
    }
}

impl Named {
    fn first(self) -> Option<String> {
        self.spell(self.day.unwrap_or(1), self.month.unwrap_or(1))
    }

    fn last(self) -> Option<String> {
        let month = self.month.unwrap_or(12);
        // of no year, 29 February is a day too
        let days = Date::new(self.year.unwrap_or(2000), month, 1).ok()?.days_in_month();
        self.spell(self.day.unwrap_or(days), month)
    }

    fn spell(self, day: i8, month: i8) -> Option<String> {
        match self.year {
            Some(year) => Date::new(year, month, day).ok().map(|date| date.to_string()),
            None if self.month.is_none() => None,
            None => Some(format!("{month:02}-{day:02}")),
        }
    }
}

/// The day after one that is spelled.
fn after(day: String) -> String {
    moved(day, 1)
}

/// The day before one that is spelled.
fn before(day: String) -> String {
    moved(day, -1)
}

fn moved(day: String, days: i64) -> String {
    let whole = if day.len() == 5 { format!("2000-{day}") } else { day.clone() };
    let date = whole.parse::<Date>().ok();
    let date = date.and_then(|date| date.checked_add(jiff::Span::new().days(days)).ok());
    match date {
        Some(date) if day.len() == 5 => date.to_string()[5..].to_owned(),
        Some(date) => date.to_string(),
        None => day,
    }
}

/// The date after the word at `at`, and where it ends.
fn one(words: &[&str], at: usize, lexicon: &Lexicon<'_>) -> Option<(Named, usize)> {
    let (named, end) = read(words, at + 1, lexicon);
    (named.month.is_some() || named.year.is_some()).then_some((named, end))
}

/// "between 7 and 12 March", "from 7 March to 2 April".
fn two(words: &[&str], at: usize, lexicon: &Lexicon<'_>) -> Option<(Period, usize)> {
    let (mut from, middle) = read(words, at + 1, lexicon);
    let joined = words.get(middle).is_some_and(|w| lexicon.is(&bare(w), WordClass::PeriodJoint));
    if middle == at + 1 || !joined {
        return None;
    }
    let (until, end) = read(words, middle + 1, lexicon);
    until.month.or(until.year.map(|_| 1))?;
    from.month = from.month.or(until.month);
    from.year = from.year.or(until.year);
    Some((Period { from: from.first(), until: until.last() }, end))
}

/// Day, month and year in any order from a word on, and where they end.
fn read(words: &[&str], from: usize, lexicon: &Lexicon<'_>) -> (Named, usize) {
    let mut named = Named::default();
    let mut at = from;
    while let Some(word) = words.get(at) {
        let word = bare(word);
        let number = word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>().ok();
        if let Ok(date) = word.parse::<Date>() {
            named =
                Named { day: Some(date.day()), month: Some(date.month()), year: Some(date.year()) };
            return (named, at + 1);
        } else if let Some(number) = number.filter(|n| (1..=31).contains(n) && named.day.is_none())
        {
            named.day = i8::try_from(number).ok();
        } else if let Some(year) = number.filter(|n| (1800..2200).contains(n)) {
            named.year = Some(year);
        } else if named.month.is_none() && lexicon.is(&word, WordClass::Month) {
            named.month = month(&word);
        } else if !lexicon.is(&word, WordClass::PeriodFiller) {
            break;
        }
        at += 1;
    }
    (named, at)
}

fn month(word: &str) -> Option<i8> {
    let spelled = format!("{} 1 2000", word.trim_end_matches('.'));
    let parsed = ["%B %d %Y", "%b %d %Y"].iter().find_map(|f| Date::strptime(f, &spelled).ok())?;
    Some(parsed.month())
}

/// A word in lower case without marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    fn take(question: &str) -> Option<(Option<String>, Option<String>, String)> {
        let ontology = Ontology::shipped().unwrap();
        let (period, rest) = Period::take(question, &Lexicon::new(&ontology));
        period.map(|p| (p.from, p.until, rest))
    }

    #[test]
    fn stretches_of_time_are_taken_out() {
        let some = |from: &str, until: &str, rest: &str| {
            let bound = |day: &str| (!day.is_empty()).then(|| day.to_owned());
            Some((bound(from), bound(until), rest.to_owned()))
        };
        for (question, expected) in [
            ("What happened between 7 and 12 March?", some("03-07", "03-12", "What happened?")),
            ("What happened in March?", some("03-01", "03-31", "What happened?")),
            ("What did Iran do after 10 March 2031?", some("2031-03-11", "", "What did Iran do?")),
            ("Who spoke before March 1?", some("", "02-29", "Who spoke?")),
            ("Who met since 5 May 2030?", some("2030-05-05", "", "Who met?")),
            ("From 28 February to 2 March, who met?", some("02-28", "03-02", "who met?")),
            ("What did he say in 2031?", some("2031-01-01", "2031-12-31", "What did he say?")),
        ] {
            assert_eq!(take(question), expected, "{question}");
        }
    }

    #[test]
    fn days_and_other_words_are_not() {
        for question in [
            "What happened on 11 March?",
            "What is the difference between Iran and Oman?",
            "Who was after 4 per cent?",
            "What may Iran do in return?",
        ] {
            assert_eq!(take(question), None, "{question}");
        }
    }

    #[test]
    fn a_month_holds_its_days_and_days_touch_a_month() {
        let period = Period { from: Some("03-07".into()), until: Some("03-12".into()) };
        for inside in ["2031-03-07", "--03-12", "2031-03", "2031-03-01/2031-03-08"] {
            assert!(period.holds(inside), "{inside}");
        }
        for outside in ["2031-03-06", "2031-04", "--03-13", "2031-02"] {
            assert!(!period.holds(outside), "{outside}");
        }
    }
}

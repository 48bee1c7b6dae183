//! When: dates in the words around an act.

use jiff::civil::Date;

use super::reading::Reading;
use super::when::{Point, When};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{Family, WordClass};

/// The largest number of units that is read when written in words.
const MOST_COUNTED: i64 = 100;

/// The ISO 8601 date or interval that the clause of `word` gives; `ahead` tells that
/// the act is still to come.
pub(super) fn of(reading: &Reading<'_>, word: usize, ahead: bool) -> Option<When> {
    let tree = reading.tree;
    // the words of the act itself, then of the clause that it stands in
    let mut clause = word;
    for _ in 0..4 {
        let words: Vec<usize> = tree
            .subtree_without(clause, |c| {
                tree.is(c, Deprel::Ccomp)
                    || tree.is(c, Deprel::Acl)
                    || tree.is(c, Deprel::Advcl)
                    || tree.is(c, Deprel::Parataxis)
                    || tree.is(c, Deprel::Conj) && tree.heads_clause(c)
            })
            .into_iter()
            .collect();
        if let Some(date) = find(reading, &words, ahead) {
            return Some(date);
        }
        if tree.heads_clause(clause) {
            break;
        }
        clause = tree.head(clause)?;
    }
    None
}

/// The date that `words` give: a calendar date, or one counted from the document's.
/// `ahead` tells that the act is still to come, so that "on Friday" is the next one.
pub(super) fn find(reading: &Reading<'_>, words: &[usize], ahead: bool) -> Option<When> {
    let in_month = |&w: &usize| weekday_of_month(reading, w, ahead);
    words.iter().find_map(in_month).or_else(|| {
        words.iter().find_map(|&w| {
            calendar(reading, w, ahead)
                .or_else(|| relative_day(reading, w, ahead))
                .or_else(|| relative_unit(reading, w))
        })
    })
}

/// "18 March", "March 18, 2025", "3 to 10 March", "in 2023".
fn calendar(reading: &Reading<'_>, w: usize, ahead: bool) -> Option<When> {
    let tree = reading.tree;
    let form = &tree.word(w).form;
    let near = |i: usize| {
        (i < tree.len() && tree.sentence(i) == tree.sentence(w)).then(|| tree.word(i).form.as_str())
    };
    let before = |back: usize| w.checked_sub(back).and_then(near);
    if tree.upos(w) == Upos::Num && tree.marked(w, WordClass::InsideMark) {
        return year_number(form).and_then(year);
    }
    let capitalised = form.chars().next().is_some_and(char::is_uppercase);
    let person = reading.who.name(w).is_some(); // "Theresa May"
    if !capitalised || person || !reading.lexicon.is(&form.to_lowercase(), WordClass::Month) {
        return None;
    }
    let day_number = |form: &str| day_number(reading, form);
    let day = before(1).and_then(day_number).or_else(|| near(w + 1).and_then(day_number));
    let year =
        (w + 1..=w + 3).filter_map(near).find_map(year_number).or_else(|| year_beside(reading, w));
    let date = |day| month_date(form, day, year, reading.document.date, ahead);
    // "3 to 10 March", "between 3 and 10 March", but not "on 3 and 10 March"
    let joined = w >= 3
        && match tree.upos(w - 2) {
            Upos::Adp | Upos::Part | Upos::Punct | Upos::Sym => true,
            Upos::Cconj => w >= 4 && tree.in_class(w - 4, WordClass::PeriodBetween),
            _ => false,
        };
    match before(3).and_then(day_number).filter(|_| joined && before(1).and_then(day_number) == day)
    {
        Some(first) if day.is_some_and(|day| first < day) => {
            Some(When::Between(date(Some(first))?, date(day)?))
        }
        _ => date(day).map(When::At),
    }
}

/// "June last year", "March next year": the year of the document, before or after it.
fn year_beside(reading: &Reading<'_>, month: usize) -> Option<i16> {
    let published = reading.document.date?;
    let (side, unit) = (month + 1, month + 2);
    let tree = reading.tree;
    if unit >= tree.len() || tree.sentence(unit) != tree.sentence(month) {
        return None;
    }
    let side = side_of(reading, side)?;
    (Unit::of(reading, unit)? == Unit::Year).then(|| published.year() + side.count() as i16)
}

/// "the first Monday of September", "the last Friday of this month", told at the name of the
/// month or at "month".
fn weekday_of_month(reading: &Reading<'_>, w: usize, ahead: bool) -> Option<When> {
    let published = reading.document.date?;
    let tree = reading.tree;
    let form = |w: usize| tree.word(w).form.to_lowercase();
    let month = if Unit::of(reading, w) == Some(Unit::Month) {
        let side = side_of(reading, w.checked_sub(1)?)?;
        published.checked_add(jiff::Span::new().try_months(side.count()).ok()?).ok()?
    } else {
        let year = (w + 1 < tree.len()).then(|| year_number(&tree.word(w + 1).form)).flatten();
        let year = year.or_else(|| year_beside(reading, w));
        if !reading.lexicon.is(&form(w), WordClass::Month) {
            return None;
        }
        match month_date(&tree.word(w).form, Some(1), year, Some(published), ahead)? {
            Point::Day(first) => first,
            _ => return None,
        }
    };
    let start = tree.annotation().sentences[tree.sentence(w)].start;
    let of = (start..w).rev().take(2).find(|&of| {
        [WordClass::BelongingMark, WordClass::InsideMark]
            .iter()
            .any(|&class| tree.in_class(of, class))
    })?;
    let day = of.checked_sub(1).filter(|&day| day > start)?;
    let weekday = weekday_named(reading, &form(day))?;
    let order = form(day - 1);
    let nth = reading.lexicon.ontology.number(&order, Family::Ordinal);
    let nth = match nth {
        Some(nth) => i8::try_from(nth).ok()?,
        None if reading.lexicon.is(&order, WordClass::RelativeTimePast) => -1, // "the last Friday"
        None => return None,
    };
    month.nth_weekday_of_month(nth, weekday).ok().map(When::from)
}

fn weekday_named(reading: &Reading<'_>, form: &str) -> Option<jiff::civil::Weekday> {
    let any_day = jiff::civil::date(2024, 1, 1);
    let named =
        reading.lexicon.is(form, WordClass::Weekday).then(|| weekday(form, any_day, true, 0))?;
    named.map(Date::weekday)
}

/// The way that the word at `w` looks: "last", "this", "next".
fn side_of(reading: &Reading<'_>, w: usize) -> Option<Side> {
    let is = |class: WordClass| reading.lexicon.is(reading.tree.lemma(w), class);
    let sides = [
        (WordClass::RelativeTimePast, Side::Past),
        (WordClass::RelativeTimeNow, Side::This),
        (WordClass::RelativeTimeFuture, Side::Future),
    ];
    sides.into_iter().find(|(class, _)| is(*class)).map(|(_, side)| side)
}

/// "yesterday", "last night", "on Friday", "next Friday".
fn relative_day(reading: &Reading<'_>, w: usize, ahead: bool) -> Option<When> {
    let published = reading.document.date?;
    let tree = reading.tree;
    let form = tree.word(w).form.to_lowercase();
    let phrase =
        w.checked_sub(1).map(|before| format!("{} {form}", tree.word(before).form.to_lowercase()));
    let is = |class: WordClass| {
        reading.lexicon.is(&form, class)
            || phrase.as_deref().is_some_and(|p| reading.lexicon.is(p, class))
    };
    let offset = if is(WordClass::PreviousDay) {
        -1
    } else if is(WordClass::NextDay) {
        1
    } else if is(WordClass::RelativeDay) {
        0
    } else if is(WordClass::Weekday) {
        let side = modifier(reading, w);
        let ahead = match side {
            Some(Side::Past) => false,
            Some(Side::Future) => true,
            _ => ahead,
        };
        // "last Friday", said on a Friday, is not today
        let today = usize::from(side == Some(Side::Past) || ahead);
        return weekday(&form, published, ahead, today).map(When::from);
    } else {
        return None;
    };
    published.checked_add(jiff::Span::new().days(offset)).ok().map(When::from)
}

/// "last week", "next month", "this year", "three days ago".
fn relative_unit(reading: &Reading<'_>, w: usize) -> Option<When> {
    let published = reading.document.date?;
    let tree = reading.tree;
    let unit = Unit::of(reading, w)?;
    let counted = tree.children_by(w, Deprel::Nummod).next().or_else(|| {
        tree.children_by(w, Deprel::Det)
            .find(|&d| reading.lexicon.is(tree.lemma(d), WordClass::MatterIndefinite))
    });
    let count = match counted {
        None => modifier(reading, w)?.count(),
        Some(number) => {
            let ago = tree
                .head(w)
                .is_some_and(|h| h > w && reading.lexicon.is(tree.lemma(h), WordClass::Ago));
            if !ago {
                return None; // "for three days" is how long, not when
            }
            -count_of(reading, number)?
        }
    };
    unit.interval(published, count)
}

/// Which way a word before a weekday or unit of time looks. "The next day" counts from
/// an event and not from the document, so an article tells nothing.
fn modifier(reading: &Reading<'_>, w: usize) -> Option<Side> {
    let tree = reading.tree;
    let is = |c: usize, class: WordClass| reading.lexicon.is(tree.lemma(c), class);
    let article = tree
        .children_by(w, Deprel::Det)
        .find(|&d| d < w && !is(d, WordClass::RelativeTimeNow))
        .or_else(|| tree.child(w, Deprel::NmodPoss));
    if article.is_some() {
        return None;
    }
    tree.children(w).iter().filter(|&&c| c < w).find_map(|&c| {
        let side = side_of(reading, c)?;
        (tree.is(c, Deprel::Amod) || tree.is(c, Deprel::Det)).then_some(side)
    })
}

fn count_of(reading: &Reading<'_>, number: usize) -> Option<i64> {
    let form = reading.tree.word(number).form.to_lowercase();
    form.parse().ok().or_else(|| {
        if reading.lexicon.is(&form, WordClass::MatterIndefinite) {
            return Some(1);
        }
        let count = reading.lexicon.ontology.number(&form, Family::Number)?;
        i64::try_from(count).ok().filter(|count| *count <= MOST_COUNTED)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Past,
    This,
    Future,
}

impl Side {
    /// Units from now.
    fn count(self) -> i64 {
        match self {
            Self::Past => -1,
            Self::This => 0,
            Self::Future => 1,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// The unit that a noun names, by the hours that the ontology gives it.
    fn of(reading: &Reading<'_>, w: usize) -> Option<Self> {
        let hours = [(24, Self::Day), (168, Self::Week), (720, Self::Month), (8760, Self::Year)];
        let named = reading.lexicon.ontology.number(reading.tree.lemma(w), Family::Hours)?;
        hours.into_iter().find(|(hours, _)| *hours == named).map(|(_, unit)| unit)
    }

    /// The day, week (Monday to Sunday), month or year `count` units from `from`, as
    /// exactly as such words are meant.
    fn interval(self, from: Date, count: i64) -> Option<When> {
        let span = jiff::Span::new();
        let span = match self {
            Self::Day => span.try_days(count),
            Self::Week => span.try_weeks(count),
            Self::Month => span.try_months(count),
            Self::Year => span.try_years(count),
        };
        let date = from.checked_add(span.ok()?).ok()?;
        Some(match self {
            Self::Day if count == 0 => return None, // "this day"
            Self::Day => When::from(date),
            Self::Week => {
                let since = i64::from(date.weekday().to_monday_zero_offset());
                let monday = date.checked_sub(jiff::Span::new().days(since)).ok()?;
                let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
                When::Between(Point::Day(monday), Point::Day(sunday))
            }
            Self::Month => When::At(Point::Month(date.first_of_month())),
            Self::Year => When::At(Point::Year(date.first_of_year())),
        })
    }
}

fn day_number(reading: &Reading<'_>, form: &str) -> Option<i8> {
    let digits: String = form.chars().take_while(char::is_ascii_digit).collect();
    let rest = &form[digits.len()..];
    let day: i8 = digits.parse().ok()?;
    let bare = rest.is_empty() || reading.lexicon.is(rest, WordClass::OrdinalEnding);
    ((1..=31).contains(&day) && bare).then_some(day)
}

fn year_number(form: &str) -> Option<i16> {
    let year: i16 = form.parse().ok()?;
    (1800..2200).contains(&year).then_some(year)
}

/// A year as a whole.
fn year(year: i16) -> Option<When> {
    Date::new(year, 1, 1).ok().map(|first| When::At(Point::Year(first)))
}

/// A month with what is known of day and year. Without a year it is the one that
/// brings the date nearest before the publication.
fn month_date(
    month: &str,
    day: Option<i8>,
    year: Option<i16>,
    published: Option<Date>,
    ahead: bool,
) -> Option<Point> {
    let parsed = ["%B", "%b"].iter().find_map(|format| {
        Date::strptime(format!("{format} %d %Y"), format!("{} 1 2000", month.trim_end_matches('.')))
            .ok()
    })?;
    let year = match (year, published) {
        (Some(year), _) => year,
        (None, Some(published)) => {
            // a date more than half a year ahead was last year's
            let this = published.year();
            let months_ahead = i16::from(parsed.month()) - i16::from(published.month());
            match months_ahead {
                ..0 if ahead => this + 1,
                7.. if !ahead => this - 1,
                _ => this,
            }
        }
        (None, None) => {
            let day = Date::new(2000, parsed.month(), day?).ok()?;
            return Some(Point::Anniversary(day));
        }
    };
    match day {
        Some(day) => Date::new(year, parsed.month(), day).ok().map(Point::Day),
        None => Date::new(year, parsed.month(), 1).ok().map(Point::Month),
    }
}

/// The nearest such day before the day of publication, or after it if it is `ahead`,
/// at least `from` days away.
fn weekday(name: &str, published: Date, ahead: bool, from: usize) -> Option<Date> {
    let side = if ahead { 1 } else { -1 };
    (from as i64..)
        .take(7)
        .map_while(|days| published.checked_add(jiff::Span::new().days(side * days)).ok())
        .find(|d| {
            d.strftime("%A").to_string().eq_ignore_ascii_case(name)
                || d.strftime("%a").to_string().eq_ignore_ascii_case(name)
        })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn a_full_date() {
        reads(
            "Hamas accepted the truce on 15 January 2025.",
            &["actual accept [hamas] ‹the truce› 2025-01-15"],
        );
        reads(
            "Canada imposed tariffs on American steel on March 4.",
            &["actual withhold [canada] ‹tariffs on American steel› 2025-03-04"],
        );
    }

    #[test]
    fn months_of_another_year_and_weekdays_of_a_month() {
        reads("Iran and Oman met in June last year.", &["actual consult [iran, oman] 2024-06"]);
        reads(
            "Iran and Oman met on the first Monday of February.",
            &["actual consult [iran, oman] 2025-02-03"],
        );
        reads(
            "Iran and Oman will meet on the last Friday of this month.",
            &["unrealised consult [iran, oman] 2025-03-28"],
        );
    }

    #[test]
    fn a_day_before_the_document() {
        reads("Iran and Oman met on Monday.", &["actual consult [iran, oman] 2025-03-17"]);
        reads(
            "Canada imposed tariffs on steel yesterday.",
            &["actual withhold [canada] ‹tariffs on steel› 2025-03-18"],
        );
    }

    #[test]
    fn a_month() {
        reads(
            "Congo and Rwanda signed the treaty in March.",
            &["actual cooperate [democratic-republic-of-the-congo, rwanda] ‹the treaty› 2025-03"],
        );
    }

    #[test]
    fn a_day_to_come() {
        reads(
            "Starmer will meet Macron on 19 May.",
            &["unrealised consult [keir-starmer] to [emmanuel-macron] 2025-05-19"],
        );
    }

    #[test]
    fn no_date() {
        reads("Hamas rejected the second offer.", &["actual reject [hamas] ‹the second offer›"]);
        reads("Ten years of talks ended.", &[]);
    }

    #[test]
    fn a_week_or_month_before_or_after() {
        reads(
            "Turkey rejected the plan last week.",
            &["actual reject [turkey] ‹the plan› 2025-03-10/2025-03-16"],
        );
        reads(
            "Starmer will meet Macron next month.",
            &["unrealised consult [keir-starmer] to [emmanuel-macron] 2025-04"],
        );
    }

    #[test]
    fn weeks_months_and_years_nearby() {
        reads(
            "Congo rejected the truce last month.",
            &["actual reject [democratic-republic-of-the-congo] ‹the truce› 2025-02"],
        );
        reads(
            "Iran will sign the treaty next week.",
            &["unrealised cooperate [iran] ‹the treaty› 2025-03-24/2025-03-30"],
        );
        reads(
            "Canada imposed tariffs on steel last year.",
            &["actual withhold [canada] ‹tariffs on steel› 2024"],
        );
        reads(
            "Mexico rejected the quota this week.",
            &["actual reject [mexico] ‹the quota› 2025-03-17/2025-03-23"],
        );
    }

    #[test]
    fn units_that_are_counted_back() {
        reads(
            "Israel rejected the truce two weeks ago.",
            &["actual reject [israel] ‹the truce› 2025-03-03/2025-03-09"],
        );
        reads(
            "Egypt proposed a truce three days ago.",
            &["actual propose [egypt] ‹a truce› 2025-03-16"],
        );
        reads("Rwanda attacked Goma two months ago.", &["actual attack [rwanda] ‹Goma› 2025-01"]);
        reads(
            "Kosovo signed the treaty ten years ago.",
            &["actual cooperate [kosovo] ‹the treaty› 2015"],
        );
    }

    #[test]
    fn a_weekday_is_the_nearest_on_its_side() {
        reads(
            "Israel rejected the truce last Tuesday.",
            &["actual reject [israel] ‹the truce› 2025-03-18"],
        );
        reads(
            "Iran rejected the offer on Wednesday.",
            &["actual reject [iran] ‹the offer› 2025-03-19"],
        );
        reads(
            "Iran rejected the offer last Wednesday.",
            &["actual reject [iran] ‹the offer› 2025-03-12"],
        );
        reads(
            "Kagame met Tshisekedi on Friday.",
            &["actual consult [paul-kagame] to [felix-tshisekedi] 2025-03-14"],
        );
        reads(
            "Kagame will meet Tshisekedi on Friday.",
            &["unrealised consult [paul-kagame] to [felix-tshisekedi] 2025-03-21"],
        );
        reads(
            "Macron will meet Starmer next Tuesday.",
            &["unrealised consult [emmanuel-macron] to [keir-starmer] 2025-03-25"],
        );
    }

    #[test]
    fn a_year_alone() {
        reads(
            "Serbia and Kosovo signed the treaty in 2023.",
            &["actual cooperate [serbia, kosovo] ‹the treaty› 2023"],
        );
        reads("Turkey invaded Cyprus in 1974.", &["actual attack [turkey] to [cyprus] 1974"]);
        reads("Kagame rejected the plan 2023 times.", &["actual reject [paul-kagame] ‹the plan›"]);
    }

    #[test]
    fn from_day_to_day() {
        reads(
            "Iran and Oman met from 3 to 10 March.",
            &["actual consult [iran, oman] 2025-03-03/2025-03-10"],
        );
        reads(
            "Canada and Mexico met between 3 and 10 March.",
            &["actual consult [canada, mexico] 2025-03-03/2025-03-10"],
        );
        reads(
            "Serbia and Kosovo held talks from 12 to 14 February.",
            &["actual consult [serbia, kosovo] ‹talks› 2025-02-12/2025-02-14"],
        );
    }

    #[test]
    fn times_of_one_day() {
        reads(
            "Egypt proposed a truce this morning.",
            &["actual propose [egypt] ‹a truce› 2025-03-19"],
        );
        reads("Israel bombed Rafah last night.", &["actual attack [israel] ‹Rafah› 2025-03-18"]);
        reads(
            "Starmer will meet Macron tomorrow.",
            &["unrealised consult [keir-starmer] to [emmanuel-macron] 2025-03-20"],
        );
    }

    #[test]
    fn how_long_and_after_what_tell_no_date() {
        reads("Egypt rejected the truce the next day.", &["actual reject [egypt] ‹the truce›"]);
        reads("Kosovo rejected the plan the next week.", &["actual reject [kosovo] ‹the plan›"]);
        reads("Israel bombed Rafah for three days.", &["actual attack [israel] ‹Rafah›"]);
        reads("Sudan attacked Chad three days later.", &["actual attack [sudan] to [chad]"]);
    }
}

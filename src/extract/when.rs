//! When something is and how long, as claims and questions write it (ISO 8601): read, compared
//! and spoken here and nowhere else.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// A place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// `2025-03-18`.
    Day(Date),
    /// `2025-03`, by its first day.
    Month(Date),
    /// `2025`, by its first day.
    Year(Date),
    /// `--03-18`: 18 March of any year, by that of the leap year 2000.
    Anniversary(Date),
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// On a day, in a month or year.
    At(Point),
    /// `2025-03-17/2025-03-23`: from the first to the last.
    Between(Point, Point),
}

/// No time as claims write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no time; valid: 2025-03-18, 2025-03, 2025, 2025-03-17/2025-03-23, --03-18")]
pub struct NoTime(pub String);

impl FromStr for When {
    type Err = NoTime;

    fn from_str(time: &str) -> Result<Self, NoTime> {
        let read = || match time.split_once('/') {
            Some((from, until)) => Some(Self::Between(Point::read(from)?, Point::read(until)?)),
            None => Point::read(time).map(Self::At),
        };
        read().ok_or_else(|| NoTime(time.to_owned()))
    }
}

/// ISO 8601.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(point) => write!(f, "{point}"),
            Self::Between(from, until) => write!(f, "{from}/{until}"),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let time: Cow<'de, str> = Deserialize::deserialize(from)?;
        time.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self::At(Point::Day(day))
    }
}

impl Point {
    fn read(time: &str) -> Option<Self> {
        match (time.strip_prefix("--"), time.len()) {
            (Some(day), 7) => Some(Self::Anniversary(format!("2000-{day}").parse().ok()?)),
            (None, 4) => Some(Self::Year(format!("{time}-01-01").parse().ok()?)),
            (None, 7) => Some(Self::Month(format!("{time}-01").parse().ok()?)),
            (None, 10) => Some(Self::Day(time.parse().ok()?)),
            _ => None,
        }
    }

    /// The first and the last day that it covers; `None` for a day of no year.
    fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Month(first) => Some((first, first.last_of_month())),
            Self::Year(first) => Some((first, first.last_of_year())),
            Self::Anniversary(_) => None,
        }
    }
}

/// ISO 8601, days of no year as XML Schema has them.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{}", first.strftime("%Y-%m")),
            Self::Year(first) => write!(f, "{}", first.strftime("%Y")),
            Self::Anniversary(day) => write!(f, "{}", day.strftime("--%m-%d")),
        }
    }
}

impl When {
    /// The first and the last day that it covers; `None` for a day of no year.
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::At(point) => point.days(),
            Self::Between(from, until) => Some((from.days()?.0, until.days()?.1)),
        }
    }

    /// The day, if it is one.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::At(Point::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// As people say a day, "11 March 2025" or "11 March"; anything else in ISO 8601.
    pub fn spoken(self) -> String {
        match self {
            Self::At(Point::Day(day)) => day.strftime("%-d %B %Y").to_string(),
            Self::At(Point::Anniversary(day)) => day.strftime("%-d %B").to_string(),
            _ => self.to_string(),
        }
    }

    /// Does what was found fall into this, which was asked for, or the other way round? A day of
    /// no year fits any year; a month fits its days.
    pub fn is_met_by(self, found: Self) -> bool {
        let (asked, found) = (self.to_string(), found.to_string());
        match asked.strip_prefix('-') {
            Some(day) => found.get(..10).unwrap_or(&found).ends_with(day),
            None => found.starts_with(&asked) || asked.starts_with(&found) && found.len() >= 7,
        }
    }

    /// Can the two be of one thing: a month and a day in it, a day of no year and that day?
    pub fn agrees(self, other: Self) -> bool {
        let (a, b) = (self.to_string(), other.to_string());
        let is_day_of = |a: &str, b: &str| a.strip_prefix("--").is_some_and(|day| b.ends_with(day));
        a.starts_with(&b) || b.starts_with(&a) || is_day_of(&a, &b) || is_day_of(&b, &a)
    }

    /// The one of the two that says more; of equals this.
    #[must_use]
    pub fn or_finer(self, other: Self) -> Self {
        if self.to_string().len() >= other.to_string().len() { self } else { other }
    }
}

/// The first and the last day of what an ISO 8601 date, month, year or interval
/// covers; `None` for a day of no year ("--03-18"), and for what is no time.
pub fn days(time: &str) -> Option<(Date, Date)> {
    time.parse::<When>().ok()?.days()
}

/// How long something is: a number of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// How many.
    pub count: u64,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Each with how ISO 8601 and people write it.
    const ALL: [(Unit, char, &'static str); 5] = [
        (Unit::Hour, 'H', "hour"),
        (Unit::Day, 'D', "day"),
        (Unit::Week, 'W', "week"),
        (Unit::Month, 'M', "month"),
        (Unit::Year, 'Y', "year"),
    ];

    fn named(self) -> (char, &'static str) {
        let own = Self::ALL.iter().find(|(unit, ..)| *unit == self);
        own.map_or(('D', "day"), |(_, sign, name)| (*sign, name))
    }
}

/// No duration as claims write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no duration; valid: P30D, P2W, P6M, P1Y, PT72H")]
pub struct NoDuration(pub String);

impl FromStr for Duration {
    type Err = NoDuration;

    fn from_str(iso: &str) -> Result<Self, NoDuration> {
        let read = || {
            let value = iso.strip_prefix('P')?;
            let timed = value.strip_prefix('T');
            let value = timed.unwrap_or(value);
            let (unit, sign, _) = Unit::ALL.iter().find(|(_, sign, _)| value.ends_with(*sign))?;
            let count = value.strip_suffix(*sign)?.parse().ok()?;
            (timed.is_some() == (*unit == Unit::Hour)).then_some(Self { count, unit: *unit })
        };
        read().ok_or_else(|| NoDuration(iso.to_owned()))
    }
}

/// ISO 8601.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timed = if self.unit == Unit::Hour { "T" } else { "" };
        write!(f, "P{timed}{}{}", self.count, self.unit.named().0)
    }
}

impl Duration {
    /// Durations this near to each other are one: a month and 30 days are, 30 and 45 days are
    /// not.
    const NEAR: f64 = 0.1;

    /// So many hours, in days where they are whole.
    pub fn of_hours(hours: u64) -> Self {
        match hours.is_multiple_of(24) {
            true => Self { count: hours / 24, unit: Unit::Day },
            false => Self { count: hours, unit: Unit::Hour },
        }
    }

    /// In hours; months and years have no length of their own.
    fn hours(self) -> Option<f64> {
        let of_one = match self.unit {
            Unit::Hour => 1.0,
            Unit::Day => 24.0,
            Unit::Week => 168.0,
            Unit::Month | Unit::Year => return None,
        };
        Some(self.count as f64 * of_one)
    }

    /// Are the two about as long?
    pub fn is_near(self, other: Self) -> bool {
        match (self.hours(), other.hours()) {
            (Some(x), Some(y)) => (x - y).abs() <= Self::NEAR * x.max(y),
            _ => self == other,
        }
    }

    /// Before a noun: "30-day".
    pub fn label(self) -> String {
        format!("{}-{}", self.count, self.unit.named().1)
    }

    /// By itself: "30 days".
    pub fn spoken(self) -> String {
        let plural = if self.count == 1 { "" } else { "s" };
        format!("{} {}{plural}", self.count, self.unit.named().1)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_a_time_covers() {
        let covers = |time, first, last| assert_eq!(days(time), Some((first, last)), "{time}");
        covers("2025-03-18", date(2025, 3, 18), date(2025, 3, 18));
        covers("2024-02", date(2024, 2, 1), date(2024, 2, 29));
        covers("2025", date(2025, 1, 1), date(2025, 12, 31));
        covers("2025-03-17/2025-03-23", date(2025, 3, 17), date(2025, 3, 23));
        covers("2024/2025-03", date(2024, 1, 1), date(2025, 3, 31));
        for time in ["--03-18", "2025-02-30", "/", "", "soon"] {
            assert_eq!(days(time), None, "{time}");
        }
    }

    fn when(time: &str) -> When {
        time.parse().unwrap()
    }

    #[test]
    fn times_are_read_and_written_as_they_were() {
        let whole =
            ["2025-03-18", "2025-03", "2025", "2025-03-17/2025-03-23", "2024/2025-03", "--02-29"];
        for time in whole.into_iter().chain(["--03-03/--03-10"]) {
            assert_eq!(when(time).to_string(), time);
            let json = serde_json::to_string(&when(time)).unwrap();
            assert_eq!(json, format!("{time:?}"));
            assert_eq!(serde_json::from_str::<When>(&json).unwrap(), when(time));
        }
        for no in ["20250318", "2025-3-18", "--02-30", "2025-03-18/", "2025-13", "soon", ""] {
            assert_eq!(no.parse::<When>(), Err(NoTime(no.to_owned())));
        }
    }

    #[test]
    fn days_are_spoken_and_the_rest_stands() {
        for (time, words) in [
            ("2025-03-11", "11 March 2025"),
            ("--03-11", "11 March"),
            ("2025-03", "2025-03"),
            ("2025-03-17/2025-03-23", "2025-03-17/2025-03-23"),
        ] {
            assert_eq!(when(time).spoken(), words);
        }
    }

    #[test]
    fn a_day_without_year_fits_every_year() {
        let meets = |asked, found| when(asked).is_met_by(when(found));
        assert!(meets("--03-11", "2025-03-11"));
        assert!(meets("2025-03", "2025-03-11"));
        assert!(!meets("--03-11", "2025-03-12"));
        assert!(!meets("1999-07-04", "2025-07-04"));
        assert!(when("--03-11").agrees(when("2025-03-11")));
        assert!(when("2025-03-11").agrees(when("2025-03")));
        assert!(!when("2025-03-11").agrees(when("2025-03-12")));
        assert_eq!(when("2025-03").or_finer(when("2025-03-11")), when("2025-03-11"));
    }

    #[test]
    fn durations_are_read_written_and_spoken() {
        for (iso, label, spoken) in [
            ("P30D", "30-day", "30 days"),
            ("PT72H", "72-hour", "72 hours"),
            ("P1W", "1-week", "1 week"),
            ("P6M", "6-month", "6 months"),
        ] {
            let duration: Duration = iso.parse().unwrap();
            assert_eq!((duration.label(), duration.spoken()), (label.into(), spoken.into()));
            assert_eq!(duration.to_string(), iso);
        }
        for no in ["30D", "P", "PD", "PT3D", "P3H", "P-3D"] {
            assert!(no.parse::<Duration>().is_err(), "{no}");
        }
        assert_eq!(Duration::of_hours(72).to_string(), "P3D");
        assert_eq!(Duration::of_hours(30).to_string(), "PT30H");
    }

    #[test]
    fn a_month_of_days_is_near_thirty() {
        let near = |a: &str, b: &str| {
            a.parse::<Duration>().unwrap().is_near(b.parse::<Duration>().unwrap())
        };
        assert!(near("P30D", "P31D") && near("P1W", "P7D") && near("PT72H", "P3D"));
        assert!(!near("P30D", "P45D") && !near("P1M", "P30D"));
    }
}

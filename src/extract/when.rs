//! When something is and how long, as claims and questions write it (ISO 8601): read, compared
//! and spoken here and nowhere else.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use thiserror::Error;

/// A day, a month, a year, a stretch of days, or a day of no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// `2025-03-18`.
    Day(Date),
    /// `2025-03`, by its first day.
    Month(Date),
    /// `2025`, by its first day.
    Year(Date),
    /// `2025-03-17/2025-03-23`: the first and the last day. Its ends can be written as months or
    /// years.
    Stretch(Date, Date),
    /// `--03-18`: 18 March of any year, by that of the leap year 2000.
    Anniversary(Date),
}

/// No time as claims write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no time; valid: 2025-03-18, 2025-03, 2025, 2025-03-17/2025-03-23, --03-18")]
pub struct NoTime(pub String);

impl FromStr for When {
    type Err = NoTime;

    fn from_str(time: &str) -> Result<Self, NoTime> {
        Self::read(time).ok_or_else(|| NoTime(time.to_owned()))
    }
}

impl When {
    fn read(time: &str) -> Option<Self> {
        if let Some(day) = time.strip_prefix("--") {
            return Some(Self::Anniversary(format!("2000-{day}").parse().ok()?));
        }
        if let Some((from, until)) = time.split_once('/') {
            let (from, _) = Self::read(from)?.days()?;
            let (_, until) = Self::read(until)?.days()?;
            return Some(Self::Stretch(from, until));
        }
        Some(match time.len() {
            4 => Self::Year(format!("{time}-01-01").parse().ok()?),
            7 => Self::Month(format!("{time}-01").parse().ok()?),
            _ => Self::Day(time.parse().ok()?),
        })
    }

    /// The first and the last day that it covers; `None` for a day of no year.
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Month(first) => Some((first, first.last_of_month())),
            Self::Year(first) => Some((first, first.last_of_year())),
            Self::Stretch(from, until) => Some((from, until)),
            Self::Anniversary(_) => None,
        }
    }
}

/// The first and the last day of what an ISO 8601 date, month, year or interval
/// covers; `None` for a day of no year ("--03-18"), and for what is no time.
pub fn days(time: &str) -> Option<(Date, Date)> {
    time.parse::<When>().ok()?.days()
}

/// A day as people write it, "11 March 2025" or "11 March"; anything else as it stands.
pub fn spoken(time: &str) -> String {
    match time.parse() {
        Ok(When::Day(day)) => day.strftime("%-d %B %Y").to_string(),
        Ok(When::Anniversary(day)) => day.strftime("%-d %B").to_string(),
        _ => time.to_owned(),
    }
}

/// Does what was found fall into what was asked for, or the other way round? `--03-11` fits any
/// year; a month fits its days.
pub fn same_time(asked: &str, found: &str) -> bool {
    match asked.strip_prefix('-') {
        Some(day) => found.get(..10).unwrap_or(found).ends_with(day),
        None => found.starts_with(asked) || asked.starts_with(found) && found.len() >= 7,
    }
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

    #[test]
    fn days_are_spoken_and_the_rest_stands() {
        for (time, words) in [
            ("2025-03-11", "11 March 2025"),
            ("--03-11", "11 March"),
            ("2025-03", "2025-03"),
            ("2025-03-17/2025-03-23", "2025-03-17/2025-03-23"),
            ("--02-30", "--02-30"),
        ] {
            assert_eq!(spoken(time), words);
        }
    }

    #[test]
    fn a_day_without_year_fits_every_year() {
        assert!(same_time("--03-11", "2025-03-11"));
        assert!(same_time("2025-03", "2025-03-11"));
        assert!(!same_time("--03-11", "2025-03-12"));
        assert!(!same_time("1999-07-04", "2025-07-04"));
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

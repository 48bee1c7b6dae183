//! Times and durations with their XML Schema types.

use jiff::ToSpan;
use jiff::civil::Date;
use oxigraph::model::Literal;
use oxigraph::model::vocab::xsd;

use crate::extract::days;

/// A date, month, year or day of no year with its XML Schema type; an interval, which has
/// none, as it is.
pub(super) fn typed(time: &str) -> Literal {
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let valid = |date: &str| date.parse::<Date>().is_ok();
    let datatype = match shape.as_str() {
        "9999-99-99" if valid(time) => xsd::DATE,
        "9999-99" if valid(&format!("{time}-01")) => xsd::G_YEAR_MONTH,
        "9999" => xsd::G_YEAR,
        // 29 February is a day of some years.
        "--99-99" if valid(&time.replacen("--", "2000-", 1)) => xsd::G_MONTH_DAY,
        _ => return Literal::from(time),
    };
    Literal::new_typed_literal(time, datatype)
}

/// The first day of a time, and the first day after it; none of what is no part of the
/// calendar, as a day of no year.
pub(super) fn bounds(time: &str) -> Option<(Literal, Literal)> {
    let (first, last) = days(time)?;
    let date = |date: Date| Literal::new_typed_literal(date.to_string(), xsd::DATE);
    (first <= last).then_some(())?;
    Some((date(first), date(last.checked_add(1.day()).ok()?)))
}

/// A duration of ISO 8601 (`P30D`).
pub(super) fn duration(words: &str) -> Option<Literal> {
    words.parse::<jiff::Span>().ok().filter(|_| words.starts_with('P'))?;
    Some(Literal::new_typed_literal(words, xsd::DURATION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_type_of_what_they_name() {
        for (time, datatype) in [
            ("2025-03-18", xsd::DATE),
            ("2025-03", xsd::G_YEAR_MONTH),
            ("2025", xsd::G_YEAR),
            ("--02-29", xsd::G_MONTH_DAY),
            ("2025-03-18/2025-04-17", xsd::STRING),
            ("2025-13-40", xsd::STRING),
            ("2025-13", xsd::STRING),
            ("--02-30", xsd::STRING),
        ] {
            assert_eq!(typed(time).datatype(), datatype, "{time}");
        }
    }

    #[test]
    fn a_time_ends_before_the_day_after_it() {
        let between = |time| bounds(time).map(|(a, b)| (a.destruct().0, b.destruct().0));
        let days = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(between("2025-03-18"), days("2025-03-18", "2025-03-19"));
        assert_eq!(between("2024-02"), days("2024-02-01", "2024-03-01"));
        assert_eq!(between("2025"), days("2025-01-01", "2026-01-01"));
        assert_eq!(between("2025-03-18/2025-03-20"), days("2025-03-18", "2025-03-21"));
        for none in ["--03-18", "2025-13-40", "2025-03-20/2025-03-18", "9999-12-31", ""] {
            assert_eq!(between(none), None, "{none}");
        }
    }

    #[test]
    fn durations_are_those_of_iso_8601() {
        assert_eq!(duration("P30D").map(|it| it.datatype() == xsd::DURATION), Some(true));
        assert_eq!(duration("30 days"), None);
        assert_eq!(duration("P"), None);
    }
}

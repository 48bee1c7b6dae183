//! When: dates in the words around an act.

use jiff::civil::Date;

use super::reading::Reading;

/// The ISO 8601 date or interval that the clause of `word` gives.
pub fn of(reading: &Reading<'_>, word: usize) -> Option<String> {
    let tree = reading.tree;
    // the words of the act itself, then of the clause that it stands in
    let mut clause = word;
    for _ in 0..4 {
        let words: Vec<usize> = tree
            .subtree_without(clause, |c| {
                tree.is(c, "ccomp")
                    || tree.is(c, "acl")
                    || tree.is(c, "advcl")
                    || tree.is(c, "parataxis")
                    || tree.is(c, "conj") && tree.heads_clause(c)
            })
            .into_iter()
            .collect();
        if let Some(date) = find(reading, &words) {
            return Some(date);
        }
        if tree.heads_clause(clause) {
            break;
        }
        clause = tree.head(clause)?;
    }
    None
}

pub(super) fn find(reading: &Reading<'_>, words: &[usize]) -> Option<String> {
    let tree = reading.tree;
    let published = reading.document.date;
    let is = |w: usize, class: &str| reading.lexicon.is(&tree.word(w).form.to_lowercase(), class);
    for &w in words {
        if is(w, "month") && tree.word(w).form.chars().next().is_some_and(char::is_uppercase) {
            let near = |i: usize| {
                (i < tree.len() && tree.sentence(i) == tree.sentence(w))
                    .then(|| tree.word(i).form.as_str())
            };
            let day = w
                .checked_sub(1)
                .and_then(near)
                .and_then(day_number)
                .or_else(|| near(w + 1).and_then(day_number));
            let year =
                near(w + 1).into_iter().chain(near(w + 2)).chain(near(w + 3)).find_map(year_number);
            if let Some(date) = month_date(&tree.word(w).form, day, year, published) {
                return Some(date);
            }
        }
        if let Some(published) = published {
            if is(w, "relative-day") {
                let offset = match tree.lemma(w) {
                    "yesterday" => -1,
                    "tomorrow" => 1,
                    _ => 0,
                };
                return published
                    .checked_add(jiff::Span::new().days(offset))
                    .ok()
                    .map(|d| d.to_string());
            }
            if is(w, "weekday") {
                return weekday(&tree.word(w).form, published).map(|d| d.to_string());
            }
        }
    }
    None
}

fn day_number(form: &str) -> Option<i8> {
    let digits: String = form.chars().take_while(char::is_ascii_digit).collect();
    let rest = &form[digits.len()..];
    let day: i8 = digits.parse().ok()?;
    ((1..=31).contains(&day) && matches!(rest, "" | "st" | "nd" | "rd" | "th")).then_some(day)
}

fn year_number(form: &str) -> Option<i16> {
    let year: i16 = form.parse().ok()?;
    (1800..2200).contains(&year).then_some(year)
}

/// A month with what is known of day and year. Without a year it is the one that
/// brings the date nearest before the publication.
fn month_date(
    month: &str,
    day: Option<i8>,
    year: Option<i16>,
    published: Option<Date>,
) -> Option<String> {
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
            if months_ahead > 6 { this - 1 } else { this }
        }
        (None, None) => {
            return day.map(|d| format!("--{:02}-{d:02}", parsed.month()));
        }
    };
    match day {
        Some(day) => Date::new(year, parsed.month(), day).ok().map(|d| d.to_string()),
        None => Some(format!("{year:04}-{:02}", parsed.month())),
    }
}

/// The last such day before, or on, the day of publication.
fn weekday(name: &str, published: Date) -> Option<Date> {
    (0..7).map_while(|back| published.checked_sub(jiff::Span::new().days(back)).ok()).find(|d| {
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
    #[ignore = "weeks and months are not counted yet"]
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
}

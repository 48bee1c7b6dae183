use jiff::civil::Date;

/// How many characters of a text are its head, where a date line may stand.
const HEAD: usize = 400;
/// A line of at most so many characters is a headline, byline or date line, not prose.
const SHORT_LINE: usize = 120;

/// Formats of a whole date, once white space is single and commas are gone. The
/// day before the month where the month is a number and dots are used; with
/// slashes the order is anybody's guess unless a number is too large for a month
/// ([`with_slashes`]).
const FORMATS: [&str; 7] =
    ["%Y-%m-%d", "%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y", "%d.%m.%Y", "%Y/%m/%d"];

/// Reads a date as metadata write it: one of [`FORMATS`], alone, after a weekday,
/// or before a time of day.
pub(super) fn parse(written: &str) -> Option<Date> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let after_weekday = |words: &[&str]| (1..=3).rev().find_map(|n| date_of(words.get(..n)?));
    after_weekday(&words).or_else(|| {
        let weekday = words.first()?.trim_end_matches(',');
        let named = ["%A", "%a"].iter().any(|f| jiff::fmt::strtime::parse(f, weekday).is_ok());
        if named { after_weekday(&words[1..]) } else { None }
    })
}

/// Finds the first date in the head of a text, where it stands as a date line does:
/// in a short line, at the start of a line, or before a dash ("KYIV, 18 March 2025 —").
/// A date in running prose dates what is told, not the telling.
pub(super) fn find(text: &str) -> Option<Date> {
    let head_end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if line_start >= head_end {
            break;
        }
        // The head may end within a line, but not within a word.
        let visible = &line[..line.len().min(head_end - line_start)];
        let short = line.chars().nth(SHORT_LINE).is_none();
        let words: Vec<(usize, &str)> = visible
            .split_whitespace()
            .map(|word| (word.as_ptr() as usize - visible.as_ptr() as usize, word))
            .collect();
        for first in 0..words.len() {
            for n in [3, 1] {
                let Some(window) = words.get(first..first + n) else { continue };
                let parts: Vec<&str> = window.iter().map(|(_, word)| *word).collect();
                let Some(date) = date_of(&parts) else { continue };
                let (at, word) = window[n - 1];
                let rest = &visible[at + word.len()..];
                if short || first == 0 || dash_follows(word, rest) {
                    return Some(date);
                }
            }
        }
        line_start += line.len();
    }
    None
}

/// Does a dash or bar follow a date line's last word, after at most a short note
/// such as "(Reuters)"?
fn dash_follows(word: &str, rest: &str) -> bool {
    let is_dash = |c| matches!(c, '—' | '–' | '|');
    word.ends_with(is_dash)
        || rest.chars().take(20).any(is_dash)
        || rest.trim_start().starts_with("- ")
}

/// The date that these words are, and nothing else.
fn date_of(words: &[&str]) -> Option<Date> {
    // Every format has a number, and most words of a text have none.
    if !words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let joined = plain.join(" ");
    let mut formats = FORMATS.iter();
    with_slashes(&joined)
        .or_else(|| formats.find_map(|format| Date::strptime(format, &joined).ok()))
}

/// "8/20/09", "20/8/2009": a date whose day is too large for a month, so that the order is told.
fn with_slashes(written: &str) -> Option<Date> {
    let parts: Vec<&str> = written.split('/').collect();
    let [first, second, year] = parts[..] else { return None };
    let digits = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(first, &[1, 2]) || !digits(second, &[1, 2]) || !digits(year, &[2, 4]) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    let (first, second) = (number(first)?, number(second)?);
    let (day, month) = match (first > 12, second > 12) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return None,
    };
    let written: i16 = year.parse().ok()?;
    // as POSIX has it: "69" to "99" are of the twentieth century
    let century = match written {
        _ if year.len() == 4 => 0,
        69.. => 1900,
        _ => 2000,
    };
    Date::new(century + written, month, day).ok()
}

/// The word without punctuation around it, an ordinal's letters ("18th"), or the
/// time of day after an ISO date.
fn bare(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = word.len() - digits;
    if (1..=2).contains(&digits) && letters == 2 && word[digits..].chars().all(char::is_alphabetic)
    {
        return word[..digits].to_owned();
    }
    match word.split_once('T') {
        Some((date, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => date.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn reads_dates_as_metadata_write_them() {
        for written in [
            "2025-03-18",
            "2025-03-18T21:04:00Z",
            "2025-03-18 21:04",
            "18 March 2025",
            "18th March 2025",
            "March 18, 2025",
            "Mar. 18, 2025",
            "Tuesday, 18 March 2025",
            "Tue, 18 Mar 2025 21:04:00 GMT",
            "18.03.2025",
            "2025/03/18",
            "3/18/2025",
            "18/03/25",
        ] {
            assert_eq!(parse(written), Some(date(2025, 3, 18)), "{written}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in
            ["", "soon", "2025", "31 February 2025", "03/04/2025", "18 March", "2025-13-01"]
        {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn finds_a_date_line() {
        let day = Some(date(2025, 3, 18));
        let prose = "and so it went on for a long time, as such things do. ".repeat(4);
        assert_eq!(find("A headline\nBy A. Writer, 18 March 2025\n\nText."), day);
        assert_eq!(find(&format!("KYIV, March 18, 2025 (Agency) — The sides met {prose}")), day);
        assert_eq!(find(&format!("18.03.2025. The sides met {prose}")), day);
    }

    #[test]
    fn a_date_in_prose_is_not_the_documents() {
        let prose = "and so it went on for a long time, as such things do. ".repeat(4);
        assert_eq!(find(&format!("Since 24 February 2022 the war has gone on {prose}")), None);
        assert_eq!(find("It happened on 18 March.\n"), None);
        assert_eq!(find(&format!("{}\n18 March 2025\n", "word ".repeat(90))), None);
    }

    proptest! {
        #[test]
        fn any_text_is_searched_without_harm(text in "\\PC{0,500}") {
            find(&text);
            parse(&text);
        }
    }
}

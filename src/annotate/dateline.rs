//! "GENEVA (AP) — The two sides …": where a report was filed and by whom, before it begins.

use std::ops::Range;

/// The most words of a dateline.
const LONGEST: usize = 14;
/// The fewest letters of the place, which is in capitals: "US — China talks" is no dateline.
const PLACE: usize = 3;
/// The fewest words of the report behind it.
const REPORT: usize = 6;

/// How many words of a sentence are its dateline, the dash included; none where it has no dateline.
///
/// `forms` are the words of the sentence; `touches` says of a word whether it stands right behind
/// the one before.
pub(super) fn dateline(forms: &[String], touches: impl Fn(usize) -> bool) -> usize {
    let capitals = |form: &str| form.chars().all(|c| c.is_uppercase() || ".'’-".contains(c));
    let place = |form: &&String| {
        capitals(form.as_str()) && form.chars().filter(|c| c.is_uppercase()).count() >= PLACE
    };
    let is_dash = |word: usize| {
        let form = forms[word].as_str();
        matches!(form, "—" | "–" | "--" | "―") || form == "-" && !touches(word)
    };
    let Some(dash) = (1..forms.len().min(LONGEST)).find(|&w| is_dash(w)) else { return 0 };
    let report = dash + 1..forms.len();
    let begins = forms.get(report.start).is_some_and(|form| {
        form.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "“\"‘'".contains(c))
    });
    let is_place = forms.first().is_some_and(|form| place(&form));
    let only = is_place && is_line(&forms[..dash], capitals);
    if only && begins && report.len() >= REPORT && !touches(report.start) { dash + 1 } else { 0 }
}

/// Places in capitals; behind a comma also a state or a day, in brackets also an agency.
fn is_line(forms: &[String], capitals: impl Fn(&str) -> bool) -> bool {
    let mut comma = false;
    let mut brackets = false;
    forms.iter().all(|form| {
        match form.as_str() {
            "," => comma = true,
            "(" => brackets = true,
            ")" => brackets = false,
            _ => {}
        }
        let written_large = form.chars().next().is_some_and(|c| !c.is_lowercase());
        capitals(form)
            || form == ","
            || form == "/"
            || form == ")"
            || written_large && (comma || brackets)
    })
}

/// The parts of a sentence that have trees of their own: its dateline, and the rest.
pub(super) fn parts(sentence: &Range<usize>, dateline: usize) -> [Range<usize>; 2] {
    let cut = sentence.start + dateline;
    [sentence.start..cut, cut..sentence.end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of_dateline(text: &str) -> usize {
        let mut forms: Vec<String> = Vec::new();
        let mut touching = Vec::new();
        for word in text.split(' ') {
            let (word, mark) =
                word.strip_suffix(',').map_or((word, None), |word| (word, Some(",")));
            let inner = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
            let cut = inner.map_or(vec![word], |inner| vec!["(", inner, ")"]);
            for (number, form) in cut.into_iter().chain(mark).enumerate() {
                forms.push(form.to_owned());
                touching.push(number > 0);
            }
        }
        dateline(&forms, |word| touching[word])
    }

    #[test]
    fn places_agencies_and_days_before_a_dash() {
        assert_eq!(words_of_dateline("BERGEN — About 1,400 workers walked out on Tuesday ."), 2);
        assert_eq!(words_of_dateline("BAGHDAD, Iraq (AP) -- The two sides met on Monday ."), 7);
        assert_eq!(words_of_dateline("NEW YORK - “ We agreed to it , ” she said ."), 3);
        assert_eq!(words_of_dateline("VIENNA, Oct. 9 – The union has rejected the offer ."), 5);
    }

    #[test]
    fn what_only_has_a_dash() {
        for text in [
            "The offer — a truce of thirty days — was rejected .",
            "US — China talks will be held on Monday in Geneva .",
            "NATO said on Monday that the plan — whatever it is — failed .",
            "BREAKING NEWS — Truce rejected",
            "Geneva — The two sides met again on Monday morning .",
        ] {
            assert_eq!(words_of_dateline(text), 0, "{text}");
        }
    }
}

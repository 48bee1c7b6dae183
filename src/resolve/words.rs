//! Words as they are compared across documents: without case, accents and
//! inflection.

use std::collections::BTreeMap;

use crate::ontology::kebab;

/// A word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it stands, without a possessive "'s".
    pub form: String,
    /// Lower-case, without accents and inflection.
    pub stem: String,
    /// Does it have a possessive "'s"?
    pub possessive: bool,
    /// Does a comma stand before it?
    pub after_comma: bool,
    /// Does a colon, semicolon or dash stand before it?
    pub after_colon: bool,
}

impl Word {
    /// Does it begin with a capital?
    pub(super) fn is_capitalised(&self) -> bool {
        self.form.chars().next().is_some_and(char::is_uppercase)
    }

    /// The number that it writes in digits ("1,500").
    pub(super) fn number(&self) -> Option<u64> {
        self.form.replace(',', "").parse().ok()
    }
}

/// The words of a phrase. Hyphens part words ("30-day"); stops and commas inside
/// numbers and abbreviations do not.
pub(super) fn words(phrase: &str) -> Vec<Word> {
    let letters: Vec<char> = phrase.chars().collect();
    let mut words = Vec::new();
    let mut form = String::new();
    let (mut after_comma, mut after_colon) = (false, false);
    for (i, &c) in letters.iter().enumerate() {
        let next = letters.get(i + 1).copied().unwrap_or(' ');
        let inside = !form.is_empty()
            && next.is_alphanumeric()
            && (is_apostrophe(c)
                || c == '.' && !next.is_whitespace()
                || c == ',' && form.ends_with(char::is_numeric) && next.is_numeric());
        if c.is_alphanumeric() || inside {
            form.push(c);
            continue;
        }
        if !form.is_empty() {
            // "the leaders' call"
            let owner = is_apostrophe(c) && form.ends_with('s') && next == ' ';
            words.push(word(std::mem::take(&mut form), owner, after_comma, after_colon));
            (after_comma, after_colon) = (false, false);
        }
        after_comma |= c == ',';
        // a dash between spaces; "Trump–Putin" is one name
        after_colon |= matches!(c, ';' | ':') || matches!(c, '–' | '—') && next == ' ';
    }
    if !form.is_empty() {
        words.push(word(form, false, after_comma, after_colon));
    }
    words
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn word(mut form: String, owner: bool, after_comma: bool, after_colon: bool) -> Word {
    let owned = form.strip_suffix('s').and_then(|f| f.strip_suffix(is_apostrophe));
    let possessive = owner || owned.is_some();
    if let Some(length) = owned.map(str::len) {
        form.truncate(length);
    }
    let stem = stem(&kebab(&form));
    Word { form, stem, possessive, after_comma, after_colon }
}

/// Takes off the inflection of an English word: plurals as Harman's S stemmer
/// (1991), "-ed" and "-ing" as step 1b of Porter's (1980). Good enough to compare
/// two words, not to print one.
pub(super) fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let has_vowel = |s: &str| s.bytes().any(|b| b"aeiouy".contains(&b));
    let singular = if let Some(base) = word.strip_suffix("ies").filter(|b| b.len() > 1) {
        format!("{base}y")
    } else if word.ends_with("sses") || word.ends_with("shes") || word.ends_with("ches") {
        word[..word.len() - 2].to_owned()
    } else if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        word[..word.len() - 1].to_owned()
    } else {
        word.to_owned()
    };
    let participle = |suffix: &str| {
        singular.strip_suffix(suffix).filter(|b| b.len() >= 3 && has_vowel(b)).map(str::to_owned)
    };
    let mut base = if let Some(base) = singular.strip_suffix("ied").filter(|b| b.len() > 1) {
        format!("{base}y")
    } else if singular.ends_with("eed") {
        singular
    } else {
        match participle("ing").or_else(|| participle("ed")) {
            Some(mut base) => {
                let bytes = base.as_bytes();
                let last = bytes[bytes.len() - 1];
                if bytes[bytes.len() - 2] == last && !b"lsz".contains(&last) {
                    base.pop();
                }
                base
            }
            None => singular,
        }
    };
    if base.len() > 3 && base.ends_with('e') {
        base.pop();
    }
    base
}

/// Phrases by their stems, for longest match. A phrase with "-ing" finds only words
/// with "-ing", so that "lasting" does not find "last".
#[derive(Debug, Clone)]
pub(super) struct StemIndex<T>(BTreeMap<String, Vec<(Vec<Part>, T)>>);

/// Stem, and whether it must stand as "-ing".
type Part = (String, bool);

impl<T: Copy + Ord> StemIndex<T> {
    /// Indexes phrases with what they mean. O(n log n).
    pub(super) fn new<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut index: BTreeMap<String, Vec<(Vec<Part>, T)>> = BTreeMap::new();
        for (phrase, meaning) in phrases {
            let parts: Vec<Part> = words(phrase).into_iter().map(part).collect();
            if let Some((first, _)) = parts.first().cloned() {
                index.entry(first).or_default().push((parts, meaning));
            }
        }
        for found in index.values_mut() {
            found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            found.dedup();
        }
        Self(index)
    }

    /// What the phrases that start at `at` mean, with their lengths, the longest first.
    pub(super) fn at<'a>(
        &'a self,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = (usize, T)> + 'a {
        let found = words.get(at).and_then(|w| self.0.get(&w.stem)).map(Vec::as_slice);
        found.unwrap_or_default().iter().filter_map(move |(parts, meaning)| {
            let ahead = words.get(at..at + parts.len())?;
            let fits = |(w, (stem, ing)): (&Word, &Part)| {
                w.stem == *stem && (!ing || w.form.ends_with("ing") || w.form.ends_with("ings"))
            };
            ahead.iter().zip(parts).all(fits).then_some((parts.len(), *meaning))
        })
    }
}

fn part(word: Word) -> Part {
    let ing = word.form.ends_with("ing") && word.stem != word.form;
    (word.stem, ing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(phrase: &str) -> Vec<String> {
        words(phrase).into_iter().map(|w| w.stem).collect()
    }

    #[test]
    fn inflected_words_compare_equal() {
        for (a, b) in [
            ("strikes", "strike"),
            ("pausing", "pause"),
            ("halted", "halt"),
            ("stopping", "stop"),
            ("hostilities", "hostility"),
            ("truces", "truce"),
            ("sanctions", "sanction"),
            ("agreed", "agreed"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [("crisis", "cry"), ("energy", "enemy"), ("war", "ward"), ("us", "use")] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn hyphens_part_words_and_numbers_stay_whole() {
        assert_eq!(stems("a 30-day truce"), ["a", "30", "day", "truc"]);
        assert_eq!(words("1,500 U.S. troops")[0].number(), Some(1500));
        assert_eq!(words("1,500 U.S. troops")[1].form, "U.S");
    }

    #[test]
    fn possessives_are_known() {
        let found = words("Trump’s plan, the leaders' call");
        assert_eq!(found[0].form, "Trump");
        assert!(found[0].possessive && !found[1].possessive && found[3].possessive);
        assert!(found[2].after_comma);
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let index = StemIndex::new([("ceasefire", 1), ("ceasefire talks", 2)]);
        let found = words("the ceasefire talks");
        assert_eq!(index.at(&found, 1).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
        assert_eq!(index.at(&found, 0).count(), 0);
    }
}

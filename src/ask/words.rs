//! When two words are forms of one: claims keep the words of the text, a question
//! has lemmas.

use unicode_normalization::UnicodeNormalization;

use crate::ontology::without_marks;

/// The words of a text in lower case without accents, cut at everything that is
/// neither letter nor digit.
pub(super) fn words(text: &str) -> Vec<String> {
    together(&fold(text))
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// "690,000" is one number.
fn together(text: &str) -> String {
    if !text.contains(',') {
        return text.to_owned();
    }
    let at = |index: Option<usize>| index.and_then(|i| text.as_bytes().get(i));
    let digit = |index: Option<usize>| at(index).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .filter(|&(i, c)| c != ',' || !(digit(i.checked_sub(1)) && digit(Some(i + 1))))
        .map(|(_, c)| c)
        .collect()
}

/// Lower case, without accents and possessive endings.
pub(super) fn fold(text: &str) -> String {
    let plain = text.replace('’', "'").replace("'s", "");
    if plain.is_ascii() {
        return plain.to_ascii_lowercase();
    }
    without_marks(plain.nfkd()).flat_map(char::to_lowercase).collect()
}

/// Are `a` and `b` forms of one word? True when what is left of the shorter one
/// without a final "e" or "y" begins the longer one and only an ending follows
/// ("refinery", "refineries"; "propose", "proposal").
pub(super) fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.strip_prefix(short).is_some_and(|rest| rest == "s" || rest == "es") {
        return short.len() > 1;
    }
    let stem = short.strip_suffix(['e', 'y']).unwrap_or(short);
    if stem.chars().count() < 4 {
        return false;
    }
    long.strip_prefix(stem).is_some_and(|rest| rest.len() <= if stem.len() > 5 { 5 } else { 3 })
}

/// How every word begins that is [`alike`] to `word`: at most four letters; of a number
/// what stands before the first comma that it may be written with.
pub(super) fn beginning(word: &str) -> &str {
    if word.bytes().all(|b| b.is_ascii_digit()) && word.len() > 3 {
        return &word[..(word.len() - 1) % 3 + 1];
    }
    let short = word.strip_suffix("es").or(word.strip_suffix('s')).unwrap_or(word);
    short.char_indices().nth(4).map_or(short, |(end, _)| &short[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn alike_words_begin_alike(a in "[a-e]{1,8}s?", b in "[a-e]{1,8}(e?s)?") {
            if alike(&a, &b) {
                proptest::prop_assert!(b.starts_with(beginning(&a)), "{a} {b}");
            }
        }
    }

    #[test]
    fn forms_of_one_word_are_alike() {
        for (a, b) in [
            ("refinery", "refineries"),
            ("propose", "proposal"),
            ("suspend", "suspended"),
            ("war", "wars"),
            ("bomb", "bombing"),
        ] {
            assert!(alike(a, b) && alike(b, a), "{a} {b}");
        }
    }

    #[test]
    fn different_words_are_not() {
        for (a, b) in [("war", "warsaw"), ("aid", "aide"), ("energy", "enemy"), ("30", "300")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn words_lose_case_accents_and_possessives() {
        assert_eq!(words("Élysée’s 30-day plan"), ["elysee", "30", "day", "plan"]);
        assert_eq!(words("Łódź, Ærø"), ["lodz", "aero"]);
        assert_eq!(words("1,690,000 of 12, 13"), ["1690000", "of", "12", "13"]);
        assert_eq!((beginning("690000"), beginning("1400")), ("690", "1"));
    }
}

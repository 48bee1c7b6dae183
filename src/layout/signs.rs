//! What is known of how English pages are set, from `models/layout.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::named::named;

named! {
    /// A list of `models/layout.tsv`, which says what is in it.
    pub(super) enum Sign {
        /// How a body begins whose decisions follow.
        Article = "article",
        /// Words that announce what stands for itself behind a colon.
        Announcing = "announcing",
        /// Words that stay in capitals.
        Capitals = "capitals",
        /// How a credit begins.
        Credit = "credit",
        /// How a credit ends.
        CreditEnd = "credit-end",
        /// How a credit in brackets begins or ends.
        CreditWithin = "credit-within",
        /// Words between the last two items of a list.
        Joining = "joining",
        /// Such a word with the sign before it.
        Joint = "joint",
        /// Letters that stand for a bullet.
        LetterBullet = "letter-bullet",
        /// Adverbs before the verb of a decision.
        OperativeAdverb = "operative-adverb",
        /// How such an adverb ends.
        OperativeAdverbEnd = "operative-adverb-end",
        /// How the verb of a decision ends.
        OperativeVerbEnd = "operative-verb-end",
        /// Words of which letters are left out in front, where an apostrophe stands.
        Elision = "elision",
        /// How words end that are no such verb.
        OperativeVerbNot = "operative-verb-not",
        /// How the participle ends that may stand before it.
        OperativeParticipleEnd = "operative-participle-end",
        /// What a verb in the passive is followed by.
        PassiveBy = "passive-by",
        /// Heads of columns that say what a cell is, and not of what it is said.
        SaidOf = "said-of",
        /// How a verb ends that tells what somebody does or did.
        FiniteEnd = "finite-end",
        /// Last words of a lead-in that runs on.
        RunningOn = "running-on",
    }
}

static LISTS: LazyLock<BTreeMap<Sign, Vec<&str>>> = LazyLock::new(|| {
    let lines =
        || include_str!("../../models/layout.tsv").lines().filter_map(|it| it.split_once('\t'));
    let of_sign = |sign: &Sign| {
        let entries = lines().filter(|(name, _)| *name == sign.as_str());
        (*sign, entries.flat_map(|(_, entries)| entries.split('|')).collect())
    };
    Sign::ALL.iter().map(of_sign).collect()
});

/// Is `words` in the list of that name? Letter case makes no difference.
pub(super) fn is(words: &str, sign: Sign) -> bool {
    let words = words.to_lowercase();
    entries(sign).any(|entry| entry == words)
}

/// Does `line` begin with an entry of the list of that name?
pub(super) fn begins(line: &str, sign: Sign) -> bool {
    let line = line.to_lowercase();
    entries(sign).any(|entry| line.starts_with(entry))
}

/// Does `line` end with an entry of the list of that name?
pub(super) fn ends(line: &str, sign: Sign) -> bool {
    let line = line.to_lowercase();
    entries(sign).any(|entry| line.ends_with(entry))
}

/// The entries of a list, in small letters.
pub(super) fn entries(sign: Sign) -> impl Iterator<Item = &'static str> {
    LISTS.get(&sign).into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_what_they_should() {
        assert!(begins("Photo: AFP", Sign::Credit));
        assert!(begins("AP Photo/Ann Reed", Sign::CreditWithin));
        assert!(!begins("Photographs show the bridge", Sign::Credit));
        assert!(is("US", Sign::Capitals));
        assert!(LISTS.values().all(|entries| !entries.is_empty()), "{LISTS:?}");
        let names =
            include_str!("../../models/layout.tsv").lines().filter_map(|it| it.split_once('\t'));
        assert!(names.map(|(name, _)| name).all(|name| Sign::named(name).is_some()));
    }
}

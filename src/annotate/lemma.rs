//! Dictionary forms: a lexicon first, and for words that it lacks an edit script
//! that the network chooses.

use super::annotation::Upos;
use crate::layout::Words;

/// Letter case of a lemma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    /// As the form has it.
    Keep,
    /// First letter upper.
    Title,
    Upper,
}

/// How a lemma is made of a form: `C|d<n>+<p>|<m>+<s>` drops `n` characters in
/// front and adds `p`, drops `m` at the end and adds `s`; `C|a<text>` is the lemma
/// itself. `C` is the letter case: L, K, T or U.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    case: Case,
    edit: Edit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Edit {
    Whole(String),
    Affixes { front: usize, prefix: String, back: usize, suffix: String },
}

impl Script {
    /// Reads a script; `None` when it is none.
    pub(super) fn parse(script: &str) -> Option<Self> {
        let (case, edit) = script.split_once('|')?;
        let case = match case {
            "L" => Case::Lower,
            "K" => Case::Keep,
            "T" => Case::Title,
            "U" => Case::Upper,
            _ => return None,
        };
        let edit = if let Some(whole) = edit.strip_prefix('a') {
            Edit::Whole(whole.to_owned())
        } else {
            let (start, end) = edit.strip_prefix('d')?.split_once('|')?;
            let (front, prefix) = start.split_once('+')?;
            let (back, suffix) = end.split_once('+')?;
            Edit::Affixes {
                front: front.parse().ok()?,
                prefix: prefix.to_owned(),
                back: back.parse().ok()?,
                suffix: suffix.to_owned(),
            }
        };
        Some(Self { case, edit })
    }

    /// The lemma of a form; of a form too short for the script, the form.
    pub(super) fn apply(&self, form: &str) -> String {
        let base = if self.case == Case::Keep { form.to_owned() } else { form.to_lowercase() };
        let lemma = match &self.edit {
            Edit::Whole(lemma) => lemma.clone(),
            Edit::Affixes { front, prefix, back, suffix } => {
                let length = base.chars().count();
                if front + back > length {
                    return base;
                }
                let kept: String = base.chars().skip(*front).take(length - front - back).collect();
                format!("{prefix}{kept}{suffix}")
            }
        };
        match self.case {
            Case::Lower | Case::Keep => lemma,
            Case::Title => {
                let mut rest = lemma.chars();
                rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
            }
            Case::Upper => lemma.to_uppercase(),
        }
    }
}

/// Lemmas of the words of the training treebanks, from `models/lemmas.tsv`: form
/// (in lower case but for proper nouns), part of speech, lemma. Its lines are sorted, and taken
/// apart only when one is looked up.
pub(super) struct Lexicon(Vec<&'static str>);

impl Lexicon {
    /// The embedded list of 27,275 entries.
    pub(super) fn embedded() -> Self {
        Self(include_str!("../../models/lemmas.tsv").lines().collect())
    }

    /// Part of speech and lemma of the entries of a form. O(log n).
    fn entries(&self, form: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let parts = |line: &'static str| line.split_once('\t').unwrap_or((line, ""));
        let from = self.0.partition_point(|line| parts(line).0 < form);
        let own = self.0[from..].iter().map(move |line| parts(line));
        let own = own.take_while(move |(own, _)| *own == form);
        own.filter_map(|(_, rest)| rest.split_once('\t'))
    }

    /// Is a word, in small letters, in the list as anything but a name?
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.entries(word).any(|(upos, _)| upos != Upos::Propn.as_str())
    }

    /// The lemmas of a word, in small letters, as anything but a name.
    pub(super) fn lemmas(&self, word: &str) -> impl Iterator<Item = &'static str> {
        let common = self.entries(word).filter(|(upos, _)| *upos != Upos::Propn.as_str());
        common.map(|(_, lemma)| lemma)
    }

    /// Is it the lemma of some form of that part of speech?
    pub(super) fn is_lemma(&self, lemma: &str, upos: Upos) -> bool {
        let parts =
            |line: &&'static str| line.split_once('\t').and_then(|it| it.1.split_once('\t'));
        self.0.iter().filter_map(parts).any(|it| it == (upos.as_str(), lemma))
    }

    /// The lemma of a form in plain type, if the list has it.
    pub(super) fn get(&self, form: &str, upos: Upos) -> Option<&'static str> {
        let find = |form: &str| {
            let mut entries = self.entries(form);
            entries.find(|(own, _)| *own == upos.as_str()).map(|(_, lemma)| lemma)
        };
        if upos == Upos::Propn || !form.chars().any(char::is_uppercase) {
            find(form)
        } else {
            find(&form.to_lowercase())
        }
    }
}

impl Words for Lexicon {
    fn is_common(&self, word: &str) -> bool {
        Self::is_common(self, word)
    }

    fn is_verb(&self, word: &str) -> bool {
        let listed =
            |form: &str| [Upos::Verb, Upos::Aux].iter().any(|&upos| self.get(form, upos).is_some());
        // The list lacks forms: "opposes", though "oppose" is there.
        let third =
            || self.entries(word).next().is_none() && word.strip_suffix('s').is_some_and(listed);
        listed(word) || third()
    }

    fn is_noun(&self, word: &str) -> bool {
        self.get(word, Upos::Noun).is_some()
    }

    fn is_determiner(&self, word: &str) -> bool {
        let is = |upos: &Upos| self.get(word, *upos).is_some();
        [Upos::Det, Upos::Pron, Upos::Num, Upos::Part].iter().any(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn apply(script: &str, form: &str) -> String {
        Script::parse(script).unwrap().apply(form)
    }

    #[test]
    fn scripts_edit_both_ends() {
        assert_eq!(apply("L|d0+|1+", "Talks"), "talk");
        assert_eq!(apply("L|d0+|3+y", "parties"), "party");
        assert_eq!(apply("L|d0+ha|0+", "'ve"), "ha've");
        assert_eq!(apply("K|d0+|1+", "Houthis"), "Houthi");
        assert_eq!(apply("T|d0+|0+", "BIDEN"), "Biden");
        assert_eq!(apply("U|d0+|0+", "usa"), "USA");
        assert_eq!(apply("L|abe", "was"), "be");
    }

    #[test]
    fn a_form_too_short_stays() {
        assert_eq!(apply("L|d2+|3+", "Ab"), "ab");
        assert_eq!(apply("K|d2+|3+", "Ab"), "Ab");
    }

    #[test]
    fn what_is_no_script_is_none() {
        for script in ["", "L", "X|d0+|0+", "L|d0|0", "L|dx+|0+", "L|z"] {
            assert_eq!(Script::parse(script), None, "{script:?}");
        }
    }

    #[test]
    fn the_lexicon_knows_irregular_words() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.get("Said", Upos::Verb), Some("say"));
        assert_eq!(lexicon.get("agreed", Upos::Verb), Some("agree"));
        assert_eq!(lexicon.get("agreed", Upos::Punct), None);
        assert!(lexicon.is_lemma("freeze", Upos::Verb) && !lexicon.is_lemma("fro", Upos::Verb));
        assert!(!lexicon.is_lemma("froze", Upos::Verb));
        assert_eq!(lexicon.0.len(), 27_275);
        assert!(lexicon.0.is_sorted());
    }

    proptest! {
        #[test]
        fn no_form_breaks_a_script(form in "\\PC{0,6}", front in 0_usize..4, back in 0_usize..4) {
            apply(&format!("T|d{front}+x|{back}+y"), &form);
        }
    }
}

//! When two spellings can be one person's name.

use crate::ontology::{Family, Ontology, kebab};

/// A person's name in parts, lower-case and without accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonName {
    /// Names before the last; empty for a bare family name.
    pub given: Vec<String>,
    /// The last name.
    pub family: String,
}

impl PersonName {
    /// The parts of a name whose words all begin with a capital, as far as four words.
    pub(super) fn read(label: &str) -> Option<Self> {
        let parts: Vec<&str> = label.split_whitespace().collect();
        let is_name = |p: &&str| {
            p.chars().next().is_some_and(char::is_uppercase) && !p.chars().any(char::is_numeric)
        };
        if parts.is_empty() || parts.len() > 4 || !parts.iter().all(is_name) {
            return None;
        }
        let mut parts: Vec<String> = parts.into_iter().map(kebab).collect();
        let family = parts.pop().filter(|f| !f.is_empty())?;
        Some(Self { given: parts, family })
    }
}

/// The letters that sound alike in names, with how they sound; the longest first.
pub(super) struct Sounds<'o>(Vec<(&'o str, &'o str)>);

impl<'o> Sounds<'o> {
    /// Those that the ontology knows.
    pub(super) fn new(ontology: &'o Ontology) -> Self {
        let written = ontology.classes_of(Family::Sound).flat_map(|class| {
            class.words.iter().map(|letters| (letters.as_str(), class.value.as_str()))
        });
        let mut sounds: Vec<(&str, &str)> = written.collect();
        sounds.sort_by_key(|(letters, _)| (std::cmp::Reverse(letters.len()), *letters));
        Self(sounds)
    }

    /// Can both be one person: family names that differ only in transliteration, and
    /// given names that do, too, or of which one is the other's initial or leaves out
    /// a middle name? A name without given names fits any of its family.
    pub(super) fn fit(&self, one: &PersonName, other: &PersonName) -> bool {
        self.similar(&one.family, &other.family)
            && (one.given.is_empty()
                || other.given.is_empty()
                || self.given_fit(&one.given, &other.given))
    }

    fn given_fit(&self, one: &[String], other: &[String]) -> bool {
        let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let mut rest = many.iter();
        few.iter().all(|name| rest.any(|candidate| self.given_similar(name, candidate)))
    }

    /// Names with the same key may fit; others do not.
    pub(super) fn key(&self, name: &PersonName) -> String {
        self.skeleton(&name.family)
    }

    fn given_similar(&self, a: &str, b: &str) -> bool {
        let initial =
            |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        initial(a, b) || initial(b, a) || self.similar(a, b)
    }

    /// Do the two names differ at most in how they are transliterated?
    fn similar(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
        // Petrov and Petrova are two people
        let feminine = |x: &str, y: &str| x.strip_suffix('a') == Some(y);
        if shorter < 5 || feminine(a, b) || feminine(b, a) {
            return false;
        }
        self.skeleton(a) == self.skeleton(b) && strsim::levenshtein(a, b) <= longer / 4
    }

    /// What transliterations of one name have in common: its first letter and its
    /// consonants, those that sound alike written alike.
    fn skeleton(&self, name: &str) -> String {
        let mut plain = name.to_lowercase();
        for (letters, sound) in &self.0 {
            plain = plain.replace(letters, sound);
        }
        let mut skeleton = String::new();
        for (i, c) in plain.chars().enumerate() {
            let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '-');
            if i == 0 || !vowel && !skeleton.ends_with(c) {
                skeleton.push(c);
            }
        }
        skeleton
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;
    use super::*;

    fn fits(a: &str, b: &str) -> bool {
        let (a, b) = (PersonName::read(a).unwrap(), PersonName::read(b).unwrap());
        Sounds::new(shipped()).fit(&a, &b)
    }

    #[test]
    fn the_longest_letters_are_read_first() {
        let sounds = Sounds::new(shipped());
        assert_eq!(sounds.skeleton("tschernow"), "chrnv");
        assert_eq!(sounds.skeleton("chernov"), "chrnv");
        assert_eq!(Sounds::new(&Ontology::default()).skeleton("tschernow"), "tschrnw");
    }

    #[test]
    fn transliterations_are_one_person() {
        for (a, b) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
            ("Abbas Araghchi", "Abbas Araqchi"),
            ("Recep Tayyip Erdoğan", "Tayyip Erdogan"),
            ("J. Vance", "James Vance"),
            ("Zelensky", "Volodymyr Zelensky"),
        ] {
            assert!(fits(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn two_people_stay_two() {
        for (a, b) in [
            ("Donald Trump", "Ivanka Trump"),
            ("Ivan Petrov", "Ivan Petrova"),
            ("Vladimir Putin", "Volodymyr Putin"),
            ("George Bush", "George Busch"),
            ("Kim Jong-un", "Kim Jong-il"),
            ("North Korea", "South Korea"),
        ] {
            assert!(!fits(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        for label in ["White House aide", "russian forces", "", "Group of 7"] {
            assert_eq!(PersonName::read(label), None, "{label}");
        }
    }
}

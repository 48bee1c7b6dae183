//! Words that mean nearly the same, by the vectors that the encoder has for their pieces: texts
//! say "injured" of what is asked about as "hurt". Nothing is read of the words' surroundings.

use std::collections::{BTreeMap, BTreeSet};

use super::annotator::Annotator;

/// A vector, [384].
type Vector = Vec<f32>;

/// How far words are akin: the cosine between their vectors, 1 for a word with itself.
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    vectors: BTreeMap<String, Vector>,
}

impl Kinship {
    /// Of words in small letters. What all words have in common is taken from each, so that
    /// words that have nothing to do with each other are near 0.
    ///
    /// # Complexity
    /// Time O(words), a lookup each in the encoder's table.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>, annotator: &Annotator) -> Self {
        let words: BTreeSet<&str> = words.into_iter().collect();
        let mut vectors: Vec<Vector> = annotator.vectors(words.iter().copied());
        let Some(length) = vectors.first().map(Vec::len) else { return Self::default() };
        let mut mean = vec![0.0; length];
        for vector in &vectors {
            mean.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        }
        let n = vectors.len() as f32;
        for vector in &mut vectors {
            vector.iter_mut().zip(&mean).for_each(|(x, sum)| *x -= sum / n);
            let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            vector.iter_mut().for_each(|x| *x /= norm);
        }
        Self { vectors: words.into_iter().map(str::to_owned).zip(vectors).collect() }
    }

    /// How far two of the words are akin; 0 for a word that is none of them.
    pub fn between(&self, a: &str, b: &str) -> f64 {
        let (Some(a), Some(b)) = (self.vectors.get(a), self.vectors.get(b)) else { return 0.0 };
        cosine(a, b)
    }

    /// The words that are akin to one at least so far, with how far; itself is among them.
    pub fn akin_to(&self, word: &str, least: f64) -> BTreeMap<String, f64> {
        let Some(own) = self.vectors.get(word) else { return BTreeMap::new() };
        let akin = self.vectors.iter().map(|(other, vector)| (other, cosine(own, vector)));
        akin.filter(|(_, far)| *far >= least).map(|(other, far)| (other.clone(), far)).collect()
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    f64::from(a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::embedded().unwrap());

    #[test]
    fn words_of_like_meaning_are_nearer_than_others() {
        let words = ["hurt", "injured", "wounded", "parliament", "senate", "ferry", "refuse"];
        let kinship = Kinship::of(words, &ANNOTATOR);
        assert!(kinship.between("hurt", "injured") > kinship.between("hurt", "senate"));
        assert!(kinship.between("parliament", "senate") > kinship.between("parliament", "ferry"));
        assert!((kinship.between("ferry", "ferry") - 1.0).abs() < 1e-3);
        assert_eq!(kinship.between("ferry", "zebra"), 0.0);
        assert!(kinship.akin_to("hurt", 0.9).len() < 3);
    }

    #[test]
    fn of_no_words_nothing_is_akin() {
        let kinship = Kinship::of([], &ANNOTATOR);
        assert!(kinship.akin_to("ferry", 0.0).is_empty());
    }
}

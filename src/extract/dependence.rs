//! "Will sign if Sudan signs", "lifts its tariffs in return for a quota": the words that say what
//! an act depends on.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::status::LONGEST_MARKER;
use super::tree::Tree;
use crate::annotate::{Deprel, Upos};
use crate::ontology::WordClass;

/// The words on which the act at `head` depends, with the mark that says so; none where its
/// sentence names no condition. What is put as an addition ("even if") is none.
pub(super) fn condition(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    head: usize,
) -> Option<Range<usize>> {
    // "agreed to free hostages in exchange for a pause": what hangs on the infinitive or on its verb
    let governed = |&word: &usize| tree.is(word, Deprel::Xcomp);
    let mut verbs = vec![head];
    while let Some(above) = verbs.last().filter(|it| governed(it)).and_then(|&it| tree.head(it)) {
        verbs.push(above);
    }
    verbs.into_iter().find_map(|verb| {
        let hangs = |&c: &usize| {
            [Deprel::Advcl, Deprel::Obl, Deprel::Nmod].iter().any(|&rel| tree.is(c, rel))
        };
        let below = tree.children(verb).iter().copied().filter(hangs);
        below.filter(|&c| c != head).find_map(|c| words(tree, lexicon, c))
    })
}

/// The words of a clause or noun that a mark of dependence opens, from the mark on. The mark may stand
/// before the clause ("only if" on the verb above) or in it; the longest decides, so that "even if"
/// is not "if".
fn words(tree: &Tree<'_>, lexicon: &Lexicon<'_>, clause: usize) -> Option<Range<usize>> {
    let sentence = &tree.annotation().sentences[tree.sentence(clause)];
    let below = tree.subtree(clause);
    let (&first, &last) = (below.first()?, below.last()?);
    let earliest = sentence.start.max((first + 1).saturating_sub(LONGEST_MARKER));
    let marks = (earliest..=first).flat_map(|from| {
        let ends = first.max(from + 1)..=last.min(from + LONGEST_MARKER);
        ends.map(move |end| from..end)
    });
    let phrase = |words: &Range<usize>| {
        let forms: Vec<String> = words.clone().map(|w| tree.word(w).form.to_lowercase()).collect();
        forms.join(" ")
    };
    let is = |mark: &Range<usize>, class| lexicon.is(&phrase(mark), class);
    let any = [WordClass::DependenceMark, WordClass::Conditional];
    let mark = marks.filter(|mark| any.iter().any(|&class| is(mark, class)));
    let mark = mark.max_by_key(Range::len).filter(|mark| is(mark, WordClass::DependenceMark))?;
    Some(Tree::trimmed(mark.start..last + 1, |w| tree.upos(w) == Upos::Punct))
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::claims;

    /// The conditions of the claims of a text, by act.
    fn conditions(text: &str) -> Vec<String> {
        let of = claims(text);
        let told = of.iter().filter_map(|it| {
            let condition = it.condition.as_ref()?;
            Some(format!("{}: {}", it.act, condition.text))
        });
        told.collect()
    }

    #[test]
    fn an_act_keeps_the_words_that_it_depends_on() {
        for (text, condition) in [
            (
                "Iran would accept inspections only if sanctions were lifted.",
                "accept: only if sanctions were lifted",
            ),
            (
                "Norway will reject the map if Chad does not sign it.",
                "reject: if Chad does not sign it",
            ),
            ("Chad will reject the map unless Peru signs it.", "reject: unless Peru signs it"),
            (
                "Canada would lift its tariffs in return for a quota.",
                "concede: in return for a quota",
            ),
        ] {
            let found = conditions(text);
            assert!(found.iter().any(|it| it == condition), "{text} {found:?}");
        }
    }

    #[test]
    fn what_comes_before_the_act_is_its_condition_too() {
        let found = conditions("If Chad signs the treaty, Norway will reject the map.");
        assert_eq!(found, ["reject: If Chad signs the treaty"]);
    }

    #[test]
    fn other_clauses_are_no_conditions() {
        for text in [
            "Norway rejected the map when Chad signed it.",
            "Norway will reject the map even if Chad signs it.",
            "Norway rejected the map in return.",
            "Chad asked whether Norway rejected the map.",
            "Norway rejected the map as if Chad had never signed it.",
        ] {
            assert!(conditions(text).is_empty(), "{text} {:?}", conditions(text));
        }
    }
}

//! The words of a matter: the whole phrase, neither cut at the first preposition
//! nor swallowing the next clause.

use std::collections::BTreeSet;

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::annotate::{Deprel, Upos};
use crate::ontology::WordClass;

/// The words of the phrase that `head` heads, as a run in one sentence; `trigger`
/// words are left out at its edges.
pub(super) fn phrase(tree: &Tree<'_>, head: usize, trigger: &[usize]) -> BTreeSet<usize> {
    // "a key condition was the end of aid": of the predicate without its subject
    let own_subject = tree
        .children_by(head, Deprel::Nsubj)
        .find(|&s| trigger.iter().any(|&t| tree.dominates(s, t)));
    let whole = tree.subtree_without(head, |c| {
        if own_subject.is_some()
            && tree.head(c) == Some(head)
            && (Some(c) == own_subject
                || tree.is(c, Deprel::Cop)
                || tree.is(c, Deprel::Aux)
                || tree.is(c, Deprel::Mark))
        {
            return true;
        }
        let after_comma = c > 0
            && tree
                .children(c)
                .iter()
                .any(|&p| tree.is(p, Deprel::Punct) && p < c && tree.word(p).form == ",");
        trigger.contains(&c)
            || tree.is(c, Deprel::Parataxis)
            || tree.is(c, Deprel::Appos)
                && c > head
                && after_comma
                && tree.child(c, Deprel::Acl).is_some()
            || tree.is(c, Deprel::Discourse)
            || tree.is(c, Deprel::Vocative)
            || tree.deprel(c) == Deprel::AclRelcl
                && (after_comma || tree.children(c).iter().any(|&w| trigger.contains(&w)))
            || tree.is(c, Deprel::Advcl)
                && (after_comma || c < head)
                && tree.upos(head) != Upos::Verb
            || tree.is(c, Deprel::Conj)
                && c > head
                && tree.child(c, Deprel::Nsubj).is_some()
                && tree.heads_clause(c)
            || tree.is(c, Deprel::Advcl) && after_comma
            || tree.is(c, Deprel::Obl)
                && tree.children(c).iter().any(|&m| tree.in_class(m, WordClass::AccordingTo))
            || tree.is(c, Deprel::Cc)
                && c > head
                && !tree.children_by(head, Deprel::Conj).any(|j| j > c)
    });
    trim(tree, head, whole, trigger)
}

/// Cuts what does not belong at the edges and keeps the run that holds the head.
fn trim(
    tree: &Tree<'_>,
    head: usize,
    mut words: BTreeSet<usize>,
    trigger: &[usize],
) -> BTreeSet<usize> {
    // a stretch between the head and the trigger stays on its side of the trigger
    if let Some(&last_before) = trigger.iter().filter(|&&t| t < head).max() {
        words.retain(|&w| w > last_before);
    }
    if let Some(&first_after) = trigger.iter().filter(|&&t| t > head).min() {
        words.retain(|&w| w < first_after);
    }
    let edge = |w: usize| {
        tree.is(w, Deprel::Punct) && !is_quote(tree, w)
            || tree.is(w, Deprel::Cc)
            || [Deprel::Case, Deprel::Mark, Deprel::Cop].iter().any(|&rel| tree.is(w, rel))
                && tree.head(w) == Some(head)
    };
    while let Some(&first) = words.first() {
        if first != head && edge(first) {
            words.pop_first();
        } else {
            break;
        }
    }
    while let Some(&last) = words.last() {
        if last != head
            && (tree.is(last, Deprel::Punct) && !is_quote(tree, last) || tree.is(last, Deprel::Cc))
        {
            words.pop_last();
        } else {
            break;
        }
    }
    balance_quotes(tree, &mut words);
    while let Some(&last) = words.last() {
        if last != head && tree.is(last, Deprel::Punct) && !is_quote(tree, last) {
            words.pop_last();
        } else {
            break;
        }
    }
    words
}

fn is_quote(tree: &Tree<'_>, w: usize) -> bool {
    matches!(tree.word(w).form.as_str(), "\"" | "“" | "”" | "``" | "''" | "«" | "»")
}

/// A quotation mark without its partner does not belong.
fn balance_quotes(tree: &Tree<'_>, words: &mut BTreeSet<usize>) {
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return };
    let quotes = (first..=last).filter(|&w| is_quote(tree, w)).count();
    if quotes % 2 == 1 && words.len() > 1 {
        if is_quote(tree, last) {
            words.pop_last();
        } else if is_quote(tree, first) {
            words.pop_first();
        }
    }
}

/// Ids of the issues that the words name, most specific first: the longer phrase
/// before the shorter, the narrower issue before the broader.
pub(super) fn issues(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    words: &BTreeSet<usize>,
) -> Vec<String> {
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
    let range: Vec<usize> = (first..=last).filter(|&w| tree.word(w).form != "-").collect();
    let lemmas: Vec<&str> = range.iter().map(|&w| tree.lemma(w)).collect();
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for hit in lexicon.issues.find(&lemmas) {
        for &term in hit.terms {
            let issue = &lexicon.ontology.issues[term];
            let depth = lexicon.ontology.line_of_issue(&issue.id).len();
            found.push((depth, hit.end - hit.start, issue.id.clone()));
        }
    }
    found.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)).then_with(|| a.2.cmp(&b.2)));
    let mut ids: Vec<String> = Vec::new();
    for (_, _, id) in found {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn the_whole_phrase() {
        reads(
            "Egypt proposed a 60-day truce in Gaza and the release of ten hostages.",
            &["actual propose [egypt] ‹a 60-day truce in Gaza and the release of ten hostages›"],
        );
        reads(
            "Boris Johnson wanted to leave the customs union by the end of the year.",
            &[
                "actual intend [boris-johnson] ‹leave the customs union by the end of the year›",
                "unrealised withhold [boris-johnson] ‹the customs union›",
            ],
        );
    }

    #[test]
    fn not_the_next_clause() {
        reads(
            "Turkey proposed a two-state solution for Cyprus, but Greece rejected it.",
            &[
                "actual propose [turkey] ‹a two-state solution for Cyprus›",
                "actual reject [greece] ‹it›",
            ],
        );
        reads(
            "Rwanda rejected the plan, which angered Congo.",
            &["actual reject [rwanda] ‹the plan›"],
        );
    }

    #[test]
    fn a_clause_without_its_marker() {
        reads(
            "Congo demanded that Rwanda withdraw its troops.",
            &[
                "actual demand [democratic-republic-of-the-congo] ‹Rwanda withdraw its troops›",
                "unrealised withdraw [rwanda] ‹its troops›",
            ],
        );
        reads(
            "Erdoğan promised that Turkey would dismantle the camp.",
            &[
                "actual promise [recep-tayyip-erdogan] ‹Turkey would dismantle the camp›",
                "unrealised withdraw [turkey] ‹the camp›",
            ],
        );
    }

    #[test]
    fn an_enumeration_is_one_phrase() {
        reads(
            "Iran demanded an end to sanctions, the return of its frozen assets and security guarantees.",
            &[
                "actual demand [iran] ‹an end to sanctions, the return of its frozen assets and security guarantees›",
            ],
        );
    }
}

//! The best dependency tree of a sentence: Chu and Liu's and Edmonds' maximum
//! spanning arborescence, held to a single root.

/// How many words are tried as the root when the best heads form no tree.
const ROOT_CANDIDATES: usize = 4;

/// Scores of heads: `n` words by `n + 1` heads, head 0 is ROOT and head `j` word
/// `j - 1`.
#[derive(Debug, Clone)]
pub(super) struct HeadScores {
    words: usize,
    scores: Vec<f32>,
}

impl HeadScores {
    /// Scores from a function of word and head (0 for ROOT). A word's score as
    /// its own head is never asked for.
    pub(super) fn new(words: usize, score: impl Fn(usize, usize) -> f32) -> Self {
        let mut scores = Vec::with_capacity(words * (words + 1));
        for word in 0..words {
            for head in 0..=words {
                let own = head == word + 1;
                scores.push(if own { f32::NEG_INFINITY } else { score(word, head) });
            }
        }
        Self { words, scores }
    }

    fn get(&self, word: usize, head: usize) -> f32 {
        self.scores[word * (self.words + 1) + head]
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.scores[word * (self.words + 1)..][..=self.words]
    }
}

/// The head of every word (`None` for the root), such that the whole is a tree
/// with one root.
///
/// If the best head of every word gives a tree, that is it. Else the tree is the
/// best of those under the four likeliest roots (by how far ROOT leads a word's
/// best other head). Offsets that are equal for all heads of a word, as those of
/// a softmax, change nothing. O(n³) at worst, O(n²) as a rule.
pub(super) fn decode(scores: &HeadScores) -> Vec<Option<usize>> {
    let n = scores.words;
    let greedy: Vec<usize> = (0..n).map(|w| argmax(scores.row(w).iter().copied())).collect();
    if is_tree(&greedy) {
        return greedy.into_iter().map(|head| head.checked_sub(1)).collect();
    }
    let lead = |w: usize| {
        let row = scores.row(w);
        row[0] - row[1..].iter().copied().fold(f32::MIN, f32::max)
    };
    let mut candidates: Vec<(f32, usize)> = (0..n).map(|w| (lead(w), w)).collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut best: Option<(f32, Vec<Option<usize>>)> = None;
    for &(_, root) in candidates.iter().take(ROOT_CANDIDATES) {
        let heads = arborescence(scores, root);
        let sum =
            heads.iter().enumerate().map(|(w, h)| scores.get(w, h.map_or(0, |h| h + 1))).sum();
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, heads));
        }
    }
    best.map(|(_, heads)| heads).unwrap_or_default()
}

/// Do these heads (0 is ROOT) form a tree with one root?
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|h| **h == 0).count() != 1 {
        return false;
    }
    // 0 unseen, else the walk that reached the word first.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut word = start;
        loop {
            if seen[word] == start + 1 {
                return false;
            }
            if seen[word] != 0 {
                break;
            }
            seen[word] = start + 1;
            match heads[word].checked_sub(1) {
                Some(head) => word = head,
                None => break,
            }
        }
    }
    true
}

fn argmax(values: impl Iterator<Item = f32>) -> usize {
    super::model::greatest(values)
}

/// An edge between words, by the nodes that stand for them now.
#[derive(Clone, Copy)]
struct Edge {
    score: f32,
    /// The word that gets the head.
    word: u32,
    /// The head.
    head: u32,
}

/// A cycle that was made one node.
struct Contraction {
    /// Name of the node that stands for it.
    name: usize,
    /// Names of its members and the edge by which each hung on the next.
    members: Vec<(usize, Edge)>,
}

/// The best tree with `root` as its root, by contracting cycles in place.
fn arborescence(scores: &HeadScores, root: usize) -> Vec<Option<usize>> {
    let n = scores.words;
    let edge = |word: usize, head: usize| Edge {
        score: if word == root { f32::NEG_INFINITY } else { scores.get(word, head + 1) },
        word: word as u32,
        head: head as u32,
    };
    // `edges[d * n + h]`: the best edge from a head inside node h to a word inside
    // node d. A contracted cycle lives on in the row and column of its first member.
    let mut edges: Vec<Edge> = (0..n * n).map(|i| edge(i / n, i % n)).collect();
    let mut active: Vec<usize> = (0..n).collect();
    // Names tell a contracted node from the member whose row it took.
    let mut name: Vec<usize> = (0..n).collect();
    let mut parent: Vec<usize> = vec![usize::MAX; n];
    let mut contractions: Vec<Contraction> = Vec::new();
    let root_slot = root;

    let mut best: Vec<usize> = (0..n).collect();
    let choose = |slot: usize, active: &[usize], edges: &[Edge]| {
        let others = || active.iter().copied().filter(|h| *h != slot);
        others().nth(argmax(others().map(|h| edges[slot * n + h].score))).unwrap_or(slot)
    };
    for &slot in &active {
        if slot != root_slot {
            best[slot] = choose(slot, &active, &edges);
        }
    }
    while let Some(cycle) = find_cycle(&active, &best, root_slot, n) {
        let kept = cycle[0];
        let inside = |slot: usize| cycle.contains(&slot);
        let members: Vec<(usize, Edge)> =
            cycle.iter().map(|&m| (name[m], edges[m * n + best[m]])).collect();
        let new_name = parent.len();
        parent.push(usize::MAX);
        for (member, _) in &members {
            parent[*member] = new_name;
        }
        for &other in active.iter().filter(|slot| !inside(**slot)) {
            // Into the cycle: what entering there gains over the edge it replaces.
            let gain = |m: usize| edges[m * n + other].score - edges[m * n + best[m]].score;
            let entry = cycle[argmax(cycle.iter().map(|&m| gain(m)))];
            let entering = Edge { score: gain(entry), ..edges[entry * n + other] };
            // Out of the cycle: the best head inside.
            let exit = cycle[argmax(cycle.iter().map(|&m| edges[other * n + m].score))];
            let leaving = edges[other * n + exit];
            edges[kept * n + other] = entering;
            edges[other * n + kept] = leaving;
        }
        name[kept] = new_name;
        contractions.push(Contraction { name: new_name, members });
        active.retain(|slot| *slot == kept || !inside(*slot));
        best[kept] = choose(kept, &active, &edges);
        for &slot in &active {
            if slot != root_slot && inside(best[slot]) {
                best[slot] = kept;
            }
        }
    }

    // Edge by which each node hangs on the rest, by name.
    let mut hanging: Vec<Option<Edge>> = vec![None; parent.len()];
    for &slot in active.iter().filter(|slot| **slot != root_slot) {
        hanging[name[slot]] = Some(edges[slot * n + best[slot]]);
    }
    expanded(hanging, &contractions, &parent, n)
}

/// The head of each of the first `words` nodes, once the contracted ones are taken apart again;
/// `parent` is the node that a node was contracted into.
fn expanded(
    mut hanging: Vec<Option<Edge>>,
    contractions: &[Contraction],
    parent: &[usize],
    words: usize,
) -> Vec<Option<usize>> {
    for contraction in contractions.iter().rev() {
        let entering = hanging[contraction.name].take();
        // The member that the entering edge reaches gives up its own edge.
        let reached = entering.map(|edge| {
            let mut at = edge.word as usize;
            while parent[at] != contraction.name {
                at = parent[at];
            }
            at
        });
        for (member, edge) in &contraction.members {
            hanging[*member] = if Some(*member) == reached { entering } else { Some(*edge) };
        }
    }
    let mut heads: Vec<Option<usize>> = vec![None; words];
    for edge in hanging.into_iter().take(words).flatten() {
        heads[edge.word as usize] = Some(edge.head as usize);
    }
    heads
}

/// Slots of a cycle among the chosen heads.
fn find_cycle(active: &[usize], best: &[usize], root: usize, n: usize) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; n];
    for &start in active {
        let mut at = start;
        while at != root && seen[at] == usize::MAX {
            seen[at] = start;
            at = best[at];
        }
        if at != root && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = best[at];
            while next != at {
                cycle.push(next);
                next = best[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scores(words: usize, values: &[f32]) -> HeadScores {
        HeadScores::new(words, |word, head| values[word * (words + 1) + head])
    }

    fn sum(scores: &HeadScores, heads: &[Option<usize>]) -> f32 {
        heads.iter().enumerate().map(|(w, h)| scores.get(w, h.map_or(0, |h| h + 1))).sum()
    }

    /// The best tree by trying all.
    fn exhaustive(scores: &HeadScores) -> f32 {
        let n = scores.words;
        let mut heads = vec![0; n];
        let mut best = f32::NEG_INFINITY;
        loop {
            if is_tree(&heads) {
                let heads: Vec<_> = heads.iter().map(|h| h.checked_sub(1)).collect();
                best = best.max(sum(scores, &heads));
            }
            let Some(word) = (0..n).find(|w| heads[*w] < n) else { return best };
            heads[word] += 1;
            heads[..word].fill(0);
        }
    }

    #[test]
    fn one_word_is_its_own_root() {
        assert_eq!(decode(&scores(1, &[0.5, 0.0])), [None]);
        assert!(decode(&scores(0, &[])).is_empty());
    }

    #[test]
    fn best_heads_that_form_a_tree_are_kept() {
        // "He left early": left is the root.
        let values = [0., 0., 9., 1., 9., 1., 0., 1., 0., 1., 9., 0.];
        assert_eq!(decode(&scores(3, &values)), [Some(1), None, Some(1)]);
    }

    #[test]
    fn two_that_prefer_each_other_are_parted() {
        // Both words prefer the other; the second is the better root.
        let values = [1., 0., 9., 2., 9., 0.];
        assert_eq!(decode(&scores(2, &values)), [Some(1), None]);
    }

    #[test]
    fn two_roots_become_one() {
        let values = [9., 0., 1., 8., 5., 0.];
        assert_eq!(decode(&scores(2, &values)), [None, Some(0)]);
    }

    #[test]
    fn a_long_chain_of_preferences_does_not_overflow() {
        let n = 300;
        let ring = HeadScores::new(n, |word, head| {
            if head == (word + 1) % n + 1 { 5.0 } else { (word * 7 + head * 13) as f32 % 4.0 }
        });
        let heads = decode(&ring);
        let shifted: Vec<usize> = heads.iter().map(|h| h.map_or(0, |h| h + 1)).collect();
        assert!(is_tree(&shifted));
    }

    proptest! {
        // Up to four words every root is tried, so the result must be the best of all.
        #[test]
        fn is_the_best_of_all_trees(n in 1_usize..=4, values in prop::collection::vec(-9.0_f32..9.0, 20)) {
            let scores = scores(n, &values);
            let heads = decode(&scores);
            prop_assert!((sum(&scores, &heads) - exhaustive(&scores)).abs() < 1e-3);
        }

        #[test]
        fn is_the_best_tree_under_its_root(root in 0_usize..5, values in prop::collection::vec(-9.0_f32..9.0, 30)) {
            let scores = scores(5, &values);
            let heads = arborescence(&scores, root);
            let only = HeadScores::new(5, |word, head| match head {
                0 if word != root => -1e6,
                _ => scores.get(word, head),
            });
            prop_assert!((sum(&only, &heads) - exhaustive(&only)).abs() < 1e-2);
        }

        #[test]
        fn is_always_a_tree(n in 1_usize..40, seed in prop::collection::vec(-3_i8..3, 1640)) {
            let heads = decode(&HeadScores::new(n, |w, h| f32::from(seed[w * 41 + h])));
            let shifted: Vec<usize> = heads.iter().map(|h| h.map_or(0, |h| h + 1)).collect();
            prop_assert!(is_tree(&shifted));
        }
    }
}

use std::collections::BTreeMap;

use super::Graph;
use crate::extract::Status;

/// Actors that stand together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Camps {
    /// Indices of actors, largest camp first, each sorted; actors that agree with
    /// nobody stand alone.
    pub camps: Vec<Vec<usize>>,
    /// Between which camps there is opposition, strongest first.
    pub oppositions: Vec<Opposition>,
}

/// Two camps that stand against each other.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Opposition {
    /// Positions in [`Camps::camps`], the smaller first.
    pub between: (usize, usize),
    /// Number of claims by which they oppose, less those by which they agree.
    pub weight: f64,
    /// Indices of the claims that show it, ascending.
    pub claims: Vec<usize>,
}

/// Sum of agreement (positive) and opposition (negative), with its claims.
#[derive(Debug, Clone, Default)]
struct Bond {
    weight: f64,
    claims: Vec<usize>,
}

/// CAMEO roots 03 and 05 to 09 are cooperation, 11 and above conflict; 01 and 02 are
/// speech, 04 is talks, which enemies hold most, and 10 a demand, which friends make
/// too (CAMEO codebook 1.1b3, ch. 2).
fn sign(cameo: Option<&str>) -> f64 {
    match cameo.and_then(|code| code.get(..2)).and_then(|root| root.parse::<u32>().ok()) {
        Some(3 | 5..=9) => 1.0,
        Some(11..) => -1.0,
        _ => 0.0,
    }
}

impl Graph {
    /// Camps: groups of actors such that agreement lies within and opposition
    /// between them, as far as can be (correlation clustering, Bansal, Blum and
    /// Chawla 2004, by greedy merging: the two camps that agree most become one
    /// until no two agree more than they differ).
    ///
    /// Two actors agree by being for, or against, the same matter, by an act of
    /// cooperation of one towards the other, and by one acting for the other; they
    /// oppose by standing on two sides of a matter and by acts of conflict (CAMEO
    /// root 11 and above). Only what was done counts.
    ///
    /// # Arguments
    /// * `limit`: how many actors to look at, those with most claims first.
    ///
    /// # Returns
    /// The camps, and the oppositions between them with their claims.
    ///
    /// # Complexity
    /// Time O(n³) at worst for n = `limit` actors, after O(c log c) for c claims.
    ///
    /// # Example
    /// ```
    /// use demarche::graph::Graph;
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// let camps = Graph::new(Corpus::default(), &Ontology::default()).camps(50);
    /// assert!(camps.camps.is_empty());
    /// ```
    pub fn camps(&self, limit: usize) -> Camps {
        let bonds = self.bonds(limit);
        let mut camps: Vec<Vec<usize>> =
            self.most_active(limit).into_iter().map(|a| vec![a]).collect();
        camps.sort();
        let mut between: Vec<Vec<f64>> = camps
            .iter()
            .map(|one| {
                let weight = |other: &Vec<usize>| {
                    let pair = (one[0].min(other[0]), one[0].max(other[0]));
                    bonds.get(&pair).map_or(0.0, |b| b.weight)
                };
                camps.iter().map(weight).collect()
            })
            .collect();
        loop {
            let mut best = (0.0, 0, 0);
            for (i, row) in between.iter().enumerate() {
                for (j, &weight) in row.iter().enumerate().skip(i + 1) {
                    if weight > best.0 {
                        best = (weight, i, j);
                    }
                }
            }
            let (weight, i, j) = best;
            if weight <= 0.0 {
                break;
            }
            let joined = camps.remove(j);
            camps[i].extend(joined);
            let gone = between.remove(j);
            for (at, row) in between.iter_mut().enumerate() {
                let other = row.remove(j);
                if at != i {
                    row[i] += other;
                }
            }
            for (at, other) in gone.into_iter().enumerate().filter(|(at, _)| *at != j) {
                let at = if at > j { at - 1 } else { at };
                if at != i {
                    between[i][at] += other;
                }
            }
        }
        for camp in &mut camps {
            camp.sort_unstable();
        }
        camps.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let oppositions = oppositions(&camps, &bonds);
        Camps { camps, oppositions }
    }

    /// Actors with most claims first, at most `limit`; ties by id.
    pub(crate) fn most_active(&self, limit: usize) -> Vec<usize> {
        let mut claims = vec![0_usize; self.corpus().actors.len()];
        for claim in &self.corpus().claims {
            for actor in self.resolved(&claim.agent) {
                claims[actor] += 1;
            }
        }
        let mut order: Vec<usize> = (0..claims.len()).filter(|&a| claims[a] > 0).collect();
        order.sort_by(|&a, &b| claims[b].cmp(&claims[a]).then_with(|| a.cmp(&b)));
        order.truncate(limit);
        order
    }

    fn bonds(&self, limit: usize) -> BTreeMap<(usize, usize), Bond> {
        let mut chosen = vec![false; self.corpus().actors.len()];
        for actor in self.most_active(limit) {
            chosen[actor] = true;
        }
        let mut bonds: BTreeMap<(usize, usize), Bond> = BTreeMap::new();
        let mut add = |a: usize, b: usize, weight: f64, claims: &[&[usize]]| {
            if a != b && weight != 0.0 && chosen[a] && chosen[b] {
                let bond = bonds.entry((a.min(b), a.max(b))).or_default();
                bond.weight += weight;
                bond.claims.extend(claims.iter().flat_map(|c| c.iter().copied()));
            }
        };
        // Actor, side and claims, matter by matter.
        let mut sides: BTreeMap<usize, Vec<(usize, bool, Vec<usize>)>> = BTreeMap::new();
        for stance in self.stances(None) {
            if let Some(side) = stance.stands_for {
                sides.entry(stance.matter).or_default().push((stance.actor, side, stance.claims));
            }
        }
        for stances in sides.values() {
            for (i, (a, side, claims)) in stances.iter().enumerate() {
                for (b, other, others) in &stances[i + 1..] {
                    let weight = if side == other { 1.0 } else { -1.0 };
                    add(*a, *b, weight * claims.len().min(others.len()) as f64, &[claims, others]);
                }
            }
        }
        for (at, claim) in self.corpus().claims.iter().enumerate() {
            let weight = sign(self.act(&claim.act).and_then(|a| a.cameo.as_deref()));
            if claim.status != Status::Actual || weight == 0.0 {
                continue;
            }
            for agent in self.resolved(&claim.agent) {
                // Whom an attack or help is meant for can stand as what it is about.
                let about =
                    self.matter_of(claim).and_then(|m| self.actor(&self.corpus().matters[m].id));
                for other in self.towards(claim).into_iter().chain(about) {
                    add(agent, other, weight, &[&[at]]);
                }
            }
        }
        for (at, actor) in self.corpus().actors.iter().enumerate() {
            if let Some(whom) = actor.acts_for.as_deref().and_then(|id| self.actor(id)) {
                add(at, whom, 1.0, &[]);
            }
        }
        bonds
    }
}

fn oppositions(camps: &[Vec<usize>], bonds: &BTreeMap<(usize, usize), Bond>) -> Vec<Opposition> {
    let camp_of: BTreeMap<usize, usize> = camps
        .iter()
        .enumerate()
        .flat_map(|(at, camp)| camp.iter().map(move |&actor| (actor, at)))
        .collect();
    let mut sums: BTreeMap<(usize, usize), Bond> = BTreeMap::new();
    for ((a, b), bond) in bonds {
        let (a, b) = (camp_of[a], camp_of[b]);
        if a != b {
            let sum = sums.entry((a.min(b), a.max(b))).or_default();
            sum.weight += bond.weight;
            sum.claims.extend(&bond.claims);
        }
    }
    let mut found: Vec<Opposition> = sums
        .into_iter()
        .filter(|(_, bond)| bond.weight < 0.0)
        .map(|(between, mut bond)| {
            bond.claims.sort_unstable();
            bond.claims.dedup();
            Opposition { between, weight: -bond.weight, claims: bond.claims }
        })
        .collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.between.cmp(&b.between)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::Node;

    #[test]
    fn those_who_want_the_same_stand_together() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let found = graph.camps(50);
        let names = |camp: &Vec<usize>| {
            camp.iter().map(|&a| graph.id(Node::Actor(a))).collect::<Vec<_>>().join(", ")
        };
        let camps = found.camps.iter().map(names).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(camps, @r"
        emmanuel-macron, european-allies, ukraine, united-states, volodymyr-zelenskyy
        donald-trump, vladimir-putin
        kremlin, russia
        ");
        assert_eq!(found.oppositions.first().map(|o| o.between), Some((0, 1)));
        assert!(found.oppositions.iter().all(|o| !o.claims.is_empty()));
    }
}

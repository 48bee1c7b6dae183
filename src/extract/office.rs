//! Offices and who holds them: "the Russian leader", "his French counterpart".

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::first_person;
use super::name::{Known, NameSpan};
use super::tree::Tree;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{Actor, ActorKind, Ontology, WordClass};

/// Words before a name that may be a title, at most.
const LONGEST_TITLE: usize = 20;

/// Whom a text names that hold or have held offices, or are introduced by a title, by their
/// numbers among the names.
#[derive(Default)]
pub(super) struct Bearers {
    /// Those of whom the ontology tells an office, each once.
    tenured: Vec<usize>,
    /// People who are introduced with a title.
    introduced: Vec<Introduced>,
    /// Which of these by the lemmas of their titles, in small letters.
    titled: BTreeMap<String, Vec<usize>>,
}

/// A person's name with the title that stands beside it.
struct Introduced {
    /// Number of the name.
    name: usize,
    /// The words of the title, ascending.
    title: Vec<usize>,
}

impl Bearers {
    pub(super) fn of(names: &[NameSpan], tree: &Tree<'_>, ontology: &Ontology) -> Self {
        let mut bearers = Self::default();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (number, name) in names.iter().enumerate() {
            let tenured = |actor: &Actor| !actor.tenures.is_empty();
            if known.insert(&name.actor.id) && ontology.actor(&name.actor.id).is_some_and(tenured) {
                bearers.tenured.push(number);
            }
            if name.actor.kind != ActorKind::Person {
                continue;
            }
            for title in [title_before(tree, name), title_apposed(tree, name)] {
                let lemmas: BTreeSet<String> =
                    title.iter().map(|&w| tree.lemma(w).to_ascii_lowercase()).collect();
                for lemma in lemmas {
                    bearers.titled.entry(lemma).or_default().push(bearers.introduced.len());
                }
                bearers.introduced.push(Introduced { name: number, title });
            }
        }
        bearers
    }
}

/// The nouns and adjectives right before a name in its sentence.
fn title_before(tree: &Tree<'_>, name: &NameSpan) -> Vec<usize> {
    let start = tree.annotation().sentences[tree.sentence(name.words.start)].start;
    let of_title = |&w: &usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Adj);
    let mut title: Vec<usize> =
        (start..name.words.start).rev().take(LONGEST_TITLE).take_while(of_title).collect();
    title.reverse();
    title
}

/// "The President of the Republic of Uzbekistan, Farrukh Olimov", "Abdou Seyni, the interior
/// minister,": the phrase that the name explains, or that explains it.
fn title_apposed(tree: &Tree<'_>, name: &NameSpan) -> Vec<usize> {
    let comma = |w: usize| w < tree.len() && tree.word(w).form == ",";
    let head = tree.name_head(name.words.end - 1);
    let before = || {
        let comma_before = name.words.start.checked_sub(1).filter(|&w| comma(w))?;
        let above =
            tree.head(head).filter(|&h| tree.is(head, Deprel::Appos) && h < comma_before)?;
        // the tree may hang the name on the last word of the title
        let top = std::iter::successors(Some(above), |&w| {
            tree.head(w).filter(|&h| h < w && tree.is(w, Deprel::Nmod))
        });
        let first = top.last()?;
        let of_title = tree.subtree_without(first, |w| w > comma_before);
        Some(of_title.into_iter().filter(|&w| w < comma_before).collect())
    };
    let behind = || {
        let apposed = tree.children_by(head, Deprel::Appos).find(|&c| c > name.words.end)?;
        comma(name.words.end).then(|| tree.subtree(apposed).into_iter().collect())
    };
    before().or_else(behind).unwrap_or_default()
}

impl<'a> Who<'a> {
    /// The state or body of which somebody held an office when the text was written; in a text
    /// without a date the only one that he ever held an office of.
    pub(super) fn body_of(&self, actor: &Actor) -> Option<&'a Actor> {
        let of = match self.date {
            Some(date) => {
                let held = actor.tenures.iter().filter(|t| t.holds_at(date)).map(|t| &t.of);
                // who leads a state and its party speaks for the state
                let party = |of: &&String| {
                    self.ontology.actor(of).is_none_or(|body| body.kind != ActorKind::State)
                };
                held.min_by_key(party)
            }
            None => {
                let mut bodies: Vec<&String> = actor.tenures.iter().map(|t| &t.of).collect();
                bodies.sort();
                bodies.dedup();
                let state = |of: &&&String| {
                    self.ontology.actor(of).is_some_and(|body| body.kind == ActorKind::State)
                };
                let mut states = bodies.iter().filter(state);
                match (&bodies[..], states.next(), states.next()) {
                    ([one], ..) => Some(*one),
                    (_, Some(one), None) => Some(*one),
                    _ => None,
                }
            }
        }?;
        self.ontology.actor(of)
    }
}

impl Who<'_> {
    pub(super) fn offices_of(&self, words: &str) -> Vec<&str> {
        self.ontology
            .offices
            .iter()
            .filter(|o| {
                o.label.eq_ignore_ascii_case(words)
                    || o.names.iter().any(|n| n.eq_ignore_ascii_case(words))
            })
            .map(|o| o.id.as_str())
            .collect()
    }

    /// "the Russian leader", "his French counterpart", "the US secretary of state":
    /// whoever holds the office.
    pub(super) fn office(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        if tree.is_plural(i) {
            return self.offices(i);
        }
        // "a White House aide" is one of several
        if tree.determined(i, WordClass::IndefiniteDeterminer) {
            return None;
        }
        let counterpart = self.ontology.is(lemma, WordClass::Counterpart);
        // the longest name of an office that ends (or, with "of", starts) here
        let mut words: Vec<&str> = tree
            .children_by(i, Deprel::Compound)
            .filter(|&c| c < i && self.name(c).is_none())
            .map(|c| tree.lemma(c))
            .chain(
                tree.children_by(i, Deprel::Amod)
                    .filter(|&c| c < i && self.name(c).is_none())
                    .map(|c| tree.lemma(c)),
            )
            .collect();
        words.push(lemma);
        let of = tree.children_by(i, Deprel::Nmod).filter(|&c| c > i).find_map(|c| {
            let mark = tree.marks(c).find(|&m| tree.in_class(m, WordClass::BelongingMark))?;
            Some([lemma, tree.lemma(mark), tree.lemma(c)].join(" "))
        });
        let mut offices = of.map(|of| self.offices_of(&of)).unwrap_or_default();
        let mut from = 0;
        while offices.is_empty() && from < words.len() {
            offices = self.offices_of(&words[from..].join(" "));
            from += 1;
        }
        if offices.is_empty() && !counterpart {
            return None;
        }
        let state = self.state_of(i);
        if counterpart {
            let state = self.qualifier(i).or(state)?;
            return self.holder(i, &self.offices_matched(i), &state);
        }
        if let Some(state) = state {
            return self.holder(i, &offices, &state);
        }
        // "the president": whoever of those spoken of holds such an office
        let definite = self.has_article(i);
        if !definite {
            return None;
        }
        // in a briefing "the President" is that of whoever holds it
        let capital = tree.word(i).form.starts_with(char::is_uppercase);
        if capital && let Some(host) = first_person::host(self) {
            let holder = self.holder(i, &offices, &host.id);
            if holder.is_some() {
                return holder;
            }
        }
        for j in (0..i).rev() {
            if tree.sentence(i) - tree.sentence(j) > 5 {
                break;
            }
            let spoken_of = self.meant[j].iter().filter_map(|referent| referent.actor.as_ref());
            if let Some(actor) = spoken_of.filter_map(|known| self.held_one(known, &offices)).next()
            {
                return Some(vec![self.referent(self.known(actor), i)]);
            }
        }
        self.only_holder(&offices).map(|known| vec![self.referent(known, i)])
    }

    /// The actor, if the ontology knows him and he has held one of the offices at any time.
    fn held_one(&self, known: &Known, offices: &[&str]) -> Option<&Actor> {
        let actor = self.ontology.actor(&known.id)?;
        actor.tenures.iter().any(|t| offices.contains(&t.office.as_str())).then_some(actor)
    }

    /// Whoever of all whom the text names has held one of the offices, if it is one only.
    fn only_holder(&self, offices: &[&str]) -> Option<Known> {
        let named = self.bearers.tenured.iter().map(|&name| &self.names[name].actor);
        let mut holders = named.filter(|known| self.held_one(known, offices).is_some());
        let first = holders.next()?;
        holders.all(|other| other.id == first.id).then(|| first.clone())
    }

    /// "The prime minister" after "Prime Minister Abiy": whoever the text has introduced by
    /// these words, if it is one person only.
    pub(super) fn introduced_as(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let definite = self.has_article(i);
        let singular = !tree.is_plural(i);
        let calling = |w: usize| {
            let lemma = tree.lemma(w);
            self.ontology.is(lemma, WordClass::PersonNoun) || !self.offices_of(lemma).is_empty()
        };
        // "the British prime minister", "the president of Chile": introduced as that of the state
        let named = |c: &&usize| {
            (**c < i && !tree.is(**c, Deprel::Det) || tree.is(**c, Deprel::Nmod))
                && self.name(**c).is_some()
        };
        let whose: Vec<&NameSpan> =
            tree.children(i).iter().filter(named).filter_map(|&c| self.name(c)).collect();
        let states = whose.iter().all(|n| n.actor.kind == ActorKind::State);
        if !definite || !singular || !calling(i) || !states {
            return None;
        }
        // "the foreign minister" is not whoever was introduced as minister of the interior
        let kind: Vec<&str> = tree
            .children(i)
            .iter()
            .filter(|&&c| c < i && self.name(c).is_none())
            .filter(|&&c| {
                tree.is(c, Deprel::Compound)
                    || tree.is(c, Deprel::Amod) && self.is_office(&[tree.lemma(c), tree.lemma(i)])
            })
            .map(|&c| tree.lemma(c))
            .collect();
        let called = self.bearers.titled.get(&tree.lemma(i).to_ascii_lowercase())?;
        let mut bearers = called
            .iter()
            .map(|&number| &self.bearers.introduced[number])
            .filter(|one| {
                let has = |part: &&str| {
                    one.title.iter().any(|&w| tree.lemma(w).eq_ignore_ascii_case(part))
                };
                kind.iter().all(has)
            })
            .map(|one| (&self.names[one.name], &one.title))
            .filter(|(name, _)| !whose.is_empty() || name.words.end <= i)
            .filter(|(_, title)| {
                let of = |state: &NameSpan| {
                    let said =
                        |w: usize| self.name(w).is_some_and(|m| m.actor.id == state.actor.id);
                    title.iter().any(|&w| said(w))
                };
                whose.iter().all(|state| of(state))
            })
            .map(|(name, _)| name);
        let bearer = bearers.next()?;
        if bearers.any(|other| other.actor.id != bearer.actor.id) {
            return None;
        }
        Some(vec![self.referent(bearer.actor.clone(), i)])
    }

    /// Do words name an office ("foreign minister")?
    fn is_office(&self, words: &[&str]) -> bool {
        !self.offices_of(&words.join(" ")).is_empty()
    }

    /// The offices in which somebody can be the counterpart that `i` names: those of
    /// whoever "his" or the subject means; of a head of state or government, and where
    /// nobody is known, all such heads.
    pub(super) fn offices_matched(&self, i: usize) -> Vec<&str> {
        let leading = |office: &str| self.ontology.is(office, WordClass::LeadingOffice);
        let meant = match self.tree.child(i, Deprel::NmodPoss) {
            Some(possessor) => self.meant[possessor].clone(),
            None => self.clause_subject(i),
        };
        let date = self.date.unwrap_or(Date::MAX);
        let held: Vec<&str> = meant
            .iter()
            .find_map(|r| r.actor.as_ref().and_then(|actor| self.ontology.actor(&actor.id)))
            .into_iter()
            .flat_map(|actor| &actor.tenures)
            .filter(|t| t.holds_at(date))
            .map(|t| t.office.as_str())
            .collect();
        if held.is_empty() || held.iter().any(|o| leading(o)) {
            let all = self.ontology.offices.iter().map(|o| o.id.as_str());
            return all.filter(|o| leading(o)).collect();
        }
        held
    }

    /// "the leaders of Russia and the United States", "the French and German foreign
    /// ministers": the holder in each state, else the state.
    pub(super) fn offices(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let mut words: Vec<&str> = tree
            .children(i)
            .iter()
            .filter(|&&c| {
                c < i
                    && (tree.is(c, Deprel::Compound) || tree.is(c, Deprel::Amod))
                    && self.name(c).is_none()
            })
            .map(|&c| tree.lemma(c))
            .collect();
        words.push(tree.lemma(i));
        let offices = (0..words.len())
            .map(|from| self.offices_of(&words[from..].join(" ")))
            .find(|o| !o.is_empty())?;
        let mut found: Vec<Referent> = Vec::new();
        for name in self.names_around(i) {
            if !matches!(name.actor.kind, ActorKind::State | ActorKind::Organisation) {
                continue;
            }
            let one = self
                .holder(i, &offices, &name.actor.id)
                .and_then(|holders| holders.into_iter().next())
                .unwrap_or_else(|| self.referent(name.actor.clone(), i));
            if found.iter().all(|f| f.key() != one.key()) {
                found.push(one);
            }
        }
        (found.len() >= 2).then_some(found)
    }

    pub(super) fn holder(&self, i: usize, offices: &[&str], state: &str) -> Option<Vec<Referent>> {
        let holders = match self.date {
            Some(_) => self.ontology.holder(offices, state, self.date),
            None => self.holders_named(offices, state),
        };
        // "the Ukrainian leader" may fit a president and a prime minister: the one spoken of
        let mut spoken: Vec<&crate::ontology::Actor> =
            holders.iter().copied().filter(|h| self.is_named(&h.id)).collect();
        if spoken.is_empty() {
            spoken = holders;
        }
        let first = *spoken.first()?;
        if spoken.len() > 1 {
            // offices are listed from the highest down; take the head of state or government
            let by_rank = offices.iter().find_map(|office| {
                spoken
                    .iter()
                    .copied()
                    .find(|h| h.tenures.iter().any(|t| t.office == *office && t.of == state))
            });
            return by_rank.map(|h| vec![self.referent(self.known(h), i)]);
        }
        Some(vec![self.referent(self.known(first), i)])
    }

    /// Nothing says when: only somebody whom the text names can be meant, whoever holds the
    /// office last before all who have held it at any time.
    fn holders_named(&self, offices: &[&str], state: &str) -> Vec<&Actor> {
        let mut last = self.ontology.holder(offices, state, None);
        last.retain(|h| self.is_named(&h.id));
        if !last.is_empty() {
            return last;
        }
        let held = |actor: &Actor| {
            actor.tenures.iter().any(|t| t.of == state && offices.contains(&t.office.as_str()))
        };
        let named = self.bearers.tenured.iter().map(|&name| &self.names[name].actor.id);
        let mut once: Vec<&Actor> =
            named.filter_map(|id| self.ontology.actor(id)).filter(|a| held(a)).collect();
        // of two who were prime minister neither
        if once.len() > 1 {
            once.clear();
        }
        once
    }

    /// Does an article stand before the phrase that ends at `i`, also where it is a possessor and
    /// the tree hangs the article on what it owns: "the prime minister's meeting"?
    fn has_article(&self, i: usize) -> bool {
        let tree = self.tree;
        let first = tree.first_word(i);
        let owned = tree.is(i, Deprel::NmodPoss)
            && first > 0
            && tree.sentence(first - 1) == tree.sentence(i)
            && tree.upos(first - 1) == Upos::Det
            && tree.in_class(first - 1, WordClass::DefiniteArticle);
        owned || tree.determined(i, WordClass::DefiniteArticle)
    }

    /// The state that an adjective or a name right before a noun gives ("his Russian
    /// counterpart" is of Russia, not of him).
    pub(super) fn qualifier(&self, i: usize) -> Option<String> {
        let tree = self.tree;
        tree.children(i)
            .iter()
            .filter(|&&c| c < i && (tree.is(c, Deprel::Amod) || tree.is(c, Deprel::Compound)))
            .find_map(|&c| self.meant[c].first()?.actor.as_ref().map(|a| a.id.clone()))
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::Document;
    use crate::extract::testing::{annotator, lexicon, reads};
    use crate::extract::{By, extract_by};

    #[test]
    fn an_office_is_that_of_whom_the_text_introduced_with_it() {
        reads(
            "President Dana Sadik met the President of Peru, Faro Olim. The President of Peru rejected the offer.",
            &[
                "actual consult [dana-sadik] to [faro-olim]",
                "actual reject [faro-olim] ‹the offer›",
            ],
        );
        // nobody was introduced as foreign minister
        reads(
            "Interior Minister Abdo Seyn proposed a truce. The foreign minister rejected the offer.",
            &[
                "actual propose [abdo-seyn] ‹a truce›",
                "actual reject [foreign-minister] ‹the offer›",
            ],
        );
    }

    #[test]
    fn an_office_means_its_holder() {
        reads(
            "The Turkish president rejected the UN plan for Cyprus.",
            &[
                "actual reject [recep-tayyip-erdogan] ‹the UN plan for Cyprus›",
                "actual propose [united-nations] ‹Cyprus›",
            ],
        );
        reads(
            "The Israeli prime minister rejected the plan.",
            &["actual reject [benjamin-netanyahu] ‹the plan›"],
        );
        reads(
            "The president of Rwanda rejected the plan.",
            &["actual reject [paul-kagame] ‹the plan›"],
        );
        reads(
            "The Canadian prime minister rejected the tariffs.",
            &["actual reject [mark-carney] ‹the tariffs›"],
        );
        reads(
            "The UN secretary-general proposed a conference on Sudan.",
            &["actual propose [antonio-guterres] ‹a conference on Sudan›"],
        );
        reads("The president slept.", &[]);
    }

    #[test]
    fn without_a_date_it_means_whom_the_text_names() {
        let agents = |text: &str| -> Vec<Option<String>> {
            let document = Document::new("test", text);
            let annotation = annotator().annotate(&document.text);
            let claims = extract_by(By::Rules, &document, &annotation, lexicon());
            claims.iter().flat_map(|c| &c.agent).map(|p| p.id.clone()).collect()
        };
        assert_eq!(
            agents("David Cameron slept. The British prime minister rejected the plan."),
            [Some("david-cameron".to_owned())]
        );
        let two = agents(
            "Tony Blair and Gordon Brown slept. The British prime minister rejected the plan.",
        );
        assert!(!two.contains(&Some("tony-blair".to_owned())), "{two:?}");
        assert!(!two.contains(&Some("gordon-brown".to_owned())), "{two:?}");
    }

    #[test]
    fn an_article_before_a_possessor() {
        reads(
            "Benjamin Netanyahu slept. The prime minister's proposal for a truce failed.",
            &["actual propose [benjamin-netanyahu] ‹a truce›"],
        );
    }

    #[test]
    fn a_counterpart_holds_the_same_office() {
        reads(
            "Netanyahu met his Hungarian counterpart.",
            &["actual consult [benjamin-netanyahu] to [viktor-orban]"],
        );
        reads(
            "Macron met his Egyptian counterpart.",
            &["actual consult [emmanuel-macron] to [abdel-fattah-el-sisi]"],
        );
    }

    #[test]
    fn a_counterpart_of_a_minister_is_a_minister() {
        reads(
            "Araghchi met his Turkish counterpart.",
            &["actual consult [abbas-araghchi] to [hakan-fidan]"],
        );
        reads(
            "Lavrov met his Egyptian counterpart.",
            &["actual consult [sergei-lavrov] to [badr-abdelatty]"],
        );
        reads(
            "Putin met his Egyptian counterpart.",
            &["actual consult [vladimir-putin] to [abdel-fattah-el-sisi]"],
        );
        reads(
            "Scholz met his Canadian counterpart.",
            &["actual consult [olaf-scholz] to [mark-carney]"],
        );
    }

    #[test]
    fn its_minister_is_the_minister_of_the_subject() {
        reads(
            "Canada rejected Mexico's plan, and its foreign minister demanded a new one.",
            &[
                "actual reject [canada] ‹Mexico's plan›",
                "actual propose [mexico]",
                "actual demand [melanie-joly] ‹a new one›",
            ],
        );
    }

    #[test]
    fn the_minister_of_a_state_who_was_introduced() {
        reads(
            "Norwegian Prime Minister Olaf Brekke met Starmer. The Norwegian prime minister rejected \
             the tariffs.",
            &[
                "actual consult [olaf-brekke] to [keir-starmer]",
                "actual reject [olaf-brekke] ‹the tariffs›",
            ],
        );
    }
}

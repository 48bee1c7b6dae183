//! Nouns that point back at somebody told of before: "the group", "the army",
//! "the rebels", "the latter".

use super::country::SOUGHT;
use super::extent::run;
use super::name::{Known, NameSpan};
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, KeyCollective, NameKind, WordClass, kebab};

/// How many sentences back somebody is sought.
const REACH: usize = 12;

/// How many sentences back two people count as named together.
const NEAR: usize = 3;

impl Who<'_> {
    /// "the group", "the country": the organisation or state spoken of last; "the army":
    /// the forces spoken of last.
    pub(super) fn pointed_at(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        let definite = tree.is_definite(i);
        if let Some(body) = self.body_by_kind(i).filter(|_| definite) {
            return Some(vec![self.referent(body.actor.clone(), i)]);
        }
        // "the Iran-backed group" points back as well, "the Hamas group" names it
        let described = |c: usize| {
            (tree.is(c, Deprel::Amod) || tree.is(c, Deprel::Compound))
                && self.ontology.is(lemma, WordClass::OrganisationNoun)
                && !self.meant[c].iter().any(|r| r.kind() == Some(ActorKind::Organisation))
                && !self.tells_which(c)
        };
        let bare = tree.children(i).iter().all(|&c| {
            c > i
                || described(c)
                || tree.is(c, Deprel::Det)
                || tree.is(c, Deprel::Case)
                || tree.is(c, Deprel::Punct)
                || tree.is(c, Deprel::Cc)
                || tree.is(c, Deprel::Mark)
        });
        let plain =
            !tree.children_by(i, Deprel::Nmod).any(|c| tree.marked(c, WordClass::BelongingMark));
        if !definite
            || !bare
            || !plain
            || tree.is_plural(i) && !tree.in_class(i, WordClass::PluralOnly)
        {
            return None;
        }
        if let Some(body) = self.called_after(i) {
            return Some(vec![body]);
        }
        let class = |name| self.ontology.is(lemma, name);
        let mut collectives = self.ontology.collectives.iter();
        let forces = collectives.any(|c| c.id == KeyCollective::Forces && c.calls(lemma));
        let wanted: &[ActorKind] = if class(WordClass::OrganisationNoun) {
            &[ActorKind::Organisation]
        } else if class(WordClass::StateNoun) {
            &[ActorKind::State]
        } else if forces {
            &[ActorKind::Forces]
        } else {
            return None;
        };
        // "the Kingdom" after "the Kingdom of Norland", whatever state is spoken of last
        let so_called = |name: &&NameSpan| {
            name.words.len() > 2
                && name.words.clone().any(|w| tree.lemma(w).eq_ignore_ascii_case(lemma))
        };
        if class(WordClass::StateNoun)
            && let Some(state) = self.names_before(i, SOUGHT).find(so_called)
        {
            return Some(vec![self.referent(state.actor.clone(), i)]);
        }
        // the id of an army that is called after its state
        let ending = format!("-{}", KeyCollective::Forces);
        (0..i)
            .rev()
            .take_while(|&j| tree.sentence(i) - tree.sentence(j) <= REACH)
            .filter(|&j| self.name(j).is_none_or(|n| n.how != NameKind::Adjective))
            // "the agency reported that the militia …": who reports it is not the militia
            .filter(|&j| !self.governs(j, i))
            .flat_map(|j| self.meant[j].iter())
            .find(|r| match r.kind() {
                // "the army": also one that has a name of its own
                Some(ActorKind::Institution) if forces => self.is_army(r),
                Some(kind) => wanted.contains(&kind) && (!forces || r.key().ends_with(&ending)),
                None => false,
            })
            .map(|r| vec![Referent { text: self.words(i), ..r.clone() }])
    }

    /// Is one word, or the name that it is of, the subject of a clause in which another stands as
    /// part of what is said?
    fn governs(&self, word: usize, i: usize) -> bool {
        let tree = self.tree;
        let subject = self
            .name(word)
            .and_then(|name| name.words.clone().find(|&w| tree.is(w, Deprel::Nsubj)))
            .unwrap_or(word);
        let verb = tree.head(subject).filter(|_| tree.is(subject, Deprel::Nsubj));
        verb.is_some_and(|verb| {
            tree.children_by(verb, Deprel::Ccomp).any(|clause| tree.dominates(clause, i))
        })
    }

    /// "The towing firm" after "Delmar Towing": the body named last that has the word before a noun
    /// for firms and the like in its name.
    fn body_by_kind(&self, i: usize) -> Option<&NameSpan> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        let kinds = [WordClass::OrganisationNoun, WordClass::CompanyNoun];
        let body = tree.upos(i) == Upos::Noun
            && !tree.is_plural(i)
            && kinds.iter().any(|&class| self.ontology.is(lemma, class));
        let before =
            tree.children(i).iter().copied().find(|&c| {
                c + 1 == i && (tree.is(c, Deprel::Compound) || tree.is(c, Deprel::Amod))
            });
        let kind = &tree.word(before.filter(|_| body)?).form;
        if !kind.starts_with(char::is_lowercase) {
            return None;
        }
        let called = |name: &&NameSpan| {
            name.actor.kind == ActorKind::Organisation
                && name.words.len() > 1
                && name.words.clone().any(|w| tree.word(w).form.eq_ignore_ascii_case(kind))
        };
        self.names_before(i, SOUGHT).find(called)
    }

    /// "The drafting group" is not whichever group was spoken of last, "the rebel group" may be:
    /// does the word before a noun say what the body is for?
    fn tells_which(&self, modifier: usize) -> bool {
        let tree = self.tree;
        let purpose = tree.is(modifier, Deprel::Compound)
            || tree.upos(modifier) == Upos::Noun
            || tree.word(modifier).xpos == "VBG";
        let who = [WordClass::PersonNoun, WordClass::GroupNoun, WordClass::CompanyNoun];
        let said = tree.lemma(modifier);
        purpose && self.name(modifier).is_none() && !who.iter().any(|&c| self.ontology.is(said, c))
    }

    /// "The league" after "the National Hockey League": the body named last whose name has this
    /// noun for what it is; none where one sentence names two.
    fn called_after(&self, i: usize) -> Option<Referent> {
        let noun = &self.tree.word(i).form;
        if self.tree.upos(i) != Upos::Noun || !noun.starts_with(char::is_lowercase) {
            return None;
        }
        let called = self.bodies_by_noun.get(noun).map_or(&[][..], Vec::as_slice);
        let before = called.partition_point(|&name| self.names[name].words.end <= i);
        let mut told = called[..before].iter().rev().map(|&name| &self.names[name]);
        let last = told.next();
        let sentence = |body: &NameSpan| self.tree.sentence(body.words.start);
        let other = |last: &NameSpan| {
            let mut beside = told.take_while(|body| sentence(body) == sentence(last));
            beside.any(|body| body.actor.id != last.actor.id)
        };
        if last.is_some_and(other) {
            return None;
        }
        match last.or_else(|| self.company_before(i)) {
            Some(body) => Some(self.referent(body.actor.clone(), i)),
            None => self.written_so(i),
        }
    }

    /// "The foundation" after "the Selkirk Foundation", of whose name the annotator has seen a part:
    /// whom the last such noun with a capital meant.
    fn written_so(&self, i: usize) -> Option<Referent> {
        let tree = self.tree;
        let noun = &tree.word(i).form;
        let body = self.lexicon.names_kind_of_body(tree.lemma(i));
        let same = |&j: &usize| {
            let form = &tree.word(j).form;
            form.eq_ignore_ascii_case(noun) && form != noun && tree.upos(j) == Upos::Propn
        };
        let j = (i.saturating_sub(SOUGHT)..i).rev().find(same).filter(|_| body)?;
        let [one] = &self.meant[j][..] else {
            // "Granite Valley Hospital", which the annotator takes for no name
            let words = run(tree, j);
            let name = self.meant[j].is_empty() && words.end == j + 1 && words.len() > 1;
            let label = tree.text(words);
            let kind = ActorKind::Organisation;
            let actor = Known { id: kebab(&label), label, kind, gender: None };
            return name.then(|| self.referent(actor, i));
        };
        let group = matches!(one.kind(), Some(ActorKind::Organisation | ActorKind::Group));
        group.then(|| Referent { text: self.words(i), ..one.clone() })
    }

    /// "The company" after "the retailer Brask": the one named last that a noun for companies
    /// stands before.
    fn company_before(&self, i: usize) -> Option<&NameSpan> {
        let tree = self.tree;
        let company = |w: usize| self.ontology.is(tree.lemma(w), WordClass::CompanyNoun);
        let called = |name: &&NameSpan| {
            name.actor.kind == ActorKind::Organisation
                && name.words.start.checked_sub(1).is_some_and(|noun| {
                    company(noun) && tree.upos(noun) == Upos::Noun && !tree.is_plural(noun)
                })
        };
        if !company(i) {
            return None;
        }
        self.names_before(i, SOUGHT).find(called)
    }

    /// Is the institution called by a word for forces ("Sudanese Armed Forces")?
    pub(super) fn is_army(&self, referent: &Referent) -> bool {
        let label = referent.actor.as_ref().map_or("", |a| a.label.as_str());
        self.lexicon.names_forces(label.rsplit(' ').next().unwrap_or(label))
    }

    /// "M23 rebels … the rebels": whom the last phrase with the same noun meant.
    pub(super) fn named_again(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        let definite = tree.is_definite(i);
        let bare = tree
            .children(i)
            .iter()
            .all(|&c| c > i || tree.is(c, Deprel::Det) || tree.is(c, Deprel::Case));
        let somebody = self.ontology.is(lemma, WordClass::PersonNoun)
            || self.ontology.is(lemma, WordClass::GroupNoun);
        if !definite
            || !bare
            || !somebody
            || tree.children_by(i, Deprel::Nmod).any(|c| tree.marked(c, WordClass::BelongingMark))
        {
            return None;
        }
        let same = |&j: &usize| {
            tree.lemma(j) == lemma
                && tree.word(j).xpos == tree.word(i).xpos
                && !self.meant[j].is_empty()
                && self.meant[j].iter().all(|r| r.actor.is_some())
        };
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= REACH;
        let j = (0..i).rev().take_while(near).find(same)?;
        let text = self.words(i);
        Some(self.meant[j].iter().map(|r| Referent { text: text.clone(), ..r.clone() }).collect())
    }

    /// "the latter", "the former": of the two named last the second or the first.
    pub(super) fn former_or_latter(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let form = tree.word(i).form.to_lowercase();
        let latter = self.ontology.is(&form, WordClass::Latter);
        if !latter && !self.ontology.is(&form, WordClass::Former)
            || tree.child(i, Deprel::Det).is_none()
        {
            return None;
        }
        // "the former president": a title, not a pointer
        if ![Deprel::Nsubj, Deprel::Obj, Deprel::Obl, Deprel::Nmod, Deprel::Iobj, Deprel::Conj]
            .iter()
            .any(|&rel| tree.is(i, rel))
        {
            return None;
        }
        if let Some(two) = self.two_before(i) {
            let found = if latter { &two[1] } else { &two[0] };
            return Some(vec![Referent { text: self.words(i), ..found.clone() }]);
        }
        let mut named: Vec<Referent> = Vec::new();
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= 1;
        for j in (0..i).rev().take_while(near) {
            // two people named together
            let two = self.all(j);
            let people = two.iter().all(|r| r.kind() == Some(ActorKind::Person));
            if two.len() == 2 && people && named.is_empty() && !tree.is(j, Deprel::Conj) {
                named.extend(two.into_iter().rev());
                break;
            }
            // "President Biden of the United States" is one
            let adjective = self.name(j).is_some_and(|n| n.how == NameKind::Adjective)
                || tree.is(j, Deprel::Nmod)
                    && tree.head(j).is_some_and(|head| {
                        self.meant[head].iter().any(|r| r.kind() == Some(ActorKind::Person))
                    });
            let points = [WordClass::Former, WordClass::Latter]
                .iter()
                .any(|&class| self.ontology.is(&tree.word(j).form.to_lowercase(), class));
            for referent in self.meant[j].iter().rev().filter(|_| !points) {
                if !adjective
                    && tree.upos(j) != Upos::Pron
                    && named.iter().all(|n| n.key() != referent.key())
                {
                    named.push(referent.clone());
                }
            }
            if named.len() >= 2 {
                break;
            }
        }
        let found = if latter { named.first() } else { named.get(1) }?;
        Some(vec![Referent { text: self.words(i), ..found.clone() }])
    }

    /// "Queen Amara and Princess Ruta received the delegation. The latter …": the two people who
    /// together were the subject of the sentence before, or of one before that in which nobody else
    /// was.
    fn two_before(&self, i: usize) -> Option<[Referent; 2]> {
        let tree = self.tree;
        let sentences = &tree.annotation().sentences;
        let own = tree.sentence(i);
        let start = sentences[own.saturating_sub(1)].start;
        (start..i).rev().find_map(|subject| {
            let two = self.all(subject);
            let both = tree.is(subject, Deprel::Nsubj)
                && two.len() == 2
                && two.iter().all(|r| r.kind() == Some(ActorKind::Person))
                && tree.children_by(subject, Deprel::Conj).next().is_some();
            both.then(|| two.try_into().ok()).flatten()
        })
    }

    /// "Marku suggested a tram; her colleague insisted on buses", "its neighbour": of the only two
    /// people, or states, named lately the other one.
    pub(super) fn other_of_two(&self, i: usize) -> Option<Referent> {
        let tree = self.tree;
        let bare = |c: usize| c > i || tree.is(c, Deprel::NmodPoss) || tree.is(c, Deprel::Case);
        let is = |class| self.ontology.is(tree.lemma(i), class);
        let colleague = (is(WordClass::Counterpart) || is(WordClass::Neighbour))
            && !tree.is_plural(i)
            && tree.children(i).iter().all(|&c| bare(c) && !tree.is(c, Deprel::Appos));
        let whose = tree.child(i, Deprel::NmodPoss).filter(|_| colleague)?;
        let [one] = self.one(whose) else { return None };
        let near = |name: &&NameSpan| tree.sentence(i) - tree.sentence(name.words.start) <= NEAR;
        let before = self.names_before(i, i).take_while(near);
        let kind = match one.kind()? {
            ActorKind::Person if is(WordClass::Counterpart) => ActorKind::Person,
            ActorKind::State if is(WordClass::Neighbour) => ActorKind::State,
            _ => return None,
        };
        let mut named: Vec<&NameSpan> = Vec::new();
        for name in before.filter(|name| name.actor.kind == kind) {
            if named.iter().all(|known| known.actor.id != name.actor.id) {
                named.push(name);
            }
        }
        let with = named.iter().any(|name| name.actor.id == one.key());
        let other = named.iter().find(|name| name.actor.id != one.key())?;
        (with && named.len() == 2).then(|| self.referent(other.actor.clone(), i))
    }

    /// The person of `state` spoken of last before `i`.
    pub(super) fn last_person_of(&self, i: usize, state: &str) -> Option<Referent> {
        let tree = self.tree;
        (0..i)
            .rev()
            .take_while(|&j| tree.sentence(i) - tree.sentence(j) <= 6)
            .flat_map(|j| self.meant[j].iter())
            .find(|r| {
                r.kind() == Some(ActorKind::Person)
                    && r.actor
                        .as_ref()
                        .and_then(|a| self.ontology.actor(&a.id))
                        .is_some_and(|a| a.tenures.iter().any(|t| t.of == state))
            })
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn the_company_is_the_one_that_was_called_so() {
        reads(
            "The unions asked the retailer Brodd for a truce. The company rejected the request.",
            &[
                "actual demand [“The unions”] to [brodd] ‹a truce›",
                "actual reject [brodd] ‹the request›",
            ],
        );
        reads(
            "The pilots accused the airline Aurel of lies. Norland rejected the charge. The airline \
             proposed a truce.",
            &[
                "actual accuse [pilots] to [aurel] ‹lies›",
                "actual reject [norland] ‹the charge›",
                "actual propose [aurel] ‹a truce›",
            ],
        );
    }

    #[test]
    fn a_body_by_a_word_of_its_name() {
        reads(
            "Delmar Towing rejected the offer. Norland accepted the map. The towing firm proposed a truce.",
            &[
                "actual reject [delmar-towing] ‹the offer›",
                "actual accept [norland] ‹the map›",
                "actual propose [delmar-towing] ‹a truce›",
            ],
        );
    }

    #[test]
    fn a_body_by_its_purpose_is_one_of_its_own() {
        reads(
            "Hamas rejected the truce. The drafting group proposed a budget.",
            &["actual reject [hamas] ‹the truce›", "actual propose [drafting-group] ‹a budget›"],
        );
        reads(
            "Hamas rejected the truce. The Iran-backed group proposed a swap.",
            &["actual reject [hamas] ‹the truce›", "actual propose [hamas] ‹a swap›"],
        );
    }

    #[test]
    fn of_two_councils_the_one_named_last() {
        reads(
            "The African Union's Peace and Security Council rejected the delay. The council proposed a truce.",
            &[
                "actual reject [peace-and-security-council] ‹the delay›",
                "actual propose [peace-and-security-council] ‹a truce›",
            ],
        );
        reads(
            "The Fenwick Council rejected the delay. The Harbour Council accepted the delay. The council proposed a truce.",
            &[
                "actual reject [fenwick-council] ‹the delay›",
                "actual accept [harbour-council] ‹the delay›",
                "actual propose [harbour-council] ‹a truce›",
            ],
        );
    }

    #[test]
    fn the_kingdom_is_the_one_that_was_called_so() {
        reads(
            "The Kingdom of Cambodia proposed a truce. Britain accepted the offer. The kingdom rejected the plan.",
            &[
                "actual propose [cambodia] ‹a truce›",
                "actual accept [united-kingdom] ‹the offer›",
                "actual reject [cambodia] ‹the plan›",
            ],
        );
    }

    #[test]
    fn the_latter_and_the_former() {
        reads(
            "Egypt and Qatar mediate between Israel and Hamas. The latter wants a permanent end to the war.",
            &[
                "actual consult [egypt, qatar] to [israel, hamas]",
                "actual intend [hamas] ‹a permanent end to the war›",
            ],
        );
        reads(
            "Egypt met Hamas. The former proposed a truce.",
            &["actual consult [egypt] to [hamas]", "actual propose [egypt] ‹a truce›"],
        );
        reads(
            "Serbia met Kosovo. The latter demanded recognition.",
            &["actual consult [serbia] to [kosovo]", "actual demand [kosovo] ‹recognition›"],
        );
        reads("The former minister left.", &[]);
    }

    #[test]
    fn a_body_by_the_noun_of_its_name() {
        reads(
            "The National Hockey League met Hamas. The league rejected the tariffs.",
            &[
                "actual consult [national-hockey-league] to [hamas]",
                "actual reject [national-hockey-league] ‹the tariffs›",
            ],
        );
    }

    #[test]
    fn the_rebels_are_those_spoken_of() {
        reads(
            "M23 rebels attacked Goma. Egypt proposed a truce. The rebels rejected the offer.",
            &[
                "actual attack [m23] ‹Goma›",
                "actual propose [egypt] ‹a truce›",
                "actual reject [m23] ‹the offer›",
            ],
        );
        reads(
            "Houthi rebels attacked a tanker. Oman proposed a pause. The rebels accepted the plan.",
            &[
                "actual attack [houthis] ‹a tanker›",
                "actual propose [oman] ‹a pause›",
                "actual accept [houthis] ‹the plan›",
            ],
        );
        reads("The rebels rejected the offer.", &["actual reject [“The rebels”] ‹the offer›"]);
    }

    #[test]
    fn an_army_with_a_name_of_its_own() {
        reads(
            "The Sudanese Armed Forces attacked Omdurman. The army rejected the truce.",
            &[
                "actual attack [sudanese-armed-forces] ‹Omdurman›",
                "actual reject [sudanese-armed-forces] ‹the truce›",
            ],
        );
        reads(
            "The Lebanese Armed Forces seized a depot. The military rejected the offer.",
            &[
                "actual coerce [lebanese-army] ‹a depot›",
                "actual reject [lebanese-army] ‹the offer›",
            ],
        );
        reads(
            "The Israel Defense Forces bombed Rafah. The army rejected the offer.",
            &[
                "actual attack [israel-defense-forces] ‹Rafah›",
                "actual reject [israel-defense-forces] ‹the offer›",
            ],
        );
        reads(
            "The Sudanese Armed Forces seized the palace. The parliament rejected the truce.",
            &[
                "actual coerce [sudanese-armed-forces] ‹the palace›",
                "actual reject [“The parliament”] ‹the truce›",
            ],
        );
    }

    #[test]
    fn a_group_that_is_described_points_back() {
        reads(
            "Hamas rejected the truce. The Iran-backed group demanded guarantees.",
            &["actual reject [hamas] ‹the truce›", "actual demand [hamas] ‹guarantees›"],
        );
        reads(
            "Hezbollah attacked Haifa. The Lebanese group rejected the truce.",
            &["actual attack [hezbollah] ‹Haifa›", "actual reject [hezbollah] ‹the truce›"],
        );
        reads("The group rejected the truce.", &["actual reject [“The group”] ‹the truce›"]);
    }

    #[test]
    fn its_neighbour_is_the_other_of_two_states() {
        reads(
            "Norway met Chad. Norway rejected the plan, and its neighbour accepted the map.",
            &[
                "actual consult [norway] to [chad]",
                "actual reject [norway] ‹the plan›",
                "actual accept [chad] ‹the map›",
            ],
        );
        reads(
            "Norway, Chad and Peru met. Norway's neighbour accepted the map.",
            &[
                "actual consult [norway, chad, peru]",
                "actual accept [norwegian-neighbour] ‹the map›",
            ],
        );
    }

    #[test]
    fn whoever_reports_of_the_group_is_another() {
        reads(
            "Sky Atlas reported that the militia had rejected the truce.",
            &["actual reject [“the militia”] ‹the truce› source [sky-atlas]"],
        );
    }

    #[test]
    fn her_colleague_is_the_other_of_two() {
        reads(
            "Elena Marku met Sofia Lenz. Marku rejected the plan. Her colleague accepted the map.",
            &[
                "actual consult [elena-marku] to [sofia-lenz]",
                "actual reject [elena-marku] ‹the plan›",
                "actual accept [sofia-lenz] ‹the map›",
            ],
        );
    }
}

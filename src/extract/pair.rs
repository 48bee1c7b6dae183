//! "The two leaders", "both sides", "neither party": who the two are.

use super::slots::Slots;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, ActorKind, Family, WordClass};

/// How many sentences back the two of "the two leaders" are sought.
const REACH: usize = 6;

/// How many sentences and words back the parties of "both sides" are sought: what is further back
/// has faded.
const WHOLE_REACH: (usize, usize) = (400, 10_000);

/// How many sentences back two by the same noun ("both governments") are sought.
const TWO_BY_NAME: usize = 12;

/// How much a mention counts for "the two sides" that is one sentence further back.
const FADING: f64 = 0.95;

/// How much a place or an owner counts, which is less of a party than whoever acts.
const ASIDE: f64 = 0.5;

/// Of what kind two are.
#[derive(Clone, Copy)]
struct Kind {
    persons: bool,
    /// Persons in office.
    leaders: bool,
    /// States, and no organisations.
    states: bool,
    /// It is told that they are two ("both sides"), not only meant ("the parties").
    counted: bool,
    /// Whoever acts in the clause can be one of them ("Egypt insisted on bilateral talks").
    doer: bool,
}

/// Who was spoken of, going back in a text: how much, and the last place.
#[derive(Default)]
struct Spoken(Vec<(f64, usize, Referent)>);

impl Spoken {
    fn add(&mut self, weight: f64, at: usize, referent: Referent) {
        match self.0.iter_mut().find(|(_, _, r)| r.key() == referent.key()) {
            Some((sum, _, _)) => *sum += weight,
            None => self.0.push((weight, at, referent)),
        }
    }

    /// The two spoken of most, or those spoken of last, in the order of the text.
    fn first_two(mut self, most: bool) -> Vec<Referent> {
        if most {
            self.0.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        }
        let mut two: Vec<Referent> = self.0.into_iter().take(2).map(|(_, _, r)| r).collect();
        two.reverse();
        two
    }
}

impl Who<'_> {
    /// "the two leaders", "both sides": the two of that kind spoken of last.
    pub(super) fn pair(&self, i: usize) -> Option<Vec<Referent>> {
        let kind = self.kind_of_two(i)?;
        if let Some(parties) = self.parties_named(i).filter(|_| !kind.counted) {
            return Some(parties);
        }
        let mut found = self.two_by_name(i).unwrap_or_else(|| self.two_spoken_of(i, kind));
        if found.len() < 2 {
            return None;
        }
        found.truncate(2);
        for referent in &mut found {
            referent.text = self.words(i);
        }
        Some(found)
    }

    /// "The parties" after "the Yemeni parties": those of that state, whoever was named since.
    fn parties_named(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let bare = tree.children(i).iter().all(|&c| c > i || tree.is(c, Deprel::Det));
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= TWO_BY_NAME;
        let same = |&j: &usize| tree.lemma(j) == tree.lemma(i) && tree.is_plural(j);
        let j = (0..i).rev().take_while(near).find(same).filter(|_| bare)?;
        tree.children_by(j, Deprel::Amod).find(|&c| self.name(c).is_some())?;
        let named = match &self.meant[j][..] {
            [] => self.by_words(j, self.stretch(j), true).into_iter().collect(),
            meant => meant.to_vec(),
        };
        let text = self.words(i);
        let named = named.into_iter().map(|r| Referent { text: text.clone(), ..r });
        Some(named.collect::<Vec<_>>()).filter(|named| !named.is_empty())
    }

    /// "Bilateral talks" where nobody is named: between the two spoken of.
    pub(super) fn bilateral(&self, noun: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        tree.children_by(noun, Deprel::Amod).find(|&c| tree.in_class(c, WordClass::TwoSided))?;
        let kind = Kind { persons: false, leaders: false, states: true, counted: true, doer: true };
        let mut two = self.two_spoken_of(noun, kind);
        two.truncate(2);
        two.iter_mut().for_each(|referent| referent.text = self.words(noun));
        (two.len() == 2 && two.iter().all(|r| self.is_of(kind, r))).then_some(two)
    }

    /// "The Governments of Norway and Chad … both governments": the last two that the same noun
    /// meant by their names.
    fn two_by_name(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let named = |&j: &usize| {
            tree.lemma(j) == tree.lemma(i)
                && self.meant[j].len() == 2
                && self.names_around(j).count() == 2
        };
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= TWO_BY_NAME;
        let j = (0..i).rev().take_while(near).find(named)?;
        Some(self.meant[j].clone())
    }

    /// Of what kind those are whom the noun at `i` means, where it means the two.
    fn kind_of_two(&self, i: usize) -> Option<Kind> {
        let tree = self.tree;
        let is = |class| self.ontology.is(tree.lemma(i), class);
        if !is(WordClass::PairNoun) {
            return None;
        }
        // "neither side", "either party": two as well
        let one_of_two = tree.children(i).iter().any(|&c| {
            (tree.is(c, Deprel::Det) || tree.is(c, Deprel::Cc))
                && self.ontology.is(tree.lemma(c), WordClass::OneOfTwo)
        });
        let plural = tree.is_plural(i);
        if !plural && !one_of_two {
            return None;
        }
        let two = tree.children(i).iter().any(|&c| {
            (tree.in_class(c, WordClass::Both)
                || self.ontology.number(tree.lemma(c), Family::Number) == Some(2))
                && (tree.is(c, Deprel::Nummod)
                    || tree.is(c, Deprel::Det)
                    || tree.is(c, Deprel::Amod)
                    || tree.is(c, Deprel::Cc))
        });
        // "two diplomats said": some two, not the two
        let definite = tree.is_definite(i)
            || tree
                .children(i)
                .iter()
                .any(|&c| tree.in_class(c, WordClass::Both) || tree.is(c, Deprel::NmodPoss));
        // a bare "the sides" are the two as well
        let sides = plural && is(WordClass::PartyNoun);
        if !one_of_two && !(definite && (two || sides)) {
            return None;
        }
        // "the Yemeni parties" are those of Yemen, whoever else is spoken of
        if tree.children_by(i, Deprel::Amod).any(|c| self.name(c).is_some()) {
            return None;
        }
        // a treaty's "The Parties" are a term of its own
        let form = &tree.word(i).form;
        let start = tree.annotation().sentences[tree.sentence(i)].start;
        if form.starts_with(char::is_uppercase)
            && i > start
            && !form.chars().all(char::is_uppercase)
        {
            return None;
        }
        let leaders = !self.offices_of(tree.lemma(i)).is_empty();
        let persons = leaders || is(WordClass::PersonNoun);
        let counted = two || one_of_two || persons;
        let states = is(WordClass::StatePairNoun);
        Some(Kind { persons, leaders, states, counted, doer: false })
    }

    /// Is it one of two of this kind?
    fn is_of(&self, kind: Kind, referent: &Referent) -> bool {
        let Kind { persons, leaders, states, .. } = kind;
        match referent.kind() {
            // leaders hold some office; somebody only described is none
            Some(ActorKind::Person) => {
                let known = referent.actor.as_ref().and_then(|a| self.ontology.actor(&a.id));
                persons && (!leaders || known.is_some_and(|a| !a.tenures.is_empty()))
            }
            Some(ActorKind::State) => !persons,
            Some(ActorKind::Organisation | ActorKind::Forces) => !persons && !states,
            _ => false,
        }
    }

    /// The two of this kind that were spoken of before `i`: those who met or were named together
    /// nearby, else those spoken of most.
    fn two_spoken_of(&self, i: usize, kind: Kind) -> Vec<Referent> {
        let (tree, persons) = (self.tree, kind.persons);
        let fits = |referent: &Referent| self.is_of(kind, referent);
        // "both sides" of two leaders are their states
        let side = |referent: &Referent| match referent.kind() {
            Some(ActorKind::Person) if !persons => self.side_of(referent),
            _ => referent.clone(),
        };
        let doer: Vec<Referent> = self.clause_subject(i).iter().map(side).collect();
        let does =
            |referent: &Referent| !kind.doer && doer.iter().any(|d| d.key() == referent.key());
        let mut nearest_pair: Option<Vec<Referent>> = None;
        let mut spoken = Spoken::default();
        for j in (0..i).rev().take(WHOLE_REACH.1).filter(|&j| !self.in_dateline(j)) {
            let back = tree.sentence(i) - tree.sentence(j);
            // who the parties are shows in the whole text, who two leaders are nearby
            let near = back <= REACH;
            if persons && !near || back > WHOLE_REACH.0 {
                break;
            }
            if !persons
                && near
                && let Some(two) = self.two_of_talks(j).or_else(|| self.two_between(j))
                && two.iter().all(fits)
            {
                return two;
            }
            // "with Norwegian and Chadian leaders, as well as the envoy": the two leaders
            let own = &self.meant[j];
            let all = if own.len() == 2 { own.clone() } else { self.all(j) };
            let together: Vec<Referent> = all.iter().map(side).collect();
            if !persons && near {
                let met: Vec<Referent> = self.met_with(j).iter().map(side).collect();
                if met.len() == 2 && met.iter().all(fits) {
                    return met; // "Xi spoke with Trump. … Both sides …"
                }
            }
            if near && together.len() == 2 && nearest_pair.is_none() && tree.upos(j) != Upos::Adj {
                if together.iter().all(fits) && persons {
                    // two of them named together, unless two others were named since
                    if spoken.0.len() < 2 {
                        return together;
                    }
                    break;
                }
                if together.iter().any(does) {
                    continue;
                }
                if !persons && back <= 1 && together.iter().all(fits) && tree.is(j, Deprel::Nsubj) {
                    return together; // "A and B met. Both sides …"
                }
                // "colleagues, including our special envoy" are no two sides
                let somebody =
                    |r: &Referent| fits(r) || !kind.states && r.kind() == Some(ActorKind::Person);
                if together.iter().all(somebody) {
                    nearest_pair = Some(together.clone());
                }
            }
            let faded = FADING.powi(back as i32);
            if !persons && together.len() == 2 && together.iter().all(fits) {
                // who is named together belongs together
                together.into_iter().for_each(|referent| spoken.add(faded, j, referent));
            }
            // a place or an owner is less of a party than whoever acts
            let aside = [Deprel::Nmod, Deprel::Compound, Deprel::Amod, Deprel::Obl];
            let role = if aside.iter().any(|&rel| tree.is(j, rel)) { ASIDE } else { 1.0 };
            let meant = self.meant[j].iter().map(side).filter(|it| fits(it) && !does(it));
            meant.for_each(|referent| spoken.add(role * faded, j, referent));
        }
        let found = if kind.counted { spoken.first_two(!persons) } else { Vec::new() };
        // "the two sides" of a talk of two leaders are the two
        if found.len() < 2 { nearest_pair.unwrap_or_default() } else { found }
    }

    /// "Israeli-Palestinian negotiations": the two whose adjectives a hyphen joins before talks,
    /// told at the second.
    fn two_of_talks(&self, j: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let end = self.name(j)?.words.end;
        let first = self.beside_hyphen(j).filter(|&first| first < j)?;
        let sentence = &tree.annotation().sentences[tree.sentence(j)];
        let mut behind = end..sentence.end.min(end + 2);
        behind.find(|&w| self.ontology.is(tree.lemma(w), WordClass::MatterTalk))?;
        let words = self.name(first)?.words.clone().chain([j]);
        let two: Vec<Referent> = words.flat_map(|w| self.one(w).to_vec()).collect();
        (two.len() == 2).then_some(two)
    }

    /// "The dispute between Norway and Chad": the two, told at the first.
    fn two_between(&self, j: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let first = self.name(j)?.words.start;
        let before =
            |back| first.checked_sub(back).filter(|&w| tree.sentence(w) == tree.sentence(j));
        let article = before(1).filter(|&w| tree.upos(w) == Upos::Det);
        let mark = if article.is_some() { before(2) } else { before(1) };
        mark.filter(|&w| tree.in_class(w, WordClass::PartyMark))?;
        let two = self.all(first);
        (two.len() == 2).then_some(two)
    }

    /// "Xi spoke with Trump", "Xi met Trump": told at the one with whom, both of them.
    pub(super) fn met_with(&self, j: usize) -> Vec<Referent> {
        let tree = self.tree;
        let other = tree.is(j, Deprel::Obl) && tree.marked(j, WordClass::CompanyMark)
            || tree.is(j, Deprel::Obj);
        let Some(verb) = tree.head(j).filter(|_| other && !self.meant[j].is_empty()) else {
            return Vec::new();
        };
        let slots = Slots { tree, ontology: self.ontology };
        if !self
            .lexicon
            .evoked(&slots, verb)
            .iter()
            .any(|e| self.lexicon.act_is(&e.trigger.act, ActTrait::Talk))
        {
            return Vec::new();
        }
        // "allowed Mira Sant to meet the envoy"
        let led = || slots.tree_subjects(verb, 2).first().copied();
        let subject = tree.child(verb, Deprel::Nsubj).or_else(led);
        let Some(subject) = subject else { return Vec::new() };
        let mut both = self.all(subject);
        if both.is_empty() && !self.offices_of(tree.lemma(subject)).is_empty() {
            // "the President", of whom the text does not say who it is
            both.push(self.unknown(subject, false));
        }
        both.extend(self.all(j));
        both
    }

    /// The state or body that a person speaks for, if that is known; else the person.
    fn side_of(&self, referent: &Referent) -> Referent {
        let body = referent
            .actor
            .as_ref()
            .and_then(|known| self.ontology.actor(&known.id))
            .and_then(|actor| self.body_of(actor));
        match body {
            Some(body) => Referent { actor: Some(self.known(body)), ..referent.clone() },
            None => referent.clone(),
        }
    }

    /// The subject of the clause in which `i` stands as something else: "Egypt urged
    /// both sides" does not mean Egypt.
    pub(super) fn clause_subject(&self, i: usize) -> Vec<Referent> {
        let tree = self.tree;
        if tree.is(i, Deprel::Nsubj) {
            return Vec::new();
        }
        tree.ancestors(i)
            .find(|&a| tree.upos(a) == Upos::Verb)
            .and_then(|verb| tree.child(verb, Deprel::Nsubj))
            .map(|subject| self.all(subject))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn both_sides_are_the_two_before() {
        reads(
            "London and Brussels met in Bruges. Both sides rejected the compromise.",
            &[
                "actual consult [united-kingdom, european-union]",
                "actual reject [united-kingdom, european-union] ‹the compromise›",
            ],
        );
        reads(
            "Serbia and Kosovo signed a deal. The two countries exchanged ambassadors.",
            &[
                "actual cooperate [serbia, kosovo] ‹a deal›",
                "actual cooperate [serbia, kosovo] ‹ambassadors›",
            ],
        );
        reads(
            "Kagame and Tshisekedi met in Doha. The two leaders agreed to a ceasefire.",
            &[
                "actual consult [paul-kagame, felix-tshisekedi]",
                "actual accept [paul-kagame, felix-tshisekedi] ‹a ceasefire›",
            ],
        );
        reads(
            "Sudan and Chad met. The two countries accused each other of raids.",
            &["actual consult [sudan, chad]", "actual accuse [sudan, chad] ‹raids›"],
        );
        reads("Both cats slept.", &[]);
    }

    #[test]
    fn a_dateline_is_no_party() {
        reads(
            "LONDON/PARIS (Reuters) - Germany demanded a port. The two countries agreed to meet.",
            &[
                "actual demand [germany] ‹a port›",
                "actual accept [“The two countries”] ‹meet›",
                "unrealised consult [“The two countries”]",
            ],
        );
    }

    #[test]
    fn the_parties_are_those_that_were_called_so() {
        reads(
            "The Yemeni parties accepted the truce. Oman met Egypt. The parties rejected the plan.",
            &[
                "actual accept [yemeni-parties] ‹the truce›",
                "actual consult [oman] to [egypt]",
                "actual reject [yemeni-parties] ‹the plan›",
            ],
        );
    }

    #[test]
    fn the_parties_are_those_of_the_talks() {
        reads(
            "The Israeli-Palestinian negotiations began. Oman aided Egypt. The parties rejected the plan.",
            &[
                "actual consult [israel, palestine]",
                "actual aid [oman] to [egypt]",
                "actual reject [israel, palestine] ‹the plan›",
            ],
        );
    }

    #[test]
    fn both_sides_of_two_leaders_are_their_states() {
        reads(
            "Xi Jinping spoke with Donald Trump. Topics included North Korea and Syria. \
             Both sides rejected the map.",
            &[
                "actual consult [xi-jinping] to [donald-trump]",
                "actual reject [china, united-states] ‹the map›",
            ],
        );
    }

    #[test]
    fn both_by_the_noun_that_named_them() {
        reads(
            "The Governments of Israel and Lebanon met. Macron thanked Rwanda. Both governments \
             rejected the map.",
            &[
                "actual consult [israel, lebanon]",
                "actual state [emmanuel-macron] to [rwanda]",
                "actual reject [israel, lebanon] ‹the map›",
            ],
        );
    }

    #[test]
    fn neither_side_and_either_side_are_both() {
        reads(
            "Serbia and Kosovo met in Ohrid. Neither side accepted the plan.",
            &["actual consult [serbia, kosovo]", "negated accept [serbia, kosovo] ‹the plan›"],
        );
        reads(
            "London and Brussels met. Neither side rejected the quota.",
            &[
                "actual consult [united-kingdom, european-union]",
                "negated reject [united-kingdom, european-union] ‹the quota›",
            ],
        );
        reads(
            "Congo and Rwanda met in Doha. Either side can leave the treaty.",
            &[
                "actual consult [democratic-republic-of-the-congo, rwanda]",
                "unrealised withhold [democratic-republic-of-the-congo, rwanda] ‹the treaty›",
            ],
        );
        reads(
            "Hamas and Israel met in Doha. Each side rejected the offer.",
            &["actual consult [hamas, israel]", "actual reject [hamas, israel] ‹the offer›"],
        );
        reads("Neither cat slept.", &[]);
    }

    #[test]
    fn the_sides_are_the_two() {
        reads(
            "Sudan's army and the RSF met in Jeddah. The sides agreed to a pause.",
            &[
                "actual consult [sudanese-forces, rapid-support-forces]",
                "actual accept [sudanese-forces, rapid-support-forces] ‹a pause›",
            ],
        );
        reads(
            "Iran and Oman met. The sides signed a treaty.",
            &["actual consult [iran, oman]", "actual cooperate [iran, oman] ‹a treaty›"],
        );
        reads("The sides of the box are green.", &[]);
    }

    #[test]
    fn two_countries_are_states() {
        reads(
            "Iran, Oman and Hamas met in Doha. The two countries signed a treaty.",
            &["actual consult [iran, oman, hamas]", "actual cooperate [iran, oman] ‹a treaty›"],
        );
        reads(
            "Hamas met Egypt and Qatar. The two countries proposed a truce.",
            &[
                "actual consult [hamas] to [egypt, qatar]",
                "actual propose [egypt, qatar] ‹a truce›",
            ],
        );
    }

    #[test]
    fn who_met_last_wins_over_who_is_named_often() {
        reads(
            "Israel rejected the plan. Israel demanded guarantees. Israel attacked Iran. Serbia and Kosovo met in Ohrid. Both sides agreed to a truce.",
            &[
                "actual reject [israel] ‹the plan›",
                "actual demand [israel] ‹guarantees›",
                "actual attack [israel] to [iran]",
                "actual consult [serbia, kosovo]",
                "actual accept [serbia, kosovo] ‹a truce›",
            ],
        );
        reads(
            "Rwanda rejected the offer. Rwanda attacked Goma. Rwanda met Congo. Canada and Mexico met. Both sides agreed to a quota.",
            &[
                "actual reject [rwanda] ‹the offer›",
                "actual attack [rwanda] ‹Goma›",
                "actual consult [rwanda] to [democratic-republic-of-the-congo]",
                "actual consult [canada, mexico]",
                "actual accept [canada, mexico] ‹a quota›",
            ],
        );
    }

    #[test]
    fn both_and_a_possessor() {
        reads(
            "Both Canada and Mexico's president rejected the tariffs.",
            &["actual reject [canada, claudia-sheinbaum] ‹the tariffs›"],
        );
        reads("Both cats slept.", &[]);
    }

    #[test]
    fn they_who_met_are_both() {
        reads(
            "Macron met Starmer in Paris. They rejected the tariffs.",
            &[
                "actual consult [emmanuel-macron] to [keir-starmer]",
                "actual reject [emmanuel-macron, keir-starmer] ‹the tariffs›",
            ],
        );
    }

    #[test]
    fn the_two_sides_are_those_of_the_dispute() {
        reads(
            "Modi telephoned Macron to discuss the dispute between Guyana and Peru. Modi urged the two \
             sides to accept the map.",
            &[
                "actual consult [narendra-modi] to [emmanuel-macron]",
                "unrealised consult [narendra-modi] ‹the dispute between Guyana and Peru›",
                "actual demand [narendra-modi] to [guyana, peru] ‹accept the map›",
                "unrealised accept [guyana, peru] ‹the map›",
            ],
        );
    }
}

//! Is an act told as done, as not done, or as neither (codebook rules 5, 6, 10, 13, 15)?

use std::ops::ControlFlow::{self, Break, Continue};

use super::claim::Status;
use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, ContentStatus, WordClass};

/// The longest marker of a condition in words ("on the condition that").
pub(super) const LONGEST_MARKER: usize = 4;

/// How many clauses above the act its status is looked for.
const DEPTH: usize = 6;

/// The status of the act that `word` names, from the words around it. `None`
/// means that the act is only to stop or to be avoided and gives no claim.
pub(super) fn status(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> Option<Status> {
    verb_or_noun(tree, lexicon, word, DEPTH)
}

fn verb_status(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    verb: usize,
    depth: usize,
) -> Option<Status> {
    if verb >= 2 {
        let before = format!("{} {}", tree.lemma(verb - 2), tree.lemma(verb - 1));
        if lexicon.is(&before, WordClass::YetTo) {
            return Some(Status::Negated); // "has yet to agree"
        }
    }
    let own = own_status(tree, lexicon, verb);
    if own == Status::Unrealised || depth == 0 {
        return Some(own);
    }
    if after_denial(tree, lexicon, tree.first_word(verb)) {
        return Some(Status::Negated); // "fell short of meeting the demands"
    }
    let above = above_status(tree, lexicon, verb, depth)?;
    Some(match (own, above) {
        (_, Status::Unrealised) => Status::Unrealised,
        (Status::Negated, Status::Negated) => Status::Actual,
        (Status::Negated, _) | (_, Status::Negated) => Status::Negated,
        _ => Status::Actual,
    })
}

/// What the words on the verb itself say.
fn own_status(tree: &Tree<'_>, lexicon: &Lexicon<'_>, verb: usize) -> Status {
    let mut negated = false;
    let mut modal = false;
    let mut obliged = false;
    if after_condition_marker(tree, lexicon, verb) || opens_condition(tree, verb) {
        modal = true; // "as long as it withdraws"
    }
    for &c in tree.children(verb) {
        let (lemma, form) = (tree.lemma(c), tree.word(c).form.to_lowercase());
        let is = |class| lexicon.is(lemma, class) || lexicon.is(&form, class);
        if tree.is(c, Deprel::Aux) && is(WordClass::Obligation) {
            obliged = true;
        }
        if tree.is(c, Deprel::Aux) && is(WordClass::Modal) {
            modal = true;
        }
        let to_come =
            tree.is(c, Deprel::Cop) || tree.is(c, Deprel::Aux) && !tree.is(c, Deprel::AuxPass);
        if to_come
            && tree.in_class(c, WordClass::Copula)
            && tree.marked(verb, WordClass::InfinitiveMark)
        {
            modal = true; // "is to withdraw"
        }
        let with_word_before = || {
            let before = c.checked_sub(1).map(|b| tree.word(b).form.to_lowercase());
            before.is_some_and(|before| lexicon.is(&format!("{before} {form}"), WordClass::Negator))
        };
        if (tree.is(c, Deprel::Advmod) || tree.is(c, Deprel::Discourse))
            && (is(WordClass::Negator) || with_word_before())
            && !only_limits(tree, lexicon, c)
        {
            negated = true; // "no longer" is one of two words
        }
        if tree.is(c, Deprel::Advmod) && is(WordClass::HedgeUnrealised) {
            modal = true;
        }
        if (tree.is(c, Deprel::Mark) || tree.is(c, Deprel::Advmod))
            && is(WordClass::Conditional)
            && !lexicon.is(lemma, WordClass::AheadConjunction)
        {
            modal = true;
        }
        if tree.is(c, Deprel::Mark)
            && lexicon.is(lemma, WordClass::OriginMark)
            && tree
                .head(verb)
                .is_some_and(|far| lexicon.is(tree.lemma(far), WordClass::DistanceNegator))
        {
            negated = true; // "is far from accepting"
        }
        if tree.is(c, Deprel::Cc)
            && (is(WordClass::DenyingConjunction) || is(WordClass::DenyingDeterminer))
        {
            negated = true; // "neither A nor B accepted it", with "neither" at the verb
        }
        let phrase = fixed(tree, c);
        if lexicon.is(&phrase, WordClass::PrivativePreposition) {
            negated = true;
        } else if lexicon.is(&phrase, WordClass::Purpose) {
            modal = true;
        }
        if (tree.is(c, Deprel::Nsubj) || tree.is(c, Deprel::Obj) || tree.is(c, Deprel::NsubjPass))
            && (is(WordClass::NegativePronoun) && !all_but_less(tree, lexicon, c)
                || none_of(tree, c)
                || tree.children(c).iter().any(|&d| {
                    (tree.is(d, Deprel::Det) || tree.is(d, Deprel::Cc))
                        && lexicon.is(tree.lemma(d), WordClass::DenyingDeterminer)
                }))
        {
            negated = true;
        }
    }
    let question = is_question(tree, verb);
    if modal || obliged || question {
        return Status::Unrealised;
    }
    if negated { Status::Negated } else { Status::Actual }
}

/// "Had Chad accepted it, …": does the clause begin with an auxiliary before its subject, and asks
/// nothing?
fn opens_condition(tree: &Tree<'_>, verb: usize) -> bool {
    let first = tree.first_word(verb);
    let start = tree.annotation().sentences[tree.sentence(verb)].start;
    let subject = [Deprel::Nsubj, Deprel::NsubjPass].iter().find_map(|&rel| tree.child(verb, rel));
    let opens = first == start || tree.upos(first - 1) == Upos::Punct;
    opens
        && tree.head(first) == Some(verb)
        && tree.form_in_class(first, WordClass::InvertingAuxiliary)
        && subject.is_some_and(|subject| first < subject && subject < verb)
        && !is_question(tree, verb)
}

/// "Would have dropped its objection": is what a modal says in the past told as what was not done?
pub(super) fn is_counterfactual(tree: &Tree<'_>, verb: usize) -> bool {
    let auxiliary =
        |class| tree.children_by(verb, Deprel::Aux).find(|&aux| tree.form_in_class(aux, class));
    let would = auxiliary(WordClass::FutureModal);
    let have = auxiliary(WordClass::PerfectAuxiliary);
    would.zip(have).is_some_and(|(would, have)| would < have) || opens_condition(tree, verb)
}

/// "Not a single member", "not one state": is the subject nobody?
fn none_of(tree: &Tree<'_>, noun: usize) -> bool {
    let first = tree.first_word(noun);
    let one =
        |w: usize| tree.in_class(w, WordClass::IndefiniteDeterminer) || tree.upos(w) == Upos::Num;
    first < noun
        && tree.form_in_class(first, WordClass::Negator)
        && one(first + 1)
        && !tree.is_plural(noun)
}

/// "Not only rejected", "did not merely welcome", "not until the ninth night": a negator that
/// denies no act.
fn only_limits(tree: &Tree<'_>, lexicon: &Lexicon<'_>, negator: usize) -> bool {
    let end = tree.annotation().sentences[tree.sentence(negator)].end;
    negator + 1 < end
        && lexicon.is(&tree.word(negator + 1).form.to_lowercase(), WordClass::NegatedLimit)
}

/// "Nothing less than full pay", "nothing but the harbour": a negative pronoun that denies nothing.
fn all_but_less(tree: &Tree<'_>, lexicon: &Lexicon<'_>, pronoun: usize) -> bool {
    let end = tree.annotation().sentences[tree.sentence(pronoun)].end;
    pronoun + 1 < end && {
        let form = |w: usize| tree.word(w).form.to_lowercase();
        let both = format!("{} {}", form(pronoun), form(pronoun + 1));
        lexicon.is(&both, WordClass::NegatedLimit)
    }
}

/// "It is not true that Norland rejected it": is what hangs on an adjective of truth denied?
fn untrue(tree: &Tree<'_>, lexicon: &Lexicon<'_>, truth: usize) -> bool {
    lexicon.is(tree.lemma(truth), WordClass::TruthAdjective)
        && tree
            .children(truth)
            .iter()
            .any(|&c| tree.is(c, Deprel::Advmod) && lexicon.is(tree.lemma(c), WordClass::Negator))
        || lexicon.is(tree.lemma(truth), WordClass::UntruthAdjective)
}

/// Does what begins at `first` come right after words that deny it ("short of")?
fn after_denial(tree: &Tree<'_>, lexicon: &Lexicon<'_>, first: usize) -> bool {
    let start = tree.annotation().sentences[tree.sentence(first)].start;
    first >= start + 2 && {
        let form = |w: usize| tree.word(w).form.to_lowercase();
        let (one, two) = (form(first - 2), form(first - 1));
        // the phrase's own preposition is the second word, where it hangs on the act
        let inside = format!("{two} {}", form(first));
        lexicon.is(&format!("{one} {two}"), WordClass::PrivativePreposition)
            || lexicon.is(&inside, WordClass::PrivativePreposition)
            || lexicon.is(&one, WordClass::PrivativeAdverb)
                && lexicon.is(&two, WordClass::BelongingMark)
            || lexicon.is(&two, WordClass::PrivativeAdverb)
                && lexicon.is(&form(first), WordClass::BelongingMark)
    }
}

/// "No plan", "neither side".
fn denied(tree: &Tree<'_>, noun: usize) -> bool {
    tree.determined(noun, WordClass::DenyingDeterminer)
}

/// "Nothing", "no plan".
fn is_nothing(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    lexicon.is(tree.lemma(word), WordClass::NegativePronoun) || denied(tree, word)
}

/// "Nothing suggests", "no sign to indicate": is the subject of `verb`, or what it hangs
/// on, a negative pronoun, or the verb itself denied?
fn nothing_does(tree: &Tree<'_>, lexicon: &Lexicon<'_>, verb: usize) -> bool {
    let denies = |w: usize| is_nothing(tree, lexicon, w);
    own_status(tree, lexicon, verb) == Status::Negated
        || tree.children_by(verb, Deprel::Nsubj).any(denies)
        || tree
            .ancestors(verb)
            .take_while(|&w| !tree.heads_clause(w) || tree.upos(w) != Upos::Verb)
            .any(denies)
}

/// Does the clause of `verb` start with or right after "only if", "as long as"?
fn after_condition_marker(tree: &Tree<'_>, lexicon: &Lexicon<'_>, verb: usize) -> bool {
    let first = tree.first_word(verb);
    let start = tree.annotation().sentences[tree.sentence(verb)].start;
    [first.checked_sub(1), Some(first)].into_iter().flatten().any(|last| {
        (start..=last).rev().take(LONGEST_MARKER).any(|from| {
            let forms: Vec<String> =
                (from..=last).map(|w| tree.word(w).form.to_lowercase()).collect();
            lexicon.is(&forms.join(" "), WordClass::ConditionMarker)
        })
    })
}

/// The words of a fixed marker, "rather than" as one.
fn fixed(tree: &Tree<'_>, c: usize) -> String {
    let mut words = vec![tree.lemma(c)];
    words.extend(tree.children_by(c, Deprel::Fixed).map(|f| tree.lemma(f)));
    words.join(" ")
}

/// Is a verb, or what it is coordinated with, the main one of a question?
pub(super) fn is_question(tree: &Tree<'_>, verb: usize) -> bool {
    let sentence = &tree.annotation().sentences[tree.sentence(verb)];
    let mark = tree.word(sentence.end - 1).form.contains('?')
        || sentence.len() > 1 && tree.word(sentence.end - 2).form.contains('?');
    // "Q: do you accept it?", on whose label the tree hangs the question
    let label = tree
        .head(verb)
        .is_some_and(|head| head == sentence.start && tree.word(sentence.start + 1).form == ":");
    mark && (tree.head(verb).is_none() || label || tree.is(verb, Deprel::Conj))
}

/// What the clauses above say of a clause.
fn above_status(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    verb: usize,
    depth: usize,
) -> Option<Status> {
    let Some(head) = tree.head(verb) else { return Some(Status::Actual) };
    match tree.deprel(verb) {
        Deprel::Conj => joined(tree, lexicon, verb, head, depth),
        // "the truce proposed by Egypt": a participle says what was done
        Deprel::Acl if tree.is_passive(verb) => Some(Status::Actual),
        Deprel::Xcomp
        | Deprel::Advcl
        | Deprel::Acl
        | Deprel::Ccomp
        | Deprel::Csubj
        | Deprel::Obl
        | Deprel::Nmod
        | Deprel::Obj => governed(tree, lexicon, verb, head, depth),
        // "no sign that it yields", parsed as a relative clause
        Deprel::AclRelcl
            if lexicon.is(tree.lemma(head), WordClass::EvidenceNoun) && denied(tree, head) =>
        {
            Some(Status::Negated)
        }
        _ => Some(Status::Actual),
    }
}

/// "Will meet and discuss": what stands before the first holds for all that have no subject or
/// auxiliary of their own.
fn joined(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    verb: usize,
    head: usize,
    depth: usize,
) -> Option<Status> {
    let own_clause =
        tree.children(verb).iter().any(|&c| tree.is(c, Deprel::Nsubj) || tree.is(c, Deprel::Aux));
    // "was no party to it and says so": a finite verb shares no auxiliary
    let helped =
        || tree.children(head).iter().any(|&c| tree.is(c, Deprel::Aux) || tree.is(c, Deprel::Cop));
    // "demands nothing of Chad and asks for help": nor what the first verb has for its object
    let nothing = || tree.children_by(head, Deprel::Obj).any(|c| is_nothing(tree, lexicon, c));
    let finite = matches!(tree.word(verb).xpos, "VBZ" | "VBD") && (helped() || nothing());
    // "neither accepted nor rejected": "nor" denies by itself
    let nor = tree
        .children_by(verb, Deprel::Cc)
        .any(|c| lexicon.is(tree.lemma(c), WordClass::DenyingConjunction));
    if own_clause || finite || nor {
        above_status(tree, lexicon, head, depth - 1)
    } else if matches!(tree.upos(head), Upos::Verb | Upos::Adj) {
        verb_status(tree, lexicon, head, depth - 1)
    } else {
        noun_status(tree, lexicon, head, depth - 1)
    }
}

/// The status of a clause that hangs on a verb or noun.
fn governed(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    verb: usize,
    head: usize,
    depth: usize,
) -> Option<Status> {
    if let Break(status) = implied(tree, lexicon, verb, head, depth) {
        return status;
    }
    if lexicon.is(&tree.word(head).form.to_lowercase(), WordClass::Conditional) {
        return Some(Status::Unrealised); // "provided that it withdraws"
    }
    if matches!(tree.deprel(verb), Deprel::Csubj | Deprel::Ccomp) && untrue(tree, lexicon, head) {
        return Some(Status::Negated);
    }
    if tree.deprel(verb) == Deprel::Ccomp {
        return complement(tree, lexicon, head);
    }
    if tree.marked(verb, WordClass::InfinitiveMark) && tree.word(verb).xpos == "VB" {
        return Some(Status::Unrealised);
    }
    // "while it is insisting on a survey" has a clause of its own
    let gerund = tree.word(verb).xpos == "VBG" && tree.child(verb, Deprel::Aux).is_none();
    if denied(tree, head) && tree.is(verb, Deprel::Acl) {
        return Some(Status::Negated); // "no sign of yielding"
    }
    if tree.is(verb, Deprel::Acl)
        && lexicon.is(tree.lemma(head), WordClass::EvidenceNoun)
        && tree.marked(head, WordClass::AimMark)
    {
        return Some(Status::Unrealised); // "waits for a sign that it yields"
    }
    if tree.marked(verb, WordClass::AgentMark) {
        // "by rejecting": as the main clause
        return verb_or_noun(tree, lexicon, head, depth - 1);
    }
    if tree.deprel(verb) == Deprel::Advcl
        && !gerund
        && tree.word(head).xpos == "VB"
        && verb_or_noun(tree, lexicon, head, depth - 1) == Some(Status::Unrealised)
    {
        // "asked to return once they had talked"
        return Some(Status::Unrealised);
    }
    match lexicon.content_status(tree, head) {
        Some(ContentStatus::Unrealised)
            if gerund
                || tree.deprel(verb) == Deprel::Acl && !tree.is_passive(verb)
                // "wants the sanctions lifted"
                || tree.is(verb, Deprel::Xcomp) && tree.is_passive(verb) =>
        {
            return Some(Status::Unrealised);
        }
        Some(ContentStatus::Nothing) if gerund => return None,
        Some(ContentStatus::Negated) if gerund => return Some(Status::Negated),
        Some(ContentStatus::Actual) => return Some(Status::Actual),
        _ => {}
    }
    if tree.deprel(verb) == Deprel::Advcl && gerund {
        // ", destroying": as the main clause
        return verb_or_noun(tree, lexicon, head, depth - 1);
    }
    Some(Status::Actual)
}

/// What the word that a clause hangs on says of it by its own meaning: "managed to", "failed to",
/// "refused to".
fn implied(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    verb: usize,
    head: usize,
    depth: usize,
) -> ControlFlow<Option<Status>> {
    let relation = tree.deprel(verb);
    let class = |name| lexicon.is(tree.lemma(head), name);
    if class(WordClass::Stopper)
        && matches!(
            relation,
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Obl | Deprel::Acl | Deprel::Nmod | Deprel::Obj
        )
        && !class(WordClass::ImplicativeNegative)
    {
        return Break(None);
    }
    // "rejected it after they attacked": beside the refusal, not in it
    let beside = relation == Deprel::Advcl && tree.child(verb, Deprel::Nsubj).is_some();
    if !beside
        && lexicon.refuses(tree, head)
        && matches!(relation, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Obl)
    {
        return Break(Some(Status::Unrealised)); // what is refused is looked ahead to (rule 10)
    }
    if class(WordClass::ImplicativeNegative)
        && !beside
        && matches!(
            relation,
            Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Obl | Deprel::Ccomp
        )
    {
        let status = verb_or_noun(tree, lexicon, head, depth - 1);
        return Break(status.map(|status| match status {
            Status::Negated => Status::Actual,
            Status::Actual => Status::Negated,
            Status::Unrealised => Status::Unrealised,
        }));
    }
    // "has been forced to retreat", "began talking", "seems to accept", "tried to meet"
    let carried_on = relation == Deprel::Xcomp
        && (class(WordClass::RealisingControl) || class(WordClass::HedgeNeutral))
        || class(WordClass::Aspectual) && matches!(relation, Deprel::Xcomp | Deprel::Ccomp)
        || class(WordClass::Attempt) && matches!(relation, Deprel::Xcomp | Deprel::Advcl);
    if carried_on {
        return Break(verb_or_noun(tree, lexicon, head, depth - 1));
    }
    Continue(())
}

/// What is said is as it is said; what is wanted or feared is not yet.
fn complement(tree: &Tree<'_>, lexicon: &Lexicon<'_>, head: usize) -> Option<Status> {
    if lexicon.is(tree.lemma(head), WordClass::EvidenceVerb) && nothing_does(tree, lexicon, head) {
        return Some(Status::Negated); // "nothing suggests that it wants peace"
    }
    match lexicon.content_status(tree, head) {
        Some(ContentStatus::Unrealised) => Some(Status::Unrealised),
        Some(ContentStatus::Nothing) => None,
        Some(ContentStatus::Negated) => Some(Status::Negated),
        // a report under "if" or "might" is not thereby unrealised
        _ => Some(Status::Actual),
    }
}

fn verb_or_noun(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    word: usize,
    depth: usize,
) -> Option<Status> {
    if matches!(tree.upos(word), Upos::Verb | Upos::Adj | Upos::Aux) {
        verb_status(tree, lexicon, word, depth)
    } else {
        noun_status(tree, lexicon, word, depth)
    }
}

/// An event noun is told as happening unless something says otherwise.
fn noun_status(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    noun: usize,
    depth: usize,
) -> Option<Status> {
    if let Some(status) = own_noun_status(tree, lexicon, noun) {
        return Some(status);
    }
    if depth == 0 {
        return Some(Status::Actual);
    }
    let Some(head) = tree.head(noun) else {
        return if tree.child(noun, Deprel::Cop).is_some() {
            Some(own_status(tree, lexicon, noun))
        } else {
            Some(Status::Actual)
        };
    };
    if tree.deprel(noun) == Deprel::Conj {
        return verb_or_noun_above(tree, lexicon, head, depth - 1);
    }
    if let Break(status) = stopped_or_refused(tree, lexicon, noun, head) {
        return status;
    }
    if let Break(status) = above_noun(tree, lexicon, noun, head, depth) {
        return status;
    }
    under_content(tree, lexicon, noun, head)
}

/// What the words on the noun itself say.
fn own_noun_status(tree: &Tree<'_>, lexicon: &Lexicon<'_>, noun: usize) -> Option<Status> {
    for &c in tree.children(noun) {
        let (lemma, form) = (tree.lemma(c), tree.word(c).form.to_lowercase());
        if tree.is(c, Deprel::Det) && lexicon.is(lemma, WordClass::DenyingDeterminer) {
            return Some(Status::Negated);
        }
        if (tree.is(c, Deprel::Amod) || tree.is(c, Deprel::Advmod))
            && (lexicon.is(lemma, WordClass::HedgeUnrealised)
                || lexicon.is(&form, WordClass::HedgeUnrealised))
        {
            return Some(Status::Unrealised);
        }
        if tree.is(c, Deprel::Case) && lexicon.is(&fixed(tree, c), WordClass::PrivativePreposition)
        {
            return Some(Status::Negated);
        }
    }
    None
}

/// "Ended the attacks", "rejected the deployment", "avoided a war": the word above keeps the event
/// from happening.
fn stopped_or_refused(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    noun: usize,
    head: usize,
) -> ControlFlow<Option<Status>> {
    let (lemma, relation) = (tree.lemma(head), tree.deprel(noun));
    let governed = matches!(
        relation,
        Deprel::Obj
            | Deprel::Nmod
            | Deprel::Obl
            | Deprel::NsubjPass
            | Deprel::Acl
            | Deprel::Compound
    );
    if governed && lexicon.is(lemma, WordClass::Stopper) && !tree.marked(noun, WordClass::CauseMark)
    {
        return Break(None);
    }
    if !matches!(relation, Deprel::Obj | Deprel::NsubjPass) {
        return Continue(());
    }
    if lexicon.refuses(tree, head) {
        // "rejected the deployment of troops" looks ahead to it (codebook rule 10);
        // what somebody said, and what somebody does, is there to be refused
        let there = is_possessed(tree, noun) || lexicon.evokes(tree, noun, ActTrait::Said);
        return Break(Some(if there { Status::Actual } else { Status::Unrealised }));
    }
    if lexicon.is(lemma, WordClass::ImplicativeNegative) {
        return Break(Some(Status::Negated));
    }
    if relation == Deprel::Obj
        && !lexicon.is(lemma, WordClass::SupportVerb)
        && lexicon.is(lemma, WordClass::ProspectiveSupportVerb)
        && !is_possessed(tree, noun)
    {
        return Break(Some(Status::Unrealised));
    }
    Continue(())
}

/// What the clause or phrase says of an event that is its subject, object or part.
fn above_noun(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    noun: usize,
    head: usize,
    depth: usize,
) -> ControlFlow<Option<Status>> {
    let (lemma, relation) = (tree.lemma(head), tree.deprel(noun));
    let of_verb = tree.upos(head) == Upos::Verb;
    if relation == Deprel::Nsubj && lexicon.is(lemma, WordClass::PossibilityAdjective) {
        // "an agreement was not possible", "a deal is out of reach"
        return Break(Some(match own_status(tree, lexicon, head) {
            Status::Negated => Status::Negated,
            _ if lexicon.is(lemma, WordClass::HedgeUnrealised) => Status::Unrealised,
            _ => Status::Negated,
        }));
    }
    if relation == Deprel::Nsubj
        && of_verb
        && !is_possessed(tree, noun)
        && !tree.is_definite(noun)
        && own_status(tree, lexicon, head) == Status::Unrealised
    {
        return Break(Some(Status::Unrealised)); // "a deployment would help"
    }
    if relation == Deprel::Nmod
        && lexicon.is(lemma, WordClass::ExchangeNoun)
        && tree.marked(noun, WordClass::AimMark)
        && tree.marked(head, WordClass::InsideMark)
    {
        return Break(Some(Status::Unrealised)); // "in exchange for a withdrawal"
    }
    if relation == Deprel::Nmod && lexicon.is(lemma, WordClass::AspectualNoun) {
        return Break(noun_status(tree, lexicon, head, depth - 1)); // "the start of talks"
    }
    if relation == Deprel::Obj
        && of_verb
        && !is_possessed(tree, noun)
        && !tree.determined(noun, WordClass::PointingDeterminer)
        && verb_status(tree, lexicon, head, depth - 1) == Some(Status::Unrealised)
    {
        return Break(Some(Status::Unrealised));
    }
    let supported = lexicon.is(lemma, WordClass::SupportVerb)
        || lexicon.is(lemma, WordClass::Aspectual)
        || lexicon.is(lemma, WordClass::Attempt);
    let place =
        || tree.children_by(head, Deprel::Obj).map(|o| format!("{lemma} {}", tree.lemma(o)));
    let realised = || {
        lexicon.is(lemma, WordClass::RealisingVerb)
            || place().any(|p| lexicon.is(&p, WordClass::RealisingVerb))
    };
    if supported && matches!(relation, Deprel::Obj | Deprel::NsubjPass)
        || relation == Deprel::Nsubj && of_verb && realised()
    {
        return Break(verb_status(tree, lexicon, head, depth - 1));
    }
    Continue(())
}

/// What an act that looks ahead, or is none, says of an event in its content: a definite event
/// under "demand" or "propose" can be an old one; an indefinite or bare one is only looked ahead
/// to.
fn under_content(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    noun: usize,
    head: usize,
) -> Option<Status> {
    let relation = tree.deprel(noun);
    if !matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod) {
        return Some(Status::Actual);
    }
    match lexicon.content_status(tree, head) {
        Some(ContentStatus::Unrealised)
            if (matches!(relation, Deprel::Obj | Deprel::NsubjPass)
                || tree.marked(noun, WordClass::WishMark))
                && !is_possessed(tree, noun)
                && !tree.is_definite(noun) =>
        {
            Some(Status::Unrealised)
        }
        Some(ContentStatus::Nothing) if relation == Deprel::Obj => None,
        _ => Some(Status::Actual),
    }
}

fn is_possessed(tree: &Tree<'_>, noun: usize) -> bool {
    tree.child(noun, Deprel::NmodPoss).is_some()
}

fn verb_or_noun_above(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    head: usize,
    depth: usize,
) -> Option<Status> {
    if matches!(tree.upos(head), Upos::Verb | Upos::Aux) {
        Some(Status::Actual)
    } else {
        noun_status(tree, lexicon, head, depth)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn negation() {
        reads("Hamas did not accept the truce.", &["negated accept [hamas] ‹the truce›"]);
        reads("Mexico did not sign the treaty.", &["negated cooperate [mexico] ‹the treaty›"]);
        reads(
            "Erdoğan never agreed to inspections.",
            &["negated accept [recep-tayyip-erdogan] ‹inspections›"],
        );
        reads("Israel has not agreed to a truce.", &["negated accept [israel] ‹a truce›"]);
        reads(
            "Neither Iran nor Israel accepted the truce.",
            &["negated accept [iran, israel] ‹the truce›"],
        );
    }

    #[test]
    fn modality() {
        reads("Iran may accept the offer.", &["unrealised accept [iran] ‹the offer›"]);
        reads("Israel could attack Iran.", &["unrealised attack [israel] to [iran]"]);
        reads(
            "Sudan's army might withdraw its troops.",
            &["unrealised withdraw [sudanese-forces] ‹its troops›"],
        );
        reads("Canada is likely to reject the plan.", &["unrealised reject [canada] ‹the plan›"]);
        reads("Turkey is unlikely to accept the plan.", &["unrealised accept [turkey] ‹the plan›"]);
    }

    #[test]
    fn condition_and_question() {
        reads(
            "If Iran rejects the offer, Israel will attack.",
            &["unrealised reject [iran] ‹the offer›", "unrealised attack [israel]"],
        );
        reads(
            "Unless Turkey withdraws, Cyprus will reject the plan.",
            &["unrealised withdraw [turkey]", "unrealised reject [cyprus] ‹the plan›"],
        );
        reads("Will Hamas accept the truce?", &["unrealised accept [hamas] ‹the truce›"]);
        reads("Has Iran accepted the offer?", &["unrealised accept [iran] ‹the offer›"]);
    }

    #[test]
    fn failed_to_is_negated() {
        reads("Rwanda failed to withdraw its troops.", &["negated withdraw [rwanda] ‹its troops›"]);
        reads("Seoul failed to reject the plan.", &["negated reject [south-korea] ‹the plan›"]);
    }

    #[test]
    fn without_and_instead_of_are_negated() {
        reads(
            "Netanyahu left Cairo without agreeing to a pause.",
            &["negated accept [benjamin-netanyahu] ‹a pause›"],
        );
        reads(
            "Barnier spoke with Davis without rejecting the proposal.",
            &[
                "actual consult [michel-barnier] to [davis]",
                "negated reject [michel-barnier] ‹the proposal›",
            ],
        );
        reads(
            "Instead of accepting the truce, Hamas fired rockets.",
            &["negated accept [hamas] ‹the truce›", "actual attack [hamas]"],
        );
    }

    #[test]
    fn refusing_is_an_act_of_its_own() {
        reads(
            "Turkey refuses to recognise Cyprus.",
            &[
                "actual reject [turkey] ‹recognise Cyprus›",
                "unrealised accept [turkey] to [cyprus]",
            ],
        );
        reads(
            "Sudan refused to accept the truce.",
            &["actual reject [sudan] ‹accept the truce›", "unrealised accept [sudan] ‹the truce›"],
        );
        reads(
            "Kosovo declined to sign the agreement.",
            &[
                "actual reject [kosovo] ‹sign the agreement›",
                "unrealised cooperate [kosovo] ‹the agreement›",
            ],
        );
    }

    #[test]
    fn hedges_that_leave_it_actual() {
        reads("Iran reportedly accepted the offer.", &["actual accept [iran] ‹the offer›"]);
        reads("Rwanda apparently rejected the offer.", &["actual reject [rwanda] ‹the offer›"]);
        reads(
            "Erdoğan seems to have accepted the offer.",
            &["actual accept [recep-tayyip-erdogan] ‹the offer›"],
        );
    }

    #[test]
    fn aspect_is_actual() {
        reads("Israel continues to bomb Gaza.", &["actual attack [israel] ‹Gaza›"]);
        reads("Turkey continues to reject the plan.", &["actual reject [turkey] ‹the plan›"]);
        reads("Israel resumed its strikes on Gaza.", &["actual attack [israel] ‹Gaza›"]);
        reads(
            "North Korea began to withdraw its troops.",
            &["actual withdraw [north-korea] ‹its troops›"],
        );
        reads(
            "Egypt began to mediate between Israel and Hamas.",
            &["actual consult [egypt] to [israel, hamas]"],
        );
        reads("Iran continued its attacks on tankers.", &["actual attack [iran] ‹tankers›"]);
    }

    #[test]
    fn what_is_stopped_is_no_claim() {
        reads(
            "Sudan's army stopped the attack.",
            &["actual concede [sudanese-forces] ‹the attack›"],
        );
        reads(
            "Saudi Arabia stopped the bombing of Yemen.",
            &["actual concede [saudi-arabia] ‹the bombing of Yemen›"],
        );
        reads(
            "Egypt called for a halt to attacks.",
            &["actual propose [egypt] ‹a halt to attacks›"],
        );
    }

    #[test]
    fn what_is_wanted_or_demanded_is_unrealised() {
        reads(
            "Iran wants Europe to lift its sanctions.",
            &[
                "actual demand [iran] to [europe] ‹lift its sanctions›",
                "unrealised concede [europe] ‹its sanctions›",
            ],
        );
        reads(
            "Egypt urged Hamas to accept the truce.",
            &[
                "actual demand [egypt] to [hamas] ‹accept the truce›",
                "unrealised accept [hamas] ‹the truce›",
            ],
        );
        reads(
            "Congo demanded that Rwanda withdraw its troops.",
            &[
                "actual demand [democratic-republic-of-the-congo] ‹Rwanda withdraw its troops›",
                "unrealised withdraw [rwanda] ‹its troops›",
            ],
        );
        reads(
            "China wanted to attack Taiwan.",
            &["actual intend [china] ‹attack Taiwan›", "unrealised attack [china] to [taiwan]"],
        );
        reads(
            "Israel threatened to annex the valley.",
            &[
                "actual threaten [israel] ‹annex the valley›",
                "unrealised coerce [israel] ‹the valley›",
            ],
        );
    }

    #[test]
    fn denying_a_fact() {
        reads(
            "Rwanda denied supporting the rebels.",
            &["negated aid [rwanda] to [“the rebels”] source [rwanda]"],
        );
        reads(
            "Rwanda denied that it had armed the rebels.",
            &["actual state [rwanda] ‹that it had armed the rebels›"],
        );
    }

    #[test]
    fn a_reason_or_a_time_of_a_refusal_is_actual() {
        reads(
            "Iran rejected the offer after Israel attacked Natanz.",
            &["actual reject [iran] ‹the offer›", "actual attack [israel] ‹Natanz›"],
        );
        reads(
            "Turkey rejected the plan because it wanted two states.",
            &["actual reject [turkey] ‹the plan›", "actual intend [turkey] ‹two states›"],
        );
    }

    #[test]
    fn has_yet_to_is_negated() {
        reads("Hamas has yet to accept the truce.", &["negated accept [hamas] ‹the truce›"]);
        reads("Cyprus has yet to sign the treaty.", &["negated cooperate [cyprus] ‹the treaty›"]);
    }

    #[test]
    fn far_from_is_negated() {
        reads(
            "Erdoğan is far from accepting the plan.",
            &["negated accept [recep-tayyip-erdogan] ‹the plan›"],
        );
        reads(
            "Congo is far from agreeing to a truce.",
            &["negated accept [democratic-republic-of-the-congo] ‹a truce›"],
        );
    }

    #[test]
    fn announced_unwillingness_is_refusal() {
        reads("Israel is not willing to leave Gaza.", &["actual reject [israel] ‹leave Gaza›"]);
    }

    #[test]
    fn what_is_to_happen_is_unrealised() {
        reads("Rwanda is to withdraw its troops.", &["unrealised withdraw [rwanda] ‹its troops›"]);
        reads(
            "Canada is to impose tariffs on Mexican steel.",
            &["unrealised withhold [canada] ‹tariffs on Mexican steel›"],
        );
        reads(
            "Macron and Starmer are to meet in Paris.",
            &["unrealised consult [emmanuel-macron, keir-starmer]"],
        );
    }

    #[test]
    fn what_only_is_so_is_no_act_to_come() {
        reads("Iran is said to have accepted the offer.", &["actual accept [iran] ‹the offer›"]);
        reads("Egypt is ready.", &[]);
    }

    #[test]
    fn a_finite_verb_shares_no_negation() {
        reads("Iran was no party to the deal and rejects it.", &["actual reject [iran] ‹it›"]);
        reads(
            "Kosovo is not a member of the union and demands a seat.",
            &["actual demand [kosovo] ‹a seat›"],
        );
        reads(
            "Serbia was not at the summit and rejected the plan.",
            &["actual reject [serbia] ‹the plan›"],
        );
    }

    #[test]
    fn a_bare_verb_shares_the_negation() {
        reads(
            "Canada did not sign or accept the deal.",
            &["negated cooperate [canada] ‹the deal›", "negated accept [canada] ‹the deal›"],
        );
        reads(
            "Hamas did not reject or accept the offer.",
            &["negated reject [hamas] ‹the offer›", "negated accept [hamas] ‹the offer›"],
        );
    }

    #[test]
    fn what_nothing_suggests_is_negated() {
        reads("Nothing suggests that Rwanda attacked Goma.", &["negated attack [rwanda] ‹Goma›"]);
        reads(
            "Nothing shows that Egypt rejected the plan.",
            &["negated reject [egypt] ‹the plan›"],
        );
        reads(
            "No evidence suggests that Turkey armed the rebels.",
            &["negated aid [turkey] to [“the rebels”]"],
        );
        reads(
            "There is nothing to suggest that Chad attacked Sudan.",
            &["negated attack [chad] to [sudan]"],
        );
        reads("There is no evidence that Iran attacked Erbil.", &["negated attack [iran] ‹Erbil›"]);
    }

    #[test]
    fn what_something_suggests_is_not() {
        reads(
            "The report suggests that Turkey armed the rebels.",
            &["actual aid [turkey] to [“the rebels”] source [“The report”]"],
        );
        reads("The map shows that Rwanda attacked Goma.", &["actual attack [rwanda] ‹Goma›"]);
    }

    #[test]
    fn events_that_are_denied() {
        reads(
            "Hamas denied that talks took place.",
            &["actual state [hamas] ‹that talks took place›", "negated consult [] source [hamas]"],
        );
        reads(
            "Serbia denied that negotiations took place.",
            &[
                "actual state [serbia] ‹negotiations took place›",
                "negated consult [] source [serbia]",
            ],
        );
        reads(
            "Canada said that talks took place.",
            &["actual state [canada] ‹talks took place›", "actual consult [] source [canada]"],
        );
        reads("Iran denied that rain fell.", &["actual state [iran] ‹rain fell›"]);
    }

    #[test]
    fn a_deed_that_is_rejected_is_unrealised() {
        reads(
            "Hamas rejected the deployment of peacekeepers.",
            &[
                "actual reject [hamas] ‹the deployment of peacekeepers›",
                "unrealised mobilise [peacekeepers]",
            ],
        );
        reads(
            "Sudan rejected the deployment of Kenyan troops.",
            &[
                "actual reject [sudan] ‹the deployment of Kenyan troops›",
                "unrealised mobilise [kenyan-forces]",
            ],
        );
    }

    #[test]
    fn what_somebody_does_is_there_to_be_rejected() {
        reads(
            "Congo rejected Rwanda's deployment of troops.",
            &[
                "actual reject [democratic-republic-of-the-congo] ‹Rwanda's deployment of troops›",
                "actual mobilise [rwanda] ‹troops›",
            ],
        );
        reads(
            "Egypt rejected Israel's invasion of Rafah.",
            &[
                "actual reject [egypt] ‹Israel's invasion of Rafah›",
                "actual attack [israel] ‹Rafah›",
            ],
        );
    }

    #[test]
    fn what_somebody_said_is_there_to_be_rejected() {
        reads(
            "Hamas rejected the Israeli demand.",
            &["actual reject [hamas] ‹the Israeli demand›", "actual demand [israel]"],
        );
        reads(
            "Mexico rejected the American threat.",
            &["actual reject [mexico] ‹the American threat›", "actual threaten [united-states]"],
        );
    }

    #[test]
    fn far_from_something() {
        reads(
            "Rwanda is far from withdrawing its troops.",
            &["negated withdraw [rwanda] ‹its troops›"],
        );
        reads("Goma is far from Kinshasa.", &[]);
    }

    #[test]
    fn neither_nor() {
        reads(
            "Neither Hamas nor Israel rejected the plan.",
            &["negated reject [hamas, israel] ‹the plan›"],
        );
        reads(
            "Neither Sisi nor Netanyahu has agreed to a pause.",
            &["negated accept [abdel-fattah-el-sisi, benjamin-netanyahu] ‹a pause›"],
        );
        reads(
            "Neither Egypt nor Sudan accepted the offer.",
            &["negated accept [egypt, sudan] ‹the offer›"],
        );
        reads(
            "Both Egypt and Sudan accepted the offer.",
            &["actual accept [egypt, sudan] ‹the offer›"],
        );
    }

    #[test]
    fn what_is_asked_in_exchange_is_unrealised() {
        reads(
            "The prisoners were freed in exchange for a withdrawal by Israel.",
            &["actual concede [] ‹The prisoners›", "unrealised withdraw [israel]"],
        );
        reads(
            "Iran demanded guarantees in exchange for a withdrawal by Rwanda.",
            &[
                "actual demand [iran] ‹guarantees in exchange for a withdrawal by Rwanda›",
                "unrealised withdraw [rwanda]",
            ],
        );
        reads(
            "Egypt praised a withdrawal by Israel.",
            &["actual accept [egypt] ‹a withdrawal by Israel›", "actual withdraw [israel]"],
        );
    }

    #[test]
    fn an_auxiliary_before_its_subject_opens_a_condition() {
        reads(
            "Had Sudan accepted the map, Egypt would have signed the accord.",
            &["unrealised accept [sudan] ‹the map›", "unrealised cooperate [egypt] ‹the accord›"],
        );
        reads("Sudan had accepted the map.", &["actual accept [sudan] ‹the map›"]);
    }

    #[test]
    fn not_a_single_member_is_nobody() {
        reads(
            "Not a single member of the council accepted the map.",
            &["negated accept [“Not a single member of the council”] ‹the map›"],
        );
    }
}

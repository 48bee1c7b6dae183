use crate::named::named;

named! {
    /// A dependency relation of Universal Dependencies v2, with the subtype: those that the
    /// annotator tells apart.
    pub enum Deprel {
        /// Clause that says more of a noun.
        Acl = "acl",
        /// Relative clause of a noun.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Relative clause of a clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective before or after a noun.
        Amod = "amod",
        /// Second name of the same thing.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Auxiliary of the passive.
        AuxPass = "aux:pass",
        /// Preposition, or "'s".
        Case = "case",
        /// Conjunction.
        Cc = "cc",
        /// Conjunction before the first of two ("both").
        CcPreconj = "cc:preconj",
        /// Clause in place of an object.
        Ccomp = "ccomp",
        /// Noun before a noun.
        Compound = "compound",
        /// Particle of a verb.
        CompoundPrt = "compound:prt",
        /// What is coordinated with the first.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause in place of a subject.
        Csubj = "csubj",
        /// Clause in place of a subject, its predicate being a clause.
        CsubjOuter = "csubj:outer",
        /// Clause in place of the subject of a passive.
        CsubjPass = "csubj:pass",
        /// Some relation.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Determiner before the determiner ("all the").
        DetPredet = "det:predet",
        /// Interjection.
        Discourse = "discourse",
        /// What stands outside and is taken up inside.
        Dislocated = "dislocated",
        /// "there", or "it" that means nothing.
        Expl = "expl",
        /// Later word of a fixed phrase.
        Fixed = "fixed",
        /// Later word of a name.
        Flat = "flat",
        /// Later part of one word.
        Goeswith = "goeswith",
        /// First of two objects.
        Iobj = "iobj",
        /// Later item of a list.
        List = "list",
        /// Word that opens a clause.
        Mark = "mark",
        /// Phrase that says more of a noun.
        Nmod = "nmod",
        /// Title before a name.
        NmodDesc = "nmod:desc",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Phrase without a preposition, of a noun.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject whose predicate is a clause.
        NsubjOuter = "nsubj:outer",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Number.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Phrase that says more of a verb.
        Obl = "obl",
        /// Agent of a passive.
        OblAgent = "obl:agent",
        /// Phrase without a preposition, of a verb.
        OblUnmarked = "obl:unmarked",
        /// What is left where a verb is left out.
        Orphan = "orphan",
        /// Sentence beside the sentence.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// What the speaker takes back.
        Reparandum = "reparandum",
        /// Root of a sentence.
        Root = "root",
        /// Who is spoken to.
        Vocative = "vocative",
        /// Complement whose subject stands above.
        Xcomp = "xcomp",
    }
}

impl Deprel {
    /// Is it the relation, or a subtype of it?
    ///
    /// ```
    /// use demarche::annotate::Deprel;
    /// assert!(Deprel::NsubjPass.is(Deprel::Nsubj));
    /// assert!(!Deprel::Nsubj.is(Deprel::NsubjPass) && !Deprel::Nsubj.is(Deprel::Nmod));
    /// ```
    pub fn is(self, relation: Self) -> bool {
        let rest = self.as_str().strip_prefix(relation.as_str());
        self == relation || rest.is_some_and(|rest| rest.starts_with(':'))
    }

    /// Is it that of a relative clause?
    pub fn is_relative(self) -> bool {
        matches!(self, Self::AclRelcl | Self::AdvclRelcl)
    }
}

//! The word classes, traits of acts and families of word classes that the program asks for:
//! each stands here once, and `check` compares them with the Turtle files both ways.

use crate::named::named;

named! {
    /// How a person is spoken of, `dm:gender`.
    pub enum Gender {
        /// As "he".
        Male = "male",
        /// As "she".
        Female = "female",
    }
}

named! {
    /// How whoever does an act stands to its matter, `dm:stance`.
    pub enum ActStance {
        /// For it.
        For = "for",
        /// Against it.
        Against = "against",
    }
}

named! {
    /// What an act says of the acts inside its matter, `dm:contentStatus`.
    pub enum ContentStatus {
        /// They are done: "regrets that it left".
        Actual = "actual",
        /// They are not done: "denies that it left".
        Negated = "negated",
        /// They are looked ahead to: "wants it to leave".
        Unrealised = "unrealised",
        /// They give no claims of their own: "avoided leaving".
        Nothing = "none",
    }
}

named! {
    /// A class of words that the program asks for, `dm:WordClass`. Which words are in it, and
    /// what they do in a sentence, its entry in the ontology says.
    pub enum WordClass {
        /// Auxiliaries of ability.
        AbleModal = "able-modal",
        /// Words that name whom to believe.
        AccordingTo = "according-to",
        /// Nouns for somebody's way of telling.
        AccountNoun = "account-noun",
        /// Nouns for those who act for somebody.
        ActorDelegate = "actor-delegate",
        /// Nouns for actors in questions.
        ActorNoun = "actor-noun",
        /// Marks of whoever does what is told in the passive.
        AgentMark = "agent-mark",
        /// Adverbs that count back.
        Ago = "ago",
        /// Words for all of so many.
        AllOf = "all-of",
        /// Conjunctions of time that leave open nothing.
        AheadConjunction = "ahead-conjunction",
        /// Marks of what is waited for or got in return.
        AimMark = "aim-mark",
        /// Labels of those who answer in a transcript.
        AnswerLabel = "answer-label",
        /// Marks of whom a verb of control has do something.
        AppealMark = "appeal-mark",
        /// Interrogatives for actors.
        AsksActor = "asks-actor",
        /// Adverbs that ask alone.
        AsksAdverb = "asks-adverb",
        /// Words for being against something.
        AsksAgainst = "asks-against",
        /// Nouns for amounts in questions.
        AsksAmount = "asks-amount",
        /// Words for agreement.
        AsksAgreement = "asks-agreement",
        /// Words for being central.
        AsksCentrality = "asks-centrality",
        /// Words for change.
        AsksChange = "asks-change",
        /// Words of comparison.
        AsksComparison = "asks-comparison",
        /// Words for a condition in questions.
        AsksCondition = "asks-condition",
        /// Words for being connected.
        AsksConnection = "asks-connection",
        /// Words for disagreement.
        AsksDispute = "asks-dispute",
        /// Nouns for documents in questions.
        AsksDocument = "asks-document",
        /// Words of duty in questions.
        AsksDuty = "asks-duty",
        /// Words for happening.
        AsksEvent = "asks-event",
        /// Words for being for something.
        AsksFor = "asks-for",
        /// Verbs of giving up.
        AsksGivingUp = "asks-giving-up",
        /// Words that ask who somebody is.
        AsksIdentity = "asks-identity",
        /// Words that ask for a list.
        AsksList = "asks-list",
        /// Interrogatives of degree.
        AsksMeasure = "asks-measure",
        /// Verbs of mentioning in questions.
        AsksMention = "asks-mention",
        /// Words for what somebody is after.
        AsksMind = "asks-mind",
        /// Interrogatives for actors that something is done to.
        AsksObject = "asks-object",
        /// Words for one before a unit of time.
        AsksOne = "asks-one",
        /// Interrogatives for places.
        AsksPlace = "asks-place",
        /// Interrogatives for reasons.
        AsksReason = "asks-reason",
        /// Words for saying in a question.
        AsksSaying = "asks-saying",
        /// Verbs of signing.
        AsksSigning = "asks-signing",
        /// Words for standing.
        AsksStance = "asks-stance",
        /// Interrogatives for things.
        AsksThing = "asks-thing",
        /// Interrogatives for times.
        AsksTime = "asks-time",
        /// Prepositions before what a position is about.
        AsksTopic = "asks-topic",
        /// Aspectual and implicative verbs.
        Aspectual = "aspectual",
        /// Nouns of beginning and going on.
        AspectualNoun = "aspectual-noun",
        /// Verbs of attempt.
        Attempt = "attempt",
        /// Conjunctions that return to the author.
        AuthorMarker = "author-marker",
        /// Nouns before those in whose place somebody acts.
        Behalf = "behalf",
        /// Marks of what something belongs to or is done to.
        BelongingMark = "belonging-mark",
        /// Words for two.
        Both = "both",
        /// Second words of a question that goes on.
        CarriesAbout = "carries-about",
        /// First words of a question that goes on.
        CarriesOn = "carries-on",
        /// Marks of what ends something from outside.
        CauseMark = "cause-mark",
        /// Marks of what somebody is blamed for.
        ChargeMark = "charge-mark",
        /// Marks of a clause that is said or wanted.
        ClauseMark = "clause-mark",
        /// Marks of with whom something is done.
        CompanyMark = "company-mark",
        /// Nouns for companies.
        CompanyNoun = "company-noun",
        /// Markers of conditions.
        ConditionMarker = "condition-marker",
        /// Words that close a letter.
        ClosingWord = "closing-word",
        /// Conditional conjunctions.
        Conditional = "conditional",
        /// Words of contrast between what is not meant and what is.
        ContrastWord = "contrast-word",
        /// Marks of what another than the subject does.
        ControlMark = "control-mark",
        /// The copula.
        Copula = "copula",
        /// Nouns for the holder of the same office elsewhere.
        Counterpart = "counterpart",
        /// The definite article.
        DefiniteArticle = "definite-article",
        /// Demonstratives.
        Demonstrative = "demonstrative",
        /// Marks of what an act depends on.
        DependenceMark = "dependence-mark",
        /// Endings of adjectives of states.
        DemonymEnding = "demonym-ending",
        /// Conjunctions that deny.
        DenyingConjunction = "denying-conjunction",
        /// Determiners that deny.
        DenyingDeterminer = "denying-determiner",
        /// Adverbs that with "from" deny.
        DistanceNegator = "distance-negator",
        /// Verbs that stand for the one before.
        EchoVerb = "echo-verb",
        /// Words beside such a verb that say it of another, too.
        EchoWord = "echo-word",
        /// Nouns of evidence.
        EvidenceNoun = "evidence-noun",
        /// Verbs of evidence.
        EvidenceVerb = "evidence-verb",
        /// Words that leave a member of a list out.
        ExcludingWord = "excluding-word",
        /// Nouns of exchange.
        ExchangeNoun = "exchange-noun",
        /// Surnames that stand first.
        FamilyNameFirst = "family-name-first",
        /// First person plural.
        FirstPlural = "first-plural",
        /// First person singular.
        FirstSingular = "first-singular",
        /// Words that carry a question on.
        FollowUp = "follow-up",
        /// Words that announce what comes next.
        FollowingWord = "following-word",
        /// Nouns for a number that is disputed.
        FigureNoun = "figure-noun",
        /// Words for the first of two.
        Former = "former",
        /// Modals of the future.
        FutureModal = "future-modal",
        /// Verbs that with "to" tell the future.
        FutureVerb = "future-verb",
        /// Endings of gerunds.
        GerundEnding = "gerund-ending",
        /// Given names of women.
        GivenNameFemale = "given-name-female",
        /// Given names of men.
        GivenNameMale = "given-name-male",
        /// Marks of to whom something is clear or said.
        GoalMark = "goal-mark",
        /// Nouns for groups that speak or act.
        GroupNoun = "group-noun",
        /// Masculine pronouns.
        He = "he",
        /// Hedges that leave the status.
        HedgeNeutral = "hedge-neutral",
        /// Hedges that make unrealised.
        HedgeUnrealised = "hedge-unrealised",
        /// Verbs whose passive is nobody's act.
        ImpersonalPassive = "impersonal-passive",
        /// Negative implicative verbs.
        ImplicativeNegative = "implicative-negative",
        /// Words before members of a group.
        Including = "including",
        /// Determiners of one among several.
        IndefiniteDeterminer = "indefinite-determiner",
        /// Marks of an infinitive.
        InfinitiveMark = "infinitive-mark",
        /// Marks of what something is in.
        InsideMark = "inside-mark",
        /// Interrogative words.
        Interrogative = "interrogative",
        /// Neuter pronouns.
        It = "it",
        /// Auxiliaries that open a condition.
        InvertingAuxiliary = "inverting-auxiliary",
        /// Words after a name before others who do the same.
        JoinedBy = "joined-by",
        /// The conjunction that joins.
        Joining = "joining",
        /// Adjectives of what several make together.
        Joint = "joint",
        /// Words for the second of two.
        Latter = "latter",
        /// Nouns for legislatures.
        LegislatureNoun = "legislature-noun",
        /// Offices at the head of a state or government.
        LeadingOffice = "leading-office",
        /// Words that open a letter.
        LetterOpening = "letter-opening",
        /// Marks of what something is taken for.
        LikenessMark = "likeness-mark",
        /// Words before an office that is none any more.
        LapsedMark = "lapsed-mark",
        /// Words between asking for a list and what is listed.
        ListFiller = "list-filler",
        /// Marks before all the members of a group.
        ListMark = "list-mark",
        /// Words that say which are to be listed.
        ListRelative = "list-relative",
        /// Verbs whose clause can be in the subjunctive.
        MandativeVerb = "mandative-verb",
        /// Words for what was agreed.
        MatterAgreed = "matter-agreed",
        /// Words that join.
        MatterAnd = "matter-and",
        /// Words that lead away from the matter.
        MatterAside = "matter-aside",
        /// Words for breaking an agreement.
        MatterBreach = "matter-breach",
        /// Words that end the head of a phrase.
        MatterBreak = "matter-break",
        /// Words that carry another matter.
        MatterCarrier = "matter-carrier",
        /// Change: an end.
        MatterChangeEnd = "matter-change-end",
        /// Change: a beginning.
        MatterChangeStart = "matter-change-start",
        /// Definite determiners.
        MatterDefinite = "matter-definite",
        /// Words that tell no matter from another.
        MatterFiller = "matter-filler",
        /// Finite verbs.
        MatterFinite = "matter-finite",
        /// Words of force.
        MatterForce = "matter-force",
        /// Words for going on.
        MatterGoesOn = "matter-goes-on",
        /// Words for a halt.
        MatterHalt = "matter-halt",
        /// Prepositions of place.
        MatterIn = "matter-in",
        /// Indefinite determiners.
        MatterIndefinite = "matter-indefinite",
        /// Modal verbs.
        MatterModal = "matter-modal",
        /// Words that stand for a matter.
        MatterPronoun = "matter-pronoun",
        /// Words that begin a clause.
        MatterRelative = "matter-relative",
        /// Nouns for talks.
        MatterTalk = "matter-talk",
        /// Nouns that alone mean a ceasefire.
        MatterTruce = "matter-truce",
        /// Words for a war.
        MatterWar = "matter-war",
        /// Prepositions of means and of cases.
        MeansPreposition = "means-preposition",
        /// Words of length after "how".
        MeasureDuration = "measure-duration",
        /// Words of quantity after "how".
        MeasureQuantity = "measure-quantity",
        /// Nouns for those and for what a body acts by.
        MemberNoun = "member-noun",
        /// What parts of a government are called.
        MinistryNoun = "ministry-noun",
        /// Modals.
        Modal = "modal",
        /// Months.
        Month = "month",
        /// Verbs of doing together.
        MutualVerb = "mutual-verb",
        /// Particles that begin a surname in lower case.
        NameParticle = "name-particle",
        /// Words that a negator before them denies alone.
        NegatedLimit = "negated-limit",
        /// Negative determiners and pronouns.
        NegativeDeterminer = "negative-determiner",
        /// Negative pronouns.
        NegativePronoun = "negative-pronoun",
        /// Negators.
        Negator = "negator",
        /// Nouns for the state beside another.
        Neighbour = "neighbour",
        /// Words for the day after.
        NextDay = "next-day",
        /// Number words.
        NumberWord = "number-word",
        /// Verbs of object control.
        ObjectControl = "object-control",
        /// Modals of obligation.
        Obligation = "obligation",
        /// Verbs of obligation.
        ObligingVerb = "obliging-verb",
        /// Prepositions of occasion.
        OccasionPreposition = "occasion-preposition",
        /// Prepositions before the body of an office.
        OfficePreposition = "office-preposition",
        /// Words after a name before the group that it speaks for.
        OnBehalf = "on-behalf",
        /// Words for any of two.
        OneOfTwo = "one-of-two",
        /// Endings of ordinals in digits.
        OrdinalEnding = "ordinal-ending",
        /// Nouns that point back at an organisation.
        OrganisationNoun = "organisation-noun",
        /// Marks of where something comes from.
        OriginMark = "origin-mark",
        /// Verbs of origin.
        OriginVerb = "origin-verb",
        /// Possessive pronouns.
        OwningPronoun = "owning-pronoun",
        /// Nouns for one of two parties.
        PairNoun = "pair-noun",
        /// Limits that part a matter from the whole.
        PartIssue = "part-issue",
        /// Nouns for a part of a proposal.
        PartNoun = "part-noun",
        /// Endings of participles.
        ParticipleEnding = "participle-ending",
        /// Adjectives of what two do with each other.
        TwoSided = "two-sided",
        /// Words before the parties of talks.
        PartyMark = "party-mark",
        /// Nouns for the parties to talks.
        PartyNoun = "party-noun",
        /// Prepositions that name whom to believe.
        PerMark = "per-mark",
        /// Auxiliaries of the perfect.
        PerfectAuxiliary = "perfect-auxiliary",
        /// Words that leave the beginning out.
        PeriodAfter = "period-after",
        /// Words that leave the end out.
        PeriodBefore = "period-before",
        /// Words before two dates.
        PeriodBetween = "period-between",
        /// Words inside a date.
        PeriodFiller = "period-filler",
        /// Words before the beginning of a stretch of time.
        PeriodFrom = "period-from",
        /// Words before a month or year.
        PeriodIn = "period-in",
        /// Words between two dates.
        PeriodJoint = "period-joint",
        /// Words before the end of a stretch of time.
        PeriodUntil = "period-until",
        /// Nouns for persons who speak or act.
        PersonNoun = "person-noun",
        /// Nouns for places in questions.
        PlaceNoun = "place-noun",
        /// Prepositions of place.
        PlacePreposition = "place-preposition",
        /// Forms of the pluperfect.
        Pluperfect = "pluperfect",
        /// Endings of plurals.
        PluralEnding = "plural-ending",
        /// Nouns that mean one body in the plural.
        PluralOnly = "plural-only",
        /// Determiners that point.
        PointingDeterminer = "pointing-determiner",
        /// Marks of a possessor.
        PossessiveMark = "possessive-mark",
        /// Adjectives of possibility.
        PossibilityAdjective = "possibility-adjective",
        /// Words for the day before.
        PreviousDay = "previous-day",
        /// Privative adverbs.
        PrivativeAdverb = "privative-adverb",
        /// Privative prepositions.
        PrivativePreposition = "privative-preposition",
        /// Verbs that stand for any act.
        ProVerb = "pro-verb",
        /// Nouns that point back at a proposal.
        ProposalNoun = "proposal-noun",
        /// Support verbs that look ahead.
        ProspectiveSupportVerb = "prospective-support-verb",
        /// Purpose markers.
        Purpose = "purpose",
        /// Words of approximate quantity.
        QuantityApproximate = "quantity-approximate",
        /// Words for how many.
        QuantityWord = "quantity-word",
        /// Words of a question that carry no content.
        QuestionFiller = "question-filler",
        /// Labels of those who ask in a transcript.
        QuestionLabel = "question-label",
        /// Quotation marks.
        QuoteMark = "quote-mark",
        /// Verbs of making happen.
        RealisingControl = "realising-control",
        /// Verbs that only realise an event noun.
        RealisingVerb = "realising-verb",
        /// Markers of reasons.
        ReasonMarker = "reason-marker",
        /// Marks of to whom something is done.
        RecipientMark = "recipient-mark",
        /// Reflexive pronouns.
        Reflexive = "reflexive",
        /// Relative pronouns.
        Relative = "relative",
        /// Days relative to the text's date.
        RelativeDay = "relative-day",
        /// Relative pronouns for whoever acts.
        RelativePerson = "relative-person",
        /// Modifiers that look ahead.
        RelativeTimeFuture = "relative-time-future",
        /// Modifiers of the present.
        RelativeTimeNow = "relative-time-now",
        /// Modifiers that look back.
        RelativeTimePast = "relative-time-past",
        /// Words that end a report.
        ReportBreak = "report-break",
        /// Verbs that go on with a report.
        ReportAdding = "report-adding",
        /// Words that carry a report on.
        ReportContinuation = "report-continuation",
        /// Wholes.
        SameWhole = "same-whole",
        /// Words that deny in reply.
        SaysNo = "says-no",
        /// Words that affirm in reply.
        SaysYes = "says-yes",
        /// Second person.
        Second = "second",
        /// Prepositions of settings.
        SettingPreposition = "setting-preposition",
        /// Feminine pronouns.
        She = "she",
        /// Adjectives of conviction.
        SpeechAdjective = "speech-adjective",
        /// Verbs of saying and thinking.
        SpeechVerb = "speech-verb",
        /// Words of conditional acceptance.
        StanceConditional = "stance-conditional",
        /// Nouns that point back at a state.
        StateNoun = "state-noun",
        /// Nouns for one of two states.
        StatePairNoun = "state-pair-noun",
        /// Nouns for statements.
        StatementNoun = "statement-noun",
        /// Verbs of states of things.
        StativeVerb = "stative-verb",
        /// Words of stopping.
        Stopper = "stopper",
        /// Pronouns that are subjects.
        SubjectPronoun = "subject-pronoun",
        /// Words that ask for the first of all.
        Superlative = "superlative",
        /// Support verbs.
        SupportVerb = "support-verb",
        /// Plural pronouns.
        They = "they",
        /// Nouns for times in questions.
        TimeNoun = "time-noun",
        /// Units of time.
        TimeUnit = "time-unit",
        /// Titles before names.
        Title = "title",
        /// Titles of women.
        TitleFemale = "title-female",
        /// Titles of men.
        TitleMale = "title-male",
        /// Transparent nouns.
        TransparentNoun = "transparent-noun",
        /// Adjectives of truth.
        TruthAdjective = "truth-adjective",
        /// Verbs that promise nothing.
        UncommittingVerb = "uncommitting-verb",
        /// Adjectives of untruth.
        UntruthAdjective = "untruth-adjective",
        /// Marks of whose words something is.
        VoiceMark = "voice-mark",
        /// Days of the week.
        Weekday = "weekday",
        /// Wholes that exclude a part.
        WholeIssue = "whole-issue",
        /// Marks of what is wanted.
        WishMark = "wish-mark",
        /// Words for what is still to be done.
        YetTo = "yet-to",
    }
}

named! {
    /// What sets an act apart from others where texts are read, compared and asked about,
    /// `dm:trait`.
    pub enum ActTrait {
        /// Takes up what was put forward; what one side takes up on one issue is likely one proposal.
        Acceptance = "acceptance",
        /// Its noun stands as a claim though nobody is named (codebook rule 11).
        Agentless = "agentless",
        /// Is one act when told by a verb and its object: "signed an accord".
        Agreeing = "agreeing",
        /// Answers somebody else's proposal or demand; nobody does so to his own.
        Answering = "answering",
        /// Its clause needs no "must" of its own: "suggested that they should meet".
        Asking = "asking",
        /// The blamed has done its matter: "accused Iran of violations".
        Blaming = "blaming",
        /// Its noun can be said to be its matter: "the aim is peace".
        Content = "content",
        /// Its matter is what is done or hit, not something put forward.
        Deed = "deed",
        /// What it is about is what the one addressed must do.
        Duty = "duty",
        /// Happens at a time between participants.
        Event = "event",
        /// Can be granted "only if" something is got for it.
        Granting = "granting",
        /// Only one side can have done it: where the accused says that another did, the two are at odds.
        Harm = "harm",
        /// Only somebody does it, though the noun of its subject be unknown.
        Human = "human",
        /// "To" after it begins an infinitive ("wants to stop"), not a noun ("agrees to talks").
        Infinitive = "infinitive",
        /// In a matter any word for it is met by any other word for it: "strikes", "attacks".
        Interchangeable = "interchangeable",
        /// Its partners take part alike, so that "the call" can go back to both.
        Mutual = "mutual",
        /// An "it" or "the plan" can be its matter.
        OnProposals = "on-proposals",
        /// Belongs to the talks in which it is done.
        Outcome = "outcome",
        /// Can only be done to what is one's own: "French backing was withdrawn".
        Own = "own",
        /// Its subject can be what belongs to the agent: "Iran's terms require".
        Owned = "owned",
        /// Its noun with an article goes back to an event told before: "the call".
        Pointed = "pointed",
        /// "Will not" makes a refusal of it (codebook rule 13).
        Refusable = "refusable",
        /// Who does it about a deed does not do the deed.
        Refusing = "refusing",
        /// Is done by saying so; what is refused of it has been said.
        Said = "said",
        /// An adjective ascribes it to whoever is speaking: "it is unacceptable".
        Speaker = "speaker",
        /// Puts something forward; what one side puts forward on one issue is likely one proposal.
        Sponsor = "sponsor",
        /// Who stops doing it withholds: "stopped sharing intelligence".
        Stoppable = "stoppable",
        /// Is talks; what is agreed in talks is part of them.
        Talk = "talk",
        /// Who says that he will do it does not promise: harm is threatened, talk is talk.
        Uncommitting = "uncommitting",
    }
}

named! {
    /// What the words of a class with a value give, `dm:family`: "thirty" the number 30. A new
    /// value is a new class in the ontology, and no change here.
    pub enum Family {
        /// Words by which texts may say what a question asks about in another: they help to find
        /// sentences.
        Akin = "akin",
        /// On what conditions a matter is: `unconditional`.
        Condition = "condition",
        /// How many a word for several together counts: `3` of "trio".
        Ensemble = "ensemble",
        /// A kind of event: `call`.
        EventKind = "event-kind",
        /// The hours of a unit of time.
        Hours = "hours",
        /// Words that meet a question about words of the family `same` with the same value, but
        /// are not met by them.
        Meets = "meets",
        /// A number.
        Number = "number",
        /// A place in a row, 1 for the first.
        Ordinal = "ordinal",
        /// Words that mean the same in what is asked about.
        Same = "same",
        /// What part of a matter is meant: `energy`, `full`.
        Scope = "scope",
        /// How a word is written by mistake in a question.
        Slip = "slip",
        /// How letters of a name sound that are written in several ways: `k` of "gh" and "q".
        Sound = "sound",
        /// When a matter begins: `immediate`.
        Start = "start",
        /// For how long a matter is: `permanent`.
        Term = "term",
    }
}

impl Family {
    /// Are the values of the family whole numbers?
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Ensemble | Self::Hours | Self::Number | Self::Ordinal)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::finding::{Finding, Severity};
    use super::super::parsed::from_sources;
    use super::super::source::{Source, shipped_sources};
    use super::super::tests::choices;
    use super::*;

    const PREFIXES: &str = "@prefix dm: <https://w3id.org/demarche/ontology#> .
@prefix word: <https://w3id.org/demarche/ontology/word#> .
@prefix act: <https://w3id.org/demarche/ontology/act#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
";

    /// What is wrong with the shipped files and one more of that layer.
    fn findings(layer: usize, turtle: &str) -> Vec<Finding> {
        let mut sources = shipped_sources();
        let text = format!("{PREFIXES}{turtle}");
        sources.push(Source { name: "more.ttl".into(), text, layer });
        from_sources(&sources, Vec::new()).1
    }

    const CLASS: &str = "word:negatr a dm:WordClass ; rdfs:label \"x\"@en ; \
        rdfs:comment \"x\"@en ; dm:words \"nope\"";

    #[test]
    fn a_class_that_nothing_asks_for_is_an_error_where_it_is_shipped() {
        for (layer, severity) in [(0, Severity::Error), (1, Severity::Warning)] {
            let found = findings(layer, &format!("{CLASS} ."));
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].severity, severity);
            assert_eq!(
                found[0].to_string(),
                "more.ttl:5: word:negatr: a class that nothing asks for \
                 (did you mean word:negator?)"
            );
        }
    }

    #[test]
    fn a_class_with_a_value_needs_no_name() {
        assert_eq!(
            findings(1, &format!("{CLASS} ; dm:family \"scope\" ; dm:value \"lunar\" .")),
            []
        );
        let found = findings(1, &format!("{CLASS} ; dm:family \"scop\" ; dm:value \"lunar\" ."));
        assert_eq!(
            found[0].to_string(),
            "more.ttl:5: word:negatr: unknown dm:family \"scop\" (did you mean \"scope\"?)"
        );
        let found = findings(1, &format!("{CLASS} ; dm:family \"number\" ; dm:value \"ten\" ."));
        assert!(found[0].to_string().ends_with("(a whole number)"), "{found:?}");
    }

    #[test]
    fn a_class_that_no_file_has_is_an_error() {
        let sources: Vec<Source> = shipped_sources()
            .into_iter()
            .map(|mut source| {
                source.text = source.text.replace("word:negator a", "word:denier a");
                source
            })
            .collect();
        let found: Vec<String> =
            from_sources(&sources, Vec::new()).1.iter().map(Finding::to_string).collect();
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].contains("word:negator: the program asks for this class"), "{found:?}");
        assert!(found[1].starts_with("ontology/language.ttl:"), "{found:?}");
    }

    #[test]
    fn a_misspelt_trait_is_an_error() {
        let found = findings(1, "act:reject dm:trait \"anwsering\" ; dm:near act:acuse .");
        let found: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert_eq!(
            found,
            [
                "more.ttl:5: act:reject: dm:near act:acuse is not a dm:Act \
                 (did you mean act:accuse?)",
                "more.ttl:5: act:reject: unknown dm:trait \"anwsering\" \
                 (did you mean \"answering\"?)",
            ]
        );
    }

    #[test]
    fn the_vocabulary_lists_families_and_traits() {
        assert!(choices("dm:family").iter().eq(Family::ALL.iter().map(|f| f.as_str())));
        assert!(choices("dm:trait").iter().eq(ActTrait::ALL.iter().map(|t| t.as_str())));
    }

    /// The sources below a folder, but for this file.
    fn sources(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                text += &sources(&path);
            } else if !path.ends_with("ontology/class.rs") {
                text += &fs::read_to_string(&path).unwrap();
            }
        }
        text
    }

    #[test]
    fn every_class_family_and_trait_is_asked_for() {
        let text = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let names = WordClass::ALL.iter().map(|class| format!("WordClass::{class:?}"));
        let names = names.chain(ActTrait::ALL.iter().map(|what| format!("ActTrait::{what:?}")));
        let names = names.chain(Family::ALL.iter().map(|family| format!("Family::{family:?}")));
        let idle: Vec<String> = names
            .filter(|name| {
                !text.match_indices(name.as_str()).any(|(at, _)| {
                    !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric())
                })
            })
            .collect();
        assert!(idle.is_empty(), "never asked for: {idle:?}");
    }
}

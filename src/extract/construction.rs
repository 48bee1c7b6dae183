//! The constructions that rules read: ways to put an act into a sentence.

use crate::named::named;

named! {
    /// A way to put an act into a sentence, by which a claim is found. Each has a file of this
    /// room, but for those of a noun, which share one.
    pub enum Construction {
        /// A verb with its subject: "Egypt proposed a truce".
        Active = "active",
        /// An adjective that ascribes an act: "the plan is unacceptable".
        Adjective = "adjective",
        /// What somebody says that he will do: "Chad said it would comply".
        Commitment = "commitment",
        /// What somebody makes depend on something: "only if the siege ends".
        Condition = "condition",
        /// The same said again of somebody else: "as did Portugal".
        Echo = "echo",
        /// A noun with an article that goes back to what those did who are told of before:
        /// "the call".
        EventMention = "event-mention",
        /// A noun that is the object of a verb of little meaning: "made an offer".
        LightVerb = "light-verb",
        /// A noun that says whose it is: "Egypt's proposal", "talks between Chad and Libya".
        Noun = "noun",
        /// A noun by means of which the subject does something: "used a veto".
        NounOfMeans = "noun-of-means",
        /// What must be done, in somebody's words: "the siege must end".
        Obligation = "obligation",
        /// A verb in the passive: "the plan was rejected by Libya".
        Passive = "passive",
    }
}

/// What [`Claim::extractor`](super::Claim::extractor) says of a claim that a construction of the
/// rules has found, or none of them, and that the network has seen or not.
pub(super) fn extractor(construction: Option<Construction>, seen: bool) -> String {
    match (construction, seen) {
        (None, _) => "model".to_owned(),
        (Some(construction), true) => format!("rules:{construction}+model"),
        (Some(construction), false) => format!("rules:{construction}"),
    }
}

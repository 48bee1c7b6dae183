//! What voices disagree on: for each rule the smallest pair that is a dispute, and
//! those that look like one and are none.

mod planted;
mod told;

use demarche::extract::Status;
use demarche::resolve::Dispute;
use told::{Told, resolved, told};

/// Kind and question of each dispute.
fn disputes<const N: usize>(claims: [Told; N]) -> Vec<String> {
    let disputes = resolved(claims).disputes;
    disputes.iter().map(|d: &Dispute| format!("{}: {}", d.kind, d.label)).collect()
}

#[test]
fn who_proposed_it() {
    let pause = "a pause in attacks on energy infrastructure";
    assert_eq!(
        disputes([
            told("1", 1, "Donald Trump", "propose", pause).source("Kremlin"),
            told("1", 2, "Vladimir Putin", "propose", pause)
                .status(Status::Unrealised)
                .quote("more likely Putin proposed it"),
        ]),
        ["agent: Who proposed the energy-infrastructure ceasefire?"]
    );
    let swap = "an exchange of 30 hostages";
    assert_eq!(
        disputes([
            told("1", 1, "Egypt", "propose", swap).source("Hamas"),
            told("1", 2, "Qatar", "propose", swap).source("Israel"),
        ]),
        ["agent: Who proposed the exchange of 30 hostages?"]
    );
    let truce = "the ceasefire in Kashmir";
    assert_eq!(
        disputes([
            told("1", 1, "Pakistan", "demand", truce).source("India"),
            told("1", 2, "India", "demand", truce).source("Pakistan"),
        ]),
        ["agent: Who asked for the ceasefire in Kashmir?"]
    );
}

#[test]
fn two_may_propose_the_same() {
    let pause = "a pause in attacks on energy infrastructure";
    for claims in [
        // told by one voice
        [
            told("1", 1, "Donald Trump", "propose", pause),
            told("1", 2, "Vladimir Putin", "propose", pause),
        ],
        // a leader and his state are one side
        [
            told("1", 1, "Russia", "propose", pause).source("Kremlin"),
            told("2", 1, "Vladimir Putin", "propose", pause).source("White House"),
        ],
        // each tells of himself
        [
            told("1", 1, "France", "propose", pause).source("France"),
            told("2", 1, "Turkey", "propose", pause).source("Turkey"),
        ],
        // only a condition
        [
            told("1", 1, "Donald Trump", "propose", pause).source("Kremlin"),
            told("1", 2, "Vladimir Putin", "propose", pause)
                .status(Status::Unrealised)
                .quote("if Putin proposes it"),
        ],
        // both want it, nobody says that it was the other alone
        [
            told("1", 1, "Russia", "demand", pause).source("Ukraine"),
            told("1", 2, "Ukraine", "demand", pause),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn whether_it_was_accepted() {
    let truce = "a 30-day ceasefire";
    assert_eq!(
        disputes([
            told("1", 1, "Russia", "accept", truce).source("Kremlin"),
            told("2", 1, "Russia", "reject", truce),
        ]),
        ["status: Did Russia accept the 30-day ceasefire?"]
    );
    for claims in [
        // one voice that tells a change of mind
        [told("1", 1, "Russia", "accept", truce), told("1", 2, "Russia", "reject", truce)],
        // what may be is no contradiction of what is
        [
            told("1", 1, "Russia", "accept", truce).source("Kremlin"),
            told("2", 1, "Russia", "reject", truce).status(Status::Unrealised),
        ],
        // two sides
        [
            told("1", 1, "Ukraine", "accept", truce).source("Kremlin"),
            told("2", 1, "Russia", "reject", truce),
        ],
        // two matters
        [
            told("1", 1, "Russia", "accept", "a 30-day ceasefire").source("Kremlin"),
            told("2", 1, "Russia", "reject", "a 60-day ceasefire"),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn what_was_agreed() {
    let agreed = |matter, source| {
        told("1", if source == "Kremlin" { 1 } else { 2 }, "Vladimir Putin", "accept", matter)
            .source(source)
    };
    assert_eq!(
        disputes([
            agreed("an energy infrastructure ceasefire", "Kremlin"),
            agreed("an energy and infrastructure ceasefire", "White House"),
        ])
        .len(),
        1
    );
    // 30 days and a month are no dispute
    assert_eq!(
        disputes([
            agreed("a 30-day energy ceasefire", "Kremlin"),
            agreed("a month-long energy ceasefire", "White House"),
        ]),
        [""; 0]
    );
}

#[test]
fn whether_somebody_wants_it() {
    let not = |document, agent, matter| {
        told(document, 2, agent, "intend", matter).status(Status::Negated)
    };
    for (claims, question) in [
        (
            [
                told("1", 1, "Vladimir Putin", "intend", "to bring the war to an end")
                    .source("Donald Trump"),
                not("1", "Vladimir Putin", "peace").source("Ukraine"),
            ],
            "status: Does Vladimir Putin want peace?",
        ),
        // what two want, each wants; the state for its leader
        (
            [
                told("1", 1, "Donald Trump;Vladimir Putin", "intend", "peace"),
                not("2", "Russia", "peace").source("Ukraine"),
            ],
            "status: Does Russia want peace?",
        ),
        // to go on with the war is not to want its end
        (
            [
                told("1", 1, "Hamas", "intend", "peace").source("Qatar"),
                told("1", 2, "Hamas", "intend", "continue the war").source("Israel"),
            ],
            "status: Does Hamas want peace?",
        ),
        (
            [
                told("1", 1, "Iran", "intend", "a nuclear weapon").source("Israel"),
                not("1", "Iran", "nuclear weapons").source("Iran"),
            ],
            "status: Does Iran want nuclear weapons?",
        ),
    ] {
        assert_eq!(disputes(claims), [question]);
    }
    for claims in [
        // somebody else
        [
            told("1", 1, "Donald Trump", "intend", "peace").source("Kremlin"),
            not("1", "Vladimir Putin", "peace").source("Ukraine"),
        ],
        // one may want an end to sanctions and no sanctions
        [
            told("1", 1, "Iran", "intend", "an end to sanctions").source("Israel"),
            not("1", "Iran", "sanctions").source("Iran"),
        ],
        // a question or a condition
        [
            told("1", 1, "Vladimir Putin", "intend", "peace")
                .source("Donald Trump")
                .status(Status::Unrealised),
            not("1", "Vladimir Putin", "peace").source("Ukraine"),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn who_broke_the_truce() {
    for (claims, question) in [
        (
            [
                told("1", 1, "Israel", "breach", "the Gaza truce").source("Hamas"),
                told("1", 2, "Hamas", "breach", "the ceasefire").source("Israel"),
            ],
            "agent: Who broke the Gaza truce?",
        ),
        // an accusation is enough
        (
            [
                told("1", 1, "India", "accuse", "violating the ceasefire").to("Pakistan"),
                told("1", 2, "Pakistan", "accuse", "violations of the truce").to("India"),
            ],
            "agent: Who broke the ceasefire?",
        ),
        // the other side is heard, the author sees it the other way round
        (
            [
                told("1", 1, "Ukraine", "breach", "the agreements reached").source("Kremlin"),
                told("1", 2, "Russia", "breach", "several agreements"),
            ],
            "agent: Who broke the agreements reached?",
        ),
        (
            [
                told("1", 1, "Ukraine", "breach", "what was agreed").source("Kremlin"),
                told("1", 2, "Russia", "breach", "one agreement"),
            ],
            "agent: Who broke what was agreed?",
        ),
    ] {
        assert_eq!(disputes(claims), [question]);
    }
    for claims in [
        // one author tells of both
        [
            told("1", 1, "Russia", "breach", "the truce"),
            told("1", 2, "Ukraine", "breach", "the truce"),
        ],
        // one side
        [
            told("1", 1, "Russia", "breach", "the truce").source("Ukraine"),
            told("2", 2, "Vladimir Putin", "breach", "the truce"),
        ],
        // two things
        [
            told("1", 1, "Russia", "breach", "the truce").source("Ukraine"),
            told("1", 2, "Ukraine", "breach", "the Geneva Conventions").source("Kremlin"),
        ],
        // an accusation of something else
        [
            told("1", 1, "India", "accuse", "stalling talks").to("Pakistan"),
            told("1", 2, "Pakistan", "accuse", "stalling talks").to("India"),
        ],
        // a threat
        [
            told("1", 1, "Israel", "breach", "the truce").source("Hamas"),
            told("1", 2, "Hamas", "breach", "the truce")
                .source("Israel")
                .status(Status::Unrealised),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn who_struck_the_hospital() {
    let (named, again) = ("the al-Ahli hospital", "the hospital");
    assert_eq!(
        disputes([
            told("1", 1, "Israel", "attack", named).source("Hamas"),
            told("1", 2, "Palestinian Islamic Jihad", "attack", again).source("Israel"),
        ]),
        ["agent: Who attacked the al-Ahli hospital?"]
    );
    assert_eq!(
        disputes([
            told("1", 1, "Israel", "attack", named).source("Hamas"),
            told("1", 2, "Israel", "attack", again).status(Status::Negated).source("Israel"),
        ]),
        ["status: Did Israel attack the al-Ahli hospital?"]
    );
    for claims in [
        // two hospitals
        [
            told("1", 1, "Ukraine", "attack", "a hospital in Belgorod").source("Russia"),
            told("1", 2, "Russia", "attack", "a hospital in Kharkiv").source("Ukraine"),
        ],
        // some hospital
        [
            told("1", 1, "Ukraine", "attack", "a hospital").source("Russia"),
            told("1", 2, "Russia", "attack", "a hospital").source("Ukraine"),
        ],
        // two days
        [
            told("1", 1, "Ukraine", "attack", "the bridge").source("Russia").on("2025-03-01"),
            told("1", 2, "Russia", "attack", "the bridge").source("Ukraine").on("2025-03-09"),
        ],
        // a third side tells of another strike
        [
            told("1", 1, "Israel", "attack", named).source("Hamas"),
            told("1", 2, "Palestinian Islamic Jihad", "attack", again).source("Egypt"),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn whether_they_talked() {
    let talks = |agent, source| told("1", 1, agent, "consult", "talks").source(source);
    let not = |agent, to, source| {
        told("1", 2, agent, "consult", "talks").to(to).source(source).status(Status::Negated)
    };
    assert_eq!(
        disputes([
            talks("United States;China", "Donald Trump"),
            not("China", "United States", "China")
        ]),
        ["status: Did China and United States talk?"]
    );
    for claims in [
        // an onlooker does not deny
        [talks("United States;China", "Donald Trump"), not("China", "United States", "France")],
        // others
        [talks("United States;China", "Donald Trump"), not("China", "Japan", "China")],
        // two days
        [
            talks("United States;China", "Donald Trump").on("2025-04-24"),
            not("China", "United States", "China").on("2025-04-10"),
        ],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn how_many_were_killed() {
    let killed = |at, who, source| {
        told("1", at, "Israel", "attack", "").to(who).source(source).on("2025-03-18")
    };
    assert_eq!(
        disputes([killed(1, "404 people", "Hamas"), killed(2, "80 people", "Israel")]),
        ["quantity: How many people did Israel attack?"]
    );
    for claims in [
        [killed(1, "404 people", "Hamas"), killed(2, "80 fighters", "Israel")],
        [killed(1, "404 people", "Hamas"), killed(2, "404 people", "Israel")],
        [killed(1, "404 people", "Hamas"), killed(2, "80 people", "Israel").on("2025-03-20")],
    ] {
        assert_eq!(disputes(claims), [""; 0]);
    }
}

#[test]
fn how_a_proposal_is_answered() {
    let truce = "the 30-day ceasefire";
    assert_eq!(
        disputes([
            told("1", 1, "Ukraine", "accept", truce),
            told("1", 2, "Russia", "reject", truce),
            told("1", 3, "France", "accept", truce),
        ]),
        ["answer: Is “30-day ceasefire” accepted?"]
    );
}

#[test]
fn who_answers_twice_has_changed_his_mind() {
    let truce = "the 30-day ceasefire";
    assert_eq!(
        disputes([
            told("1", 1, "Russia", "accept", truce),
            told("1", 2, "Russia", "reject", truce),
        ]),
        [""; 0]
    );
    assert_eq!(
        disputes([
            told("1", 1, "Ukraine", "accept", truce),
            told("1", 2, "Russia", "reject", truce).status(Status::Unrealised),
        ]),
        [""; 0]
    );
}

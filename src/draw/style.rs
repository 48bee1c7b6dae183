use crate::extract::Status;
use crate::graph::Graph;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineStyle {
    /// `#rrggbb`.
    pub colour: &'static str,
    /// Its end.
    pub head: Head,
    /// Its stroke.
    pub dash: Dash,
}

/// The end of a line; tells acts apart where colour does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    /// A filled arrow.
    Arrow,
    /// An open arrow.
    Open,
    /// A diamond.
    Diamond,
    /// A bar: it goes no further.
    Bar,
    /// A disc.
    Dot,
    /// Nothing.
    None,
}

/// The stroke of a line; tells what was done from what was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dash {
    /// What was done.
    Solid,
    /// What is open: future, possible, wished.
    Dashed,
    /// What was not done.
    Dotted,
}

/// Colours and ends of acts, those that agree in cool colours, those that oppose
/// in warm ones; after Okabe and Ito's palette, which colour-blind people can tell
/// apart, darkened for thin lines on white.
const ACTS: [(&str, &str, Head); 20] = [
    ("accept", "#00806a", Head::Arrow),
    ("accuse", "#a8326d", Head::Open),
    ("aid", "#3d8b37", Head::Dot),
    ("attack", "#8b1a1a", Head::Arrow),
    ("breach", "#8b4a1a", Head::Bar),
    ("coerce", "#7a2a4a", Head::Arrow),
    ("concede", "#3a8f9e", Head::Open),
    ("consult", "#5f6b7a", Head::None),
    ("cooperate", "#4a7a2f", Head::Dot),
    ("demand", "#c07800", Head::Open),
    ("intend", "#7a5fb5", Head::Open),
    ("mobilise", "#80501f", Head::Dot),
    ("order", "#6b5b3a", Head::Open),
    ("promise", "#2f8fc4", Head::Dot),
    ("propose", "#00599c", Head::Diamond),
    ("reject", "#cc3311", Head::Bar),
    ("state", "#8a8f98", Head::Open),
    ("threaten", "#9e2a2a", Head::Diamond),
    ("withdraw", "#4f7d8c", Head::Dot),
    ("withhold", "#b5561f", Head::Bar),
];

/// Colour of what has none of its own.
pub(super) const GREY: &str = "#6f7782";

/// The style of an act; one that a user's ontology adds is grey.
pub(super) fn of_act(act: &str, status: Status) -> LineStyle {
    let (colour, head) = ACTS
        .iter()
        .find(|(known, ..)| *known == act)
        .map_or((GREY, Head::Arrow), |(_, colour, head)| (*colour, *head));
    LineStyle { colour, head, dash: of_status(status) }
}

/// The stroke of a status.
pub(super) fn of_status(status: Status) -> Dash {
    match status {
        Status::Actual => Dash::Solid,
        Status::Unrealised => Dash::Dashed,
        Status::Negated => Dash::Dotted,
    }
}

/// An act in words that follow its agent: "accepted", "did not accept", "may accept".
pub(super) fn verb(graph: &Graph, act: &str, status: Status) -> String {
    let known = graph.act(act);
    let base = known.map_or(act, |a| &a.label);
    match status {
        Status::Actual => known.map_or(act, |a| &a.past).to_owned(),
        Status::Negated => format!("did not {base}"),
        Status::Unrealised => format!("may {base}"),
    }
}

/// What the line styles of a drawing mean: one entry an act, then the strokes.
pub(super) fn legend(
    graph: &Graph,
    used: impl IntoIterator<Item = (String, Status)>,
) -> Vec<(LineStyle, String)> {
    let (mut acts, mut strokes) = (Vec::new(), Vec::new());
    for (act, status) in used {
        acts.push(act);
        strokes.push(status);
    }
    acts.sort_unstable();
    acts.dedup();
    strokes.sort_unstable();
    strokes.dedup();
    let mut legend: Vec<(LineStyle, String)> = acts
        .iter()
        .map(|act| (of_act(act, Status::Actual), verb(graph, act, Status::Actual)))
        .collect();
    for (status, words) in [
        (Status::Negated, "dotted: said not to be done"),
        (Status::Unrealised, "dashed: future, possible or wished"),
    ] {
        if strokes.contains(&status) {
            let style = LineStyle { colour: GREY, head: Head::None, dash: of_status(status) };
            legend.push((style, words.to_owned()));
        }
    }
    legend
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn every_shipped_act_has_a_style_and_no_other() {
        let styled: BTreeSet<&str> = ACTS.iter().map(|(act, ..)| *act).collect();
        let ontology = Ontology::shipped().unwrap();
        let shipped: BTreeSet<&str> = ontology.acts.iter().map(|act| act.id.as_str()).collect();
        assert_eq!(styled, shipped);
        assert_eq!(styled.len(), ACTS.len());
    }

    #[test]
    fn an_act_of_a_user_is_grey() {
        assert_eq!(of_act("mourn", Status::Actual).colour, GREY);
    }
}

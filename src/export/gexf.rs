//! Who does something to whom, over time, as GEXF 1.2 for Gephi.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::claim_ids;
use crate::escaped::xml_text;
use crate::graph::{Graph, Node};

/// Id, which is also the title, and type of what is told of a node.
const OF_NODES: [(&str, &str); 4] =
    [("kind", "string"), ("role", "string"), ("acts_for", "string"), ("claims", "integer")];
/// The same for an edge.
const OF_EDGES: [(&str, &str); 2] = [("acts", "string"), ("claims", "string")];

/// All that one actor does to another: places of claims by act and status.
type Deeds<'a> = BTreeMap<(&'a str, &'static str), Vec<usize>>;

/// Writes the actors, and an edge from each to each that it does something to. An edge weighs as
/// many claims as say so, and has a spell for each day or stretch of days that they tell of; so has
/// an actor. A claim without a day has that of its document.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut edges: BTreeMap<(usize, usize), Deeds<'_>> = BTreeMap::new();
    for (from, to, edge) in graph.act_edges() {
        let (Node::Actor(from), Node::Actor(to)) = (from, to) else { continue };
        let deeds = edges.entry((from, to)).or_default();
        deeds.entry((&edge.act, edge.status.as_str())).or_default().extend(&edge.claims);
    }
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("gexf")
        .with_attributes([("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")])
        .write_inner_content(|xml| {
            xml.create_element("meta").write_inner_content(|xml| {
                xml.create_element("creator").write_text_content(BytesText::new("demarche"))?;
                Ok(())
            })?;
            xml.create_element("graph")
                .with_attributes([("mode", "dynamic"), ("defaultedgetype", "directed")])
                .with_attribute(("timeformat", "date"))
                .write_inner_content(|xml| {
                    declare(xml, "node", &OF_NODES)?;
                    declare(xml, "edge", &OF_EDGES)?;
                    let days = graph.corpus().claim_days();
                    write_nodes(graph, &days, xml)?;
                    write_edges(graph, &edges, &days, xml)
                })?;
            Ok(())
        })?;
    xml.get_mut().write_all(b"\n")
}

/// The first and the last day of each claim.
type Days = [Option<(Date, Date)>];
type Xml<'a> = Writer<&'a mut dyn Write>;

fn declare(xml: &mut Xml<'_>, class: &str, all: &[(&str, &str)]) -> io::Result<()> {
    let attributes = xml.create_element("attributes");
    let attributes = attributes.with_attributes([("class", class), ("mode", "static")]);
    attributes.write_inner_content(|xml| {
        for &(id, kind) in all {
            let attribute = xml.create_element("attribute").with_attribute(("id", id));
            attribute.with_attributes([("title", id), ("type", kind)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_nodes(graph: &Graph, days: &Days, xml: &mut Xml<'_>) -> io::Result<()> {
    let actors = &graph.corpus().actors;
    let mut of_actor: Vec<Vec<usize>> = vec![Vec::new(); actors.len()];
    for (at, claim) in graph.corpus().claims.iter().enumerate() {
        let ids = claim.participants().filter_map(|it| graph.actor(it.id.as_deref()?));
        for actor in ids {
            if of_actor[actor].last() != Some(&at) {
                of_actor[actor].push(at);
            }
        }
    }
    xml.create_element("nodes").write_inner_content(|xml| {
        for (actor, claims) in actors.iter().zip(&of_actor) {
            let node = xml.create_element("node").with_attribute(("id", &*xml_text(&actor.id)));
            node.with_attribute(("label", &*xml_text(&actor.label))).write_inner_content(
                |xml| {
                    let count = claims.len().to_string();
                    let role = actor.role.as_deref().unwrap_or_default();
                    let acts_for = actor.acts_for.as_deref().unwrap_or_default();
                    tell(xml, &OF_NODES, [&actor.kind, role, acts_for, &count])?;
                    spells(xml, claims, days)
                },
            )?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_edges(
    graph: &Graph,
    edges: &BTreeMap<(usize, usize), Deeds<'_>>,
    days: &Days,
    xml: &mut Xml<'_>,
) -> io::Result<()> {
    let actors = &graph.corpus().actors;
    xml.create_element("edges").write_inner_content(|xml| {
        for (number, ((from, to), deeds)) in edges.iter().enumerate() {
            let mut claims: Vec<usize> = deeds.values().flatten().copied().collect();
            claims.sort_unstable();
            let acts = deeds.iter().map(|((act, status), claims)| match *status {
                "actual" => format!("{act} {}", claims.len()),
                other => format!("{act} ({other}) {}", claims.len()),
            });
            let acts = acts.collect::<Vec<_>>().join("; ");
            let edge = xml.create_element("edge");
            edge.with_attribute(("id", &*number.to_string()))
                .with_attribute(("source", &*xml_text(&actors[*from].id)))
                .with_attribute(("target", &*xml_text(&actors[*to].id)))
                .with_attribute(("weight", &*claims.len().to_string()))
                .write_inner_content(|xml| {
                    tell(xml, &OF_EDGES, [&acts, &claim_ids(graph, &claims, " ")])?;
                    spells(xml, &claims, days)
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Writes what is not empty of a node or an edge.
fn tell<const N: usize>(
    xml: &mut Xml<'_>,
    all: &[(&str, &str); N],
    values: [&str; N],
) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for ((id, _), value) in all.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
            let value = xml_text(value);
            let told = xml.create_element("attvalue");
            told.with_attributes([("for", *id), ("value", &*value)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Writes the times of claims, those that overlap or follow each other as one.
fn spells(xml: &mut Xml<'_>, claims: &[usize], days: &Days) -> io::Result<()> {
    let mut all: Vec<(Date, Date)> = claims.iter().filter_map(|at| days[*at]).collect();
    all.sort_unstable();
    let mut spells: Vec<(Date, Date)> = Vec::new();
    for (first, last) in all {
        match spells.last_mut() {
            Some((_, until)) if until.tomorrow().is_ok_and(|next| first <= next) => {
                *until = last.max(*until);
            }
            _ => spells.push((first, last)),
        }
    }
    if spells.is_empty() {
        return Ok(());
    }
    xml.create_element("spells").write_inner_content(|xml| {
        for (first, last) in spells {
            let spell = xml.create_element("spell").with_attribute(("start", &*first.to_string()));
            spell.with_attribute(("end", &*last.to_string())).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn written(graph: &Graph) -> String {
        let mut out = Vec::new();
        write(graph, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_edge_joins_two_actors_and_weighs_its_claims() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let text = written(&graph);
        let between = |from: &str, to: &str| format!("source=\"{from}\" target=\"{to}\" weight=");
        assert!(text.contains(&between("donald-trump", "russia")), "{text}");
        assert!(!text.contains("energy-truce\" weight"), "matters are no actors");
        assert!(text.contains("<spell start=\"2025-03-"), "{text}");
        assert_eq!(text.matches("<node ").count(), graph.corpus().actors.len());
    }

    #[test]
    fn days_that_follow_each_other_are_one_spell() {
        let day = |text: &str| Some((text.parse().unwrap(), text.parse().unwrap()));
        let days = [day("2025-03-18"), None, day("2025-03-19"), day("2025-03-25")];
        let mut out = Vec::new();
        let mut xml = Writer::new(&mut out as &mut dyn Write);
        spells(&mut xml, &[3, 0, 1, 2], &days).unwrap();
        let text = String::from_utf8(out).unwrap();
        let spell = |from, until| format!("<spell start=\"{from}\" end=\"{until}\"/>");
        let both = spell("2025-03-18", "2025-03-19") + &spell("2025-03-25", "2025-03-25");
        assert_eq!(text, format!("<spells>{both}</spells>"));
    }
}

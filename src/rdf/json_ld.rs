//! JSON-LD with a context: `"agent": "actor:russia"` where the expanded form has IRIs and arrays.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};

use super::naming::{Naming, namespace, prefixes};
use super::vocabulary;

/// How values of a property are written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Values {
    /// As the IRIs of things.
    Things,
    /// As literals of one type.
    Typed(String),
    /// As strings.
    Words,
}

/// The context of a graph: its prefixes, and the classes and properties of the vocabulary under their
/// own names.
#[derive(Debug, Clone)]
pub struct Context {
    prefixes: Vec<(String, String)>,
    classes: Vec<String>,
    properties: BTreeMap<String, Values>,
}

impl Context {
    /// That of a graph whose things are named so.
    pub fn new(naming: &Naming) -> Self {
        let own = namespace("dm");
        let mut kinds: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut ranges: BTreeMap<String, String> = BTreeMap::new();
        let owl = namespace("owl");
        for quad in vocabulary() {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let Some(local) = subject.as_str().strip_prefix(own) else { continue };
            let Term::NamedNode(object) = &quad.object else { continue };
            if quad.predicate == rdf::TYPE {
                let kind = match object.as_str().strip_prefix(owl) {
                    Some("Class") => "class",
                    Some("ObjectProperty") => "things",
                    Some("DatatypeProperty" | "AnnotationProperty") => "words",
                    _ => continue,
                };
                kinds.entry(local.to_owned()).or_insert(kind);
            } else if quad.predicate.as_str() == [namespace("rdfs"), "range"].concat() {
                ranges.insert(local.to_owned(), object.as_str().to_owned());
            }
        }
        let mut prefixes = prefixes(naming);
        prefixes.sort();
        let taken = |local: &str| prefixes.iter().any(|(prefix, _)| prefix == local);
        let classes = kinds.iter().filter(|(local, kind)| **kind == "class" && !taken(local));
        let classes = classes.map(|(local, _)| local.clone()).collect();
        let properties = kinds.iter().filter(|(local, kind)| **kind != "class" && !taken(local));
        let values = |local: &str, kind: &str| match ranges.get(local) {
            _ if kind == "things" => Values::Things,
            Some(range)
                if range.starts_with(namespace("xsd")) && *range != xsd::STRING.as_str() =>
            {
                Values::Typed(range.clone())
            }
            _ => Values::Words,
        };
        let properties =
            properties.map(|(local, kind)| (local.clone(), values(local, kind))).collect();
        Self { prefixes, classes, properties }
    }

    /// The object behind `@context`.
    pub fn json(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".to_owned(), json!(1.1));
        context.insert("id".to_owned(), json!("@id"));
        context.insert("type".to_owned(), json!("@type"));
        let prefixes = self.prefixes.iter();
        context.extend(prefixes.map(|(prefix, iri)| (prefix.clone(), json!(iri))));
        for class in &self.classes {
            context.insert(class.clone(), json!(format!("dm:{class}")));
        }
        for (property, values) in &self.properties {
            let id = format!("dm:{property}");
            let term = match values {
                Values::Things => json!({ "@id": id, "@type": "@id" }),
                Values::Typed(datatype) => json!({ "@id": id, "@type": self.short(datatype) }),
                Values::Words => json!(id),
            };
            context.insert(property.clone(), term);
        }
        Value::Object(context)
    }

    /// An IRI by the longest prefix that it has, else whole.
    fn short(&self, iri: &str) -> String {
        let fitting = self.prefixes.iter().filter(|(_, space)| iri.starts_with(space.as_str()));
        let best = fitting.max_by_key(|(_, space)| space.len());
        match best.and_then(|(prefix, space)| Some((prefix, iri.strip_prefix(space.as_str())?))) {
            // `//` after the colon would make it an address.
            Some((prefix, local)) if !local.starts_with("//") => format!("{prefix}:{local}"),
            _ => iri.to_owned(),
        }
    }

    /// The name of a property or class of the vocabulary, else a short IRI.
    fn own<'n>(&self, iri: &'n str, is_known: impl Fn(&str) -> bool) -> Result<&'n str, String> {
        match iri.strip_prefix(namespace("dm")).filter(|local| is_known(local)) {
            Some(local) => Ok(local),
            None => Err(self.short(iri)),
        }
    }

    fn thing(&self, node: &NamedOrBlankNode) -> String {
        match node {
            NamedOrBlankNode::NamedNode(node) => self.short(node.as_str()),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    /// The key and the value of a fact.
    fn fact(&self, predicate: &NamedNode, object: &Term) -> (String, Value) {
        if let (true, Term::NamedNode(class)) = (*predicate == rdf::TYPE, object) {
            let known = |local: &str| self.classes.iter().any(|it| it == local);
            let class = self.own(class.as_str(), known).map_or_else(|it| it, str::to_owned);
            return ("type".to_owned(), json!(class));
        }
        let known = |local: &str| self.properties.contains_key(local);
        let (key, values) = match self.own(predicate.as_str(), known) {
            Ok(local) => (local.to_owned(), self.properties.get(local)),
            Err(short) => (short, None),
        };
        let value = match object {
            Term::NamedNode(node) => self.node(self.short(node.as_str()), values),
            Term::BlankNode(node) => self.node(node.to_string(), values),
            Term::Literal(literal) => self.literal(literal, values),
            #[allow(unreachable_patterns, reason = "a term of RDF 1.2, where a crate turns it on")]
            other => json!(other.to_string()),
        };
        (key, value)
    }

    fn node(&self, id: String, values: Option<&Values>) -> Value {
        if values == Some(&Values::Things) { json!(id) } else { json!({ "id": id }) }
    }

    fn literal(&self, literal: &Literal, values: Option<&Values>) -> Value {
        let value = literal.value();
        if let Some(language) = literal.language() {
            return json!({ "@value": value, "@language": language });
        }
        let datatype = literal.datatype();
        match values {
            Some(Values::Typed(expected)) if datatype.as_str() == expected => native(literal),
            None | Some(Values::Words) if datatype == xsd::STRING => json!(value),
            _ if datatype == xsd::STRING => json!({ "@value": value }),
            _ => json!({ "@value": value, "@type": self.short(datatype.as_str()) }),
        }
    }
}

/// True, false and whole numbers as JSON has them, where that is exactly what is written; all else,
/// decimals too, in a string.
fn native(literal: &Literal) -> Value {
    let (value, datatype) = (literal.value(), literal.datatype());
    if datatype == xsd::BOOLEAN && matches!(value, "true" | "false") {
        return json!(value == "true");
    }
    if datatype == xsd::INTEGER
        && let Ok(number) = value.parse::<i32>()
        && number.to_string() == value
    {
        return json!(number);
    }
    json!(value)
}

/// Writes quads, a node a line; what comes of one subject one after the other is one node.
///
/// # Errors
/// When `out` refuses to be written to.
pub(super) fn write(
    quads: impl Iterator<Item = Quad>,
    naming: &Naming,
    mut out: impl Write,
) -> io::Result<()> {
    let context = Context::new(naming);
    writeln!(out, "{{\"@context\": {},\n\"@graph\": [", context.json())?;
    let mut quads = quads.peekable();
    let (mut graph, mut between) = (GraphName::DefaultGraph, "");
    while let Some(first) = quads.next() {
        let (subject, name) = (first.subject.clone(), first.graph_name.clone());
        if name != graph {
            if !graph.is_default_graph() {
                write!(out, "\n]}}")?;
                between = ",\n";
            }
            let id = match &name {
                GraphName::NamedNode(node) => Some(context.short(node.as_str())),
                GraphName::BlankNode(node) => Some(node.to_string()),
                GraphName::DefaultGraph => None,
            };
            if let Some(id) = id {
                writeln!(out, "{between}{{\"id\": {}, \"@graph\": [", json!(id))?;
                between = "";
            }
            graph = name.clone();
        }
        let mut node = Map::new();
        node.insert("id".to_owned(), json!(context.thing(&subject)));
        let mut next = Some(first);
        while let Some(quad) = next {
            let (key, value) = context.fact(&quad.predicate, &quad.object);
            add(&mut node, key, value);
            next = quads.next_if(|it| it.subject == subject && it.graph_name == name);
        }
        write!(out, "{between}{}", Value::Object(node))?;
        between = ",\n";
    }
    if !graph.is_default_graph() {
        write!(out, "\n]}}")?;
    }
    writeln!(out, "\n]}}")?;
    out.flush()
}

/// Adds a value to those of a key; of several they are a list.
fn add(node: &mut Map<String, Value>, key: String, value: Value) {
    match node.get_mut(&key) {
        None => {
            node.insert(key, value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(only) => *only = Value::Array(vec![only.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
    use oxigraph::model::BlankNode;
    use oxigraph::model::vocab::rdfs;

    const FORM: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

    fn written(quads: &[Quad]) -> String {
        let mut out = Vec::new();
        write(quads.iter().cloned(), &Naming::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn dm(local: &str) -> NamedNode {
        NamedNode::new_unchecked([namespace("dm"), local].concat())
    }

    fn fact(predicate: NamedNode, object: impl Into<Term>) -> Quad {
        Quad::new(Naming::default().claim("001-a-1"), predicate, object, GraphName::DefaultGraph)
    }

    #[test]
    fn a_claim_reads_as_json_does() {
        let text = written(&[
            fact(rdf::TYPE.into(), dm("Claim")),
            fact(dm("agent"), Naming::default().actor("russia")),
            fact(dm("quote"), Literal::from("no")),
            fact(dm("reported"), Literal::from(true)),
        ]);
        let read: Value = serde_json::from_str(&text).unwrap();
        let node = json!({
            "id": "claim:001-a-1", "type": "Claim", "agent": "actor:russia", "quote": "no",
            "reported": true
        });
        assert_eq!(read["@graph"][0], node);
        let context = &read["@context"];
        assert_eq!(context["agent"], json!({ "@id": "dm:agent", "@type": "@id" }));
        assert_eq!(context["confidence"]["@type"], "xsd:decimal");
        assert_eq!(context["quote"], "dm:quote");
    }

    #[test]
    fn every_value_is_read_back_as_it_was() {
        let typed = |value: &str, datatype| Literal::new_typed_literal(value, datatype);
        let words = Literal::new_language_tagged_literal_unchecked("Nein", "de");
        let mut quads = vec![
            fact(dm("reported"), typed("1", xsd::BOOLEAN)),
            fact(dm("order"), typed("+3", xsd::INTEGER)),
            fact(dm("order"), typed("3", xsd::INTEGER)),
            fact(dm("order"), typed("99999999999999999999", xsd::INTEGER)),
            fact(dm("confidence"), typed("0.90", xsd::DECIMAL)),
            fact(dm("confidence"), Literal::from("unsure")),
            fact(dm("quote"), words),
            fact(dm("quote"), typed("x", xsd::TOKEN)),
            fact(dm("agent"), Literal::from("somebody")),
            fact(dm("quote"), Naming::default().actor("a b")),
            fact(dm("unheardOf"), Literal::from("@type")),
            fact(rdfs::LABEL.into(), BlankNode::new_unchecked("b1")),
            fact(rdfs::SEE_ALSO.into(), NamedNode::new_unchecked("https://example.org//x")),
            fact(rdfs::SEE_ALSO.into(), Naming::default().actor("")),
            fact(rdf::TYPE.into(), NamedNode::new_unchecked("https://example.org/Thing")),
        ];
        let graph = |name: &str| GraphName::from(Naming::default().graph(name));
        for (name, object) in [("1", "a"), ("2", "b"), ("1", "c")] {
            let quad = fact(dm("trigger"), Literal::from(object));
            quads.push(Quad { graph_name: graph(name), ..quad });
        }
        quads.push(fact(dm("trigger"), Literal::from("behind the graphs")));
        let text = written(&quads);
        let read = RdfParser::from_format(FORM).for_slice(text.as_bytes());
        let mut read: Vec<String> = read.map(|it| it.unwrap().to_string()).collect();
        let mut told: Vec<String> = quads.iter().map(ToString::to_string).collect();
        read.sort();
        told.sort();
        // The one blank node has another label.
        let without = |it: &String| !it.contains("_:");
        read.retain(without);
        told.retain(without);
        assert_eq!(read, told, "{text}");
    }

    #[test]
    fn nothing_is_written_as_an_empty_graph() {
        let read: Value = serde_json::from_str(&written(&[])).unwrap();
        assert_eq!(read["@graph"], json!([]));
    }
}

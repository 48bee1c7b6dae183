//! What the service says of itself: SPARQL 1.1 Service Description, with VoID and DCAT.

use hyper::{StatusCode, header};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Term, Triple};

use super::accept::one_of;
use super::child::TRIPLES;
use super::message::{Reply, Request};
use crate::rdf::{Naming, TITLE, dm, write_triples};
use crate::views::Site;

/// What the service description and the dataset's are made of.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub naming: Naming,
    /// IRIs of the named graphs, and of how many claims each has.
    pub graphs: Vec<(NamedNode, usize)>,
    pub claims: usize,
}

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCTERMS_TITLE: &str = "http://purl.org/dc/terms/title";
const VOID: &str = "http://rdfs.org/ns/void#";

impl About {
    /// SPARQL 1.1 Service Description, with VoID.
    pub(super) fn describe(&self, request: &Request) -> Reply {
        let (media, format) = match one_of(request.header(header::ACCEPT), &TRIPLES) {
            Ok(chosen) => chosen,
            Err(words) => return Reply::error(StatusCode::NOT_ACCEPTABLE, words),
        };
        let host = request.header(header::HOST).unwrap_or("localhost");
        let mut body = Vec::new();
        let triples = self.triples(&format!("http://{host}/query"));
        match write_triples(&triples, &self.naming, format, &mut body) {
            Ok(()) => Reply::new(media, body).with(header::VARY, "Accept"),
            Err(error) => Reply::error(StatusCode::INTERNAL_SERVER_ERROR, error),
        }
    }

    fn triples(&self, endpoint: &str) -> Vec<Triple> {
        let node = |part: &str| NamedNode::new_unchecked(format!("{endpoint}{part}"));
        let sd = |local: &str| NamedNode::new_unchecked(format!("{SD}{local}"));
        let void = |local: &str| NamedNode::new_unchecked(format!("{VOID}{local}"));
        let dcat = |local: &str| NamedNode::new_unchecked(format!("{DCAT}{local}"));
        let format = |local: &str| {
            Term::from(NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{local}")))
        };
        let number =
            |count: usize| Term::from(Literal::new_typed_literal(count.to_string(), xsd::INTEGER));
        let (service, dataset, default) = (node("#service"), node("#dataset"), node("#default"));
        // `…/query` and `…/store` stand beside each other.
        let store = endpoint.strip_suffix("query").unwrap_or(endpoint);
        let store = NamedNode::new_unchecked(format!("{store}store"));
        let whole = node("#whole");
        let (claims, claim, vocabulary) = (node("#claims"), dm("Claim"), dm(""));
        let mut said: Vec<(NamedNode, NamedNode, Term)> = vec![
            (service.clone(), rdf::TYPE.into(), sd("Service").into()),
            (service.clone(), sd("endpoint"), node("").into()),
            (service.clone(), sd("supportedLanguage"), sd("SPARQL11Query").into()),
            // The default graph of a query is all graphs together, unless it says otherwise.
            (service.clone(), sd("feature"), sd("UnionDefaultGraph").into()),
            (service.clone(), sd("defaultDataset"), dataset.clone().into()),
            (dataset.clone(), rdf::TYPE.into(), sd("Dataset").into()),
            (dataset.clone(), rdf::TYPE.into(), void("Dataset").into()),
            (dataset.clone(), rdf::TYPE.into(), dcat("Dataset").into()),
            (dataset.clone(), NamedNode::new_unchecked(DCTERMS_TITLE), Literal::from(TITLE).into()),
            (dataset.clone(), dcat("distribution"), whole.clone().into()),
            (whole.clone(), rdf::TYPE.into(), dcat("Distribution").into()),
            (whole.clone(), dcat("accessURL"), store.clone().into()),
            (dataset.clone(), void("dataDump"), store.into()),
            (dataset.clone(), void("sparqlEndpoint"), node("").into()),
            (dataset.clone(), void("uriSpace"), Literal::from(self.naming.base()).into()),
            (dataset.clone(), void("documents"), number(self.graphs.len())),
            (dataset.clone(), void("vocabulary"), vocabulary.clone().into()),
            (claims.clone(), rdf::TYPE.into(), void("Dataset").into()),
            (dataset.clone(), void("classPartition"), claims.clone().into()),
            (claims.clone(), void("class"), claim.into()),
            (claims, void("entities"), number(self.claims)),
            (dataset.clone(), sd("defaultGraph"), default.clone().into()),
            (default, rdf::TYPE.into(), sd("Graph").into()),
        ];
        let formats = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV"];
        let formats = formats.into_iter().chain(["SPARQL_Results_TSV", "Turtle", "N-Triples"]);
        let formats = formats.chain(["RDF_XML", "TriG", "N-Quads", "JSON-LD"]);
        said.extend(formats.map(|it| (service.clone(), sd("resultFormat"), format(it))));
        for (at, (graph, claims)) in self.graphs.iter().enumerate() {
            let (named, inner) =
                (node(&format!("#named-{}", at + 1)), node(&format!("#graph-{}", at + 1)));
            said.extend([
                (dataset.clone(), sd("namedGraph"), named.clone().into()),
                (named.clone(), rdf::TYPE.into(), sd("NamedGraph").into()),
                (named.clone(), sd("name"), graph.clone().into()),
                (named, sd("graph"), inner.clone().into()),
                (inner.clone(), rdf::TYPE.into(), sd("Graph").into()),
                (inner, void("entities"), number(*claims)),
            ]);
        }
        said.into_iter().map(|(s, p, o)| Triple::new(s, p, o)).collect()
    }
}

impl Site {
    /// What the description of the service tells.
    pub(super) fn about(&self) -> About {
        let of = |id: &String| self.counts.documents.get(id).copied().unwrap_or(0);
        let documents = self.corpus().documents.iter();
        About {
            naming: self.naming.clone(),
            graphs: documents.map(|it| (self.naming.graph(&it.id), of(&it.id))).collect(),
            claims: self.corpus().claims.len(),
        }
    }
}

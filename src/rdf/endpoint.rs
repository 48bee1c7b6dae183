use std::io::Read;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use thiserror::Error;

use super::error::{QueryError, syntax};
use super::{Answer, Naming, bounds, prefixes};

/// What is asked for: rows and yes or no as JSON, triples as N-Triples or Turtle. Nothing
/// else is read, above all no XML: its entities make gigabytes of a few bytes.
const ACCEPT: &str =
    "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.7";
/// The longest answer that is read, in MiB.
const LONGEST: u64 = 256;
/// The longest that is waited; longer ones are as good as for ever.
const PATIENCE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A SPARQL 1.1 endpoint, asked over HTTP (SPARQL 1.1 Protocol, query by POST).
///
/// This is the only part of the program that uses the network. Its default graph
/// must hold the claims: exported triples (`.ttl`, `.nt`), or quads with the union of
/// all graphs as default graph.
#[derive(Debug, Clone)]
pub struct Endpoint {
    agent: ureq::Agent,
    url: String,
    naming: Naming,
    timeout: Duration,
}

/// Why an endpoint gives no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The URL is none that can be asked.
    #[error("{url:?} is no endpoint that can be asked: {reason}")]
    Url {
        /// The URL.
        url: String,
        /// What would be valid.
        reason: &'static str,
    },
    /// The query is wrong, or was not answered in time; nothing was sent if it is
    /// wrong.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It cannot be reached.
    #[error("{url} cannot be asked: {reason}")]
    Unreachable {
        /// The URL.
        url: String,
        /// What the system says.
        reason: String,
    },
    /// It answers with an error.
    #[error("{url} answers with status {status}: {reason}")]
    Refused {
        /// The URL.
        url: String,
        /// HTTP status.
        status: u16,
        /// The beginning of what it says.
        reason: String,
    },
    /// Its answer is no SPARQL result.
    #[error("{url} gives no SPARQL result: {reason}")]
    Answer {
        /// The URL.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Endpoint {
    /// An endpoint at `url`, whose queries may use the prefixes of `naming` undeclared.
    ///
    /// # Errors
    /// [`EndpointError::Url`], when it is no `http://` URL.
    pub fn new(url: &str, naming: Naming, timeout: Duration) -> Result<Self, EndpointError> {
        let refuse = |reason| Err(EndpointError::Url { url: url.to_owned(), reason });
        match url.split_once("://") {
            Some(("http", rest)) if !rest.is_empty() => {}
            Some(("https", _)) => {
                return refuse(
                    "https is not spoken here; ask http://… on this machine, in your network \
                     or through a proxy that adds it",
                );
            }
            _ => return refuse("give a URL such as http://localhost:7878/query"),
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(timeout.min(PATIENCE)))
            .http_status_as_error(false)
            // Nobody but the user says which host is asked.
            .max_redirects(0)
            .user_agent(concat!("demarche/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Ok(Self { agent, url: url.to_owned(), naming, timeout })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The IRIs of what it holds.
    pub fn naming(&self) -> &Naming {
        &self.naming
    }

    /// The same endpoint, whose things have other IRIs.
    #[must_use]
    pub fn with_naming(self, naming: Naming) -> Self {
        Self { naming, ..self }
    }

    /// The same endpoint, whose answers are waited for as long as this, at most as long as before.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Self { timeout: timeout.min(self.timeout), ..self }
    }

    /// Sends a SPARQL 1.1 query, with the prefixes of [`prefixes`] before it.
    ///
    /// # Errors
    /// When it is no SPARQL or asks for too much (nothing is sent then), or no answer comes
    /// in time: sending, receiving and reading have `timeout` together.
    pub fn query(&self, query: &str) -> Result<Answer, EndpointError> {
        bounds::check(query)?;
        let (endpoint, query) = (self.clone(), query.to_owned());
        bounds::bounded(self.timeout, || (), move || endpoint.ask(&query))?
    }

    fn ask(&self, query: &str) -> Result<Answer, EndpointError> {
        let prefixes = prefixes(&self.naming);
        self.check(query, &prefixes)?;
        // On one line, so that the endpoint's messages count nearly as the user does.
        let mut full: String = prefixes
            .iter()
            .map(|(prefix, namespace)| format!("PREFIX {prefix}: <{namespace}> "))
            .collect();
        full.push('\n');
        full.push_str(query);
        let unreachable = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => QueryError::Timeout(self.timeout).into(),
            error => {
                EndpointError::Unreachable { url: self.url.clone(), reason: error.to_string() }
            }
        };
        let mut response = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/sparql-query")
            .header("Accept", ACCEPT)
            .send(full.as_bytes())
            .map_err(unreachable)?;
        let status = response.status();
        let media = response.body().mime_type().unwrap_or_default().to_owned();
        if status.is_redirection() {
            let to = response
                .headers()
                .get("location")
                .map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
            let reason = format!(
                "it leads to {}, which is not followed; ask there if you trust it",
                to.as_deref().unwrap_or("another place")
            );
            return Err(EndpointError::Refused {
                url: self.url.clone(),
                status: status.as_u16(),
                reason,
            });
        }
        let mut body = response.body_mut().with_config().limit(LONGEST << 20).reader();
        if !status.is_success() {
            let mut reason = Vec::new();
            let _ = body.take(500).read_to_end(&mut reason);
            let reason = String::from_utf8_lossy(&reason).trim().to_owned();
            let (url, status) = (self.url.clone(), status.as_u16());
            return Err(EndpointError::Refused { url, status, reason });
        }
        let fail = |reason| EndpointError::Answer { url: self.url.clone(), reason };
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes).map_err(|error| match error.into() {
            ureq::Error::Timeout(_) => QueryError::Timeout(self.timeout).into(),
            error => fail(format!("{error} (at most {LONGEST} MiB are read)")),
        })?;
        read(&media, &bytes).map_err(fail)
    }

    /// Errors are found here, where they can be explained.
    fn check(&self, query: &str, prefixes: &[(String, String)]) -> Result<(), QueryError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in prefixes {
            evaluator = evaluator
                .with_prefix(prefix.as_str(), namespace.as_str())
                .map_err(|error| QueryError::Syntax(format!("{namespace}: {error}")))?;
        }
        let parsed = evaluator.parse_query(query);
        parsed.map(|_| ()).map_err(|error| syntax(query, &error, prefixes))
    }
}

/// An answer of one of the media types that were asked for.
fn read(media: &str, body: &[u8]) -> Result<Answer, String> {
    let format = match media.to_ascii_lowercase().as_str() {
        "application/sparql-results+json" => return read_results(body),
        "application/n-triples" => RdfFormat::NTriples,
        "text/turtle" => {
            let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
            bounds::check_nesting(text).map_err(|_| {
                format!("more than {} brackets within brackets", bounds::MAX_NESTING)
            })?;
            RdfFormat::Turtle
        }
        other => {
            return Err(format!(
                "it comes as {other:?}, which was not asked for; is the URL that of its query \
                 service?"
            ));
        }
    };
    let mut triples = RdfParser::from_format(format)
        .for_slice(body)
        .map(|quad| quad.map(Triple::from))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| error.to_string())?;
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    Ok(Answer::Triples(triples))
}

/// Rows, or yes or no, as JSON.
fn read_results(body: &[u8]) -> Result<Answer, String> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    match parser.for_reader(body).map_err(|error| error.to_string())? {
        ReaderQueryResultsParserOutput::Boolean(yes) => Ok(Answer::Boolean(yes)),
        ReaderQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions
                .map(|row| row.map(|row| row.values().to_vec()))
                .collect::<Result<_, _>>()
                .map_err(|error| error.to_string())?;
            Ok(Answer::Rows { variables, rows })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(url: &str) -> Result<Endpoint, EndpointError> {
        Endpoint::new(url, Naming::default(), Duration::from_secs(1))
    }

    #[test]
    fn only_http_is_asked() {
        assert!(endpoint("http://localhost:7878/query").is_ok());
        for url in ["localhost:7878", "https://example.org/sparql", "file:///etc/passwd", "http://"]
        {
            assert!(matches!(endpoint(url), Err(EndpointError::Url { .. })), "{url}");
        }
    }

    #[test]
    fn what_is_no_sparql_is_not_sent() {
        // Nobody listens there; the syntax is found wrong before.
        let error = endpoint("http://localhost:1/").unwrap().query("SELECT ?x { ?x").unwrap_err();
        assert!(matches!(error, EndpointError::Query(QueryError::Syntax(_))), "{error}");
    }

    #[test]
    fn answers_are_read_by_media_type() {
        let json = br#"{"head":{},"boolean":true}"#;
        let read = |media, body: &[u8]| read(media, body);
        assert_eq!(read("application/sparql-results+json", json), Ok(Answer::Boolean(true)));
        for media in ["text/html", "application/sparql-results+xml", "application/rdf+xml", ""] {
            let error = read(media, b"<!DOCTYPE x [<!ENTITY a \"aaaa\">]>").unwrap_err();
            assert!(error.contains("not asked for"), "{error}");
        }
        assert!(read("application/sparql-results+json", b"{").is_err());
        assert!(matches!(read("text/turtle", b"<x:a> <x:b> ( [] ) ."), Ok(Answer::Triples(_))));
        let deep = read("text/turtle", format!("<x:a> <x:b> {}", "(".repeat(9_999)).as_bytes());
        assert!(deep.unwrap_err().contains("brackets within brackets"));
    }
}

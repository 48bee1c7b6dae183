//! Documents, the files of the ontology and the vocabulary, by their URIs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::json;

use crate::corpus::{Span, Text};
use crate::ontology::shipped_sources;
use crate::views::Site;

/// What stands before the id of a document.
pub(super) const DOCUMENT: &str = "demarche://document/";
/// What stands before the name of a file of the ontology.
pub(super) const ONTOLOGY: &str = "demarche://ontology/";
/// Acts, issues and other names that filters and queries use.
pub(super) const VOCABULARY: &str = "demarche://vocabulary";

/// What is escaped in an id that is part of a URI.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A resource as lists name it.
pub(super) struct Named {
    pub uri: String,
    pub name: String,
    pub about: String,
    pub media: &'static str,
}

/// All resources: the vocabulary, the ontology, then documents in their order.
pub(super) fn all(site: &Site) -> impl Iterator<Item = Named> {
    let vocabulary = Named {
        uri: VOCABULARY.to_owned(),
        name: "vocabulary".to_owned(),
        about: "acts with their definitions, issues, statuses: what filters and queries name"
            .into(),
        media: "application/json",
    };
    let ontology = shipped_sources().into_iter().map(|it| {
        let name = it.name.trim_start_matches("ontology/").to_owned();
        let about = format!("{name} of the shipped ontology, as Turtle");
        Named { uri: format!("{ONTOLOGY}{name}"), name, about, media: "text/turtle" }
    });
    let documents = site.corpus().documents.iter().map(|it| {
        let facts = [it.date.as_deref(), it.publisher.as_deref(), it.url.as_deref()];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let characters = it.text.chars().count();
        Named {
            uri: format!("{DOCUMENT}{}", utf8_percent_encode(&it.id, ESCAPED)),
            name: it.title.clone().unwrap_or_else(|| it.id.clone()),
            about: format!("{facts}; {characters} characters").trim_start_matches("; ").to_owned(),
            media: "text/plain",
        }
    });
    std::iter::once(vocabulary).chain(ontology).chain(documents)
}

/// The text of a resource and its media type. A document can be asked for in part, with
/// `?start=…&end=…` counting characters as claims do.
///
/// # Errors
/// In words, when there is none, or no such part of it.
pub(super) fn read(uri: &str, site: &Site) -> Result<(String, &'static str), String> {
    if uri == VOCABULARY {
        let text = vocabulary(site).map_err(|error| error.to_string())?;
        return Ok((text, "application/json"));
    }
    if let Some(name) = uri.strip_prefix(ONTOLOGY) {
        let mut files = shipped_sources().into_iter();
        let file = files.find(|it| it.name.trim_start_matches("ontology/") == name);
        let file = file.ok_or_else(|| format!("the shipped ontology has no file {name:?}"))?;
        return Ok((file.text, "text/turtle"));
    }
    let rest = uri.strip_prefix(DOCUMENT).ok_or_else(|| {
        format!("there is no resource {uri:?}; they begin with {DOCUMENT}, {ONTOLOGY} or are {VOCABULARY}")
    })?;
    let (id, part) = rest.split_once('?').unwrap_or((rest, ""));
    let id = percent_decode_str(id).decode_utf8_lossy();
    let document = site.document(&id).ok_or_else(|| format!("there is no document {id:?}"))?;
    if part.is_empty() {
        return Ok((document.text.clone(), "text/plain"));
    }
    let text = Text::new(document.text.as_str());
    let (mut start, mut end) = (0, text.len());
    for pair in part.split('&') {
        let wrong = || format!("{pair:?} is no part; valid: start=0&end={}", text.len());
        let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
        let value = value.parse().map_err(|_| wrong())?;
        match name {
            "start" => start = value,
            "end" => end = value,
            _ => return Err(wrong()),
        }
    }
    let end = end.min(text.len());
    if start > end {
        return Err(format!("the text of {id:?} has {} characters", text.len()));
    }
    Ok((text.slice(Span::new(start, end)).to_owned(), "text/plain"))
}

fn vocabulary(site: &Site) -> serde_json::Result<String> {
    let issues = site.ontology.issues.iter();
    let issues: Vec<_> = issues.map(|it| json!({ "id": it.id, "label": it.label })).collect();
    serde_json::to_string(&json!({
        "acts": site.act_views(),
        "issues": issues,
        "statuses": ["actual", "negated", "unrealised"],
        "roles": ["agent", "addressee", "source", "via"],
        "prefixes": crate::rdf::prefixes(&site.naming),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn every_resource_that_is_listed_is_read() {
        let mut corpus = fixture::corpus();
        corpus.documents[4].id = "may/a speech?".into();
        let site = Site::new(corpus, fixture::ontology(), Naming::default(), Manifest::default());
        let mut count = 0;
        for named in all(&site) {
            let (text, media) = read(&named.uri, &site).unwrap();
            assert!(!text.is_empty() && media == named.media, "{}", named.uri);
            count += 1;
        }
        assert_eq!(count, 1 + shipped_sources().len() + 5);
        assert!(read("demarche://document/none", &site).is_err());
        assert!(read("file:///etc/passwd", &site).is_err());
        assert!(read("demarche://ontology/../secret", &site).is_err());
    }

    #[test]
    fn a_part_of_a_document_counts_as_claims_do() {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let claim = corpus.claims.iter().rfind(|it| it.document == "005").unwrap().clone();
        let site = Site::new(corpus, ontology, Naming::default(), Manifest::default());
        let part = format!("{DOCUMENT}005?start={}&end={}", claim.start, claim.end);
        assert_eq!(read(&part, &site).unwrap().0, claim.quote);
        assert!(read("demarche://document/005?start=x", &site).is_err());
        assert!(read("demarche://document/005?start=99999999", &site).is_err());
    }
}

//! Writing and reading RDF, and SPARQL over it.

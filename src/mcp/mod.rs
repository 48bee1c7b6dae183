//! The graph as tools for language models, by the Model Context Protocol: questions, queries,
//! things, claims, disputes and stances as tools, documents and the ontology as resources.
//!
//! It only reads, unless adding is allowed, which another part of the program does ([`Adding`]). Every
//! answer names its claims, with quotes and offsets, and fits into a context
//! window: lists come in pages of so many characters, and say where the next one begins.
//!
//! | file | what it does |
//! | --- | --- |
//! | `tools`, `arguments` | what can be called, with what |
//! | `page` | how much of a list is given at a time |
//! | `adding` | a text that is to be added |
//! | `resources` | documents, ontology and vocabulary by their URIs |
//! | `server` | what the protocol asks, answered from these |
//! | `http` | the same heard over HTTP, on this machine alone |

mod adding;
mod arguments;
mod http;
mod page;
mod resources;
mod server;
mod tools;

pub use adding::{Adding, NewText};
pub use http::{PATH, serve_http};
pub use server::{McpError, Offer, serve_stdio};

//! What the protocol asks, answered from tools and resources.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate, ServerCapabilities, ServerConfig, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt, model};
use serde_json::{Map, Value};
use thiserror::Error;

use super::adding::{self, ADD, Adding};
use super::arguments::{Arguments, schema};
use super::resources::{self, DOCUMENT, ONTOLOGY};
use super::tools::{Call, TOOLS, Tool};
use crate::graph::folder;
use crate::views::{OpenError, Site};

/// How many resources are listed at a time.
const LISTED: usize = 100;

/// What whoever connects is told first.
const INSTRUCTIONS: &str = "\
A knowledge graph of who proposed, demanded, accepted, rejected and did what in a negotiation, \
according to whom, in which words, read from texts. Every claim has an id, a quote, and the place \
of the quote in its document (characters, end exclusive; text[start..end] is the quote). Cite the \
quote and the document. `according_to` is who says so: without it the document's author does. \
Status `negated` means that it was said not to be done, `unrealised` that it is only wanted, \
possible or still to come. Voices may contradict each other; see `disputes`, and report both sides. \
Where the tools find nothing, the texts do not say it.";

/// Why the graph cannot be offered.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum McpError {
    /// The graph cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The system does not let it run.
    #[error("cannot serve: {0}")]
    Io(#[from] std::io::Error),
    /// The client does not speak the protocol.
    #[error("the client does not speak the Model Context Protocol: {0}")]
    Protocol(String),
    /// Others could reach it: there is no password.
    #[error(
        "{0} can be reached by others; valid: an address of this machine alone, as 127.0.0.1 or [::1]"
    )]
    NotLoopback(SocketAddr),
}

/// Offers a graph folder to the client at standard input and output until it leaves. A graph that
/// is built anew in the folder meanwhile is offered from then on.
///
/// # Errors
/// When the graph cannot be opened, or what is read is not the protocol.
pub fn serve_stdio(offer: Offer) -> Result<(), McpError> {
    let server = Server::open(offer)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let told = |error: &dyn std::fmt::Display| McpError::Protocol(error.to_string());
    runtime.block_on(async {
        let served = server.serve(rmcp::transport::stdio()).await.map_err(|it| told(&it))?;
        served.waiting().await.map_err(|it| told(&it))?;
        Ok(())
    })
}

/// What is offered.
#[derive(Default)]
pub struct Offer {
    /// The folder of the graph.
    pub folder: PathBuf,
    /// The user's layers of the ontology.
    pub ontology: Vec<PathBuf>,
    /// How a text is added, where that is allowed.
    pub adding: Option<Adding>,
}

/// A graph that is offered.
#[derive(Clone)]
pub(super) struct Server {
    folder: PathBuf,
    ontology: Vec<PathBuf>,
    site: Arc<Mutex<Arc<Site>>>,
    /// One text is added at a time.
    adding: Option<Arc<Mutex<Adding>>>,
}

impl Server {
    pub(super) fn open(offer: Offer) -> Result<Self, OpenError> {
        let Offer { folder, ontology, adding } = offer;
        let site = Arc::new(Mutex::new(Arc::new(Site::open(&folder, &ontology)?)));
        let adding = adding.map(|it| Arc::new(Mutex::new(it)));
        Ok(Self { folder, ontology, site, adding })
    }

    /// The tools that there are.
    fn tools(&self) -> impl Iterator<Item = &'static Tool> {
        TOOLS.iter().chain(self.adding.as_ref().map(|_| &ADD))
    }

    fn call(&self, tool: &Tool, given: Map<String, Value>) -> Result<Value, String> {
        let given = Arguments::read(tool.arguments, given)?;
        match tool.call {
            Call::Reads(call) => call(&self.current(), &given),
            Call::Adds => self.add(&given),
        }
    }

    /// Adds a text, and tells the first page of the claims that it has given.
    fn add(&self, given: &Arguments) -> Result<Value, String> {
        let adding = self.adding.as_ref().ok_or("nothing can be added here")?;
        let mut adding = adding.lock().unwrap_or_else(PoisonError::into_inner);
        let text = adding::new_text(&self.current(), given)?;
        let said = adding(&text)?;
        let site = self.current();
        adding::told(&site, &text.id, &said)
    }

    /// The graph of the folder as it is now; while it cannot be opened, the last one.
    fn current(&self) -> Arc<Site> {
        let mut held = self.site.lock().unwrap_or_else(PoisonError::into_inner);
        if folder::manifest(&self.folder).is_ok_and(|it| it != held.manifest)
            && let Ok(new) = Site::open(&self.folder, &self.ontology)
        {
            *held = Arc::new(new);
        }
        Arc::clone(&held)
    }

    /// Does what takes time on a thread of its own.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, ErrorData> {
        let server = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&server)).await;
        done.map_err(|error| ErrorData::internal_error(error.to_string(), None))
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let offered = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let own = Implementation::new("demarche", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(offered).with_server_info(own).with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tool = |it: &Tool| {
            let is_read = matches!(it.call, Call::Reads(_));
            let told = ToolAnnotations::new().read_only(is_read).destructive(false);
            model::Tool::new(it.name, it.about, schema(it.arguments)).with_annotations(told)
        };
        Ok(ListToolsResult::with_all_items(self.tools().map(tool).collect()))
    }

    async fn call_tool(
        &self,
        asked: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.tools().find(|it| it.name == asked.name) else {
            let names = self.tools().map(|it| it.name).collect::<Vec<_>>().join(", ");
            let words = format!("there is no tool {:?}; there are {names}", asked.name);
            return Err(ErrorData::invalid_params(words, None));
        };
        let given = asked.arguments.unwrap_or_default();
        let done = self.work(move |server| server.call(tool, given));
        // What the model can put right is told to it, and is no error of the protocol.
        Ok(match done.await? {
            Ok(value) => CallToolResult::structured(value),
            Err(words) => CallToolResult::error(vec![ContentBlock::text(words)]),
        }
        .into())
    }

    async fn list_resources(
        &self,
        asked: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = asked.and_then(|it| it.cursor);
        let from: usize = match cursor.as_deref().map(str::parse) {
            None => 0,
            Some(Ok(from)) => from,
            Some(Err(_)) => {
                return Err(ErrorData::invalid_params("the cursor is none of this server's", None));
            }
        };
        self.work(move |server| {
            let site = server.current();
            let mut all = resources::all(&site).skip(from);
            let page = all.by_ref().take(LISTED).map(|it| {
                let resource = Resource::new(it.uri, it.name).with_description(it.about);
                resource.with_mime_type(it.media)
            });
            let mut listed = ListResourcesResult::with_all_items(page.collect());
            listed.next_cursor = all.next().map(|_| (from + LISTED).to_string());
            listed
        })
        .await
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let about = "the text from one character to another, as claims count them; without end, as \
                     much as is given at a time";
        let part = |of: &str, name: &str, media: &str| {
            ResourceTemplate::new(format!("{of}{{id}}{{?start,end}}"), name)
                .with_description(about)
                .with_mime_type(media)
        };
        Ok(ListResourceTemplatesResult::with_all_items(vec![
            part(DOCUMENT, "part of a document", "text/plain"),
            part(ONTOLOGY, "part of a file of the ontology", "text/turtle"),
        ]))
    }

    async fn read_resource(
        &self,
        asked: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = asked.uri.clone();
        let read = self.work(move |server| resources::read(&uri, &server.current())).await?;
        let part = read.map_err(|words| ErrorData::resource_not_found(words, None))?;
        let mut contents =
            vec![ResourceContents::text(part.text, asked.uri).with_mime_type(part.media)];
        if let Some(next) = part.next {
            let words = format!(
                "These are characters {} to {} of {}; the next ones: {next}",
                part.start, part.end, part.total
            );
            contents.push(ResourceContents::text(words, next).with_mime_type("text/plain"));
        }
        Ok(ReadResourceResult::new(contents).into())
    }
}

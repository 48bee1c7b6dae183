//! The explorer: pages that ask the JSON API, embedded in the binary, and the same in one file
//! (`report`).

use std::collections::BTreeSet;

use hyper::{Method, header};
use serde_json::{Value, json};

use super::cut::{by_worth, part};
use super::message::{Reply, Request};
use crate::views::Site;

/// One file of the explorer.
struct Asset {
    name: &'static str,
    media: &'static str,
    text: &'static str,
}

macro_rules! asset {
    ($name:literal, $media:expr) => {
        Asset { name: $name, media: $media, text: include_str!(concat!("explorer/", $name)) }
    };
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The page itself.
const PAGE: &str = include_str!("explorer/index.html");
/// Its parts. Scripts are plain and ordered, so that they work in one file from disk as well.
const ASSETS: [Asset; 18] = [
    asset!("style.css", "text/css; charset=utf-8"),
    asset!("codemirror.css", "text/css; charset=utf-8"),
    asset!("cytoscape.min.js", SCRIPT),
    asset!("codemirror.min.js", SCRIPT),
    asset!("dom.js", SCRIPT),
    asset!("source.js", SCRIPT),
    asset!("parts.js", SCRIPT),
    asset!("pages.js", SCRIPT),
    asset!("reader.js", SCRIPT),
    asset!("things.js", SCRIPT),
    asset!("review.js", SCRIPT),
    asset!("stances.js", SCRIPT),
    asset!("timeline.js", SCRIPT),
    asset!("layout.js", SCRIPT),
    asset!("graph.js", SCRIPT),
    asset!("ask.js", SCRIPT),
    asset!("sparql.js", SCRIPT),
    asset!("main.js", SCRIPT),
];

/// What a page may load and do: nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data: blob:; connect-src 'self'; worker-src blob:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Gives the page or one of its parts.
pub(super) fn answer(request: &Request) -> Option<Reply> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    let (media, text) = match path.as_slice() {
        [] => ("text/html; charset=utf-8", PAGE),
        ["assets", name] => {
            let asset = ASSETS.iter().find(|asset| asset.name == *name)?;
            (asset.media, asset.text)
        }
        _ => return None,
    };
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Some(Reply::not_allowed("GET, HEAD, OPTIONS"));
    }
    Some(Reply::new(media, text).with(header::CONTENT_SECURITY_POLICY, POLICY))
}

/// The most bytes of a report: what can be mailed, where a file grows by a third on its way.
pub const MOST_BYTES: usize = 15_000_000;

/// What is in a report and what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The page.
    pub page: String,
    /// How many claims were left out, as it would have been too long.
    pub claims_left_out: usize,
    /// How many documents were left out with them.
    pub documents_left_out: usize,
}

/// The explorer with the graph in it, as one page of at most so many bytes; of a larger graph what
/// is disputed and what is surest, with all that it leads to.
pub(super) fn report(site: &Site, most: usize) -> Report {
    let whole = one_file(&data(site, 0, 0));
    if whole.len() <= most {
        return Report { page: whole, claims_left_out: 0, documents_left_out: 0 };
    }
    let (corpus, ranked) = (site.corpus(), by_worth(site));
    let bare = one_file(&Value::Null).len();
    // A claim's share of what is not the page itself, and less when that was too much.
    let mut many = ranked.len();
    let mut length = whole.len();
    drop(whole);
    loop {
        let share = most.saturating_sub(bare) as f64 / (length - bare).max(1) as f64;
        many = (many as f64 * share * 0.97) as usize;
        let kept: BTreeSet<usize> = ranked.iter().copied().take(many).collect();
        let cut = site.with(part(corpus, &kept), Vec::new());
        let documents_left_out = corpus.documents.len() - cut.corpus().documents.len();
        let claims_left_out = ranked.len() - kept.len();
        let page = one_file(&data(&cut, claims_left_out, documents_left_out));
        if page.len() <= most || many == 0 {
            return Report { page, claims_left_out, documents_left_out };
        }
        length = page.len();
    }
}

fn data(site: &Site, claims_left_out: usize, documents_left_out: usize) -> Value {
    let corpus = site.corpus();
    let documents = corpus.documents.iter().map(|it| site.document_view(it, Some(0..usize::MAX)));
    json!({
        "left_out": claims_left_out,
        "documents_left_out": documents_left_out,
        "overview": site.overview(false),
        "acts": site.act_views(),
        "claims": (0..corpus.claims.len()).map(|at| site.claim_view(at)).collect::<Vec<_>>(),
        "documents": documents.collect::<Vec<_>>(),
        "actors": corpus.actors.iter().map(|it| site.actor_view(it)).collect::<Vec<_>>(),
        "matters": corpus.matters.iter().map(|it| site.matter_view(it)).collect::<Vec<_>>(),
        "events": corpus.events,
        "disputes": corpus.disputes,
        "stances": site.stance_views(None, None, false).collect::<Vec<_>>(),
    })
}

/// The page with its parts and the data in their places.
fn one_file(data: &Value) -> String {
    let mut page = PAGE.to_owned();
    for asset in &ASSETS {
        let (tag, whole) = if asset.media.starts_with("text/css") {
            let tag = format!("<link rel=\"stylesheet\" href=\"assets/{}\">", asset.name);
            (tag, format!("<style>{}</style>", asset.text))
        } else {
            let tag = format!("<script src=\"assets/{}\" defer></script>", asset.name);
            (tag, format!("<script>{}</script>", inert(asset.text)))
        };
        debug_assert!(page.contains(&tag), "{tag}");
        // A report takes no queries.
        let whole = if asset.name.starts_with("codemirror") { String::new() } else { whole };
        if asset.media.starts_with("text/css") {
            page = page.replacen(&tag, &whole, 1);
        } else {
            // Scripts in the page are not deferred; they come after what they work on.
            page = page.replacen(&tag, "", 1);
            page = page.replacen("</body>", &format!("{whole}\n</body>"), 1);
        }
    }
    // In JSON a < stands in words only, where it can be written otherwise.
    let data = data.to_string().replace('<', "\\u003c");
    let data = format!("<script type=\"application/json\" id=\"data\">{data}</script>\n</head>");
    page.replacen("</head>", &data, 1)
}

/// A script that does not end its element.
fn inert(script: &str) -> String {
    script.replace("</script", "<\\/script")
}

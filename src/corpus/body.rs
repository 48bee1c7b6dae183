//! The words of a web page: its body, whole, without what belongs to the site and not to the
//! text.
//!
//! Readers for people keep the one stretch that looks most like an article; of a live page that
//! is one post of many. Here everything stays that is not navigation, a form to fill in or the like.

use dom_query::NodeRef;

/// Elements that are no words of the text, as the HTML standard means them.
const SKIPPED: [&str; 21] = [
    "amp-ad",
    "amp-sidebar",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "button",
    "form",
    "select",
    "textarea",
    "nav",
    "aside",
    "footer",
    "figcaption",
    "head",
    "title",
    "dialog",
    "menu",
];
/// … of these the ones that nobody sees.
const INVISIBLE: [&str; 8] =
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "head"];
/// Elements that stand in a line with the words around them.
const INLINE: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];
/// Roles (WAI-ARIA) of regions that are not the text.
const ROLES: [&str; 7] =
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"];
/// What sites call the parts of their pages that are not the text.
const CALLED: [&str; 25] = [
    "more-on",
    "read-more",
    "read-next",
    "tags",
    "nav",
    "navbar",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "share",
    "sharing",
    "social",
    "newsletter",
    "subscribe",
    "promo",
    "advert",
    "advertisement",
    "ads",
    "cookie",
    "cookies",
    "related",
    "recommended",
    "most-read",
    "skip-link",
];
/// What sites call the parts of their pages where readers speak.
const COMMENTS: [&str; 6] =
    ["comments", "comments-area", "comment-list", "comment-section", "disqus", "respond"];
/// A page has a text of its own, beside its comments, from so many words in paragraphs on.
const OWN_TEXT: usize = 15;
/// Parts that are called so, and hold paragraphs, are no text if they have no more words.
const SMALL: usize = 30;
/// Elements that a list of links stands in.
const HOLDS_LINKS: [&str; 7] = ["ul", "ol", "div", "p", "td", "section", "center"];
/// A list of links has at least so many.
const FEWEST_LINKS: usize = 3;

/// The words of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Body {
    /// Blocks with an empty line between; items of lists begin with "- " or a number, cells of a
    /// row stand in a line between bars.
    pub text: String,
    /// Words that a person would see and that are not in `text`.
    pub left_out: usize,
    /// All that a person would see.
    pub visible: usize,
}

/// Reads the body of a page; with `keep_all` also what belongs to the site.
pub(super) fn read(body: &NodeRef<'_>, keep_all: bool) -> Body {
    let main: Vec<NodeRef<'_>> = body
        .descendants()
        .into_iter()
        .filter(|node| node.has_name("main") || node.attr_or("role", "").as_ref() == "main")
        .collect();
    let root = match &main[..] {
        [one] if !keep_all => *one,
        _ => *body,
    };
    let own_text = !keep_all && words_in_paragraphs(&root) >= OWN_TEXT;
    let visible = visible_words(body);
    let mut writer = Writer { keep_all, own_text, visible, ..Writer::default() };
    writer.block(&root, 0);
    writer.end_block();
    let text = writer.text;
    let left_out = visible.saturating_sub(text.split_whitespace().filter(|w| !is_mark(w)).count());
    Body { text, left_out, visible }
}

/// Words in paragraphs that are no comments.
fn words_in_paragraphs(root: &NodeRef<'_>) -> usize {
    let (mut count, mut open) = (0, vec![*root]);
    while let Some(node) = open.pop() {
        match name(&node) {
            Some(name) if name == "p" => count += node.text().split_whitespace().count(),
            Some(_) if is_comments(&node) => {}
            _ => open.extend(node.children()),
        }
    }
    count
}

/// Is it the part of a page where readers speak?
fn is_comments(node: &NodeRef<'_>) -> bool {
    is_called(node, |word| COMMENTS.contains(&word))
}

/// Does a word of its class or id, in lower case, pass?
fn is_called(node: &NodeRef<'_>, passes: impl Fn(&str) -> bool) -> bool {
    ["class", "id"].iter().any(|attribute| {
        let value = node.attr_or(attribute, "").to_lowercase();
        value.split(|c: char| c.is_whitespace() || c == '_').any(&passes)
    })
}

/// "-" and "|" are the program's.
fn is_mark(word: &str) -> bool {
    word == "-" || word == "|"
}

fn visible_words(node: &NodeRef<'_>) -> usize {
    let mut count = 0;
    let mut open = vec![*node];
    while let Some(node) = open.pop() {
        if node.is_text() {
            count += node.text().split_whitespace().count();
        } else if !name(&node).is_some_and(|name| INVISIBLE.contains(&&*name)) {
            open.extend(node.children());
        }
    }
    count
}

#[derive(Default)]
struct Writer {
    keep_all: bool,
    /// Is there a text beside the comments of readers?
    own_text: bool,
    /// Words that a person would see on the page.
    visible: usize,
    text: String,
    line: String,
    /// What the next line begins with.
    mark: String,
    /// Lines of one list stand together.
    close: bool,
}

impl Writer {
    fn block(&mut self, node: &NodeRef<'_>, depth: usize) {
        for child in node.children() {
            if child.is_text() {
                self.words(&child.text());
                continue;
            }
            let Some(name) = name(&child) else { continue };
            if self.is_skipped(&child, &name) {
                continue;
            }
            match &*name {
                "br" => self.line.push('\n'),
                "ul" | "ol" => self.list(&child, &name, depth),
                "dl" => self.definitions(&child),
                "table" if is_data(&child) => self.table(&child),
                inline if INLINE.contains(&inline) => self.block(&child, depth),
                "pre" => {
                    self.end_block();
                    self.line = child.text().to_string();
                    self.end_block();
                }
                _ => {
                    self.end_block();
                    self.block(&child, depth);
                    self.end_block();
                }
            }
        }
    }

    fn words(&mut self, written: &str) {
        let opens = written.starts_with(char::is_whitespace);
        let closes = written.ends_with(char::is_whitespace);
        for (number, word) in written.split_whitespace().enumerate() {
            if number > 0 || opens && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if closes && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines: Vec<&str> = line.split('\n').map(str::trim).collect();
        let line = lines.join("\n");
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if self.close { "\n" } else { "\n\n" });
        }
        self.text.push_str(&std::mem::take(&mut self.mark));
        self.text.push_str(line);
    }

    fn list(&mut self, list: &NodeRef<'_>, name: &str, depth: usize) {
        self.end_block();
        let items = list.children().into_iter().filter(|child| child.has_name("li"));
        for (number, item) in items.enumerate() {
            let indent = "  ".repeat(depth.min(8));
            self.mark = match name {
                "ol" => format!("{indent}{}. ", number + 1),
                _ => format!("{indent}- "),
            };
            self.block(&item, depth + 1);
            self.end_block();
            self.mark.clear();
            self.close = true;
        }
        self.close = depth > 0;
    }

    fn definitions(&mut self, list: &NodeRef<'_>) {
        self.end_block();
        let mut terms: Vec<String> = Vec::new();
        let mut told = false;
        for child in list.descendants() {
            if child.has_name("dt") {
                if std::mem::take(&mut told) {
                    terms.clear();
                }
                terms.push(one_line(&child));
            } else if child.has_name("dd") {
                self.line = format!("{} | {}", terms.join(", "), one_line(&child));
                self.end_block();
                self.close = true;
                told = true;
            }
        }
        if !told {
            self.line = terms.join(", ");
            self.end_block();
        }
        self.close = false;
    }

    fn table(&mut self, table: &NodeRef<'_>) {
        self.end_block();
        for caption in table.children().into_iter().filter(|child| child.has_name("caption")) {
            self.line = one_line(&caption);
            self.end_block();
        }
        for row in table.descendants().into_iter().filter(|node| node.has_name("tr")) {
            let cells: Vec<String> = row
                .children()
                .into_iter()
                .filter(|cell| cell.has_name("td") || cell.has_name("th"))
                .map(|cell| one_line(&cell))
                .collect();
            self.line = cells.join(" | ");
            self.end_block();
            self.close = true;
        }
        self.close = false;
    }

    /// Is an element that mostly belongs to the site part of the text here: a form around the whole
    /// page, an aside of whole paragraphs, whom a quotation is signed by?
    fn holds_text(&self, node: &NodeRef<'_>, name: &str) -> bool {
        match name {
            "form" => words_of_paragraphs(node) > 0 && visible_words(node) * 2 >= self.visible,
            "aside" => words_of_paragraphs(node) > SMALL && !is_links(node),
            "footer" => node.ancestors(None).iter().any(|around| around.has_name("blockquote")),
            _ => false,
        }
    }

    fn is_skipped(&self, node: &NodeRef<'_>, name: &str) -> bool {
        if INVISIBLE.contains(&name) {
            return true;
        }
        if self.keep_all {
            return false;
        }
        let attribute = |name: &str| node.attr_or(name, "").to_lowercase();
        let hidden = node.has_attr("hidden")
            || attribute("aria-hidden") == "true"
            || attribute("style").replace(' ', "").contains("display:none");
        let called = |word: &str| {
            CALLED.contains(&word)
                || word.split('-').any(|part| CALLED.contains(&part)) && word.len() < 24
        };
        SKIPPED.contains(&name) && !self.holds_text(node, name)
            || hidden
            || ROLES.contains(&&*attribute("role"))
            || is_called(node, called)
                && (!node.descendants().iter().any(|inner| inner.has_name("p"))
                    || node.text().split_whitespace().nth(SMALL).is_none())
            || self.own_text && is_comments(node)
            || HOLDS_LINKS.contains(&name) && is_links(node)
    }
}

/// Words of all paragraphs in it.
fn words_of_paragraphs(node: &NodeRef<'_>) -> usize {
    let inner = node.descendants();
    let paragraphs = inner.iter().filter(|inner| inner.has_name("p"));
    paragraphs.map(|paragraph| count_words(&paragraph.text())).sum()
}

/// Is it nothing but a list of links?
fn is_links(node: &NodeRef<'_>) -> bool {
    let links: Vec<usize> = node
        .descendants()
        .iter()
        .filter(|inner| inner.has_name("a"))
        .map(|link| count_words(&link.text()))
        .collect();
    links.len() >= FEWEST_LINKS
        && links.iter().sum::<usize>() * 5 >= count_words(&node.text()) * 4
        && links.iter().all(|&words| words < 16)
}

/// Words, without bars and dots between them.
fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Does a table hold data, and not the page's columns?
fn is_data(table: &NodeRef<'_>) -> bool {
    let inner = table.descendants();
    let count = |name: &str| inner.iter().filter(|node| node.has_name(name)).count();
    count("table") == 0 && count("tr") > 1 && count("p") <= count("td") + count("th")
}

/// The words of an element in one line, also those of blocks in it.
fn one_line(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    write_words(node, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_words(node: &NodeRef<'_>, words: &mut String) {
    for child in node.children() {
        if child.is_text() {
            words.push_str(&child.text());
            continue;
        }
        let Some(name) = name(&child).filter(|name| !INVISIBLE.contains(&&**name)) else {
            continue;
        };
        let parts = if INLINE.contains(&&*name) { "" } else { " " };
        words.push_str(parts);
        write_words(&child, words);
        words.push_str(parts);
    }
}

fn name(node: &NodeRef<'_>) -> Option<String> {
    node.node_name().map(|name| name.to_string())
}

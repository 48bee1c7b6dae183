use crate::corpus::Span;

/// What a stretch of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// A headline or the heading of a section.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list, or a numbered clause.
    Item,
    /// What heads a row or a column of a table, a term that is defined, whoever speaks in a list of
    /// definitions.
    Head,
    /// A cell of a table.
    Cell,
    /// What is said of a term, or by whoever speaks.
    Definition,
    /// A quotation that is set off.
    Quotation,
    /// A picture's credit, a share bar: words of the page and not of the text.
    Furniture,
}

impl BlockKind {
    /// All kinds, with their names.
    pub const ALL: [(BlockKind, &'static str); 8] = [
        (BlockKind::Heading, "heading"),
        (BlockKind::Paragraph, "paragraph"),
        (BlockKind::Item, "item"),
        (BlockKind::Head, "head"),
        (BlockKind::Cell, "cell"),
        (BlockKind::Definition, "definition"),
        (BlockKind::Quotation, "quotation"),
        (BlockKind::Furniture, "furniture"),
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("paragraph", |(_, name)| name)
    }
}

/// A part of what is read of a block. Offsets count Unicode scalar values in the text as
/// written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// These characters.
    Words(Span),
    /// A space in place of whatever stands there.
    Space(usize),
    /// The end of a line that stays one.
    Line(usize),
}

/// A stretch of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, marks included.
    pub span: Span,
    /// What of it is read.
    pub pieces: Vec<Piece>,
    /// Number of the block that leads it in ("Norland demands:") or heads its row, which comes
    /// before it.
    pub lead_in: Option<usize>,
    /// Number of the block that heads its column, which comes before it.
    pub column: Option<usize>,
}

impl Block {
    pub(super) fn new(kind: BlockKind, span: Span, pieces: Vec<Piece>) -> Self {
        Self { kind, span, pieces, lead_in: None, column: None }
    }
}

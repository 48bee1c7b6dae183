//! From the letters of a page to its lines.

use std::panic;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use crate::corpus::limits::MAX_DRAWN;

/// Parts of the size of a font: how far apart two letters of a word are at most …
const SPACE: f64 = 0.15;
/// … and how far two words of a line, before they are columns.
const COLUMN: f64 = 2.0;
/// How far a letter may stand above or below its line.
const RAISED: f64 = 0.45;
/// How far it may stand back in it, as accents do.
const BACK: f64 = 0.6;
/// Marks of notes are smaller than this part of their line.
const SMALL: f64 = 0.78;

/// What a frame, in which something is drawn, counts as: to set it up takes longer than a letter.
const FRAME: usize = 16;

/// Units of a font in the size of its letters.
const EM: f64 = 1000.0;

/// Words that stand together in a line, apart from others in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) words: String,
}

/// A line of a page. Places are points from the page's left and upper edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Where its letters stand.
    pub(super) base: f64,
    /// The size of its font.
    pub(super) size: f64,
    pub(super) segments: Vec<Segment>,
    /// Where its first word ends.
    first_word: Option<f64>,
}

impl Line {
    pub(super) fn left(&self) -> f64 {
        self.segments.first().map_or(0.0, |segment| segment.left)
    }

    pub(super) fn right(&self) -> f64 {
        self.segments.last().map_or(0.0, |segment| segment.right)
    }

    /// Its words, with a space between those that stand apart.
    pub(super) fn words(&self) -> String {
        let parts: Vec<&str> = self.segments.iter().map(|part| part.words.trim()).collect();
        parts.join(" ")
    }

    /// Is it the same line again, drawn twice to look bold?
    fn is_drawn_over(&self, other: &Self) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() < SPACE * self.size;
        near(self.base, other.base)
            && near(self.left(), other.left())
            && self.words() == other.words()
    }

    /// How wide its first word is.
    pub(super) fn first_word(&self) -> f64 {
        self.first_word.unwrap_or(self.right()) - self.left()
    }
}

/// What stands on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
    /// Letters that are read.
    pub(super) letters: usize,
    /// Letters of which nothing says what they are.
    pub(super) unknown: usize,
    pub(super) pictures: usize,
}

/// What unwinds when more is drawn than may be: the library has no other way to be stopped, and
/// pages can hold what draws itself twice, and that again.
pub(super) struct Stop;

/// Takes all pages apart.
///
/// # Panics
/// With [`Stop`] when too much is drawn.
pub(super) fn read(pdf: &Pdf) -> Vec<Page> {
    let cache = InterpreterCache::new();
    let mut drawn = 0;
    pdf.pages().iter().map(|page| lines(page, &cache, &mut drawn)).collect()
}

fn lines<'a>(page: &PdfPage<'a>, cache: &InterpreterCache<'a>, drawn: &mut usize) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let placed = Affine::new(page.initial_transform(true).as_coeffs());
    let frame = Rect::new(0.0, 0.0, width, height);
    let settings = InterpreterSettings::default();
    let mut context = Context::new(placed, frame, cache, page.xref(), settings);
    let mut writer = Writer { page: Page { height, ..Page::default() }, width, drawn };
    interpret_page(page, &mut context, &mut writer);
    let mut page = writer.page;
    page.lines.retain(|line| line.segments.iter().any(|part| !part.words.trim().is_empty()));
    page.lines.dedup_by(|line, before| line.is_drawn_over(before));
    page
}

/// Takes down what is drawn.
struct Writer<'d> {
    page: Page,
    width: f64,
    drawn: &'d mut usize,
}

impl Writer<'_> {
    fn count(&mut self, things: usize) {
        *self.drawn += things;
        if *self.drawn > MAX_DRAWN {
            panic::resume_unwind(Box::new(Stop));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, placed: Affine) {
        let width = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width().map_or(EM / 2.0, f64::from),
            Glyph::Type3(glyph) => glyph.advance_width().map_or(0.0, f64::from),
        };
        let from = placed * Point::ORIGIN;
        let to = placed * Point::new(width, 0.0);
        let size = ((placed * Point::new(0.0, EM)).y - from.y).abs();
        let upright = (to.y - from.y).abs() <= 0.1 * (to.x - from.x).abs() && to.x >= from.x;
        let on_page =
            (0.0..=self.width).contains(&from.x) && (0.0..=self.page.height).contains(&from.y);
        if !upright || !on_page || size <= 0.0 {
            return;
        }
        let Some(letters) = glyph.as_unicode().and_then(readable) else {
            self.page.unknown += 1;
            return;
        };
        self.page.letters += letters.chars().filter(|c| !c.is_whitespace()).count();
        self.place(&letters, Stretch { left: from.x, right: to.x, base: from.y, size });
    }

    /// Adds letters to the last line, or begins one.
    fn place(&mut self, letters: &str, at: Stretch) {
        let blank = letters.trim().is_empty();
        let Some(line) = self.page.lines.last_mut().filter(|line| at.is_in(line)) else {
            if !blank {
                self.page.lines.push(at.line(letters));
            }
            return;
        };
        if at.is_mark_of_a_note(line)
            && letters.chars().all(|c| c.is_ascii_digit() || "*†‡".contains(c))
        {
            return;
        }
        let gap = at.left - line.right();
        let size = line.size.max(at.size);
        if line.size < at.size {
            // A small mark opens the line.
            (line.base, line.size) = (at.base, at.size);
        }
        let left = line.left();
        let Some(last) = line.segments.last_mut() else { return };
        let apart = gap > SPACE * size && !last.words.ends_with(char::is_whitespace);
        if (apart || blank) && line.first_word.is_none() && last.right > left {
            line.first_word = Some(last.right);
        }
        if blank {
            if !last.words.ends_with(char::is_whitespace) {
                last.words.push(' ');
            }
            return;
        }
        if gap > COLUMN * size {
            line.segments.push(Segment {
                left: at.left,
                right: at.right,
                words: letters.to_owned(),
            });
            return;
        }
        if apart {
            last.words.push(' ');
        }
        last.words.push_str(letters);
        last.right = last.right.max(at.right);
    }
}

/// Where letters stand.
#[derive(Clone, Copy)]
struct Stretch {
    left: f64,
    right: f64,
    base: f64,
    size: f64,
}

impl Stretch {
    fn line(self, letters: &str) -> Line {
        let words = letters.to_owned();
        let segments = vec![Segment { left: self.left, right: self.right, words }];
        Line { base: self.base, size: self.size, segments, first_word: None }
    }

    fn is_in(&self, line: &Line) -> bool {
        let size = self.size.max(line.size);
        (self.base - line.base).abs() <= RAISED * size && self.left >= line.right() - BACK * size
    }

    /// A small figure above the line, behind a word.
    fn is_mark_of_a_note(&self, line: &Line) -> bool {
        self.size < SMALL * line.size && line.base - self.base > SPACE * line.size
    }
}

/// The letters that a glyph stands for, if they are any.
fn readable(found: BfString) -> Option<String> {
    let letters = match found {
        BfString::Char(c) => c.to_string(),
        BfString::String(letters) => letters,
    };
    let mut read = String::new();
    for c in letters.chars() {
        match c {
            // ligatures, as in "office"
            '\u{FB00}'..='\u{FB06}' => read.extend(c.nfkc()),
            // the bullet of the font Symbol
            '\u{F0B7}' | '\u{F0A7}' => read.push('•'),
            '\u{FFFD}' | '\0' | '\u{E000}'..='\u{F8FF}' => return None,
            c if c.is_control() || c.is_whitespace() => read.push(' '),
            c => read.push(c),
        }
    }
    (!read.is_empty()).then_some(read)
}

impl<'a> Device<'a> for Writer<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(FRAME);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(FRAME);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count(run.glyphs().len());
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count(1);
        self.page.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

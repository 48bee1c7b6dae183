use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::vec;

use rayon::prelude::*;

use super::draft::Draft;
use super::drafts::{Drafts, Reading};
use super::error::{PassedOver, Place, ReadError, ReadErrorKind, Warning, WarningKind};
use super::format::Format;
use super::limits::{self, MAX_NAME};
use super::{Document, Text, TooMuch, date, identity, language, walk};
use crate::files;

/// Bytes at the start of a stream that its format is told from.
const HEAD: u64 = 1024;

/// Reads documents one by one, in the order of the paths.
///
/// Yields each document with what is odd about it, or why it could not be read. A
/// bad input never ends the reading.
pub struct Reader {
    paths: vec::IntoIter<PathBuf>,
    /// Files of the folder that is being read, and that folder.
    folder: vec::IntoIter<Result<PathBuf, ReadError>>,
    root: PathBuf,
    /// Folders that are not read, canonical.
    without: Vec<PathBuf>,
    /// The documents of the file that is being read, where it holds many.
    many: Option<Box<dyn Iterator<Item = Result<Draft, ReadError>> + Send>>,
    format: Option<Format>,
    keep_all: bool,
    stdin: Option<Box<dyn Read + Send>>,
    /// The files that have been read.
    opened: BTreeSet<PathBuf>,
    /// Where each id was first read.
    ids: BTreeMap<String, Place>,
    /// What is not read in the folders so far.
    passed_over: Vec<PassedOver>,
    /// A document whose error has been told before it.
    told: Option<Named>,
}

impl Reader {
    /// A reader of `paths`: files, folders (at any depth, sorted; hidden files and
    /// unknown extensions [passed over](Self::passed_over)) and `-` for standard input.
    ///
    /// `format` says what named files and standard input are; without it the
    /// extension tells, or the first bytes where there is no extension. In folders
    /// the extension always tells.
    pub fn new<P: Into<PathBuf>>(
        paths: impl IntoIterator<Item = P>,
        format: Option<Format>,
    ) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect::<Vec<_>>().into_iter(),
            folder: Vec::new().into_iter(),
            root: PathBuf::new(),
            without: Vec::new(),
            many: None,
            format,
            keep_all: false,
            stdin: None,
            opened: BTreeSet::new(),
            ids: BTreeMap::new(),
            passed_over: Vec::new(),
            told: None,
        }
    }

    /// Keeps all words of web pages, also navigation and the like, and what repeats on the
    /// pages of a PDF.
    #[must_use]
    pub fn keep_all(mut self, keep_all: bool) -> Self {
        self.keep_all = keep_all;
        self
    }

    /// Reads nothing in `folder`, which the program writes into. Folders that hold a built
    /// graph are never read.
    #[must_use]
    pub fn without(mut self, folder: &Path) -> Self {
        self.without.extend(fs::canonicalize(folder));
        self
    }

    /// Reads `input` in place of the process's standard input.
    #[must_use]
    pub fn with_stdin(mut self, input: impl Read + Send + 'static) -> Self {
        self.stdin = Some(Box::new(input));
        self
    }

    /// What was not read in the folders that have been listed so far, in their order.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// Opens what one of the paths names.
    fn open_named(&mut self, path: &Path) -> Option<Result<Draft, ReadError>> {
        if path == Path::new("-") {
            let input = self.stdin.take().unwrap_or_else(|| Box::new(io::stdin()));
            return self.read(input, None, self.format);
        }
        if path.is_dir() {
            let fail = |kind| Some(Err(ReadError { place: Place::of(Some(path)), kind }));
            let own = || fs::canonicalize(path).is_ok_and(|path| self.without.contains(&path));
            if files::is_graph_folder(path) || own() {
                return fail(ReadErrorKind::GraphFolder);
            }
            let (files, passed_over) = walk::files(path, &self.without);
            self.passed_over.extend(passed_over);
            if files.is_empty() {
                return fail(ReadErrorKind::EmptyFolder);
            }
            self.folder = files.into_iter();
            path.clone_into(&mut self.root);
            return None;
        }
        let format = self.format.or_else(|| Format::from_extension(path));
        match path.extension() {
            Some(extension) if format.is_none() && path.exists() => {
                let extension = extension.to_string_lossy().into_owned();
                let kind = ReadErrorKind::UnknownExtension(extension);
                Some(Err(ReadError { place: Place::of(Some(path)), kind }))
            }
            _ => {
                let name = path.file_name().map_or(path, Path::new);
                self.open_file(path, &identity::of_file(name), format)
            }
        }
    }

    fn open_file(
        &mut self,
        path: &Path,
        id: &str,
        format: Option<Format>,
    ) -> Option<Result<Draft, ReadError>> {
        if !self.opened.insert(path.to_owned()) {
            let place = Place::of(Some(path));
            return Some(Err(ReadError { place, kind: ReadErrorKind::Repeated }));
        }
        match files::open(path) {
            Ok(file) => self.read(Box::new(file), Some((path, id)), format),
            Err(error) => Some(Err(ReadError { place: Place::of(Some(path)), kind: error.into() })),
        }
    }

    /// Reads one stream: into a draft, or `None` where its documents are read one by one.
    fn read(
        &mut self,
        mut input: Box<dyn Read + Send>,
        file: Option<(&Path, &str)>,
        format: Option<Format>,
    ) -> Option<Result<Draft, ReadError>> {
        let place = Place::of(file.map(|(path, _)| path));
        let stem = file.map_or("stdin", |(_, id)| id).to_owned();
        let fail = |kind| Some(Err(ReadError { place: place.clone(), kind }));

        let mut head = Vec::new();
        if let Err(error) = input.by_ref().take(HEAD).read_to_end(&mut head) {
            return fail(error.into());
        }
        let format = format.unwrap_or_else(|| Format::sniff(&head));
        let reading = Reading { format, keep_all: self.keep_all, place, stem };
        match reading.read(head, input) {
            Drafts::One(draft) => Some(*draft),
            Drafts::Many(drafts) => {
                self.many = Some(drafts);
                None
            }
        }
    }

    /// Gives the draft the first of its names that no earlier document has: the id that it
    /// gives itself, its path in the folder, with extension, from where it was named, and at
    /// last a number after that.
    fn name(&mut self, own: Option<&str>, draft: &Draft) -> String {
        let place = &draft.place;
        let number = place.line.or(place.entry.map(|entry| entry as usize));
        let line = number.map_or_else(String::new, |line| format!("-{line}"));
        let path = place.path.as_deref();
        let relative = path.map(|path| path.strip_prefix(&self.root).unwrap_or(path));
        let whole = [relative, path].into_iter().flatten();
        let names = own
            .map(str::to_owned)
            .into_iter()
            .chain([draft.default_id.clone()])
            .chain(whole.map(|path| format!("{}{line}", identity::readable(path.as_os_str()))));
        let numbered = (2..).map(|number: u64| format!("{}~{number}", draft.default_id));
        let free = names.chain(numbered).find(|name| !self.ids.contains_key(name));
        let id = free.expect("there are more numbers than documents");
        self.ids.insert(id.clone(), place.clone());
        id
    }

    /// The next so many documents, as [`Iterator::next`] gives them one by one; what takes most of the
    /// time is done for many at once. Fewer are the last ones.
    pub fn read_together(
        &mut self,
        most: usize,
    ) -> Vec<Result<(Document, Vec<Warning>), ReadError>> {
        let named: Vec<Result<Named, ReadError>> =
            std::iter::from_fn(|| self.next_named()).take(most).collect();
        named.into_par_iter().map(|it| it.map(describe)).collect()
    }

    /// Settles the id of a draft. An id that is taken already costs no
    /// document: it is told, and the document read under another one.
    fn admit(&mut self, mut draft: Draft) -> Result<Named, ReadError> {
        let place = draft.place.clone();
        let fail = |kind| Err(ReadError { place: place.clone(), kind });
        if draft.text.trim().is_empty() {
            return fail(ReadErrorKind::Empty);
        }
        if let Some(objection) = limits::objection(&draft.text) {
            return fail(objection);
        }
        // An id stands in lines of other formats, too.
        let own = given(draft.metadata.id.take()).map(|id| {
            if id.contains(char::is_control) { identity::readable(id.as_ref()) } else { id }
        });
        if own.as_deref().unwrap_or(&draft.default_id).chars().nth(MAX_NAME).is_some() {
            return fail(ReadErrorKind::too_much(TooMuch::Id, MAX_NAME));
        }
        let read_as = self.name(own.as_deref(), &draft);
        let wanted = own.as_ref().unwrap_or(&draft.default_id).clone();
        let taken = (wanted != read_as).then(|| {
            (wanted.clone(), Box::new(self.ids.get(&wanted).cloned().unwrap_or_default()))
        });
        match taken {
            None => Ok((draft, read_as)),
            Some((id, first)) if own.is_some() => {
                let kind = ReadErrorKind::DuplicateId { id, first, read_as: read_as.clone() };
                self.told = Some((draft, read_as));
                fail(kind)
            }
            Some((id, first)) => {
                let kind = WarningKind::IdTaken { id, first, read_as: read_as.clone() };
                draft.warnings.push(Warning { place, kind });
                Ok((draft, read_as))
            }
        }
    }
}

/// A draft and the id of its document.
type Named = (Draft, String);

/// The document of a draft, with date and language settled.
fn describe((draft, id): Named) -> (Document, Vec<Warning>) {
    let Draft { place, metadata, markup, pages, elements, text, mut warnings, .. } = draft;
    let mut warn = |kind| warnings.push(Warning { place: place.clone(), kind });
    let date = match given(metadata.date) {
        Some(written) => {
            let date = date::parse(&written);
            if date.is_none() {
                warn(WarningKind::NoDate(written));
            }
            date
        }
        None => date::find(&text),
    };
    let stated = given(metadata.language).and_then(|written| {
        let code = language::code(&written);
        if code.is_none() {
            warn(WarningKind::NoLanguage(written));
        }
        code
    });
    let language = stated.or_else(|| language::detect(&text).map(str::to_owned));
    if let Some(code) = language.as_deref().filter(|&code| code != "en") {
        let name = language::name(code).to_owned();
        warn(WarningKind::OtherLanguage { code: code.to_owned(), name });
    }

    let mut title = given(metadata.title);
    if let Some(title) = &mut title
        && let Some((end, _)) = title.char_indices().nth(MAX_NAME)
    {
        title.truncate(end);
        warn(WarningKind::LongTitle(MAX_NAME));
    }

    let document = Document {
        id,
        path: place.path,
        title,
        date,
        publisher: given(metadata.publisher),
        author: given(metadata.author),
        url: given(metadata.url),
        license: given(metadata.license),
        language,
        markup,
        pages,
        elements,
        text: Text::new(text),
    };
    (document, warnings)
}

impl Iterator for Reader {
    type Item = Result<(Document, Vec<Warning>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_named().map(|it| it.map(describe))
    }
}

impl Reader {
    /// The next document before its date and language are settled.
    fn next_named(&mut self) -> Option<Result<Named, ReadError>> {
        if let Some(told) = self.told.take() {
            return Some(Ok(told));
        }
        loop {
            let read = if let Some(many) = &mut self.many {
                let draft = many.next();
                if draft.is_none() {
                    self.many = None;
                }
                draft
            } else if let Some(file) = self.folder.next() {
                match file {
                    Ok(path) => {
                        let inside = path.strip_prefix(&self.root).unwrap_or(&path);
                        let id = identity::of_file(inside);
                        self.open_file(&path, &id, Format::from_extension(&path))
                    }
                    Err(error) => Some(Err(error)),
                }
            } else {
                let path = self.paths.next()?;
                self.root = PathBuf::new();
                self.open_named(&path)
            };
            if let Some(draft) = read {
                return Some(draft.and_then(|draft| self.admit(draft)));
            }
        }
    }
}

/// A field that says something.
fn given(field: Option<String>) -> Option<String> {
    field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MAX_DOCUMENT_BYTES;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::fs;
    use std::io::Cursor;

    type Outcome = Result<(Document, Vec<Warning>), ReadError>;

    /// Reads a new folder with these files.
    fn folder(files: &[(&str, &[u8])]) -> Vec<Outcome> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Reader::new([folder.path()], None).collect()
    }

    fn stdin(input: impl AsRef<[u8]> + Send + 'static, format: Option<Format>) -> Vec<Outcome> {
        Reader::new(["-"], format).with_stdin(Cursor::new(input)).collect()
    }

    fn ids(read: &[Outcome]) -> Vec<&str> {
        read.iter()
            .map(|r| r.as_ref().map_or("error", |(document, _)| document.id.as_str()))
            .collect()
    }

    fn one(mut read: Vec<Outcome>) -> (Document, Vec<WarningKind>) {
        assert_eq!(read.len(), 1);
        let (document, warnings) = read.remove(0).unwrap();
        (document, warnings.into_iter().map(|w| w.kind).collect())
    }

    #[test]
    fn a_folder_is_read_sorted_and_deep() {
        let read = folder(&[
            ("b.txt", b"B"),
            ("a/z.md", b"Z"),
            ("a/.hidden/h.txt", b"H"),
            (".h.txt", b"H"),
            ("a/y.htm", b"<p>Y</p>"),
            ("c.jsonl", b"{\"text\":\"1\"}\n{\"text\":\"2\",\"id\":\"two\"}\n"),
            ("notes.png", b"no"),
        ]);
        assert_eq!(ids(&read), ["a/y", "a/z", "b", "c-1", "two"]);
    }

    #[test]
    fn what_is_passed_over_in_a_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.txt", "b.PNG", ".c.txt", "LICENCE"] {
            fs::write(at(name), "He agreed.").unwrap();
        }
        fs::create_dir(at("out")).unwrap();
        fs::write(at("out").join(files::MANIFEST), "{}").unwrap();
        let mut reader = Reader::new([folder.path()], None);
        assert_eq!(reader.by_ref().count(), 1);
        let found: Vec<String> = reader
            .passed_over()
            .iter()
            .map(|it| format!("{}: {}", it.path.file_name().unwrap().display(), it.why))
            .collect();
        let expected = [
            ".c.txt: hidden",
            "LICENCE: without extension",
            "b.PNG: .png",
            "out: folder of a graph",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn front_matter_becomes_the_documents_fields() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/corpus/article.md");
        let (document, warnings) = one(Reader::new([path], None).collect());
        assert_eq!(document.id, "orchard-1");
        assert_eq!(document.title.as_deref(), Some("Orchard owners reject the water plan"));
        assert_eq!(document.date, Some(date(2024, 6, 2)));
        assert_eq!(document.publisher.as_deref(), Some("Valley Gazette"));
        assert_eq!(document.author.as_deref(), Some("Tomas Reed, Ana Bell"));
        assert_eq!(document.url.as_deref(), Some("https://valley.example/water"));
        assert_eq!(document.language.as_deref(), Some("en"));
        assert!(document.text.as_str().starts_with("\nThe owners of the *upper* orchards"));
        assert_eq!(warnings, []);
    }

    #[test]
    fn line_ends_quotes_and_dashes_stay() {
        let (document, warnings) = one(stdin("\u{FEFF}“Aye” — he said\r\n’t was so.\r\n", None));
        assert_eq!(document.text.as_str(), "“Aye” — he said\r\n’t was so.\r\n");
        assert_eq!((document.id.as_str(), document.path, document.date), ("stdin", None, None));
        assert_eq!(warnings, []);
    }

    #[test]
    fn standard_input_can_be_any_format() {
        assert_eq!(ids(&stdin("{\"id\":\"x\",\"text\":\"X\"}", None)), ["x"]);
        assert_eq!(
            one(stdin("{\"id\":\"x\"}", Some(Format::Text))).0.text.as_str(),
            "{\"id\":\"x\"}"
        );
        assert_eq!(one(stdin("<html><p>Words</p>", None)).0.text.as_str(), "Words");
        let utf16: Vec<u8> = "\u{FEFF}{\"text\":\"ĸ\"}\n{\"text\":\"b\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(ids(&stdin(utf16, Some(Format::JsonLines))), ["stdin-1", "stdin-2"]);
    }

    #[test]
    fn form_feeds_are_pages_of_plain_texts() {
        let line = "{\"text\":\"One.\\fTwo.\"}";
        for (input, format) in [("One.\u{c}Two.", Format::Text), (line, Format::JsonLines)] {
            let document = one(stdin(input, Some(format))).0;
            assert_eq!([0, 5].map(|at| document.pages.at(at)), [Some(1), Some(2)], "{format:?}");
        }
        assert!(one(stdin("One.\nTwo.", Some(Format::Text))).0.pages.is_empty());
    }

    #[test]
    fn a_bad_document_does_not_lose_the_others() {
        let read = folder(&[
            ("1-empty.txt", b""),
            ("2-blank.md", b"---\ntitle: x\n---\n \n"),
            ("3-binary.txt", b"GIF8\0\0"),
            ("4-front.md", b"---\na: [\n---\nText"),
            ("5-page.html", b"<html></html>"),
            ("6-lines.jsonl", b"{\n{\"text\":\"fine\"}\n"),
            ("7-good.txt", b"fine"),
        ]);
        let errors: Vec<String> = read
            .iter()
            .filter_map(|r| r.as_ref().err())
            .map(|e| {
                format!(
                    "{}: {}",
                    e.place.path.as_ref().unwrap().file_stem().unwrap().display(),
                    e.kind
                )
            })
            .map(|message| message.chars().take(34).collect())
            .collect();
        assert_eq!(
            errors,
            [
                "1-empty: nothing to read: there is",
                "2-blank: nothing to read: there is",
                "3-binary: a NUL byte: this is a bi",
                "4-front: the front matter is no YA",
                "5-page: nothing to read: there is ",
                "6-lines: no document: EOF while pa",
            ]
        );
        assert_eq!(ids(&read)[6..], ["6-lines-2", "7-good"]);
    }

    #[test]
    fn an_id_given_twice_is_told_and_loses_neither() {
        let read = folder(&[("a.txt", b"A"), ("b.jsonl", b"{\"id\":\"a\",\"text\":\"B\"}")]);
        let message = read[1].as_ref().unwrap_err().to_string();
        assert!(message.contains("b.jsonl, line 1: the id “a” is already that of"), "{message}");
        assert!(message.contains("a.txt; read as “b-1”"), "{message}");
        assert_eq!(ids(&read), ["a", "error", "b-1"]);
    }

    #[test]
    fn a_document_that_takes_the_name_of_another_does_not_displace_it() {
        let read = folder(&[("a.md", b"---\nid: good1\n---\nA"), ("good1.txt", b"G")]);
        assert_eq!(ids(&read), ["good1", "good1.txt"]);
        let (_, warnings) = read[1].as_ref().unwrap();
        assert!(matches!(warnings[0].kind, WarningKind::IdTaken { .. }), "{warnings:?}");
    }

    #[test]
    fn names_that_differ_in_anything_stay_apart() {
        let read = folder(&[
            ("Report 1.txt", b"A"),
            ("a/x.txt", b"C"),
            ("report-1.md", b"D"),
            ("report-1.txt", b"B"),
            ("x.txt", b"E"),
        ]);
        assert_eq!(ids(&read), ["Report 1", "a/x", "report-1", "report-1.txt", "x"]);
    }

    #[test]
    fn a_file_that_is_named_twice_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "A").unwrap();
        let read: Vec<Outcome> = Reader::new([folder.path(), &path], None).collect();
        assert_eq!(ids(&read), ["a", "error"]);
        assert!(matches!(read[1].as_ref().unwrap_err().kind, ReadErrorKind::Repeated));
    }

    #[test]
    fn what_the_program_has_written_is_no_source() {
        let sources = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = sources.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{\"text\":\"words\"}").unwrap();
        };
        for name in ["a.txt", "out/claims.jsonl", "out/demarche.json", "new/claims.jsonl"] {
            write(name);
        }
        let new = sources.path().join("new");
        let reader = || Reader::new([sources.path()], None).without(&new);
        assert_eq!(ids(&reader().collect::<Vec<_>>()), ["a"]);
        for folder in ["out", "new"] {
            let read: Vec<Outcome> =
                Reader::new([sources.path().join(folder)], None).without(&new).collect();
            assert!(matches!(read[0].as_ref().unwrap_err().kind, ReadErrorKind::GraphFolder));
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_of_the_folder_is_told_at_once() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        symlink("/dev/zero", at("a.txt")).unwrap();
        std::os::unix::net::UnixListener::bind(at("b.txt")).unwrap();
        fs::write(at("c.txt"), "C").unwrap();
        symlink("c.txt", at("d.txt")).unwrap();
        let read: Vec<Outcome> = Reader::new([folder.path()], None).collect();
        assert!(matches!(read[0].as_ref().unwrap_err().kind, ReadErrorKind::LinkOut));
        assert!(matches!(read[1].as_ref().unwrap_err().kind, ReadErrorKind::NoFile));
        assert_eq!(ids(&read)[2..], ["c", "d"]);
        let named: Vec<Outcome> = Reader::new([at("a.txt")], None).collect();
        assert!(named[0].as_ref().unwrap_err().to_string().contains("a device"));
    }

    #[test]
    fn a_long_title_is_cut_and_a_long_id_refused() {
        let long = "x".repeat(MAX_NAME + 1);
        let (document, warnings) = one(stdin(format!("---\ntitle: {long}\n---\nA"), None));
        assert_eq!(document.title.unwrap().len(), MAX_NAME);
        assert_eq!(warnings, [WarningKind::LongTitle(MAX_NAME)]);
        let read = stdin(format!("---\nid: {long}\n---\nA"), None);
        assert!(read[0].as_ref().unwrap_err().to_string().contains("1000 characters of an id"));
    }

    #[test]
    fn a_date_that_is_none_is_said_and_unknown() {
        let (document, warnings) = one(stdin("---\ndate: soon\n---\n2 May 2024\n\nText", None));
        assert_eq!(document.date, None);
        assert_eq!(warnings, [WarningKind::NoDate("soon".into())]);
        assert_eq!(
            one(stdin("Lindhaven, 2 May 2024\n\nText", None)).0.date,
            Some(date(2024, 5, 2))
        );
    }

    #[test]
    fn another_language_is_said() {
        let french = "Le ministre a déclaré hier que les négociations sur l’échange des prisonniers \
                      se poursuivront au cours de la semaine prochaine dans la capitale.";
        let (document, warnings) = one(stdin(french, None));
        assert_eq!(document.language.as_deref(), Some("fr"));
        let name = "French".to_owned();
        assert_eq!(warnings, [WarningKind::OtherLanguage { code: "fr".into(), name }]);
        let (_, warnings) = one(stdin("---\nlanguage: Martian\n---\nWords.", None));
        assert_eq!(warnings, [WarningKind::NoLanguage("Martian".into())]);
    }

    #[test]
    fn windows_1252_is_read_with_a_warning() {
        let (document, warnings) = one(stdin(b"a caf\xE9".to_vec(), None));
        assert_eq!(document.text.as_str(), "a café");
        assert_eq!(warnings, [WarningKind::ReadAs("windows-1252")]);
    }

    #[test]
    fn what_is_not_there_or_not_known_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("table.csv");
        fs::write(&table, "a,b").unwrap();
        fs::create_dir(folder.path().join("empty")).unwrap();
        let paths = [folder.path().join("none.txt"), table.clone(), folder.path().join("empty")];
        let read: Vec<Outcome> = Reader::new(paths, None).collect();
        assert!(matches!(read[0].as_ref().unwrap_err().kind, ReadErrorKind::Io(_)));
        assert!(matches!(read[1].as_ref().unwrap_err().kind, ReadErrorKind::UnknownExtension(_)));
        assert!(matches!(read[2].as_ref().unwrap_err().kind, ReadErrorKind::EmptyFolder));
        assert_eq!(ids(&Reader::new([table], Some(Format::Text)).collect::<Vec<_>>()), ["table"]);
    }

    #[test]
    fn a_line_of_fifty_megabytes_is_told() {
        let long = "word ".repeat(10 << 20);
        let json = format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"next\"}}");
        assert_eq!(ids(&stdin(json, None)), ["error", "stdin-2"]);
        let message = stdin(long, None)[0].as_ref().unwrap_err().to_string();
        assert!(message.contains("more than 1048576 bytes in line 1"), "{message}");
    }

    #[test]
    fn a_text_over_the_limit_is_an_error() {
        let read: Vec<Outcome> = Reader::new(["-"], Some(Format::Text))
            .with_stdin(io::repeat(b'a').take(MAX_DOCUMENT_BYTES as u64 + 1))
            .collect();
        assert_eq!(
            read[0].as_ref().unwrap_err().to_string(),
            "standard input: longer than 64 MiB, the most that one document may have; split it"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_is(text in "\\PC*[a-z\\r\\n]\\PC*") {
            prop_assume!(!text.trim().is_empty() && !text.starts_with('\u{FEFF}'));
            let (document, _) = one(stdin(text.clone(), Some(Format::Text)));
            prop_assert_eq!(document.text.as_str(), text);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            for format in Format::names() {
                stdin(bytes.clone(), Some(format.parse().unwrap()));
            }
        }
    }
}

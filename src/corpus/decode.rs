use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::{Place, ReadError, ReadErrorKind, Warning, WarningKind};

/// Makes text of bytes.
///
/// UTF-8 with or without byte order mark, UTF-16 with one. Other bytes are read as
/// `declared` (a page's own charset), else as Windows-1252, with a warning. A text
/// that is UTF-8 but for a few bytes stays UTF-8.
///
/// # Errors
/// [`ReadErrorKind::Binary`] when there is a NUL byte and no UTF-16 mark;
/// [`ReadErrorKind::Utf32`] when there is the mark of UTF-32.
pub(super) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
    place: &Place,
) -> Result<(Cow<'b, str>, Option<Warning>), ReadError> {
    // The mark of UTF-32 little-endian begins as that of UTF-16 does.
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(ReadError { place: place.clone(), kind: ReadErrorKind::Utf32 });
    }
    let marked = Encoding::for_bom(bytes);
    if let Some((encoding, mark)) = marked.filter(|(e, _)| [UTF_16LE, UTF_16BE].contains(e)) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let warning = broken.then(|| Warning {
            place: place.clone(),
            kind: WarningKind::Replaced(encoding.name()),
        });
        return Ok((text, warning));
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(ReadError { place: place.at_byte(at), kind: ReadErrorKind::Binary });
    }
    let body = &bytes[marked.map_or(0, |(_, mark)| mark)..];
    let broken = match std::str::from_utf8(body) {
        Ok(text) => return Ok((Cow::Borrowed(text), None)),
        Err(error) => error.valid_up_to(),
    };
    let encoding = if marked.is_some() || is_mostly_utf8(body) {
        UTF_8
    } else {
        declared.filter(|e| *e != UTF_8 && e.is_ascii_compatible()).unwrap_or(WINDOWS_1252)
    };
    let (text, _) = encoding.decode_without_bom_handling(body);
    let kind = if encoding == UTF_8 {
        WarningKind::Replaced("UTF-8")
    } else {
        WarningKind::ReadAs(encoding.name())
    };
    let place = place.at_byte(bytes.len() - body.len() + broken);
    Ok((text, Some(Warning { place, kind })))
}

/// Are there more characters of several bytes than broken ones? Text in a
/// single-byte encoding has next to none by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// The charset that a page's first kilobyte declares.
pub(super) fn declared_charset(page: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&page[..page.len().min(1024)]).to_ascii_lowercase();
    let (_, value) = head.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', '>', ' ', ';', '/']).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<WarningKind>) {
        let (text, warning) = decode(bytes, None, &Place::default()).unwrap();
        (text.into_owned(), warning.map(|w| w.kind))
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(read(b"\xEF\xBB\xBFPeace"), ("Peace".into(), None));
        assert_eq!(read(b"\xFF\xFEP\0\x19\x20"), ("P’".into(), None));
        assert_eq!(read(b"\xFE\xFF\0P\x20\x19"), ("P’".into(), None));
    }

    #[test]
    fn utf32_is_told_and_not_read_as_rubbish() {
        for bytes in [b"\xFF\xFE\0\0P\0\0\0", b"\0\0\xFE\xFF\0\0\0P"] {
            let error = decode(bytes, None, &Place::default()).unwrap_err();
            assert!(matches!(error.kind, ReadErrorKind::Utf32), "{error}");
        }
    }

    #[test]
    fn windows_1252_is_read_and_said() {
        assert_eq!(
            read(b"\x93Peace\x94 \x96 caf\xE9"),
            ("“Peace” – café".into(), Some(WarningKind::ReadAs("windows-1252")))
        );
    }

    #[test]
    fn one_broken_byte_does_not_spoil_a_utf8_text() {
        let mut bytes = "“Peace” – café".as_bytes().to_vec();
        bytes.push(0xE9);
        assert_eq!(
            read(&bytes),
            ("“Peace” – café\u{FFFD}".into(), Some(WarningKind::Replaced("UTF-8")))
        );
    }

    #[test]
    fn the_place_of_the_first_bad_byte_is_told() {
        let (_, warning) = decode(b"ab\xE9", None, &Place::default()).unwrap();
        assert_eq!(warning.unwrap().place.byte, Some(2));
        let error = decode(b"PK\x03\0", None, &Place::default()).unwrap_err();
        assert_eq!(error.place.byte, Some(3));
        assert!(matches!(error.kind, ReadErrorKind::Binary));
    }

    #[test]
    fn a_page_declares_its_charset() {
        let page = b"<meta charset=\"windows-1251\"><p>\xCC\xE8\xF0";
        let declared = declared_charset(page);
        let (text, _) = decode(page, declared, &Place::default()).unwrap();
        assert!(text.ends_with("Мир"));
        assert_eq!(declared_charset(b"<p>charset"), None);
    }
}

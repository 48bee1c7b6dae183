//! What the streams of a PDF hold once they are unpacked, told before anything is read.
//!
//! A stream of a megabyte can unpack to a gigabyte, and the library unpacks whole streams. So
//! everything that begins as a packed stream is unpacked here first, and thrown away.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;
use memchr::memmem;

use crate::corpus::error::{ReadErrorKind, TooMuch};
use crate::corpus::limits::MAX_INFLATED_BYTES;

/// Streams may be packed in packed ones; more often than this no program does so.
const MOST_WITHIN: usize = 3;

/// Unpacks all streams and counts.
///
/// # Errors
/// [`ReadErrorKind::TooMuch`] when they hold more than [`MAX_INFLATED_BYTES`] together.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadErrorKind> {
    let mut left = MAX_INFLATED_BYTES;
    for at in memmem::find_iter(bytes, b"stream") {
        let content = bytes[at + b"stream".len()..].trim_ascii_start();
        left = left.saturating_sub(unpacked(content, left, MOST_WITHIN));
        if left == 0 {
            return Err(ReadErrorKind::too_much(TooMuch::Inflated, MAX_INFLATED_BYTES));
        }
    }
    Ok(())
}

/// How many bytes a packed stream holds, counted up to `most`, with those that are packed in it.
fn unpacked(packed: &[u8], most: usize, within: usize) -> usize {
    if !is_packed(packed) {
        return 0;
    }
    let mut decoder = ZlibDecoder::new(packed);
    let mut head = Vec::new();
    // What is broken in the middle is broken for the library, too.
    let _ = decoder.by_ref().take(2).read_to_end(&mut head);
    if within > 0 && is_packed(&head) {
        let mut inner = head;
        let _ = decoder.take(most as u64).read_to_end(&mut inner);
        return inner.len() + unpacked(&inner, most, within - 1);
    }
    let rest = io::copy(&mut decoder.take(most as u64), &mut io::sink());
    head.len() + rest.map_or(0, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// Does it begin as what zlib has packed?
fn is_packed(bytes: &[u8]) -> bool {
    let [first, second, ..] = *bytes else { return false };
    first & 0x0F == 8 && first >> 4 <= 7 && u16::from_be_bytes([first, second]) % 31 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(content: &[u8]) -> Vec<u8> {
        [b"1 0 obj << >>\nstream\r\n", content, b"\nendstream"].concat()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_also_packed_twice() {
        let bomb = packed(&vec![b' '; MAX_INFLATED_BYTES + 1]);
        assert!(check(&stream(&bomb)).is_err());
        assert!(check(&stream(&packed(&bomb))).is_err());
        let part = packed(&vec![b' '; MAX_INFLATED_BYTES / 2 + 1]);
        assert!(check(&stream(&part)).is_ok());
        assert!(check(&[stream(&part), stream(&part)].concat()).is_err());
    }

    #[test]
    fn what_is_no_packed_stream_is_let_through() {
        for bytes in [&b"stream"[..], b"stream\nx\x9c", b"stream\n\x78\x9c\0\0", b"", b"upstream x"]
        {
            assert!(check(bytes).is_ok());
        }
    }
}

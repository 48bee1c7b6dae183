//! A file of which some blocks are held in memory: those asked for last. What several processes read
//! is in memory once, with the system.

use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of a block; of numbers of 4, 8 or 16 bytes it holds whole ones.
pub(super) const BLOCK: usize = 1 << 14;
/// How many blocks are held: 32 MiB.
const HELD: usize = 2048;

/// Where a block begins, and what is in it.
pub(super) type Block = (usize, Arc<[u8]>);

/// A file that is read in blocks.
#[derive(Debug)]
pub(super) struct Blocks {
    file: File,
    length: usize,
    /// Each block has its place, from which it drives out another.
    held: Mutex<Vec<Option<Block>>>,
}

impl Blocks {
    pub(super) fn new(file: File, length: usize) -> Self {
        Self { file, length, held: Mutex::new(vec![None; HELD]) }
    }

    /// The bytes from `from` on: a block, or less at the end of the file. What cannot be read is none.
    pub(super) fn at(&self, from: usize) -> Option<Arc<[u8]>> {
        // What was put there by whoever panicked is whole.
        let held = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let place = from / BLOCK % HELD;
        if let Some((begins, block)) = &held()[place]
            && *begins == from
        {
            return Some(Arc::clone(block));
        }
        let length = self.length.checked_sub(from)?.min(BLOCK);
        let block: Arc<[u8]> = self.read(from, length)?.into();
        held()[place] = Some((from, Arc::clone(&block)));
        Some(block)
    }

    /// So many bytes from `from` on, of which nothing is held.
    pub(super) fn read(&self, from: usize, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, from as u64).ok()?;
        Some(bytes)
    }

    /// The bytes from `from` until `to`, of blocks that begin at `first`.
    pub(super) fn bytes(&self, first: usize, from: usize, to: usize) -> Option<Vec<u8>> {
        let mut found = Vec::with_capacity(to.checked_sub(from)?);
        let mut at = from;
        while at < to {
            let place = at.checked_sub(first)? % BLOCK;
            let block = self.at(at - place)?;
            let end = block.len().min(place + (to - at));
            found.extend_from_slice(block.get(place..end).filter(|it| !it.is_empty())?);
            at += end - place;
        }
        Some(found)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], from: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, from)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], from: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    // Two threads must not move the place in the file between each other's reading.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn bytes_are_those_of_the_file_wherever_its_blocks_end() {
        let all: Vec<u8> = (0..3 * BLOCK + 100).map(|at| (at % 251) as u8).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&all).unwrap();
        let blocks = Blocks::new(file, all.len());
        for (from, to) in
            [(7, 7), (7, 20), (BLOCK, BLOCK + 10), (10, 2 * BLOCK + 30), (BLOCK + 3, all.len())]
        {
            assert_eq!(blocks.bytes(7, from, to).unwrap(), all[from..to], "{from} {to}");
        }
        assert!(blocks.bytes(7, 10, all.len() + 1).is_none(), "behind its end");
        assert!(blocks.at(all.len() + 1).is_none());
    }

    #[test]
    fn only_so_many_blocks_are_held() {
        let many = HELD + 10;
        let file = tempfile::tempfile().unwrap();
        file.set_len((many * BLOCK) as u64).unwrap();
        let blocks = Blocks::new(file, many * BLOCK);
        for at in 0..many {
            assert_eq!(blocks.at(at * BLOCK).unwrap().len(), BLOCK);
        }
        assert!(blocks.held.lock().unwrap().len() <= HELD);
        assert_eq!(*blocks.at(0).unwrap(), [0; BLOCK]);
    }
}

//! The bodies of the fuzz targets, over the seeds and mutants of them: cut, with bytes changed,
//! doubled and swapped, always the same ones.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/bodies.rs"]
mod bodies;

/// Mutants of each seed.
const MUTANTS: u64 = 40;

/// Numbers that look drawn by lot (xorshift), the same in every run.
struct Lots(u64);

impl Lots {
    fn draw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

fn mutant(seed: &[u8], number: u64) -> Vec<u8> {
    let mut lots = Lots(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut bytes = seed.to_vec();
    for _ in 0..=lots.draw(4) {
        let length = bytes.len().max(1);
        let (from, to) = (lots.draw(length), lots.draw(length));
        let (from, to) = (from.min(to), from.max(to).min(bytes.len()));
        match lots.draw(5) {
            0 => bytes.truncate(from),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let part = bytes[from..to].to_vec();
                let at = lots.draw(bytes.len() + 1);
                bytes.splice(at..at, part);
            }
            3 if from < bytes.len() => bytes[from] = u8::try_from(lots.draw(256)).unwrap(),
            _ if from < bytes.len() => bytes[from] ^= 1 << lots.draw(8),
            _ => {}
        }
    }
    bytes
}

#[test]
fn every_reader_reads_or_tells_whatever_it_is_given() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (target, body) in bodies::BODIES {
        let mut files: Vec<_> = fs::read_dir(seeds.join(target))
            .unwrap_or_else(|error| panic!("{target}: {error}"))
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        assert!(!files.is_empty(), "{target} has no seed");
        body(b"");
        for file in files {
            let seed = fs::read(&file).unwrap();
            body(&seed);
            (1..=MUTANTS).for_each(|number| body(&mutant(&seed, number)));
        }
    }
}

#[test]
fn every_body_has_a_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (target, _) in bodies::BODIES {
        let target_file =
            fs::read_to_string(fuzz.join(format!("fuzz_targets/{target}.rs"))).unwrap();
        assert!(target_file.contains(&format!("body(\"{target}\")")), "{target}");
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        let _ = bodies::body(target);
    }
}

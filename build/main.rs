//! Reads the shipped ontology while the program is built, so that it need not be parsed at every
//! start. An error in one of its files fails the build, with file and line. Also sums up all that
//! texts are read by, so that what one program has read is not taken for what another would read.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the rooms are the library's, of which reading is a part"
)]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

#[path = "../src/named.rs"]
mod named;
mod ontology;
mod summed;

fn main() -> ExitCode {
    let of_ontology = ["ontology", "src/ontology", "src/named.rs", "build"];
    for watched in of_ontology.iter().chain(&summed::READ_BY).chain(&summed::TOLD_BY) {
        println!("cargo::rerun-if-changed={watched}");
    }
    let told_by = [&summed::READ_BY[..], &summed::TOLD_BY].concat();
    let sums = || Ok((summed::sum(&summed::READ_BY)?, summed::sum(&told_by)?));
    match write().and_then(|()| sums()) {
        Ok((read_by, told_by)) => {
            println!("cargo::rustc-env=DEMARCHE_READS_BY={read_by}");
            println!("cargo::rustc-env=DEMARCHE_TELLS_BY={told_by}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={}", line.trim());
            }
            ExitCode::FAILURE
        }
    }
}

/// Writes the ontology as [`ontology::binary`] reads it.
fn write() -> Result<(), Box<dyn Error>> {
    let bytes = ontology::binary::write(&ontology::Ontology::from_turtle()?)?;
    let folder = env::var_os("OUT_DIR").ok_or("cargo gives no OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join(ontology::binary::NAME), bytes)?)
}

//! Reads the shipped ontology while the program is built, so that it need not be parsed at every
//! start. An error in one of its files fails the build, with file and line.

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

fn main() -> ExitCode {
    for watched in ["ontology", "src/ontology", "src/named.rs", "build"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match write() {
        Ok(()) => ExitCode::SUCCESS,
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

//! Measures the annotator: `cargo run --release --example accuracy -- PATH…`, where
//! a path is a treebank in CoNLL-U or a folder with a split of PolNeAR.

use std::path::PathBuf;

use demarche::annotate::{Annotator, accuracy};

fn main() -> anyhow::Result<()> {
    let annotator = Annotator::embedded()?;
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
        std::env::args_os().skip(1).map(PathBuf::from).partition(|path| path.is_dir());
    if !files.is_empty() {
        print!("{}", accuracy::treebank(&annotator, &files)?);
    }
    for folder in folders {
        print!("{}", accuracy::polnear(&annotator, &folder)?);
    }
    Ok(())
}

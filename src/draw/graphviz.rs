use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use super::{DrawError, Drawing};

/// What Graphviz can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphvizFormat {
    /// Scalable Vector Graphics.
    Svg,
    /// Pixels, 144 to the inch.
    Png,
    /// Portable Document Format.
    Pdf,
}

/// Lays a drawing out with the system's `dot`. What comes out depends on the
/// version and fonts there; [`Drawing::to_svg`] does not.
///
/// # Errors
/// When `dot` is not on the `PATH`, or fails.
pub fn graphviz(drawing: &Drawing, format: GraphvizFormat) -> Result<Vec<u8>, DrawError> {
    run("dot", drawing, format)
}

fn run(program: &str, drawing: &Drawing, format: GraphvizFormat) -> Result<Vec<u8>, DrawError> {
    let arguments: &[&str] = match format {
        GraphvizFormat::Svg => &["-Tsvg"],
        GraphvizFormat::Png => &["-Tpng", "-Gdpi=144"],
        GraphvizFormat::Pdf => &["-Tpdf"],
    };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => DrawError::NoGraphviz,
        _ => DrawError::Graphviz(error.to_string()),
    };
    let mut dot = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let source = drawing.to_dot();
    let input = dot.stdin.take();
    // Written beside the reading, so that neither waits for the other.
    let writer =
        thread::spawn(move || input.map_or(Ok(()), |mut i| i.write_all(source.as_bytes())));
    let output = dot.wait_with_output().map_err(failed)?;
    let written = writer.join();
    if !output.status.success() || !matches!(written, Ok(Ok(()))) {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(DrawError::Graphviz(if said.is_empty() {
            output.status.to_string()
        } else {
            said
        }));
    }
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Options, View, draw};
    use crate::fixture;
    use crate::graph::Graph;

    #[test]
    fn a_missing_program_is_told_with_what_to_do() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let drawing = draw(&graph, View::Stances, &Options::default()).unwrap();
        let error = run("no-such-dot", &drawing, GraphvizFormat::Png).unwrap_err();
        assert!(matches!(error, DrawError::NoGraphviz));
        assert!(error.to_string().contains("install"));
    }
}

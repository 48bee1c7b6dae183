//! Drawing: DOT, SVG and Mermaid views of the graph.

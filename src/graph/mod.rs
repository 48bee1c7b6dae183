//! The graph in petgraph, from which drawings and graph questions are computed.

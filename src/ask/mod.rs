//! Asking: a question is a claim with a hole.

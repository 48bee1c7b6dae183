//! The graph as other programs are shown it: opened once, counted, filtered, and each thing in
//! the words that it serialises to. The server and the tools for language models give the same.

#![cfg_attr(not(feature = "serve"), allow(dead_code, reason = "the explorer shows more"))]

mod filter;
mod site;
mod things;
mod weak;

pub use site::OpenError;

pub(crate) use filter::Filter;
#[cfg(feature = "serve")]
pub(crate) use filter::{day, number, yes};
pub(crate) use site::Site;
pub(crate) use things::NAMED;
#[cfg(feature = "serve")]
pub(crate) use things::StanceView;
#[cfg(feature = "serve")]
pub(crate) use weak::Weakness;

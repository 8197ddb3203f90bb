//! One test binary, one module a feature.
#![allow(clippy::disallowed_methods, reason = "tests write and read the files they are about")]

mod architecture;
mod check;
mod cli;
mod commonmark;
mod documentation;
mod faults;
mod feeds;
mod hostile;
mod playbook;
mod reproducible;
mod secrets;

mod sites;
mod spec;
mod survival;

mod harness;

//! One test binary, one module a feature.

mod architecture;
mod check;
mod cli;
mod commonmark;
mod documentation;
mod faults;
mod harness;
mod hostile;
mod playbook;
mod reproducible;
mod secrets;
mod spec;
mod survival;

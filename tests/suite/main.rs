//! One test binary, one module a feature.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write the files they are about, and may panic"
)]

mod architecture;
mod check;
mod cli;
mod commonmark;
mod documentation;
mod exports;
mod external;
mod faults;
mod feeds;
mod fix;
mod forking;
mod hostile;
mod merge;
mod playbook;
mod reproducible;
mod scaffold;
mod secrets;
mod serve;

mod sites;
mod spec;
mod survival;
mod versions;
mod warm;
mod watch;

mod harness;
mod server;

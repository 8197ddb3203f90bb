//! Fieldbook compiles an organisation's Markdown into one cross-linked engineering playbook with feeds.
//!
//! This is the library behind the command `fieldbook`; its manual is in the repository. Five stages, each a function from
//! one value to the next, make a site: `load`, `parse`, `link`, `render`, `emit`. [`pipeline`] knows their order.
//!
//! A site can be built without touching the disk:
//!
//! ```
//! use fieldbook::{config::project::Project, model::source::Sources, pipeline};
//!
//! let project = Project::in_memory("Harbour Playbook");
//! let sources = Sources::from_texts([
//!     ("index.md", "# Welcome\n\nRead the [guide](guides/costs.md) or see [[Costs]]."),
//!     ("guides/costs.md", "# Costs\n\nFirst things first: [nothing](nowhere.md)."),
//! ]);
//!
//! let outcome = pipeline::compile(&project, sources).expect("nothing is copied from disk");
//!
//! let home = outcome.made.bytes("index.html").expect("the home page");
//! assert!(String::from_utf8_lossy(home).contains("/guides/costs/"));
//!
//! // What is wrong is told, not thrown: this link leads nowhere.
//! let (severity, fault) = &outcome.report.entries()[0];
//! assert_eq!(fault.code.name(), "broken-link");
//! assert_eq!(severity.to_string(), "warning"); // an error in a site with a configuration
//! ```
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests write the files they are about")
)]

pub mod base;
pub mod cache;
pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod document;
pub mod emit;
pub mod export;
pub mod fork;
pub mod link;
pub mod load;
pub mod markdown;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod scaffold;
pub mod serve;

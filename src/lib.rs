//! Fieldbook compiles an organisation's Markdown into one cross-linked engineering playbook with feeds.

pub mod base;
pub mod cache;
pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod emit;
pub mod link;
pub mod load;
pub mod markdown;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod serve;

//! Markdown in, HTML out: each pass on its own, and what they do together.

mod feeds;
mod links;
mod passes;
mod twins;

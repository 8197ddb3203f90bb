//! Markdown in, HTML out: each pass on its own, and what they do together.

mod documents;
mod feeds;
mod hostile;
mod links;
mod passes;
mod twins;

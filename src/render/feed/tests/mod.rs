//! The rules of feeds, one by one, over sites made by hand.

mod atom;
mod hostile;
mod identity;
mod json;
mod lists;
mod readers;
mod rss;
mod sample;

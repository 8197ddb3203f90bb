//! The values between the stages. They are inert: nothing here reads, renders or writes.

pub mod asset;
pub mod body;
pub mod feed;
pub mod glossary;
pub mod graph;
pub mod kinds;
pub mod link;
pub mod meta;
pub mod output;
pub mod page;
pub mod release;
pub mod section;
pub mod site;
pub mod source;
pub mod taxonomy;
pub mod theme;

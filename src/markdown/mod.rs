//! Markdown as a stream of events: pulldown-cmark, followed by one small pass for each thing that is ours.
//!
//! `parse` goes over the events to learn from them, `render` to write HTML. Both see the same events with the same
//! spans, so a link found by one is known to the other by the byte it begins at.

pub mod events;

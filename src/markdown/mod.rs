//! Markdown as a stream of events: pulldown-cmark, followed by one small pass for each thing that is ours.
//!
//! `parse` goes over the events to learn from them, `render` to write HTML. Both see the same events with the same
//! spans, so a link found by one is known to the other by the byte it begins at. What holds between them:
//!
//! - Both read with the same [`events::Reading`]; [`events::Reading::of_body`] and [`events::Reading::of_document`]
//!   make it.
//! - Every `Tag::Link` and `Tag::Image` has exactly one entry in [`crate::model::body::Body::links`], even one without a
//!   destination, and its `span.start` is the start of the event's span.
//! - Every link that [`raw_html::links`] finds in the text of an `Html` or `InlineHtml` event has one entry, and its
//!   `span.start` is the start of the event's span plus the first byte of the attribute's value (of the candidate, in
//!   `srcset`) in the event's text. A block of HTML is one event, unless it stands in a quotation or a list, where each
//!   line is one. With `markdown.html: deny` raw HTML has no links.
//! - The entries stand in the order of the events.
//! - The ids of footnotes are made by [`footnotes`].

pub mod addresses;
pub mod autolinks;
pub mod callouts;
pub mod containers;
pub mod events;
pub mod fences;
pub mod footnotes;
pub mod headings;
pub mod nesting;
pub mod parser;
pub mod questions;
pub mod raw_html;
pub mod text;

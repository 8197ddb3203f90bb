//! The feeds: RSS 2.0, Atom and JSON Feed, of the site, of each section and of each term, and OPML of them all.

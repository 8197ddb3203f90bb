//! Puts `:::` blocks where their fences stand.
//!
//! A fence belongs to what it stands in: a block that is opened in a list item or a quotation must be closed there.

use std::ops::Range;

use pulldown_cmark::Event as Theirs;

use crate::base::path::SourcePath;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::{Event, Events};
use crate::markdown::fences::Fence;

/// Replaces the thematic breaks that stand for `fences` (whose spans count from byte `base`) by the starts and ends of
/// blocks. What is left open is closed and reported.
pub fn apply<'a>(path: &SourcePath, events: Events<'a>, fences: Vec<Fence>, base: usize) -> Reported<Events<'a>> {
    if fences.is_empty() {
        return Reported::clean(events);
    }
    let mut pass = Pass { path, out: Vec::with_capacity(events.len()), open: Vec::new(), diagnostics: Vec::new() };
    let mut fences = fences.into_iter().peekable();
    let end = events.last().map_or(base, |(_, span)| span.end);
    for (event, span) in events {
        match event {
            Event::Markdown(Theirs::Rule) => {
                while fences.next_if(|fence| base + fence.span.start < span.start).is_some() {}
                match fences.next_if(|fence| base + fence.span.start < span.end) {
                    Some(fence) => pass.fence(fence, base),
                    None => pass.out.push((Event::Markdown(Theirs::Rule), span)),
                }
            }
            Event::Markdown(Theirs::Start(_)) => {
                pass.open.push(Open::Markdown);
                pass.out.push((event, span));
            }
            Event::Markdown(Theirs::End(_)) => {
                pass.leave(span.end);
                pass.out.push((event, span));
            }
            event => pass.out.push((event, span)),
        }
    }
    while !pass.open.is_empty() {
        pass.leave(end);
    }
    Reported::new(pass.out, pass.diagnostics)
}

/// Something that is open.
enum Open {
    /// An element of Markdown.
    Markdown,
    /// A block: its name, its colons, the bytes of its fence, and where its start is in the output.
    Block { name: String, colons: usize, fence: Range<usize>, start: usize },
}

struct Pass<'a, 'p> {
    path: &'p SourcePath,
    out: Events<'a>,
    open: Vec<Open>,
    diagnostics: Vec<Diagnostic>,
}

impl Pass<'_, '_> {
    fn fence(&mut self, fence: Fence, base: usize) {
        let span = base + fence.span.start..base + fence.span.end;
        match fence.opens {
            Some(opening) => {
                let name = opening.name.clone();
                let start = self.out.len();
                self.open.push(Open::Block { name, colons: fence.colons, fence: span.clone(), start });
                self.out.push((Event::StartBlock { name: opening.name, attributes: opening.attributes }, span));
            }
            None => self.close(fence.colons, span),
        }
    }

    /// Closes the innermost block with as many colons, else the innermost, of those opened in the same element.
    fn close(&mut self, colons: usize, fence: Range<usize>) {
        let mut same = None;
        let mut inside = 0;
        for open in self.open.iter().rev() {
            match open {
                Open::Markdown => break,
                Open::Block { colons: theirs, .. } => {
                    inside += 1;
                    if *theirs == colons {
                        same = Some(inside);
                        break;
                    }
                }
            }
        }
        if inside == 0 {
            let message = "this closes a `:::` block, but none is open here";
            let help = "delete the line, or open a block above it: `:::name`";
            self.diagnostics.push(Diagnostic::at(Code::UnclosedBlock, self.path, fence, message).help(help));
            return;
        }
        for _ in 1..same.unwrap_or(1) {
            self.abandon(fence.start);
        }
        if let Some(Open::Block { name, start, .. }) = self.open.pop() {
            self.end(name, start, fence.end);
        }
    }

    /// Leaves the innermost element of Markdown, with every block that is still open in it.
    fn leave(&mut self, at: usize) {
        while matches!(self.open.last(), Some(Open::Block { .. })) {
            self.abandon(at);
        }
        self.open.pop();
    }

    /// Reports the innermost block as unclosed and closes it.
    fn abandon(&mut self, at: usize) {
        if let Some(Open::Block { name, colons, fence, start }) = self.open.pop() {
            let message = format!("the block `{name}` is opened here and never closed");
            let help = format!("write `{}` on a line of its own where it ends", ":".repeat(colons.min(8)));
            self.diagnostics.push(Diagnostic::at(Code::UnclosedBlock, self.path, fence, message).help(help));
            self.end(name, start, at);
        }
    }

    fn end(&mut self, name: String, start: usize, at: usize) {
        let span = &mut self.out[start].1;
        span.end = at.max(span.end);
        let span = span.clone();
        self.out.push((Event::EndBlock { name }, span));
    }
}

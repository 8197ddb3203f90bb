//! Writes the outcome of a merge.

use crate::document::Format;
use crate::document::blocks::Kind;
use crate::document::merge::content::{self, Content};
use crate::document::merge::front::Parts;
use crate::document::merge::rows::Tables;
use crate::document::merge::sequence::{Node, Sequence, arrange};
use crate::document::merge::sides::{Sides, Three};
use crate::document::merge::{Conflict, Merged, Update, gaps, kept};
use crate::document::units::Unit;

/// The outcome as it is written, part by part.
pub struct Written<'a> {
    update: &'a Update<'a>,
    body: &'a Sides,
    base: &'a str,
    newline: &'static str,
    /// What is written so far.
    text: String,
    merged: Merged,
    homeless: Vec<usize>,
    tail: String,
    footer: &'a str,
}

impl<'a> Written<'a> {
    /// Writes front matter and body; `base` is the text of the base, not filled.
    pub fn of(update: &'a Update, parts: &Three<Parts<'a>>, fields: &Sides, body: &'a Sides, base: &'a str) -> Self {
        let is_crlf = update.mine.matches("\r\n").count() * 2 > update.mine.matches('\n').count();
        let newline = if is_crlf { "\r\n" } else { "\n" };
        let (text, merged) = (String::new(), Merged::default());
        let (homeless, tail, footer) = (Vec::new(), String::new(), parts.mine.footer);
        let mut written = Written { update, body, base, newline, text, merged, homeless, tail, footer };
        let fences = if parts.mine.open.is_empty() && parts.base.open.is_empty() { &parts.theirs } else { &parts.mine };
        if !fences.open.is_empty() {
            written.push(fences.open, std::ptr::eq(fences, &parts.theirs));
            let sequence = arrange(fields, true);
            written.sequence(fields, &sequence, Format::Markdown);
            match sequence.nodes.is_empty() {
                true => written.push(&fields.mine.tail, false),
                false => written.end_line(&fields.mine.tail),
            }
            written.push(fences.close, std::ptr::eq(fences, &parts.theirs));
        }
        let sequence = arrange(body, update.format == Format::Csv);
        written.sequence(body, &sequence, update.format);
        written.homeless = sequence.homeless;
        written.tail = gaps::choose(&body.base.tail, &body.mine.tail, &body.theirs.tail);
        written
    }

    /// Adds the last section and the end.
    pub fn finish(mut self) -> Merged {
        let outcome = format!("{}{}", self.text, self.footer);
        let mut places = std::mem::take(&mut self.homeless);
        let homeless: String = places.iter().map(|at| self.body.mine.list[*at].text.clone() + "\n").collect();
        let lost = kept::lost(self.base, &self.body.mine, &format!("{outcome}\n{homeless}"));
        places.extend(lost);
        places.sort_unstable();
        places.dedup();
        if !places.is_empty() {
            self.keep(&places);
        }
        let tail = std::mem::take(&mut self.tail);
        self.push(&tail, tail != self.body.mine.tail);
        if !self.text.is_empty() && !self.footer.is_empty() && !self.footer.starts_with(['\n', '\r']) {
            // The line stood alone in the fork; now there is something above it.
            self.end_line("");
            self.push("\n", true);
        }
        self.text.push_str(self.footer);
        self.merged.summary.conflicts = self.merged.conflicts.len();
        self.merged.summary.kept = self.merged.kept.len();
        self.merged.summary.deleted = self.merged.deleted.len();
        Merged { text: self.text, ..self.merged }
    }

    fn keep(&mut self, places: &[usize]) {
        let version = format!("version {}", self.update.from);
        let mine = &self.body.mine;
        self.merged.kept = places.iter().map(|at| mine.list[*at].text.clone()).collect();
        if self.update.format == Format::Csv {
            for at in places {
                self.push(&format!("\n{}", mine.list[*at].text), true);
            }
            return;
        }
        let heading = kept::heading(&version);
        let last = mine.list.iter().rev().find(|unit| unit.kind == Kind::Heading);
        let has_heading = last.is_some_and(|unit| unit.text.trim_end() == heading);
        let section = kept::section(mine, places, &version, has_heading);
        let section = if self.text.is_empty() { section.trim_start().to_string() } else { section };
        self.push(&section, true);
    }

    fn sequence(&mut self, sides: &Sides, sequence: &Sequence, format: Format) {
        let tables = Tables::of(sides, format);
        let mut before: Option<&Node> = None;
        if sequence.nodes.is_empty() {
            return;
        }
        let lead = |units: &[Unit]| units.first().map(|unit| unit.gap.clone()).unwrap_or_default();
        let leads = [&sides.base, &sides.mine, &sides.theirs].map(|units| lead(&units.list));
        for node in &sequence.nodes {
            let gap = match before {
                None => gaps::choose(&leads[0], &leads[1], &leads[2]),
                Some(before) => gaps::between(sides, before, node),
            };
            let is_mine =
                before.map_or(gap == leads[1], |_| node.mine.is_some_and(|at| sides.mine.list[at].gap == gap));
            self.push(&gap, !is_mine);
            self.node(sides, &tables, node);
            before = Some(node);
        }
        self.count(sides, sequence);
    }

    fn node(&mut self, sides: &Sides, tables: &Tables, node: &Node) {
        let mine = node.mine.map(|at| &sides.mine.list[at]);
        let theirs = node.theirs.map(|at| &sides.theirs.list[at]);
        let base = node.base.map(|at| &sides.base.list[at]);
        let is_row = mine.or(theirs).is_some_and(Unit::is_row);
        let in_table = if is_row { tables.merge(sides, node) } else { None };
        let content = in_table.unwrap_or_else(|| match (base, mine, theirs) {
            (Some(base), Some(mine), Some(theirs)) => content::merge(base, mine, theirs),
            _ => Content::Text(mine.or(theirs).map(|unit| unit.text.clone()).unwrap_or_default()),
        });
        match content {
            Content::Text(text) => {
                let is_mine =
                    mine.is_some_and(|unit| unit.text.len() == text.len() && unit.plain() == self.plain(&text, unit));
                self.push(&text, !is_mine);
            }
            Content::Conflict { mine, theirs } => self.conflict(mine, theirs),
        }
    }

    /// The text as [`Unit::plain`] would give it, if it differs from the unit in its tick alone.
    fn plain(&self, text: &str, like: &Unit) -> String {
        let mut unit = like.clone();
        unit.text = text.to_string();
        let has_tick = unit.tick.is_none_or(|at| matches!(text.as_bytes().get(at), Some(b' ' | b'x' | b'X')));
        if has_tick { unit.plain() } else { text.to_string() }
    }

    fn conflict(&mut self, mine: String, theirs: String) {
        let line = self.text.matches('\n').count() + 1;
        let newline = self.newline;
        self.push("<<<<<<< mine\n", true);
        self.push(&mine, false);
        let rest = format!("{newline}======={newline}{theirs}{newline}>>>>>>> version {}", self.update.to);
        self.push(&rest, true);
        self.merged.conflicts.push(Conflict { line, mine, theirs });
    }

    fn count(&mut self, sides: &Sides, sequence: &Sequence) {
        let is_reworded = |node: &&Node| match (node.base, node.theirs) {
            (Some(base), Some(theirs)) => sides.base.list[base].key != sides.theirs.list[theirs].key,
            _ => false,
        };
        let summary = &mut self.merged.summary;
        summary.reworded += sequence.nodes.iter().filter(is_reworded).count();
        summary.inserted += sequence.inserted.len();
        summary.moved += sequence.moved.len();
        summary.removed += sequence.removed.len() + sequence.homeless.len();
        let lines = sequence.deleted.iter().map(|at| sides.theirs.list[*at].line());
        self.merged.deleted.extend(lines);
    }

    /// Ends the last line, as it ended in the fork if it did.
    fn end_line(&mut self, tail: &str) {
        let is_ended = self.text.ends_with('\n');
        match tail.contains('\n') {
            _ if is_ended => {}
            true => self.push(tail, false),
            false => self.push("\n", true),
        }
    }

    /// Adds text; what is not mine gets the line endings that mine has.
    fn push(&mut self, text: &str, is_foreign: bool) {
        match is_foreign {
            true => self.text.push_str(&text.replace("\r\n", "\n").replace('\n', self.newline)),
            false => self.text.push_str(text),
        }
    }
}

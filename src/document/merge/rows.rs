//! Merges the rows of a table cell by cell, by the columns that the headers tell.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::align::align;
use crate::document::blocks::Kind;
use crate::document::merge::content::{Content, put_together};
use crate::document::merge::outline::Outline;
use crate::document::merge::sequence::Node;
use crate::document::merge::sides::{Sides, Three};
use crate::document::merge::three_way::three_way;
use crate::document::units::{Unit, cells_of};
use crate::document::{Format, cells};

/// The most columns of a table that is merged by columns.
const MOST_COLUMNS: usize = 500;

/// The columns of the tables that all three documents have, by the place of the header in the base.
pub struct Tables {
    columns: HashMap<usize, Columns>,
    /// The headers of the rows of mine and of theirs.
    mine: Vec<Option<usize>>,
    theirs: Vec<Option<usize>>,
    format: Format,
}

/// A line of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// The only line of most rows.
    Values,
    /// The first line of a header.
    Names,
    /// The second line of a header.
    Dashes,
}

/// The columns of a table as they come out.
struct Columns {
    list: Vec<Three<Option<usize>>>,
    /// Whether a row that I left alone can be taken from theirs as it is.
    is_theirs: bool,
    /// Whether a row that upstream left alone can be taken from mine as it is.
    is_mine: bool,
}

impl Tables {
    /// Compares the headers.
    pub fn of(sides: &Sides, format: Format) -> Self {
        let headers = |units: &[Unit]| Outline::of(units).header;
        let (mine, theirs) = (headers(&sides.mine.list), headers(&sides.theirs.list));
        let mut tables = Tables { columns: HashMap::new(), mine, theirs, format };
        for (base, unit) in sides.base.list.iter().enumerate().filter(|(_, unit)| unit.kind == Kind::Header) {
            let (Some(mine), Some(theirs)) = (sides.mine_of_base[base], sides.theirs_of_base[base]) else { continue };
            let headers = [unit, &sides.mine.list[mine], &sides.theirs.list[theirs]].map(|unit| header(unit, format));
            if headers.iter().any(|header| header.len() > MOST_COLUMNS) {
                continue;
            }
            tables.columns.insert(base, Columns::of(&headers, |column| is_filled(sides, mine, column, format)));
        }
        tables
    }

    /// Merges a row, or gives none if no header tells its columns.
    pub fn merge(&self, sides: &Sides, node: &Node) -> Option<Content> {
        let columns = self.columns_of(sides, node)?;
        let row = Three {
            base: node.base.map(|at| &sides.base.list[at]),
            mine: node.mine.map(|at| &sides.mine.list[at]),
            theirs: node.theirs.map(|at| &sides.theirs.list[at]),
        };
        match &row {
            Three { base: Some(base), mine: Some(mine), theirs: Some(theirs) } => {
                if columns.is_mine && base.plain() == theirs.plain() {
                    return Some(Content::Text(mine.text.clone()));
                }
                if columns.is_theirs && base.plain() == mine.plain() {
                    return Some(Content::Text(theirs.text.clone()));
                }
            }
            Three { mine: Some(mine), theirs: None, .. } if columns.is_mine => {
                return Some(Content::Text(mine.text.clone()));
            }
            Three { mine: None, theirs: Some(theirs), .. } if columns.is_theirs => {
                return Some(Content::Text(theirs.text.clone()));
            }
            _ => {}
        }
        let like = row.mine.or(row.theirs)?;
        let is_header = like.kind == Kind::Header && self.format == Format::Markdown;
        let lines = if is_header { vec![Line::Names, Line::Dashes] } else { vec![Line::Values] };
        let merged: Option<Vec<String>> = lines.into_iter().map(|line| self.line(&row, columns, line)).collect();
        Some(match (merged, row.mine, row.theirs) {
            (Some(lines), _, _) => Content::Text(lines.join("\n")),
            (None, Some(mine), Some(theirs)) => {
                Content::Conflict { mine: mine.text.clone(), theirs: theirs.text.clone() }
            }
            _ => return None,
        })
    }

    /// Merges a line of a row; none if both sides changed the same words of a cell.
    fn line(&self, row: &Three<Option<&Unit>>, columns: &Columns, line: Line) -> Option<String> {
        let take = |unit: Option<&Unit>| {
            unit.map(|unit| {
                let text = match line {
                    Line::Values => unit.text.as_str(),
                    Line::Names => unit.text.lines().next().unwrap_or_default(),
                    Line::Dashes => unit.text.lines().nth(1).unwrap_or_default(),
                };
                text.to_string()
            })
        };
        let row = Three { base: take(row.base), mine: take(row.mine), theirs: take(row.theirs) };
        let cells: Option<Vec<String>> = columns.list.iter().map(|column| self.cell(&row, column, line)).collect();
        Some(self.write(&cells?, row.mine.as_ref().or(row.theirs.as_ref())?, line))
    }

    fn columns_of(&self, sides: &Sides, node: &Node) -> Option<&Columns> {
        let mine = node.mine.and_then(|at| self.mine[at]).and_then(|at| sides.base_of_mine[at]);
        let theirs = || node.theirs.and_then(|at| self.theirs[at]).and_then(|at| sides.base_of_theirs[at]);
        let base = mine.or_else(theirs)?;
        self.columns.get(&base)
    }

    /// Merges a cell as it is written; none if both sides changed the same words.
    fn cell(&self, row: &Three<Option<String>>, column: &Three<Option<usize>>, line: Line) -> Option<String> {
        let written = |text: &Option<String>, place: Option<usize>| -> String {
            let cell = text.as_ref().zip(place).and_then(|(text, place)| cell(text, place, self.format));
            cell.unwrap_or_default().to_string()
        };
        let base = written(&row.base, column.base);
        let mine = written(&row.mine, column.mine);
        let theirs = written(&row.theirs, column.theirs);
        let (old, own, new) = (base.trim(), mine.trim(), theirs.trim());
        if line == Line::Dashes {
            let dashes = if own.is_empty() || own == old && !new.is_empty() { theirs } else { mine };
            return Some(if dashes.trim().is_empty() { "---".to_string() } else { dashes });
        }
        if column.theirs.is_none() || row.theirs.is_none() || old == new || own == new {
            return Some(mine);
        }
        // A cell that was empty and that I filled is mine.
        if own == old || own.is_empty() && column.mine.is_none() {
            return Some(theirs);
        }
        if old.is_empty() {
            return Some(mine);
        }
        let value = |written: &str| match self.format {
            Format::Markdown => written.to_string(),
            Format::Csv => cells::unquote(written),
        };
        let units = [old, own, new].map(|text| Unit::new(Kind::Paragraph, "", &value(text), Format::Markdown));
        let keys = |unit: &Unit| unit.words.iter().map(|word| word.key).collect::<Vec<_>>();
        let parts = three_way(&keys(&units[0]), &keys(&units[1]), &keys(&units[2]))?;
        let mut merged = String::new();
        put_together(&mut merged, parts, (&units[1], &units[1].words), (&units[2], &units[2].words));
        Some(match self.format {
            Format::Markdown => format!(" {merged} "),
            Format::Csv => cells::quote(&merged),
        })
    }

    /// Writes a line with the outer characters of another.
    fn write(&self, cells: &[String], like: &str, line: Line) -> String {
        let spans: Vec<Range<usize>> = cells_of(like, self.format);
        let (start, end) = (spans.first().map_or(0, |cell| cell.start), spans.last().map_or(0, |cell| cell.end));
        let (mut out, separator) = (like[..start].to_string(), if self.format == Format::Csv { "," } else { "|" });
        for (index, cell) in cells.iter().enumerate() {
            out.push_str(if index > 0 { separator } else { "" });
            let is_bare = self.format == Format::Markdown && line != Line::Dashes && cell.trim() == cell;
            match is_bare {
                true => out.push_str(&format!(" {cell} ")),
                false => out.push_str(cell),
            }
        }
        out.push_str(&like[end..]);
        out
    }
}

impl Columns {
    fn of(headers: &[Vec<Unit>; 3], is_filled: impl Fn(usize) -> bool) -> Self {
        let [base, mine, theirs] = headers;
        let (to_mine, to_theirs) = (pair(base, mine), pair(base, theirs));
        let is_same = |places: &[Option<usize>], count: usize| {
            places.len() == count && places.iter().enumerate().all(|(at, place)| *place == Some(at))
        };
        let base_of = |places: &[Option<usize>], place: usize| places.iter().position(|at| *at == Some(place));
        let is_mine_base = is_same(&to_mine, mine.len());
        let is_lost = |at: usize| to_theirs[at].is_none() && to_mine[at].is_some_and(&is_filled);
        if is_mine_base && !(0..base.len()).any(is_lost) {
            let list = (0..theirs.len()).map(|place| {
                let base = base_of(&to_theirs, place);
                Three { base, mine: base, theirs: Some(place) }
            });
            let is_mine = is_same(&to_theirs, theirs.len());
            return Columns { list: list.collect(), is_theirs: true, is_mine };
        }
        let mut list: Vec<Three<Option<usize>>> = (0..mine.len())
            .map(|place| (base_of(&to_mine, place), place))
            .filter(|(base, _)| base.is_none_or(|at| to_theirs[at].is_some() || is_lost(at)))
            .map(|(base, place)| Three { base, mine: Some(place), theirs: base.and_then(|at| to_theirs[at]) })
            .collect();
        for place in 0..theirs.len() {
            if base_of(&to_theirs, place).is_some() {
                continue;
            }
            let before = list.iter().position(|column| place > 0 && column.theirs == Some(place - 1));
            let at = before.map_or(if place == 0 { 0 } else { list.len() }, |before| before + 1);
            list.insert(at, Three { base: None, mine: None, theirs: Some(place) });
        }
        let is_mine = list.len() == mine.len() && list.iter().enumerate().all(|(at, column)| column.mine == Some(at));
        Columns { list, is_theirs: false, is_mine }
    }
}

/// Which columns are the same: by their words, and by their place where as many were renamed as are new.
fn pair(base: &[Unit], other: &[Unit]) -> Vec<Option<usize>> {
    let mut places = align(base, other);
    if base.len() == other.len() {
        for at in 0..base.len() {
            if places[at].is_none() && !places.contains(&Some(at)) {
                places[at] = Some(at);
            }
        }
    }
    places
}

fn header(unit: &Unit, format: Format) -> Vec<Unit> {
    let cells = cells_of(&unit.text, format).into_iter();
    cells.map(|cell| Unit::new(Kind::Paragraph, "", unit.text[cell].trim(), Format::Markdown)).collect()
}

fn cell(text: &str, place: usize, format: Format) -> Option<&str> {
    cells_of(text, format).get(place).map(|cell| &text[cell.clone()])
}

/// Whether I wrote something into a column of a table.
fn is_filled(sides: &Sides, header: usize, column: usize, format: Format) -> bool {
    let rows = (header + 1..sides.mine.list.len())
        .take_while(|at| sides.mine.list[*at].is_row() && sides.mine.list[*at].kind != Kind::Header);
    let written = |unit: &Unit| cell(&unit.text, column, format).unwrap_or_default().trim().to_string();
    rows.filter(|at| sides.mine.list[*at].kind == Kind::Row).any(|at| {
        let base = sides.base_of_mine[at].map_or(String::new(), |base| written(&sides.base.list[base]));
        written(&sides.mine.list[at]) != base
    })
}

//! What a single line looks like: the rules of CommonMark and GFM that can be told from one line.

use crate::document::cells;

/// Elements whose contents are taken as they are.
const RAW: &[&str] = &["script", "pre", "style", "textarea"];

/// What ends a block of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlEnd {
    /// A line with these characters.
    At(&'static str),
    /// The closing tag of an element whose contents are taken as they are.
    Raw(&'static str),
    /// A blank line.
    Blank,
}

impl HtmlEnd {
    /// Returns whether a line ends the block.
    pub fn is_at(self, content: &str) -> bool {
        match self {
            HtmlEnd::At(mark) => content.contains(mark),
            HtmlEnd::Raw(name) => content.to_ascii_lowercase().contains(&format!("</{name}>")),
            HtmlEnd::Blank => content.is_empty(),
        }
    }
}

/// The mark that begins an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its length with the blanks behind it.
    pub bytes: usize,
    /// The columns from its first character to the text behind it.
    pub columns: usize,
    number: Option<u32>,
    is_empty: bool,
}

impl Marker {
    /// Reads the mark at the beginning of a line without its indentation.
    pub fn of(content: &str) -> Option<Self> {
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        let mark = match content.as_bytes().get(digits)? {
            b'-' | b'+' | b'*' if digits == 0 => 1,
            b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
            _ => return None,
        };
        let rest = &content[mark..];
        if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
            return None;
        }
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        // More than four blanks are one blank and indented code.
        let columns = mark + if (1..=4).contains(&blanks) { blanks } else { 1 };
        let number = content[..digits].parse().ok();
        Some(Marker { bytes: mark + blanks, columns, number, is_empty: rest.trim().is_empty() })
    }

    /// Returns whether such an item may stand directly below a line of text.
    pub fn may_interrupt(&self) -> bool {
        !self.is_empty && self.number.is_none_or(|number| number == 1)
    }
}

/// Returns the columns and the bytes of the blanks a line begins with.
pub fn indentation(line: &str) -> (usize, usize) {
    let mut columns = 0;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => return (columns, at),
        }
    }
    (columns, line.len())
}

/// Returns whether a line is a heading of the form `## Title`.
pub fn is_heading(content: &str) -> bool {
    let level = content.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level) && (content.len() == level || content[level..].starts_with([' ', '\t']))
}

/// Returns whether a line below text makes it a heading.
pub fn is_setext_underline(content: &str) -> bool {
    content.bytes().all(|byte| byte == b'=') || content.bytes().all(|byte| byte == b'-')
}

/// Returns whether a line is a thematic break.
pub fn is_break(content: &str) -> bool {
    let Some(mark) = content.bytes().next().filter(|mark| matches!(mark, b'-' | b'*' | b'_')) else { return false };
    let is_plain = content.bytes().all(|byte| byte == mark || matches!(byte, b' ' | b'\t'));
    is_plain && content.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// Returns the character and the length of the fence a line opens.
pub fn opens_fence(content: &str) -> Option<(u8, usize)> {
    let mark = content.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = content.bytes().take_while(|byte| *byte == mark).count();
    let is_fence = length >= 3 && !(mark == b'`' && content[length..].contains('`'));
    is_fence.then_some((mark, length))
}

/// Returns whether a line closes such a fence.
pub fn closes_fence(content: &str, mark: u8, length: usize) -> bool {
    content.len() >= length && content.bytes().all(|byte| byte == mark)
}

/// Returns whether the first line of a quote, without its `>`, makes it advice.
pub fn is_guide(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.get(..8).is_some_and(|mark| mark.eq_ignore_ascii_case("[!GUIDE]"))
}

/// Returns whether a line of a quote, without its `>`, holds text that may go on without one.
pub fn is_quoted_text(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['>', ' ', '\t']);
    !rest.is_empty() && !is_heading(rest) && !is_break(rest) && opens_fence(rest).is_none() && !rest.starts_with("[!")
}

/// Returns the number of columns if a line is the row of dashes below a table's header.
pub fn delimiter_columns(line: &str) -> Option<usize> {
    let line = line.trim();
    let is_plain = line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'));
    if !is_plain || !line.contains('-') || !line.contains(['|', ':', '-']) {
        return None;
    }
    let cells = cells::markdown(line);
    let is_dashes = |cell: &str| {
        let inner = cell.trim().trim_start_matches(':').trim_end_matches(':');
        !inner.is_empty() && inner.bytes().all(|byte| byte == b'-')
    };
    cells.iter().all(|cell| is_dashes(&line[cell.clone()])).then_some(cells.len())
}

/// Returns what ends the block of HTML that a line begins, if it begins one. A lone tag of any name begins one only
/// where no paragraph stands above.
pub fn html_start(content: &str, may_be_any: bool) -> Option<HtmlEnd> {
    let rest = content.strip_prefix('<')?;
    let marks = [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")];
    if let Some((_, end)) = marks.iter().find(|(start, _)| rest.starts_with(start)) {
        return Some(HtmlEnd::At(end));
    }
    if rest.strip_prefix('!').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return Some(HtmlEnd::At(">"));
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let (name, behind) = name.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || behind.starts_with(':') || behind.starts_with('@') {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if let Some(raw) = RAW.iter().find(|raw| **raw == name) {
        return Some(HtmlEnd::Raw(raw));
    }
    let is_alone = content.ends_with('>') && content.matches('<').count() == 1;
    (is_block(&name) || (may_be_any && is_alone)).then_some(HtmlEnd::Blank)
}

/// Whether an element begins a block even below a line of text.
fn is_block(name: &str) -> bool {
    const NAMES: &str = " address article aside base basefont blockquote body caption center col colgroup dd details \
        dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html \
        iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table \
        tbody td tfoot th thead title tr track ul ";
    NAMES.contains(&format!(" {name} "))
}

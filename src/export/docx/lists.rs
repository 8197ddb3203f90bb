//! Lists: bullets for all, and numbers that begin anew in each list.

use crate::base::xml::XmlWriter;
use crate::export::docx::parts::NAMESPACES;

/// How far a level is moved in, in twentieths of a point.
pub const STEP: usize = 425;

/// The deepest level there is.
pub const DEEPEST: usize = 8;

/// The number of the list that all lists with bullets share.
pub const BULLETS: usize = 1;

/// The lists with numbers, each with its level and the number it begins with.
#[derive(Default)]
pub struct Lists {
    numbered: Vec<(usize, u64)>,
}

impl Lists {
    /// Begins a list at a level, from 0, and returns its number.
    pub fn begin(&mut self, level: usize, start: Option<u64>) -> usize {
        let Some(start) = start else {
            return BULLETS;
        };
        self.numbered.push((level.min(DEEPEST), start.min(i32::MAX as u64)));
        BULLETS + self.numbered.len()
    }

    /// Writes what lists look like.
    pub fn finish(&self) -> Vec<u8> {
        let mut xml = XmlWriter::new();
        xml.open("w:numbering", NAMESPACES);
        look(&mut xml, "0", |level| ("bullet", ["•", "–", "·"][level % 3].to_string()));
        look(&mut xml, "1", |level| (["decimal", "lowerLetter", "lowerRoman"][level % 3], format!("%{}.", level + 1)));
        number(&mut xml, BULLETS, "0");
        xml.close();
        for (at, (level, start)) in self.numbered.iter().enumerate() {
            number(&mut xml, BULLETS + 1 + at, "1");
            xml.open("w:lvlOverride", &[("w:ilvl", &level.to_string())]);
            xml.empty("w:startOverride", &[("w:val", &start.to_string())]);
            xml.close();
            xml.close();
        }
        xml.finish()
    }
}

fn number(xml: &mut XmlWriter, number: usize, look: &str) {
    xml.open("w:num", &[("w:numId", &number.to_string())]);
    xml.empty("w:abstractNumId", &[("w:val", look)]);
}

fn look(xml: &mut XmlWriter, id: &str, mark: impl Fn(usize) -> (&'static str, String)) {
    xml.open("w:abstractNum", &[("w:abstractNumId", id)]);
    xml.empty("w:multiLevelType", &[("w:val", "hybridMultilevel")]);
    for level in 0..=DEEPEST {
        let (format, text) = mark(level);
        xml.open("w:lvl", &[("w:ilvl", &level.to_string())]);
        xml.empty("w:start", &[("w:val", "1")]);
        xml.empty("w:numFmt", &[("w:val", format)]);
        xml.empty("w:lvlText", &[("w:val", &text)]);
        xml.empty("w:lvlJc", &[("w:val", "left")]);
        xml.open("w:pPr", &[]);
        xml.empty("w:ind", &[("w:left", &(STEP * (level + 1)).to_string()), ("w:hanging", &STEP.to_string())]);
        xml.close();
        xml.close();
    }
    xml.close();
}

//! The ids of footnotes.

use crate::base::slug::heading_id;

/// Returns the id of the footnote with a label: `fn-1`.
pub fn definition_id(label: &str) -> String {
    format!("fn-{}", word(label))
}

/// Returns the id of the reference to a footnote that is number `index` (from 0) on its page: `fnref-1`, `fnref-1-2`.
pub fn reference_id(label: &str, index: usize) -> String {
    match index {
        0 => format!("fnref-{}", word(label)),
        _ => format!("fnref-{}-{}", word(label), index + 1),
    }
}

fn word(label: &str) -> String {
    let id = heading_id(label);
    match id.is_empty() {
        true => label.chars().map(|c| format!("{:x}", u32::from(c))).collect::<Vec<_>>().join("-"),
        false => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        assert_eq!(definition_id("Big note"), "fn-big-note");
        assert_eq!(reference_id("1", 0), "fnref-1");
        assert_eq!(reference_id("1", 1), "fnref-1-2");
        assert_eq!(definition_id("*"), "fn-2a");
    }
}

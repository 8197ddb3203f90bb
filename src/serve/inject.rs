//! Puts the script that reloads into pages on their way out. The pages themselves stay what `build` writes.

use crate::base::digest::Digest;

/// Returns a page with the script in it: at the end of the body, else of the head, else of everything.
///
/// `own` is the folder of the server's own files. The script is told nothing but the digest of the page.
pub fn inject(page: &[u8], own: &str, digest: Digest) -> Vec<u8> {
    let at = last(page, b"</body").or_else(|| last(page, b"</head")).unwrap_or(page.len());
    let script = format!("<script src=\"/{own}/live.js\" data-digest=\"{:x}\"></script>\n", digest.0);
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// Returns where a tag begins for the last time, in upper or lower case.
fn last(page: &[u8], tag: &[u8]) -> Option<usize> {
    (0..(page.len() + 1).saturating_sub(tag.len()))
        .rev()
        .find(|at| page[*at..*at + tag.len()].eq_ignore_ascii_case(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_where_it_does_not_change_the_page() {
        let check = |page: &str, before: &str, after: &str| {
            let expected = format!("{before}<script src=\"/x/live.js\" data-digest=\"ff\"></script>\n{after}");
            assert_eq!(String::from_utf8(inject(page.as_bytes(), "x", Digest(255))).unwrap(), expected);
        };
        check("<body><p>a</BODY></html>", "<body><p>a", "</BODY></html>");
        check("<p></body><p></body >", "<p></body><p>", "</body >");
        check("<head></head><p>", "<head>", "</head><p>");
        check("<p>", "<p>", "");
        check("", "", "");
    }
}

//! The identity of a version: a digest of its text, whatever the editor did to line endings and blanks.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use crate::base::digest;

const DIGITS: usize = 12;

/// The first 12 hex digits of the SHA-256 of a text in its normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(String);

impl Identity {
    /// Takes the identity of a text.
    pub fn of(text: &str) -> Self {
        let mut hex = digest::sha256_hex(normal_form(text).as_bytes());
        hex.truncate(DIGITS);
        Identity(hex)
    }

    /// Reads an identity as it stands in a provenance: 12 hex digits in either case.
    pub fn from_hex(written: &str) -> Option<Self> {
        let is_hex = written.len() == DIGITS && written.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| Identity(written.to_ascii_lowercase()))
    }

    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Returns a text as versions are compared: composed (NFC), lines ended by LF, without a byte order mark, without blanks
/// at the ends of lines, with one newline at its end. A text of nothing but blanks is empty.
pub fn normal_form(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + 1);
    for line in text.split('\n') {
        out.extend(line.trim_end_matches([' ', '\t']).nfc());
        out.push('\n');
    }
    let length = out.trim_end_matches('\n').len();
    out.truncate(length);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Identity, normal_form};

    #[test]
    fn editors_do_not_change_an_identity() {
        let plain = Identity::of("# Café\n\n- [ ] A\n");
        for other in ["# Café\r\n\r\n- [ ] A", "\u{feff}# Cafe\u{301}  \n\t\n- [ ] A\n\n\n"] {
            assert_eq!(Identity::of(other), plain, "{other:?}");
        }
        assert_ne!(Identity::of("# Café\n\n- [ ] B\n"), plain);
        assert_ne!(Identity::of("# Café\n- [ ] A\n"), plain);
    }

    #[test]
    fn it_is_a_sha_256() {
        // printf 'abc\n' | sha256sum
        assert_eq!(Identity::of("abc").as_str(), "edeaaff3f177");
        assert_eq!(normal_form(" \n\r\n"), "");
        assert_eq!(Identity::from_hex("EDEAAFF3F177"), Some(Identity::of("abc")));
        assert_eq!(Identity::from_hex("edeaaff3f17"), None);
        assert_eq!(Identity::from_hex("edeaaff3f17ü"), None);
    }
}

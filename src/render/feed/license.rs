//! Licences by their SPDX identifiers, for the elements that want the address of a Creative Commons licence.

/// Returns the address of a Creative Commons licence: `CC-BY-4.0`, `CC0-1.0`; `None` for every other identifier.
pub fn creative_commons(spdx: &str) -> Option<String> {
    let id = spdx.trim().to_ascii_lowercase();
    match id.as_str() {
        "cc0-1.0" => return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_string()),
        "cc-pdm-1.0" => return Some("https://creativecommons.org/publicdomain/mark/1.0/".to_string()),
        _ => {}
    }
    let parts: Vec<&str> = id.strip_prefix("cc-")?.split('-').collect();
    let at = parts.iter().position(|part| is_version(part))?;
    let (terms, rest) = parts.split_at(at);
    let is_known = |term: &&str| matches!(*term, "by" | "nc" | "nd" | "sa");
    if terms.is_empty() || !terms.iter().all(is_known) {
        return None;
    }
    let terms = terms.join("-");
    match rest {
        [version] => Some(format!("https://creativecommons.org/licenses/{terms}/{version}/")),
        [version, country] if country.bytes().all(|b| b.is_ascii_lowercase()) => {
            Some(format!("https://creativecommons.org/licenses/{terms}/{version}/{country}/"))
        }
        _ => None,
    }
}

fn is_version(part: &str) -> bool {
    matches!(part.as_bytes(), [major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (spdx, address) in [
            ("CC-BY-4.0", Some("https://creativecommons.org/licenses/by/4.0/")),
            ("cc-by-nc-sa-3.0-US", Some("https://creativecommons.org/licenses/by-nc-sa/3.0/us/")),
            ("CC0-1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/")),
            ("MIT", None),
            ("CC-BY", None),
            ("CC-4.0", None),
            ("CC-EVIL/../-4.0", None),
        ] {
            assert_eq!(creative_commons(spdx).as_deref(), address);
        }
    }
}

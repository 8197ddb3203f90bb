//! Licences: an SPDX identifier as people read it, with the address of its text.

use serde::Serialize;

/// A licence as templates see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LicenseView {
    /// Its name: `CC BY 4.0`.
    pub name: String,
    /// The address of its text; none for a licence that is not in SPDX's list.
    pub url: Option<String>,
}

/// Makes the view of a licence from its SPDX identifier, or of whatever else was written.
pub fn license(id: &str) -> LicenseView {
    let id = id.trim();
    if let Some(view) = creative_commons(id) {
        return view;
    }
    let is_identifier = !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+'))
        && (id.contains('-') || id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    let url = is_identifier.then(|| format!("https://spdx.org/licenses/{id}.html"));
    LicenseView { name: id.to_string(), url }
}

/// Reads `CC-BY-SA-4.0` and `CC0-1.0`.
fn creative_commons(id: &str) -> Option<LicenseView> {
    let lower = id.to_ascii_lowercase();
    if lower == "cc0-1.0" {
        let url = "https://creativecommons.org/publicdomain/zero/1.0/".to_string();
        return Some(LicenseView { name: "CC0 1.0".to_string(), url: Some(url) });
    }
    let (terms, version) = lower.strip_prefix("cc-")?.rsplit_once('-')?;
    let is_version = version.len() == 3 && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_version || !["by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"].contains(&terms) {
        return None;
    }
    let name = format!("CC {} {version}", terms.to_ascii_uppercase());
    Some(LicenseView { name, url: Some(format!("https://creativecommons.org/licenses/{terms}/{version}/")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, name: &str, url: Option<&str>) {
        assert_eq!(license(id), LicenseView { name: name.to_string(), url: url.map(str::to_string) });
    }

    #[test]
    fn licences() {
        check("CC-BY-SA-4.0", "CC BY-SA 4.0", Some("https://creativecommons.org/licenses/by-sa/4.0/"));
        check("CC0-1.0", "CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/"));
        check("Apache-2.0", "Apache-2.0", Some("https://spdx.org/licenses/Apache-2.0.html"));
        check("MIT", "MIT", Some("https://spdx.org/licenses/MIT.html"));
        check("All rights reserved", "All rights reserved", None);
    }
}

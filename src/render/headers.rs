//! `_headers` for hosts that read it: the Content-Security-Policy, lifetimes in caches, media types.

use crate::config::Config;
use crate::model::output::{ExportFormat, Output, Recipe};
use crate::render::address::Addresses;
use crate::render::assets::FOLDER;

/// The Content-Security-Policy without a site's additions: each directive with its sources.
const POLICY: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: https:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("media-src", "'self' https:"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
];

/// The lifetime of what has another name when it has other bytes.
const FOREVER: &str = "Cache-Control: public, max-age=31536000, immutable";

/// Writes the headers.
pub fn headers(config: &Config, outputs: &[Output], addresses: Addresses<'_>) -> String {
    let mut text = String::new();
    let base = config.base_path();
    let mut everywhere = vec![
        format!("Content-Security-Policy: {}", policy(&config.csp)),
        "X-Content-Type-Options: nosniff".to_string(),
        "Referrer-Policy: strict-origin-when-cross-origin".to_string(),
        "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_string(),
    ];
    if config.is_preview {
        everywhere.push("X-Robots-Tag: noindex".to_string());
    }
    rule(&mut text, &format!("{base}/*"), &everywhere);
    let folder = FOLDER.trim_start_matches('/');
    let is_shared = outputs
        .iter()
        .any(|output| !matches!(output.recipe, Recipe::ThemeAsset(_)) && output.path.as_str().starts_with(folder));
    if !is_shared && outputs.iter().any(|output| matches!(output.recipe, Recipe::ThemeAsset(_))) {
        rule(&mut text, &format!("{base}{FOLDER}*"), &[FOREVER.to_string()]);
    }
    if outputs.iter().any(|output| output.path.as_str().ends_with(".md")) {
        rule(&mut text, &format!("{base}/*.md"), &["Content-Type: text/markdown; charset=utf-8".to_string()]);
    }
    for output in outputs {
        let header = match output.recipe {
            // The site has files of its own in the folder, whose names do not change with their bytes.
            Recipe::ThemeAsset(_) if is_shared => FOREVER.to_string(),
            Recipe::Feed(_, format) => format!("Content-Type: {}; charset=utf-8", format.media_type()),
            Recipe::Opml => "Content-Type: text/x-opml; charset=utf-8".to_string(),
            // It has a style sheet in it, which the policy of pages forbids; it is to be kept, not visited.
            Recipe::Export(_, ExportFormat::Html) => "Content-Disposition: attachment".to_string(),
            _ => continue,
        };
        rule(&mut text, &addresses.href(&output.path.to_url()), &[header]);
    }
    text
}

/// Joins a site's additions to the Content-Security-Policy, directive by directive.
pub fn policy(additions: &[String]) -> String {
    let mut directives: Vec<(String, Vec<String>)> =
        POLICY.iter().map(|(name, sources)| (name.to_string(), words(sources))).collect();
    for addition in additions.iter().flat_map(|addition| addition.split(';')) {
        let mut words = words(addition).into_iter();
        let Some(name) = words.next().map(|name| name.to_ascii_lowercase()) else {
            continue;
        };
        let at = directives.iter().position(|(found, _)| *found == name).unwrap_or_else(|| {
            directives.push((name, Vec::new()));
            directives.len() - 1
        });
        let sources = &mut directives[at].1;
        for source in words {
            sources.retain(|found| found != "'none'");
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    let write = |(name, sources): (String, Vec<String>)| format!("{name} {}", sources.join(" ")).trim_end().to_string();
    directives.into_iter().map(write).collect::<Vec<_>>().join("; ")
}

fn words(text: &str) -> Vec<String> {
    // What could end the header's line is no part of a source.
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect()
}

fn rule(text: &mut String, path: &str, headers: &[String]) {
    text.push_str(path);
    text.push('\n');
    for header in headers {
        text.push_str("  ");
        text.push_str(header);
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn additions_are_merged() {
        let additions =
            ["script-src https://a.example 'self'".to_string(), "frame-ancestors 'self'; worker-src blob:".to_string()];
        let policy = policy(&additions);
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' https://a.example; style-src 'self'; "),
            "{policy}"
        );
        assert!(policy.ends_with("base-uri 'none'; frame-ancestors 'self'; worker-src blob:"), "{policy}");
    }
}

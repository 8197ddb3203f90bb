//! Lets the server's own script and stream through a site's Content-Security-Policy, and nothing else.

/// What the server's own script needs, and which directives say so in its absence.
const NEEDED: [(&str, &[&str]); 2] =
    [("script-src-elem", &["script-src", "default-src"]), ("connect-src", &["default-src"])];

/// Returns the policy with `'self'` allowed for scripts and connections. A policy that allows them already stays as it
/// is, and one that says nothing of them allows everything.
pub fn adapt(policy: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = policy.split(';').filter_map(directive).collect();
    let mut is_changed = false;
    for (name, fallbacks) in NEEDED {
        let place = |name: &str| directives.iter().position(|(found, _)| found.eq_ignore_ascii_case(name));
        let Some(at) = [name].iter().chain(fallbacks).find_map(|name| place(name)) else { continue };
        let (found, mut sources) = directives[at].clone();
        if sources.iter().any(|source| source.eq_ignore_ascii_case("'self'")) {
            continue;
        }
        is_changed = true;
        sources.retain(|source| !source.eq_ignore_ascii_case("'none'"));
        sources.push("'self'".to_string());
        // What falls back to it for other things stays as strict as it was.
        match found.eq_ignore_ascii_case("default-src") {
            true => directives.push((name.to_string(), sources)),
            false => directives[at].1 = sources,
        }
    }
    match is_changed {
        true => directives.into_iter().map(|(name, sources)| write(&name, &sources)).collect::<Vec<_>>().join("; "),
        false => policy.to_string(),
    }
}

fn directive(text: &str) -> Option<(String, Vec<String>)> {
    let mut words = text.split_whitespace().map(str::to_string);
    Some((words.next()?, words.collect()))
}

fn write(name: &str, sources: &[String]) -> String {
    format!("{name} {}", sources.join(" ")).trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::adapt;

    #[test]
    fn only_what_is_needed_changes() {
        let check = |policy: &str, expected: &str| assert_eq!(adapt(policy), expected, "{policy}");
        let strict = "default-src 'none'; script-src 'self'; style-src 'self';  connect-src 'self'";
        check(strict, strict);
        check("", "");
        check("img-src 'none'", "img-src 'none'");
        check("default-src 'self'; img-src *", "default-src 'self'; img-src *");
        check("default-src 'none'", "default-src 'none'; script-src-elem 'self'; connect-src 'self'");
        check(
            "Default-Src https:; Script-Src 'none'; connect-src",
            "Default-Src https:; Script-Src 'self'; connect-src 'self'",
        );
        check("script-src-elem https://a.example", "script-src-elem https://a.example 'self'");
    }
}

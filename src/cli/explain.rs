//! `fieldbook explain`.

use anyhow::{Result, bail};

use crate::base::did_you_mean::nearest;
use crate::cli::{GOOD, report};
use crate::diag::code::Code;

/// Explain what a message means, by the code in its brackets
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, e.g. `broken-link`; without it all codes are listed
    code: Option<String>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let Some(name) = args.code else {
        report::print(&table());
        return Ok(GOOD);
    };
    let Some(code) = Code::from_name(&name) else {
        let near = nearest(&name, Code::ALL.iter().map(|code| code.name()));
        let help = near.map_or("`fieldbook explain` lists them".into(), |name| format!("did you mean `{name}`?"));
        bail!("no code is called `{name}`; {help}");
    };
    let text = code.explanation().lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let levels = "error, warn, note or off";
    report::print(&format!(
        "{} ({} unless `checks:` in fieldbook.yaml says otherwise)\n\n{text}\n\nTo change its level:\n\n    checks:\n      {}: {}    # {levels}\n",
        code.name(),
        code.default_severity(),
        code.name(),
        match code.default_severity() {
            crate::diag::levels::Severity::Error => "warn",
            _ => "off",
        }
    ));
    Ok(GOOD)
}

fn table() -> String {
    let rows = Code::ALL.iter().map(|code| {
        let whole = code.explanation().split_whitespace().collect::<Vec<_>>().join(" ");
        let first = whole.split(". ").next().unwrap_or_default();
        format!("{:<22} {:<8} {}\n", code.name(), code.default_severity().to_string(), first.trim_end_matches('.'))
    });
    rows.collect()
}

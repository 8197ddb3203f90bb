//! How grave each code is taken in a site.

use std::collections::BTreeMap;
use std::fmt;

use crate::diag::code::Code;

/// How grave a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// The site is built; somebody should look.
    Warning,
    /// The site is not published.
    Error,
}

/// What the configuration says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported with this severity.
    On(Severity),
}

/// The level of every code in a site.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    set: BTreeMap<Code, Level>,
    /// Errors become warnings: a folder without a configuration, somebody's first try.
    pub lenient: bool,
    /// Warnings become errors: `--strict`.
    pub strict: bool,
}

impl Levels {
    /// Makes the levels of a folder without a configuration: errors are warnings.
    pub fn lenient() -> Self {
        Levels { lenient: true, ..Levels::default() }
    }

    /// Sets the level of a code, as `checks:` in the configuration does.
    pub fn set(&mut self, code: Code, level: Level) {
        self.set.insert(code, level);
    }

    /// Returns the severity of a code here, or `None` if it is off.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        let level = self.set.get(&code).copied();
        let severity = match level.unwrap_or(Level::On(code.default_severity())) {
            Level::Off => return None,
            Level::On(severity) => severity,
        };
        Some(match severity {
            Severity::Error if self.lenient && level.is_none() => Severity::Warning,
            Severity::Warning if self.strict => Severity::Error,
            severity => severity,
        })
    }
}

impl Level {
    /// Reads `error`, `warn` (or `warning`), `note` or `off`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "off" | "false" => Level::Off,
            "note" => Level::On(Severity::Note),
            "warn" | "warning" => Level::On(Severity::Warning),
            "error" => Level::On(Severity::Error),
            _ => return None,
        })
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

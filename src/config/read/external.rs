//! `external:`: how links to other sites are checked.

use std::ops::RangeInclusive;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::config::external::{External, Ignored};
use crate::config::fields::Fields;
use crate::config::read::bad;
use crate::diag::code::Code;

/// Reads the map, if there is one.
pub fn external(fields: &mut Fields<'_>, external: &mut External) {
    let Some(mut inner) = fields.inner("external") else {
        return;
    };
    external.timeout = within(&mut inner, "timeout", 1..=300).unwrap_or(external.timeout);
    external.retries = within(&mut inner, "retries", 0..=10).unwrap_or(external.retries);
    external.per_host = within(&mut inner, "per_host", 1..=16).unwrap_or(external.per_host);
    external.keep = within(&mut inner, "keep", 0..=365).unwrap_or(external.keep);
    for status in inner.texts("accept") {
        match status.value.parse() {
            Ok(number @ 100..=999) => external.accept.push(number),
            _ => bad(&mut inner, status, "is not a status", "write numbers such as `accept: [403, 999]`"),
        }
    }
    external.ignore = ignore(&mut inner);
    fields.close(inner);
}

/// A name is a host; what has a slash or a star is a pattern of addresses.
fn ignore(fields: &mut Fields<'_>) -> Ignored {
    let mut hosts = Vec::new();
    let mut addresses = GlobSetBuilder::new();
    for item in fields.texts("ignore") {
        if !item.value.contains(['/', '*']) {
            hosts.push(item.value.to_ascii_lowercase());
            continue;
        }
        match Glob::new(&item.value) {
            Ok(glob) => drop(addresses.add(glob)),
            Err(_) => {
                let help = "write a host, `example.org`, or a pattern, `https://example.org/drafts/*`";
                bad(fields, item, "is not a pattern of addresses", help);
            }
        }
    }
    Ignored { hosts, addresses: addresses.build().unwrap_or_else(|_| GlobSet::empty()) }
}

/// Takes a whole number within bounds.
fn within<T: TryFrom<i64>>(fields: &mut Fields<'_>, key: &'static str, bounds: RangeInclusive<i64>) -> Option<T> {
    let number = fields.whole(key)?;
    if bounds.contains(&number) {
        return T::try_from(number).ok();
    }
    let span = fields.key_span(key).unwrap_or_default();
    let help = Some(format!("write a number from {} to {}", bounds.start(), bounds.end()));
    fields.report(Code::BadConfig, span, format!("`external.{key}: {number}` is out of bounds"), help);
    None
}

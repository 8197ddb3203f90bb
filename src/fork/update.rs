//! Brings a fork up to a newer version of its template.

use anyhow::{Result, bail};

use crate::document::merge::{self, Merged, Refusal, Update};
use crate::document::provenance::{Place, Provenance};
use crate::fork::file::Fork;
use crate::fork::shelf::Shelf;
use crate::fork::template::{Template, Version};

/// An update that is not written yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The number of the version the fork is at.
    pub from: u32,
    /// The version it will be at.
    pub to: Version,
    /// What becomes of it.
    pub merged: Merged,
    origin: Provenance,
}

/// What a fork's provenance says of its base, held against what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base<'a> {
    /// It is this version.
    Known(&'a Version),
    /// There is no such version (any more).
    Missing,
    /// There is a version with this number and it has another identity, or the fork names none.
    Altered(&'a Version),
}

/// Finds the version that a fork says it comes from.
pub fn base<'a>(origin: &Provenance, template: &'a Template) -> Base<'a> {
    match template.version(origin.version) {
        None => Base::Missing,
        Some(version) if origin.hash.as_ref() == Some(&version.hash) => Base::Known(version),
        Some(version) => Base::Altered(version),
    }
}

/// Finds the version that a fork comes from, and its text.
///
/// # Errors
/// When it is not there, or not the one that the fork names; the way out is part of the message.
pub fn base_text<'a>(fork: &Fork, template: &'a Template) -> Result<(&'a Version, String)> {
    let origin = fork.origin()?;
    let shown = fork.path.display();
    let way_out = format!("`fieldbook adopt {shown} {}` finds the version that it resembles", template.address);
    match base(origin, template) {
        Base::Missing => {
            bail!(
                "version {} of \"{}\" is missing, so nobody can tell what you changed; {way_out}",
                origin.version,
                template.title
            )
        }
        Base::Altered(version) => match &origin.hash {
            Some(hash) => bail!(
                "{shown} says that it comes from version {} with the hash {hash}, and that version is {}: \
                what it says was changed; {way_out}",
                version.number,
                version.hash
            ),
            None => {
                bail!("{shown} does not say which text version {} was (`template_hash`); {way_out}", version.number)
            }
        },
        Base::Known(version) => match template.text(version)? {
            Some(text) => Ok((version, text)),
            None => bail!(
                "the text of version {} of \"{}\" is missing, so nobody can tell what you changed; {way_out}",
                version.number,
                template.title
            ),
        },
    }
}

/// Works out what an update to a version, or to the newest one, makes of a fork; `None` if it is there already.
///
/// # Errors
/// When the base is not there, when there are marks of an earlier conflict, or a text cannot be fetched.
pub fn plan(fork: &Fork, template: &Template, to: Option<u32>) -> Result<Option<Plan>> {
    let origin = fork.origin()?;
    if fork.format != template.format {
        bail!("{} is not written as \"{}\" is", fork.path.display(), template.title);
    }
    let (base, base_text) = base_text(fork, template)?;
    let to = match to {
        Some(number) => template.wanted(number)?,
        None => template.newest(),
    };
    if to == base {
        return Ok(None);
    }
    let theirs = template.text_of(to)?;
    let update = Update {
        base: Some(&base_text),
        from: base.number,
        mine: &fork.text,
        theirs: &theirs,
        to: to.number,
        format: fork.format,
    };
    let shown = fork.path.display();
    let merged = match merge::merge(&update) {
        Ok(merged) => merged,
        Err(Refusal::Unresolved(line)) => bail!(
            "{shown}:{line}: a mark of an earlier conflict is still there; decide what is to stand there and delete the \
            lines `<<<<<<<`, `=======` and `>>>>>>>`, or go back with `fieldbook update --undo {shown}`"
        ),
        Err(refusal) => bail!("{shown}: {refusal}"),
    };
    let origin = Provenance {
        title: None,
        forked_from: origin.forked_from.clone(),
        version: to.number,
        hash: Some(to.hash.clone()),
        license: None,
    };
    Ok(Some(Plan { from: base.number, to: to.clone(), merged, origin }))
}

/// Writes an update.
///
/// # Errors
/// When the disk refuses; the fork is then as it was.
pub fn apply(fork: &Fork, plan: &Plan, shelf: &Shelf) -> Result<()> {
    fork.replace(&plan.merged.text, (&plan.origin, Place::FrontMatter), shelf)
}

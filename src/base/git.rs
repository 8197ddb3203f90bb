//! Asks git, as a program of its own, about the files of a folder.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Returns the files below a folder that differ from a revision, by their path from the folder: those changed, added or
/// removed since, and those that git does not track yet. Files that git is told to ignore are not among them.
///
/// # Errors
/// When there is no git, the folder is in no repository, or there is no such revision.
pub fn changed_since(folder: &Path, revision: &str) -> Result<BTreeSet<String>> {
    if revision.is_empty() || revision.starts_with('-') {
        bail!("\"{revision}\" is not a revision; name a commit, a branch or a tag, such as `origin/main`");
    }
    if let Err(why) = ask(folder, &["rev-parse", "--git-dir"])? {
        bail!("git knows nothing of {}, so nothing tells what has changed: {why}", folder.display());
    }
    let commit = format!("{revision}^{{commit}}");
    let Ok(commit) = ask(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])? else {
        bail!("git knows no revision \"{revision}\" here; a shallow clone may have to be fetched further");
    };
    let commit = commit.trim();
    let differ = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--", "."];
    let new = ["ls-files", "--others", "--exclude-standard", "-z", "--", "."];
    let mut files = BTreeSet::new();
    for question in [&differ[..], &new[..]] {
        let names = match ask(folder, question)? {
            Ok(names) => names,
            Err(why) => bail!("git cannot say what has changed in {}: {why}", folder.display()),
        };
        files.extend(names.split('\0').filter(|name| !name.is_empty()).map(str::to_string));
    }
    Ok(files)
}

/// What git prints; when it refuses, its reason.
fn ask(folder: &Path, question: &[&str]) -> Result<Result<String, String>> {
    // It only reads: no other git needs to wait for it.
    let output = Command::new("git").arg("--no-optional-locks").arg("-C").arg(folder).args(question).output();
    let output = match output {
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!("there is no program `git` here"),
        output => output.context("running git")?,
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr).lines().next().unwrap_or_default().to_string()),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_of_a_folder_in_a_repository() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir(&site).expect("a folder");
        let git = |args: &[&str]| {
            let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
            let output = Command::new("git").current_dir(folder.path()).args(identity).args(args).output();
            assert!(output.expect("git runs").status.success(), "{args:?}");
        };
        for name in ["above.md", "site/changed.md", "site/gone.md", "site/same.md", "site/staged.md", ".gitignore"] {
            fs::write(folder.path().join(name), format!("{name}\n/site/ignored.md\n")).expect("written");
        }
        git(&["init", "--quiet"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "First"]);
        for name in ["above.md", "site/changed.md", "site/staged.md", "site/n\u{e9}w one.md", "site/ignored.md"] {
            fs::write(folder.path().join(name), "text\n").expect("written");
        }
        fs::remove_file(site.join("gone.md")).expect("removed");
        git(&["add", "site/staged.md"]);
        let changed = changed_since(&site, "HEAD").expect("an answer");
        let names: Vec<&str> = changed.iter().map(String::as_str).collect();
        assert_eq!(names, ["changed.md", "gone.md", "n\u{e9}w one.md", "staged.md"]);
    }
}

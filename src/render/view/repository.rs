//! Where a page's source is edited and read.

use crate::base::path::{SourcePath, encode_path};
use crate::config::Repository;

/// What is done with a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To change it in the browser.
    Edit,
    /// To read it.
    Read,
}

/// Returns the address of a source in a repository on GitHub, GitLab or a host that looks like them.
pub fn address(repository: &Repository, source: &SourcePath, purpose: Purpose) -> String {
    let verb = match purpose {
        Purpose::Edit => "edit",
        Purpose::Read => "blob",
    };
    let host = repository.url.split("://").nth(1).unwrap_or("").split('/').next().unwrap_or("");
    let verb = if host.contains("gitlab") { format!("-/{verb}") } else { verb.to_string() };
    let folder = match repository.folder.as_str() {
        "" => String::new(),
        folder => format!("{}/", encode_path(folder)),
    };
    let branch = encode_path(&repository.branch);
    format!("{}/{verb}/{branch}/{folder}{}", repository.url, encode_path(source.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, folder: &str, purpose: Purpose, expected: &str) {
        let repository = Repository { url: url.to_string(), branch: "main".to_string(), folder: folder.to_string() };
        assert_eq!(address(&repository, &SourcePath::new("content/a b.md"), purpose), expected);
    }

    #[test]
    fn forges() {
        let github = "https://github.com/o/n";
        check(github, "", Purpose::Edit, "https://github.com/o/n/edit/main/content/a%20b.md");
        check(github, "docs", Purpose::Read, "https://github.com/o/n/blob/main/docs/content/a%20b.md");
        let gitlab = "https://gitlab.example.org/g/n";
        check(gitlab, "", Purpose::Edit, "https://gitlab.example.org/g/n/-/edit/main/content/a%20b.md");
    }
}

//! Folders of the content as paths: `guides/deep`, `""` for the content folder itself.

use crate::model::page::{Page, Role};

/// Returns a folder and the folders around it, innermost first, `""` last.
pub fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| around(folder))
}

fn around(folder: &str) -> Option<&str> {
    match folder.rsplit_once('/') {
        Some((around, _)) => Some(around),
        None => (!folder.is_empty()).then_some(""),
    }
}

/// Returns the folder that a page is the own page of, below the content folder; `None` for a leaf.
pub fn own_folder<'a>(page: &'a Page, content: &str) -> Option<&'a str> {
    match page.role {
        Role::Leaf => None,
        Role::Section => Some(&page.section),
        Role::Bundle => Some(page.path_below(content).rsplit_once('/').map_or("", |(folder, _)| folder)),
    }
}

/// Returns `path` below `folder`, either of which may be empty.
pub fn join(folder: &str, path: &str) -> String {
    match (folder.is_empty(), path.is_empty()) {
        (true, _) => path.to_string(),
        (_, true) => folder.to_string(),
        _ => format!("{folder}/{path}"),
    }
}

/// Returns how a file in `folder` names `path`, both from the root: `../meetings/x.md`. A folder, which ends in `/`,
/// keeps its slash.
pub fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.trim_end_matches('/').split('/').filter(|part| !part.is_empty()).collect();
    let is_folder = path.is_empty() || path.ends_with('/');
    let most = if is_folder { to.len() } else { to.len().saturating_sub(1) };
    let same = from.iter().zip(&to).take(most).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - same];
    parts.extend(&to[same..]);
    match (parts.is_empty(), is_folder) {
        (true, _) => "./".to_string(),
        (false, true) => format!("{}/", parts.join("/")),
        (false, false) => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_upwards() {
        assert_eq!(upwards("a/b").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(upwards("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn relative_paths() {
        for (folder, path, expected) in [
            ("content/guides", "content/meetings/x.md", "../meetings/x.md"),
            ("content/guides", "content/guides/x.md", "x.md"),
            ("content/guides/x", "content/guides/", "../"),
            ("content/guides", "content/guides/", "./"),
            ("content", "content/guides/", "guides/"),
            ("", "x.md", "x.md"),
            ("content/x.md", "content/x.md", "../x.md"),
        ] {
            assert_eq!(relative(folder, path), expected, "{path} from {folder}");
        }
    }
}

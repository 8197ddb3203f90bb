//! The languages of code blocks by the names that people write.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::SyntaxReference;

use crate::base::did_you_mean::nearest;
use crate::render::html::highlight::SYNTAXES;

/// What a name behind a fence means.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// A language with a grammar.
    Known(&'static SyntaxReference),
    /// No language, or one that is shown as it is.
    Plain,
    /// Nothing; with the name that was probably meant.
    Unknown(Option<&'static str>),
}

/// Finds a language by a name, an extension or a name that other tools have for it, in any case.
pub fn find(name: &str) -> Language {
    let name = name.to_lowercase();
    if PLAIN.contains(&name.as_str()) {
        return Language::Plain;
    }
    if let Some(number) = NAMES.get(&name) {
        return Language::Known(&SYNTAXES.syntaxes()[*number]);
    }
    Language::Unknown(nearest(&name, COMMON.iter().copied()).or_else(|| nearest(&name, ALL.iter().copied())))
}

/// The numbers of the grammars by all their names in lower case.
static NAMES: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    // The last of several grammars with a name counts, as in syntect; names count more than extensions.
    for (number, syntax) in SYNTAXES.syntaxes().iter().enumerate() {
        for extension in &syntax.file_extensions {
            names.insert(extension.to_lowercase(), number);
        }
    }
    for (number, syntax) in SYNTAXES.syntaxes().iter().enumerate() {
        names.insert(syntax.name.to_lowercase(), number);
        names.insert(syntax.name.to_lowercase().replace(' ', "-"), number);
    }
    for (aliases, name) in ALIASES {
        if let Some(number) = names.get(name).copied() {
            names.extend(aliases.split(' ').map(|alias| (alias.to_string(), number)));
        }
    }
    names
});

/// All names that can be suggested, sorted so that a suggestion is always the same.
static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut all: Vec<&str> = NAMES.keys().map(String::as_str).collect();
    all.extend(PLAIN);
    all.sort_unstable();
    all
});

/// Names that mean a language which the grammars call otherwise.
const ALIASES: [(&str, &str); 32] = [
    ("console shell-session shellsession sh-session terminal shell zsh ksh bash-session", "sh"),
    ("starlark bazel bzl tiltfile", "python"),
    ("python3 py3 pycon ipython", "python"),
    ("systemd service timer socket mount unit editorconfig gitconfig desktop", "ini"),
    ("helm gotmpl k8s kubernetes ansible compose docker-compose kustomize openapi cloudformation", "yaml"),
    ("hcl tf tfvars opentofu terraform packer nomad", "terraform"),
    ("proto proto3 protobuf", "protocol buffer"),
    ("containerfile docker dockerfile", "dockerfile"),
    ("jsonc json5 jsonl ndjson jsonld geojson ipynb", "json"),
    ("javascript js mjs cjs node nodejs", "js"),
    ("jsx react", "jsx"),
    ("typescript ts mts cts deno", "ts"),
    ("tsx", "tsx"),
    ("golang go", "go"),
    ("rs rust", "rust"),
    ("rb ruby", "ruby"),
    ("kt kts kotlin", "kotlin"),
    ("csharp cs dotnet", "c#"),
    ("fsharp", "f#"),
    ("cpp cxx hpp cc", "c++"),
    ("objective-c objc objectivec", "objective-c"),
    ("yml yaml", "yaml"),
    ("md markdown mdx", "md"),
    ("make makefile mk", "makefile"),
    ("powershell pwsh ps ps1", "powershell"),
    ("viml vim vimscript", "viml"),
    ("html5 xhtml svelte vue angular", "html"),
    ("svg xsd xsl plist rss atom opml", "xml"),
    ("patch udiff", "diff"),
    ("postgres postgresql mysql sqlite plsql tsql pgsql bigquery", "sql"),
    ("nginxconf", "nginx"),
    ("gql", "graphql"),
];

/// Names that are known and shown without colours.
const PLAIN: [&str; 26] = [
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "nohighlight",
    "raw",
    "output",
    "ascii",
    "tree",
    "mermaid",
    "math",
    "latex-math",
    "promql",
    "logql",
    "traceql",
    "cel",
    "rego",
    "jq",
    "kusto",
    "kql",
    "dot-plain",
    "plantuml",
    "puml",
    "d2",
    "csv-plain",
];

/// The names that are suggested first.
const COMMON: [&str; 34] = [
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "diff",
    "dockerfile",
    "go",
    "graphql",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "json",
    "kotlin",
    "makefile",
    "markdown",
    "mermaid",
    "nginx",
    "php",
    "protobuf",
    "python",
    "ruby",
    "rust",
    "shell",
    "sql",
    "terraform",
    "text",
    "toml",
    "typescript",
    "yaml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_many_names() {
        for name in
            COMMON.iter().chain(ALIASES.iter().flat_map(|(aliases, _)| aliases.split(' ')).collect::<Vec<_>>().iter())
        {
            assert!(!matches!(find(name), Language::Unknown(_)), "{name}");
        }
        for name in ["Rust", "TOML", "tf", "dockerfile", "nix", "tsx", "Protocol-Buffer", "mermaid", "promql"] {
            assert!(!matches!(find(name), Language::Unknown(_)), "{name}");
        }
    }

    #[test]
    fn suggestions() {
        for (name, near) in [("pyhton", Some("python")), ("ymal", Some("yaml")), ("javascrpt", Some("javascript"))] {
            let Language::Unknown(found) = find(name) else { panic!("{name} is known") };
            assert_eq!(found, near);
        }
        assert!(matches!(find("completely-unheard-of"), Language::Unknown(None)));
    }
}

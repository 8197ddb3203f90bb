//! What the command line adds: exit statuses, streams, forms of messages.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

use crate::harness::Project;

fn fieldbook(project: &Project, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.current_dir(project.root()).args(args).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command.output().expect("the binary runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn good() -> Project {
    Project::new().file("content/a.md", "---\ntitle: A\naliases: [/old/]\n---\nText.\n")
}

fn bad() -> Project {
    Project::new()
        .file("fieldbook.yaml", "title: Test\nbase_url: https://example.org/\nmenu: [a.md]\n")
        .file("content/a.md", "---\ntitle: A\n---\n[x](nope.md)\n")
}

#[test]
fn exit_statuses() {
    let project = good();
    let output = fieldbook(&project, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).starts_with("built 1 page into public/: ") && out(&output).is_empty(), "{}", err(&output));
    assert_eq!(fieldbook(&bad(), &["build"]).status.code(), Some(1));
    assert_eq!(fieldbook(&bad(), &["build", "--keep-going"]).status.code(), Some(1));
    assert_eq!(fieldbook(&bad(), &["check"]).status.code(), Some(1));
    for args in
        [&["build", "nowhere"][..], &["bulid"], &["build", "--today", "soon"], &["build", "--base-url", "x y"], &[]]
    {
        let output = fieldbook(&project, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!err(&output).is_empty() && !err(&output).contains("panicked"), "{args:?}");
    }
}

#[test]
fn a_folder_without_a_configuration_is_written_whatever_is_wrong() {
    let broken = Project::bare().file("a.md", "# A\n\n[x](nope.md)\n");
    assert_eq!(fieldbook(&broken, &["build"]).status.code(), Some(0));
    let lost = Project::bare().file("team.md", "# A\n").file("team/README.md", "# B\n").file("team/c.md", "# C\n");
    let output = fieldbook(&lost, &["build"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("error[collision]") && lost.root().join("public/team/c/index.html").exists());
}

#[test]
fn warnings_become_errors_when_asked() {
    let project = Project::new().file("content/a.md", "---\ntitle: A\ntitel: A\n---\nText.\n");
    assert_eq!(fieldbook(&project, &["build"]).status.code(), Some(0));
    assert_eq!(fieldbook(&project, &["build", "--strict"]).status.code(), Some(1));
}

#[test]
fn forms_of_messages() {
    let project = bad();
    let short = fieldbook(&project, &["check", "--format", "short"]);
    assert!(out(&short).starts_with("content/a.md:4:5: error[broken-link]: "), "{}", out(&short));
    let json = out(&fieldbook(&project, &["check", "--format", "json"]));
    let value: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("an object");
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        ["code", "severity", "message", "help", "file", "start", "end", "bytes"],
        "docs/diagnostics.md has these"
    );
    assert_eq!(value["code"], "broken-link");
    assert_eq!(
        (&value["file"], &value["start"]["line"], &value["start"]["column"]),
        (&"content/a.md".into(), &4.into(), &5.into())
    );
    let github = out(&fieldbook(&project, &["check", "--format", "github"]));
    assert!(github.starts_with("::error title=broken-link,file=content/a.md,line=4,col=5,"), "{github}");
    let human = err(&fieldbook(&project, &["build", "--color", "always"]));
    assert!(human.contains("\u{1b}[1;31merror[broken-link]"), "{human}");
}

#[test]
fn codes_are_explained() {
    let project = good();
    for code in fieldbook::diag::code::Code::ALL {
        let output = fieldbook(&project, &["explain", code.name()]);
        assert!(output.status.success() && out(&output).starts_with(code.name()), "{}", code.name());
    }
    let output = fieldbook(&project, &["explain", "broken-lnik"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("did you mean `broken-link`?"), "{}", err(&output));
    assert_eq!(out(&fieldbook(&project, &["explain"])).lines().count(), fieldbook::diag::code::Code::ALL.len());
}

#[test]
fn pages_are_explained() {
    let project = Project::new()
        .file(
            "content/guides/a.md",
            "---\ntitle: First\ndate: 2026-01-05\nrelated: [b.md]\n---\n[b](b.md#x)\n\n[x](nope.md)\n",
        )
        .file(
            "content/guides/b.md",
            "---\ntitle: Second\ndate: 2026-01-05\nalso_called: [Two]\n---\n## X\n\n[web](https://example.org/)\n",
        )
        .file("content/guides/c.md", "---\ntitle: second\ndate: 2026-01-05\ndraft: true\n---\n")
        .file("templates/guide.html", "{{ page.content | safe }}");
    let explain = |subject: &str| fieldbook(&project, &["explain", subject, "--today", "2026-06-15"]);
    let first = out(&explain("First"));
    let expected = "First\n\nsource    content/guides/a.md\nkind      guide, by the name of a folder above\n\
        address   https://example.org/guides/a/\ntemplate  guide.html (templates/guide.html)\nsection   Guides (/guides/)\n\n\
        links from it:\n  content/guides/a.md:6  b.md#x -> /guides/b/#x\n  content/guides/a.md:8  nope.md -> nothing\n\n\
        links to it:\n  none\n\nrelated:\n  content/guides/b.md  Second\n\n\
        in the feeds:\n  /feed.xml  Test\n  /guides/feed.xml  Guides\n\n\
        reported:\n  content/guides/a.md:8:5: error[broken-link]: there is no file \"nope.md\"\n";
    assert_eq!(first, expected);
    let second = out(&explain("content/guides/b.md"));
    assert!(second.contains("links to it:\n  content/guides/a.md:6  b.md#x\n"), "{second}");
    let ways =
        ["guides/b.md", "/guides/b/", "guides/b", "https://example.org/guides/b/#x", "SECOND", "two", "[[Two]]", "b"];
    for way in ways {
        assert_eq!(out(&explain(way)), second, "{way}");
    }
    for (subject, help) in
        [("Secnod", "did you mean `Second`?"), ("guides/c.md", "needs --drafts"), ("zzz", "lists the codes")]
    {
        let output = explain(subject);
        assert_eq!(output.status.code(), Some(2), "{subject}");
        assert!(err(&output).contains(help), "{}", err(&output));
    }
    let both = fieldbook(&project, &["explain", "second", "--drafts"]);
    assert!(
        err(&both).contains("several pages are called `second`: content/guides/b.md, content/guides/c.md"),
        "{}",
        err(&both)
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let project = good();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .current_dir(project.root())
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("read");
    assert!(child.wait().expect("waited for").success() && said.is_empty(), "{said}");
}

#[test]
fn today_comes_from_the_environment() {
    let project = Project::new().file("content/guides/a.md", "---\ntitle: A\ndate: 2030-01-01\n---\nText.\n");
    let build = |epoch: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.current_dir(project.root()).arg("build").env("SOURCE_DATE_EPOCH", epoch).output().expect("runs")
    };
    build("1893456000");
    assert!(project.root().join("public/guides/a/index.html").exists(), "2030-01-01 is there on that day");
    build("1893369600");
    assert!(!project.root().join("public/guides/a/index.html").exists(), "and not the day before");
    assert_eq!(build("soon").status.code(), Some(2));
}

#[test]
fn serve_answers_an_alias_with_301() {
    let project = good();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .current_dir(project.root())
        .args(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("an address");
    let address = line.split("http://").nth(1).expect("an address").split('/').next().expect("an address").to_string();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).expect("the server listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer.to_lowercase()
    };
    let moved = ask("/old/");
    let page = ask("/a/");
    let missing = ask("/nope/");
    child.kill().expect("stopped");
    child.wait().expect("waited for");
    assert!(moved.starts_with("http/1.1 301") && moved.contains("location: /a/"), "{moved}");
    assert!(page.starts_with("http/1.1 200") && page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(missing.starts_with("http/1.1 404"), "{missing}");
}

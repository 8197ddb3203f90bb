//! Links to other sites, asked of a server on this machine that misbehaves.

use std::fs;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use fieldbook::base::http::address::WebUrl;
use fieldbook::base::http::{Client, Failure, Limits};
use fieldbook::check::external::{Checked, Options};

use crate::harness::Project;
use crate::server::{Act, Server};

/// The moment of every test, in seconds since 1970.
const NOW: i64 = 1_781_500_000;

fn options() -> Options<'static> {
    Options { now: NOW, ask_again: false, changed_since: None, on_progress: &|_, _| {} }
}

/// A site whose only page has a link to each path of the server, from line 4 on.
fn site(server: &Server, settings: &str, paths: &[&str]) -> Project {
    let links: String = paths.iter().map(|path| format!("[x]({})\n", server.at(path))).collect();
    with_settings(settings).file("content/a.md", format!("---\ntitle: A\n---\n{links}"))
}

fn with_settings(settings: &str) -> Project {
    let config = format!(
        "title: T\nbase_url: https://example.org/\nexternal: {{{settings}}}\nchecks: {{orphan-page: off, dead-end: off}}\n"
    );
    Project::new().file("fieldbook.yaml", config)
}

/// The first line of each message, with `SITE` for the server.
fn messages(report: &str, server: &Server) -> Vec<String> {
    let report = report.replace(&server.at(""), "SITE");
    report.lines().filter(|line| line.contains("]: ")).map(str::to_string).collect()
}

fn check(project: &Project, server: &Server) -> Vec<String> {
    messages(&project.check_external(&options()).expect("checked").0, server)
}

fn all_sorts(method: &str, path: &str, before: usize) -> Act {
    match (method, path, before) {
        ("HEAD", "/head-405" | "/head-lies", _) => Act::Say(if path == "/head-405" { "405" } else { "404" }),
        ("HEAD", "/head-closed", _) => Act::Close,
        (_, "/gone", _) => Act::Say("410"),
        (_, "/nothing", _) => Act::Say("404"),
        (_, "/private", _) => Act::Say("403"),
        (_, "/moved", _) => Act::Say("301\nLocation: new"),
        (_, "/moved-twice", _) => Act::Say("308\nLocation: /moved"),
        (_, "/elsewhere", _) => Act::Say("302\nLocation: /good"),
        (_, "/moved-to-nothing", _) => Act::Say("301\nLocation: /nothing"),
        (_, "/circle", _) => Act::Say("302\nLocation: /circle"),
        (_, "/mail", _) => Act::Say("301\nLocation: mailto:a@example.org"),
        (_, "/closes", _) => Act::Close,
        (_, "/garbage", _) => Act::Raw("what?\n\n"),
        (_, "/headers", _) => Act::Headers,
        (_, "/broken", _) => Act::Say("503"),
        ("GET", "/body", _) => Act::Body,
        ("HEAD", "/body", _) => Act::Say("405"),
        (_, "/busy", 0) => Act::Say("429\nRetry-After: 1"),
        (_, "/busy-until", 0) => {
            Act::Say("503\nDate: Wed, 21 Oct 2015 07:28:00 GMT\nRetry-After: Wed, 21 Oct 2015 07:28:01 GMT")
        }
        (_, "/weak", 0..=2) => Act::Say("500"),
        _ => Act::Say("200"),
    }
}

#[test]
fn what_sites_answer_is_told() {
    let server = Server::start(all_sorts);
    let paths = [
        "/good",
        "/head-405",
        "/head-lies",
        "/head-closed",
        "/body",
        "/elsewhere",
        "/gone",
        "/nothing",
        "/private",
        "/moved#part",
        "/moved-twice",
        "/moved-to-nothing",
        "/circle",
        "/mail",
        "/closes",
        "/garbage",
        "/headers",
        "/broken",
    ];
    let found = check(&site(&server, "retries: 0, per_host: 4", &paths), &server);
    let broken = |line: usize, path: &str, why: &str| {
        format!("content/a.md:{line}:5: warning[external-link]: the link to SITE{path} leads nowhere: {why}")
    };
    let moved =
        |line: usize, path: &str| format!("content/a.md:{line}:5: note[moved-link]: SITE{path} has moved for good");
    let expected = [
        broken(10, "/gone", "it answers 410 Gone"),
        broken(11, "/nothing", "it answers 404 Not Found"),
        "content/a.md:12:5: note[unsure-link]: the link to SITE/private cannot be checked: it answers 403 Forbidden"
            .into(),
        moved(13, "/moved#part"),
        moved(14, "/moved-twice"),
        broken(15, "/moved-to-nothing", "it answers 404 Not Found"),
        broken(16, "/circle", "it redirects without end"),
        broken(17, "/mail", "it redirects to \"mailto:a@example.org\", which is not on the web"),
        broken(18, "/closes", "it breaks off without an answer"),
        broken(19, "/garbage", "its answer cannot be understood"),
        broken(20, "/headers", "its answer cannot be understood"),
        broken(21, "/broken", "it answers 503 Service Unavailable"),
    ];
    assert_eq!(found, expected);
    assert_eq!(server.methods("/good")[0], "HEAD");
    for path in ["/head-405", "/head-lies", "/head-closed", "/body"] {
        assert_eq!(server.methods(path), ["HEAD", "GET"], "{path}");
    }
}

#[test]
fn what_to_type_is_said() {
    let server = Server::start(all_sorts);
    let project = site(&server, "retries: 0", &["/moved-twice#part", "/nothing", "/private"]);
    let report = project.check_external(&options()).expect("checked").0.replace(&server.at(""), "SITE");
    let helps: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("help: ")).collect();
    assert_eq!(
        helps,
        [
            "write SITE/new#part",
            "if it is gone in a browser too, write its new address or take the link out; \
             https://web.archive.org/web/SITE/nothing may have a copy",
            "open it in a browser; if it is good, write `external: {ignore: [127.0.0.1]}` in fieldbook.yaml to let the \
             site be",
        ]
    );
}

#[test]
fn a_site_that_cannot_at_the_moment_is_asked_again() {
    let server = Server::start(all_sorts);
    let found = check(&site(&server, "", &["/busy", "/busy-until", "/weak", "/closes"]), &server);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("SITE/closes"), "{found:?}");
    assert_eq!(server.methods("/weak"), ["HEAD", "GET", "GET", "GET"]);
    assert_eq!(server.methods("/closes"), ["HEAD", "GET", "GET", "GET"]);
    for path in ["/busy", "/busy-until"] {
        assert_eq!(server.methods(path), ["HEAD", "GET"]);
        let asked: Vec<_> = server.asked().into_iter().filter(|asked| asked.what.ends_with(path)).collect();
        assert!(asked[1].at - asked[0].at >= Duration::from_secs(1), "it was told to wait");
    }
}

#[test]
fn a_site_that_asks_for_more_patience_than_there_is_is_let_be() {
    let server = Server::start(|_, _, _| Act::Say("429\nRetry-After: 3600"));
    let found = check(&site(&server, "per_host: 1", &["/a", "/b", "/c"]), &server);
    assert_eq!(server.asked().len(), 1);
    assert_eq!(found.len(), 3);
    for message in found {
        assert!(message.contains("note[unsure-link]") && message.contains("left alone for longer"), "{message}");
    }
    assert!(check(&site(&server, "accept: [429]", &["/a", "/b"]), &server).is_empty());
}

#[test]
fn a_site_that_never_answers_is_given_up() {
    let server = Server::start(|_, _, _| Act::Silence);
    let found = check(&site(&server, "timeout: 1, retries: 0, per_host: 1", &["/a", "/b", "/c", "/d"]), &server);
    assert_eq!(server.asked().len(), 3);
    assert!(found[..3].iter().all(|message| message.ends_with("it does not answer in time")), "{found:?}");
    assert!(found[3].contains("[unsure-link]") && found[3].ends_with("several times before"), "{found:?}");
}

#[test]
fn what_is_wrong_with_a_host_is_wrong_with_all_its_addresses() {
    let server = Server::start(all_sorts);
    let port = closed_port();
    let project = with_settings("retries: 0, per_host: 1").file(
        "content/a.md",
        format!(
            "---\ntitle: A\n---\n[x](http://127.0.0.1:{port}/a)\n[x](http://127.0.0.1:{port}/b)\n[x]({})\n[x](http://a_b^c/)\n",
            server.at("/a").replace("http:", "https:")
        ),
    );
    let found = check(&project, &server);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[..2].iter().all(|message| message.ends_with("leads nowhere: it cannot be reached")), "{found:?}");
    assert!(found[2].contains("its certificate or encryption does not hold ("), "{found:?}");
    assert!(found[3].ends_with("leads nowhere: that is not an address"), "{found:?}");
}

#[test]
fn a_machine_that_is_offline_is_told_from_broken_links() {
    let links: String = (0..3).map(|_| format!("<http://127.0.0.1:{}/>\n", closed_port())).collect();
    let project = with_settings("retries: 0").file("content/a.md", format!("# A\n\n{links}"));
    let error = project.check_external(&options()).expect_err("refused");
    assert!(error.to_string().contains("this machine seems to be offline"), "{error:#}");
    assert!(!project.root().join(".fieldbook").exists());
}

/// A port of this machine where nobody listens.
fn closed_port() -> u16 {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    free.local_addr().expect("an address").port()
}

#[test]
fn a_host_is_asked_no_more_at_once_than_allowed() {
    let holds = |settings: &str, most: usize, behave: fn(&str, &str, usize) -> Act| {
        let server = Server::start(behave);
        let found = check(&site(&server, settings, &["/1", "/2", "/3", "/4", "/5", "/6"]), &server);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(server.most(), most);
    };
    holds("", 2, |_, _, _| Act::Together(2));
    holds("per_host: 3", 3, |_, _, _| Act::Together(3));
}

#[test]
fn an_address_is_asked_once_and_reported_everywhere() {
    let server = Server::start(all_sorts);
    let nothing = server.at("/nothing");
    let project = Project::new()
        .file(
            "fieldbook.yaml",
            format!("title: T\nexternal: {{retries: 0}}\nmenu: [{{label: M, link: \"{nothing}\"}}]\nfooter: \"[x]({nothing})\"\n"),
        )
        .file("content/a.md", format!("---\ntitle: A\nsee_also: [{nothing}]\n---\n[x]({nothing}#a) <{nothing}#b>\n"))
        .file("content/b.md", format!("---\ntitle: B\n---\n<a href=\"{nothing}\">x</a> ![x]({nothing})\n"))
        .file("content/c.md", format!("---\ntitle: C\ndraft: true\n---\n[x]({})\n", server.at("/draft")))
        .file("content/templates/t/index.md", "---\ntitle: T\ndate: 2026-01-05\n---\n")
        .file("content/templates/t/template.md", format!("[x]({nothing}) [y]({}/{{{{name}}}})\n", server.at("")));
    let found = check(&project, &server);
    let found: Vec<&String> = found.iter().filter(|message| message.contains("[external-link]")).collect();
    let count = |file: &str| found.iter().filter(|message| message.starts_with(file)).count();
    assert_eq!((count("content/a.md"), count("content/b.md"), count("fieldbook.yaml")), (3, 2, 2), "{found:?}");
    assert_eq!((count("content/templates/t/template.md:1:5"), found.len()), (1, 8), "{found:?}");
    let asked: Vec<String> = server.asked().into_iter().map(|asked| asked.what).collect();
    assert_eq!(asked, ["HEAD /nothing", "GET /nothing"]);
}

#[test]
fn answers_are_remembered_for_a_while() {
    const HOUR: i64 = 60 * 60;
    let server = Server::start(all_sorts);
    let project = site(&server, "retries: 0", &["/good", "/nothing"]);
    let run = |now: i64, ask_again: bool| {
        let before = server.asked().len();
        let (report, checked) = project.check_external(&Options { now, ask_again, ..options() }).expect("checked");
        assert_eq!(messages(&report, &server).len(), 1, "the answer is the same: {report}");
        (checked.asked, server.asked().len() - before)
    };
    assert_eq!(run(NOW, false), (2, 3), "all is asked for");
    assert_eq!(run(NOW + HOUR - 1, false), (0, 0), "all is remembered");
    assert_eq!(run(NOW + HOUR, false), (1, 2), "what was bad is asked for again");
    assert_eq!(run(NOW + 7 * 24 * HOUR, false), (2, 3), "all is asked for again");
    assert_eq!(run(NOW + 7 * 24 * HOUR, true), (2, 3), "whatever is remembered");
    assert_eq!(run(NOW, false), (2, 3), "the clock was wrong");
    let cache = project.root().join(".fieldbook/external.json");
    assert!(fs::read_to_string(&cache).expect("a cache").contains("/good"));
    fs::write(&cache, "{\"answers\": 1").expect("written");
    assert_eq!(run(NOW, false), (2, 3), "a broken cache is none");
    assert_eq!(run(NOW, false), (0, 0));
    assert!(!project.root().join("public").exists());
}

#[test]
fn that_there_was_no_answer_is_not_remembered() {
    let server = Server::start(|_, path, before| match (path, before) {
        ("/closes", 0..=1) => Act::Close,
        _ => Act::Say("200"),
    });
    let project = site(&server, "retries: 0", &["/closes"]);
    assert_eq!((check(&project, &server).len(), check(&project, &server).len()), (1, 0));
}

#[test]
fn what_is_accepted_and_what_is_ignored() {
    let server = Server::start(all_sorts);
    let ignored = format!("accept: [403], ignore: [\"{}*\", sub.localhost], retries: 0", server.at("/no"));
    let project = site(&server, &ignored, &["/private", "/nothing"]).file(
        "content/b.md",
        "---\ntitle: B\n---\n<http://a.sub.localhost:1/> <https://example.org/a/> <mailto:a@b.example>\n",
    );
    let found = check(&project, &server);
    assert!(found.is_empty(), "{found:?}");
    let asked: Vec<String> = server.asked().into_iter().map(|asked| asked.what).collect();
    assert_eq!(asked, ["HEAD /private"]);
}

#[test]
fn only_what_changed_is_asked() {
    let server = Server::start(all_sorts);
    let project = site(&server, "", &["/old"]).file("content/b.md", format!("<{}>\n", server.at("/edited")));
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(project.root()).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(args);
        assert!(command.output().expect("git runs").status.success(), "{args:?}");
    };
    let since = |revision: &'static str| {
        project
            .check_external(&Options { changed_since: Some(revision), ..options() })
            .map_err(|error| format!("{error:#}"))
    };
    let refused = |revision: &'static str, why: &str| {
        let error = since(revision).expect_err("refused");
        assert!(error.contains(why), "{error}");
    };
    refused("HEAD", "git knows nothing of ");
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "First"]);
    assert_eq!(since("HEAD").expect("checked").1, Checked { addresses: 0, asked: 0 });
    project.write("content/b.md", format!("<{}> <{}>\n", server.at("/edited"), server.at("/added")));
    project.write("content/ü x.md", format!("<{}>\n", server.at("/untracked")));
    assert_eq!(since("HEAD").expect("checked").1, Checked { addresses: 3, asked: 3 });
    assert!(server.methods("/old").is_empty() && server.methods("/untracked") == ["HEAD"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Second"]);
    assert_eq!(since("HEAD").expect("checked").1.addresses, 0);
    assert_eq!(since("HEAD~1").expect("checked").1.addresses, 3);
    refused("no-such-branch", "git knows no revision \"no-such-branch\" here");
    refused("--output=x", "\"--output=x\" is not a revision");
}

#[test]
fn nothing_is_asked_unless_it_is_wanted() {
    let server = Server::start(all_sorts);
    let project = site(&server, "", &["/nothing"]);
    project.build();
    project.check();
    assert!(server.asked().is_empty());
}

#[test]
fn progress_is_told() {
    let server = Server::start(all_sorts);
    let told = Mutex::new(Vec::new());
    let on_progress = |done, all| told.lock().expect("no panic").push((done, all));
    let project = site(&server, "", &["/a", "/b", "/c"]);
    project.check_external(&Options { on_progress: &on_progress, ..options() }).expect("checked");
    assert_eq!(*told.lock().expect("no panic"), [(1, 3), (2, 3), (3, 3)]);
}

#[test]
fn the_command_line() {
    let server = Server::start(all_sorts);
    let project = site(&server, "retries: 0", &["/good", "/nothing"]);
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        let output = command.current_dir(project.root()).arg("check").args(args).output().expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    assert_eq!(run(&[]).0, Some(0));
    assert!(server.asked().is_empty());
    let (status, out, err) = run(&["--external", "--format", "short"]);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    assert_eq!(messages(&out, &server).len(), 1, "{out}");
    assert_eq!(run(&["--external", "--strict"]).0, Some(1));
    assert_eq!(server.methods("/good").len(), 1);
    assert_eq!(run(&["--external", "--no-cache"]).0, Some(0));
    assert_eq!(server.methods("/good").len(), 2);
    assert_eq!(run(&["--changed-since", "HEAD"]).0, Some(2));
    assert_eq!(run(&["--external", "--changed-since", "HEAD"]).0, Some(2));
    project.write("content/a.md", format!("# A\n\n<{}>\n", server.at("/good")));
    let (_, out, err) = run(&["--external"]);
    assert_eq!((out.as_str(), err.as_str()), ("", "checked 1 page and 1 link to other sites: nothing to report\n"));
}

#[test]
fn a_body_is_read_up_to_a_bound() {
    let server = Server::start(|_, path, _| match path {
        "/endless" => Act::Body,
        _ => Act::Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwords"),
    });
    let client = Client::new("test", Limits { time: Duration::from_secs(10), redirects: 0, keeps_encryption: false });
    let get = |path: &str| client.get(&WebUrl::parse(&server.at(path)).expect("an address")).expect("an answer");
    assert_eq!(get("/").read(5), Ok(b"words".to_vec()));
    assert_eq!(get("/").read(4), Err(Failure::TooLong));
    assert_eq!(get("/endless").read(100_000), Err(Failure::TooLong));
}

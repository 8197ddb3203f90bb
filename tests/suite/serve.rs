//! `fieldbook serve`, asked by a client that writes its requests by hand.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::harness::{Project, files_below};

/// A server that ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("an address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Server { address: address.to_string(), child }
    }

    /// Asks for a path and returns the stream that the answer comes from.
    fn ask(&self, path: &str, connection: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: {connection}\r\n\r\n", self.address)
            .expect("asked");
        BufReader::new(stream)
    }

    fn body(&self, path: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        self.ask(path, "close").read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        answer.split_off(end + 4)
    }

    /// Opens the stream of events of a page as it is served.
    fn events(&self, path: &str) -> BufReader<TcpStream> {
        let page = String::from_utf8(self.body(path)).expect("text");
        let digest = page.split("data-digest=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a digest");
        self.ask(&format!("/_fieldbook/events?page={path}&digest={digest}"), "keep-alive")
    }
}

fn serve(project: &Project) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.current_dir(project.root()).args(["serve", "--port", "0", "--today", "2026-06-15"]);
    command
}

/// Waits for an event.
fn event(stream: &mut BufReader<TcpStream>) -> Value {
    let mut lines = stream.lines().map(|line| line.expect("a line"));
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_string)).expect("an event");
    serde_json::from_str(&data).expect("JSON")
}

fn site() -> Project {
    Project::new()
        .file("content/a.md", "---\ntitle: A\naliases: [/old/]\n---\nText.\n\n![Words](a.png)\n")
        .file("content/a.png", [0x89, b'P', b'N', b'G'])
        .file("content/guides/b.md", "---\ntitle: B\ndate: 2026-06-01\n---\nSee [A](../a.md).\n")
        .file("static/plain.html", "<body>Plain</body>")
}

#[test]
fn what_is_served_is_what_is_built() {
    let project = site();
    let built = project.build();
    let server = Server::start(&mut serve(&project));
    let files = files_below(&built.out);
    assert!(files.iter().any(|(path, _)| path == "guides/b/index.html"));
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with('_') && !path.contains(".fieldbook")) {
        let mut served = server.body(&format!("/{path}"));
        if path.ends_with(".html") {
            let text = String::from_utf8(served).expect("text");
            let (before, rest) = text.split_once("<script src=\"/_fieldbook/live.js\" data-digest=\"").expect(path);
            let (_, after) = rest.split_once("\"></script>\n").expect("the end of the script");
            served = format!("{before}{after}").into_bytes();
        }
        assert!(served == *bytes, "{path} is another file when it is served");
    }
}

#[test]
fn nothing_is_written() {
    let project = site();
    let before = files_below(project.root());
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(serve(&project).env("TMPDIR", folder.path()));
    assert!(String::from_utf8_lossy(&server.body("/a/")).contains("Text."));
    drop(server);
    assert!(files_below(project.root()) == before);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn faults_are_told_to_the_page() {
    let project = site().file("content/c.md", "# C\n\nSee [x](nowhere.md).\n");
    project.write("fieldbook.yaml", "title: Test\nbase_url: https://example.org/\neditor: x:{path}?{line}\n");
    let server = Server::start(&mut serve(&project));
    let event = event(&mut server.events("/c/"));
    assert_eq!((&event["change"], &event["errors"]), (&"nothing".into(), &1.into()));
    let fault = &event["faults"][0];
    assert_eq!((&fault["code"], &fault["place"]), (&"broken-link".into(), &"content/c.md:3:9".into()));
    assert_eq!(fault["excerpt"], "3 | See [x](nowhere.md).\n  |         ^^^^^^^^^^\n");
    assert!(fault["editor"].as_str().is_some_and(|url| url.starts_with("x:/") && url.ends_with("/content/c.md?3")));
}

#[cfg(unix)]
#[cfg(target_os = "linux")]
#[test]
fn a_day_of_edits_does_not_grow_memory() {
    let mut project = site();
    for number in 0..200 {
        project = project.file(&format!("content/guides/g{number}.md"), format!("# G{number}\n\n[[A]]\n"));
    }
    let server = Server::start(serve(&project).arg("--quiet"));
    let memory = |server: &Server| -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("a status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
        line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
    };
    let mut after = Vec::new();
    for number in 0..120 {
        project.write("content/a.md", format!("---\ntitle: A{}\n---\nEdit {number}.\n", number % 7));
        let text = format!("Edit {number}.");
        while !String::from_utf8_lossy(&server.body("/a/")).contains(&text) {
            thread::sleep(Duration::from_millis(5));
        }
        after.push(memory(&server));
    }
    let (early, late) = (after[30..60].iter().max(), after[90..].iter().min());
    assert!(late < early.map(|early| early * 5 / 4).as_ref(), "{after:?} kB");
}

#[test]
fn ctrl_c_is_not_held_up_by_open_pages() {
    let mut server = Server::start(&mut serve(&site()));
    let mut streams = [server.events("/a/"), server.events("/guides/b/")];
    for stream in &mut streams {
        assert_eq!(event(stream)["change"], "nothing");
    }
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill runs").success());
    for stream in &mut streams {
        let mut rest = String::new();
        stream.read_to_string(&mut rest).expect("read");
        // The server has ended the answer; it was not cut off.
        assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
    }
    assert_eq!(server.child.wait().expect("waited for").code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (program, told) = (folder.path().join("xdg-open"), folder.path().join("told"));
    fs::write(&program, format!("#!/bin/sh\necho \"$1\" >'{0}.new'\nmv '{0}.new' '{0}'\n", told.display()))
        .expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").expect("a path"));
    let server = Server::start(serve(&site()).arg("--open").env("PATH", path));
    while !told.exists() {
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(fs::read_to_string(&told).expect("told"), format!("http://{}/\n", server.address));
    let mut server = Server::start(serve(&site()).arg("--open").env("PATH", "/nowhere"));
    let mut said = String::new();
    BufReader::new(server.child.stderr.take().expect("piped")).read_line(&mut said).expect("read");
    assert!(said.contains("could not be opened in a browser by xdg-open"), "{said}");
    assert!(String::from_utf8_lossy(&server.body("/a/")).contains("Text."));
}

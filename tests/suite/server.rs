//! A site on this machine that misbehaves as it is told to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a server does with one request.
pub enum Act {
    /// A status, and whatever header lines there are: `"301\nLocation: /b"`.
    Say(&'static str),
    /// These bytes.
    Raw(&'static str),
    /// Nothing, and the connection is closed.
    Close,
    /// Nothing for a long time.
    Silence,
    /// Headers without end.
    Headers,
    /// A good answer whose body has no end.
    Body,
    /// A good answer once so many requests are being answered at the same time, or after a long time.
    Together(usize),
}

/// A request as it is remembered.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET /path`.
    pub what: String,
    /// When it came.
    pub at: Instant,
}

/// A site.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    asked: Vec<Asked>,
    active: usize,
    most: usize,
}

/// How long a server waits where it waits for long.
const LONG: Duration = Duration::from_secs(8);

impl Server {
    /// Starts a site; `behave` says what it does with a method and a path that was asked for so many times before.
    pub fn start(behave: fn(&str, &str, usize) -> Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = seen.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = shared.clone();
                thread::spawn(move || answer(stream, behave, &seen));
            }
        });
        Server { address, seen }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.seen.lock().expect("no panic").asked.clone()
    }

    /// What was asked for a path, in order: `["HEAD", "GET"]`.
    pub fn methods(&self, path: &str) -> Vec<String> {
        let asked = self.asked().into_iter().filter_map(|asked| {
            let (method, found) = asked.what.split_once(' ')?;
            (found == path).then(|| method.to_string())
        });
        asked.collect()
    }

    /// How many requests were being answered at the same time at most.
    pub fn most(&self) -> usize {
        self.seen.lock().expect("no panic").most
    }
}

fn answer(stream: TcpStream, behave: fn(&str, &str, usize) -> Act, seen: &Mutex<Seen>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else {
        // It begins to talk TLS, say.
        let _ = act(&stream, Act::Say("400"), seen);
        return;
    };
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let what = first.rsplit_once(' ').map_or(first.as_str(), |(what, _)| what).to_string();
    let (method, path) = what.split_once(' ').unwrap_or((&what, ""));
    let before = {
        let mut seen = seen.lock().expect("no panic");
        let before =
            seen.asked.iter().filter(|asked| asked.what.split_once(' ').is_some_and(|(_, to)| to == path)).count();
        seen.asked.push(Asked { what: what.clone(), at: Instant::now() });
        seen.active += 1;
        seen.most = seen.most.max(seen.active);
        before
    };
    // A client that has gone is none of a server's business.
    let _ = act(&stream, behave(method, path, before), seen);
    seen.lock().expect("no panic").active -= 1;
}

fn act(mut stream: &TcpStream, act: Act, seen: &Mutex<Seen>) -> std::io::Result<()> {
    let good = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    match act {
        Act::Say(said) => {
            let (status, headers) = said.split_once('\n').unwrap_or((said, ""));
            let headers: String = headers.lines().map(|line| format!("{line}\r\n")).collect();
            write!(stream, "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n")
        }
        Act::Raw(bytes) => stream.write_all(bytes.as_bytes()),
        Act::Close => Ok(()),
        Act::Silence => {
            thread::sleep(LONG);
            Ok(())
        }
        Act::Headers => {
            write!(stream, "{good}")?;
            loop {
                write!(stream, "X-More: {}\r\n", "more".repeat(100))?;
            }
        }
        Act::Body => {
            write!(stream, "{good}\r\n")?;
            loop {
                write!(stream, "{}", "more".repeat(1000))?;
            }
        }
        Act::Together(count) => {
            let start = Instant::now();
            while seen.lock().expect("no panic").most < count && start.elapsed() < LONG {
                thread::sleep(Duration::from_millis(5));
            }
            write!(stream, "{good}Content-Length: 0\r\n\r\n")
        }
    }
}

//! A site on this machine that answers as it is told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is answered.
pub enum Answer {
    /// These bytes.
    Bytes(Vec<u8>),
    /// That it is somewhere else.
    Redirect(String),
    /// That nothing is there.
    Nothing,
    /// Bytes without end.
    Endless,
}

/// A site.
pub struct Served {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// Starts a site.
    pub fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, shared) = (Arc::new(answer), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, shared) = (answer.clone(), shared.clone());
                // A client that has had enough is none of a server's business.
                thread::spawn(move || drop(talk(&stream, &*answer, &shared)));
            }
        });
        Served { address, asked }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn talk(mut stream: &TcpStream, answer: &dyn Fn(&str) -> Answer, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().to_string();
    asked.lock().expect("no panic").push(path.clone());
    let close = "Connection: close\r\n";
    match answer(&path) {
        Answer::Bytes(bytes) => {
            write!(stream, "HTTP/1.1 200 OK\r\n{close}Content-Length: {}\r\n\r\n", bytes.len())?;
            stream.write_all(&bytes)
        }
        Answer::Redirect(to) => {
            write!(stream, "HTTP/1.1 302 Found\r\n{close}Location: {to}\r\nContent-Length: 0\r\n\r\n")
        }
        Answer::Nothing => write!(stream, "HTTP/1.1 404 Not Found\r\n{close}Content-Length: 0\r\n\r\n"),
        Answer::Endless => {
            write!(stream, "HTTP/1.1 200 OK\r\n{close}\r\n")?;
            loop {
                stream.write_all(&[b' '; 65536])?;
            }
        }
    }
}

//! `fieldbook serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::Result;

use crate::cli::GOOD;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::report::{self, Stream, number};
use crate::config::project::Project;
use crate::emit::memory::{MemoryFile, MemorySite};
use crate::pipeline::{self, Outcome};
use crate::serve::{self, Edition, Options};

/// The port when none is asked for, and the first that is tried.
const PORT: u16 = 4040;

/// What opens an address in the browser of this system.
const OPENER: &[&str] = match () {
    () if cfg!(target_os = "macos") => &["open"],
    () if cfg!(windows) => &["cmd", "/c", "start", ""],
    () => &["xdg-open"],
};

/// Build the site, serve it on this machine and say the address
///
/// The site is built into a folder of its own, so public/ stays as it is, and is
/// written in spite of errors. Redirects, headers and missing pages are answered
/// as on Netlify.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// Listen on this port; 0 picks a free one [default: 4040, or the next that is free]
    #[arg(long, short, value_name = "PORT")]
    port: Option<u16>,
    /// Listen on this address; any other than 127.0.0.1 may be reached from other machines
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    messages: MessageArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut diagnostics = Vec::new();
    let mut project = args.site.resolve(None, true)?.take(&mut diagnostics);
    drop_base_path(&mut project);
    let stages = report::stages(&args.messages);
    let outcome = pipeline::visit(&project, diagnostics, &stages, &|output, content| {
        Ok((output.path.clone(), MemoryFile::new(content.clone())?))
    })?;
    stages("end");
    report::outcome(&project, &outcome, &args.messages, Stream::Err);
    let Outcome { report, texts, site, made } = outcome;
    let files: Result<_> = made.into_iter().collect();
    let faults = serve::faults(&project, &report, &report::text_of(&project, &texts), Some(&site));
    let edition = Edition { site: Arc::new(MemorySite { files: files? }), faults: Arc::new(faults) };
    let server = listen(&edition, args.host, args.port)?;
    let pages = number(site.pages.len(), "page");
    let address = format!("http://{}/", server.address());
    report::print(&format!("serving {pages} on {address} (Ctrl-C stops it)\n"));
    if args.open {
        open(&address);
    }
    server.run()?;
    Ok(GOOD)
}

/// The site is served from the root of the server, wherever it will be published.
fn drop_base_path(project: &mut Project) {
    if let Some(base_url) = &mut project.config.base_url {
        base_url.path.clear();
    }
}

fn listen(edition: &Edition, host: IpAddr, port: Option<u16>) -> Result<serve::Server> {
    let at = |port: u16| serve::serve(edition.clone(), Options { host, port });
    if let Some(port) = port {
        return at(port);
    }
    match (PORT..PORT + 20).map(at).find(Result::is_ok) {
        Some(server) => server,
        None => at(0),
    }
}

/// Opens an address in the browser; that this fails is no reason not to serve.
fn open(address: &str) {
    let [program, arguments @ ..] = OPENER else { return };
    let browser = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = browser {
        report::say(&format!("{address} could not be opened in a browser by {program}: {error}\n"));
    }
}

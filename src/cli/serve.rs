//! `fieldbook serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::base::digest::Digest;
use crate::cli::GOOD;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::report::{self, Stream, number};
use crate::config::project::Project;
use crate::pipeline;
use crate::serve::{self, Options};

/// The port when none is asked for, and the first that is tried.
const PORT: u16 = 4040;

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
    #[command(flatten)]
    messages: MessageArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut diagnostics = Vec::new();
    let mut project = args.site.resolve(None, true)?.take(&mut diagnostics);
    project.out = folder_for(&project.root);
    drop_base_path(&mut project);
    let stages = report::stages(&args.messages);
    let outcome = pipeline::build(&project, diagnostics, &stages)?;
    stages("end");
    report::outcome(&project, &outcome, &args.messages, Stream::Err);
    let server = listen(&project.out, args.host, args.port)?;
    let pages = number(outcome.site.pages.len(), "page");
    report::print(&format!("serving {pages} on http://{}/ (Ctrl-C stops it)\n", server.address()));
    server.run()?;
    Ok(GOOD)
}

/// The folder a site is built into when it is served: one for each site, outside of it.
fn folder_for(root: &Path) -> PathBuf {
    let digest = Digest::of(root.to_string_lossy().as_bytes());
    std::env::temp_dir().join(format!("fieldbook-serve-{:016x}", digest.0)).join("site")
}

/// The site is served from the root of the server, wherever it will be published.
fn drop_base_path(project: &mut Project) {
    if let Some(base_url) = &mut project.config.base_url {
        base_url.path.clear();
    }
}

fn listen(folder: &Path, host: IpAddr, port: Option<u16>) -> Result<serve::Server> {
    if let Some(port) = port {
        return serve::serve(folder, Options { host, port });
    }
    let mut tried = (PORT..PORT + 20).map(|port| serve::serve(folder, Options { host, port }));
    match tried.find(Result::is_ok) {
        Some(server) => server,
        None => serve::serve(folder, Options { host, port: 0 }),
    }
}

//! Serves a built site on this machine, as its host would.
//!
//! What answers a request is decided by [`route`] and [`conditions`], which touch nothing; this file listens, and
//! `answer` reads the files.

mod answer;
pub mod conditions;
pub mod media_type;
pub mod route;
pub mod rules;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use axum::Router;
use tokio::runtime::Runtime;
use tokio::signal;
use tokio::task::JoinHandle;

use crate::base::fs;
use crate::base::fs::write as disk;
use crate::serve::answer::Site;

/// Where a server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The address; only this machine can reach a loopback address.
    pub host: IpAddr,
    /// The port; 0 takes one that is free.
    pub port: u16,
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    runtime: Runtime,
    serving: JoinHandle<std::io::Result<()>>,
}

/// How long requests that are under way may take when the server is asked to stop.
const PATIENCE: Duration = Duration::from_secs(2);

impl Default for Options {
    fn default() -> Self {
        Options { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 0 }
    }
}

/// Serves the files of a folder.
///
/// # Errors
/// When there is no such folder, or when the port is taken; then the error names one that is free.
pub fn serve(folder: &Path, options: Options) -> Result<Server> {
    if !fs::is_folder(folder) {
        bail!("there is no folder {} to serve", folder.display());
    }
    let site = Arc::new(Site::new(disk::resolve(folder)?, options.host));
    let listener = listen(options)?;
    let context = || format!("serving {}", folder.display());
    let address = listener.local_addr().with_context(context)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().with_context(context)?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).with_context(context)?
    };
    let router = Router::new().fallback(answer::answer).with_state(site);
    let serving = runtime.spawn(async {
        let interrupted = async { signal::ctrl_c().await.unwrap_or_default() };
        axum::serve(listener, router).with_graceful_shutdown(interrupted).await
    });
    Ok(Server { address, runtime, serving })
}

impl Server {
    /// Returns the address it listens on, with the port that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until Ctrl-C is pressed. Requests that are under way are answered, unless they take too long.
    ///
    /// # Errors
    /// When it cannot go on listening.
    pub fn run(mut self) -> Result<()> {
        let served = self.runtime.block_on(async {
            tokio::select! {
                served = &mut self.serving => return Some(served),
                _ = signal::ctrl_c() => {}
            }
            tokio::time::timeout(PATIENCE, &mut self.serving).await.ok()
        });
        self.runtime.shutdown_background();
        match served {
            Some(served) => served.map_err(|error| anyhow!(error)).and_then(|end| Ok(end?)).context("serving the site"),
            None => Ok(()),
        }
    }
}

fn listen(options: Options) -> Result<TcpListener> {
    let at = |port: u16| TcpListener::bind((options.host, port));
    let listener = match at(options.port) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let free =
                (options.port.saturating_add(1)..=options.port.saturating_add(100)).find(|port| at(*port).is_ok());
            let hint = free.map(|port| format!("; the next free one is {port}")).unwrap_or_default();
            bail!("port {} on {} is taken{hint}", options.port, options.host);
        }
        result => result.with_context(|| format!("listening on port {} of {}", options.port, options.host))?,
    };
    listener.set_nonblocking(true).context("listening")?;
    Ok(listener)
}

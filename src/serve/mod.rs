//! Serves a site that is held in memory on this machine, as its host would, and keeps open pages up to date.
//!
//! What answers a request is decided by [`route`] and [`conditions`], and what a new edition means for a page by
//! [`change`], which touch nothing; this file listens, `answer` sends files and `events` tells pages of changes.

mod answer;
pub mod change;
pub mod conditions;
mod edition;
mod events;
mod faults;
pub mod inject;
pub mod media_type;
pub mod policy;
pub mod route;
pub mod rules;
#[cfg(test)]
mod tests;
pub mod watch;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use axum::Router;
use tokio::runtime::Runtime;
use tokio::signal;
use tokio::task::JoinHandle;

pub use crate::serve::edition::{Edition, Publisher};
pub use crate::serve::faults::{Fault, faults};

use crate::serve::edition::Live;

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
    live: Arc<Live>,
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

/// Serves an edition, and those that are published after it.
///
/// # Errors
/// When the port is taken; then the error names one that is free.
pub fn serve(edition: Edition, options: Options) -> Result<Server> {
    let listener = listen(options)?;
    let live = Arc::new(Live::new(edition, options.host));
    let context = || "starting the server";
    let address = listener.local_addr().with_context(context)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().with_context(context)?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).with_context(context)?
    };
    let router = Router::new().fallback(answer::answer).with_state(live.clone());
    let mut is_stopping = live.is_stopping.subscribe();
    let serving = runtime.spawn(async move {
        let stopped =
            async move { is_stopping.wait_for(|is_stopping| *is_stopping).await.map(drop).unwrap_or_default() };
        axum::serve(listener, router).with_graceful_shutdown(stopped).await
    });
    Ok(Server { address, live, runtime, serving })
}

impl Server {
    /// Returns the address it listens on, with the port that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns what puts other editions in the place of this one, from any thread.
    pub fn publisher(&self) -> Publisher {
        Publisher { live: self.live.clone() }
    }

    /// Serves until Ctrl-C is pressed. Requests that are under way are answered, unless they take too long; pages that
    /// are open are no reason to wait.
    ///
    /// # Errors
    /// When it cannot go on listening.
    pub fn run(self) -> Result<()> {
        self.run_until(async { signal::ctrl_c().await.unwrap_or_default() })
    }

    fn run_until(mut self, stop: impl Future<Output = ()>) -> Result<()> {
        let served = self.runtime.block_on(async {
            tokio::select! {
                served = &mut self.serving => return Some(served),
                () = stop => {}
            }
            self.live.is_stopping.send_replace(true);
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

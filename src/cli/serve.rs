//! `fieldbook serve`.

use anyhow::Result;

/// Build the site, serve it on this machine and say the address
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let Args {} = args;
    Ok(0)
}

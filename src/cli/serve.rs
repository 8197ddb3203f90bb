//! `fieldbook serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::cli::GOOD;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::progress::Meter;
use crate::cli::report::{self, Stream, number};
use crate::config::project::Project;
use crate::diag::{Diagnostic, Report};
use crate::model::source::Touched;
use crate::pipeline::{self, Former, Outcome};
use crate::serve::watch::Watch;
use crate::serve::{self, Edition, Fault, Options, Publisher};

/// The port when none is asked for, and the first that is tried.
const PORT: u16 = 4040;

/// What opens an address in the browser of this system.
const OPENER: &[&str] = match () {
    () if cfg!(target_os = "macos") => &["open"],
    () if cfg!(windows) => &["cmd", "/c", "start", ""],
    () => &["xdg-open"],
};

/// Serve the site on this machine and keep it up to date while you write
///
/// The site is built into memory, in spite of errors; public/ stays as it is. When
/// a page, a template, the theme or the configuration is saved, what changed is
/// made again and open pages show it. Errors are shown on the page as well.
/// Redirects, headers and missing pages are answered as on Netlify.
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
    /// Look at the files every so many seconds, where the system does not tell of changes (network folders)
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    poll: Option<u64>,
    #[command(flatten)]
    messages: MessageArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let (project, earlier) = resolve(&args, None)?;
    // Whatever is saved from here on is seen.
    let watch = Watch::new(&project, args.poll.map(Duration::from_secs))?;
    let mut author = Author { project: project.clone(), former: Former::default(), said: None };
    let (edition, built) = author.build(&args, (project, earlier), &Touched::Anything)?;
    let server = listen(&edition, args.host, args.port)?;
    let address = format!("http://{}/", server.address());
    report::print(&format!("serving {} on {address} (Ctrl-C stops it)\n", number(built.pages, "page")));
    if watch.is_polling && args.poll.is_none() {
        report::say("the system cannot watch so many folders: the files are looked at once a second\n");
    }
    if args.open {
        open(&address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:"));
    }
    let publisher = server.publisher();
    thread::spawn(move || author.follow(&args, watch, &publisher));
    server.run()?;
    Ok(GOOD)
}

/// The site as somebody writes it.
struct Author {
    project: Project,
    former: Former,
    /// The messages of the last build; none if there was none, or it failed.
    said: Option<Report>,
}

/// What a build came to.
struct Built {
    pages: usize,
    changed: usize,
    /// Whether there are other messages than before.
    has_news: bool,
}

impl Author {
    /// Builds again and publishes whenever something was touched, for as long as there is somebody to tell.
    fn follow(&mut self, args: &Args, mut watch: Watch, publisher: &Publisher) {
        while let Some(touched) = watch.next(&self.project) {
            let start = Instant::now();
            match self.again(args, &mut watch, &touched) {
                Ok((edition, built)) => {
                    publisher.publish(edition);
                    let is_worth_a_line = built.changed > 0 || built.has_news || args.messages.verbose;
                    if is_worth_a_line && !args.messages.quiet {
                        let (changed, time) = (number(built.changed, "file"), start.elapsed().as_millis());
                        report::say(&format!("{}: {changed} made in {time} ms\n", summary(&touched)));
                    }
                }
                Err(error) => {
                    report::failure(&error);
                    publisher.publish_faults(vec![Fault::of_trouble(format!("{error:#}"))]);
                    self.said = None;
                }
            }
        }
    }

    fn again(&mut self, args: &Args, watch: &mut Watch, touched: &Touched) -> Result<(Edition, Built)> {
        let root = &self.project.root;
        let resolved = resolve(args, Some(root))?;
        if self.project.has_config() && !resolved.0.has_config() {
            // Without it everything in the folder would be content, which nobody means who had one a moment ago.
            bail!("there is no fieldbook.yaml in {} any more", root.display());
        }
        let has_more = watch.follow(&resolved.0)?;
        // What was touched when a build failed is not known any more.
        let is_known = self.said.is_some() && !has_more;
        self.build(args, resolved, if is_known { touched } else { &Touched::Anything })
    }

    /// Builds with the configuration as it is now, and says what is wrong.
    fn build(
        &mut self,
        args: &Args,
        (project, earlier): (Project, Vec<Diagnostic>),
        touched: &Touched,
    ) -> Result<(Edition, Built)> {
        let meter = Meter::begin(&args.messages);
        let outcome = pipeline::rebuild(&project, earlier, &mut self.former, touched, &meter)?;
        meter.end();
        let has_news = self.said.as_ref() != Some(&outcome.report);
        if has_news {
            report::outcome(&project, &outcome, &args.messages, Stream::Err);
        }
        let Outcome { report, texts, site, made } = outcome;
        let faults = serve::faults(&project, &report, &report::text_of(&project, &texts), Some(&site));
        let pages = site.pages.len();
        // To take a large site apart takes a while, for which nobody should wait.
        thread::spawn(move || drop((site, texts)));
        self.project = project;
        self.said = Some(report);
        let edition = Edition { site: Arc::new(made.site), faults: Arc::new(faults) };
        Ok((edition, Built { pages, changed: made.changed, has_news }))
    }
}

/// Finds the project; once it is known, always the one with this root.
fn resolve(args: &Args, root: Option<&Path>) -> Result<(Project, Vec<Diagnostic>)> {
    let site = match root {
        Some(root) => SiteArgs { folder: Some(root.to_path_buf()), ..args.site.clone() },
        None => args.site.clone(),
    };
    let mut resolved = site.resolve(None, true)?;
    drop_base_path(&mut resolved.value);
    Ok((resolved.value, resolved.diagnostics))
}

/// What was touched, in a few words: `content/guides/efficiency.md and 2 more`.
fn summary(touched: &Touched) -> String {
    let Touched::Files(files) = touched else {
        return "the site".to_string();
    };
    let first = files.first().map(ToString::to_string).unwrap_or_default();
    match files.len() {
        0 | 1 => first,
        count => format!("{first} and {} more", count - 1),
    }
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

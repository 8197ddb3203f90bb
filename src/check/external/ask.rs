//! Asks for many addresses: many hosts at the same time, each of them politely.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::http::address::WebUrl;
use crate::base::http::{Client, Failure, Limits, Response};
use crate::check::external::verdict::Answer;
use crate::config::external::External;

/// How many requests there are at the same time, whatever the number of hosts.
const MOST_AT_ONCE: usize = 16;
/// What lies at least between the beginnings of two requests to one host.
const SPACING: Duration = Duration::from_millis(100);
/// The wait before a site is asked again; each further one is three times as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest wait, whatever a site asks for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// After so many addresses of a host in a row that did not answer in time the others are not asked.
const MOST_SILENCES: u32 = 3;

/// Asks for each address and gives each answer, with the number of the address, as it comes.
pub fn ask(urls: &[WebUrl], settings: &External, on_answer: &mut dyn FnMut(usize, Answer)) {
    let desk = Desk::new(urls, settings);
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..MOST_AT_ONCE.min(urls.len()) {
            let sender = sender.clone();
            scope.spawn(|| desk.work(sender));
        }
        drop(sender);
        for (number, answer) in answers {
            on_answer(number, answer);
        }
    });
}

/// What the threads share.
struct Desk<'a> {
    urls: &'a [WebUrl],
    settings: &'a External,
    client: Client,
    hosts: Mutex<Vec<Host>>,
    /// A question was put aside or settled.
    changed: Condvar,
}

/// The questions for one host.
struct Host {
    waiting: Vec<Question>,
    /// How many are being asked.
    active: usize,
    /// Not to be asked before.
    from: Instant,
    /// How many addresses in a row did not answer in time.
    silences: u32,
    /// What is answered for all the others without asking.
    closed: Option<Answer>,
}

/// An address that is to be asked for.
struct Question {
    number: usize,
    /// How often it was asked before.
    attempt: u32,
    /// Not to be asked before.
    from: Instant,
}

/// What can be done next.
enum Next {
    Ask(usize, Question),
    /// Nothing before this moment.
    Wait(Instant),
    /// Nothing before a question is settled.
    WaitForOthers,
    End,
}

/// What follows from one request.
enum Step {
    Answer(Answer),
    /// The same question again after a while.
    Again(Duration),
    /// The same question again after a while, and no other to the host before.
    Pause(Duration),
    /// No more questions to the host.
    Close,
}

impl<'a> Desk<'a> {
    fn new(urls: &'a [WebUrl], settings: &'a External) -> Self {
        let from = now();
        let mut by_peer: BTreeMap<String, Vec<Question>> = BTreeMap::new();
        for (number, url) in urls.iter().enumerate() {
            by_peer.entry(url.peer()).or_default().push(Question { number, attempt: 0, from });
        }
        let host = |waiting| Host { waiting, active: 0, from, silences: 0, closed: None };
        let limits = Limits { time: Duration::from_secs(settings.timeout), redirects: 10, keeps_encryption: false };
        Desk {
            urls,
            settings,
            client: Client::new("link check", limits),
            hosts: Mutex::new(by_peer.into_values().map(host).collect()),
            changed: Condvar::new(),
        }
    }

    fn work(&self, answers: Sender<(usize, Answer)>) {
        while let Some((host, question)) = self.take() {
            let step = self.step(&question);
            self.settle(host, question, step, &answers);
            self.changed.notify_all();
        }
    }

    /// Waits for a question that may be asked; `None` when all are settled.
    fn take(&self) -> Option<(usize, Question)> {
        let mut hosts = self.lock();
        loop {
            let now = now();
            hosts = match next(&mut hosts, self.settings.per_host, now) {
                Next::Ask(host, question) => return Some((host, question)),
                Next::Wait(until) => self.changed.wait_timeout(hosts, until - now).expect(NO_PANIC).0,
                Next::WaitForOthers => self.changed.wait(hosts).expect(NO_PANIC),
                Next::End => return None,
            };
        }
    }

    /// Asks, first for the head alone. Many sites answer `HEAD` wrongly, so anything but good is asked for again as a
    /// browser would.
    fn step(&self, question: &Question) -> Step {
        let url = &self.urls[question.number];
        let is_settled = |answer: &Result<Response, Failure>| match answer {
            Ok(Response { status: 503, retry_after, .. }) => retry_after.is_some(),
            Ok(response) => response.status == 429 || self.is_good(response.status),
            Err(failure) => !matches!(failure.cause(), Failure::Closed | Failure::Garbled | Failure::TooLong),
        };
        let head = (question.attempt == 0).then(|| self.client.head(url)).filter(is_settled);
        let is_last = question.attempt >= self.settings.retries;
        let wait = (FIRST_WAIT * 3_u32.saturating_pow(question.attempt)).min(LONGEST_WAIT);
        match head.unwrap_or_else(|| self.client.get(url)) {
            Ok(response) if self.is_good(response.status) => Step::answer(response),
            Ok(Response { status: 429 | 503, retry_after: Some(wait), .. }) if wait > LONGEST_WAIT => Step::Close,
            Ok(Response { status: 429 | 503, retry_after: Some(wait), .. }) if !is_last => Step::Pause(wait),
            Ok(Response { status: 429, .. }) if !is_last => Step::Pause(wait),
            Ok(Response { status: 500..=599, .. }) if !is_last => Step::Again(wait),
            Ok(response) => Step::answer(response),
            Err(failure) if failure.may_pass() && !is_last => Step::Again(wait),
            Err(failure) => Step::Answer(Answer::Failure(failure)),
        }
    }

    fn is_good(&self, status: u16) -> bool {
        matches!(status, 200..=299) || self.settings.accept.contains(&status)
    }

    fn settle(&self, host: usize, question: Question, step: Step, answers: &Sender<(usize, Answer)>) {
        let mut hosts = self.lock();
        let host = &mut hosts[host];
        host.active -= 1;
        let mut again = |from: Instant| host.waiting.push(Question { attempt: question.attempt + 1, from, ..question });
        // The other end is there until all threads have ended.
        let send = |number, answer| drop(answers.send((number, answer)));
        match step {
            Step::Again(wait) => again(now() + wait),
            Step::Pause(wait) => {
                again(now());
                host.from = host.from.max(now() + wait);
            }
            Step::Close => {
                host.closed = Some(Answer::Busy);
                send(question.number, Answer::Busy);
            }
            Step::Answer(answer) => {
                host.learn(&answer);
                send(question.number, answer);
            }
        }
        if let Some(answer) = &host.closed {
            host.waiting.drain(..).for_each(|question| send(question.number, answer.clone()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Host>> {
        self.hosts.lock().expect(NO_PANIC)
    }
}

impl Step {
    fn answer(response: Response) -> Self {
        let moved = response.moved.map(|url| url.to_string());
        Step::Answer(Answer::Status { status: response.status, moved })
    }
}

impl Host {
    /// What is wrong with the host is wrong with all of its addresses, and one that never answers would take hours.
    fn learn(&mut self, answer: &Answer) {
        match answer {
            Answer::Failure(Failure::NoSuchHost | Failure::Unreachable | Failure::Insecure(_)) => {
                self.closed = Some(answer.clone());
            }
            Answer::Failure(Failure::Timeout) => self.silences += 1,
            _ => self.silences = 0,
        }
        if self.silences >= MOST_SILENCES {
            self.closed = Some(Answer::Silent);
        }
    }
}

/// Takes a question to a host that may be asked now.
fn next(hosts: &mut [Host], per_host: usize, now: Instant) -> Next {
    let mut soonest: Option<Instant> = None;
    for (number, host) in hosts.iter_mut().enumerate().filter(|(_, host)| host.active < per_host) {
        let Some(first) = (0..host.waiting.len()).min_by_key(|at| host.waiting[*at].from) else {
            continue;
        };
        let from = host.waiting[first].from.max(host.from);
        if from <= now {
            host.active += 1;
            host.from = now + SPACING;
            return Next::Ask(number, host.waiting.remove(first));
        }
        soonest = Some(soonest.map_or(from, |soonest| soonest.min(from)));
    }
    match soonest {
        Some(until) => Next::Wait(until),
        None if hosts.iter().any(|host| host.active > 0) => Next::WaitForOthers,
        None => Next::End,
    }
}

const NO_PANIC: &str = "no thread panics while it holds the questions";

#[expect(clippy::disallowed_methods, reason = "it spaces requests; nothing that is reported depends on it")]
fn now() -> Instant {
    Instant::now()
}

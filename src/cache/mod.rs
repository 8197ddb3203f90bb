//! What to remember: texts that are dear to make, by the text they were made from.
//!
//! A memo may change how long a build takes, never what it writes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::digest::Digest;

/// Remembers texts by the text they were made from. Shared by threads; bounded.
pub struct Memo {
    shards: Vec<Mutex<Shard>>,
    /// The bytes that one shard may hold before it forgets everything.
    limit: usize,
}

/// A part of the memo with a lock of its own.
#[derive(Default)]
struct Shard {
    entries: HashMap<Digest, Entry>,
    bytes: usize,
}

/// A text and what it was made from, which is compared: two keys may share a digest.
struct Entry {
    key: Box<str>,
    value: Arc<str>,
}

impl Memo {
    /// Makes a memo that holds at most about so many bytes.
    pub fn new(bytes: usize) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Memo { shards, limit: bytes / SHARDS }
    }

    /// Returns what was made from `key` before, or makes and remembers it. Two threads may make the same at once.
    pub fn recall(&self, key: &str, make: impl FnOnce() -> String) -> Arc<str> {
        let digest = Digest::of(key.as_bytes());
        let shard = &self.shards[digest.0 as usize % SHARDS];
        if let Some(entry) = lock(shard).entries.get(&digest)
            && *entry.key == *key
        {
            return Arc::clone(&entry.value);
        }
        let value: Arc<str> = Arc::from(make());
        lock(shard).remember(digest, Entry { key: Box::from(key), value: Arc::clone(&value) }, self.limit);
        value
    }
}

impl Default for Memo {
    /// Makes a memo of 64 MiB.
    fn default() -> Self {
        Memo::new(64 * 1024 * 1024)
    }
}

impl Shard {
    fn remember(&mut self, digest: Digest, entry: Entry, limit: usize) {
        let size = entry.key.len() + entry.value.len() + OVERHEAD;
        if size > limit {
            return;
        }
        if self.bytes + size > limit {
            self.entries.clear();
            self.bytes = 0;
        }
        self.bytes += size;
        if let Some(former) = self.entries.insert(digest, entry) {
            self.bytes -= former.key.len() + former.value.len() + OVERHEAD;
        }
    }
}

const SHARDS: usize = 16;

/// What an entry takes beside its texts, roughly.
const OVERHEAD: usize = 64;

/// A thread that panicked cannot have left a shard half changed in a way that matters, so its lock is taken anyway.
fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_text_is_made_once() {
        let memo = Memo::default();
        let made = Cell::new(0);
        for _ in 0..3 {
            let value = memo.recall("rust\0fn", || {
                made.set(made.get() + 1);
                "<b>fn</b>".to_string()
            });
            assert_eq!(&*value, "<b>fn</b>");
        }
        assert_eq!(made.get(), 1);
        assert_eq!(&*memo.recall("rust\0let", || "other".to_string()), "other");
    }

    #[test]
    fn it_stays_within_its_bound() {
        let memo = Memo::new(SHARDS * 1000);
        for number in 0..10_000 {
            memo.recall(&format!("key {number}"), || "x".repeat(100));
        }
        memo.recall("large", || "x".repeat(10_000));
        for shard in &memo.shards {
            let shard = lock(shard);
            let held: usize = shard.entries.values().map(|e| e.key.len() + e.value.len() + OVERHEAD).sum();
            assert_eq!(held, shard.bytes);
            assert!(held <= 1000);
        }
    }
}

//! Digests: a quick one to see whether something changed, and SHA-256 where it is an identity.

use std::fmt::Write as _;
use std::hash::{Hash, Hasher as _};

use rapidhash::quality::RapidHasher;
use sha2::{Digest as _, Sha256};

/// A 64-bit digest for cache keys and change detection; never an identity that leaves the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u64);

impl Digest {
    /// Digests some bytes; the same on every machine.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(rapidhash::v3::rapidhash_v3(bytes))
    }

    /// Digests a value with everything in it; the same for this build of the program on this kind of machine.
    pub fn of_value(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = RapidHasher::default_const();
        value.hash(&mut hasher);
        Digest(hasher.finish())
    }

    /// Digests values one after the other, and how many they are.
    pub fn of_each(values: impl IntoIterator<Item = impl Hash>) -> Self {
        let mut hasher = RapidHasher::default_const();
        let mut count = 0_u64;
        for value in values {
            value.hash(&mut hasher);
            count += 1;
        }
        count.hash(&mut hasher);
        Digest(hasher.finish())
    }
}

/// Returns the SHA-256 of some bytes as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut hex = String::with_capacity(64);
    for byte in digest {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
    }
    hex
}

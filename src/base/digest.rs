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

/// Returns the SHA-256 of some bytes in base64 (RFC 4648), as a Content-Security-Policy wants it.
pub fn sha256_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(bytes);
    let mut base64 = String::with_capacity(44);
    for part in digest.chunks(3) {
        let at = |place: usize| u32::from(part.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..=part.len() {
            base64.push(char::from(ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]));
        }
        base64.extend(std::iter::repeat_n('=', 3 - part.len()));
    }
    base64
}

#[cfg(test)]
mod tests {
    use super::sha256_base64;

    #[test]
    fn digests_in_base64() {
        // printf abc | openssl dgst -sha256 -binary | base64
        assert_eq!(sha256_base64(b"abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}

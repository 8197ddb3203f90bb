//! What to remember: values that are dear to make, by the digest of what they are made from.

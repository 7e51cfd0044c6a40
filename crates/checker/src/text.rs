//! How numbers are printed.

use std::fmt;

pub(crate) use planwright_model::{Count, Thousands};

/// A quantity of memory in a readable unit.
pub(crate) struct Bytes(pub(crate) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes @ 0..1024 => write!(f, "{bytes} bytes"),
            bytes @ 1024..0x10_0000 => write!(f, "{} KiB", Thousands(bytes >> 10)),
            bytes => write!(f, "{} MiB", Thousands(bytes >> 20)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_units() {
        assert_eq!(Bytes(17).to_string(), "17 bytes");
        assert_eq!(Bytes(5 << 20).to_string(), "5 MiB");
    }
}

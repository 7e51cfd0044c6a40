//! How numbers are printed.

use std::fmt;

/// An integer with thousands separators.
pub(crate) struct Thousands(pub(crate) u64);

impl fmt::Display for Thousands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

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

/// A count with its noun, which is regular.
pub(crate) struct Count(pub(crate) u64, pub(crate) &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", Thousands(self.0), self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let text = |n| Thousands(n).to_string();
        assert_eq!(text(0), "0");
        assert_eq!(text(999), "999");
        assert_eq!(text(1_000), "1,000");
        assert_eq!(text(12_345_678), "12,345,678");
    }

    #[test]
    fn counts_and_bytes_have_units() {
        assert_eq!(Count(1, "state").to_string(), "1 state");
        assert_eq!(Count(0, "step").to_string(), "0 steps");
        assert_eq!(Bytes(17).to_string(), "17 bytes");
        assert_eq!(Bytes(5 << 20).to_string(), "5 MiB");
    }
}

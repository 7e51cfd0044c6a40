//! Numbers as people read them.

use std::fmt;

/// An integer with separators between thousands.
///
/// ```
/// assert_eq!(planwright_model::Thousands(1234567).to_string(), "1,234,567");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thousands(pub u64);

/// A number of things, with the noun in the singular or plural.
///
/// ```
/// use planwright_model::Count;
///
/// assert_eq!(Count(1, "state").to_string(), "1 state");
/// assert_eq!(Count(4321, "more step").to_string(), "4,321 more steps");
/// assert_eq!(Count(2, "property").to_string(), "2 properties");
/// assert_eq!(Count(0, "switch").to_string(), "0 switches");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'n>(
    /// How many.
    pub u64,
    /// The noun in the singular, of which only the last word has a plural, a regular one.
    pub &'n str,
);

impl fmt::Display for Thousands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, noun) = *self;
        let hisses = ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end));
        let (stem, end) = match noun.strip_suffix('y') {
            _ if number == 1 => (noun, ""),
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => (stem, "ies"),
            _ if hisses => (noun, "es"),
            _ => (noun, "s"),
        };
        f.pad(&format!("{} {stem}{end}", Thousands(number)))
    }
}

use std::fmt;

/// A condition on runs: whoever takes steps with these labels must act, more or less.
///
/// ```
/// use planwright_oracle::{Fairness, Strength};
///
/// let courier = Fairness::new("courier", [1, 2], Strength::Weak);
/// assert!(courier.covers(2) && !courier.covers(0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fairness {
    /// What it is called.
    pub name: String,
    /// The labels of the steps it is about.
    pub labels: Vec<usize>,
    /// How much it asks for.
    pub strength: Strength,
}

/// How much a [`Fairness`] condition asks for.
///
/// ```
/// use planwright_oracle::Strength;
///
/// assert_eq!(Strength::Weak.to_string(), "weak");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// No run stops for ever where one of the steps is possible; it may go on by others.
    Progress,
    /// What stays enabled is taken: infinitely often one of the steps is taken or none is enabled.
    Weak,
    /// What is enabled again and again is taken again and again.
    Strong,
}

impl Fairness {
    /// A condition on the steps with these labels.
    pub fn new(
        name: impl Into<String>,
        labels: impl IntoIterator<Item = usize>,
        strength: Strength,
    ) -> Self {
        Self {
            name: name.into(),
            labels: labels.into_iter().collect(),
            strength,
        }
    }

    /// Whether it is about steps with this label.
    pub fn covers(&self, label: usize) -> bool {
        self.labels.contains(&label)
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Progress => "progress",
            Self::Weak => "weak",
            Self::Strong => "strong",
        })
    }
}

use std::fmt;

/// A property of an [`ExplicitGraph`](crate::ExplicitGraph), over predicates by name.
///
/// [`Reachable`](Self::Reachable) and [`Recoverable`](Self::Recoverable) are about what is possible,
/// and no fairness matters to them: every finite schedule can be continued fairly. All others are
/// about every fair run from every initial state. A run is infinite, or stops where it
/// [may](crate::ExplicitGraph::may_rest).
///
/// ```
/// use planwright_oracle::Formula;
///
/// assert_eq!(Formula::LeadsTo("waits", "enters").to_string(), "waits leads to enters");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Formula {
    /// Every state is good: CTL `AG p`.
    Always(&'static str),
    /// A good state can be reached from every initial state: CTL `EF p`.
    Reachable(&'static str),
    /// A good state stays reachable: CTL `AG EF p`.
    Recoverable(&'static str),
    /// A good state is reached: LTL `F p`.
    Eventually(&'static str),
    /// Whenever the first holds, the second holds then or later: LTL `G (p -> F q)`.
    LeadsTo(&'static str, &'static str),
    /// Good states never end: LTL `G F p`.
    AlwaysEventually(&'static str),
    /// Bad states end: LTL `F G p`.
    EventuallyAlways(&'static str),
    /// The second is reached, and the first holds until then: LTL `p U q`.
    Until(&'static str, &'static str),
}

impl Formula {
    /// Whether it speaks of what can happen, so that a logic of single runs has no words for it.
    pub fn is_branching(self) -> bool {
        matches!(self, Self::Reachable(_) | Self::Recoverable(_))
    }

    /// The LTL formula that the parts make: `G` and `F` as they are written, and the predicates as
    /// `name` says. `None` for a formula about what can happen.
    pub(crate) fn ltl(self, [g, f]: [&str; 2], name: impl Fn(&str) -> String) -> Option<String> {
        Some(match self {
            Self::Reachable(_) | Self::Recoverable(_) => return None,
            Self::Always(p) => format!("{g} {}", name(p)),
            Self::Eventually(p) => format!("{f} {}", name(p)),
            Self::LeadsTo(p, q) => format!("{g} ({} -> {f} {})", name(p), name(q)),
            Self::AlwaysEventually(p) => format!("{g} {f} {}", name(p)),
            Self::EventuallyAlways(p) => format!("{f} {g} {}", name(p)),
            Self::Until(p, q) => format!("{} U {}", name(p), name(q)),
        })
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always(p) => write!(f, "always {p}"),
            Self::Reachable(p) => write!(f, "can reach {p}"),
            Self::Recoverable(p) => write!(f, "can always reach {p}"),
            Self::Eventually(p) => write!(f, "eventually {p}"),
            Self::LeadsTo(p, q) => write!(f, "{p} leads to {q}"),
            Self::AlwaysEventually(p) => write!(f, "always eventually {p}"),
            Self::EventuallyAlways(p) => write!(f, "eventually always {p}"),
            Self::Until(p, q) => write!(f, "{p} until {q}"),
        }
    }
}

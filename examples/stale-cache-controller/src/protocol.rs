//! How an agent uses its cache.

/// How an agent uses its cache, and what the store is told with a request.
///
/// The rules cite the threads of kubernetes/kubernetes by number, and Sun et al., "Automatic
/// Reliability Testing for Cluster Management Controllers" (OSDI 2022), as S.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// A request to remove a pod names its uid, and the store refuses it if the pod there has another
    /// (pull request 25224: a kubelet deletes with the uid as a precondition, so as not to delete a new
    /// pod of the same name).
    pub names_uid: bool,
    /// An agent that restarts reads the store as it is. Otherwise it may reach a server that lags, and
    /// sees what was there before (issue 59848; S: time travel).
    pub fresh_restart: bool,
    /// Before which acts the agent reads the store itself.
    pub reads: Reads,
    /// Which processes the agent stops.
    pub stops: Stops,
}

/// Before which acts an agent reads the store itself, and does nothing if it finds something else than
/// its cache shows. Reading is one step and acting another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads {
    /// Before it starts a pod.
    pub to_start: bool,
    /// Before it stops a pod.
    pub to_stop: bool,
    /// Before it asks for a pod to be removed.
    pub to_remove: bool,
}

/// Which processes an agent stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// Whatever its cache does not show as a pod to run here: because it is absent, or to be deleted, or
    /// there is another one.
    Unexpected,
    /// Only a pod that its cache shows as to be deleted: it never acts on absence.
    Marked,
}

impl Reads {
    const NEVER: Self = Self {
        to_start: false,
        to_stop: false,
        to_remove: false,
    };
}

impl Protocol {
    /// As deployed: the cache is taken for the store, and pods go by their name.
    pub fn as_deployed() -> Self {
        Self {
            names_uid: false,
            fresh_restart: false,
            reads: Reads::NEVER,
            stops: Stops::Unexpected,
        }
    }

    /// Requests name the uid, and nothing else is changed.
    pub fn naming_the_uid() -> Self {
        Self {
            names_uid: true,
            ..Self::as_deployed()
        }
    }

    /// An agent that restarts reads the store as it is, and nothing else is changed (pull request 60478
    /// set out to give every restarted client that).
    pub fn fresh() -> Self {
        Self {
            fresh_restart: true,
            ..Self::as_deployed()
        }
    }

    /// The same, and the agent reads the store before it asks for a removal. That is a check, and the
    /// request is an act.
    pub fn reading_to_remove() -> Self {
        Self {
            reads: Reads {
                to_remove: true,
                ..Reads::NEVER
            },
            ..Self::fresh()
        }
    }

    /// A restarted agent reads the store as it is, and no agent ever acts on absence; pods still go by
    /// their name.
    pub fn patient() -> Self {
        Self {
            stops: Stops::Marked,
            ..Self::fresh()
        }
    }

    /// Requests name the uid, and the agent reads the store before it starts a pod.
    pub fn reading_to_start() -> Self {
        Self {
            reads: Reads {
                to_start: true,
                ..Reads::NEVER
            },
            ..Self::naming_the_uid()
        }
    }

    /// Requests name the uid, and the agent reads the store before it starts or stops a pod: a cache
    /// that goes back does no harm.
    pub fn reading_to_act() -> Self {
        Self {
            reads: Reads {
                to_start: true,
                to_stop: true,
                to_remove: false,
            },
            ..Self::naming_the_uid()
        }
    }

    /// The fix: requests name the uid, and a restarted agent reads the store as it is, so that its cache
    /// never goes back.
    pub fn fixed() -> Self {
        Self {
            fresh_restart: true,
            ..Self::naming_the_uid()
        }
    }
}

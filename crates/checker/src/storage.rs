//! How states are told apart.

use planwright_model::{Code, Encode};

use crate::keys::{Codes, Fingerprints, Words};
use crate::run::Engine;
use crate::{Checkable, Checker};

/// How the states that were found are stored; for [`Checker::storage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// By their [`Encode`]d codes, so that no two states can be taken for one. For codes that are machine words
    /// this is also faster and smaller than fingerprints.
    ///
    /// A sample of states is decoded again ([`Audit::encoding`](crate::Audit::encoding)). A state that has no
    /// code, or that is not what its code gives back, ends the exploration as a [`Fault`](crate::Fault).
    Exact,
    /// As [`Exact`](Self::Exact) if every state has a code; otherwise the exploration starts again with
    /// fingerprints as soon as that shows. [`Statistics::exact`](crate::Statistics::exact) tells which it was.
    ExactIfItFits,
    /// By 64-bit fingerprints of what they write into their `Hash`. So it is unless told.
    Fingerprints,
}

impl<M: Checkable> Checker<'_, M> {
    /// How the states that were found are stored.
    pub fn storage(mut self, storage: Storage) -> Self
    where
        M: Encode,
    {
        self.storage = storage;
        self.engine = match storage {
            Storage::Fingerprints => Engine::of::<Fingerprints>(),
            _ if M::Code::IS_WORD => Engine::of::<Words>(),
            _ => Engine::of::<Codes>(),
        };
        self.read_back = match storage {
            Storage::Fingerprints => None,
            _ => Some(|model, state| model.encode(state).map(|code| model.decode(code))),
        };
        self
    }
}

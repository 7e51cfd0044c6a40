//! States as bytes, for checkpoints.

use planwright_model::{Code, Encode, Model};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes states and reads them back.
pub(crate) trait Codec<M: Model>: Send + Sync {
    /// Appends a state's bytes, or says why it has none.
    fn write(&self, model: &M, state: &M::State, to: &mut Vec<u8>) -> Result<(), String>;

    /// The state of exactly these bytes, if they are one's.
    fn read(&self, model: &M, bytes: &[u8]) -> Option<M::State>;
}

/// By the model's own encoding.
pub(crate) struct ByCode;

impl<M: Encode> Codec<M> for ByCode {
    fn write(&self, model: &M, state: &M::State, to: &mut Vec<u8>) -> Result<(), String> {
        let code = model.encode(state);
        let code = code.ok_or("it does not fit its encoding; use `checkpoints_by_serde`")?;
        code.append_to(to);
        Ok(())
    }

    fn read(&self, model: &M, mut bytes: &[u8]) -> Option<M::State> {
        let code = M::Code::take_from(&mut bytes)?;
        bytes.is_empty().then(|| model.decode(code))
    }
}

/// By serde, for states that have no code.
pub(crate) struct BySerde;

impl<M> Codec<M> for BySerde
where
    M: Model<State: Serialize + DeserializeOwned>,
{
    fn write(&self, _: &M, state: &M::State, to: &mut Vec<u8>) -> Result<(), String> {
        postcard::to_io(state, to)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    fn read(&self, _: &M, bytes: &[u8]) -> Option<M::State> {
        let (state, rest) = postcard::take_from_bytes(bytes).ok()?;
        rest.is_empty().then_some(state)
    }
}

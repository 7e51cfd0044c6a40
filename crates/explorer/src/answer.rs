//! What goes back to a browser.

use serde::Serialize;
use serde_json::json;

/// What goes back to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: String,
}

impl Answer {
    fn new(kind: &'static str, body: impl Into<String>) -> Self {
        Self {
            status: 200,
            kind,
            body: body.into(),
        }
    }

    pub(crate) fn page(body: &str) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    pub(crate) fn style(body: String) -> Self {
        Self::new("text/css; charset=utf-8", body)
    }

    pub(crate) fn script(body: String) -> Self {
        Self::new("text/javascript; charset=utf-8", body)
    }

    pub(crate) fn json(body: &impl Serialize) -> Self {
        match serde_json::to_string(body) {
            Ok(body) => Self::new("application/json", body),
            Err(error) => Self::refused(&error.to_string()),
        }
    }

    /// What was asked for cannot be answered.
    pub(crate) fn refused(error: &str) -> Self {
        Self {
            status: 400,
            ..Self::new("application/json", json!({ "error": error }).to_string())
        }
    }

    pub(crate) fn not_found() -> Self {
        Self {
            status: 404,
            ..Self::refused("there is no such page")
        }
    }

    /// Somebody asks who must not.
    pub(crate) fn forbidden(why: &str) -> Self {
        Self {
            status: 403,
            ..Self::refused(why)
        }
    }

    pub(crate) fn only_get() -> Self {
        Self {
            status: 405,
            ..Self::refused("this can only be read")
        }
    }
}

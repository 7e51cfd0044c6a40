//! How large a model is explored.

use std::fmt;

use clap::{Args, value_parser};
use planwright_cli::{SizeOptions, counted};

use crate::state::{ROWS, SERVERS};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Servers, each with one operation under way at a time (1 to 4)
    #[arg(long, value_name = "N", default_value_t = Self::default().servers, global = true,
          value_parser = value_parser!(u8).range(1..=SERVERS as i64))]
    pub servers: u8,

    /// Rows that users insert and delete (1 to 3)
    #[arg(long, value_name = "N", default_value_t = Self::default().rows, global = true,
          value_parser = value_parser!(u8).range(1..=i64::from(ROWS)))]
    pub rows: u8,
}

impl Size {
    /// So many servers and rows.
    ///
    /// # Panics
    ///
    /// Unless there are 1 to 4 servers and 1 to 3 rows.
    pub fn new(servers: u8, rows: u8) -> Self {
        let fits = (1..=SERVERS).contains(&usize::from(servers));
        assert!(fits, "ask for 1 to {SERVERS} servers");
        assert!((1..=ROWS).contains(&rows), "ask for 1 to {ROWS} rows");
        Self { servers, rows }
    }
}

impl Default for Size {
    /// Two servers, one row.
    fn default() -> Self {
        Self::new(2, 1)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let servers = counted(self.servers.into(), "server");
        let rows = counted(self.rows.into(), "row");
        write!(f, "{servers}, {rows}")
    }
}

impl SizeOptions for Size {
    fn options(&self) -> Vec<(&'static str, u64)> {
        vec![("servers", self.servers.into()), ("rows", self.rows.into())]
    }
}

// The help text states these limits.
const _: () = assert!(SERVERS == 4 && ROWS == 3);

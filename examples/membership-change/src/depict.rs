//! Who acts in the cluster, and what there is.

use planwright_model::{Depict, Group, Item, Picture, Remark, Standing};

use crate::{Action, Cluster, Server, words};

impl Depict for Cluster {
    fn lanes(&self) -> Vec<String> {
        let servers = 0..self.size.members + self.size.spares;
        servers.map(|server| format!("server {server}")).collect()
    }

    fn actor(&self, action: &Self::Action) -> String {
        words::parts(*action).0
    }

    fn deed(&self, action: &Self::Action) -> String {
        words::parts(*action).1
    }

    /// Each server's term and log; entries that it knows to be committed stand before the bar.
    fn picture(&self, state: &Self::State) -> Picture {
        let newest = state.servers().map(|(_, server)| server.term).max();
        let standing = |server: &Server| match Some(server.term) == newest {
            true => Standing::Fine,
            false => Standing::Stale,
        };
        let term = |(number, server): (u8, &Server)| {
            let role = if server.leads { "leads" } else { "is in" };
            let text = format!("{role} term {}", server.term);
            Item::new(format!("s{number}"), text).standing(standing(server))
        };
        let log = |(number, server): (u8, &Server)| {
            let text = words::log(&server.log, server.committed);
            Item::new(format!("log {number}"), text)
        };
        Picture::from([
            Group::new("terms", state.servers().map(term)),
            Group::new("logs", state.servers().map(log)),
        ])
    }

    fn remarks(&self, last: &Self::State, action: &Action, next: &Self::State) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Action::Change { leader, .. } | Action::Commit { leader, .. } = action {
            let term = last.server(*leader).term;
            let newest = last.servers().map(|(_, server)| server.term).max();
            if let Some(newest) = newest.filter(|newest| *newest > term) {
                remarks.push(Remark::stale(format!(
                    "it leads term {term}, but term {newest} has begun"
                )));
            }
        }
        let damage = words::damage(last, *action, next);
        remarks.extend(damage.into_iter().map(Remark::damage));
        remarks
    }
}

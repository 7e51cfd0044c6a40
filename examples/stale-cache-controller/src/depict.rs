//! Who acts in the cluster, and what there is.

use planwright_model::{Depict, Group, Item, Picture, Remark, Standing};

use crate::{Action, Cluster, Node, Task, one_runs, words};

impl Depict for Cluster {
    fn lanes(&self) -> Vec<String> {
        let mut lanes = vec!["controller".to_owned(), "user".to_owned()];
        lanes.extend((0..self.size.nodes).map(|node| format!("agent {node}")));
        lanes.push("store".to_owned());
        lanes
    }

    fn actor(&self, action: &Self::Action) -> String {
        words::parts(*action).0
    }

    fn deed(&self, action: &Self::Action) -> String {
        words::parts(*action).1
    }

    /// What the store says, what each agent sees and is about to do, and what runs.
    fn picture(&self, state: &Self::State) -> Picture {
        let store = Item::new("pod", state.pod().to_string());
        let cache = |(name, node): (u8, &Node)| {
            let standing = match node.cache.lag() {
                0 => Standing::Fine,
                _ => Standing::Stale,
            };
            let seen = state.seen_by(node).to_string();
            Item::new(format!("n{name} sees"), seen).standing(standing)
        };
        let task = |(name, node): (u8, &Node)| {
            let text = match node.task {
                Task::Idle => "looks at its cache".to_owned(),
                Task::Start(uid) => format!("will start pod {uid}"),
                Task::Stop(uid) => format!("will stop pod {uid}"),
                Task::Remove(uid) => format!("has asked for the removal of pod {uid}"),
            };
            Item::new(format!("agent {name}"), text)
        };
        let runs = |(name, node): (u8, &Node)| {
            let standing = match one_runs(state) || node.running.is_none() {
                true => Standing::Fine,
                false => Standing::Broken,
            };
            let text = node
                .running
                .map_or("nothing".to_owned(), |uid| format!("pod {uid}"));
            Item::new(format!("n{name} runs"), text).standing(standing)
        };
        Picture::from([
            Group::new("store", [store]),
            Group::new("caches", state.nodes().map(cache)),
            Group::new("agents", state.nodes().map(task)),
            Group::new("nodes", state.nodes().map(runs)),
        ])
    }

    fn remarks(&self, last: &Self::State, action: &Action, next: &Self::State) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Action::Start { node, .. } | Action::Stop { node, .. } | Action::Ask { node, .. } =
            action
            && let Some((_, node)) = last.nodes().find(|(name, _)| name == node)
            && last.seen_by(node) != last.pod()
        {
            let (seen, pod) = (last.seen_by(node), last.pod());
            remarks.push(Remark::stale(format!(
                "it sees {seen}, but the store says {pod}"
            )));
        }
        let damage = words::damage(last, *action, next);
        remarks.extend(damage.into_iter().map(Remark::damage));
        remarks
    }
}

//! Who acts in the network, and what there is.

use planwright_model::{Depict, Group, Item, Picture, Remark, Standing};

use crate::{Network, Request, words};

impl Depict for Network {
    fn lanes(&self) -> Vec<String> {
        let mut lanes = vec!["controller".to_owned()];
        lanes.extend((0..self.size.requests).map(|client| format!("client {client}")));
        lanes.extend((0..self.size.switches).map(|switch| format!("switch {switch}")));
        lanes
    }

    fn actor(&self, action: &Self::Action) -> String {
        words::parts(*action).0
    }

    fn deed(&self, action: &Self::Action) -> String {
        words::parts(*action).1
    }

    /// The ingress, the rules at the switches, the requests on their way.
    fn picture(&self, state: &Self::State) -> Picture {
        let stamp = state
            .stamp
            .map_or("no version".to_owned(), |v| format!("version {v}"));
        let ingress = Item::new("stamp", stamp);
        let switch = |switch| {
            let versions: Vec<_> = state.versions(switch).map(|v| v.to_string()).collect();
            let standing = match state.holds(switch, state.target) {
                true => Standing::Fine,
                false => Standing::Stale,
            };
            Item::new(format!("s{switch}"), format!("{{{}}}", versions.join(",")))
                .standing(standing)
        };
        let request = |(number, request): (usize, &Request)| {
            let item = |text: String| Item::new(format!("r{number}"), text);
            match *request {
                Request::Outside => item("outside".to_owned()),
                Request::Travelling { version, next } => {
                    let version = version.map_or_else(String::new, |v| format!("({v}) "));
                    item(format!("{version}to s{next}")).refers_to(format!("s{next}"))
                }
                Request::Dropped => item("DROPPED".to_owned()).standing(Standing::Broken),
                Request::Mixed => item("MIXED".to_owned()).standing(Standing::Broken),
            }
        };
        let requests = state.requests().iter().take(self.size.requests.into());
        Picture::from([
            Group::new("ingress", [ingress]),
            Group::new("switches", (0..self.size.switches).map(switch)),
            Group::new("requests", requests.enumerate().map(request)),
        ])
    }

    fn remarks(&self, _: &Self::State, action: &Self::Action, _: &Self::State) -> Vec<Remark> {
        words::damage(*action)
            .into_iter()
            .map(Remark::damage)
            .collect()
    }
}

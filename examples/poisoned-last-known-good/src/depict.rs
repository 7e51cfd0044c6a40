//! Who acts in the fleet, and what there is.

use planwright_model::{Depict, Group, Item, Picture, Remark, Standing};

use crate::{Action, Fleet, Health, Rollout, known_good_works, words};

impl Depict for Fleet {
    fn lanes(&self) -> Vec<String> {
        let mut lanes = vec!["planner".to_owned(), "controller".to_owned()];
        for ring in 0..self.size.rings {
            lanes.extend((0..self.size.sites).map(|site| format!("site {ring}.{site}")));
        }
        lanes
    }

    fn actor(&self, action: &Self::Action) -> String {
        words::parts(self.protocol, *action).0
    }

    fn deed(&self, action: &Self::Action) -> String {
        words::parts(self.protocol, *action).1
    }

    /// What the fleet falls back on, what each site runs, what the controller does.
    fn picture(&self, state: &Self::State) -> Picture {
        let standing = match known_good_works(state) {
            true => Standing::Fine,
            false => Standing::Broken,
        };
        let good = state.known_good.to_string();
        let mut good = vec![Item::new("last-known-good", good).standing(standing)];
        good.extend(
            state
                .previous
                .map(|plan| Item::new("the one before", plan.to_string())),
        );
        let sites = state.sites().map(|(ring, number, site)| {
            let (health, standing) = match site.health {
                Health::Unproven => (", work to do", Standing::Stale),
                Health::Proven => ("", Standing::Fine),
                Health::Failed => (", DOWN", Standing::Broken),
            };
            let text = format!("{}{health}", site.plan);
            Item::new(format!("{ring}.{number}"), text).standing(standing)
        });
        let rollout = match state.rollout {
            Rollout::Idle => "none".to_owned(),
            Rollout::Pushing { ring, .. } => format!("{} at ring {ring}", state.newest),
            Rollout::RollingBack => "back to the last-known-good".to_owned(),
        };
        Picture::from([
            Group::new("known good", good),
            Group::new("sites", sites),
            Group::new("progress", [Item::new("rollout", rollout)]),
        ])
    }

    fn remarks(&self, last: &Self::State, action: &Action, next: &Self::State) -> Vec<Remark> {
        let damage = words::damage(last, *action, next);
        damage.into_iter().map(Remark::damage).collect()
    }
}

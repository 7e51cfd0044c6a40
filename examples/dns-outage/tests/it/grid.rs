//! The size of every state space of a grid, pinned: any change of the semantics changes one.
//!
//! `UPDATE_EXPECT=1` writes the table anew; explain in the commit why it changed. Small ones are
//! compared with the naive search, which shares no code with the checker.

use dns_outage::{DnsSystem, Instance, Protocol, checker};
use expect_test::expect_file;
use planwright_checker::{Audit, Extent, Storage};
use planwright_core::FaultBudget;
use planwright_oracle::Naive;

use crate::{row, rows};

/// State spaces up to this size are explored by the naive search too.
const NAIVE: u64 = 20_000;

struct Point {
    row: &'static str,
    protocol: Protocol,
    instance: Instance,
}

impl Point {
    fn run(&self, system: DnsSystem) -> String {
        let explore = || {
            checker(&system)
                .exhaustive()
                .storage(Storage::ExactIfItFits)
        };
        let report = explore().run();
        assert!(report.completion().is_complete(), "{report}");
        let found = report.statistics();
        if found.states <= NAIVE {
            let naive = Naive::explore(&system);
            let counts = (naive.unique() as u64, naive.transitions);
            assert_eq!((found.states, found.transitions), counts);
        }
        let orbits = explore()
            .symmetry()
            .audit(Audit {
                symmetry: Extent::Sample,
                ..Audit::default()
            })
            .run();
        let orbits = orbits.statistics().states;
        let Instance {
            endpoints,
            enactors,
            generations,
            cleanup_age,
            faults,
        } = self.instance;
        format!(
            "{},{endpoints},{enactors},{generations},{cleanup_age},{},{},{},{},{orbits}\n",
            self.row,
            in_short(faults),
            found.states,
            found.transitions,
            found.depth
        )
    }
}

fn in_short(faults: FaultBudget) -> String {
    let counts = [
        (faults.crashes, "crash"),
        (faults.lost_acknowledgements, "lost"),
        (faults.rollbacks, "rollback"),
        (faults.kill_switches, "kill"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = counts.map(|(n, name)| format!("{n} {name}")).collect();
    words.join(" + ")
}

/// One fault of each kind, alone and all together.
fn faults() -> impl Iterator<Item = FaultBudget> {
    let none = FaultBudget::NONE;
    let mut all = none;
    let mut budgets = Vec::new();
    let kinds: [fn(&mut FaultBudget); 4] = [
        |f| f.crashes = 1,
        |f| f.lost_acknowledgements = 1,
        |f| f.rollbacks = 1,
        |f| f.kill_switches = 1,
    ];
    for add in kinds {
        let mut one = none;
        add(&mut one);
        add(&mut all);
        budgets.push(one);
    }
    budgets.push(all);
    budgets.into_iter()
}

#[test]
fn every_state_space_has_the_pinned_size() {
    let ends = ["0", "2"];
    let mut points = Vec::new();
    // Parameters: everything small together, then each one further alone.
    for endpoints in 1..=2 {
        for enactors in 1..=3 {
            for generations in 2..=4 {
                points.push(Instance::new(endpoints, enactors, generations));
            }
        }
    }
    points.extend((5..=8).map(|generations| Instance::new(1, 2, generations)));
    points.extend((3..=6).map(|endpoints| Instance::new(endpoints, 2, 4)));
    points.extend((4..=5).map(|enactors| Instance::new(1, enactors, 3)));
    points.extend((1..=4).map(|cleanup_age| Instance {
        cleanup_age,
        ..Instance::new(2, 2, 5)
    }));
    points.extend(faults().map(|faults| Instance {
        faults,
        ..Instance::new(2, 2, 3)
    }));
    let ends = points.iter().flat_map(|instance| {
        ends.map(|name| Point {
            row: name,
            protocol: row(name),
            instance: *instance,
        })
    });
    // Safeguards: every row at one size.
    let rows = rows().into_iter().map(|variant| Point {
        row: variant.name,
        protocol: variant.protocol,
        instance: Instance::new(2, 3, 4),
    });
    let header = "row,endpoints,enactors,generations,cleanup age,faults,states,transitions,depth,\
                  orbits of enactors\n";
    let mut table = header.to_owned();
    for point in ends.chain(rows) {
        let system = point.protocol.system(point.instance);
        table += &point.run(system);
    }
    expect_file!["grid.csv"].assert_eq(&table);
}

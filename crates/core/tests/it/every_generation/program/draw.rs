//! Steps of random protocols.

use super::{After, COMMON, Change, Guard, Need, Program, RARE, Random, Rule, SEARCHES, Source};

impl Rule {
    /// To phase 1 with a plan in the first register.
    pub(super) fn picks(random: &mut Random) -> Self {
        let mut guards = vec![Guard::NotAllAt(Source::Newest)];
        if random.one_in(4) {
            guards = vec![Guard::random(random)];
        }
        let then = After {
            first: match random.below(4) {
                0 => random.of(&SEARCHES),
                _ => Source::Newest,
            },
            epoch: 1,
            ..After::keeps(1)
        };
        Self::step(guards, Vec::new(), Vec::new(), then)
    }

    /// To phase 2.
    pub(super) fn writes(random: &mut Random) -> Self {
        let changes = match random.below(4) {
            0 => Change::Point(0, Source::First),
            1 => Change::Install(Source::First),
            _ => Change::PointAll(Source::First),
        };
        let mut changes = vec![changes];
        if random.one_in(3) {
            changes.push(Change::random(random));
        }
        let needs = (0..random.below(3)).map(|_| Need::random(random));
        let needs = needs.collect();
        let then = After::keeps(2 * random.below(2) as u8);
        Self::step(Vec::new(), changes, needs, then)
    }

    /// Deletes what is old, or has it deleted in phase 3, or goes on to phase 0.
    pub(super) fn cleans(random: &mut Random) -> Vec<Self> {
        let by = 1 + random.below(2) as u8;
        let victim = match random.below(3) {
            0 => random.of(&SEARCHES),
            _ => Source::OldestOlderBy(by),
        };
        let done = Self::step(
            vec![Guard::None(victim)],
            Vec::new(),
            Vec::new(),
            After::keeps(0),
        );
        let needs = match random.below(3) {
            0 => vec![Need::NotInUse],
            1 => vec![Need::random(random)],
            _ => Vec::new(),
        };
        let found = vec![Guard::Some(victim)];
        let cleans = match random.below(4) {
            0 => {
                let second = victim;
                let then = After {
                    second,
                    ..After::keeps(3)
                };
                Self::step(found, Vec::new(), Vec::new(), then)
            }
            1 => {
                let changes = vec![Change::DeleteOlder(by, Source::First, random.one_in(2))];
                return vec![Self::step(Vec::new(), changes, needs, After::keeps(0))];
            }
            _ => {
                let changes = vec![Change::Delete(victim)];
                Self::step(found, changes, needs, After::keeps(2))
            }
        };
        vec![cleans, done]
    }

    /// Deletes the plan in the second register, to phase 2.
    pub(super) fn deletes(random: &mut Random) -> Self {
        let changes = vec![Change::Delete(Source::Second)];
        let needs = (0..random.below(2)).map(|_| Need::random(random));
        let needs = needs.collect();
        let then = After {
            second: random.of(&[Source::Second, Source::Nothing]),
            ..After::keeps(2)
        };
        Self::step(Vec::new(), changes, needs, then)
    }

    fn step(guards: Vec<Guard>, changes: Vec<Change>, needs: Vec<Need>, then: After) -> Self {
        Self {
            guards,
            changes,
            needs,
            then,
            otherwise: then,
        }
    }

    pub(super) fn random(random: &mut Random, phases: u8) -> Self {
        let guards = random.below(3);
        let (mut changes, mut needs) = (Vec::new(), Vec::new());
        if !random.one_in(4) {
            for _ in 0..1 + random.below(2) {
                changes.push(Change::random(random));
            }
            for _ in 0..random.below(3) {
                needs.push(Need::random(random));
            }
        }
        Self {
            guards: (0..guards).map(|_| Guard::random(random)).collect(),
            changes,
            needs,
            then: After::random(random, phases),
            otherwise: After::random(random, phases),
        }
    }
}

impl Change {
    pub(super) fn random(random: &mut Random) -> Self {
        let source = Source::random;
        match random.below(20) {
            0..6 => Self::Point(random.below(2) as u8, source(random)),
            6..9 => Self::PointAll(source(random)),
            9 => Self::Install(source(random)),
            10..14 => Self::Delete(source(random)),
            14 => Self::DeleteOlder(1 + random.below(3) as u8, source(random), random.one_in(2)),
            15 => Self::SaveRollback,
            16 => Self::SaveRollbackOrNone,
            17..19 => Self::Observe(source(random)),
            _ => Self::AdvanceLock,
        }
    }
}

impl Need {
    pub(super) fn random(random: &mut Random) -> Self {
        match random.below(12) {
            0..3 => Self::Newer,
            3..5 => Self::PlanExists,
            5 => Self::Resolves,
            6 => Self::Unchanged(random.below(2) as u8, Source::random(random)),
            7..9 => Self::NotInUse,
            9 => Self::NoOlderHolder(Source::random(random)),
            _ => Self::LockAsRead,
        }
    }
}

impl Program {
    /// A protocol that picks a plan, writes it, and cleans up, with each of these at random.
    pub(in super::super) fn random(random: &mut Random) -> Self {
        let phases = 4;
        let mut all = vec![
            vec![Rule::picks(random)],
            vec![Rule::writes(random)],
            Rule::cleans(random),
            vec![Rule::deletes(random)],
        ];
        for rules in &mut all {
            if random.one_in(4) {
                rules.insert(0, Rule::random(random, phases));
            }
            if random.one_in(8) {
                *rules = vec![Rule::random(random, phases)];
            }
        }
        Self {
            phases: all,
            restart: random.below(2 * u64::from(phases)) as u8,
            holds: random.one_in(2),
        }
    }
}

impl Source {
    pub(super) fn random(random: &mut Random) -> Self {
        match random.below(24) {
            0..15 => random.of(&COMMON),
            15..20 => random.of(&SEARCHES),
            20..23 => random.of(&RARE),
            _ => random.of(&[Self::Constant, Self::Successor, Self::OldestOlderBy(3)]),
        }
    }
}

impl Guard {
    pub(super) fn random(random: &mut Random) -> Self {
        let source = Source::random;
        match random.below(30) {
            0..4 => Self::Some(source(random)),
            4..7 => Self::None(source(random)),
            7..10 => Self::Less(source(random), source(random)),
            10..12 => Self::Equal(source(random), source(random)),
            12..14 => {
                let by = 1 + random.below(3) as u8;
                Self::OlderBy(by, source(random), source(random))
            }
            14..16 => Self::Exists(source(random)),
            16 => Self::Gone(source(random)),
            17 => Self::InUse(source(random)),
            18 => Self::AllAt(source(random)),
            19..22 => Self::NotAllAt(source(random)),
            22 => Self::Resolves,
            23 => Self::LockAsRead,
            24 => Self::LockChanged,
            25 => Self::AnyUnused,
            26 => Self::NoneUnused,
            27 => Self::AnyOlderBy(1 + random.below(3) as u8, source(random)),
            28 => Self::OnlyReferenced,
            _ => Self::MoreThan(random.below(4) as u8),
        }
    }
}

impl After {
    pub(super) fn random(random: &mut Random, phases: u8) -> Self {
        let register = |random: &mut Random, own: Source| match random.below(4) {
            0 => Source::random(random),
            1 => Source::Nothing,
            _ => own,
        };
        Self {
            phase: random.below(phases.into()) as u8,
            first: register(random, Source::First),
            second: register(random, Source::Second),
            epoch: random.of(&[0, 0, 1, 2]),
            list: random.of(&[0, 0, 0, 1, 1, 1, 1, 2]),
        }
    }
}

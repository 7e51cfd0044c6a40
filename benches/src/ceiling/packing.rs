use planwright_oracle::Reference;

/// Bits of a generation, and of an endpoint's plan.
const PLAN: u32 = 3;
const STORE_AT: u32 = PLAN;
const ENDPOINTS_AT: u32 = STORE_AT + 8;
const ENACTORS_AT: u32 = ENDPOINTS_AT + 4 * PLAN;

/// Bits of an enactor: it is in one of at most 284 local states (4 endpoints, 7 plans, threshold
/// 0), so four of them fit beside the rest of a state in 59 bits.
const ENACTOR: u32 = 9;

/// What an enactor in a local state does next.
#[derive(Clone, Copy)]
enum Local {
    Idle,
    Apply { plan: u32, shift: u32, next: u16 },
    Scan { plan: u32 },
    Delete { victim: u32, next: u16 },
}

/// The reference model on words: its states packed, its enactors' local states numbered.
pub(super) struct Packing {
    plans: u64,
    enactor_shifts: Vec<u32>,
    endpoint_shifts: Vec<u32>,
    locals: Vec<Local>,
    /// The local state of an enactor that has just taken up a plan, by plan.
    apply: [u16; 8],
    /// For each plan, the plans that are old for an enactor that holds it, as bits.
    old: [u64; 8],
    /// The number that, plus a set of victims as bits, is the local state of an enactor that holds
    /// a plan and is about to delete them; by plan.
    delete: [u16; 8],
}

impl Packing {
    pub(super) fn new(model: &Reference) -> Self {
        let plans = usize::from(model.plans);
        let endpoints = model.endpoints;
        let mut packing = Self {
            plans: plans as u64,
            enactor_shifts: shifts(ENACTORS_AT, ENACTOR, model.enactors),
            endpoint_shifts: shifts(ENDPOINTS_AT, PLAN, endpoints),
            locals: vec![Local::Idle],
            apply: [0; 8],
            old: [0; 8],
            delete: [0; 8],
        };
        for plan in 1..=plans {
            packing.apply[plan] = packing.locals.len() as u16;
            for endpoint in 0..endpoints {
                packing.locals.push(Local::Apply {
                    plan: plan as u32,
                    shift: packing.endpoint_shifts[endpoint],
                    next: packing.locals.len() as u16 + 1,
                });
            }
            packing.locals.push(Local::Scan { plan: plan as u32 });
            let old = plan.saturating_sub(usize::from(model.threshold));
            packing.old[plan] = (1 << old) - 1;
            // The set of no victims has no local state of its own: an enactor is idle then.
            let base = packing.locals.len() as u16 - 1;
            packing.delete[plan] = base;
            for victims in 1..1_u16 << old {
                let rest = victims & (victims - 1);
                packing.locals.push(Local::Delete {
                    victim: victims.trailing_zeros(),
                    next: if rest == 0 { 0 } else { base + rest },
                });
            }
        }
        packing
    }

    /// The initial state: plan 0 exists and is everywhere. No state is the word 0, because the
    /// newest plan always exists.
    pub(super) fn initial(&self) -> u64 {
        1 << STORE_AT
    }

    /// Calls `found` with each successor of `word`, in the order of the model's actions.
    #[inline(always)]
    pub(super) fn successors<const FIXED: bool>(&self, word: u64, mut found: impl FnMut(u64)) {
        let generation = word & 7;
        if generation < self.plans {
            found((word + 1) | 1 << (STORE_AT as u64 + generation + 1));
        }
        let mut plans_at_endpoints = self.endpoint_shifts.iter().map(|at| (word >> at) & 7);
        let newer = plans_at_endpoints.all(|plan| plan < generation);
        for &at in &self.enactor_shifts {
            let local = (word >> at) & ((1 << ENACTOR) - 1);
            let others = word & !(((1 << ENACTOR) - 1) << at);
            let moved = |word: u64, local: u16| word | u64::from(local) << at;
            match self.locals[local as usize] {
                Local::Idle if newer => found(moved(others, self.apply[generation as usize])),
                Local::Idle => {}
                Local::Apply { plan, .. } if word & (1 << (STORE_AT + plan)) == 0 => found(others),
                Local::Apply { plan, shift, next } => {
                    let write = !FIXED || u64::from(plan) >= (word >> shift) & 7;
                    let written = others & !(7 << shift) | u64::from(plan) << shift;
                    found(moved(if write { written } else { others }, next));
                }
                Local::Scan { plan } => {
                    let plan = plan as usize;
                    let victims = (word >> STORE_AT) & self.old[plan];
                    found(if victims == 0 {
                        others
                    } else {
                        moved(others, self.delete[plan] + victims as u16)
                    });
                }
                Local::Delete { victim, next } => {
                    let mut at_endpoints = self.endpoint_shifts.iter();
                    let keep =
                        FIXED && at_endpoints.any(|at| (word >> at) & 7 == u64::from(victim));
                    let gone = u64::from(!keep) << (STORE_AT + victim);
                    found(moved(others & !gone, next));
                }
            }
        }
    }

    /// Whether every endpoint's plan exists.
    #[inline]
    pub(super) fn never_empty(&self, word: u64) -> bool {
        let store = word >> STORE_AT;
        let mut shifts = self.endpoint_shifts.iter();
        shifts.all(|at| store >> ((word >> at) & 7) & 1 == 1)
    }
}

fn shifts(start: u32, width: u32, count: usize) -> Vec<u32> {
    (0..count as u32).map(|n| start + n * width).collect()
}

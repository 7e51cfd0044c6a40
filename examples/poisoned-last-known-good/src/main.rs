//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    planwright_cli::run::<poisoned_last_known_good::PoisonedLastKnownGood>()
}

//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    two_phase_update::program()
}

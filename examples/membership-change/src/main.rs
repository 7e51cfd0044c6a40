//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    membership_change::program()
}

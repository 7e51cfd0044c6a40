//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    leased_leader::program()
}

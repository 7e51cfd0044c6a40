//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    poisoned_last_known_good::program()
}

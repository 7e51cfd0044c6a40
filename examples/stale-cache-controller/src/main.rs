//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    stale_cache_controller::program()
}

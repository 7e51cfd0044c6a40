//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    planwright_cli::run::<stale_cache_controller::StaleCacheController>()
}

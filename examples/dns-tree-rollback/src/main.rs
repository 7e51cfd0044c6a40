//! The program: a guided tour, or one check.

fn main() -> planwright_cli::Exit {
    dns_tree_rollback::program()
}

//! The program: a guided tour of the outage, or one check.

fn main() -> planwright_cli::Exit {
    dns_outage::program()
}

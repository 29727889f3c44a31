//! Arguments to a command, a command to an exit code.

fn main() {
    println!("byhand {}", env!("CARGO_PKG_VERSION"));
}

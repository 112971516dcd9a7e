//! Writes mixed case text: `cargo run -p tessera-language --example mixed -- MEGABYTES > FILE`.

use std::error::Error;
use std::io::Write;

#[path = "../benches/mixed/mod.rs"]
mod mixed;

fn main() -> Result<(), Box<dyn Error>> {
    let megabytes: usize = std::env::args().nth(1).map_or(Ok(100), |arg| arg.parse())?;
    std::io::stdout().write_all(mixed::text(megabytes * 1_000_000).as_bytes())?;
    Ok(())
}

//! The executable `tessera`.
fn main() {}

//! Load generator.
mod drive;
mod timing;
fn main() {}

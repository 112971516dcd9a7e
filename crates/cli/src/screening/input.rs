//! Files that commands read.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use tessera_screening::Instrument;

/// The text of a file, or of standard input for `-`; a fault names the file.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    text.map_err(|fault| format!("{}: {fault}", path.display()))
}

/// The instrument in a file; a fault names the file, and the line where it is known.
pub(super) fn instrument(path: &Path) -> Result<Instrument, String> {
    let text = read(path)?;
    Instrument::from_yaml(&path.display().to_string(), &text).map_err(|fault| fault.to_string())
}

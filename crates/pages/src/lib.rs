//! The HTML pages and their components.
//!
//! [`layout::Layout`] is what every page shares, [`components`] what pages are made of, and
//! [`assets`] the style sheet, script and icon that `script/assets` made.

pub mod assets;
pub mod components;
pub mod layout;
pub mod page;

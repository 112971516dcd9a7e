//! The HTML pages and their components

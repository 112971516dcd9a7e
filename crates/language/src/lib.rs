//! Finds victim-blaming words in text and suggests better ones, explaining every finding

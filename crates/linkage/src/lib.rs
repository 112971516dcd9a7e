//! Finds records that may speak of the same person, vehicle or place, and explains each suggestion

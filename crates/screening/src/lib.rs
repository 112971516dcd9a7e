//! Evaluates a screening instrument and explains the result rule by rule

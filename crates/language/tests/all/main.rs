//! Tests of the language checker through its public interface.

mod advice;
mod contexts;
mod documents;
mod matching;
mod quality;

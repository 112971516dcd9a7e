//! Tests of the language checker through its public interface.

mod advice;
mod documents;
mod matching;
mod quality;

//! Tests of the language checker through its public interface.

mod advice;
mod matching;
mod quality;

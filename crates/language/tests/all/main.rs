//! Tests of the language checker through its public interface.

mod advice;
mod comments;
mod contexts;
mod documents;
mod matching;
mod quality;
mod sheets;

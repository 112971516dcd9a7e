//! Use cases, one file a verb in a folder a noun; jobs and clocks

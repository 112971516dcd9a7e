//! The only SQL: SQLite and PostgreSQL, named transactions, audit rows, envelopes, search, jobs

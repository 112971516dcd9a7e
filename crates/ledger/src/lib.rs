//! Append-only Merkle log in C2SP tlog form: signed checkpoints, proofs, verifier

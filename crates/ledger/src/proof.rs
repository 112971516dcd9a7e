//! Proofs against a checkpoint (RFC 6962 sections 2.1.1 and 2.1.2).

use tlog_tiles::tlog;

use crate::{
    Checkpoint, Error, Hash, HashReader, MAX_SIZE,
    reader::{indexes_read, with_reader},
};

/// Hashes that lead from a leaf, or from an earlier root, to a root. At most about 100.
pub type Proof = Vec<Hash>;

/// The stored-hash indexes [`prove_inclusion`] reads.
pub fn inclusion_indexes(index: u64, size: u64) -> Result<Vec<u64>, Error> {
    in_log(index, size)?;
    indexes_read(|reader| tlog::prove_record(size, index, reader))
}

/// Proves that entry `index` is in the log of `size` entries.
pub fn prove_inclusion(
    index: u64,
    size: u64,
    reader: &(impl HashReader + ?Sized),
) -> Result<Proof, Error> {
    in_log(index, size)?;
    with_reader(reader, |reader| tlog::prove_record(size, index, reader)).map(ours)
}

/// Checks that the entry with this leaf hash is number `index` of the log at `checkpoint`.
pub fn check_inclusion(
    proof: &[Hash],
    checkpoint: &Checkpoint,
    index: u64,
    leaf: Hash,
) -> Result<(), Error> {
    in_log(index, checkpoint.size)?;
    let root = checkpoint.root.into();
    tlog::check_record(&theirs(proof), checkpoint.size, root, index, leaf.into())
        .map_err(|_| Error::BadProof)
}

/// The stored-hash indexes [`prove_consistency`] reads.
pub fn consistency_indexes(old_size: u64, new_size: u64) -> Result<Vec<u64>, Error> {
    in_order(old_size, new_size)?;
    if old_size == 0 {
        return Ok(Vec::new());
    }
    indexes_read(|reader| tlog::prove_tree(new_size, old_size, reader))
}

/// Proves that the log of `new_size` entries only added to the log of `old_size` entries.
pub fn prove_consistency(
    old_size: u64,
    new_size: u64,
    reader: &(impl HashReader + ?Sized),
) -> Result<Proof, Error> {
    in_order(old_size, new_size)?;
    if old_size == 0 {
        return Ok(Vec::new());
    }
    with_reader(reader, |reader| tlog::prove_tree(new_size, old_size, reader)).map(ours)
}

/// Checks that the log at `new` only added to the log at `old`. Both must name the same origin.
pub fn check_consistency(proof: &[Hash], old: &Checkpoint, new: &Checkpoint) -> Result<(), Error> {
    if old.origin != new.origin {
        return Err(Error::OtherLog);
    }
    in_order(old.size, new.size)?;
    if old.size == 0 {
        let sound = proof.is_empty() && old.root == Hash::EMPTY;
        return if sound { Ok(()) } else { Err(Error::BadProof) };
    }
    tlog::check_tree(&theirs(proof), new.size, new.root.into(), old.size, old.root.into())
        .map_err(|_| Error::BadProof)
}

fn in_log(index: u64, size: u64) -> Result<(), Error> {
    if index < size && size <= MAX_SIZE { Ok(()) } else { Err(Error::OutOfRange) }
}

fn in_order(old_size: u64, new_size: u64) -> Result<(), Error> {
    if old_size <= new_size && new_size <= MAX_SIZE { Ok(()) } else { Err(Error::OutOfRange) }
}

fn ours(proof: Vec<tlog::Hash>) -> Proof {
    proof.into_iter().map(Into::into).collect()
}

fn theirs(proof: &[Hash]) -> Vec<tlog::Hash> {
    proof.iter().copied().map(Into::into).collect()
}

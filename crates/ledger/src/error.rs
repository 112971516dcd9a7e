/// Why a step on the log could not be done, or why what was shown cannot be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The entry has more bytes than a bundle can frame.
    #[error("entry of {bytes} bytes is larger than 65535 bytes")]
    EntryTooLarge {
        /// Length in bytes.
        bytes: usize,
    },
    /// A number that is not a 64-bit whole number has more than one spelling, so it is refused.
    #[error("only 64-bit whole numbers have one canonical form")]
    NotWhole,
    /// Nested beyond the fixed limit.
    #[error("value is nested too deeply")]
    TooDeep,
    /// The bytes are not the canonical form of any value.
    #[error("bytes are not a canonical entry")]
    NotCanonical,
    /// The store has no hash under this stored-hash index.
    #[error("no stored hash at index {index}")]
    HashMissing {
        /// Stored-hash index, see [`crate::stored_index`].
        index: u64,
    },
    /// A size or index lies outside the log, or two sizes are in the wrong order.
    #[error("size or index is outside the log")]
    OutOfRange,
    /// The proof does not lead from what is claimed to the signed root.
    #[error("proof does not fit the checkpoint")]
    BadProof,
    /// A key or its name is malformed.
    #[error("key or key name is malformed")]
    BadKey,
    /// The text is not a signed note holding a checkpoint.
    #[error("signed checkpoint is malformed")]
    MalformedCheckpoint,
    /// The note carries no valid signature by the key asked for.
    #[error("checkpoint is not signed by the expected key")]
    BadSignature,
    /// The checkpoint speaks of another log.
    #[error("checkpoint belongs to another log")]
    OtherLog,
    /// A published file is not there.
    #[error("file {path} is missing")]
    FileMissing {
        /// Path inside the published folder.
        path: String,
    },
    /// A published file is too long, too short or wrongly framed.
    #[error("file {path} is malformed")]
    FileMalformed {
        /// Path inside the published folder.
        path: String,
    },
}

//! People as they are searched for: a question, the records that could answer it, and reasons.

mod keys;
mod score;
mod weights;

pub use keys::{KeyKind, TokenKey, keys_for_token, keys_for_tokens};
pub use score::{Explanation, Field, Match, NameKind, PersonName, PersonQuery, PersonRecord};
pub use score::{Rarity, Scorer, UnknownRarity, score};
pub use weights::Weights;

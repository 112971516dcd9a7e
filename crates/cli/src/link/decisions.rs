//! `--decisions`: what people have decided, obeyed by a run.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use tessera_linkage::decisions::{Decisions, Verdict};
use tessera_linkage::journal::{obeyed, read_decisions};

use super::failure::{Failure, open};

/// Reads decisions about that many numbered things and says which contradict each other.
pub(crate) fn read<'a>(
    path: Option<&Path>,
    ids: impl Iterator<Item = &'a str>,
    out: &mut impl Write,
) -> Result<Vec<(u32, u32, Verdict)>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let ids: Vec<&str> = ids.collect();
    let numbers: HashMap<&str, u64> = ids.iter().copied().zip(0u64..).collect();
    let decisions = read_decisions(open(path)?, |id| numbers.get(id).copied())
        .map_err(|why| Failure::Decisions { path: path.to_owned(), why })?;
    let found = obeyed(&decisions);
    for contradiction in &found.contradictions {
        let name = |thing: u64| {
            let place = usize::try_from(thing).ok();
            place.and_then(|place| ids.get(place)).copied().unwrap_or_default()
        };
        let pair = |id| history(&decisions, id).map(|(l, r)| (name(l), name(r)));
        let Some((left, right)) = pair(contradiction.against) else { continue };
        write!(out, "Contradiction: {left} and {right} are not the same, but")?;
        for (left, right) in contradiction.chain.iter().filter_map(|id| pair(*id)) {
            write!(out, " {left} is {right};")?;
        }
        writeln!(out, " none of these is joined until somebody resolves it")?;
    }
    Ok(found.pairs)
}

fn history(
    decisions: &Decisions,
    id: tessera_linkage::decisions::DecisionId,
) -> Option<(u64, u64)> {
    let made = decisions.history().iter().find(|made| made.id == id)?;
    Some((made.left, made.right))
}

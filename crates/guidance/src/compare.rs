//! Two versions of a text side by side, line by line.

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It stayed.
    Same,
    /// It stands only in the older text.
    Gone,
    /// It stands only in the newer text.
    New,
}

/// Longer texts are not set side by side line by line: all of the old, then all of the new.
const MOST_CELLS: usize = 9_000_000;

/// The lines of both texts in order, each with what became of it. Taking `Same` and `Gone` gives
/// the older text, `Same` and `New` the newer one.
#[must_use]
pub fn lines<'t>(old: &'t str, new: &'t str) -> Vec<(Change, &'t str)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old.len().saturating_mul(new.len()) > MOST_CELLS {
        let gone = old.iter().map(|line| (Change::Gone, *line));
        return gone.chain(new.iter().map(|line| (Change::New, *line))).collect();
    }
    // How many lines in common the rests of both have, from every pair of places.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let get = |i, j| common.get(at(i, j)).copied().unwrap_or(0);
            let best =
                if a == b { get(i + 1, j + 1) + 1 } else { get(i + 1, j).max(get(i, j + 1)) };
            if let Some(cell) = common.get_mut(at(i, j)) {
                *cell = best;
            }
        }
    }
    let get = |i, j| common.get(at(i, j)).copied().unwrap_or(0);
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                all.push((Change::Same, *a));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || get(i + 1, j) >= get(i, j + 1) => {
                all.push((Change::Gone, *a));
                i += 1;
            }
            (_, Some(b)) => {
                all.push((Change::New, *b));
                j += 1;
            }
            _ => return all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_gone_and_new_and_the_rest_stays() {
        let all = lines("a\nb\nc\n", "a\nx\nc\nd\n");
        let expected = [
            (Change::Same, "a"),
            (Change::Gone, "b"),
            (Change::New, "x"),
            (Change::Same, "c"),
            (Change::New, "d"),
        ];
        assert_eq!(all, expected);
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_taken_from_the_comparison(old in "[ab\n]{0,30}", new in "[ab\n]{0,30}") {
            let all = lines(&old, &new);
            let take = |without: Change| {
                let lines = all.iter().filter(|(change, _)| *change != without);
                lines.map(|(_, line)| *line).collect::<Vec<_>>()
            };
            proptest::prop_assert_eq!(take(Change::New), old.lines().collect::<Vec<_>>());
            proptest::prop_assert_eq!(take(Change::Gone), new.lines().collect::<Vec<_>>());
        }
    }
}

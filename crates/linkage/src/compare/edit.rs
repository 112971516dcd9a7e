//! Slips of the pen: insertions, deletions, changes and swaps of neighbours.

/// Optimal string alignment distance (Damerau 1964), up to `most`; `None` beyond it.
#[must_use]
pub fn distance<T: PartialEq>(left: &[T], right: &[T], most: usize) -> Option<usize> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    if long.len() - short.len() > most {
        return None;
    }
    let mut two_back: Vec<usize> = Vec::new();
    let mut back: Vec<usize> = (0..=short.len()).collect();
    for (i, l) in long.iter().enumerate() {
        let mut row = Vec::with_capacity(back.len());
        row.push(i + 1);
        for (j, s) in short.iter().enumerate() {
            let at =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut best = at(&back, j) + usize::from(l != s);
            best = best.min(at(&back, j + 1) + 1).min(at(&row, j) + 1);
            let before = i.checked_sub(1).and_then(|i| long.get(i));
            let before_short = j.checked_sub(1).and_then(|j| short.get(j));
            if i > 0 && j > 0 && Some(l) == before_short && before == Some(s) {
                best = best.min(at(&two_back, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        two_back = std::mem::replace(&mut back, row);
    }
    back.last().copied().filter(|found| *found <= most)
}

/// Whether two texts are the same but for at most one slip.
#[must_use]
pub fn within_one(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    distance(&left, &right, 1).is_some()
}

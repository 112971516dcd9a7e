//! Lines and columns of a text, both from 1; columns count code points.

/// Where a byte of the text stands, as line and column.
pub(super) struct Lines {
    starts: Vec<usize>,
    /// Lines before this text.
    before: usize,
}

impl Lines {
    pub(super) fn new(text: &str, before: usize) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { starts, before }
    }

    pub(super) fn place(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0);
        let column = text.get(start..byte).map_or(0, |words| words.chars().count()) + 1;
        (line + self.before, column)
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_column_counts_code_points_after_the_line_break() {
        let text = "é1\né2 x";
        assert_eq!(Lines::new(text, 0).place(text, text.find('x').unwrap()), (2, 4));
        assert_eq!(Lines::new(text, 5).place(text, text.find('x').unwrap()), (7, 4));
    }
}

//! How long requests took, and how many there were.

use std::{fmt, time::Duration};

/// Times of the requests of one run.
#[derive(Debug, Default)]
pub(crate) struct Timing {
    times: Vec<Duration>,
    /// Requests that failed or were answered otherwise than expected.
    errors: u64,
    /// What the first of them said.
    first_error: Option<String>,
    /// How long the run took.
    pub(crate) whole: Duration,
}

impl Timing {
    pub(crate) fn add(&mut self, time: Duration) {
        self.times.push(time);
    }

    pub(crate) fn fail(&mut self, said: String) {
        self.errors += 1;
        self.first_error.get_or_insert(said);
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.times.extend(other.times);
        self.errors += other.errors;
        self.first_error = self.first_error.take().or(other.first_error);
    }

    pub(crate) fn count(&self) -> usize {
        self.times.len()
    }

    /// The time that this share of the requests did not exceed (nearest rank).
    pub(crate) fn percentile(&mut self, hundredths: usize) -> Duration {
        self.times.sort_unstable();
        let rank = (self.times.len() * hundredths).div_ceil(100).max(1);
        self.times.get(rank - 1).copied().unwrap_or_default()
    }

    /// The middle one.
    pub(crate) fn median(&mut self) -> Duration {
        self.percentile(50)
    }

    /// One line of the report.
    pub(crate) fn line(&mut self, what: &str) -> Line {
        Line {
            what: what.to_owned(),
            count: self.count(),
            errors: self.errors,
            first_error: self.first_error.clone().map(|said| format!(" (first: {said})")),
            milli_per_second: self.count() as u128 * 1_000_000 / self.whole.as_millis().max(1),
            p50: self.percentile(50),
            p99: self.percentile(99),
            longest: self.percentile(100),
        }
    }
}

/// What is said about a run.
pub(crate) struct Line {
    what: String,
    count: usize,
    errors: u64,
    first_error: Option<String>,
    milli_per_second: u128,
    p50: Duration,
    p99: Duration,
    longest: Duration,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, count, errors, first_error, milli_per_second, p50, p99, longest } = self;
        let said = first_error.as_deref().unwrap_or_default();
        let (whole, tenth) = (milli_per_second / 1000, milli_per_second % 1000 / 100);
        write!(
            f,
            "{what}: {count} answered, {errors} errors{said}, {whole}.{tenth}/s, \
             p50 {p50:.1?}, p99 {p99:.1?}, longest {longest:.1?}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut timing = Timing { whole: Duration::from_secs(2), ..Timing::default() };
        for milliseconds in (1..=200).rev() {
            timing.add(Duration::from_millis(milliseconds));
        }
        assert_eq!(timing.median(), Duration::from_millis(100));
        assert_eq!(timing.percentile(99), Duration::from_millis(198));
        assert_eq!(
            timing.line("pages").to_string(),
            "pages: 200 answered, 0 errors, 100.0/s, p50 100.0ms, p99 198.0ms, longest 200.0ms"
        );
    }

    #[test]
    fn nothing_measured_is_nothing_not_a_crash() {
        assert_eq!(Timing::default().percentile(99), Duration::ZERO);
    }
}

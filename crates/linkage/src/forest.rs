//! Which things hang together.

/// Disjoint sets (Tarjan 1975) with halving of paths; the smallest member is the root.
pub(crate) struct Forest(Vec<u32>);

impl Forest {
    pub(crate) fn new(size: usize) -> Self {
        Self((0..u32::try_from(size).unwrap_or(u32::MAX)).collect())
    }

    pub(crate) fn root(&mut self, mut place: u32) -> u32 {
        loop {
            let up = self.0.get(place as usize).copied().unwrap_or(place);
            if up == place {
                return place;
            }
            let over = self.0.get(up as usize).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(place as usize) {
                *slot = over;
            }
            place = over;
        }
    }

    pub(crate) fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.root(left), self.root(right));
        let (low, high) = (left.min(right), left.max(right));
        if let Some(slot) = self.0.get_mut(high as usize) {
            *slot = low;
        }
    }
}

//! Which reports are filed under a key, as lists that can grow and shrink.

use rustc_hash::FxHashMap;

const END: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct List {
    count: u32,
    head: u32,
}

/// Reports by key. Every list is a chain through one table, so that a key costs no room of its own
/// beyond its entry, and what is taken out is used again.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    lists: FxHashMap<u64, List>,
    links: Vec<(u32, u32)>,
    free: Vec<u32>,
}

impl Postings {
    /// Files a report under a key; once for each call.
    pub(crate) fn file(&mut self, key: u64, report: u32) {
        let list = self.lists.entry(key).or_insert(List { count: 0, head: END });
        let link = (report, list.head);
        list.count += 1;
        if let Some(place) = self.free.pop()
            && let Some(slot) = self.links.get_mut(place as usize)
        {
            *slot = link;
            list.head = place;
        } else {
            list.head = u32::try_from(self.links.len()).unwrap_or(END);
            self.links.push(link);
        }
    }

    /// Takes a report out from under a key.
    pub(crate) fn unfile(&mut self, key: u64, report: u32) {
        let Some(list) = self.lists.get_mut(&key) else { return };
        let (mut before, mut place) = (END, list.head);
        while let Some((found, next)) = self.links.get(place as usize).copied() {
            if found == report {
                if before == END {
                    list.head = next;
                } else if let Some((_, link)) = self.links.get_mut(before as usize) {
                    *link = next;
                }
                list.count -= 1;
                self.free.push(place);
                break;
            }
            (before, place) = (place, next);
        }
        if list.count == 0 {
            self.lists.remove(&key);
        }
    }

    /// How many reports are under a key.
    pub(crate) fn count(&self, key: u64) -> usize {
        self.lists.get(&key).map_or(0, |list| list.count as usize)
    }

    /// The reports under a key, unless there are more than asked for.
    pub(crate) fn under(&self, key: u64, most: usize) -> impl Iterator<Item = u32> + '_ {
        let list = self.lists.get(&key).filter(|list| list.count as usize <= most);
        let mut place = list.map_or(END, |list| list.head);
        std::iter::from_fn(move || {
            let (report, next) = self.links.get(place as usize).copied()?;
            place = next;
            Some(report)
        })
    }
}

//! Names as numbers, so that comparing two of them and copying a row of columns cost next to nothing.
//!
//! Must not know what a name means.

use super::work::steps;

/// A name of one analysis (or of the globals below it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u32);

/// Texts by number, in the order of arrival.
#[derive(Debug, Clone, Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    fn with_capacity(names: usize) -> Self {
        Texts { text: String::with_capacity(names * 12), ends: Vec::with_capacity(names) }
    }

    fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn get(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |start| *start as usize);
        self.text.get(start..end)
    }

    fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.len() - 1
    }
}

/// Where numbers lie by the hash of their text: open addressing, at most half full.
#[derive(Debug, Clone)]
struct Places {
    slots: Vec<Slot>,
    taken: usize,
}

/// A number + 1, or 0 for a free slot, and the hash that nearly always tells two texts apart.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    number: u32,
}

impl Places {
    /// Room for so many names without growing.
    fn with_capacity(names: usize) -> Self {
        Places { slots: vec![Slot::default(); (names * 2).next_power_of_two().max(4)], taken: 0 }
    }

    fn find(&self, hash: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            steps(1);
            let slot = self.slots.get(at)?;
            let number = slot.number.checked_sub(1)?;
            if slot.hash == hash && same(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    fn add(&mut self, hash: u32, number: u32) {
        self.taken += 1;
        if self.taken * 2 > self.slots.len() {
            let length = self.slots.len() * 2;
            for slot in std::mem::replace(&mut self.slots, vec![Slot::default(); length]) {
                if slot.number > 0 {
                    self.put(slot);
                }
            }
        }
        self.put(Slot { hash, number: number + 1 });
    }

    fn put(&mut self, entry: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = entry.hash as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.number > 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = entry;
        }
    }
}

/// Eight bytes a step; the length is in it, so that a short rest needs no mark of its own.
fn hash(text: &str) -> u32 {
    let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let whole = words.iter().fold(text.len() as u64, |h, word| mix(h, u64::from_le_bytes(*word)));
    let h = mix(whole, rest.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)));
    (h ^ (h >> 32)) as u32
}

/// Every text once.
#[derive(Debug, Clone)]
pub struct NameTable {
    texts: Texts,
    places: Places,
}

impl Default for NameTable {
    fn default() -> Self {
        NameTable { texts: Texts::default(), places: Places::with_capacity(16) }
    }
}

impl NameTable {
    pub fn len(&self) -> u32 {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, number: u32) -> Option<&str> {
        self.texts.get(number)
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(text, hash(text))
    }

    fn find_hashed(&self, text: &str, hash: u32) -> Option<u32> {
        self.places.find(hash, |number| self.get(number) == Some(text))
    }

    pub fn add(&mut self, text: &str) -> u32 {
        let hash = hash(text);
        if let Some(number) = self.find_hashed(text, hash) {
            return number;
        }
        let number = self.texts.push(text);
        self.places.add(hash, number);
        number
    }
}

/// The names of one analysis: those of the globals, and its own above them.
#[derive(Debug)]
pub struct Names<'g> {
    base: &'g NameTable,
    own: Texts,
    /// The empty name.
    empty: Name,
    /// Every name that this analysis has met, so that the large table of the globals is asked once for each.
    met: Places,
}

impl<'g> Names<'g> {
    /// `expected`: how many names the analysis will meet, about.
    pub fn new(base: &'g NameTable, expected: usize) -> Self {
        let (own, met) = (Texts::with_capacity(expected), Places::with_capacity(expected));
        let mut names = Names { base, own, empty: Name(u32::MAX), met };
        names.empty = names.add("");
        names
    }

    pub fn is_empty(&self, name: Name) -> bool {
        name == self.empty || name.0 == u32::MAX
    }

    pub fn add(&mut self, text: &str) -> Name {
        let hash = hash(text);
        if let Some(number) = self.met.find(hash, |number| self.text(Name(number)) == text) {
            return Name(number);
        }
        let base = self.base.find_hashed(text, hash);
        let number = base.unwrap_or_else(|| self.base.len() + self.own.push(text));
        self.met.add(hash, number);
        Name(number)
    }

    pub fn text(&self, name: Name) -> &str {
        match name.0.checked_sub(self.base.len()) {
            None => self.base.get(name.0),
            Some(own) => self.own.get(own),
        }
        .unwrap_or_default()
    }
}

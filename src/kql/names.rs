//! Names as numbers, so that comparing two of them and copying a row of columns cost next to nothing.
//!
//! Must not know what a name means.

/// A name of one analysis (or of the globals below it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u32);

/// Every text once, numbered in the order of arrival.
#[derive(Debug, Clone)]
pub struct NameTable {
    text: String,
    ends: Vec<u32>,
    /// Open addressing: a number + 1, or 0 for a free slot. The length is a power of two.
    slots: Vec<u32>,
}

impl Default for NameTable {
    fn default() -> Self {
        NameTable { text: String::new(), ends: Vec::new(), slots: vec![0; 64] }
    }
}

fn hash(text: &str) -> usize {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().fold(0u64, |word, byte| (word << 8) | u64::from(*byte));
        h = (h ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
    }
    let rest = chunks.remainder().iter().fold(1u64, |word, byte| (word << 8) | u64::from(*byte));
    h = (h ^ rest).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (h ^ (h >> 32)) as usize
}

impl NameTable {
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn get(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |start| *start as usize);
        self.text.get(start..end)
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.seek(text).1
    }

    /// The slot where `text` is or would be, and its number.
    fn seek(&self, text: &str) -> (usize, Option<u32>) {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        while let Some(number) = self.slots.get(slot).and_then(|taken| taken.checked_sub(1)) {
            if self.get(number) == Some(text) {
                return (slot, Some(number));
            }
            slot = (slot + 1) & mask;
        }
        (slot, None)
    }

    pub fn add(&mut self, text: &str) -> u32 {
        let (slot, found) = self.seek(text);
        if let Some(number) = found {
            return number;
        }
        let number = self.len();
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number + 1;
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for number in 0..self.len() {
            let slot = self.get(number).map(|text| self.seek(text).0);
            if let Some(free) = slot.and_then(|slot| self.slots.get_mut(slot)) {
                *free = number + 1;
            }
        }
    }
}

/// The names of one analysis: those of the globals, and its own above them.
#[derive(Debug)]
pub struct Names<'g> {
    base: &'g NameTable,
    own: NameTable,
}

impl<'g> Names<'g> {
    pub fn new(base: &'g NameTable) -> Self {
        Names { base, own: NameTable::default() }
    }

    pub fn add(&mut self, text: &str) -> Name {
        match self.base.find(text) {
            Some(number) => Name(number),
            None => Name(self.base.len() + self.own.add(text)),
        }
    }

    pub fn find(&self, text: &str) -> Option<Name> {
        let own = || self.own.find(text).map(|number| self.base.len() + number);
        self.base.find(text).or_else(own).map(Name)
    }

    pub fn text(&self, name: Name) -> &str {
        match name.0.checked_sub(self.base.len()) {
            None => self.base.get(name.0),
            Some(own) => self.own.get(own),
        }
        .unwrap_or_default()
    }
}

//! How much one evaluation may do, so that no template, however short, takes long or fills the memory.

use super::fault::{Fault, Kind};

/// Calls, nodes and loop rounds of one evaluation. The largest published templates take some ten thousand.
const MAX_STEPS: u64 = 2_000_000;

/// Bytes of text and containers that one evaluation may make. Resource Manager takes 4 MB of expanded template: this is
/// that sixteen times, for what is made on the way.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What is left of the work and the memory that an evaluation may take.
#[derive(Debug, Clone)]
pub struct Budget {
    steps: u64,
    bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { steps: MAX_STEPS, bytes: MAX_BYTES }
    }
}

impl Budget {
    /// One call, node or round.
    ///
    /// # Errors
    /// [`Kind::Bound`] when none is left.
    pub fn step(&mut self) -> Result<(), Fault> {
        self.steps(1)
    }

    /// Several steps at once, before they are done.
    ///
    /// # Errors
    /// [`Kind::Bound`] when so many are not left.
    pub fn steps(&mut self, count: usize) -> Result<(), Fault> {
        let over = || Fault::new(Kind::Bound, format!("the evaluation takes more than {MAX_STEPS} steps"));
        self.steps = self.steps.checked_sub(count as u64).ok_or_else(over)?;
        Ok(())
    }

    /// A walk over so many names in search of one.
    ///
    /// # Errors
    /// [`Kind::Bound`] when no steps are left.
    pub fn search(&mut self, names: usize) -> Result<(), Fault> {
        /// How many names are compared in the time of one step.
        const NAMES_A_STEP: usize = 64;
        self.steps(names / NAMES_A_STEP)
    }

    /// Memory that is about to be taken, in bytes; an item of a list counts as one step and its size in bytes.
    ///
    /// # Errors
    /// [`Kind::Bound`] when so much is not left.
    pub fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        let over = || Fault::new(Kind::Bound, format!("the evaluation makes more than {MAX_BYTES} bytes"));
        self.bytes = self.bytes.checked_sub(bytes as u64).ok_or_else(over)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_gone_and_no_count_overflows() {
        let mut budget = Budget::default();
        assert!(budget.step().is_ok());
        assert!(budget.steps(usize::MAX).is_err(), "more than is left");
        assert!(budget.spend(MAX_BYTES as usize).is_ok());
        assert_eq!(budget.spend(1).map_err(|fault| fault.kind), Err(Kind::Bound));
        assert!(budget.spend(0).is_ok(), "nothing is always to be had");
    }
}

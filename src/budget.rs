//! How much one document may ask for: time, and memory of the process.
//!
//! Nobody writes a text that takes minutes to be read; one that does must not cost those beside
//! it. What takes long asks [`Budget::check`] now and then, and gives up when it is over.

use std::time::{Duration, Instant};

use thiserror::Error;

/// Time that a document may take, unless something else is wished for: ten minutes.
pub const DEFAULT_TIME: Duration = Duration::from_secs(600);
/// Memory that the process may hold more of than when the document was begun: 4 GiB.
pub const DEFAULT_MEMORY: u64 = 4 << 30;

/// Small steps between two looks at what is left.
const STEPS: usize = 64;

/// What a document may still ask for.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    begun: Instant,
    time: Option<Duration>,
    /// How many bytes the process may hold.
    memory: Option<u64>,
    more: u64,
}

/// Why a document was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OverBudget {
    /// It took longer than this.
    #[error(
        "not read within {} s, the time that one document may take; split it, or allow more",
        _0.as_secs_f64()
    )]
    Time(Duration),
    /// The process needed more bytes than this while it was read.
    #[error(
        "more than {} MiB of memory were needed, the most for one document; split it, or allow more",
        _0 >> 20
    )]
    Memory(u64),
}

impl Budget {
    /// As much as it takes.
    pub fn unlimited() -> Self {
        Self { begun: Instant::now(), time: None, memory: None, more: 0 }
    }

    /// So much time from now on, and so many bytes more than the process holds now (told on
    /// Linux; elsewhere memory is not watched).
    pub fn from_now(time: Duration, memory: u64) -> Self {
        let held = held_memory().map(|held| held.saturating_add(memory));
        Self { begun: Instant::now(), time: Some(time), memory: held, more: memory }
    }

    /// As [`Budget::check`], asked of every 64th of many small steps, whose number this is.
    ///
    /// # Errors
    /// When nothing is left.
    pub fn check_at(&self, step: usize) -> Result<(), OverBudget> {
        if step.is_multiple_of(STEPS) { self.check() } else { Ok(()) }
    }

    /// Is anything left?
    ///
    /// # Errors
    /// When nothing is.
    pub fn check(&self) -> Result<(), OverBudget> {
        if let Some(time) = self.time.filter(|&time| self.begun.elapsed() >= time) {
            return Err(OverBudget::Time(time));
        }
        match self.memory {
            Some(most) if held_memory().is_some_and(|held| held > most) => {
                Err(OverBudget::Memory(self.more))
            }
            _ => Ok(()),
        }
    }
}

/// Bytes of memory that the process holds, where the system tells.
pub(crate) fn held_memory() -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_up_is_told() {
        assert_eq!(Budget::unlimited().check(), Ok(()));
        assert_eq!(Budget::from_now(DEFAULT_TIME, DEFAULT_MEMORY).check(), Ok(()));
        let none = Budget::from_now(Duration::ZERO, DEFAULT_MEMORY).check().unwrap_err();
        assert_eq!(none, OverBudget::Time(Duration::ZERO));
        assert!(none.to_string().contains("within 0 s"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_that_is_taken_is_told() {
        let budget = Budget::from_now(DEFAULT_TIME, 8 << 20);
        let taken = vec![1u8; 64 << 20];
        assert_eq!(budget.check(), Err(OverBudget::Memory(8 << 20)));
        assert_eq!(taken[taken.len() - 1], 1);
    }
}

//! How far a run is and how long it will still take, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on standard error that is redrawn; nothing when standard error is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins at none of `replications`.
    pub fn new(replications: u64, quiet: bool) -> Progress {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let bar = ProgressBar::with_draw_target(Some(replications), target);
        let line = "{wide_bar} {human_pos} of {human_len} replications, {eta} left";
        Progress(bar.with_style(ProgressStyle::with_template(line).unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Says that `n` are done from before, which say nothing of the time left.
    pub fn begin_at(&self, n: u64) {
        self.0.set_position(n);
        self.0.reset_eta();
    }

    /// Says that what was done so far says nothing of the time left.
    pub fn forget_pace(&self) {
        self.0.reset_eta();
    }

    /// Says that `n` further replications are done.
    pub fn advance(&self, n: u64) {
        self.0.inc(n);
    }

    /// Says that `n` further replications have to be done.
    pub fn extend(&self, n: u64) {
        self.0.inc_length(n);
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

//! Into which machine code the parts of a month are compiled.
//!
//! A month in one piece would be a function so large that compiling it takes minutes; and each part has to be compiled again for
//! every instruction set, from the same source. So the month is generic over the code its parts become.

/// A part of the model that is compiled as a function of its own. A closure would not do: the compiler leaves a large one as a call,
/// and then its body is not compiled for the instruction set.
pub trait Part {
    /// What it gives.
    type Output;

    /// Lives it; to be inlined always.
    fn live(self) -> Self::Output;
}

/// Code for one instruction set.
pub trait Code {
    /// Runs a part, compiled for that instruction set.
    fn run<P: Part>(part: P) -> P::Output;
}

/// Code that every machine of the target runs.
#[derive(Debug)]
pub struct Portable;

impl Code for Portable {
    #[inline(never)]
    fn run<P: Part>(part: P) -> P::Output {
        part.live()
    }
}

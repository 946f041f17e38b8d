//! The code that lives a group of replications, compiled once for each instruction set and chosen by what the machine has.
//!
//! Calling a `#[target_feature]` function is unsafe unless the machine has the feature; asking it first is what makes these
//! calls sound, and they are the only unsafe code of the library.

use super::{Instructions, Window};
use crate::model::code::{Code, Part, Portable};
use crate::model::draws::Draws;
use crate::model::inputs::Inputs;
use crate::model::mechanisms;
use crate::model::outcomes::{monthly, seats};
use crate::model::world::World;

/// Code for an instruction set of which the machine must be asked before its first use.
///
/// Each stands in a module of its own, so that the compiler works on them side by side.
#[cfg(target_arch = "x86_64")]
macro_rules! code_for {
    ($set:ident, $features:literal) => {
        mod $set {
            use crate::model::code::{Code, Part};

            pub(super) struct Special;

            impl Code for Special {
                #[inline(always)]
                #[expect(unsafe_code, reason = "`live` asks for the feature before it takes this code")]
                fn run<P: Part>(part: P) -> P::Output {
                    #[target_feature(enable = $features)]
                    #[inline(never)]
                    fn compiled<P: Part>(part: P) -> P::Output {
                        part.live()
                    }
                    unsafe { compiled(part) }
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
code_for!(avx2, "avx2");
#[cfg(target_arch = "x86_64")]
code_for!(avx512, "avx512f,avx512dq,avx512vl");

/// Lives the replications of `draws` from their first month to the horizon with the given instructions, or with the best it can where the machine
/// lacks them.
pub(super) fn live<const L: usize>(inputs: &Inputs, draws: Draws<L>, instructions: Instructions, into: &mut Window) {
    #[cfg(target_arch = "x86_64")]
    // Only the widths that are chosen for speed are worth the time it takes to compile them three times.
    match instructions {
        _ if L < 8 => {}
        Instructions::Avx512 if instructions.available() => return live_in::<avx512::Special, L>(inputs, draws, into),
        Instructions::Avx2 if instructions.available() => return live_in::<avx2::Special, L>(inputs, draws, into),
        _ => {}
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = instructions;
    live_in::<Portable, L>(inputs, draws, into);
}

fn live_in<C: Code, const L: usize>(inputs: &Inputs, draws: Draws<L>, into: &mut Window) {
    let mut world = beginning(inputs, draws);
    for month in 0..inputs.horizon_months {
        mechanisms::month_in::<C, L>(&mut world, month);
        C::run(Following { world: &mut world, month, into });
    }
    Portable::run(End { world: &mut world, into });
}

/// The world before its first month. What is lived once is not worth being compiled again and again.
pub(super) fn beginning<const L: usize>(inputs: &Inputs, draws: Draws<L>) -> World<L> {
    Portable::run(Beginning { inputs, draws })
}

/// The making of a world.
struct Beginning<'a, const L: usize> {
    inputs: &'a Inputs,
    draws: Draws<L>,
}

impl<const L: usize> Part for Beginning<'_, L> {
    type Output = World<L>;

    #[inline(always)]
    fn live(self) -> World<L> {
        World::new(self.inputs, self.draws)
    }
}

/// What is followed at the end of a month.
struct Following<'a, 'b, const L: usize> {
    world: &'a mut World<L>,
    month: usize,
    into: &'a mut Window<'b>,
}

impl<const L: usize> Part for Following<'_, '_, L> {
    type Output = ();

    #[inline(always)]
    fn live(self) {
        let measures = monthly::follow(self.world);
        self.into.month(self.month, &measures);
    }
}

/// What is measured at the horizon.
struct End<'a, 'b, const L: usize> {
    world: &'a mut World<L>,
    into: &'a mut Window<'b>,
}

impl<const L: usize> Part for End<'_, '_, L> {
    type Output = ();

    #[inline(always)]
    fn live(self) {
        seats::weigh(self.world);
        self.into.end(self.world);
    }
}

//! The block function, compiled once for each instruction set and chosen by what the machine has.
//!
//! Calling a `#[target_feature]` function is unsafe unless the machine has the feature; asking it first is what makes these
//! calls sound, and they are the only unsafe code of the library.

use super::{Instructions, Window};
use crate::model::draws::Draws;
use crate::model::inputs::Inputs;
use crate::model::mechanisms;
use crate::model::outcomes::{monthly, seats};
use crate::model::world::World;

/// Lives the replications of `draws` from their first month to the horizon with the given instructions, or with the best it can where the machine
/// lacks them.
pub(super) fn live<const L: usize>(inputs: &Inputs, draws: Draws<L>, instructions: Instructions, into: &mut Window) {
    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "the feature is asked for on the line above each call")]
    // Only the widths that are chosen for speed are worth the time it takes to compile them three times.
    match instructions {
        _ if L < 8 => {}
        Instructions::Avx512 if instructions.available() => return unsafe { live_avx512(inputs, draws, into) },
        Instructions::Avx2 if instructions.available() => return unsafe { live_avx2(inputs, draws, into) },
        _ => {}
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = instructions;
    live_portably(inputs, draws, into);
}

#[inline(always)]
fn live_portably<const L: usize>(inputs: &Inputs, draws: Draws<L>, into: &mut Window) {
    let mut world = World::new(inputs, draws);
    for month in 0..inputs.horizon_months {
        mechanisms::month(&mut world, month);
        into.month(month, &monthly::follow(&mut world));
    }
    seats::weigh(&mut world);
    into.end(&world);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn live_avx2<const L: usize>(inputs: &Inputs, draws: Draws<L>, into: &mut Window) {
    live_portably(inputs, draws, into);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn live_avx512<const L: usize>(inputs: &Inputs, draws: Draws<L>, into: &mut Window) {
    live_portably(inputs, draws, into);
}

//! The block function, compiled once for each instruction set and chosen by what the machine has.
//!
//! Calling a `#[target_feature]` function is unsafe unless the machine has the feature; asking it first is what makes these
//! calls sound, and they are the only unsafe code of the library.

use super::{Instructions, Window};
use crate::model::mechanisms;
use crate::model::outcomes::monthly;
use crate::model::world::World;

/// Lives a world from its first month to the horizon with the given instructions, or with the best it can where the machine
/// lacks them.
pub(super) fn live<const L: usize>(world: World<L>, months: usize, instructions: Instructions, into: &mut Window) {
    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "the feature is asked for on the line above each call")]
    match instructions {
        Instructions::Avx512 if instructions.available() => return unsafe { live_avx512(world, months, into) },
        Instructions::Avx2 if instructions.available() => return unsafe { live_avx2(world, months, into) },
        _ => {}
    }
    live_portably(world, months, into);
}

#[inline(always)]
fn live_portably<const L: usize>(mut world: World<L>, months: usize, into: &mut Window) {
    for month in 0..months {
        mechanisms::month(&mut world, month);
        into.month(month, &monthly::follow(&mut world));
    }
    into.end(&world);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn live_avx2<const L: usize>(world: World<L>, months: usize, into: &mut Window) {
    live_portably(world, months, into);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn live_avx512<const L: usize>(world: World<L>, months: usize, into: &mut Window) {
    live_portably(world, months, into);
}

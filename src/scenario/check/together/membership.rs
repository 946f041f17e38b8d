//! Who is in the partnership: how many, of what kind, and whether they are enough to begin.

use crate::model::inputs::Setting;
use crate::model::mechanisms::{contributions, membership};
use crate::scenario::check::Checked;
use crate::scenario::check::dated::bounds;
use crate::scenario::check::layer::MOST_PARTNERS;
use crate::scenario::check::members::Member;
use crate::scenario::faults::Faults;
use crate::scenario::notation::number as written;

/// Whether there are as many partners as can be run.
pub fn n_partners(checked: &Checked, faults: &mut Faults) -> bool {
    let n = checked.n_partners();
    let last = checked.partners.last().map(|partner| partner.mark);
    let help = match n {
        0 | 1 if checked.incomplete => return false,
        0 => "add at least two [[partner]] tables, or partners = \"file.csv\"",
        1 => "a partnership takes at least two; each of them working alone is run beside it anyway",
        n if n > MOST_PARTNERS => "at most 200 can be run; group the smaller ones, or lower `count`",
        _ => return true,
    };
    let told = match n {
        0 => "no partners".to_owned(),
        1 => "1 partner".to_owned(),
        n => format!("{n} partners"),
    };
    faults.whole(last, format!("the scenario has {told}"), help);
    false
}

/// Chances of a kind of contributor must leave room for the conditional ones.
pub fn contributor_shares(checked: &Checked, faults: &mut Faults) {
    let (free, unconditional) = (&contributions::FREE_RIDER_SHARE, &contributions::UNCONDITIONAL_SHARE);
    let most = |parameter| bounds(&checked.values, parameter).map_or(1.0, |(_, most)| most);
    let least = |parameter| bounds(&checked.values, parameter).map_or(0.0, |(least, _)| least);
    let mark = [free, unconditional]
        .iter()
        .filter_map(|parameter| checked.values.get(parameter.key))
        .map(|given| given.mark)
        .max();
    let (least, most) = (least(free) + least(unconditional), most(free) + most(unconditional));
    let names = "`contributions.free_rider_share` and `contributions.unconditional_share`";
    let help = "they are chances of one draw: what is left of 1 are the conditional contributors";
    if least > 1.0 {
        faults.whole(mark, format!("{names} sum to {}, more than 1", written(least)), help);
    } else if most > 1.0 {
        faults.warning(mark, format!("{names} can sum to more than 1"), help);
    }
}

/// There are at least as many partners as the partnership must have.
pub fn minimum_partners(checked: &Checked, members: &[Member<'_>], faults: &mut Faults) {
    let given = checked.values.get(membership::MINIMUM_PARTNERS.key);
    let n = members.len() as u64;
    if let Some((Setting::Whole(minimum), mark)) = given.map(|given| (&given.value, given.mark))
        && *minimum > n
    {
        let message = format!("`membership.minimum_partners` is {minimum}, and there are {n} partners");
        faults.whole(
            Some(mark),
            message,
            "the partnership would dissolve in its first month; give at most the number of partners",
        );
    }
}

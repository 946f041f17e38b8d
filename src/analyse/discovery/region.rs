//! A box in the space of inputs: a range of each number, a choice among the words of each list.

use super::worlds::{Count, Values, Worlds};

/// A box: one bound for each input, in the order of the worlds' inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// What is allowed of each input.
    pub bounds: Vec<Bound>,
}

/// What is allowed of one input.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Numbers from `low` to `high`, both allowed; infinite where there is no bound.
    Range {
        /// Least value allowed.
        low: f64,
        /// Greatest value allowed.
        high: f64,
    },
    /// Whether each word of the list is allowed.
    Among(Vec<bool>),
}

/// One side of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The least value allowed.
    Low,
    /// The greatest value allowed.
    High,
    /// The words allowed.
    Words,
}

/// The worlds that one side of one bound alone keeps out of a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOut {
    /// The input that is bounded.
    pub input: usize,
    /// The side.
    pub side: Side,
    /// The worlds.
    pub worlds: Vec<usize>,
}

impl Bound {
    /// A bound that allows everything.
    pub fn open(values: &Values) -> Bound {
        match values {
            Values::Numbers(_) => Bound::Range { low: f64::NEG_INFINITY, high: f64::INFINITY },
            Values::Words { words, .. } => Bound::Among(vec![true; words.len()]),
        }
    }

    /// Whether it allows the value that a world has.
    pub fn allows(&self, values: &Values, world: usize) -> bool {
        match (self, values) {
            (Bound::Range { low, high }, Values::Numbers(numbers)) => (*low..=*high).contains(&numbers[world]),
            (Bound::Among(allowed), Values::Words { of, .. }) => allowed[of[world]],
            _ => false,
        }
    }

    /// The side that keeps a world out which it does not allow.
    fn barred_by(&self, values: &Values, world: usize) -> Side {
        match (self, values) {
            (Bound::Range { low, .. }, Values::Numbers(numbers)) if numbers[world] < *low => Side::Low,
            (Bound::Range { .. }, _) => Side::High,
            (Bound::Among(_), _) => Side::Words,
        }
    }

    /// Its sides that exclude anything.
    pub fn sides(&self) -> Vec<Side> {
        match self {
            Bound::Range { low, high } => {
                let low = low.is_finite().then_some(Side::Low);
                low.into_iter().chain(high.is_finite().then_some(Side::High)).collect()
            }
            Bound::Among(allowed) => allowed.contains(&false).then_some(Side::Words).into_iter().collect(),
        }
    }

    /// The same without one of its sides.
    pub fn without(&self, side: Side) -> Bound {
        match (self, side) {
            (Bound::Range { high, .. }, Side::Low) => Bound::Range { low: f64::NEG_INFINITY, high: *high },
            (Bound::Range { low, .. }, Side::High) => Bound::Range { low: *low, high: f64::INFINITY },
            (Bound::Among(allowed), Side::Words) => Bound::Among(vec![true; allowed.len()]),
            _ => self.clone(),
        }
    }
}

impl Region {
    /// The box that holds every world.
    pub fn whole(worlds: &Worlds) -> Region {
        Region { bounds: worlds.inputs.iter().map(Bound::open).collect() }
    }

    /// Positions of the inputs that it restricts.
    pub fn restricted(&self) -> impl Iterator<Item = usize> + '_ {
        let restricts = |input: &usize| !self.bounds[*input].sides().is_empty();
        (0..self.bounds.len()).filter(restricts)
    }

    /// Every side of every bound that excludes anything.
    pub fn sides(&self) -> Vec<(usize, Side)> {
        self.bounds
            .iter()
            .enumerate()
            .flat_map(|(k, bound)| bound.sides().into_iter().map(move |side| (k, side)))
            .collect()
    }

    /// Whether a world lies in it.
    pub fn holds(&self, worlds: &Worlds, world: usize) -> bool {
        self.restricted().all(|input| self.bounds[input].allows(&worlds.inputs[input], world))
    }

    /// Which worlds of `within` lie in it.
    pub fn mask(&self, worlds: &Worlds, within: &[bool]) -> Vec<bool> {
        let mut mask = within.to_vec();
        for input in self.restricted() {
            let (bound, values) = (&self.bounds[input], &worlds.inputs[input]);
            mask.iter_mut().enumerate().for_each(|(world, inside)| *inside &= bound.allows(values, world));
        }
        mask
    }

    /// Counts the worlds of `within` that lie in it.
    pub fn count(&self, worlds: &Worlds, within: &[bool]) -> Count {
        worlds.count(&self.mask(worlds, within))
    }

    /// Counts the worlds of `within` that lie in it and lists, for each side of its bounds, those that this side alone keeps out.
    pub fn kept_out(&self, worlds: &Worlds, within: &[bool]) -> (Count, Vec<KeptOut>) {
        let restricted: Vec<usize> = self.restricted().collect();
        let mut inside = Count::default();
        let sides = self.sides().into_iter().map(|(input, side)| KeptOut { input, side, worlds: Vec::new() });
        let mut kept_out: Vec<KeptOut> = sides.collect();
        for world in (0..worlds.len()).filter(|world| within[*world]) {
            let mut bars =
                restricted.iter().filter(|input| !self.bounds[**input].allows(&worlds.inputs[**input], world));
            match (bars.next(), bars.next()) {
                (None, _) => inside.add(worlds.cases[world]),
                (Some(&input), None) => {
                    let side = self.bounds[input].barred_by(&worlds.inputs[input], world);
                    let of = kept_out.iter_mut().find(|kept| kept.input == input && kept.side == side);
                    of.into_iter().for_each(|kept| kept.worlds.push(world));
                }
                _ => {}
            }
        }
        (inside, kept_out)
    }

    /// The same with another bound of one input.
    pub fn with(&self, input: usize, bound: Bound) -> Region {
        let mut region = self.clone();
        region.bounds[input] = bound;
        region
    }

    /// The same without one side of one bound.
    pub fn without(&self, input: usize, side: Side) -> Region {
        self.with(input, self.bounds[input].without(side))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_keeps_out_is_what_the_box_gains_without_it() {
        let worlds = super::super::made_up::worlds(300);
        let range = |low, high| Bound::Range { low, high };
        let region = Region { bounds: vec![range(0.3, 0.8), range(f64::NEG_INFINITY, 0.5), range(0.1, f64::INFINITY)] };
        let within: Vec<bool> = (0..300).map(|world| world % 7 != 0).collect();
        let (inside, kept_out) = region.kept_out(&worlds, &within);
        assert_eq!(inside, region.count(&worlds, &within));
        assert_eq!(kept_out.len(), 4);
        for KeptOut { input, side, worlds: out } in kept_out {
            let mut together = inside;
            out.iter().for_each(|world| together.add(worlds.cases[*world]));
            assert_eq!(together, region.without(input, side).count(&worlds, &within));
            assert!(!out.is_empty());
        }
    }
}

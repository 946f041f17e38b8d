//! The parameters of `L` replications: each uncertainty drawn once, from the address of what it stands for.

use crate::model::draws::{Draws, Purpose};
use crate::model::inputs::{Inputs, Setting};
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Parameter};
use crate::model::uncertainty::Uncertainty;

// Addresses of the draws that have no parameter of their own: their first words, far from each other.
const NEED_SKILL: u32 = 0x1000_0000;
const PARTNER_SKILL: u32 = 0x2000_0000;
const PARTNER_GOAL: u32 = 0x3000_0000;

/// Gives each parameter its value in each of `L` replications.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a, const L: usize> {
    inputs: &'a Inputs,
    draws: Draws<L>,
}

impl<'a, const L: usize> Drawn<'a, L> {
    /// Values of `inputs` under `draws`.
    pub fn new(inputs: &'a Inputs, draws: Draws<L>) -> Self {
        Drawn { inputs, draws }
    }

    /// The scenario that the values belong to.
    pub fn inputs(&self) -> &'a Inputs {
        self.inputs
    }

    /// The number a parameter has, `index` being the partner or need it belongs to (0 where it is the partnership's own).
    pub fn number(&self, parameter: &'static Parameter, index: usize) -> Lane<L> {
        let default;
        let given = match (self.inputs.setting(parameter, index), &parameter.domain) {
            (Some(Setting::Number(given)), _) | (None, Domain::Number { default: given, .. }) => given,
            _ => {
                default = self.inputs.number(parameter, index);
                &default
            }
        };
        let (low, high) = match parameter.domain {
            Domain::Number { low, high, .. } => (low, high),
            Domain::Whole { low, high, .. } => (low as f64, high as f64),
            Domain::Choice { .. } => (0.0, 0.0),
        };
        self.value(given, parameter.address(), index as u32, low, high)
    }

    /// Whether a scenario gives a parameter anything but its declared default. The same for all replications, so that a mechanism
    /// which nobody asked for can be left out of all of them.
    pub fn is_set(&self, parameter: &'static Parameter, index: usize) -> bool {
        match (self.inputs.setting(parameter, index), &parameter.domain) {
            (None, _) => false,
            (Some(Setting::Number(given)), Domain::Number { default, .. }) => given != default,
            (Some(Setting::Number(Uncertainty::Fixed(given))), Domain::Whole { default, .. }) => {
                *given != *default as f64
            }
            (Some(Setting::Whole(given)), Domain::Whole { default, .. }) => given != default,
            (Some(Setting::Choice(given)), Domain::Choice { default, .. }) => given != default,
            _ => true,
        }
    }

    /// The number a parameter has, `None` where the scenario leaves it at its default, which is for those that do nothing there.
    pub fn used(&self, parameter: &'static Parameter, index: usize) -> Option<Lane<L>> {
        self.is_set(parameter, index).then(|| self.number(parameter, index))
    }

    /// The whole number a parameter has, which is the same in every replication.
    pub fn whole(&self, parameter: &'static Parameter) -> usize {
        self.number(parameter, 0)[0] as usize
    }

    /// Position of the word a parameter has.
    pub fn choice(&self, parameter: &'static Parameter, index: usize) -> usize {
        self.inputs.choice(parameter, index)
    }

    /// Position of the partner that leads.
    pub fn lead(&self) -> usize {
        self.inputs.lead
    }

    /// Weight of a skill in meeting a need, before the weights are scaled to sum to one.
    pub fn need_skill(&self, need: usize, skill: usize) -> Lane<L> {
        let weight = &self.inputs.needs[need].skills[skill];
        self.value(weight, NEED_SKILL + skill as u32, need as u32, 0.0, f64::MAX)
    }

    /// Share of a partner's days in a skill, before the shares are scaled to sum to one.
    pub fn partner_skill(&self, partner: usize, skill: usize) -> Lane<L> {
        let weight = &self.inputs.partners[partner].skills[skill];
        self.value(weight, PARTNER_SKILL + skill as u32, partner as u32, 0.0, f64::MAX)
    }

    /// How much a partner cares for a need at the start; `None` where the scenario leaves it open.
    pub fn partner_goal(&self, partner: usize, need: usize) -> Option<Lane<L>> {
        let goal = self.inputs.partners[partner].goals.get(need)?.as_ref()?;
        Some(self.value(goal, PARTNER_GOAL + need as u32, partner as u32, 0.0, 1.0))
    }

    /// The value of an uncertainty that has no parameter of its own (a skill, a goal), held between `low` and `high`.
    pub fn value(&self, given: &Uncertainty, address: u32, index: u32, low: f64, high: f64) -> Lane<L> {
        match given {
            Uncertainty::Fixed(value) => Lane::splat(math::clamp(*value, low, high)),
            _ => Lane::from_fn(|r| {
                let mut generator = self.draws.generator(r, Purpose::Parameter, address, index);
                math::clamp(given.sample(&mut generator), low, high)
            }),
        }
    }
}

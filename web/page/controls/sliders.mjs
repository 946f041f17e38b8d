// The few controls that stand first, and how the others are set. A slider's range may be narrower than what is allowed: what is sensible.
// The number beside it takes all that is allowed.

import { FACILITATED, MOST_FACILITATION } from "../shared/facilitator.mjs";

// What stands first where a lesson names nothing else.
export const FIRST = [
  "governance.partners",
  "communication.quality",
  "dialogue.goal_spread",
  "trust.initial",
  "sharing.rule",
  FACILITATED,
  "funding.grant",
  "funding.grant_end",
];

// Sensible ranges of what is allowed to be much more.
const RANGES = {
  "governance.partners": { low: 2, high: 20, step: 1 },
  "communication.quality": { low: 0, high: 1, step: 0.05 },
  "communication.meetings": { low: 0, high: 8, step: 0.5 },
  "communication.meeting_hours": { low: 0, high: 16, step: 1 },
  "communication.subgroups": { low: 1, high: 10, step: 1 },
  "communication.airtime": { low: 1, high: 20, step: 1 },
  "dialogue.goal_spread": { low: 0, high: 0.5, step: 0.01 },
  "dialogue.rounds": { low: 1, high: 10, step: 1 },
  "trust.initial": { low: 0.05, high: 0.95, step: 0.05 },
  "funding.grant": { low: 0, high: 100, step: 1 },
  "funding.grant_end": { low: 0, high: 120, step: 1 },
  "governance.link_hours": { low: 0, high: 20, step: 0.5 },
  "governance.term_months": { low: 0, high: 60, step: 1 },
  "governance.legal_cost": { low: 0, high: 200, step: 5 },
  "administration.load": { low: 0, high: 40, step: 1 },
  "administration.staff": { low: 0, high: 5, step: 0.5 },
  "monitoring.interval": { low: 0, high: 24, step: 1 },
  "membership.initial_goodwill": { low: 0, high: 40, step: 1 },
  "membership.renewal_hurdle": { low: 0, high: 20, step: 0.5 },
  "membership.drift": { low: -0.5, high: 0.5, step: 0.01 },
  "membership.volatility": { low: 0, high: 3, step: 0.05 },
  "users.weight": { low: 0, high: 5, step: 0.25 },
  "users.start": { low: 1, high: 60, step: 1 },
  "roles.tasks": { low: 0, high: 60, step: 1 },
  "delivery.effectiveness": { low: 0, high: 2, step: 0.05 },
  "delivery.fixed_days": { low: 0, high: 100, step: 1 },
  "delivery.chain_length": { low: 1, high: 20, step: 1 },
  horizon_months: { low: 6, high: 120, step: 6 },
  [FACILITATED]: { low: 0, high: MOST_FACILITATION, step: 0.5 },
};

// Beyond this a slider of the whole range would be of no use.
const WIDEST_SLIDER = 30;

// So near to a step is on it, as 0.15 is no whole number of twentieths to a computer.
const NEARLY = 1e-6;

// The slider of a number: { low, high, step }; null where it gets none. `domain` is what the module allows.
export function sliderOf(path, domain) {
  if (RANGES[path]) return RANGES[path];
  if (domain?.kind !== "number" && domain?.kind !== "whole") return null;
  const width = domain.high - domain.low;
  if (!(width > 0 && width <= WIDEST_SLIDER)) return null;
  const step = domain.kind === "whole" ? 1 : width <= 1 ? 0.01 : width <= 3 ? 0.05 : 0.1;
  return { low: domain.low, high: domain.high, step };
}

// Where an arrow key goes from the number beside a slider: to the slider's next step, as far as is allowed. A browser would add 1, which is
// all there is of a share.
export function nextStep(value, direction, { step }, { low, high }) {
  const at = value / step;
  const next = direction > 0 ? Math.floor(at + NEARLY) + 1 : Math.ceil(at - NEARLY) - 1;
  return Math.min(Math.max(next * step, low), high);
}

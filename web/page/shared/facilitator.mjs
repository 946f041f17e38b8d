// Facilitation as one number, days a month: in a scenario it is an intervention of its own.

const NAME = "intervention.facilitator";
// Days a month that are as much facilitation as could be used, and thousand pounds that a day costs.
const FULL_DAYS = 8;
const DAY_COST = 0.6;
// Share of what it did that is lost in each month after it: as the model has it where nobody says.
const DECAY = 0.1;

// The word that stands for it among paths.
export const FACILITATED = "facilitation";
export const MOST_FACILITATION = FULL_DAYS;

const tidy = (value) => Number(value.toPrecision(12));

// The paths it goes by.
export const FACILITATION_PATHS = [NAME, `${NAME}.dose`, `${NAME}.cost`];

// Days a month in a set-up, whose changes say it or else the scenario as it came.
export function facilitationOf(changes, base) {
  const whole = changes[NAME]?.match(/\bdose"?\s*=\s*([\d.]+)/)?.[1];
  const own = base?.interventions?.find(({ name }) => name === "facilitator");
  return tidy(FULL_DAYS * Number(changes[`${NAME}.dose`] ?? whole ?? own?.dose ?? 0));
}

// What to change for so many days a month; null puts back what was. Where the scenario has a facilitator its own keys are changed, and
// where another set-up added one, none is said by a dose of nought.
export function facilitationChanges(days, base, { months, isBeneath = false }) {
  const dose = String(tidy(days / FULL_DAYS));
  const cost = String(tidy(days * DAY_COST));
  if (base?.interventions?.some(({ name }) => name === "facilitator")) return { [`${NAME}.dose`]: dose, [`${NAME}.cost`]: cost };
  if (days === 0 && !isBeneath) return { [NAME]: null };
  return { [NAME]: `{ kind = "facilitated_events", start = 1, end = ${months}, dose = ${dose}, cost = ${cost}, decay = ${DECAY} }` };
}

// How much of something the living picture shows: widths, numbers of beads, mouths. The same measure for all pictures side by side.

// Trust below this is a broken line.
export const THIN_TRUST = 0.4;

// Beads of a flow.
export const MOST_BEADS = 6;

// The measures of pictures that are to be compared: the largest flow of a month, what one bead stands for, the largest worth of joint
// work, and the range of the premium so far; all in thousand pounds.
export function measures(traces) {
  const months = traces.flatMap((trace) => trace.months);
  const flows = months.flatMap((month) => [month.grant, ...month.partners.flatMap((partner) => [partner.contributed, partner.benefit])]);
  const premiums = months.map((month) => month.premium_so_far ?? 0);
  const flow = most(flows);
  return {
    flow,
    bead: niceStep(flow / MOST_BEADS),
    joint: most(months.map((month) => month.joint_value)),
    low: premiums.reduce((one, other) => Math.min(one, other), 0),
    high: most(premiums),
  };
}

// The largest of amounts, at least 0; there can be more of them than a function takes.
const most = (amounts) => amounts.reduce((one, other) => Math.max(one, other), 0);

// The next of 1, 2, 5, 10, 20, … that is not below `amount`.
export function niceStep(amount) {
  if (!(amount > 0)) return 1;
  const ten = 10 ** Math.floor(Math.log10(amount));
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= amount * (1 - 1e-9));
}

// Beads for an amount: one for each that a bead stands for, one also for less than that.
export function beads(amount, bead) {
  if (!(amount > 0)) return 0;
  return Math.min(Math.max(Math.round(amount / bead), 1), MOST_BEADS);
}

// Width of an arrow for an amount, in pixels.
export function arrowWidth(amount, largest) {
  return amount > 0 ? 1 + (5 * Math.min(amount, largest)) / largest : 0;
}

// Width of a tie for a trust from 0 to 1, in pixels: by its square, so that one sees differences; thinner where there are many partners.
export function tieWidth(trust, partners) {
  const most = Math.max(2.5, Math.min(8, 48 / partners));
  return 0.5 + (most - 0.5) * Math.min(Math.max(trust, 0), 1) ** 2;
}

// Trust between two partners: the mean of that of each in the other; `null` where they have no tie.
export function trustBetween(ties, partners, one, other) {
  const [there, back] = [ties[one * partners + other], ties[other * partners + one]];
  return there === null || there === undefined || back === null || back === undefined ? null : (there + back) / 2;
}

// The mouth of a face of a radius: down at a morale of 0, straight at one half, up at 1.
export function mouth(morale, radius) {
  const [wide, low, bent] = [0.42 * radius, 0.32 * radius, (morale - 0.5) * 1.15 * radius];
  const [end, middle] = [(low - bent / 3).toFixed(1), (low + bent).toFixed(1)];
  return `M${(-wide).toFixed(1)} ${end}Q0 ${middle} ${wide.toFixed(1)} ${end}`;
}

// The word for a share, as the strings name it: `very_low` to `very_high`.
export function shareWord(share) {
  return ["very_low", "low", "middling", "high", "very_high"][Math.min(Math.max(Math.floor(share * 5), 0), 4)];
}

// When and why each partner left, `{ month, why }`, or `null`, by their position.
export function leavers(trace) {
  return trace.partners.map((partner) => partner.left ?? null);
}

// How a partner stands in a month: `member`, `waiting` to join, `left`, or `apart` where the partnership has ended around it.
export function standing(trace, left, k, at) {
  const partner = trace.months[k].partners[at];
  if (partner.member) return "member";
  if (partner.waiting) return "waiting";
  const leaving = left[at];
  return leaving !== null && leaving.month <= k + 1 ? "left" : "apart";
}

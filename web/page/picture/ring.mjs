// Where everything stands in the living picture: partners on a ring around the work they do together, and their names beside them.
// One unit is one pixel, so that letters are of the same size at any width.

// Partners that have a seat with a face and a name; where there are more, they are dots.
export const MOST_SEATS = 20;

const LINE = 15;
const LETTER = 6.7;
const AWAY = 12;

// A name on at most `most` lines of about `letters` letters; what does not fit ends in an ellipsis.
export function nameLines(name, letters, most) {
  const lines = [""];
  for (const word of name.split(/\s+/).filter((part) => part !== "")) {
    const last = lines[lines.length - 1];
    const longer = last === "" ? word : `${last} ${word}`;
    if (last === "" || longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const cut = (line) => (line.length > letters + 2 ? `${line.slice(0, letters + 1)}…` : line);
  const shown = lines.slice(0, most).map(cut);
  if (lines.length > most && !shown[most - 1].endsWith("…")) shown[most - 1] = `${shown[most - 1]} …`;
  return shown;
}

// `count` points on an ellipse around the origin, as far from one another along it, the first on top, clockwise.
export function around(count, wide, high) {
  const steps = 720;
  const point = (step) => {
    const angle = (2 * Math.PI * step) / steps - Math.PI / 2;
    return { x: wide * Math.cos(angle), y: high * Math.sin(angle) };
  };
  const lengths = [0];
  for (let step = 1; step <= steps; step += 1) {
    const [a, b] = [point(step - 1), point(step)];
    lengths.push(lengths[step - 1] + Math.hypot(b.x - a.x, b.y - a.y));
  }
  const whole = lengths[steps];
  const at = (length) => point(Math.max(0, lengths.findIndex((sum) => sum >= length - 1e-9)));
  return { points: Array.from({ length: count }, (_, seat) => at((whole * seat) / count)), apart: whole / Math.max(count, 1) };
}

// Whether two boxes `{ left, right, top, bottom }` cover some of the same place.
export function boxesMeet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// How the ring of so many may be laid out at a width, the form that is liked best first.
function ringForms(width, count) {
  const tall = Math.min(Math.max(width * 1.25, 360), 520);
  const wide = Math.min(Math.max(width * 0.62, 380), 520);
  const beside = { kind: "beside", high: wide, margin: 148, edge: 70, disc: 30, letters: 17, most: 2 };
  const disc = width < 480 ? 21 : 28;
  const below = { kind: "below", high: tall, margin: 52, edge: disc + 36, disc, letters: 13, most: 2 };
  const high = Math.max(tall, 30 * count);
  const numbered = { kind: "numbered", high, margin: 48, edge: 44, disc: count > 14 ? 15 : 18, letters: 13, most: 1 };
  return width >= 540 ? [beside, below, numbered] : [below, numbered];
}

// The layout of a partnership: `{ width, height, centre, joint, kind, seats: [{ x, y, r, away, label }], sponsor }`. `sizes` are the
// partners' resources, the area of a disc goes with them. Names are numbers where they would cover one another.
export function ringLayout(names, sizes, width, sponsor) {
  if (names.length > MOST_SEATS) return dotted(names, sizes, width, sponsor);
  const laid = ringForms(width, names.length).map((form) => seated(names, sizes, width, sponsor, form));
  return laid.find((layout) => !isCrowded(layout)) ?? laid[laid.length - 1];
}

function seated(names, sizes, width, sponsor, form) {
  const centre = { x: width / 2, y: form.high / 2 };
  const all = sponsor === null ? names : [sponsor, ...names];
  const { points, apart } = around(all.length, Math.max(width / 2 - form.margin, 60), form.high / 2 - form.edge);
  const largest = Math.max(...sizes, 1e-9);
  const most = Math.max(Math.min(form.disc, 0.36 * apart), 9);
  const seats = points.map(({ x, y }, seat) => {
    const partner = sponsor === null ? seat : seat - 1;
    const grown = (size) => Math.max(most * Math.sqrt(Math.max(size, 0) / largest), Math.min(12, most));
    const r = partner < 0 ? Math.min(most, 17) : grown(sizes[partner]);
    const isNumber = form.kind === "numbered" && partner >= 0;
    const lines = isNumber ? [String(partner + 1)] : nameLines(all[seat], form.letters, form.most);
    return seatAt(centre, x, y, r, lines, partner < 0 ? "above" : form.kind);
  });
  return {
    width,
    height: form.high,
    centre,
    joint: width < 480 ? 38 : 44,
    kind: form.kind,
    seats: sponsor === null ? seats : seats.slice(1),
    sponsor: sponsor === null ? null : seats[0],
  };
}

function seatAt(centre, x, y, r, lines, kind) {
  const far = Math.hypot(x, y) || 1;
  const seat = { x: centre.x + x, y: centre.y + y, r, away: { x: (AWAY * x) / far, y: (AWAY * y) / far } };
  return { ...seat, label: seatLabel(seat, x, y, lines, kind) };
}

// Where the lines of a name begin: outwards of the disc, below or above it.
function seatLabel(seat, x, y, lines, kind) {
  const side = Math.abs(x) / (Math.hypot(x, y) || 1);
  const high = LINE * lines.length;
  const across = Math.max(...lines.map((line) => line.length), 1) * LETTER;
  const isOutwards = kind === "beside" || kind === "numbered";
  if (isOutwards && side > 0.35) {
    const toRight = x > 0;
    const at = seat.x + (toRight ? 1 : -1) * (seat.r + 9);
    const [begin, top] = [toRight ? at : at - across, seat.y - high / 2];
    const box = { left: begin, right: begin + across, top, bottom: top + high };
    return { x: at, y: top + 11.5, anchor: toRight ? "start" : "end", lines, box };
  }
  const top = kind === "above" || (isOutwards && y < 0) ? seat.y - seat.r - 7 - high : seat.y + seat.r + 4;
  const box = { left: seat.x - across / 2, right: seat.x + across / 2, top, bottom: top + high };
  return { x: seat.x, y: top + 11.5, anchor: "middle", lines, box };
}

// Whether names or discs cover one another, or a name goes over the edge.
export function isCrowded(layout) {
  const seats = layout.sponsor === null ? layout.seats : [...layout.seats, layout.sponsor];
  const disc = ({ x, y }, r) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  const joint = disc(layout.centre, layout.joint);
  return seats.some(({ label, ...seat }, at) => {
    const { box } = label;
    if (box.left < 0 || box.right > layout.width || box.top < 0 || box.bottom > layout.height || boxesMeet(box, joint)) return true;
    if (boxesMeet(disc(seat, seat.r), joint)) return true;
    return seats.some((other, position) => position !== at && (boxesMeet(box, disc(other, other.r)) || boxesMeet(box, other.label.box)));
  });
}

// Many partners: small discs on rings within one another, without names.
function dotted(names, sizes, width, sponsor) {
  const height = Math.min(Math.max(width, 320), 520);
  const centre = { x: width / 2, y: height / 2 };
  const joint = width < 480 ? 38 : 44;
  const outer = Math.min(width, height) / 2 - 26;
  const rings = Math.min(4, Math.ceil(names.length / 40) + 1);
  const { points } = around(names.length, outer, outer);
  const largest = Math.max(...sizes, 1e-9);
  const most = Math.max(4, Math.min(9, (1.6 * Math.PI * outer * 0.7) / names.length));
  const seats = points.map(({ x, y }, seat) => {
    const nearer = 1 - (0.16 * (seat % rings));
    const r = Math.max(3, most * Math.sqrt(Math.max(sizes[seat], 0) / largest));
    return seatAt(centre, x * nearer, y * nearer, r, [""], "dots");
  });
  const corner = { x: -width / 2 + 34, y: -height / 2 + 24 };
  const payer = sponsor === null ? null : seatAt(centre, corner.x, corner.y, 14, [sponsor], "below");
  return { width, height, centre, joint, kind: "dots", seats, sponsor: payer };
}

// The way of a tie from one seat to another: a line, bent where it would go through the middle.
export function tieWay(one, other, centre, free) {
  const middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  const [dx, dy] = [middle.x - centre.x, middle.y - centre.y];
  const far = Math.hypot(dx, dy);
  if (far >= free) return `M${spot(one)}L${spot(other)}`;
  const long = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  // Where it would go right through, it is led by at one side.
  const away = far > 1 ? { x: dx / far, y: dy / far } : { x: (other.y - one.y) / long, y: (one.x - other.x) / long };
  const bend = { x: 2 * (centre.x + away.x * free) - middle.x, y: 2 * (centre.y + away.y * free) - middle.y };
  return `M${spot(one)}Q${spot(bend)} ${spot(other)}`;
}

// The two lanes between a seat and the middle, `{ from, to }` each: what is given on the one, what comes back on the other.
export function lanes(seat, centre, joint) {
  const [dx, dy] = [centre.x - seat.x, centre.y - seat.y];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / far, dy / far];
  const at = (along, aside) => ({ x: seat.x + ux * along - uy * aside, y: seat.y + uy * along + ux * aside });
  const [begin, end] = [seat.r + 4, far - joint - 5];
  return { given: { from: at(begin, 4.5), to: at(end, 4.5) }, back: { from: at(end, -4.5), to: at(begin, -4.5) } };
}

// A point as an attribute has it.
export function spot({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

// What the page carries, unpacked; the script of the page first. Its text stands in the policy of the page by its digest.
//
// It is packed by LZMA: a browser's own `DecompressionStream` knows only methods that look back over 32 kilobytes, and the module
// repeats itself over longer stretches, so that it would be larger by half. As in the LZMA specification of I. Pavlov, 2015.
"use strict";

function unlzma(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset);
  const [literalContext, literalPosition, positionBits] = [packed[0] % 9, Math.floor(packed[0] / 9) % 5, Math.floor(packed[0] / 45)];
  const out = new Uint8Array(view.getUint32(5, true));
  const chances = (count) => new Uint16Array(count).fill(1024);
  let [at, range, code] = [18, 0xffffffff, view.getUint32(14)];

  const shift = () => {
    if (range >= 0x1000000) return;
    range *= 256;
    code = code * 256 + packed[at++];
  };
  const bit = (table, index) => {
    const chance = table[index];
    const bound = (range >>> 11) * chance;
    const isOne = code >= bound;
    if (isOne) {
      range -= bound;
      code -= bound;
      table[index] -= chance >> 5;
    } else {
      range = bound;
      table[index] += (2048 - chance) >> 5;
    }
    shift();
    return isOne ? 1 : 0;
  };
  const even = (count) => {
    let found = 0;
    for (let i = 0; i < count; i++) {
      range >>>= 1;
      const isOne = code >= range;
      if (isOne) code -= range;
      found = found * 2 + (isOne ? 1 : 0);
      shift();
    }
    return found;
  };
  const tree = (table, base, bits) => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = node * 2 + bit(table, base + node);
    return node - (1 << bits);
  };
  const backwards = (table, base, bits) => {
    let [node, found] = [1, 0];
    for (let i = 0; i < bits; i++) {
      const next = bit(table, base + node);
      node = node * 2 + next;
      found += next << i;
    }
    return found;
  };
  const lengths = () => ({ choice: chances(2), low: chances(128), middle: chances(128), high: chances(256) });
  const length = ({ choice, low, middle, high }, place) => {
    if (!bit(choice, 0)) return 2 + tree(low, place * 8, 3);
    return bit(choice, 1) ? 18 + tree(high, 0, 8) : 10 + tree(middle, place * 8, 3);
  };

  const [literals, slots, near, aligned] = [chances(0x300 << (literalContext + literalPosition)), chances(256), chances(115), chances(16)];
  const [isMatch, isRepeat, isFurther, isThird, isFourth, isLong] = [192, 12, 12, 12, 12, 192].map(chances);
  const [matched, repeated] = [lengths(), lengths()];
  const distance = (count) => {
    const slot = tree(slots, Math.min(count - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 + (slot & 1)) * 2 ** bits;
    return slot < 14 ? start + backwards(near, start - slot, bits) : start + even(bits - 4) * 16 + backwards(aligned, 0, 4);
  };

  let [end, state, back, second, third, fourth] = [0, 0, 0, 0, 0, 0];
  const literal = () => {
    const before = end > 0 ? out[end - 1] : 0;
    const base = 0x300 * (((end & ((1 << literalPosition) - 1)) << literalContext) + (before >> (8 - literalContext)));
    let sign = 1;
    for (let like = state >= 7 ? out[end - back - 1] : -1; like >= 0 && sign < 256; like = (like << 1) & 255) {
      const next = bit(literals, base + ((1 + (like >> 7)) << 8) + sign);
      sign = sign * 2 + next;
      if (next !== like >> 7) break;
    }
    while (sign < 256) sign = sign * 2 + bit(literals, base + sign);
    out[end++] = sign;
    state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
  };

  // The distance of a match before the last one, which becomes the first of the four.
  const further = () => {
    const kept = back;
    if (!bit(isThird, state)) [back, second] = [second, kept];
    else if (!bit(isFourth, state)) [back, second, third] = [third, kept, second];
    else [back, second, third, fourth] = [fourth, kept, second, third];
  };

  while (end < out.length) {
    const place = end & ((1 << positionBits) - 1);
    if (!bit(isMatch, state * 16 + place)) {
      literal();
      continue;
    }
    let count = 1;
    if (!bit(isRepeat, state)) {
      [fourth, third, second] = [third, second, back];
      count = length(matched, place);
      back = distance(count);
      state = state < 7 ? 7 : 10;
    } else {
      const isSame = !bit(isFurther, state);
      if (!isSame) further();
      const isOne = isSame && !bit(isLong, state * 16 + place);
      if (!isOne) count = length(repeated, place);
      state = state < 7 ? (isOne ? 9 : 8) : 11;
    }
    for (; count > 0; count--, end++) out[end] = out[end - back - 1];
  }
  // So it is at the end of what is whole; and further on there is nothing to read.
  if (at > packed.length || code !== 0) throw new Error("damaged");
  return out;
}

// The bytes of a block of the page.
async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
  return unlzma(packed).buffer;
}

unpacked("script")
  .then((bytes) => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = new TextDecoder().decode(bytes);
    document.body.append(script);
  })
  // What cannot be unpacked has been damaged; and so it stands in the page.
  .catch(() => document.getElementById("not-begun").classList.add("now"));

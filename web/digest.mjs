// Runs partnersim's WebAssembly module and prints the digest of its bits, to be compared with the native one.
//
// node web/digest.mjs MODULE.wasm SCENARIO.toml REPLICATIONS FIRST LANES
import { readFileSync } from "node:fs";

const [module, scenario, replications, first, lanes] = process.argv.slice(2);
// Nothing is imported: a module that asked its host for anything would not start.
const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
const { memory, allocate, digest, release } = instance.exports;

const text = readFileSync(scenario);
const start = allocate(text.length);
new Uint8Array(memory.buffer, start, text.length).set(text);
const packed = BigInt.asUintN(64, digest(start, text.length, BigInt(first), BigInt(replications), Number(lanes)));
const [at, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
const answer = new TextDecoder().decode(new Uint8Array(memory.buffer, at, length));
release(start, text.length);
release(at, length);
if (answer.startsWith("fault: ")) {
    console.error(answer);
    process.exit(1);
}
console.log(answer);

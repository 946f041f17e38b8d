// The worker: keeps the module, hands requests to it, and goes through a run part by part, so that it can be stopped and asked
// other things meanwhile. It stands alone, as it is started from a text.

let instance = null;
let run = null;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function taken(packed) {
  const [at, length] = [Number(BigInt.asUintN(64, packed) >> 32n), Number(packed & 0xffffffffn)];
  const { memory, release } = instance.exports;
  const told = decoder.decode(new Uint8Array(memory.buffer, at, length));
  release(at, length);
  return told;
}

// One question to the module and its answer. Where the module breaks, what it said last.
function ask(request) {
  const { memory, allocate, release, fault } = instance.exports;
  const bytes = encoder.encode(JSON.stringify(request));
  const at = allocate(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  try {
    const answer = JSON.parse(taken(instance.exports.ask(at, bytes.length)));
    release(at, bytes.length);
    return answer;
  } catch (error) {
    throw new Error(`${error.message}: ${taken(fault())}`);
  }
}

// A turn of the others: a message waits no longer than a part of a block takes.
const turn = new MessageChannel();
let isDue = false;
turn.port1.onmessage = () => {
  isDue = false;
  step();
};
// One turn at a time, also where one run takes the place of another: two would keep whoever waits for twice as long.
function later() {
  if (!isDue) turn.port2.postMessage(null);
  isDue = true;
}

function step() {
  if (run === null) return;
  const { id } = run;
  answering(id, () => {
    // Whoever stops at once is told the least that says anything, as nothing says nothing.
    if (!run.isStopped || run.kept === 0) {
      const { progress, fault } = ask({ advance: {} });
      if (fault) return finished(id, { fault });
      run.kept = progress.kept;
      if (progress.done < progress.of) {
        postMessage({ id, progress });
        return later();
      }
    }
    finished(id, ask({ finish: {} }));
  });
}

function finished(id, answer) {
  run = null;
  postMessage({ id, answer });
}

// Does something for a request; what breaks the module is told, and nothing more can be asked of this worker.
function answering(id, work) {
  try {
    work();
  } catch (error) {
    postMessage({ id, broken: error.message });
  }
}

onmessage = ({ data: { id, module, request, begin, stop } }) => {
  if (module) {
    instance = new WebAssembly.Instance(module, {});
  } else if (stop) {
    if (run !== null) run.isStopped = true;
  } else if (begin) {
    answering(id, () => {
      const answer = ask({ begin });
      // A run that is begun takes the place of one under way, and so does one that cannot be begun.
      if (run !== null) postMessage({ id: run.id, answer: { replaced: true } });
      run = answer.begun ? { id, isStopped: false, kept: 0 } : null;
      if (run === null) return postMessage({ id, answer });
      later();
    });
  } else {
    answering(id, () => postMessage({ id, answer: ask(request) }));
  }
};

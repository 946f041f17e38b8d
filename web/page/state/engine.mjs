// The module, as the page asks it: everything goes through one worker and comes back as a promise.

import { drawingPhrases, text, upright } from "../shared/text.mjs";

// A worker that says nothing while something is asked of it is taken for dead after so many looks, this far apart in milliseconds; sooner
// where it was told to stop. Time in which the machine sleeps has no looks. The longest that a sound one is silent is one part of a run of
// the largest partnership there can be, some ten seconds.
const LOOK_EVERY = 5000;
const MOST_SILENT_LOOKS = 24;
const MOST_SILENT_LOOKS_OF_A_STOP = 6;

// Starts the worker from its text with the module compiled. What is asked when the module has broken goes to a new worker.
export function engine(module, workerText) {
  let worker = null;
  let last = 0;
  // Runs that were begun, and the result whose tables the worker has, if any.
  let [begun, held] = [0, null];
  let watching = null;
  let [silent, most] = [0, MOST_SILENT_LOOKS];
  const waiting = new Map();
  const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));

  const started = () => {
    const fresh = new Worker(address);
    fresh.onmessage = ({ data: { id, answer, progress, broken } }) => {
      silent = 0;
      const asked = waiting.get(id);
      if (asked === undefined) return;
      if (progress) return asked.onProgress(progress);
      waiting.delete(id);
      if (broken === undefined) return asked.resolve(answer);
      fail(broken);
      asked.reject(new Error(broken));
    };
    fresh.onerror = (event) => fail(event.message);
    fresh.postMessage({ module });
    return fresh;
  };

  // Whatever else waits for a worker that broke waits in vain.
  const fail = (message) => {
    worker?.terminate();
    [worker, held] = [null, null];
    for (const asked of waiting.values()) asked.reject(new Error(message));
    waiting.clear();
  };

  const watch = () => {
    silent = 0;
    watching ??= setInterval(() => {
      if (waiting.size === 0) {
        clearInterval(watching);
        watching = null;
      } else {
        silent += 1;
        if (silent >= most) fail(text("page.silent"));
      }
    }, LOOK_EVERY);
  };

  const send = (message, onProgress = () => {}) =>
    new Promise((resolve, reject) => {
      worker ??= started();
      last += 1;
      if (waiting.size === 0) watch();
      waiting.set(last, { resolve, reject, onProgress });
      worker.postMessage({ id: last, ...message });
    });

  const asked = async (request) => {
    const answer = await send({ request });
    if (answer.fault) throw new Error(answer.fault);
    return answer;
  };

  return {
    // `{ scenario }` or `{ faults }`.
    describe: (setup) => asked({ describe: { setup } }),
    // The scenario as text.
    write: async (setup) => (await asked({ write: { setup } })).text,
    // `{ result }`, `{ faults }` or `{ replaced: true }` where another run took its place.
    async run(setups, replications, conditions, onProgress) {
      begun += 1;
      const mine = begun;
      [held, most] = [null, MOST_SILENT_LOOKS];
      const answer = await send({ begin: { setups, replications, conditions } }, onProgress);
      if (answer.fault) throw new Error(answer.fault);
      if (answer.result && mine === begun) held = answer.result;
      return answer;
    },
    // Ends the run under way: its promise gives what was done so far.
    stop() {
      most = MOST_SILENT_LOOKS_OF_A_STOP;
      worker?.postMessage({ stop: true });
    },
    // One replication, month by month.
    trace: async (setup, replication) => asked({ trace: { setup, replication } }),
    // A picture as SVG. `look` may say { alone, scheme }.
    draw: async (chart, width, prefix, look = {}) =>
      upright((await asked({ draw: { chart, width, prefix, alone: false, scheme: "page", phrases: drawingPhrases(), ...look } })).svg),
    // A table of a result, as CSV. The module has those of the last run only, which may be another by now.
    async file(name, setup, result) {
      if (held !== result) throw new Error(text("results.files.gone"));
      return (await asked({ file: { name, setup } })).text;
    },
  };
}

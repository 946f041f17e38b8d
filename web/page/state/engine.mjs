// The module, as the page asks it: everything goes through one worker and comes back as a promise.

import { drawingPhrases } from "../shared/text.mjs";

// Starts the worker from its text with the module compiled. What is asked when the module has broken goes to a new worker.
export function engine(module, workerText) {
  let worker = null;
  let last = 0;
  const waiting = new Map();
  const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));

  const started = () => {
    const fresh = new Worker(address);
    fresh.onmessage = ({ data: { id, answer, progress, broken } }) => {
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
    worker = null;
    for (const asked of waiting.values()) asked.reject(new Error(message));
    waiting.clear();
  };

  const send = (message, onProgress = () => {}) =>
    new Promise((resolve, reject) => {
      worker ??= started();
      last += 1;
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
      const answer = await send({ begin: { setups, replications, conditions } }, onProgress);
      if (answer.fault) throw new Error(answer.fault);
      return answer;
    },
    // Ends the run under way: its promise gives what was done so far.
    stop: () => worker?.postMessage({ stop: true }),
    // One replication, month by month.
    trace: async (setup, replication) => asked({ trace: { setup, replication } }),
    // A picture as SVG. `look` may say { alone, scheme }.
    draw: async (chart, width, prefix, look = {}) =>
      (await asked({ draw: { chart, width, prefix, alone: false, scheme: "page", phrases: drawingPhrases(), ...look } })).svg,
    // A table of the last run, as CSV.
    file: async (name, setup) => (await asked({ file: { name, setup } })).text,
  };
}

// Keeps the address and what is chosen the same: a choice is written into the address, and an address that is gone to is read.

import { read, written } from "./address.mjs";

// So long after the last choice the address is written, in milliseconds.
const ADDRESS_PAUSE = 300;

export function follow(page) {
  const { state, found, data } = page;
  const codes = Object.keys(data.strings);
  let timer = null;
  let turn = 0;

  async function write() {
    turn += 1;
    const mine = turn;
    const { address } = await written(state.get(), data.lessons);
    if (mine === turn) put(address);
  }

  const writeLater = () => {
    clearTimeout(timer);
    timer = setTimeout(write, ADDRESS_PAUSE);
  };
  state.watch(writeLater);
  // An address of which something was left out is mended.
  if (found.get().notes.length > 0) writeLater();

  addEventListener("hashchange", async () => {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    const asked = await read(location.hash.slice(1), data.lessons, codes);
    // Another address was gone to, or another choice written, while this one was unpacked.
    if (mine !== turn) return;
    if (asked.state.language !== state.get().language) return location.reload();
    found.set({ notes: asked.notes });
    state.set(asked.state);
    page.work.followAddress();
    if (asked.notes.length > 0) writeLater();
  });

  // The page is made of words from its beginning to its end, so another language begins it anew.
  document.addEventListener("language", async ({ detail }) => {
    clearTimeout(timer);
    const { address } = await written({ ...state.get(), language: detail }, data.lessons);
    put(address);
    location.reload();
  });
}

// Some browsers refuse one that writes too often, and pages within others; the link under the set-up is right all the same.
function put(address) {
  try {
    history.replaceState(null, "", `#${address}`);
  } catch {
    return;
  }
}

// The whole address of what is chosen, to be copied.
export async function link({ state, data }) {
  const { address, isWhole } = await written(state.get(), data.lessons);
  return { link: `${location.href.split("#")[0]}#${address}`, isWhole };
}

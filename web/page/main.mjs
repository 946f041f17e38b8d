// The page begins here: unpacks what it carries, reads the address, and hands every part of the page its place.

import { engine } from "./engine.mjs";
import { announce, byId, put } from "./dom.mjs";
import { speak, text } from "./text.mjs";
import { START, store } from "./state.mjs";

// What stands in a block of the page, unpacked.
async function unpacked(id) {
  const packed = Uint8Array.from(atob(byId(id).textContent.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function begin() {
  const data = JSON.parse(new TextDecoder().decode(await unpacked("data")));
  speak(data.strings.en);
  put(document);
  const module = await WebAssembly.compile(await unpacked("module"));
  const state = store({ ...START, lesson: data.lessons[0]?.name ?? null });
  const page = { state, data, engine: engine(module, data.worker) };
  document.documentElement.dataset.ready = "yes";
  announce(text("page.ready"));
  return page;
}

begin().catch((error) => {
  const fault = byId("fault");
  fault.hidden = false;
  fault.textContent = `partnersim: ${error.message}`;
});

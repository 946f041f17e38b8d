// What the page carries, unpacked; the script of the page first. Its text stands in the policy of the page by its hash.
"use strict";

async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

unpacked("script")
  .then((bytes) => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = new TextDecoder().decode(bytes);
    document.body.append(script);
  })
  // A browser that cannot unpack is older than what the page needs.
  .catch(() => (document.getElementById("too-old").hidden = false));

// Lets the script of the page out of the block in which it is packed. The policy of the page knows both this script and that one by
// their digests, and no other. It stands alone, and is all that a browser reads which is too old for the rest.

async function unpackedText(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

unpackedText("script").then(
  (text) => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = text;
    document.body.append(script);
  },
  () => {
    document.getElementById("too-old").hidden = false;
  },
);

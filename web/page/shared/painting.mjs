// Pictures as files. A picture of the module is made of paths, circles, rectangles and words alone, so it is painted on a canvas
// without being loaded as an image, which the page's policy would not allow.

import { make } from "./dom.mjs";

// Sharp on screens and on paper.
const PIXELS = 2;

// Offers a file to the reader.
export function keepFile(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// Offers a picture as a file, as SVG or painted as PNG.
export async function keepPicture(kind, { name, svg }) {
  if (kind === "svg") keepFile(`${name}.svg`, "image/svg+xml", svg);
  else keepFile(`${name}.png`, "image/png", await asPng(svg));
}

// A name that every system takes: small letters, digits, `_` and `-`.
export function fileName(...parts) {
  const clean = (part) => part.normalize("NFKD").replace(/[^\w-]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 60);
  return parts.map(clean).filter((part) => part !== "").join("_");
}

// Pictures one above the other, as one.
export function stacked(svgs) {
  const parts = svgs.map((svg) => ({ svg: svg.trim(), width: sizeOf(svg, "width"), height: sizeOf(svg, "height") }));
  const width = Math.max(...parts.map((part) => part.width));
  let down = 0;
  const placed = parts.map(({ svg, height }) => {
    const moved = svg.replace("<svg ", `<svg y="${down}" `);
    down += height;
    return moved;
  });
  const size = `viewBox="0 0 ${width} ${down}" width="${width}" height="${down}"`;
  const paper = `<rect width="${width}" height="${down}" fill="#ffffff"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${paper}\n${placed.join("\n")}\n</svg>\n`;
}

function sizeOf(svg, side) {
  return Number(new RegExp(`^[^>]*? ${side}="([\\d.]+)"`).exec(svg.trim())?.[1] ?? 0);
}

// A picture as PNG.
async function asPng(svg) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const [width, height] = ["width", "height"].map((side) => Number(root.getAttribute(side)));
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [width * PIXELS, height * PIXELS];
  const canvasContext = canvas.getContext("2d");
  canvasContext.scale(PIXELS, PIXELS);
  paintInside(canvasContext, root, "sans-serif");
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png"),
  );
}

function paintInside(context, element, above) {
  const family = element.getAttribute("font-family") ?? above;
  for (const child of element.children) {
    if (child.nodeName === "svg") {
      context.save();
      context.translate(measure(child, "x"), measure(child, "y"));
      paintInside(context, child, family);
      context.restore();
    } else if (child.nodeName === "g") paintInside(context, child, family);
    else if (child.nodeName === "text") paintWords(context, child, family);
    else paintShape(context, child);
  }
}

function measure(element, name) {
  return Number(element.getAttribute(name) ?? 0);
}

function outlineOf(element) {
  const path = new Path2D(element.nodeName === "path" ? element.getAttribute("d") : undefined);
  if (element.nodeName === "rect") path.rect(...["x", "y", "width", "height"].map((name) => measure(element, name)));
  if (element.nodeName === "circle") path.arc(measure(element, "cx"), measure(element, "cy"), measure(element, "r"), 0, 2 * Math.PI);
  return path;
}

function paintShape(context, element) {
  if (!["path", "rect", "circle"].includes(element.nodeName)) return;
  const [fill, stroke] = ["fill", "stroke"].map((name) => element.getAttribute(name) ?? "none");
  const path = outlineOf(element);
  if (fill !== "none") {
    context.fillStyle = fill;
    context.globalAlpha = Number(element.getAttribute("fill-opacity") ?? 1);
    context.fill(path);
    context.globalAlpha = 1;
  }
  if (stroke !== "none") {
    context.strokeStyle = stroke;
    context.lineWidth = Number(element.getAttribute("stroke-width") ?? 1);
    context.setLineDash((element.getAttribute("stroke-dasharray") ?? "").split(" ").filter(Boolean).map(Number));
    context.stroke(path);
  }
}

function paintWords(context, element, family) {
  const anchor = element.getAttribute("text-anchor") ?? "start";
  context.font = `${element.getAttribute("font-weight") ?? ""} ${element.getAttribute("font-size") ?? 13}px ${family}`.trim();
  context.textAlign = anchor === "middle" ? "center" : anchor;
  context.fillStyle = element.getAttribute("fill") ?? "#000000";
  context.fillText(element.textContent, measure(element, "x"), measure(element, "y"));
}

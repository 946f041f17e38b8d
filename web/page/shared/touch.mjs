// A finger on a slider.

// Makes a slider wait until it is clear what a finger wants. One that scrolls the page may set out from a slider, and Chromium moves the
// slider at once. So nobody is told until the finger goes along the slider or is lifted; where it scrolls, the slider goes back.
export function steadied(slider) {
  // Where the finger and the slider were, as long as it is open.
  let held = null;
  const release = () => {
    const hasMoved = held !== null && slider.value !== held.value;
    held = null;
    if (hasMoved) slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const wait = (event) => {
    if (held !== null) event.stopImmediatePropagation();
  };
  slider.addEventListener("input", wait, { capture: true });
  slider.addEventListener("pointerdown", ({ pointerType, clientX: x, clientY: y }) => {
    held = pointerType === "touch" ? { value: slider.value, x, y } : null;
  });
  slider.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (held !== null && Math.abs(clientX - held.x) > Math.abs(clientY - held.y)) release();
  });
  slider.addEventListener("pointerup", release);
  slider.addEventListener("pointercancel", () => {
    if (held !== null) slider.value = held.value;
    held = null;
  });
  return slider;
}

// Formulas that are broader than their place are made smaller, as far as they can still be read.

const SMALLEST = 12; // pixels
const SPARE = 0.97;
const SCROLLED = ".formula, .given li, .conditions li, .reason"; // what is still too broad is scrolled, by keys too

/** Make the formulas in a part of the page as small as their places ask for. @param {ParentNode} part */
function fit(part) {
  const boxes = [...part.querySelectorAll(".formula")].map((box) => ({ box, math: /** @type {any} */ (box.querySelector("math")) }));
  for (const { math } of boxes) math?.style.removeProperty("font-size");
  const sizes = boxes.map(({ box, math }) => {
    const room = box.clientWidth / (box.scrollWidth || 1);
    return math && box.clientWidth && room < 1 ? Math.max(SMALLEST, SPARE * room * parseFloat(getComputedStyle(math).fontSize)) : 0;
  });
  boxes.forEach(({ math }, i) => sizes[i] && math.style.setProperty("font-size", `${sizes[i]}px`));
  for (const box of part.querySelectorAll(SCROLLED)) box.toggleAttribute("tabindex", box.scrollWidth > box.clientWidth + 1);
  for (const box of part.querySelectorAll("[tabindex='']")) box.setAttribute("tabindex", "0");
}

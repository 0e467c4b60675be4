// Who holds the page in a frame, as a notebook does, is told where the reader is and what is set, and may set both.

const HOLDER = parent === window ? null : parent;
const WORD = "deltasift player 1"; // what both sides begin with, and how they speak

/** What is set, under the names of the page, labels by their own values. @returns {Record<string, any>} */
function numbersSet() {
  const known = inputs.filter((d) => typeof env[d.id] !== "function");
  return Object.fromEntries(known.map((d) => [d.name, d.kind === "labels" ? each(env[d.id], (y) => y + shift(d)) : env[d.id]]));
}

function tell() {
  HOLDER?.postMessage({ word: WORD, step: walk()[at.step].id, numbers: numbersSet() }, "*");
}

/** A value of a name as the entries that it has. @param {any} d @param {any} value @param {number[]} place @returns {[string, number[], number][]} */
function entriesOf(d, value, place = []) {
  if (typeof value === "number" && Number.isFinite(value)) return [[d.name, place.map((p, a) => p + run(d.axes[a][0])), value]];
  return Array.isArray(value) ? value.flatMap((v, i) => entriesOf(d, v, [...place, i])) : [];
}

addEventListener("message", (e) => {
  if (!HOLDER || e.source !== HOLDER || e.data?.word !== WORD) return;
  const { step, numbers } = e.data;
  if (numbers) {
    const named = inputs.filter((d) => d.name in numbers);
    putIn(named.filter((d) => d.kind === "size").map((d) => [d.name, [], Math.max(1, Math.round(numbers[d.name]))]));
    putIn(named.filter((d) => d.kind !== "size").flatMap((d) => entriesOf(d, numbers[d.name])));
    settle();
  }
  const wanted = STEPS.find((s) => s.id === step);
  if (wanted?.inner) at.unfolded.add(wanted.line);
  const found = walk().findIndex((s) => s.id === step);
  if (found >= 0) at.step = found;
  draw();
});

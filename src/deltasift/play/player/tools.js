// The player: it goes through the lines that stand on the page, and computes with the functions in PAGE alone.

/** @typedef {{run: Function, of: string[], why?: string}} Ref  a function of the page and its parameters, or why none */
/** @typedef {{id: string, line: number, proof: number, latex: string, python?: number[], code?: number, after?: string[], inner?: boolean, sub?: number,
 *             was?: string, now?: string, kept?: [string, string][]}} Step */

const { LINES, VIEWS, DATA, VALUES } = PAGE;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const MOST = 8;
const LEAST = 0.01;
const WEIGHTS = [2, 3, 5, 4, 6];
const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
const used = new Set([...Object.values(LINES).flatMap((r) => r.of ?? []), ...Object.values(VIEWS).flatMap(namesOf), ...Object.values(VALUES).flatMap(namesOfValue)]);
const inLines = new Set(Object.values(LINES).flatMap((r) => r.of ?? []));
const SHOWN_ONLY = ["function", "bound"]; // what has no value that could be set
const inputs = DATA.filter((d) => d.kind === "size" || (!SHOWN_ONLY.includes(d.kind) && (d.kind === "index" ? inLines : used).has(d.id)));

/** What the reader has set: a value for each name, and where in the derivation they are. */
const env = {};
const at = { step: 0, unfolded: new Set(), answered: new Set(), said: "", symbol: "", quiz: "", order: null };

// --- small tools ----------------------------------------------------------------------------------------------------

/** @param {string} tag @param {Record<string, any>} props @param {(Node|string)[]} inside @returns {HTMLElement} */
function make(tag, props = {}, ...inside) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...inside);
  return e;
}

/** @param {any} view @returns {Ref[]} */
function refsOf(view) {
  return Object.values(view).flat().filter((v) => v && typeof v === "object" && v.of);
}

/** What a view needs from outside: not the indices that it runs through itself. @param {any} view */
function namesOf(view) {
  const own = [view.row, view.column, view.variable];
  return refsOf(view).flatMap((r) => r.of).filter((name) => !own.includes(name));
}

/** What the value of a name is computed from. @param {any} v @returns {string[]} */
function namesOfValue(v) {
  return (v.entry.of ?? []).filter((name) => !v.names.includes(name));
}

/** A number for a reader. @param {number} x */
function shown(x, digits = 4) {
  if (Number.isInteger(x)) return String(x).replace("-", "−");
  return x.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace(/^-/, "−");
}

/** The value of a function of the page. @param {Ref} ref @param {Record<string, any>} more */
function run(ref, more = {}) {
  const given = { ...env, ...more };
  return ref.run(...ref.of.map((id) => given[id]));
}

/** The value of a line, or why it has none. @param {string} id @returns {{value?: number, why?: string}} */
function valueOf(id) {
  const ref = LINES[id];
  if (!ref) return { why: "" };
  if (ref.why) return { why: ref.why };
  try {
    const value = Number(run(ref));
    return Number.isFinite(value) ? { value: value + 0 } : { why: "it comes out as no number" };
  } catch (error) {
    return { why: error instanceof RangeError ? error.message : "it has no value on these numbers" };
  }
}

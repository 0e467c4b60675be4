// The player: it goes through the lines that stand on the page, and computes with the functions in PAGE alone.

/** @typedef {{run: Function, of: string[], why?: string}} Ref  a function of the page and its parameters, or why none */
/** @typedef {{id: string, line: number, proof: number, latex: string, python?: string, inner?: boolean, sub?: number,
 *             was?: string, now?: string, kept?: [string, string][]}} Step */

const { LINES, VIEWS, DATA, VALUES } = PAGE;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const MOST = 8;
const LEAST = 0.01;
const WEIGHTS = [2, 3, 5, 4, 6];
const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
const used = new Set([...Object.values(LINES), ...Object.values(VIEWS).flatMap(refsOf)].flatMap((r) => r.of ?? []));
const inLines = new Set(Object.values(LINES).flatMap((r) => r.of ?? []));
const inputs = DATA.filter((d) => d.kind === "size" || (d.kind === "index" ? inLines : used).has(d.id));

/** What the reader has set: a value for each name, and where in the derivation they are. */
const env = {};
const at = { step: 0, unfolded: new Set(), answered: new Set(), said: "", symbol: "" };

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

/** A number for a reader. @param {number} x */
function shown(x, digits = 4) {
  if (Number.isInteger(x)) return String(x).replace("-", "−");
  return x.toFixed(digits).replace(/^-/, "−");
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

// --- the reader's numbers -------------------------------------------------------------------------------------------

const ends = (axis) => [run(axis[0]), run(axis[1])];
const count = (axis) => Math.max(0, run(axis[1]) - run(axis[0]) + 1);

/** Keep what is there and fill up to the lengths that follow from the sizes. */
function filled(old, lengths, start, place = []) {
  if (!lengths.length) return typeof old === "number" ? old : start(place);
  return Array.from({ length: lengths[0] }, (_, i) => filled(old?.[i], lengths.slice(1), start, [...place, i]));
}

/** Bring all values to the sizes that are set. */
function settle() {
  for (const d of DATA) if (d.kind === "size") env[d.id] ??= counts(d.id) ? 3 : 5;
  for (const d of inputs) {
    if (d.kind === "size") continue;
    if (d.kind === "density") {
      env[d.id] = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      continue;
    }
    if (d.kind === "index") {
      const [lo, hi] = ends(d.ends);
      env[d.id] = Math.min(Math.max(env[d.id] ?? lo, lo), Number.isFinite(hi) ? hi : lo + MOST);
      continue;
    }
    const lengths = d.axes.map(count);
    if (d.kind === "labels") {
      const most = count(d.ends);
      const start = (place) => [0, 2, 2, 1, 2, 0, 1, 0][place.at(-1) % 8];
      env[d.id] = each(filled(env[d.id], lengths, start), (y) => Math.min(y, most - 1));
    } else if (d.kind === "pmf") {
      env[d.id] = rows(filled(env[d.id], lengths, (place) => WEIGHTS[(place.at(-1) + 2 * (place.at(-2) ?? 0)) % 5]));
    } else {
      const [above, below] = d.ends.map((e) => (e ? run(e) : null));
      env[d.id] = filled(env[d.id], lengths, (place) => inside(above, below, place.at(-1) ?? 0));
    }
  }
}

/** Whether a size counts classes. @param {string} id */
function counts(id) {
  return DATA.some((d) => (d.kind === "labels" && d.ends[1].of?.includes(id)) || (d.kind === "pmf" && d.axes.at(-1)[1].of?.includes(id)));
}

const each = (value, f) => (Array.isArray(value) ? value.map((v) => each(v, f)) : f(value));
const rows = (value) => (Array.isArray(value[0]) ? value.map(rows) : normal(value));

/** Probabilities with their sum brought to 1. @param {number[]} row */
function normal(row) {
  const total = row.reduce((a, b) => a + b, 0);
  return row.map((x) => x / total);
}

function inside(above, below, i) {
  const t = [0.3, 0.55, 0.8, 0.4, 0.65][i % 5];
  if (above !== null && below !== null) return above + (below - above) * t;
  if (above !== null) return above + 2 * t;
  return below !== null ? below - 2 * t : 3 * t - 1.5;
}

/** One probability moves, the others of its row share what is left. @param {number[]} row @param {number} k */
function moved(row, k, value) {
  const most = 1 - LEAST * (row.length - 1);
  const v = row.length === 1 ? 1 : Math.min(most, Math.max(LEAST, value));
  const rest = 1 - row[k];
  const others = row.map((x) => (rest > 0 ? Math.max(LEAST, (x * (1 - v)) / rest) : (1 - v) / (row.length - 1)));
  const total = others.reduce((a, b, i) => (i === k ? a : a + b), 0);
  return row.map((_, i) => (i === k ? v : total > 0 ? (others[i] * (1 - v)) / total : 0));
}

// --- steps ----------------------------------------------------------------------------------------------------------

/** The steps that are walked through: of an unfolded line its substeps, of another one the line alone. @returns {Step[]} */
function walk() {
  return STEPS.filter((s) => (s.inner ? at.unfolded.has(s.line) : !(s.sub > 1 && at.unfolded.has(s.line) && hasInner(s))));
}
const hasInner = (s) => STEPS.some((t) => t.inner && t.line === s.line);

function formula(id) {
  const found = document.getElementById(`line-${id}`)?.querySelector("math");
  return found ? /** @type {Element} */ (found.cloneNode(true)) : document.createTextNode("");
}

/** The part at a place or, where it is not printed by itself, the one around it. @returns {Element|null} */
function part(math, path) {
  for (let p = path.split(".").filter(Boolean); ; p = p.slice(0, -1)) {
    const found = math.querySelector(`[data-p="${p.join(".")}"]`);
    if (found || !p.length) return found;
  }
}

function tint(before, after, step) {
  const was = part(before, step.was ?? "");
  const now = part(after, step.now ?? "");
  was?.classList.add("was");
  now?.classList.add("now");
  const pairs = [];
  for (const [a, b] of step.kept ?? []) {
    const pair = [part(before, a), part(after, b)];
    if (!pair[0] || !pair[1] || pair[0] === was || pair[1] === now) continue;
    pair.forEach((e) => e.classList.add("kept"));
    pairs.push(pair);
  }
  for (const sign of after.querySelectorAll(".big")) {
    const same = (e) => e.getAttribute("class") === sign.getAttribute("class");
    const there = [...before.querySelectorAll(".big")].filter(same);
    if (there.length === 1 && [...after.querySelectorAll(".big")].filter(same).length === 1) pairs.push([there[0], sign]);
  }
  return pairs;
}

/** Let parts of the line after slide from where they stood in the line before. */
function slide(pairs) {
  if (STILL.matches) return;
  for (const [a, b] of pairs) {
    if (pairs.some(([, other]) => other !== b && other.contains(b))) continue;
    const from = a.getBoundingClientRect();
    const to = b.getBoundingClientRect();
    const move = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
    b.animate([{ transform: move }, { transform: "none" }], { duration: 700, easing: "ease-in-out" });
  }
}

/** @param {number} to  a place in the walk */
function go(to) {
  const steps = walk();
  if (to > at.step && asks() && !at.answered.has(questionOf())) {
    stage.querySelector(".ask button")?.focus();
    return;
  }
  if (to < 0 || to >= steps.length) return;
  const forward = to === at.step + 1;
  at.step = to;
  at.said = "";
  history.replaceState(null, "", `#line-${steps[to].id}`);
  draw(forward);
}

// --- the question before the step that carries the idea ------------------------------------------------------------

function asks() {
  const steps = walk();
  const next = steps[at.step + 1];
  return VIEWS[steps[at.step].id]?.kind === "cells" && next && VIEWS[next.id]?.kind === "rows" && oneARow();
}
const questionOf = () => `${walk()[at.step].proof}`;

function oneARow() {
  const view = VIEWS[walk()[at.step].id];
  const [n0, n1] = ends(view.rows);
  const [k0, k1] = ends(view.columns);
  for (let n = n0; n <= n1; n++) {
    let hits = 0;
    for (let k = k0; k <= k1; k++) hits += run(view.hit, { [view.row]: n, [view.column]: k });
    if (hits !== 1) return false;
  }
  return true;
}

function question(view) {
  const n = count(view.rows);
  const k = count(view.columns);
  const lost = view.fold === "sum" ? 0 : 1;
  const answers = {
    [n * k]: `The delta is 1 in one place of a row only: where ${view.columnName} is the label. Elsewhere the term is ${lost}.`,
    [k]: `Two rows may carry the same label, and a column may have none. Look along a row instead.`,
    1: `One in every row. Count the rows.`,
  };
  const answer = make("p", { class: "small answer", "aria-live": "polite" }, at.said);
  const known = at.answered.has(questionOf());
  const reply = (x) => {
    if (x === n) {
      at.answered.add(questionOf());
      at.said = `Yes: ${n}. In each row the delta keeps one term, whatever the labels are, so ${n * k} terms become ${n}.`;
      draw();
      stage.querySelector("button.main")?.focus();
    } else answer.textContent = answers[x];
  };
  const show = () => {
    at.answered.add(questionOf());
    at.said = `${n}: one in each row, at its label. The other ${n * k - n} terms are ${lost}.`;
    draw();
    stage.querySelector(".terms")?.classList.add("shown");
    stage.querySelector("button.main")?.focus();
  };
  const options = [...new Set([1, k, n, n * k])].sort((a, b) => a - b);
  const buttons = options.map((x) => make("button", { onclick: () => reply(x), disabled: known, "data-answer": x }, String(x)));
  return make("div", { class: "ask", role: "group", "aria-label": "A question before you go on" },
    make("b", {}, "Before you go on: "), `how many of these ${n * k} terms are not made ${lost} by the delta, whatever the labels are?`,
    make("div", { class: "bar" }, ...buttons, make("button", { class: "show", onclick: show, disabled: known }, "Show me")), answer);
}

// --- the table of terms ---------------------------------------------------------------------------------------------

function table(view) {
  const [n0, n1] = ends(view.rows);
  const [k0, k1] = ends(view.columns);
  const N = n1 - n0 + 1;
  const K = k1 - k0 + 1;
  const grid = make("div", { class: `terms ${view.kind}`, role: "group",
    "aria-label": `Table of terms, ${N} rows ${view.rowName}, ${K} columns ${view.columnName}` });
  grid.style.gridTemplateColumns = `max-content repeat(${K}, minmax(44px, 1fr)) max-content`;
  const put = (e, row, column, rows = 1, columns = 1) => {
    e.style.gridArea = `${row} / ${column} / span ${rows} / span ${columns}`;
    grid.append(e);
    return e;
  };
  const where = (n, k) => ({ [view.row]: n, [view.column]: k });
  const [ni, ki] = [colour(view.rowName), colour(view.columnName)];
  const bars = pmfOver(K);
  for (let k = k0; k <= k1; k++) {
    const head = put(make("div", { class: `head ${ki}` }), 1, k - k0 + 2);
    if (bars) {
      const bar = make("i", { "aria-hidden": "true" });
      bar.style.height = `${Math.round(60 * bars[k - k0])}px`;
      head.append(bar);
    }
    head.append(make("span", {}, `${view.columnName} = ${k}`));
  }
  for (let n = n0; n <= n1; n++) {
    const label = view.label ? run(view.label, where(n, k0)) : null;
    const side = make("div", { class: `side ${ni}` }, `${view.rowName} = ${n}`);
    if (view.labels) side.append(make("span", { class: "delta" }, `\u00a0→ ${label}`));
    put(side, n - n0 + 2, 1);
    for (let k = k0; k <= k1; k++) put(cell(view, n, k, [n - n0, k - k0, N, K]), n - n0 + 2, k - k0 + 2);
  }
  sums(view, put, where, [n0, n1, k0, k1]);
  return make("div", { class: "tablewrap" }, grid);
}

function cell(view, n, k, [i, j, N, K]) {
  const here = { [view.row]: n, [view.column]: k };
  const hit = run(view.hit, here) !== 0;
  const gone = view.kind === "columns" || (view.kind === "rows" && !hit);
  const value = gone ? null : run(view.cell, here);
  const order = view.along === "column" ? j * N + i + 1 : i * K + j + 1;
  const text = value === null ? "" : hit ? shown(value, 2) : shown(value, 2).replace(/^[−]?0(\.0+)?$/, "0");
  const said = `${view.rowName} = ${n}, ${view.columnName} = ${k}: ${value === null ? "no term" : text}`;
  const kind = gone ? "gone" : hit ? "hit" : "zero";
  const e = make("button", { class: `cell ${kind}`, "aria-label": said, "data-n": n, "data-k": k, tabindex: i || j ? -1 : 0,
    "aria-disabled": view.labels ? null : "true" });
  if (view.kind === "cells") e.append(make("small", { "aria-hidden": "true" }, String(order)));
  e.append(text);
  e.addEventListener("click", () => view.labels && setLabel(view, n, k));
  return e;
}

function setLabel(view, n, k) {
  const d = DATA.find((x) => x.id === view.labels);
  env[d.id][n - run(d.axes[0][0])] = k - run(d.ends[0]);
  draw();
  stage.querySelector(`.cell[data-n="${n}"][data-k="${k}"]`)?.focus();
}

/** What the inner sum adds up, framed, and its totals at the margin. */
function sums(view, put, where, [n0, n1, k0, k1]) {
  const [N, K] = [n1 - n0 + 1, k1 - k0 + 1];
  const frame = (name, ...place) => put(make("div", { class: `frame ${colour(name)}`, "aria-hidden": "true" }), ...place);
  const sum = (value, name, ...place) => put(make("div", { class: `sum ${colour(name)}` }, shown(value, 2)), ...place);
  if (view.kind === "cells" && view.along === "column") {
    for (let k = k0; k <= k1; k++) {
      frame(view.rowName, 2, k - k0 + 2, N, 1);
      sum(run(view.inner, where(n0, k)), view.rowName, N + 2, k - k0 + 2);
      if (view.outer) put(make("div", { class: "cell term" }, shown(run(view.outer, where(n0, k)), 2)), N + 3, k - k0 + 2);
    }
  } else if (view.kind === "cells") {
    for (let n = n0; n <= n1; n++) {
      frame(view.columnName, n - n0 + 2, 2, 1, K);
      sum(run(view.inner, where(n, k0)), view.columnName, n - n0 + 2, K + 2);
    }
  } else if (view.kind === "rows") {
    for (let n = n0; n <= n1; n++) {
      const k = run(view.label, where(n, k0));
      if (k >= k0 && k <= k1) frame(view.columnName, n - n0 + 2, k - k0 + 2);
      sum(run(view.cell, where(n, k)), view.columnName, n - n0 + 2, K + 2);
    }
  } else {
    for (let k = k0; k <= k1; k++) {
      put(make("div", { class: "cell term" }, shown(run(view.cell, where(n0, k)), 2)), N + 2, k - k0 + 2);
    }
  }
  const row = N + (view.outer && view.along === "column" ? 3 : 2);
  put(make("div", { class: "sum total", title: "all of them" }, shown(run(view.total), 2)), row, K + 2);
}

function terms(view) {
  const n = count(view.rows);
  const k = count(view.columns);
  if (view.kind === "cells") return `${view.along === "column" ? `${k} columns of ${n}` : `${n} rows of ${k}`} = ${n * k} terms`;
  return view.kind === "rows" ? `${n} terms, one in each row` : `${k} terms, one in each column`;
}

/** The class of the colour of a name. @param {string} name */
function colour(name) {
  for (const e of document.querySelectorAll("[data-s]")) {
    if (e.getAttribute("data-s") === name && /^x\d+$/.test(e.getAttribute("class") ?? "")) return e.getAttribute("class");
  }
  return "";
}

function pmfOver(length) {
  const d = inputs.find((x) => x.kind === "pmf" && x.axes.length === 1);
  return d && env[d.id].length === length ? env[d.id] : null;
}

// --- controls -------------------------------------------------------------------------------------------------------

/** The sliders that are there: each says what it shows now. @type {(() => void)[]} */
let shows = [];
const sizes = make("div", { class: "numbers" });
const tables = make("div", { class: "numbers" });
let shape = "";

/** Add a slider, which stays where it is while it is moved. */
function slider(box, name, id, [lo, hi, by], get, set) {
  const input = make("input", { type: "range", min: lo, max: hi, step: by, id, "aria-label": name });
  const out = make("output", { for: id });
  const show = () => {
    if (document.activeElement !== input || by === 1) input.value = get();
    out.textContent = shown(get(), by === 1 ? 0 : 2);
  };
  input.addEventListener("input", () => {
    set(Number(input.value));
    settle();
    drawNumbers();
    drawMeaning();
  });
  input.addEventListener("change", () => (input.value = get()));
  box.append(make("label", { for: id }, name), input, out);
  shows.push(show);
}

/** Bring the sliders to what is set; those of tables are made anew where there are more or fewer of them. */
function drawControls() {
  const now = JSON.stringify([DATA.map((d) => (d.kind === "size" ? env[d.id] : 0))]);
  if (!sizes.childElementCount) {
    for (const d of inputs.filter((x) => x.kind === "size")) {
      slider(sizes, d.name, `set-${d.id}`, [1, MOST, 1], () => env[d.id], (v) => (env[d.id] = v));
    }
    for (const show of shows) show.stays = true;
  }
  if (now !== shape) {
    shape = now;
    shows = shows.filter((show) => show.stays);
    tables.replaceChildren();
    for (const d of inputs) controlsOf(d);
  }
  for (const show of shows) show();
}

function controlsOf(d) {
  const one = (place) => (place.length ? place.reduce((v, i) => v[i], env[d.id]) : env[d.id]);
  const put = (place, v) => {
    if (place.length) one(place.slice(0, -1))[place.at(-1)] = v;
    else env[d.id] = v;
  };
  const add = (range, from = 0, set = put) =>
    places(d).forEach((place) => {
      const name = place.length ? `${d.name}[${place.map((p, a) => p + run(d.axes[a][0])).join(", ")}]` : d.name;
      slider(tables, name, ["set", d.id, ...place].join("-"), range, () => one(place) + from, (v) => set(place, v - from));
    });
  if (d.kind === "labels") add([...ends(d.ends), 1], run(d.ends[0]));
  if (d.kind === "pmf") {
    add([0, 1, "any"], 0, (place, v) => {
      const row = one(place.slice(0, -1));
      row.splice(0, row.length, ...moved(row, place.at(-1), v));
    });
  }
  if (d.kind === "real") {
    const [above, below] = d.ends.map((e) => (e ? run(e) : null));
    const lo = above === null ? (below ?? 0) - 3 : above;
    const hi = below === null ? (above ?? 0) + 3 : below;
    add([lo + (hi - lo) / 100, hi - (hi - lo) / 100, "any"]);
  }
  if (d.kind === "index") {
    const [lo, hi] = ends(d.ends);
    slider(tables, d.name, `set-${d.id}`, [lo, Number.isFinite(hi) ? hi : lo + MOST, 1], () => env[d.id], (v) => (env[d.id] = v));
  }
  if (d.kind === "density") tables.append(make("span", {}, d.name), make("span", {}, "the standard normal density"), make("span"));
}

/** The places of the entries of a table; of a single number, one that is empty. @returns {number[][]} */
function places(d) {
  const into = (v, place) => (Array.isArray(v) ? v.flatMap((x, i) => into(x, [...place, i])) : [place]);
  return into(env[d.id], []);
}

function presets() {
  const bar = make("div", { class: "bar small" });
  const preset = (name, f) => bar.append(make("button", { onclick: () => { f(); settle(); draw(); } }, name));
  const labels = inputs.find((d) => d.kind === "labels");
  const examples = labels?.axes[0]?.[1].of?.[0];
  if (examples && DATA.some((d) => d.kind === "size" && d.id === examples)) preset("one example", () => (env[examples] = 1));
  if (labels && labels.axes.length === 1) {
    preset("an empty class", () => {
      const classes = labels.ends[1].of?.[0];
      if (classes && env[classes] < 2) env[classes] = 2;
      settle();
      env[labels.id] = env[labels.id].map((_, i) => i % (count(labels.ends) - 1 || 1));
    });
  }
  const pmfs = inputs.filter((d) => d.kind === "pmf");
  if (pmfs.length) preset("uniform", () => pmfs.forEach((d) => (env[d.id] = rows(each(env[d.id], () => 1)))));
  return bar;
}

// --- what a symbol means --------------------------------------------------------------------------------------------

function entryOf(name) {
  return [...document.querySelectorAll("#symbols [data-symbol]")].find((e) => e.getAttribute("data-symbol") === name);
}

function meaning() {
  const box = make("div", { class: "meaning", "aria-live": "polite" });
  const found = entryOf(at.symbol);
  if (!found) {
    box.append(make("span", { class: "small" }, "Choose a symbol to see what it means."));
    return box;
  }
  const [name, said] = [found.querySelector("dt"), found.querySelector("dd")];
  for (const e of [name, said]) box.append(make("div", {}, ...[...e.childNodes].map((c) => c.cloneNode(true))));
  const value = here(at.symbol);
  if (value) box.append(make("div", { class: "value" }, value));
  return box;
}

/** The value of a name on the reader's numbers, as text. @param {string} name */
function here(name) {
  const text = (v) => (Array.isArray(v) ? `(${v.map(text).join(", ")})` : shown(v, 3));
  const d = DATA.find((x) => x.name === name);
  try {
    if (VALUES[name] && !VALUES[name].entry.why) return `here ${text(tabled(VALUES[name], {}))}`;
    if (!d || !(d.id in env) || typeof env[d.id] === "function") return "";
    return `here ${text(d.kind === "labels" ? each(env[d.id], (y) => y + run(d.ends[0])) : env[d.id])}`;
  } catch {
    return "";
  }
}

function tabled(v, fixed, depth = 0) {
  if (depth === v.axes.length) return run(v.entry, fixed);
  const [lo, hi] = ends(v.axes[depth]);
  return Array.from({ length: hi - lo + 1 }, (_, i) => tabled(v, { ...fixed, [v.names[depth]]: lo + i }, depth + 1));
}

function symbols(formulas) {
  const names = [...new Set(formulas.flatMap((m) => [...(m.querySelectorAll?.("[data-s]") ?? [])].map((e) => e.getAttribute("data-s"))))];
  const bar = make("div", { class: "bar small symbols", role: "group", "aria-label": "Symbols of these lines" });
  for (const name of names) {
    const found = entryOf(name);
    if (!found) continue;
    const inner = [...found.querySelector("dt").childNodes].map((c) => c.cloneNode(true));
    const choose = () => { at.symbol = name; draw(); };
    bar.append(make("button", { onclick: choose, "data-of": name, "aria-pressed": String(at.symbol === name) }, ...inner));
  }
  return bar;
}

// --- copying --------------------------------------------------------------------------------------------------------

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
}

function bare(id) {
  const math = formula(id);
  for (const e of [math, ...math.querySelectorAll("*")]) for (const a of ["data-p", "data-s", "class"]) e.removeAttribute(a);
  return math.outerHTML;
}

function copies(step) {
  const bar = make("div", { class: "bar small" }, "Copy");
  const one = (name, text) => text && bar.append(make("button", { onclick: (e) => copy(text(), e.currentTarget) }, name));
  one("LaTeX", () => step.latex);
  one("MathML", () => bare(step.id));
  if (step.python) one("Python", () => step.python);
  bar.append(make("a", { href: `#line-${step.id}` }, "Link to this line"));
  return bar;
}

// --- drawing --------------------------------------------------------------------------------------------------------

const derivation = make("div", { class: "derivation" });
const meanings = make("div");
const result = make("div", { class: "result" });

function draw(forward = false) {
  const focus = document.activeElement?.id;
  const steps = walk();
  const step = steps[at.step];
  const before = step.was === undefined ? null : formula(steps[at.step - 1].id);
  const after = formula(step.id);
  const pairs = before ? tint(before, after, step) : [];
  derivation.replaceChildren(...lines(steps, step, before, after));
  drawMeaning();
  drawNumbers();
  for (const li of document.querySelectorAll(".lines > li")) li.classList.toggle("current", li.id === `line-${step.line}`);
  if (focus) document.getElementById(focus)?.focus();
  if (forward) slide(pairs);
}

function lines(steps, step, before, after) {
  const left = [];
  const place = step.inner ? `step ${step.id}` : `line ${step.id}`;
  left.push(make("p", { class: "small", "aria-live": "polite" }, `${place} of ${STEPS.filter((s) => !s.inner).length}`));
  if (before) {
    left.push(make("div", { class: "formula before" }, before), why(step));
  }
  left.push(make("div", { class: "formula after" }, after));
  const blocked = asks() && !at.answered.has(questionOf());
  const nav = make("nav", { class: "bar", "aria-label": "Steps" },
    make("button", { id: "back", onclick: () => go(at.step - 1), disabled: at.step === 0 }, "← Back"),
    make("button", { id: "next", class: "main", onclick: () => go(at.step + 1), "aria-disabled": String(blocked),
      disabled: at.step === steps.length - 1 }, "Next →"));
  if (STEPS.some((s) => s.inner && s.line === step.line)) {
    const open = at.unfolded.has(step.line);
    nav.append(make("button", { id: "unfold", onclick: () => unfold(step), "aria-expanded": String(open) }, open ? "Fold the steps" : "Unfold the steps"));
  }
  return [...left, nav, symbols([before, after].filter(Boolean)), meanings, copies(step)];
}

function why(step) {
  const line = document.getElementById(`line-${step.id}`) ?? document.getElementById(`line-${step.line}`);
  const box = make("div", { class: "why" });
  const own = (name) => [...line.children].filter((e) => e.classList.contains(name));
  for (const e of own("reason")) box.append(make("div", {}, "↓ ", ...[...e.childNodes].map((c) => c.cloneNode(true))));
  for (const e of own("problem")) box.append(make("div", { class: "bad-step" }, e.textContent ?? ""));
  const conditions = own("conditions");
  if (conditions.length) {
    const n = conditions[0].children.length;
    box.append(make("details", {}, make("summary", { class: "small" }, `${n} condition${n === 1 ? "" : "s"}`), conditions[0].cloneNode(true)));
  }
  return box;
}

function unfold(step) {
  at.unfolded[at.unfolded.has(step.line) ? "delete" : "add"](step.line);
  at.step = Math.max(0, walk().findIndex((s) => s.line === step.line));
  draw();
}

function drawNumbers() {
  const step = walk()[at.step];
  const view = VIEWS[step.id];
  const found = valueOf(step.id);
  const parts = [];
  if (view) {
    try {
      parts.push(table(view), make("p", { class: "small terms-count" }, terms(view)));
    } catch (error) {
      parts.push(make("p", { class: "small" }, `No table: ${error.message}.`));
    }
  }
  const text = found.value === undefined ? `this line: ${found.why || "no value"}` : `this line = ${shown(found.value)}`;
  parts.push(make("output", { class: "eq", "data-value": found.value === undefined ? "" : String(found.value) }, text));
  if (view && asks()) parts.push(question(view));
  if (view && at.said && !asks()) parts.push(make("p", { class: "small" }, at.said));
  if (view?.labels) parts.push(make("p", { class: "small" }, `Choose a cell: row ${view.rowName} gets the label ${view.columnName}.`));
  result.replaceChildren(...parts);
  drawControls();
}

function drawMeaning() {
  meanings.replaceChildren(meaning());
}

// --- the reader acts ------------------------------------------------------------------------------------------------

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (e) => {
  const target = /** @type {Element} */ (e.target);
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  const from = target.closest?.(".cell[data-n]");
  if (from && e.key in MOVES) {
    const [n, k] = MOVES[e.key];
    const next = stage.querySelector(`.cell[data-n="${Number(from.dataset.n) + n}"][data-k="${Number(from.dataset.k) + k}"]`);
    next?.focus();
    e.preventDefault();
    return;
  }
  if (target.closest?.("input, textarea, select")) return;
  if (e.key === "ArrowRight") go(at.step + 1);
  else if (e.key === "ArrowLeft") go(at.step - 1);
});

stage.addEventListener("click", (e) => {
  const symbol = /** @type {Element} */ (e.target).closest("math [data-s]");
  if (!symbol || symbol.closest("button")) return;
  at.symbol = symbol.getAttribute("data-s") ?? "";
  draw();
});

/** Go to the line that the address names. */
function follow() {
  const id = decodeURIComponent(location.hash).replace("#line-", "");
  const wanted = STEPS.find((s) => s.id === id);
  if (wanted?.inner) at.unfolded.add(wanted.line);
  const found = walk().findIndex((s) => s.id === id);
  if (found < 0) return false;
  at.step = found;
  return true;
}

addEventListener("hashchange", () => {
  if (!follow()) return;
  draw();
  stage.scrollIntoView({ block: "start" });
});

if (STEPS.length) {
  settle();
  const named = follow();
  stage.append(derivation, make("div", { class: "data" }, result, ...(inputs.length ? [presets(), sizes, tables] : [])));
  stage.hidden = false;
  draw();
  if (named) requestAnimationFrame(() => stage.scrollIntoView({ block: "start" }));
}

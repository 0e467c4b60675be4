// Point masses: spikes under a curve, what they sift out of it, and what becomes of bumps in their place.

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 560;
const HIGH = 250;
const SPIKE = 0.5; // how high a spike of mass 1 is, of the height of the curve
const PARTS_OF_LINE = 2000;
const REACH = 6; // widths of a bump beyond which there is nothing of it

/** How wide the bumps are that stand for the masses; 0 for the masses themselves. */
let width = 0;

function drawn(tag, props, ...inside) {
  const e = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) e.setAttribute(name, String(value));
  e.append(...inside);
  return e;
}

/** The points of the masses on the reader's numbers. @returns {number[]} */
function pointsOf(view) {
  const [n0, n1] = ends(view.rows);
  return Array.from({ length: n1 - n0 + 1 }, (_, i) => run(view.point, { [view.row]: n0 + i }));
}

const bump = (x, points) => points.reduce((a, p) => a + Math.exp(-(((x - p) / width) ** 2) / 2), 0) / (points.length * width * Math.sqrt(2 * Math.PI));

/** The picture and, under it, how wide the masses are drawn. */
function picture(view) {
  const points = pointsOf(view);
  const curve = (u) => run(view.curve, { [view.variable]: u });
  const lo = Math.min(-3, ...points) - 0.3;
  const hi = Math.max(3, ...points) + 0.3;
  const at = Array.from({ length: 241 }, (_, i) => lo + ((hi - lo) * i) / 240);
  const heights = at.map(curve).filter(Number.isFinite);
  const bottom = Math.min(0, ...heights);
  const above = Math.max(0, ...heights);
  const room = view.kind === "spikes" ? SPIKE * (above - bottom) : 0; // for the spikes, which stand on the axis
  const top = Math.max(above, room);
  const x = (u) => 10 + ((WIDE - 20) * (u - lo)) / (hi - lo);
  const y = (v) => 14 + ((HIGH - 40) * (top - v)) / (top - bottom || 1);
  const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "masses", role: "img",
    "aria-label": `${points.length} point masses at ${points.map((p) => shown(p, 2)).join(", ")} and the curve ${view.curveName}` });
  svg.append(drawn("line", { x1: 8, x2: WIDE - 8, y1: y(0), y2: y(0), class: "axis" }));
  for (let u = Math.ceil(lo); u <= hi; u++) {
    svg.append(drawn("text", { x: x(u), y: HIGH - 4, class: "tick" }, shown(u, 0)), drawn("line", { x1: x(u), x2: x(u), y1: y(0) - 3, y2: y(0) + 3, class: "axis" }));
  }
  svg.append(drawn("path", { class: "curve", d: path(at, curve, x, y) }));
  if (width && view.kind === "spikes") svg.append(bumps(points, at, x, y, room));
  points.forEach((p, i) => svg.append(mass(view, p, i, curve(p), x, y, room, points.length)));
  const named = at[Math.round(at.length * 0.82)];
  svg.append(drawn("text", { x: x(named) + 8, y: y(curve(named)) - 6, class: "name" }, view.curveName));
  return make("div", { class: "picture" }, svg, ...(view.kind === "spikes" ? [widths(view, points, curve)] : [valuesAt(view, points, curve)]));
}

function path(at, f, x, y) {
  let pen = "M";
  let d = "";
  for (const u of at) {
    const v = f(u);
    if (!Number.isFinite(v)) pen = "M";
    else {
      d += `${pen}${x(u).toFixed(1)} ${y(v).toFixed(1)}`;
      pen = "L";
    }
  }
  return d;
}

/** One mass: a spike from the axis while it stands in an integral; once it has sifted, the curve's value at its point. */
function mass(view, p, i, value, x, y, room, many) {
  const g = drawn("g", { class: `mass ${view.kind}` });
  if (view.kind === "spikes") {
    const up = y(room * (0.3 + 0.7 / many)) - y(0);
    if (!width) {
      g.append(drawn("line", { x1: x(p), x2: x(p), y1: y(0), y2: y(0) + up }));
      g.append(drawn("path", { d: `M${x(p) - 4} ${y(0) + up + 7}L${x(p)} ${y(0) + up - 2}L${x(p) + 4} ${y(0) + up + 7}Z` }));
    }
    if (!width && Number.isFinite(value)) g.append(drawn("line", { x1: x(p), x2: x(p), y1: y(0), y2: y(value), class: "drop" }));
  } else {
    g.append(drawn("line", { x1: x(p), x2: x(p), y1: y(0), y2: y(value) }), drawn("circle", { cx: x(p), cy: y(value), r: 5 }));
  }
  g.append(drawn("title", {}, `${view.rowName} = ${i + run(view.rows[0])}: at ${shown(p, 2)}, the curve is ${shown(value, 2)}`));
  return g;
}

function bumps(points, at, x, y, room) {
  const most = Math.max(...at.map((u) => bump(u, points)));
  return drawn("path", { class: "bumps", d: path(at, (u) => (0.9 * room * bump(u, points)) / most, x, y) });
}

/** The values that are left, and their sum. */
function valuesAt(view, points, curve) {
  const values = points.map(curve);
  const sum = values.reduce((a, b) => a + b, 0);
  return make("p", { class: "small left" }, `${view.curveName} at the points: ${values.map((v) => shown(v, 2)).join(", ")}; together ${shown(sum, 2)}.`);
}

/** A slider for the width, and what the cross entropy and the entropy of the bumps come to by quadrature. */
function widths(view, points, curve) {
  const input = make("input", { type: "range", min: 0, max: 1, step: "any", id: "width", "aria-label": "width of the bumps in place of the masses" });
  input.value = String(width);
  const said = make("p", { class: "small widths", "aria-live": "polite" }, saidOfWidth(points, curve));
  input.addEventListener("input", () => {
    width = Number(input.value) < 0.02 ? 0 : Number(input.value);
    drawNumbers();
    document.getElementById("width")?.focus();
  });
  return make("div", { class: "widthbox" }, make("label", { for: "width" }, "width"), input, make("output", { for: "width" }, width ? shown(width, 2) : "0"), said);
}

function saidOfWidth(points, curve) {
  if (!width) return "Point masses. Give them a width: bumps in their place have a density, which masses have not.";
  const [lo, hi] = [Math.min(...points) - REACH * width, Math.max(...points) + REACH * width];
  const step = (hi - lo) / PARTS_OF_LINE;
  let [cross, own] = [0, 0];
  for (let i = 0; i <= PARTS_OF_LINE; i++) {
    const u = lo + i * step;
    const p = bump(u, points);
    const weight = i % PARTS_OF_LINE ? step : step / 2;
    if (p > 0) [cross, own] = [cross - weight * p * curve(u), own - weight * p * Math.log(p)];
  }
  const exact = -points.reduce((a, p) => a + curve(p), 0) / points.length;
  return `By quadrature, for bumps of width ${shown(width, 2)}: minus the integral of the bumps times the curve is ${shown(cross, 3)} ` +
    `(for masses ${shown(exact, 3)}); the entropy of the bumps is ${shown(own, 3)}. As the width shrinks the first settles, the second runs away to −∞.`;
}

// The reader's numbers.

const ends = (axis) => [run(axis[0]), run(axis[1])];
const count = (axis) => Math.max(0, run(axis[1]) - run(axis[0]) + 1);

/** How much less than its value a label is where it is stored, which is from 0; a count is stored as it is. */
const shift = (d) => (d.counted ? 0 : run(d.ends[0]));

/** Keep what is there and fill up to the lengths that follow from the sizes. */
function filled(old, lengths, start, place = []) {
  if (!lengths.length) return typeof old === "number" ? old : start(place);
  return Array.from({ length: lengths[0] }, (_, i) => filled(old?.[i], lengths.slice(1), start, [...place, i]));
}

/** Bring all values to the sizes that are set. */
function settle() {
  for (const d of DATA) if (d.kind === "size") env[d.id] ??= d.start ?? (counts(d.id) ? 3 : 5);
  for (const d of [...inputs, ...DATA.filter(isTable)]) {
    if (d.start !== undefined) env[d.id] ??= d.start;
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
      const [least, most] = ends(d.ends).map((e) => e - shift(d));
      const start = (place) => least + [0, 2, 2, 1, 2, 0, 1, 0][place.at(-1) % 8];
      env[d.id] = each(filled(env[d.id], lengths, start), (y) => Math.max(least, Math.min(y, most)));
    } else if (d.kind === "pmf") {
      env[d.id] = rows(filled(env[d.id], lengths, (place) => WEIGHTS[(place.at(-1) + 2 * (place.at(-2) ?? 0)) % 5]));
    } else {
      const [above, below] = d.ends.map((e) => (e ? run(e) : null));
      env[d.id] = filled(env[d.id], lengths, (place) => inside(above, below, place.at(-1) ?? 0));
    }
  }
}

/** Whether something has entries that can be counted here, though no line that is computed needs them. @param {any} d */
const isTable = (d) => !inputs.includes(d) && d.axes?.flat().every((r) => r.run) && (d.ends ?? []).every((r) => !r || r.run);

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

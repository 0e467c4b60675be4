// The table of terms.

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
  const shares = [sharesOver(K), pmfOver(K)].filter(Boolean);
  for (let k = k0; k <= k1; k++) {
    const head = put(make("div", { class: `head ${ki}` }), 1, k - k0 + 2);
    head.append(make("div", { class: "bars", "aria-hidden": "true" }, ...shares.map((s) => bar(s, s.values[k - k0]))));
    head.append(make("span", {}, `${view.columnName} = ${k}`));
    for (const s of shares) head.append(make("small", {}, ...named(s.name), ` ${shown(s.values[k - k0], 2)}`));
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
  env[d.id][n - run(d.axes[0][0])] = k - shift(d);
  draw();
  result.querySelector(`.cell[data-n="${n}"][data-k="${k}"]`)?.focus();
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

/** What is to be seen in the table, and what the step has made of the one before. */
function terms(view, before) {
  const [n, k] = [count(view.rows), count(view.columns)];
  const [row, column] = [view.rowName, view.columnName];
  const went = before?.kind === "cells" && view.kind !== "cells";
  if (view.kind === "rows" && went) {
    return `In each row the delta keeps one term: the ${view.fold} over ${column} is gone, and ${n} terms are left. Nothing was lost, since what went was ${view.fold === "sum" ? 0 : 1}.`;
  }
  if (view.kind === "rows") return `${n} terms, one for each ${row}`;
  if (view.kind === "columns") return `${k} terms, one for each ${column}${went ? ": what its column comes to" : ""}`;
  const many = view.along === "column" ? `${k} columns of ${n} = ${n * k} terms` : `${n} rows of ${k} = ${n * k} terms`;
  const first = view.along === "row" ? "along the rows" : "down the columns";
  if (before?.kind === "cells" && before.along !== view.along) {
    return `${many}, the same as before, now ${first} first; the small numbers are the order of reading.`;
  }
  const counted = view.counts && view.along === "column";
  return counted ? `${many}: ${view.labels ? "each row is the one-hot vector of its label" : "1 where the delta is 1, 0 elsewhere"}, and each column is added up first.` : `${many}, added ${first} first.`;
}

/** The class of the colour of each name that has one. @type {Map<string, string>} */
const COLOURS = new Map([...document.querySelectorAll("[data-s]")].map((e) => [e.getAttribute("data-s") ?? "", e.getAttribute("class") ?? ""])
  .filter(([, c]) => /^x\d+$/.test(c)));

/** The class of the colour of a name. @param {string} name */
const colour = (name) => COLOURS.get(name) ?? "";

/** A bar as high as a share of the whole. @param {{kind: string}} share @param {number} value */
function bar(share, value) {
  const e = make("i", { class: share.kind });
  e.style.height = `${Math.round(60 * Math.max(0, Math.min(1, value)))}px`;
  return e;
}

/** The reader's pmf over so many classes. */
function pmfOver(length) {
  const d = inputs.find((x) => x.kind === "pmf" && x.axes.length === 1);
  return d && env[d.id].length === length ? { kind: "model", name: d.name, values: env[d.id] } : null;
}

/** What the page defines over so many classes, where it sums to one: the shares of the data. */
function sharesOver(length) {
  for (const [name, v] of Object.entries(VALUES)) {
    if (v.axes.length !== 1 || v.entry.why || count(v.axes[0]) !== length) continue;
    const values = tabled(v, {});
    if (Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-9) return { kind: "data", name, values };
  }
  return null;
}

/** A name as the list of symbols shows it. @param {string} name */
const named = (name) => [...(entryOf(name)?.querySelector("dt")?.childNodes ?? [name])].map((e) => (e.cloneNode ? e.cloneNode(true) : e));

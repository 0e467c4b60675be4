// What a symbol means.

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

/** The value of a name on the reader's numbers, as text; of one that runs, its range. @param {string} name */
function here(name) {
  const text = (v) => (Array.isArray(v) ? `(${v.map(text).join(", ")})` : shown(v, 3));
  const d = DATA.find((x) => x.name === name);
  try {
    if (VALUES[name]) return VALUES[name].entry.why ? "" : `here ${text(tabled(VALUES[name], {}))}`;
    if (d?.kind === "index" && !inputs.includes(d)) return `here it runs ${runs(ends(d.ends))}`;
    if (d?.kind === "bound") return "it runs over the reals";
    if (d?.kind === "function") return "a function: its value depends on what it is applied to";
    if (d?.kind === "density") return "here the standard normal density";
    if (!d || !(d.id in env)) return "";
    return `here ${text(d.kind === "labels" ? each(env[d.id], (y) => y + shift(d)) : env[d.id])}`;
  } catch {
    return "here it has no value";
  }
}

const runs = ([lo, hi]) => (hi < lo ? "over nothing" : `from ${shown(lo)} to ${Number.isFinite(hi) ? shown(hi) : "infinity"}`);

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
    bar.append(make("button", { onclick: choose, "data-of": name, "aria-label": found.getAttribute("data-said"), "aria-pressed": String(at.symbol === name) }, ...inner));
  }
  return bar;
}

// Controls.

/** The sliders that are there: each says what it shows now. @type {(() => void)[]} */
let shows = [];
const sizes = make("div", { class: "numbers" });
const tables = make("div", { class: "numbers" });
let shape = "";

/** The name of what is set, as the formulas show it, and its place; nothing else where the page shows no such name. */
function labelOf(name, place) {
  const shown = entryOf(name)?.querySelector("dt");
  return [...(shown ? [...shown.childNodes].map((c) => c.cloneNode(true)) : [name]), place];
}

/** Add a slider, which stays where it is while it is moved. */
function slider(box, of, place, id, [lo, hi, by], get, set) {
  const said = (entryOf(of)?.getAttribute("data-said") ?? of) + place;
  const input = make("input", { type: "range", min: lo, max: hi, step: by, id, "aria-label": said, "data-name": of });
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
  box.append(make("label", { for: id }, ...labelOf(of, place)), input, out);
  shows.push(show);
}

/** Bring the sliders to what is set; those of tables are made anew where there are more or fewer of them. */
function drawControls() {
  const now = JSON.stringify([DATA.map((d) => (d.kind === "size" ? env[d.id] : 0))]);
  if (!sizes.childElementCount) {
    for (const d of inputs.filter((x) => x.kind === "size")) {
      slider(sizes, d.name, "", `set-${d.id}`, [1, MOST, 1], () => env[d.id], (v) => (env[d.id] = v));
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
      const at = place.length ? `[${place.map((p, a) => p + run(d.axes[a][0])).join(", ")}]` : "";
      slider(tables, d.name, at, ["set", d.id, ...place].join("-"), range, () => one(place) + from, (v) => set(place, v - from));
    });
  if (d.kind === "labels") add([...ends(d.ends), 1], shift(d));
  if (d.kind === "pmf") {
    add([0, 1, "any"], 0, (place, v) => {
      const row = one(place.slice(0, -1));
      row.splice(0, row.length, ...moved(row, place.at(-1), v));
    });
  }
  if (d.kind === "real") {
    const [above, below] = d.ends.map((e) => (e ? run(e) : null));
    const set = places(d).map(one); // the page's own numbers may lie further out
    const lo = above === null ? Math.min((below ?? 0) - 3, ...set.map((v) => v - 1)) : above;
    const hi = below === null ? Math.max((above ?? 0) + 3, ...set.map((v) => v + 1)) : below;
    add([lo + (hi - lo) / 100, hi - (hi - lo) / 100, "any"]);
  }
  if (d.kind === "index") {
    const [lo, hi] = ends(d.ends);
    slider(tables, d.name, "", `set-${d.id}`, [lo, Number.isFinite(hi) ? hi : lo + MOST, 1], () => env[d.id], (v) => (env[d.id] = v));
  }
  if (d.kind === "density") tables.append(make("span", {}, ...labelOf(d.name, "")), make("span", {}, "the standard normal density"), make("span"));
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
  const sorts = labels && !labels.counted;
  const examples = labels?.axes[0]?.[1].of?.[0];
  if (examples && DATA.some((d) => d.kind === "size" && d.id === examples)) preset("one example", () => (env[examples] = 1));
  if (sorts && labels.axes.length === 1) {
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

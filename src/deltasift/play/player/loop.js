// The loop of a line: what a program would add up, and how many terms.

/** The loop beside a table, the rows that the line before does not have marked. @param {any} view @param {string} id */
function loopOf(view, id) {
  const before = viewBefore(id)?.loop;
  const many = { cells: () => count(view.rows) * count(view.columns), rows: () => count(view.rows), columns: () => count(view.columns) };
  const name = { cells: `${letters(view.rows)}·${letters(view.columns)}`, rows: letters(view.rows), columns: letters(view.columns) }[view.kind];
  const box = make("pre", { class: "loop", role: "region", tabindex: 0, "aria-label": "The same as a loop" });
  view.loop.forEach((row, i) => {
    const code = make("code", before && !before.includes(row) ? { class: "now" } : {}, row);
    box.append(code, i ? "" : make("span", { class: "small" }, `   # ${name} = ${many[view.kind]()} terms`), "\n");
  });
  return box;
}

/** The last end of a range as the page writes it. */
const letters = (axis) => axis[1].of.map((id) => DATA.find((d) => d.id === id)?.name ?? id).join(", ") || String(run(axis[1]));

/** The table of the line before, where it has one. @param {string} id */
function viewBefore(id) {
  const steps = walk();
  const i = steps.findIndex((s) => s.id === id);
  return i > 0 && steps[i - 1].proof === steps[i].proof ? VIEWS[steps[i - 1].id] : undefined;
}

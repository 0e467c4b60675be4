// The reader acts.

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (e) => {
  const target = /** @type {Element} */ (e.target);
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  const from = target.closest?.(".cell[data-n]");
  if (from && e.key in MOVES) {
    const [n, k] = MOVES[e.key];
    const next = result.querySelector(`.cell[data-n="${Number(from.dataset.n) + n}"][data-k="${Number(from.dataset.k) + k}"]`);
    next?.focus();
    e.preventDefault();
    return;
  }
  if (target.closest?.("input, textarea, select") || target.matches?.(SCROLLED)) return;
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

/** Open what the address names, where it is folded. */
function open() {
  const named = document.getElementById(decodeURIComponent(location.hash).slice(1));
  const folded = named?.closest("details");
  if (!folded || folded.open) return;
  folded.open = true;
  named.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", () => {
  open();
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
  fit(document);
  document.fonts?.ready.then(() => fit(document));
  addEventListener("resize", () => fit(document));
  watch();
  open();
  if (named) requestAnimationFrame(() => stage.scrollIntoView({ block: "start" }));
}

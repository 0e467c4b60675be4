// Steps.

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
  at.quiz = "";
  at.order = null;
  if (!HOLDER) history.replaceState(null, "", `#line-${steps[to].id}`);
  draw(forward);
}

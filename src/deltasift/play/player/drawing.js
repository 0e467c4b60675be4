// Drawing.

const derivation = make("div", { class: "derivation" });
const meanings = make("div");
const loops = make("div");
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
  markCurrent();
  Object.assign(reading, { stale: false, chosen: performance.now() });
  fit(derivation);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  if (forward) slide(pairs);
}

function markCurrent() {
  const { line } = walk()[at.step];
  for (const li of document.querySelectorAll(".lines > li")) li.classList.toggle("current", li.id === `line-${line}`);
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
  const ask = make("div", { class: "bar small", role: "group", "aria-label": "Questions" }, ...quizButtons(steps), orderButton(steps));
  return [...left, nav, ask, quizBox(steps), orderBox(), typeof ownLine === "function" ? ownLine(steps) : "", loops, symbols(left), meanings, copies(step)];
}

function why(step) {
  const line = document.getElementById(`line-${step.id}`) ?? document.getElementById(`line-${step.line}`);
  const box = make("div", { class: "why" });
  const own = (name) => [...line.children].filter((e) => e.classList.contains(name));
  for (const e of own("reason")) box.append(make("div", {}, "↓ ", ...[...e.childNodes].map((c) => c.cloneNode(true))));
  for (const e of own("problem")) box.append(make("div", { class: "bad-step" }, e.textContent ?? ""));
  const conditions = conditionsOf(step, line);
  if (conditions.length) {
    const n = conditions.length;
    box.append(make("details", {}, make("summary", { class: "small" }, `${n} condition${n === 1 ? "" : "s"}`),
      make("ul", { class: "conditions" }, ...conditions.map((c) => c.cloneNode(true)))));
  }
  return box;
}

/** The conditions of a step: those of its line that it asks for, which stand with the line. @returns {Element[]} */
function conditionsOf(step, line) {
  const every = [...document.querySelectorAll(`#line-${step.line} > .conditions > li`)];
  if (!step.inner) return every;
  const asked = line.querySelector(".reason")?.getAttribute("data-asks") ?? "";
  return asked.split(" ").filter(Boolean).map((n) => every[Number(n)]);
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
      if (view.kind in { spikes: 1, points: 1 }) parts.push(picture(view));
      else parts.push(table(view), make("p", { class: "small terms-count" }, terms(view, viewBefore(step.id))));
    } catch (error) {
      parts.push(make("p", { class: "small" }, `No picture: ${error.message}.`));
    }
  }
  loops.replaceChildren(...(view?.loop ? [loopOf(view, step.id)] : []));
  const put = numbersIn(formula(step.id));
  if (put && found.value !== undefined) parts.push(make("div", { class: "formula put", "aria-label": "With the numbers put in" }, put));
  const text = found.value === undefined ? `this line: ${found.why || "no value"}` : `this line = ${aroundTotal(view)}${shown(found.value)}`;
  parts.push(make("output", { class: "eq", "data-value": found.value === undefined ? "" : String(found.value) }, text));
  if (view && asks()) parts.push(question(view));
  if (view && at.said && !asks()) parts.push(make("p", { class: "small" }, at.said));
  if (view?.labels) parts.push(make("p", { class: "small" }, `Choose a cell: row ${view.rowName} gets the label ${view.columnName}.`));
  result.replaceChildren(...parts);
  fit(result);
  drawControls();
  tell();
}

/** What the line makes of the total of its table, with an equals sign; nothing where it makes nothing of it. */
function aroundTotal(view) {
  if (!view?.around) return "";
  const sizes = DATA.filter((d) => d.kind === "size");
  const put = (p) => (p === 0 ? `(${shown(run(view.total), 2)})` : env[sizes[p - 1].id]);
  const text = view.around.map((p) => (typeof p === "number" ? put(p) : p)).join("");
  return `${text.replaceAll("-", "−").replace(/(\d) (?=\d)/g, "$1 · ")} = `;
}

function drawMeaning() {
  meanings.replaceChildren(meaning());
}

/** A formula with the sizes that are set in the place of their names; nothing where it has none. @param {any} math */
function numbersIn(math) {
  const names = [...(math.querySelectorAll?.("[data-s]") ?? [])];
  const sizes = names.filter((e) => DATA.some((d) => d.kind === "size" && d.name === e.getAttribute("data-s")));
  for (const e of sizes) {
    const number = document.createElementNS(math.namespaceURI, "mn");
    number.textContent = String(env[DATA.find((d) => d.name === e.getAttribute("data-s")).id]);
    number.setAttribute("class", "size");
    e.replaceWith(number);
  }
  if (sizes.length) dots(math);
  return sizes.length ? math : null;
}

/** Put a dot between factors where the digits of one would be read as more digits of the other. @param {any} math */
function dots(math) {
  const leaves = [...math.querySelectorAll("mi, mn, mo")];
  leaves.forEach((e, i) => {
    if (e.textContent === "\u2062" && leaves[i + 1]?.localName === "mn") e.textContent = "⋅";
  });
}

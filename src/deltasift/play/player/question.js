// The question before the step that carries the idea.

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
      onward();
    } else answer.textContent = answers[x];
  };
  const show = () => {
    at.answered.add(questionOf());
    at.said = `${n}: one in each row, at its label. The other ${n * k - n} terms are ${lost}.`;
    draw();
    result.querySelector(".terms")?.classList.add("shown");
    onward();
  };
  const options = [...new Set([1, k, n, n * k])].sort((a, b) => a - b);
  const buttons = options.map((x) => make("button", { onclick: () => reply(x), disabled: known, "data-answer": x }, String(x)));
  return make("div", { class: "ask", role: "group", "aria-label": "A question before you go on" },
    make("b", {}, "Before you go on: "), `how many of these ${n * k} terms are not made ${lost} by the delta, whatever the labels are?`,
    make("div", { class: "bar" }, ...buttons, make("button", { class: "show", onclick: show, disabled: known }, "Show me")), answer);
}

/** Go to the button for the next step, unless the reader is further down: nothing scrolls by itself. */
function onward() {
  if (!reading.past) /** @type {HTMLElement|null} */ (stage.querySelector("button.main"))?.focus();
}

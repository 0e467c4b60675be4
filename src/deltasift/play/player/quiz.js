// Which line follows? The right one stands among wrong ones, each with numbers at which it differs.

/** The choices for a step, made by Python and hidden on the page. @param {string} id */
const quizFor = (id) => document.querySelector(`#quiz > [data-for="${id}"]`);

/** The button that asks, where the next line has wrong ones beside it. @param {Step[]} steps */
function quizButton(steps) {
  const next = steps[at.step + 1];
  if (!next || !quizFor(next.id)) return "";
  const open = at.quiz === next.id;
  return make("button", { id: "quiz-me", "aria-expanded": String(open), onclick: () => { at.quiz = open ? "" : next.id; draw(); } },
    open ? "Close the question" : "Which line follows?");
}

/** The question itself. @param {Step[]} steps */
function quizBox(steps) {
  const found = at.quiz && quizFor(at.quiz);
  if (!found || steps[at.step + 1]?.id !== at.quiz) return "";
  const answer = make("div", { class: "small answer", "aria-live": "polite" });
  const choices = [...found.children].map((c) => make("button", { class: "choice", "data-right": String(c.hasAttribute("data-right")),
    "aria-label": c.getAttribute("data-said"), onclick: () => reply(c, answer) }, /** @type {Element} */ (c.querySelector("math")).cloneNode(true)));
  return make("div", { class: "ask quiz", role: "group", "aria-label": "Which line follows?" }, make("b", {}, "Which line follows?"),
    make("div", { class: "choices" }, ...choices), answer);
}

function reply(choice, answer) {
  if (choice.hasAttribute("data-right")) {
    at.quiz = "";
    go(at.step + 1);
    stage.querySelector("#back")?.focus();
    return;
  }
  const table = choice.querySelector("table").cloneNode(true);
  const put = make("button", { class: "put-in", onclick: () => { putIn(JSON.parse(choice.dataset.point)); drawNumbers(); } }, "Put these numbers in");
  answer.replaceChildren("Not this one: here the two lines differ.", table, put);
}

/** Set what a point gives: the sizes first, then entries by the page's own indices. @param {[string, number[], number][]} point */
function putIn(point) {
  const known = point.map(([name, place, value]) => ({ d: DATA.find((d) => d.name === name), place, value })).filter((x) => x.d);
  for (const { d, value } of known) if (d.kind === "size") env[d.id] = Math.min(value, MOST);
  settle();
  const rowsOf = new Map();
  for (const { d, place, value } of known) {
    if (d.kind === "size" || typeof env[d.id] === "function") continue;
    if (!place.length) {
      env[d.id] = value;
      continue;
    }
    const at0 = place.map((p, a) => p - run(d.axes[a][0]));
    const row = at0.slice(0, -1).reduce((v, i) => v[i], env[d.id]);
    row[at0.at(-1)] = d.kind === "labels" ? value - run(d.ends[0]) : value;
    if (d.kind === "pmf") rowsOf.set(row, [...(rowsOf.get(row) ?? []), at0.at(-1)]);
  }
  for (const [row, given] of rowsOf) shareRest(row, given);
}

/** What a point leaves of a probability one goes to the entries that it does not speak of. @param {number[]} row @param {number[]} given */
function shareRest(row, given) {
  const rest = 1 - given.reduce((a, i) => a + row[i], 0);
  const others = row.map((_, i) => i).filter((i) => !given.includes(i));
  for (const i of others) row[i] = Math.max(0, rest) / others.length;
}

// Questions about the next line. A wrong answer is answered by numbers at which it differs, or by why it says nothing.

const QUESTIONS = { quiz: "Which line follows?", blanks: "Fill in the index" };

/** The choices for a step, made by Python and hidden on the page. @param {string} kind @param {string} id */
const choicesFor = (kind, id) => document.querySelector(`#${kind} > [data-for="${id}"]`);

/** The buttons that ask, where there is something to choose for the next line. @param {Step[]} steps */
function quizButtons(steps) {
  const next = steps[at.step + 1];
  return Object.entries(QUESTIONS).filter(([kind]) => next && choicesFor(kind, next.id)).map(([kind, name]) => {
    const open = at.quiz === `${kind} ${next.id}`;
    return make("button", { id: `${kind}-me`, "aria-expanded": String(open), onclick: () => { at.quiz = open ? "" : `${kind} ${next.id}`; draw(); } },
      open ? "Close the question" : name);
  });
}

/** The question itself. @param {Step[]} steps */
function quizBox(steps) {
  const [kind, id] = at.quiz.split(" ");
  const found = id && steps[at.step + 1]?.id === id && choicesFor(kind, id);
  if (!found) return "";
  const answer = make("div", { class: "small answer", "aria-live": "polite" });
  const all = [...found.children];
  const asked = all.filter((c) => c.hasAttribute("data-asked")).map((c) => make("div", { class: "formula" }, mathOf(c)));
  const choices = all.filter((c) => !c.hasAttribute("data-asked")).map((c) => make("button", { class: "choice", "data-right": String(c.hasAttribute("data-right")),
    "aria-label": c.getAttribute("data-said"), onclick: () => reply(c, answer) }, mathOf(c)));
  return make("div", { class: "ask quiz", role: "group", "aria-label": QUESTIONS[kind] }, make("b", {}, QUESTIONS[kind]), ...asked,
    make("div", { class: "choices" }, ...choices), answer);
}

const mathOf = (e) => /** @type {Element} */ (e.querySelector("math")).cloneNode(true);

function reply(choice, answer) {
  if (choice.hasAttribute("data-right")) {
    at.quiz = "";
    go(at.step + 1);
    stage.querySelector("#back")?.focus();
    return;
  }
  const why = choice.querySelector(".says");
  if (why) {
    answer.replaceChildren(...[...why.childNodes].map((c) => c.cloneNode(true)));
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
    row[at0.at(-1)] = d.kind === "labels" ? value - shift(d) : value;
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

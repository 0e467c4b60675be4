// The learner's own next line: how it was read, the verdict, the numbers against it. Who is asked says the part beside this.

/** What was written and what was said of it, by the line that it was to be. */
const own = { line: 0, text: "", said: /** @type {(Node|string)[]} */ ([]) };

function ownLine(steps) {
  const next = STEPS.find((s) => !s.inner && s.line === steps[at.step].line + 1 && s.proof === steps[at.step].proof);
  if (!next || next.relation !== "=") return "";
  if (own.line !== next.line) Object.assign(own, { line: next.line, text: "", said: [] });
  const input = make("textarea", { id: "own", rows: 2, spellcheck: "false", autocomplete: "off", "aria-describedby": "own-how" });
  input.value = own.text;
  input.addEventListener("input", () => (own.text = input.value));
  input.addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); judgeOwn(); } });
  const here = STEPS.find((s) => !s.inner && s.line === steps[at.step].line)?.text;
  return make("div", { class: "ask own", role: "group", "aria-label": "Your own next line" }, make("label", { for: "own" }, make("b", {}, "Your own next line")), input,
    make("p", { class: "small", id: "own-how" }, "This line is written ", make("code", {}, here ?? "")),
    make("div", { class: "bar" }, make("button", { id: "own-judge", onclick: judgeOwn }, "Does it follow?")),
    make("div", { class: "small answer", id: "own-said", "aria-live": "polite" }, ...own.said));
}

const say = (...parts) => {
  own.said = parts;
  document.getElementById("own-said")?.replaceChildren(...parts);
};

async function judgeOwn() {
  const { line, text } = own;
  if (!text.trim()) return;
  say(waiting());
  const read = await askJudge("read", line, text);
  if (own.line !== line) return;
  if (read.error) return say(`Not read: ${read.error}`);
  const shown = make("div", { class: "formula" }, ...nodesOf(read.formula));
  say("It was read as", shown, "Judging ...");
  const found = await askJudge("check", line, text);
  if (own.line !== line) return;
  if (found.error) return say("It was read as", shown, found.error);
  const parts = ["It was read as", shown, make("p", { class: `verdict-${found.verdict}` }, found.said)];
  if (found.by) parts.push(make("ul", {}, ...found.by.map((reason) => make("li", {}, reason))));
  if (found.table) parts.push(...nodesOf(found.table));
  if (found.point) parts.push(make("button", { class: "put-in", onclick: () => { putIn(found.point); drawNumbers(); } }, "Put these numbers in"));
  say(...parts);
}

/** The elements of a text that who judges wrote. @param {string} html @returns {Node[]} */
const nodesOf = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((e) => document.importNode(e, true));

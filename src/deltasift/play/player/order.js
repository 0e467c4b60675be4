// Order the lines: some lines of the proof, mixed, to be brought into the order in which each follows from the one before.

const TO_ORDER = 5;

/** The line that stays first, and those after it that are to be ordered. @param {Step[]} steps @returns {string[]} */
function linesToOrder(steps) {
  const own = STEPS.filter((s) => !s.inner && s.proof === steps[at.step].proof).map((s) => s.id);
  const here = own.indexOf(String(steps[at.step].line));
  const first = Math.max(0, Math.min(here, own.length - TO_ORDER - 1));
  return own.slice(first, first + TO_ORDER + 1);
}

/** Mixed: the first is not the first, and none stands right after the one that it follows from. @param {string[]} ids @returns {string[]} */
const mixed = (ids) => [...ids.filter((_, i) => i % 2), ...ids.filter((_, i) => !(i % 2))];

function orderButton(steps) {
  if (!at.order && linesToOrder(steps).length < 3) return "";
  const begin = () => {
    const [first, ...rest] = linesToOrder(steps);
    at.order = at.order ? null : { first, right: rest, now: mixed(rest), said: [] };
    draw();
  };
  return make("button", { id: "order-me", "aria-expanded": String(Boolean(at.order)), onclick: begin }, at.order ? "Close the question" : "Order the lines");
}

function orderBox() {
  const o = at.order;
  if (!o) return "";
  const rows = o.now.map((id, i) => {
    const said = formula(id).getAttribute("aria-label");
    const move = (name, sign, by) => make("button", { id: `order-${name}-${id}`, "aria-label": `${name}: ${said}`,
      "aria-disabled": String(!(i + by in o.now)), onclick: () => swap(i, i + by) }, sign);
    return make("li", { "data-of": id }, make("div", { class: "bar" }, move("up", "↑", -1), move("down", "↓", 1)), make("div", { class: "formula" }, plain(id)));
  });
  return make("div", { class: "ask order", role: "group", "aria-label": "Order the lines" },
    make("b", {}, "Bring these lines into the order of the proof. "), "Each follows from the one above it by one reason.",
    make("div", { class: "formula" }, plain(o.first)), make("ol", { class: "ordered" }, ...rows),
    make("div", { class: "bar" }, make("button", { id: "order-check", onclick: judge }, "Is this the order?"),
      make("button", { id: "order-show", onclick: () => { o.now = [...o.right]; judge(); } }, "Show me")),
    make("div", { class: "small answer", "aria-live": "polite" }, ...o.said.map((parts) => make("p", {}, ...parts))));
}

function swap(i, j) {
  const o = at.order;
  if (!(j in o.now)) return;
  [o.now[i], o.now[j]] = [o.now[j], o.now[i]];
  o.said = [];
  draw();
}

/** Whether a line follows from another by one reason: as in the proof, or as was found beside it. @param {string} above @param {string} id */
function comesAfter(above, id) {
  const all = [at.order.first, ...at.order.right];
  const as = (x) => plain(x).outerHTML;
  const next = all.filter((x, i) => i && as(all[i - 1]) === as(above));
  return next.some((x) => as(x) === as(id)) || Boolean(STEPS.find((s) => s.id === id)?.after?.includes(above));
}

/** Say where a line does not follow, by the reasons of the page; or, of a right order, all of them. */
function judge() {
  const o = at.order;
  const wrong = o.now.findIndex((id, i) => !comesAfter(i ? o.now[i - 1] : o.first, id));
  if (wrong < 0) {
    const own = o.now.every((id, i) => plain(id).outerHTML === plain(o.right[i]).outerHTML);
    const yes = own ? "Yes. Each line with its reason:" : "Yes: each line follows from the one above it. The page goes another way:";
    o.said = [[yes], ...o.right.map((id, i) => [`${i + 1}. `, ...reasonOf(id)])];
  } else {
    const above = wrong ? `your line ${wrong}` : "the line at the top";
    o.said = [[`Line ${wrong + 1} is not what comes after ${above}. In this proof the next step is: `, ...reasonOf(o.right[wrong])],
      ["The line that you put there comes by another step: ", ...reasonOf(o.now[wrong])]];
  }
  draw();
}

const plain = (id) => {
  const math = formula(id);
  for (const e of [math, ...math.querySelectorAll("*")]) for (const a of ["data-p", "data-s"]) e.removeAttribute(a);
  return math;
};

function reasonOf(id) {
  const own = [...document.getElementById(`line-${id}`).children].find((e) => e.classList.contains("reason"));
  return [...(own?.childNodes ?? [])].map((c) => c.cloneNode(true));
}

// Copying.

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
}

function bare(id) {
  const math = formula(id);
  for (const e of [math, ...math.querySelectorAll("*")]) for (const a of ["data-p", "data-s", "class"]) e.removeAttribute(a);
  math.setAttribute("xmlns", math.namespaceURI);
  return math.outerHTML;
}

function copies(step) {
  const bar = make("div", { class: "bar small" }, "Copy");
  const one = (name, text) => text && bar.append(make("button", { onclick: (e) => copy(text(), e.currentTarget) }, name));
  one("LaTeX", () => step.latex);
  one("MathML", () => bare(step.id));
  if (step.python) one("Python", () => step.python.map((n) => WRITTEN[n]).join("\n"));
  bar.append(make("a", { href: `#line-${step.id}` }, "Link to this line"));
  const code = STEPS.find((s) => s.line === step.line && s.code)?.code;
  if (code) bar.append(make("a", { href: `#code-${code}` }, "The page's own code"));
  return bar;
}

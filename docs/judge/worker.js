// The checker in a worker of the browser: Python, deltasift and what it stands on, all from this folder and nothing else.

import { loadPyodide } from "./pyodide.mjs";

let answer = null;
let name = "";

/** Load the checker, and the page that lines are written for. */
async function begin(page) {
  name = page;
  const here = new URL(".", import.meta.url).href;
  const [python, packed] = await Promise.all([loadPyodide({ indexURL: here }), fetch(`${here}packages.zip`)]);
  if (!packed.ok) throw new Error(`packages.zip: ${packed.status}`);
  python.unpackArchive(await packed.arrayBuffer(), "zip", { extractDir: "/lib/packages" });
  python.runPython('import sys; sys.path.append("/lib/packages")');
  answer = python.pyimport("deltasift.play.learner").answer_of;
  answer(page, "read", 0, "");
}

onmessage = async ({ data }) => {
  try {
    if (data.id === 0) await begin(data.page);
    postMessage({ id: data.id, answer: data.id ? answer(name, data.kind, data.line, data.text) : "" });
  } catch (error) {
    postMessage({ id: data.id, broken: String(error.message ?? error).trim().split("\n").at(-1) });
  }
};

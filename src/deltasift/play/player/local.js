// Lines are judged in the browser itself: by the checker in a worker, which is loaded with the first line.

const SECONDS = 30; // for a line
const checker = { worker: /** @type {Worker|null} */ (null), ready: /** @type {Promise<any>|null} */ (null), loaded: false, count: 0 };
const waiting = () => (checker.loaded ? "Reading ..." : "Loading the checker, the first time some 40 MB ...");

/** What the worker answers to a message, or that it is late or broken: then it is ended. @param {any} message @param {number} seconds */
function toldByChecker(message, seconds = 0) {
  const { worker } = checker;
  const id = message.page ? 0 : ++checker.count;
  return new Promise((resolve) => {
    const end = (error) => {
      worker.terminate();
      Object.assign(checker, { worker: null, ready: null, loaded: false });
      resolve({ error });
    };
    const late = seconds ? setTimeout(() => end("this takes too long: it is not decided here"), 1000 * seconds) : 0;
    worker.onmessage = ({ data }) => {
      if (data.id !== id) return;
      clearTimeout(late);
      if (data.broken) end(`the checker stopped (${data.broken}): try again`);
      else resolve(data.answer ? JSON.parse(data.answer) : {});
    };
    worker.onerror = () => end("the checker could not be loaded");
    worker.postMessage({ ...message, id });
  });
}

function beginChecker() {
  checker.worker = new Worker(new URL(`${JUDGE}worker.js`, location.href), { type: "module" });
  return toldByChecker({ page: NAME });
}

/** One question at a time: the next one waits. */
let lastAsked = Promise.resolve();

function askJudge(kind, line, text) {
  if (location.protocol === "file:") {
    return { error: "a page from the disk may not load the checker: look at it through a server, such as python -m http.server, or with deltasift play --serve" };
  }
  const asked = lastAsked.then(async () => {
    checker.ready ??= beginChecker();
    const begun = await checker.ready;
    if (begun.error) return begun;
    checker.loaded = true;
    return toldByChecker({ kind, line, text }, SECONDS);
  });
  lastAsked = asked.catch(() => {});
  return asked;
}

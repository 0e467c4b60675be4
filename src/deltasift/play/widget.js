// A player in a notebook: the page in a frame of its own, its step and its numbers shared with Python.

const WORD = "deltasift player 1";

/** @param {{model: any, el: HTMLElement}} given */
function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("title", "A derivation, step by step");
  frame.style.cssText = "width: 100%; border: 0;";
  frame.style.height = `${model.get("height")}px`;
  frame.srcdoc = model.get("html");
  let told = null;
  const state = () => JSON.stringify([model.get("step"), model.get("numbers")]);
  const send = () => {
    if (told === null || state() === told) return;
    frame.contentWindow?.postMessage({ word: WORD, step: model.get("step"), numbers: model.get("numbers") }, "*");
  };
  const heard = (/** @type {MessageEvent} */ e) => {
    if (e.source !== frame.contentWindow || e.data?.word !== WORD) return;
    const first = told === null;
    told = JSON.stringify([e.data.step, e.data.numbers]);
    if (first && (model.get("step") || Object.keys(model.get("numbers")).length)) return send();
    model.set("step", e.data.step);
    model.set("numbers", e.data.numbers);
    model.save_changes();
  };
  addEventListener("message", heard);
  model.on("change:step", send);
  model.on("change:numbers", send);
  el.append(frame);
  return () => removeEventListener("message", heard);
}

export default { render };

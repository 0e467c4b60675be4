// Scrolling through the lines takes the step along: what it computes follows beside them. Nothing scrolls by itself.

const beside = make("div", { role: "region", class: "beside", "aria-label": "The numbers of the line that is read" });
const WIDE_ENOUGH = matchMedia("(min-width: 861px)");

/** Whether the reader has scrolled past the stage, whether it shows an older step, and when a step was chosen last. */
const reading = { past: false, stale: false, chosen: 0, line: 0, seen: 0 };

/** Let the numbers stand where the reader is: in the stage, or beside the lines. */
function place() {
  const away = reading.past && WIDE_ENOUGH.matches;
  const home = away ? beside : stage.querySelector(".data");
  if (result.parentElement !== home && !result.contains(document.activeElement)) {
    stage.style.minHeight = away ? `${stage.offsetHeight}px` : "";
    home.prepend(result);
  }
  if (!reading.past && reading.stale) draw();
}

/** The reader has scrolled to the line that stands in the middle; which observer is told first is not said. */
function reach() {
  const found = walk().findLastIndex((s) => s.line === reading.line);
  if (!reading.past || reading.seen < reading.chosen || found < 0 || found === at.step) return;
  at.step = found;
  at.said = at.quiz = "";
  reading.stale = true;
  drawNumbers();
  markCurrent();
}

/** Watch the lines and the stage; the browser says when one passes, no scroll is listened to or changed. */
function watch() {
  const sections = [...document.querySelectorAll(".proof")];
  if (!sections.length || !("IntersectionObserver" in window)) return;
  const both = make("div", { class: "reading" });
  sections[0].before(both);
  both.append(make("div", {}, ...sections), beside);
  const stageSeen = new IntersectionObserver((found) => {
    const last = found[found.length - 1];
    reading.past = !last.isIntersecting && last.boundingClientRect.bottom < innerHeight / 2;
    place();
    reach();
  }, { rootMargin: "0px 0px -65% 0px" });
  stageSeen.observe(stage);
  const middle = new IntersectionObserver((found) => {
    for (const e of found) if (e.isIntersecting) Object.assign(reading, { line: Number(e.target.getAttribute("data-line")), seen: e.time });
    reach();
  }, { rootMargin: "-40% 0px -55% 0px" });
  for (const li of document.querySelectorAll(".lines > li")) middle.observe(li);
}

// Lines are judged by the server that handed out this page.

const waiting = () => "Reading ...";

async function askJudge(kind, line, text) {
  try {
    const answer = await fetch("/line", { method: "POST", headers: { "Content-Type": "application/json", "X-Token": TOKEN }, body: JSON.stringify({ kind, line, text }) });
    return answer.ok ? await answer.json() : { error: await answer.text() };
  } catch {
    return { error: "the server does not answer: is the command still running?" };
  }
}

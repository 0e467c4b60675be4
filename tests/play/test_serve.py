"""A learner's own next line: how it is read and judged, and that the server answers nobody but its page."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest

from deltasift.check import Report
from deltasift.play.learner import DEEP, LARGE, LONGEST, Learner, answered, structure_of
from deltasift.play.serve import LATE, MOST_BYTES, Server, Worker, server
from hard_answers import greedy, page, slow

FLAGSHIP = "cross_entropy_is_average_nll"


@pytest.fixture(scope="module")
def learner(report: Callable[[str], Report]) -> Learner:
    return Learner(report(FLAGSHIP))


@pytest.mark.parametrize(
    ("line", "text", "verdict"),
    [
        (6, "-1/N*Sum(log(q[y[n]]), n)", "right"),
        (6, "= -Sum(log(q[y[m]])/N, (m, 1, N))", "right"),
        (4, r"-Sum(\hat p[k]*log(q[k]), k)", "right"),
        (6, "-1/N*Sum(log(q[n]), n)", "wrong"),
        (6, "1/N*Sum(log(q[y[n]]), n)", "wrong"),
        (6, "-Sum(log(q[y[n]]), n)", "wrong"),
    ],
)
def test_a_line_is_judged_against_the_line_before(line: int, text: str, verdict: str, learner: Learner) -> None:
    found = learner.answer("check", line, text)
    assert found["verdict"] == verdict
    if verdict == "wrong":
        assert f"line {line - 1}" in found["table"]
        assert found["point"]


def test_what_was_read_is_typeset(learner: Learner) -> None:
    found = learner.answer("read", 6, "-1/N*Sum(log(q[y[n]]), n)")
    assert found["formula"].startswith("<math")
    assert "<munderover" in found["formula"]


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        (6, "__import__('os').system('true')", "column"),
        (6, "", "the text is empty"),
        (6, "a + b", "the page does not declare a, b"),
        (6, "0 < q[1]", "this is a statement"),
        (6, "x" * (LONGEST + 1), f"{LONGEST} are read"),
        (1, "1", "there is no line before line 1"),
        (99, "1", "there is no line before line 99"),
    ],
)
def test_what_is_no_line_is_said_to_be_none(line: int, text: str, said: str, learner: Learner) -> None:
    found = learner.answer("check", line, text)
    assert said in found["error"]
    assert learner.answer("read", line, text) == found


def test_a_line_that_is_no_equality_is_not_judged(report: Callable[[str], Report]) -> None:
    learner = Learner(report("kl_is_constant_plus_nll"))
    assert "no equality" in learner.answer("check", 11, "1")["error"]


@pytest.fixture(scope="module")
def served(report: Callable[[str], Report]) -> Iterator[Server]:
    found = server(FLAGSHIP, report(FLAGSHIP))
    thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()
    found.worker.close()


def asked(served: Server, method: str, path: str, body: str = "", **headers: str | None) -> tuple[int, str]:
    """Return the answer to a request of the page; a header that is None is left out."""
    host = f"127.0.0.1:{served.server_port}"
    usual = {"Host": host, "Origin": f"http://{host}", "X-Token": served.token, "Content-Type": "application/json"}
    given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", served.server_port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value)
    if method == "POST" and "Content_Length" not in headers:
        connection.putheader("Content-Length", str(len(body.encode())))
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


LINE = json.dumps({"kind": "check", "line": 6, "text": "-1/N*Sum(log(q[y[n]]), n)"})


def test_the_page_is_answered(served: Server) -> None:
    assert served.server_address[0] == "127.0.0.1"
    status, page = asked(served, "GET", f"/?{served.token}", Origin=None)
    assert status == 200
    assert "connect-src 'self'" in page
    assert served.token in page
    status, text = asked(served, "POST", "/line", LINE)
    assert status == 200
    assert json.loads(text)["verdict"] == "right"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 404),
        ("GET", "/?wrong", {}, 404),
        ("GET", "/../pyproject.toml?TOKEN", {}, 404),
        ("GET", "/?TOKEN", {"Host": "evil.example"}, 403),
        ("POST", "/line", {"Host": "evil.example"}, 403),
        ("POST", "/line", {"Host": None}, 403),
        ("POST", "/line", {"Origin": "http://evil.example"}, 403),
        ("POST", "/line", {"Origin": "null"}, 403),
        ("POST", "/line", {"Origin": None}, 403),
        ("POST", "/line", {"X_Token": "wrong"}, 404),
        ("POST", "/line", {"X_Token": None}, 404),
        ("POST", "/other", {}, 404),
        ("POST", "/line", {"Content_Type": "text/plain"}, 400),
        ("POST", "/line", {"Content_Length": "-1"}, 400),
        ("POST", "/line", {"Content_Length": str(MOST_BYTES + 1)}, 413),
        ("PUT", "/line", {}, 501),
    ],
)
def test_others_are_not_answered(
    method: str, path: str, headers: dict[str, str | None], status: int, served: Server
) -> None:
    found, text = asked(served, method, path.replace("TOKEN", served.token), LINE, **headers)
    assert found == status
    assert served.token not in text


@pytest.mark.parametrize(
    "body", ["", "[]", "{", "[" * 4000, '{"kind": "check", "line": true, "text": "1"}', '{"kind": 1}']
)
def test_what_the_page_does_not_send_is_refused(body: str, served: Server) -> None:
    assert asked(served, "POST", "/line", body)[0] == 400


def test_what_takes_too_long_is_ended_and_the_next_line_has_a_process() -> None:
    worker = Worker(slow)
    try:
        first = worker.process
        assert worker.connection.poll(60), "the page is read"
        worker.seconds = 0.2
        assert json.loads(worker.ask("check", 2, "1")) == {"error": LATE}
        assert not first.is_alive()
        assert worker.process.is_alive()
    finally:
        worker.close()


def test_what_needs_too_much_memory_is_said_to_and_the_next_line_is_answered() -> None:
    worker = Worker(greedy)
    try:
        first = worker.process
        for _ in range(2):
            assert json.loads(worker.ask("check", 2, "1")) == {"error": LARGE}
        assert worker.process is first
    finally:
        worker.close()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="there are no such signals")
def test_ctrl_c_is_not_for_the_process_that_judges(capfd: pytest.CaptureFixture[str]) -> None:
    """Not even before it has read the page: a terminal sends it to all."""
    worker = Worker(page)
    try:
        assert worker.process.pid is not None
        os.kill(worker.process.pid, signal.SIGINT)
        assert worker.connection.poll(60)
        assert worker.connection.recv() == "ready"
    finally:
        worker.close()
    assert capfd.readouterr().err == ""


def test_a_process_that_cannot_read_its_page_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Worker(partial(structure_of, "no_such_page.py"))
    try:
        with pytest.raises(EOFError):
            worker.connection.recv()
    finally:
        worker.close()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("text", ["/".join(["N"] * 900), "(" * 990 + "1" + ")" * 990, "-" * 1990 + "1"])
def test_a_strange_line_has_an_answer(text: str, learner: Learner) -> None:
    found = json.loads(answered(learner, "check", 6, text))
    assert found.get("error") == DEEP or found["verdict"] == "wrong"


@pytest.mark.browser
def test_a_line_is_written_and_judged_in_the_browser(served: Server, browser: Any) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text))
    page.goto(f"{served.address}#line-5")
    page.locator("#own").fill("-1/N*Sum(log(q[n]), n)")
    page.locator("#own-judge").click()
    page.locator(".own .verdict-wrong").wait_for()
    said = page.locator("#own-said")
    assert said.locator("math").count() > 1
    assert said.inner_text().index("It was read as") < said.inner_text().index("It does not follow")
    assert said.locator("table tr").count() >= 3
    page.locator("#own").fill("-1/N*Sum(log(q[y[n]]), n)")
    page.locator("#own").press("Enter")
    page.locator(".own .verdict-right").wait_for()
    assert refused == []
    page.context.close()


# What was started in the background ignores Ctrl-C; a command of its own, since Python's forks warn beside JAX.
HEEDS = ("env", "--default-signal=INT")


def test_the_command_serves_until_it_is_stopped() -> None:
    command = [*HEEDS, sys.executable, "-m", "deltasift", "play", "average_or_sum", "--serve"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as done:
        try:
            assert done.stdout is not None
            lines = [done.stdout.readline() for _ in range(3)]
            done.send_signal(signal.SIGINT)
            _, errors = done.communicate(timeout=60)
        finally:
            done.kill()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?[\w-]+\n", lines[1])
    assert done.returncode == 130
    assert errors == "deltasift: stopped\n"

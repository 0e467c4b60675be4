"""A page that answers: served to this machine alone, so that a learner's own next line is judged.

Whoever asks must come from the page itself: the address is the loopback's, its name and the origin of a request are
compared, and each request carries a token that only the page knows. What is asked is bounded in size, and answered by
a process of its own, whose memory is bounded, and which is ended and begun anew where it takes too long.
"""

from __future__ import annotations

import json
import multiprocessing
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import resource_tracker
from threading import Lock
from typing import Any

from deltasift.check import Report
from deltasift.inert.notation import Notation
from deltasift.play.assemble import play
from deltasift.play.learner import structure_of, work

HOST = "127.0.0.1"
MOST_BYTES = 8_000  # of a request
SECONDS = 20.0  # for an answer
PATIENCE = 10.0  # seconds for a request to arrive
BUSY = "too many lines at a time: try again"
EARLY = "the page is still being read: try again"
LATE = "this takes too long: it is not decided here"


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let what is begun here never see Ctrl-C, which a terminal sends to all: who began it ends it."""
    if not hasattr(signal, "pthread_sigmask"):  # as under Windows
        yield
        return
    resource_tracker.ensure_running()  # which lets Ctrl-C in again where it is begun
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Worker:
    """A process that answers, begun anew where it takes too long."""

    def __init__(self, make: Callable[[], Report], seconds: float = SECONDS) -> None:
        self.make = make
        self.seconds = seconds
        self.lock = Lock()
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=work, args=(self.make, other), daemon=True)
        with _without_interrupts():
            self.process.start()
        other.close()
        self.ready = False

    def ask(self, kind: str, number: int, text: str) -> str:
        """Return the answer as JSON; one question at a time."""
        if not self.lock.acquire(timeout=self.seconds):
            return json.dumps({"error": BUSY})
        try:
            return self._ask(kind, number, text)
        except (EOFError, OSError):
            self._end()
            self._begin()
            return json.dumps({"error": "the judge stopped, and is begun anew: try again"})
        finally:
            self.lock.release()

    def _ask(self, kind: str, number: int, text: str) -> str:
        if not self.ready:
            if not self.connection.poll(self.seconds):
                return json.dumps({"error": EARLY})
            self.ready = self.connection.recv() == "ready"
        self.connection.send((kind, number, text))
        if self.connection.poll(self.seconds):
            return str(self.connection.recv())
        self._end()
        self._begin()
        return json.dumps({"error": LATE})

    def _end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.connection.close()

    def close(self) -> None:
        self._end()


class Handler(BaseHTTPRequestHandler):
    """Answers requests of the page that the server hands out, and no others."""

    server: Server
    timeout = PATIENCE
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        path, _, token = self.path.partition("?")
        if not self._is_here():
            self._send(403, "text/plain", "this is not the address of the page")
        elif path != "/" or not self.server.knows(token):
            self._send(404, "text/plain", "open the address that the command printed")
        else:
            self._send(200, "text/html", self.server.page)

    def do_POST(self) -> None:
        if not self._is_here() or self.headers.get("Origin") not in self.server.origins:
            self._send(403, "text/plain", "this is not the page")
        elif self.path != "/line" or not self.server.knows(self.headers.get("X-Token") or ""):
            self._send(404, "text/plain", "there is no such thing")
        else:
            self._answer()

    def _answer(self) -> None:
        length = self.headers.get("Content-Length") or ""
        if not (length.isascii() and length.isdigit()) or self.headers.get("Content-Type") != "application/json":
            self._send(400, "text/plain", "a line is JSON of a known length")
        elif int(length) > MOST_BYTES:
            self._send(413, "text/plain", f"a line has at most {MOST_BYTES} bytes")
        else:
            asked = _question(self.rfile.read(int(length)))
            if asked is None:
                self._send(400, "text/plain", "a line is a kind, a number and a text")
            else:
                self._send(200, "application/json", self.server.worker.ask(*asked))

    def _is_here(self) -> bool:
        """Whether the address by which it was asked for is that of this machine: another name may lead here, too."""
        return self.headers.get("Host") in self.server.hosts

    def _send(self, code: int, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(code)
        headers = {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
        }
        headers |= {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
        headers |= {"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: a terminal is not for what others send."""

    def version_string(self) -> str:
        return "deltasift"


class Server(ThreadingHTTPServer):
    """Hands out one page, and answers what is asked from it.

    Attributes
    ----------
    address : str
        What to open in a browser; the token in it is new each time.
    """

    daemon_threads = True

    def __init__(self, page: str, worker: Worker, token: str, port: int = 0) -> None:
        super().__init__((HOST, port), Handler)
        self.page = page
        self.worker = worker
        self.token = token
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        self.origins = {f"http://{host}" for host in self.hosts}
        self.address = f"http://{HOST}:{self.server_port}/?{token}"

    def knows(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self.token.encode())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: who asks and goes away is no error of the page."""


def server(name: str, report: Report, notation: Notation | None = None, port: int = 0) -> Server:
    """Return a server of a page, listening on this machine alone.

    Parameters
    ----------
    name : str
        The page, by name or path; the process that answers reads it anew.
    report : Report
        What is shown.
    notation : Notation, optional
    port : int
        A free one without it.

    Raises
    ------
    OSError
        If the port is taken.
    """
    token = secrets.token_urlsafe(24)
    worker = Worker(partial(structure_of, name))
    try:
        return Server(play(report, notation, token=token), worker, token, port)
    except OSError:
        worker.close()
        raise


def _question(data: bytes) -> tuple[str, int, str] | None:
    """Return what is asked, None where it is not of the form that the page sends."""
    try:
        asked = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict):
        return None
    kind, number, text = asked.get("kind"), asked.get("line"), asked.get("text")
    if kind in ("read", "check") and type(number) is int and isinstance(text, str):
        return kind, number, text
    return None

"""Pages are checked on a cluster with the verdicts that they have here, also where a worker dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deltasift.many import Asked, looked_at

pytest.importorskip("distributed")

RIGHT = ("sum_without_one_term", "gaussian_score")
WRONG = str(Path(__file__).parent / "wrong" / "sign.py")
SECONDS = 60.0
# A page that says who looks at it, and takes its time where nobody has looked before.
SLOW = """import os, time
from pathlib import Path

from deltasift import Equality, Sum, calc, delta, index, sizes, step
from deltasift.rules import sum_delta

looked = Path({looked!r})
with looked.open("a") as file:
    file.write(f"{{os.getpid()}}\\n")
if len(looked.read_text().splitlines()) == 1:
    time.sleep(600)
K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
claim = Equality(Sum(delta(j, k), j), 1)
proof = calc(Sum(delta(j, k), j), step(1, by=sum_delta))
"""


class Cluster:
    """A scheduler and workers on this machine, each a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.said))
        while not self.said.is_file():
            time.sleep(0.05)
        self.address = str(json.loads(self.said.read_text())["address"])

    def _run(self, what: str, *arguments: str) -> int:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *arguments]
        env = {**os.environ, "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "spawn"}
        quiet = subprocess.DEVNULL
        self.processes.append(subprocess.Popen(command, cwd=self.folder, env=env, stdout=quiet, stderr=quiet))
        return self.processes[-1].pid

    def worker(self) -> int:
        where = ("--host", "127.0.0.1", "--local-directory", str(self.folder))
        return self._run("worker", self.address, "--no-nanny", "--nthreads", "1", *where)

    def check(self, *pages: str) -> Any:
        """Start `deltasift check` on the cluster."""
        command = [sys.executable, "-m", "deltasift", "check", "--scheduler", self.address, "--no-cache", "--json"]
        pipe = subprocess.PIPE
        return subprocess.Popen([*command, *pages], stdout=pipe, stderr=pipe, text=True)

    def end(self, *processes: subprocess.Popen[bytes]) -> None:
        for process in processes:
            process.kill()
            process.wait()
            self.processes.remove(process)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield made
    finally:
        made.end(*made.processes)


@pytest.fixture
def cluster(scheduler: Cluster) -> Iterator[Cluster]:
    """Yield the cluster, which has no workers yet."""
    yield scheduler
    scheduler.end(*list(scheduler.processes)[1:])


def verdicts(started: Any) -> list[dict[str, Any]]:
    out, err = started.communicate(timeout=SECONDS)
    assert err == ""
    return list(json.loads(out)["pages"])


def looking(file: Path) -> int:
    """Return which process looks at the slow page, once one does."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if file.is_file() and file.read_text().endswith("\n"):
            return int(file.read_text())
        time.sleep(0.05)
    raise AssertionError("no worker has begun")


def slow(folder: Path) -> tuple[str, Path]:
    page, looked = folder / "slow.py", folder / "looked"
    page.write_text(SLOW.format(looked=str(looked)))
    return str(page), looked


def test_verdicts_of_two_workers_are_those_of_one_process(cluster: Cluster, tmp_path: Path) -> None:
    for _ in range(2):
        cluster.worker()
    pages = [*RIGHT, WRONG, str(tmp_path / "missing.py")]
    found = verdicts(cluster.check(*pages))
    assert found == [looked_at(page, Asked())[0] for page in pages]


def test_a_worker_that_is_killed_loses_no_verdict(cluster: Cluster, tmp_path: Path) -> None:
    workers = {cluster.worker(), cluster.worker()}
    page, looked = slow(tmp_path)
    started = cluster.check(RIGHT[0], page, RIGHT[1])
    victim = looking(looked)
    assert victim in workers
    os.kill(victim, signal.SIGKILL)
    found = verdicts(started)
    assert [v["page"] for v in found] == [RIGHT[0], page, RIGHT[1]]
    assert [v["ok"] for v in found] == [True, True, True]
    first, second = map(int, looked.read_text().split())
    assert {first, second} == workers


def test_what_no_worker_is_left_for_is_looked_at_here(cluster: Cluster) -> None:
    assert [v["ok"] for v in verdicts(cluster.check(*RIGHT))] == [True, True]


def test_a_scheduler_that_does_not_answer_is_said_in_a_line() -> None:
    # in a process of its own: what is left of a client may speak when that ends
    command = [sys.executable, "-m", "deltasift", "check", RIGHT[0], "--no-cache", "--scheduler", "nowhere"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "deltasift: no scheduler answers at nowhere: missing port number in address 'nowhere'\n"


def test_a_worker_with_other_pages_declines(tmp_path: Path) -> None:
    from deltasift.cluster import DECLINED, fingerprint, look_on_a_worker

    page = str(tmp_path / "page.py")
    Path(page).write_text("claim = 1\n")
    assert look_on_a_worker(Asked(), "other", RIGHT[0], "")["unusable"] == DECLINED
    assert look_on_a_worker(Asked(), fingerprint(), page, "00")["unusable"] == DECLINED

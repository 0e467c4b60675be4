"""Checking pages on a cluster of Dask workers, each page by one of them.

The workers have to have the same code and the same pages: a task says which, and a worker with others declines. One
that dies leaves its pages to the rest; what nobody is left for is looked at here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from deltasift.catalogue import folder
from deltasift.errors import DeltasiftError, PageError, one_line
from deltasift.many import Asked, Verdict, apart, kept_verdict, looked_at
from deltasift.pages import file_of
from deltasift.verdicts import PACKAGE, code_digest, digest, versions

CONNECTING = 10.0  # seconds for the scheduler to answer
PATIENCE = 5.0  # seconds between two looks at whether a worker is left
NO_DASK = "what listens there does not speak Dask's language"
DECLINED = "a worker of the cluster has other code or other pages than this deltasift"
_one_at_a_time = threading.Lock()  # reading a page is a matter of the whole process


def over_cluster(pages: Sequence[str], address: str, asked: Asked) -> Iterator[Verdict]:
    """Yield the verdicts on pages in their order, from the workers of a cluster.

    Parameters
    ----------
    pages : sequence of str
        Names of the catalogue, or paths that lead to the same files on the workers.
    address : str
        Of the scheduler, such as `tcp://127.0.0.1:8786`.
    asked : Asked

    Raises
    ------
    PageError
        If dask.distributed is not installed, the scheduler does not answer, or the workers cannot run the task.
    """
    known = {page: kept_verdict(page, asked) for page in pages}
    waiting = [page for page in dict.fromkeys(pages) if known[page] is None]
    answers = _answers(waiting, address, asked) if waiting else iter(())
    for page in pages:
        verdict = known[page]
        if verdict is None:
            verdict = known[page] = {**next(answers), "page": one_line(page)}
        yield verdict


def _answers(pages: Sequence[str], address: str, asked: Asked) -> Iterator[Verdict]:
    client = _client(address)
    try:
        look = partial(look_on_a_worker, asked, fingerprint())
        futures = [client.submit(look, *_task(page), pure=False) for page in pages]
        for page, future in zip(pages, futures, strict=True):
            yield _answer(client, future, page, asked)
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.comm import connect
    except ImportError:
        raise PageError("a cluster needs dask.distributed: pip install 'deltasift[dask]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is said here, and once

    async def knock() -> None:
        comm = await asyncio.wait_for(connect(address, timeout=CONNECTING), 2 * CONNECTING)
        comm.abort()

    try:
        asyncio.run(knock())  # a client that nobody answers prints its own end when the process ends
        return Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise PageError(f"no scheduler answers at {address}: {one_line(str(error)) or NO_DASK}") from None


def _answer(client: Any, future: Any, page: str, asked: Asked) -> Verdict:
    """Wait for a verdict; where no worker is left for it, look here."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    while True:
        try:
            verdict: Verdict = future.result(timeout=PATIENCE)
            return verdict
        except TimeoutError:
            if _has_workers(client):
                continue
            return apart(page, asked)
        except (KilledWorker, CancelledError, CommClosedError):
            return apart(page, asked)
        except Exception as error:  # whatever a worker's Python makes of it
            raise PageError(f"the cluster cannot check: {one_line(f'{type(error).__name__}: {error}')}") from None


def _has_workers(client: Any) -> bool:
    try:
        return client.status == "running" and bool(client.scheduler_info()["workers"])
    except OSError:
        return False


def _task(page: str) -> tuple[str, str]:
    """Return a page as the workers are asked for it, and what its file has to be."""
    try:
        path = file_of(page)
        place = page if page == path.stem else str(path.resolve())
        return place, (digest(path) or b"").hex()
    except (DeltasiftError, OSError, ValueError):
        return page, ""


def fingerprint() -> str:
    """Return what tells this deltasift, its catalogue and what it computes with from others."""
    pages = {f.relative_to(folder()).as_posix(): (digest(f) or b"").hex() for f in sorted(folder().rglob("*.py"))}
    return sha256(json.dumps([code_digest(PACKAGE), pages, versions()]).encode()).hexdigest()


def look_on_a_worker(asked: Asked, wanted: str, page: str, content: str) -> Verdict:
    """Return the verdict on a page; without one where this worker is not like the one who asks."""
    with _one_at_a_time:
        if wanted != fingerprint() or _task(page)[1] != content:
            return {"page": page, "ok": False, "unusable": DECLINED}
        return looked_at(page, asked)[0]

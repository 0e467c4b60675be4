"""What all tests share: the golden files' flag, the tests that need TeX, and reproducible Hypothesis runs."""

from __future__ import annotations

import gc
import os
import shutil
from uuid import uuid4

import pytest
from hypothesis import settings

import checked

pytest_plugins = ["pytester"]
collect_ignore = ["wrong"]  # pages that are wrong on purpose: data of tests

settings.register_profile("deterministic", derandomize=True, deadline=None, database=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "deterministic"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def reports_are_shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the workers of a run read of each other what they have checked."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "reports"
    folder.mkdir(exist_ok=True)
    checked.RUN.append(folder)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was loaded and collected, which stays until the end."""
    gc.freeze()


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def nothing_is_kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test have a cache of its own, which is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache" / uuid4().hex))


def _need_tex() -> None:
    for program in ("pdflatex", "pdftotext"):
        if shutil.which(program) is None:
            if os.environ.get("DELTASIFT_REQUIRE_TEX"):
                pytest.fail(f"{program} is not installed, and DELTASIFT_REQUIRE_TEX asks for it", pytrace=False)
            pytest.skip(f"{program} is not installed")


@pytest.fixture
def requires_tex() -> None:
    """Skip the test where there is no TeX, or fail it where DELTASIFT_REQUIRE_TEX is set."""
    _need_tex()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Treat the marker `tex` like the fixture `requires_tex`."""
    if item.get_closest_marker("tex") is not None:
        _need_tex()

"""A verdict that was kept is taken where nothing has changed, and never where anything has."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from deltasift import verdicts
from deltasift.errors import DeltasiftError
from deltasift.many import Asked, looked_at, over_processes

ASKED = {"seed": "", "thorough": False, "strict": False}
RIGHT = '''"""A delta counts once."""

from deltasift import Equality, Sum, calc, delta, index, sizes, step
from deltasift.rules import sum_delta

K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
claim = Equality(Sum(delta(j, k), j), 1)
proof = calc(Sum(delta(j, k), j), step(1, by=sum_delta))
'''
USING = """from deltasift import Equality, Sum, calc, delta, index, known, sizes, step

K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
claim = Equality(Sum(delta(j, k), j), 1)
proof = calc(Sum(delta(j, k), j), step(1, by=known({used!r})))
"""
VERDICT = {"ok": True, "lines": 2, "assumed": [], "problems": [], "grades": {"rule": 1}}
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def settled(monkeypatch: Patch) -> None:
    """Let the code be as old as it would be for a user."""
    monkeypatch.setattr(verdicts, "is_settled", lambda: True)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "counts_once.py"
    file.write_text(RIGHT)
    return file.resolve()


def keep(page: Path, asked: dict[str, Any] = ASKED, files: dict[Path, bytes | None] | None = None) -> Path:
    """Keep a verdict, and return its file."""
    place = verdicts.slot(page, asked)
    place.keep(files or {}, VERDICT)
    assert place.place is not None
    return place.place


def found(page: Path, asked: dict[str, Any] = ASKED) -> dict[str, Any] | None:
    return verdicts.slot(page, asked).found()


def test_what_has_not_changed_has_its_verdict(page: Path) -> None:
    assert found(page) is None
    keep(page)
    assert found(page) == VERDICT


def other_version(name: str) -> Callable[[Patch], None]:
    def change(monkeypatch: Patch) -> None:
        known = verdicts._version
        monkeypatch.setattr(verdicts, "_version", lambda asked: "99" if asked == name else known(asked))

    return change


def other_python(monkeypatch: Patch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: "3.99")


def other_layers(monkeypatch: Patch) -> None:
    monkeypatch.setattr(verdicts, "LAYERS", ("structure",))


def other_setting(monkeypatch: Patch) -> None:
    monkeypatch.setenv("SYMPY_GROUND_TYPES", "other")


def other_format(monkeypatch: Patch) -> None:
    monkeypatch.setattr(verdicts, "FORMAT", 0)


@pytest.mark.parametrize(
    "change",
    [
        *(pytest.param(other_version(n), id=n) for n in ("deltasift", "sympy", "mpmath", "python-flint", "z3-solver")),
        other_python,
        other_layers,
        other_setting,
        other_format,
    ],
)
def test_other_surroundings_have_no_verdict(page: Path, change: Callable[[Patch], None]) -> None:
    keep(page)
    with pytest.MonkeyPatch.context() as changed:
        change(changed)
        assert found(page) is None
    assert found(page) == VERDICT


@pytest.mark.parametrize("asked", [{"seed": "7"}, {"thorough": True}, {"strict": True}])
def test_what_is_asked_otherwise_has_no_verdict(page: Path, asked: dict[str, Any]) -> None:
    keep(page)
    assert found(page, {**ASKED, **asked}) is None


def test_other_content_has_no_verdict_and_the_same_again_has(page: Path) -> None:
    keep(page)
    page.write_text(RIGHT.replace("step(1,", "step(2,"))
    assert found(page) is None
    page.write_text(RIGHT)
    assert found(page) == VERDICT


def test_the_same_content_elsewhere_has_no_verdict(page: Path) -> None:
    keep(page)
    other = page.with_name("other.py")
    other.write_text(RIGHT)
    assert found(other) is None


def test_other_code_of_a_rule_has_no_verdict(page: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    rules = tmp_path / "package" / "rules" / "sums.py"
    rules.parent.mkdir(parents=True)
    rules.write_text("lo <= a\n")
    monkeypatch.setattr(verdicts, "PACKAGE", tmp_path / "package")
    keep(page)
    verdicts.code_digest.cache_clear()
    assert found(page) == VERDICT
    rules.write_text("lo < a\n")
    verdicts.code_digest.cache_clear()
    assert found(page) is None


def test_a_change_of_a_page_that_is_used_is_seen(page: Path, tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text(USING.format(used=str(page)))
    asked = Asked(kept=True)
    assert looked_at(str(user), asked)[0]["ok"]
    assert looked_at(str(user), asked)[1] is None  # there is no report of what was not looked at
    page.write_text(RIGHT.replace("step(1,", "step(2,"))
    verdict, _ = looked_at(str(user), asked)
    assert "unusable" in verdict
    page.unlink()
    assert "unusable" in looked_at(str(user), asked)[0]


def test_a_page_that_is_used_by_a_path_from_here_is_another_one_elsewhere(
    page: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    keep(page, files={(other := tmp_path / "other.py"): None})
    assert found(page) is None  # it cannot be read
    other.write_text(RIGHT)
    monkeypatch.chdir(tmp_path)
    keep(page, files={other: verdicts.digest(other)})
    assert found(page) == VERDICT
    monkeypatch.chdir(tmp_path.parent)
    assert found(page) is None


def test_a_name_of_the_catalogue_that_means_another_page_is_seen(
    page: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    first, second = tmp_path / "b" / "used.py", tmp_path / "a" / "used.py"
    for file in (first, second):
        file.parent.mkdir()
    first.write_text(RIGHT)
    monkeypatch.setattr(verdicts, "folder", lambda: tmp_path)
    monkeypatch.setattr(verdicts, "page_path", lambda name: second if second.exists() else first)
    keep(page, files={first: verdicts.digest(first)})
    assert found(page) == VERDICT
    second.write_text(RIGHT)
    assert found(page) is None


def test_what_is_written_while_it_is_looked_at_is_not_kept(page: Path) -> None:
    place = verdicts.slot(page, ASKED)
    page.write_text(RIGHT + "\n")
    place.keep({}, VERDICT)
    assert place.place is not None
    assert not place.place.exists()


def test_a_page_that_is_wrong_is_not_kept(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(RIGHT.replace("step(1,", "step(2,"))
    for _ in range(2):
        verdict, report = looked_at(str(wrong), Asked(kept=True))
        assert not verdict["ok"]
        assert report is not None


def test_code_that_was_written_since_the_process_began_keeps_nothing(
    page: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.undo()
    package = tmp_path / "package"
    package.mkdir()
    rules = package / "rules.py"
    rules.write_text("")
    assert not verdicts.is_settled(package)
    os.utime(rules, (0, 0))
    assert verdicts.is_settled(package)


@pytest.mark.parametrize(
    "line",
    [
        "import helpers",
        "from .helpers import x",
        "import os",
        "import numpy",
        "from deltasift.pages import load_file",
        "from deltasift import load",
        "import deltasift\nx = deltasift.load",
        "x = open('data')",
        "x = __import__('os')",
        "x = ().__class__",
        "x = __file__",
        "x = getattr(1, 'real')",
        "def f(:",
    ],
)
def test_a_page_that_may_read_what_nobody_notes_is_not_kept(page: Path, line: str) -> None:
    page.write_text(f"{RIGHT}\n{line}\n")
    keep(page)
    assert found(page) is None


def _damaged(file: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(file.read_text())
    file.write_text(json.dumps(change(data)))


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-9]),
        lambda file: file.write_bytes(b"\xff" * 100),
        lambda file: file.write_bytes(b"[" * 100_000),
        lambda file: file.write_bytes(b" " * (verdicts.LARGEST + 1)),
        lambda file: _damaged(file, lambda data: []),
        lambda file: _damaged(file, lambda data: {**data, "body": {**data["body"], "verdict": {"ok": True}}}),
        lambda file: file.write_text(file.read_text().replace('"lines": 2', '"lines": 3')),
        lambda file: _damaged(file, lambda data: {"sum": verdicts._sum({"made": 1}), "body": {"made": 1}}),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_what_is_damaged_is_no_verdict(page: Path, damage: Callable[[Path], Any]) -> None:
    damage(keep(page))
    assert found(page) is None


def test_a_verdict_of_another_page_that_was_put_in_its_place_is_none(page: Path) -> None:
    first = keep(page)
    other = page.with_name("other.py")
    other.write_text(RIGHT)
    second = keep(other)
    second.write_bytes(first.read_bytes())
    assert found(other) is None


def test_many_may_write_the_same_verdict_at_once(page: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        places = set(pool.map(lambda _: keep(page), range(40)))
    assert found(page) == VERDICT
    (place,) = places
    assert list(place.parent.iterdir()) == [place]


def test_there_are_only_so_many_and_the_least_recently_used_go(page: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(verdicts, "MOST", 3)
    for n in range(3):
        place = keep(page, {**ASKED, "seed": str(n)})
        os.utime(place, (1000 + n, 1000 + n))
    assert found(page, {**ASKED, "seed": "0"}) == VERDICT  # now it is the most recently used
    keep(page, {**ASKED, "seed": "3"})
    there = [found(page, {**ASKED, "seed": str(n)}) is not None for n in range(4)]
    assert there == [True, False, True, True]


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(
    page: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep(page)
    assert found(page) is None


@pytest.mark.parametrize("said", ["", "relative/folder"])
def test_without_a_folder_of_its_own_it_is_in_the_home(said: str, monkeypatch: Patch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", said)
    assert verdicts.cache_folder() == Path.home() / ".cache" / "deltasift" / "verdicts"


def test_over_processes_only_the_rest_is_looked_at(page: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    keep(page)
    missing = str(tmp_path / "missing.py")
    found = list(over_processes([str(page), str(page)], 2, Asked(kept=True)))
    assert [v["lines"] for v in found] == [2, 2]
    verdict, _ = looked_at(missing, Asked(kept=True))
    assert verdict["unusable"].startswith("there is no file")
    with pytest.raises(DeltasiftError):
        verdicts.page_path("missing")

"""Pages are checked over processes with the verdicts that they have one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift.cli import main
from deltasift.many import Asked, exit_code, in_words, looked_at, over_processes
from deltasift.pages import checked

RIGHT = "sum_without_one_term"
WRONG = str(Path(__file__).parent / "wrong" / "sign.py")
TRUE = """from deltasift import Equality, calc, index, sizes, step
from deltasift.rules import arithmetic

K = sizes("K")
k = index("k", 1, K)
claim = Equality(k + k, 2 * k)
proof = calc(k + k, step(2 * k, by=arithmetic))
"""
ENDS = """import os

os._exit(3)
"""


def test_verdicts_over_processes_are_those_of_one(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.py")
    pages = [RIGHT, WRONG, missing]
    found = list(over_processes(pages, 2, Asked()))
    assert found == [looked_at(page, Asked())[0] for page in pages]
    assert [exit_code(v) for v in found] == [0, 1, 2]
    assert in_words(found[0]) == "ok, 4 lines"
    assert in_words(found[1]).startswith("wrong, ")
    assert in_words(found[2]).startswith("unusable: there is no file")


def test_a_process_that_ends_takes_no_other_verdict_with_it(tmp_path: Path) -> None:
    ends = tmp_path / "ends.py"
    ends.write_text(ENDS)
    first, second, third = over_processes([RIGHT, str(ends), "gaussian_score"], 2, Asked())
    assert first["ok"]
    assert second["unusable"] == "the process that looked at it ended"
    assert third["ok"]


def test_a_page_that_another_one_uses_is_checked_once_until_it_changes(tmp_path: Path) -> None:
    used, user = tmp_path / "used.py", tmp_path / "user.py"
    used.write_text(TRUE)
    user.write_text(f"from deltasift.pages import known\n\nproved = known({str(used)!r})\n{TRUE}")
    assert looked_at(str(user), Asked())[0]["ok"]
    kept = checked(used)
    verdict, report = looked_at(str(used), Asked())
    assert verdict["ok"]
    assert report is kept
    used.write_text(TRUE.replace("2 * k", "3 * k"))
    assert not looked_at(str(used), Asked())[0]["ok"]
    assert "is wrong" in looked_at(str(user), Asked())[0]["unusable"]


def test_the_command_says_the_same_and_exits_with_the_worst(capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for jobs in ("1", "2"):
        with pytest.raises(SystemExit) as ended:
            main(["check", "-j", jobs, RIGHT, WRONG])
        assert ended.value.code == 1
        said[jobs] = capsys.readouterr().out
    assert said["1"] == said["2"]
    assert f"{RIGHT} " in said["1"]

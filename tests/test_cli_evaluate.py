"""`deltasift evaluate`: the table, the JSON, and one line for every file that does not fit."""

from __future__ import annotations

import contextlib
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deltasift.cli import main
from deltasift.emit.files import read_npz
from deltasift.errors import DataError
from deltasift.pages import load

PAGE = "cross_entropy_is_average_nll"
ROWS = "classification_loss_is_average_nll"
GOOD: dict[str, Any] = {"y": np.array([0, 2, 2, 1]), "q": np.array([0.2, 0.3, 0.5])}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", *arguments])
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    def save(**arrays: Any) -> str:
        np.savez(tmp_path / "data.npz", **arrays)
        return str(tmp_path / "data.npz")

    return save


def test_the_table_has_a_row_a_line(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, out, err = run(capsys, PAGE, "--data", saved(**GOOD))
    assert (code, err) == (0, "")
    rows = [row.split() for row in out.splitlines() if row.strip()[:1].isdigit()]
    assert [row[0] for row in rows] == list("1234567")
    assert all(row[1].startswith("1.04992626") for row in rows)
    assert "N·K = 12" in out
    assert "K = 3, N = 4; labels from 0" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_json_has_the_same(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, out, _ = run(capsys, PAGE, "--data", saved(**GOOD), "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["sizes"] == {"K": 3, "N": 4}
    assert [x["number"] for x in found["lines"]] == [1, 2, 3, 4, 5, 6, 7]
    assert found["lines"][5]["largest"] == ["N"]
    assert found["lines"][5]["value"] == pytest.approx(1.0499262694699818)
    assert found["lines"][5]["peak"] > 0


def test_labels_may_start_from_one(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    path = saved(**GOOD | {"y": GOOD["y"] + 1})
    code, out, _ = run(capsys, PAGE, "--data", path, "--labels-from", "1")
    assert code == 0
    assert "1.04992626" in out
    code, _, err = run(capsys, PAGE, "--data", path)
    assert code == 2
    assert "y[1] is 3, and the labels are 0..2; labels that start from 1 need labels_from=1 (--labels-from 1)" in err


def test_arrays_that_the_page_does_not_have_are_named(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, _, err = run(capsys, PAGE, "--data", saved(**GOOD, weights=np.ones(3)))
    assert code == 0
    assert "has no weights" in err


TWO = np.array([[0.5, 0.5], [0.25, 0.7]])


@pytest.mark.parametrize(
    ("page", "arrays", "message"),
    [
        (PAGE, {"q": np.array([0.2, 0.3, 0.6])}, "q sums to 1.1, not to 1"),
        (PAGE, {"q": np.array([0.2, np.nan, 0.5])}, "q[1] is nan"),
        (PAGE, {"q": np.array([0.2, np.inf, 0.5])}, "q[1] is inf"),
        (PAGE, {"q": np.array([0.5, 0.0, 0.5])}, "q[1] is 0.0, and a probability here is positive"),
        (PAGE, {"q": np.array([["a", "b"]])}, "q[0, 0] is 'a', which is no real number"),
        (PAGE, {"q": np.array([0.5 + 1j, 0.5])}, "q[0] is (0.5+1j), which is no real number"),
        (PAGE, {"q": np.array([True, False])}, "q[0] is True, which is no real number"),
        (PAGE, {"q": np.array(1.0)}, "q has 0 axes, and needs 1"),
        (PAGE, {"q": np.array([[0.5, 0.5]])}, "q has more than 1 axes: its shape is (1, 2)"),
        (PAGE, {"q": np.zeros((0,))}, "K would be 0 (axis 0 of q has length 0): a size is at least 1"),
        (PAGE, {"y": np.array([0, -1])}, "y[1] is -1, and the labels are 0..2"),
        (PAGE, {"y": np.array([0.0, 1.5])}, "y[1] is 1.5, and a label is an integer"),
        (PAGE, {"q": None}, "q in"),
        (PAGE, {"N": np.array(7)}, "N would be"),
        (ROWS, {"q": TWO, "y": np.array([0, 1])}, "row 1 of q sums to 0.95, not to 1"),
        (ROWS, {"q": TWO, "y": np.array([0, 1, 1])}, "N would be"),
    ],
    ids=str,
)
def test_data_that_do_not_fit_are_one_line(
    capsys: pytest.CaptureFixture[str], saved: Any, page: str, arrays: dict[str, Any], message: str
) -> None:
    code, out, err = run(capsys, page, "--data", saved(**GOOD | arrays))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err


@pytest.mark.parametrize(("missing", "message"), [("y", "labels y is missing"), ("q", "K follows from no array")])
def test_missing_arrays_are_named(capsys: pytest.CaptureFixture[str], saved: Any, missing: str, message: str) -> None:
    code, _, err = run(capsys, PAGE, "--data", saved(**{k: v for k, v in GOOD.items() if k != missing}))
    assert code == 2
    assert message in err or "follows from no array" in err
    assert err.count("\n") == 1


def test_files_that_are_none_are_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text, one, cut = tmp_path / "text.npz", tmp_path / "one.npy", tmp_path / "cut.npz"
    text.write_text("y = 1", encoding="utf-8")
    np.save(one, np.ones(3))
    np.savez(tmp_path / "whole.npz", **GOOD)
    cut.write_bytes((tmp_path / "whole.npz").read_bytes()[:300])
    for path, message in ((text, "no .npz file"), (one, "without a name"), (cut, "no .npz file")):
        code, out, err = run(capsys, PAGE, "--data", str(path))
        assert (code, out) == (2, "")
        assert message in err
    code, _, err = run(capsys, PAGE, "--data", str(tmp_path / "absent.npz"))
    assert code == 2
    assert "absent.npz: No such file" in err


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_damaged_file_has_values_or_is_refused(save: Any, tmp_path: Path) -> None:
    rng, page, path = random.Random(0), load(PAGE), tmp_path / "damaged.npz"
    save(path, **GOOD)
    whole = path.read_bytes()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        with contextlib.suppress(DataError):
            read_npz(path, page)


@pytest.mark.parametrize(
    "header", ["{'descr': '<i8', (", "{b'descr': '<i8', 'shape': (4,)}", "((((", "-" * 5_000 + "1"]
)
def test_a_header_that_numpy_cannot_read_is_refused(header: str, tmp_path: Path) -> None:
    path = tmp_path / "header.npz"
    text = f"{header}\n".encode()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("y.npy", b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + b"\0" * 64)
    with pytest.raises(DataError, match=r"y in .* is no array of numbers"):
        read_npz(path, load(PAGE))


class Bomb:
    """Would run code when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("pickled code was run",))


def test_nothing_in_a_file_is_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    np.savez(tmp_path / "bomb.npz", y=np.array([Bomb()], dtype=object), q=GOOD["q"])
    code, _, err = run(capsys, PAGE, "--data", str(tmp_path / "bomb.npz"))
    assert code == 2
    assert "y in" in err
    assert "no array of numbers" in err


def test_lines_without_a_value_are_named_after_the_table(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    many = {"y": np.zeros(4000, dtype=int), "q": np.array([0.5, 0.5])}
    code, out, err = run(capsys, "log_likelihood_is_a_sum", "--data", saved(**many))
    assert code == 2
    assert "none" in out
    assert "line 1 has no value on these data" in err
    assert f"{-4000 * np.log(2):.10g}" in out


def test_what_is_set_is_shown_as_the_table_of_the_delta(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, PAGE, "--set", "y=1,3,3,2", "--set", "q=.2,.3,1/2")
    rows = [row.split() for row in out.splitlines()]
    assert code == 0
    assert rows[1:5] == [
        ["1", "1", "1", "0", "0", "-1.6094"],
        ["2", "3", "0", "0", "1", "-0.6931"],
        ["3", "3", "0", "0", "1", "-0.6931"],
        ["4", "2", "0", "1", "0", "-1.2040"],
    ]
    assert rows[5][:4] == ["count", "1", "1", "2"]
    assert rows[6][:4] == ["share", "1/4", "1/4", "1/2"]
    assert rows[6][-1] == rows[8][-1] == "-1.0499"  # along the rows and down the columns
    assert any(row[:2] == ["6", "1.049926269469982"] for row in rows)


def test_rows_are_set_and_labels_may_count_from_0(capsys: pytest.CaptureFixture[str]) -> None:
    page, rows = "classification_loss_is_average_nll", ("--set", "q=.2,.8;.5,.5")
    _, one, _ = run(capsys, page, "--set", "y=1,2", *rows, "--format", "json")
    _, zero, _ = run(capsys, page, "--set", "y=0,1", *rows, "--labels-from", "0", "--format", "json")
    values = [[line["value"] for line in json.loads(found)["lines"]] for found in (one, zero)]
    assert values[0] == values[1] == pytest.approx([-(np.log(0.2) + np.log(0.5)) / 2] * 4)


def test_a_page_without_sizes_says_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "stable_binary_cross_entropy")
    assert code == 0
    assert out.startswith("stable_binary_cross_entropy\n\nline")


def test_a_page_without_an_example_asks_for_data(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "dirac_delta_scaled")
    assert (code, len(err.strip().splitlines())) == (2, 1)
    assert "there are no data" in err


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (("y",), "'y' sets nothing"),
        (("y=1,x", "q=.5,.5"), "y: 'x' is no number"),
        (("y=1,2", "y=1", "q=.5,.5"), "y is set twice"),
        (("y=1,3", "q=.5,.5"), "y"),
        (("y=1,2", "q=.5,.6"), "q"),
        (("y=1,2", "q=1e999,.6"), "too large for a double"),
        (("z=1,2", "q=.5,.5"), "the page has no z"),
    ],
)
def test_settings_that_do_not_fit_are_one_line(
    capsys: pytest.CaptureFixture[str], settings: tuple[str, ...], message: str
) -> None:
    code, _, err = run(capsys, PAGE, *(part for s in settings for part in ("--set", s)))
    assert (code, len(err.strip().splitlines())) == (2, 1)
    assert message in err


def test_lines_are_chosen(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, out, _ = run(capsys, PAGE, "--data", saved(**GOOD), "--lines", "1,3-4", "--format", "json")
    assert (code, [line["number"] for line in json.loads(out)["lines"]]) == (0, [1, 3, 4])
    assert run(capsys, PAGE, "--data", saved(**GOOD), "--lines", "x")[2] == (
        "deltasift: 'x' is no number of a line: write such as 1,3-5\n"
    )


def test_a_file_that_unfolds_to_far_more_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "packed.npz"
    np.savez_compressed(path, y=np.zeros(100_000, dtype=np.int64), q=GOOD["q"])
    monkeypatch.setattr("deltasift.emit.files.UNFOLDED", 1000)
    code, out, error = run(capsys, PAGE, "--data", str(path))
    assert (code, out) == (2, "")
    assert "packed.npz is compressed and unfolds to 0.0 GiB" in error


def test_memory_is_foretold_and_nothing_is_evaluated(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, out, err = run(capsys, PAGE, "--data", saved(**GOOD), "--forecast", "--lines", "1,7")
    assert (code, err) == (0, "")
    assert out == "line 1: 288 B, for arrays of K*N = 12\nline 7: 96 B, for arrays of N = 4\n"


def test_what_takes_more_memory_than_is_allowed_is_one_line(capsys: pytest.CaptureFixture[str], saved: Any) -> None:
    code, _, err = run(capsys, PAGE, "--data", saved(**GOOD), "--memory", "50B")
    assert code == 2
    assert "deltasift: '50B' is no amount of memory" in err
    code, out, _ = run(capsys, PAGE, "--data", saved(**GOOD), "--memory", "100", "--forecast", "--lines", "3")
    assert code == 2
    assert out.startswith("line 3 makes arrays of K*N = 12 numbers (288 B; 100 B are allowed)")

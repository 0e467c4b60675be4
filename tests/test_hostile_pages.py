"""Whatever a user names as a page, the answer is one line and exit code 2, and nothing else is run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deltasift.cli import main
from deltasift.errors import PageError, one_line
from deltasift.pages import MOST_BYTES, load_file

BEGIN = "from deltasift import *\nN = sizes('N')\n"
END = "claim = Equality(N, N)\nproof = calc(N)\n"

SOURCES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "has no claim: it is not a page"),
    "binary": (b"\x00\x01\x02", "null bytes"),
    "not UTF-8": (b"x = '\xff\xfe'\n", "SyntaxError"),
    "an import that fails": (b"import nowhere_at_all", "line 1 of the file: ModuleNotFoundError"),
    "an exit": (b"import sys\nsys.exit(0)", "line 2 of the file: SystemExit: 0"),
    "an interruption": (b"raise KeyboardInterrupt", "stopped"),
    "a recursion": (b"def f():\n    f()\nf()", "RecursionError"),
    "a message of two lines": (b"raise ValueError('two\\nlines')", "ValueError: two lines"),
    "a message of a million letters": (b"raise ValueError('x' * 10**6)", "ValueError: xxx"),
    "a message that moves the cursor": (b"raise ValueError('\\x1b[2J')", "ValueError: ?[2J"),
    "a message that fails": (
        b"class E(Exception):\n    def __str__(self):\n        raise OSError\nraise E",
        "line 4 of the file: E: it does not say why",
    ),
    "an exception of no kind": (b"class E(BaseException): pass\nraise E('odd')", "E: odd"),
    "parentheses": (b"(" * 300 + b")" * 300, "SyntaxError"),
    "signs": (b"-" * 100_000 + b"1", "signs.py"),
    "a repr that fails": (
        BEGIN.encode() + b"class R:\n    def __repr__(self):\n        raise OSError\nclaim = R()\nproof = calc(N)\n",
        "is not a relation",
    ),
    "a claim without end": (BEGIN.encode() + b"claim = [0] * 10**6\nproof = calc(N)\n", "is not a relation"),
    "a page of more than a million bytes": (b"#" * (MOST_BYTES + 1), f"and a page at most {MOST_BYTES}"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


@pytest.mark.parametrize("name", SOURCES)
def test_a_page_that_is_none_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    source, message = SOURCES[name]
    page = tmp_path / f"{name.split()[-1]}.py"
    page.write_bytes(source)
    for command in (["show", str(page)], ["why", f"{page}:1"], ["check", str(page)]):
        code, out, err = run(capsys, *command)
        said = (out if command[0] == "check" and message != "stopped" else err).splitlines()
        assert code == (130 if message == "stopped" else 2)
        assert len(said) == 1
        assert message in said[0]
        assert len(said[0]) < 1_000 + len(str(page))


PATHS = {
    "missing.py": "there is no file",
    "folder.py": "is a folder and no page",
    "loop.py": "there is no file",
    "dangling.py": "there is no file",
    "x" * 5_000 + ".py": "File name too long",
    "x" * 5_000: "there is no page",
    "a\0b.py": "",
    "\udcff.py": "there is no file",
    "pipe.py": "there is no file",
    "": "",
    ".": "there is no page .",
    "../../../etc/passwd": "passwd",
    "average_or_sum;true": "there is no page",
    "$(true)": "there is no page",
}


@pytest.mark.parametrize("name", PATHS, ids=lambda n: ascii(n[:20]))
def test_a_path_that_leads_nowhere_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nowhere.py")
    os.mkfifo(tmp_path / "pipe.py")
    for command in (["show", name], ["why", f"{name}:1"]):
        code, _, err = run(capsys, *command)
        assert code == 2
        assert PATHS[name] in err
        assert err.count("\n") == 1
        assert len(err) < 1_000


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "999999999999999999999999", "x" * 10_000, "", "²"])
def test_a_line_that_is_not_there_is_named_in_one_line(capsys: pytest.CaptureFixture[str], number: str) -> None:
    code, _, err = run(capsys, "why", f"average_or_sum:{number}")
    assert (code, err.count("\n")) == (2, 1)
    assert len(err) < 1_000


def test_a_page_that_uses_itself_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        path = str(tmp_path / f"{other}.py")
        (tmp_path / f"{name}.py").write_text(f"from deltasift import known\nknown({path!r})\n", encoding="utf-8")
    code, _, err = run(capsys, "show", str(tmp_path / "a.py"))
    assert code == 2
    assert "a.py uses what it is to prove: a.py -> b.py -> a.py" in err


def test_a_page_is_read_as_it_is_now(tmp_path: Path) -> None:
    """A compiled file of the same second and length would be taken for the page."""
    page = tmp_path / "page.py"
    page.write_text(BEGIN + END, encoding="utf-8")
    assert len(load_file(page).proofs) == 1
    before = page.stat()
    page.write_text((BEGIN + END).replace("proof", "pro0f"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(PageError, match="has no proof"):
        load_file(page)
    assert not (tmp_path / "__pycache__").exists()


def test_a_pipe_in_a_folder_is_not_waited_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(BEGIN + END, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.py")
    code, out, _ = run(capsys, "check", str(tmp_path))
    assert (code, out.count("\n")) == (0, 1)


def test_a_page_without_a_claim_and_a_refusal_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("import deltasift\nclaims, proofs = [], []\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", str(tmp_path / "empty.py"))
    assert code == 2
    assert "claims nothing" in out


def test_a_folder_is_searched_for_pages_and_nothing_else_is_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    script = f"open({str(mark)!r}, 'w').close()\n"
    for place in ("setup.py", ".hidden/page.py", "_private/page.py", "deep/script.py"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text((BEGIN + END if "page" in place else "") + script, encoding="utf-8")
    (tmp_path / "deep" / "again").symlink_to(tmp_path)
    code, _, err = run(capsys, "check", str(tmp_path))
    assert (code, mark.exists()) == (2, False)
    assert "there are no pages in" in err
    (tmp_path / "deep" / "page.py").write_text(BEGIN + END, encoding="utf-8")
    (tmp_path / "deep" / "half.py").write_text(BEGIN + "claim = Equality(N, N)\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", str(tmp_path))
    assert (code, mark.exists(), len(out.splitlines())) == (2, False, 2)
    assert "half.py has no proof: it is not a page" in out
    assert "page.py  ok, 1 lines" in out


def test_an_unusable_page_does_not_keep_the_others_from_being_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "check", "x" * 5_000 + ".py", "average_or_sum")
    assert code == 2
    assert "average_or_sum" in out.splitlines()[1]


def test_whoever_stops_reading_sees_no_error() -> None:
    command = [sys.executable, "-m", "deltasift", "show", "minimising_kl_is_maximum_likelihood", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize("output", ["/dev/full", "/", "/nowhere\0/x", "/dev/null/x"])
def test_an_output_that_cannot_be_written_is_named_in_one_line(capsys: pytest.CaptureFixture[str], output: str) -> None:
    code, _, err = run(capsys, "show", "average_or_sum", "-o", output)
    assert (code, err.count("\n")) == (2, 1)


def test_one_line() -> None:
    assert one_line("a\n\t b\x00\udcff") == "a b??"
    assert one_line("x" * 50, 25) == "xxxxxxxxxx ... xxxxxxxxxx"

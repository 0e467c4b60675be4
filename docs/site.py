"""Build the site: a copy of these pages, with the catalogue and the references that are made from the package.

    python docs/site.py out/site out/judge/served

The second folder has the checker for browsers, as `docs/judge.py` makes it, and may be left out. Nothing is loaded from
anywhere, and a warning is an error.
"""

from __future__ import annotations

import inspect
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from sphinx.cmd.build import build_main
from typer.testing import CliRunner

import deltasift
from deltasift.catalogue import page_names, page_path
from deltasift.cli import COMMANDS, app
from deltasift.inert.notation import CHOICES
from deltasift.pages import listed

DOCS = Path(__file__).parent
MADE_OF = ("tutorial", "how-to", "reference", "explanation", "images")
ALONE = ("proving.md", "speed.md", "trust.md")
OUTSIDE = re.compile(
    r"(?<!!)\[([^\]]*)\]\((?:\.\./\.\./|\.\./rooms\.py|\.\./adr)[^)]*\)"
)  # a link that leaves the site
JUDGE = "_judge"  # the checker for browsers, in what is built
MOST_BYTES = 350_000  # of a player
PARTS = {
    "Tutorial": ["tutorial/*"],
    "How to": ["how-to/*"],
    "The catalogue": ["catalogue/*"],
    "Reference": ["reference/*"],
    "Explanation": ["explanation/*", *(name.removesuffix(".md") for name in ALONE)],
}
DOMAINS = ("sizes", "index", "labels", "pmf", "real", "positive", "density", "define")


def source(folder: Path) -> None:
    """Write the pages of the site."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in MADE_OF:
        shutil.copytree(DOCS / name, folder / name)
    for name in (*ALONE, "conf.py"):
        shutil.copy(DOCS / name, folder)
    made = {"index": index(), "reference/cli": commands(), "reference/notations": notations()}
    made |= {"reference/domains": domains(), "reference/api": names()} | dict(catalogue())
    for name, text in made.items():
        file = folder / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file in folder.rglob("*.md"):
        file.write_text(OUTSIDE.sub(r"\1", file.read_text(encoding="utf-8")), encoding="utf-8")


def index() -> str:
    """Return the front page: what the README begins with, and the parts."""
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    begin = readme.partition("## Two commands")[0].replace("](docs/", "](")
    begin += "```{derivation} cross_entropy_is_average_nll\n```\n"
    for title, globs in PARTS.items():
        begin += f"\n```{{toctree}}\n:caption: {title}\n:glob:\n:maxdepth: 1\n\n" + "\n".join(globs) + "\n```\n"
    return begin


def catalogue() -> Iterator[tuple[str, str]]:
    """Yield a page of the site for each page of the catalogue, and one for each field."""
    fields: dict[str, list[str]] = {}
    for name in page_names():
        fields.setdefault(page_path(name).parent.name, []).append(name)
    for field, pages in sorted(fields.items()):
        listing = "\n".join(f"{field}/{name}" for name in pages)
        yield f"catalogue/{field}", f"# {field.replace('_', ' ').capitalize()}\n\n```{{toctree}}\n\n{listing}\n```\n"
    for field, pages in fields.items():
        for name in pages:
            page = listed(name)
            text = f"# {page.title.rstrip('.') or name}\n\n```{{derivation}} {name}\n```\n"
            yield f"catalogue/{field}/{name}", text


def commands() -> str:
    """Return what each command says of itself."""
    runner, parts = CliRunner(), ["# The command line\n"]
    for name, _ in COMMANDS:
        said = runner.invoke(app, [name, "--help"], prog_name="deltasift", terminal_width=100)
        parts.append(f"## {name}\n\n```text\n{said.output.strip()}\n```\n")
    return "\n".join(parts)


def notations() -> str:
    """Return the choices of notation."""
    rows = "\n".join(f"| `{name}` | {', '.join(f'`{c}`' for c in choices)} |" for name, choices in CHOICES.items())
    how = '`--notation delta=iverson,log=ln` on the command line, `Notation(delta="iverson")` in Python'
    return (
        f"# Notations\n\n{how}; the first of a row is taken without it.\n\n| what | choices |\n| --- | --- |\n{rows}\n"
    )


def domains() -> str:
    """Return the domains of names."""
    return "# Domains\n\nWhat a page says of its names.\n\n" + _documented(DOMAINS)


def names() -> str:
    """Return everything else that the package offers."""
    offered = [n for n in sorted(vars(deltasift)) if not n.startswith("_") and n not in DOMAINS]
    return "# The names of the package\n\n" + _documented(tuple(filter(_is_documented, offered)))


def _is_documented(name: str) -> bool:
    value = getattr(deltasift, name)
    ours = (getattr(value, "__module__", "") or "").startswith("deltasift")
    return ours and (inspect.isclass(value) or inspect.isfunction(value)) and bool(inspect.getdoc(value))


def _documented(found: tuple[str, ...]) -> str:
    kinds = {n: "autoclass" if inspect.isclass(getattr(deltasift, n)) else "autofunction" for n in found}
    listed_ = "\n".join(f".. {kinds[n]}:: deltasift.{n}" for n in found)
    return f"```{{eval-rst}}\n{listed_}\n```\n"


def main(out: Path, judge: Path | None = None) -> int:
    """Build the site in a folder; the exit code is that of Sphinx, or 1 where a player is too large."""
    source(out / "source")
    built = out / "html"
    with_judge = ["-D", f"deltasift_judge={JUDGE}"] if judge else []
    options = ["-W", "--keep-going", "-q", "-j", "2", *with_judge]
    code = build_main([*options, "-b", "html", str(out / "source"), str(built)])
    if judge:
        shutil.copytree(judge, built / JUDGE, dirs_exist_ok=True)
    large = [p.name for p in (built / "_derivations").glob("*.html") if p.stat().st_size > MOST_BYTES]
    if large:
        typer.echo(f"larger than {MOST_BYTES} bytes: {', '.join(large)}", err=True)
    elsewhere = [p.name for p in built.glob("*.html") if re.search(r'<script[^>]+src="https?:', p.read_text("utf-8"))]
    if elsewhere:
        typer.echo(f"scripts from elsewhere: {', '.join(elsewhere)}", err=True)
    return code or int(bool(large or elsewhere))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

"""The mathematical font that goes into a page, cut down to the letters that the page has."""

from __future__ import annotations

import base64
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

ALWAYS = "0123456789()=+−⋅,.…∞\u2061\u2062\u00a0"  # what numbers put into a formula may have
LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3F6))))  # also in italics
ANY = "‾[]{}|‖⌊⌋⌈⌉√∑∏∫<>≤≥≠;:^¯~′δ"  # beside letters, what formulas may have that are not there yet


@lru_cache(maxsize=32)
def subset(letters: str) -> str | None:
    """Return STIX Two Math with these letters alone as a `data:` address, None where it or fontTools is missing."""
    wanted = letters + ALWAYS + _italic(letters)
    usual = _usual()
    source = usual if usual is None or set(wanted) <= set(USUAL) else _whole()
    font = None if source is None else _cut(source, wanted, "woff")  # deflated, which every browser reads
    return None if font is None else "data:font/woff;base64," + base64.b64encode(font).decode()


def _whole() -> bytes | None:
    package = find_spec("ziamath")  # which is not imported: its font alone is of use
    folders = [] if package is None else package.submodule_search_locations or []
    files = [file for folder in folders if (file := Path(folder, "fonts", "STIXTwoMath-Regular.ttf")).is_file()]
    return files[0].read_bytes() if files else None


@cache
def _usual() -> bytes | None:
    """Return the font with the letters that pages have: to read the whole one takes five times as long as to cut it."""
    source = _whole()
    return None if source is None else _cut(source, USUAL)


def _cut(source: bytes, letters: str, flavor: str | None = None) -> bytes | None:
    """Return a font with these letters alone, None where fontTools is missing."""
    try:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont
    except ImportError:
        return None
    font = TTFont(BytesIO(source), recalcTimestamp=False)  # so that a page is the same file each time
    options = Options(layout_features=["ssty", "flac", "dtls"], notdef_outline=True, hinting=False, name_IDs=[])
    tool = Subsetter(options)
    tool.populate(text=letters)
    tool.subset(font)
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _italic(letters: str) -> str:
    """Return the letters as browsers draw them in formulas, in italics."""
    found = []
    for c in letters:
        if "a" <= c <= "z":
            found.append("ℎ" if c == "h" else chr(0x1D44E + ord(c) - ord("a")))
        elif "A" <= c <= "Z":
            found.append(chr(0x1D434 + ord(c) - ord("A")))
        elif "α" <= c <= "ω":
            found.append(chr(0x1D6FC + ord(c) - ord("α")))
        elif "Α" <= c <= "Ω":
            found.append(chr(0x1D6E2 + ord(c) - ord("Α")))
    return "".join([*found, "𝜕𝜖𝜗𝜙"])


USUAL = LETTERS + _italic(LETTERS) + ALWAYS + ANY

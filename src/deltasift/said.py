"""Words that know the expressions in them: a text for messages, and parts for whoever sets them otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sympy.core.basic import Basic

Part: TypeAlias = str | Basic


class Said(str):
    """A sentence, or a part of one: in the spelling of a page as a text, and in parts.

    Parameters
    ----------
    *parts : str or expression
        What it is put together from.

    Attributes
    ----------
    parts : tuple of str or Basic
    """

    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part) -> Said:
        found: list[Part] = []
        for p in parts:
            found.extend(p.parts if isinstance(p, Said) else (p,))
        made = super().__new__(cls, "".join(map(str, found)))
        made.parts = tuple(found)
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[Part, ...]]:
        return Said, self.parts


def listed(parts: Iterable[Part], between: str = ", ") -> Said:
    """Return words or expressions as a text lists them."""
    found: list[Part] = []
    for p in parts:
        found += [between, p] if found else [p]
    return Said(*found)


def set_words(text: str, show: Callable[[Basic], str], word: Callable[[str], str]) -> str:
    """Return words as someone sets them: `show` prints an expression, and `word` sets plain text."""
    if not isinstance(text, Said):
        return word(text)
    return "".join(word(p) if isinstance(p, str) else show(p) for p in text.parts)


def cut(text: str, end: str) -> str:
    """Return words up to the first place where some plain words begin, all of them where they do not occur."""
    if not isinstance(text, Said):
        return text.partition(end)[0]
    kept: list[Part] = []
    for p in text.parts:
        if isinstance(p, str) and end in p:
            return Said(*kept, p.partition(end)[0])
        kept.append(p)
    return text


def without(text: str, start: str) -> str:
    """Return words without the plain words with which they begin."""
    if not isinstance(text, Said) or not text.parts or not isinstance(text.parts[0], str):
        return text.removeprefix(start)
    return Said(text.parts[0].removeprefix(start), *text.parts[1:])

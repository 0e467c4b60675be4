"""Words that know the expressions in them: a text for messages, and parts for whoever sets them otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic


class Said(str):
    """A sentence, or a part of one, in the spelling of a page.

    Parameters
    ----------
    *parts : str or expression
        What it is put together from.

    Attributes
    ----------
    parts : tuple of str or Basic
    """

    parts: tuple[str | Basic, ...]

    def __new__(cls, *parts: str | Basic) -> Said:
        found: list[str | Basic] = []
        for p in parts:
            found.extend(p.parts if isinstance(p, Said) else (p,))
        made = super().__new__(cls, "".join(map(str, found)))
        made.parts = tuple(found)
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[str | Basic, ...]]:
        return Said, self.parts

    def set(self, show: Callable[[Basic], str], word: Callable[[str], str]) -> str:
        """Return it as someone sets it: `show` prints an expression, and `word` sets plain text."""
        return "".join(word(p) if isinstance(p, str) else show(p) for p in self.parts)


def listed(names: Iterable[Any]) -> Said:
    """Return names as a text lists them."""
    parts: list[str | Basic] = []
    for name in names:
        parts += [", "] * bool(parts) + [name if isinstance(name, Basic) else Symbol(str(name))]
    return Said(*parts)


def set_words(text: str, show: Callable[[Basic], str], word: Callable[[str], str]) -> str:
    """Return words as someone sets them, with the expressions in them where these are known."""
    return text.set(show, word) if isinstance(text, Said) else word(text)


def cut(text: str, end: str) -> str:
    """Return words up to the first place where some plain words begin, all of them where they do not occur."""
    if not isinstance(text, Said):
        return text.partition(end)[0]
    kept: list[str | Basic] = []
    for p in text.parts:
        if isinstance(p, str) and end in p:
            return Said(*kept, p.partition(end)[0])
        kept.append(p)
    return text

"""How the name of a quantity is written, in each alphabet: a record each, made where the quantity is defined."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Kind = tuple[str, int]  # of a quantity: its head, and how many operands it has


class Form(Enum):
    """Where the operands of a quantity stand."""

    LISTED = "H(p, q)"
    DATA = "L(q; y)"
    COMPARED = "KL(p || q)"
    GIVEN = "H(r | p)"
    UNDER = "Var_p(a)"
    PLACE = "softmax(z)_k"


@dataclass(frozen=True)
class Sign:
    """What is written for a quantity.

    Attributes
    ----------
    source : str
        The name in Python.
    spoken : str
        Such as "the entropy".
    text : str
        The letters, in text.
    form : Form
    latex, ascii, mathml, typst : str
        Where these are others than the upright letters of `text`.
    """

    source: str
    spoken: str
    text: str
    form: Form = Form.LISTED
    latex: str = ""
    ascii: str = ""
    mathml: str = ""
    typst: str = ""


SIGNS: dict[Kind, Sign] = {}


def sign_of(head: str, operands: int) -> Sign:
    """Return how a quantity is written; one that is in no table is its head."""
    return SIGNS.get((head, operands)) or Sign(head, head, head)

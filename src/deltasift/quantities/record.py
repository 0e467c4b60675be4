"""What a named quantity is: one record, in one table, with its definition, its operands and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deltasift.inert import Named, Node
from deltasift.inert.signs import SIGNS, Form, Kind, Sign
from deltasift.quantities.laws import operand


@dataclass(frozen=True)
class Quantity:
    """What a named quantity is.

    Attributes
    ----------
    head : str
    make : callable
        Returns the quantity with its definition, of its operands.
    distributions : tuple of int
        Which of the operands have to be distributions.
    terms : tuple of int
        Which of the operands are expressions, and no names of tables.
    source : str
        Where it is defined: a key of the bibliography, and the place.
    """

    head: str
    make: Callable[..., Node]
    distributions: tuple[int, ...]
    terms: tuple[int, ...]
    source: tuple[str, str]


# By the head and the number of operands.
QUANTITIES: dict[Kind, Quantity] = {}
COVER = ("cover2006", "chapter 2")
MURPHY = ("murphy2022", "sections 4.2 and 6.2")


def quantity(
    head: str,
    spoken: str,
    *,
    operands: tuple[int, ...] = (1,),
    form: Form = Form.LISTED,
    distributions: tuple[int, ...] = (),
    terms: tuple[int, ...] = (),
    source: tuple[str, str] = COVER,
    text: str = "",
    **written: str,
) -> Callable[[Callable[..., Node]], Callable[..., Node]]:
    """Register what a function makes as a named quantity.

    Parameters
    ----------
    head : str
        Tells it from others of as many operands.
    spoken : str
        How it is said: "the entropy".
    operands : tuple of int
        How many it may have.
    form : Form
    distributions, terms, source :
        As in `Quantity`.
    text : str
        The letters that stand before the operands, the head if nothing else is said.
    **written : str
        What is written in an alphabet for these letters, as in `deltasift.inert.signs.Sign`.
    """

    def registered(make: Callable[..., Node]) -> Callable[..., Node]:
        for count in operands:
            mine = tuple(i for i in distributions if i < count)
            QUANTITIES[head, count] = Quantity(head, make, mine, terms, source)
            SIGNS[head, count] = Sign(make.__name__, spoken, text or head, form, **written)
        return make

    return registered


def named(head: str, definition: Any, *operands: Any) -> Node:
    """Return a quantity with its definition."""
    return Named(head, definition, *map(operand, operands))

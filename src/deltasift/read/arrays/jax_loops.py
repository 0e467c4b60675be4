"""Loops of JAX: the body is read once, for a turn that has a name, as loops over rows are."""

from __future__ import annotations

from typing import Any

from sympy import S

from deltasift.errors import ReadError
from deltasift.inert import free
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import picks
from deltasift.read.arrays.array import Array, axis_of, constant, probe_of
from deltasift.read.arrays.carried import Mark, Turns, marked
from deltasift.read.arrays.session import added, current
from deltasift.read.arrays.turns import turns_over

BY_A_CONDITION = "a loop of JAX that ends by a condition is not read: write it with functions of whole arrays"


def of_scan(reader: Any, eqn: Any, inputs: list[Any]) -> list[Any]:
    """Return what a scan carries after all turns, and what each turn makes."""
    body, length = eqn.params["jaxpr"], reader.lengths.length(eqn.params["length"])
    count, carried = eqn.params["num_consts"], eqn.params["num_carry"]
    starts = [*map(e.array_of, inputs[count : count + carried])]
    rows = [*map(e.array_of, inputs[count + carried :])]
    turns = turns_over([x.axes[0] for x in rows] or [axis_of(length)])
    marks = [marked(x) for x in starts]
    own = [picks.indexed(x, (constant(turns.name, "integer"),)) for x in rows]
    made = reader.run(body.jaxpr, body.consts, [*inputs[:count], *(m.array for m in marks), *own])
    current().ended(turns.name)
    ends = _after(turns, marks, made[:carried])
    return [*ends, *(turns.all(e.array_of(x)) for x in made[carried:])]


def of_while(reader: Any, eqn: Any, inputs: list[Any]) -> list[Any]:
    """Return what `fori_loop` carries after all turns: its condition is that a counter is below an end."""
    first, second = eqn.params["cond_nconsts"], eqn.params["body_nconsts"]
    condition, body = eqn.params["cond_jaxpr"].jaxpr, eqn.params["body_jaxpr"]
    starts = [*map(e.array_of, inputs[first + second :])]
    counter, end = _counter(condition, body.jaxpr, first, second)
    turns = turns_over([axis_of(added((1, starts[end].entry), (-1, starts[counter].entry)))])
    marks = [marked(x) for x in starts]
    place, first_one = added((1, turns.name), (1, starts[counter].entry)), starts[counter].entry
    at = Array((), lambda _: place, "integer", (first_one, added((1, starts[end].entry), (-1, S.One))))
    given = [at if i == counter else starts[i] if i == end else m.array for i, m in enumerate(marks)]
    made = reader.run(body.jaxpr, body.consts, [*inputs[first : first + second], *given])
    current().ended(turns.name)
    others = [i for i in range(len(starts)) if i not in (counter, end)]
    ends = dict(zip(others, _after(turns, [marks[i] for i in others], [made[i] for i in others]), strict=True))
    return [ends.get(i, starts[end]) for i in range(len(starts))]


def _counter(condition: Any, body: Any, first: int, second: int) -> tuple[int, int]:
    """Return which carried number counts the turns, and up to which other one."""
    [*_, last] = condition.eqns or [None]
    carried, inside = condition.invars[first:], body.invars[second:]
    if len(condition.eqns) != 1 or last.primitive.name != "lt" or any(v not in carried for v in last.invars):
        raise ReadError(BY_A_CONDITION)
    counter, end = map(carried.index, last.invars)
    steps = [q for q in body.eqns if body.outvars[counter] in q.outvars and q.primitive.name == "add"]
    counts = steps and steps[0].invars[0] is inside[counter] and _is_one(steps[0].invars[1])
    if not counts or body.outvars[end] is not inside[end]:
        raise ReadError(BY_A_CONDITION)
    return counter, end


def _is_one(v: Any) -> bool:
    return hasattr(v, "val") and int(v.val) == 1


def _after(turns: Turns, marks: list[Mark], made: list[Any]) -> list[Array]:
    found = []
    for mark, value in zip(marks, made, strict=True):
        x = e.number(value)
        if free(x.at(probe_of(x))) & {m.name for m in marks if m is not mark}:
            raise ReadError("what a loop of JAX carries depends on what else it carries, which is not read")
        end = turns.after("what a loop of JAX carries", mark, x)
        found.append(mark.before if end is None else end)
    return found

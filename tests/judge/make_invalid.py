"""Writes `tests/judge/invalid` and `tests/judge/valid`: `python tests/judge/make_invalid.py`.

Each file of `valid` is a right page; each of `invalid` is one of them with one thing made wrong, and the claim with it
where that is what was wrong. What the files say is data of `test_invalid.py`; they are written anew when the format
changes, and a fault that somebody finds is added by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sympy import Symbol

from deltasift import (
    Max,
    Sum,
    assuming,
    calc,
    check,
    define,
    delta,
    index,
    labels,
    log,
    pmf,
    positive,
    real,
    same_order,
    sizes,
    step,
)
from deltasift.calc import Derivation
from deltasift.check.certify import certificate
from deltasift.check.written import to_data
from deltasift.domain import Domain, Family
from deltasift.inert import Add, Unequal
from deltasift.judge.certificate import TRIVIAL, Given, Had, Solver, Stated, Whole
from deltasift.judge.file import Case, Move, from_data
from deltasift.judge.record import Claim
from deltasift.judge.term import ONE, ZERO, Term, bound, make, number, read
from deltasift.rule import Method, Rule
from deltasift.rules import (
    arithmetic,
    definition,
    log_mul,
    mul_add,
    norm_num,
    order_add_const,
    order_comp_strict_mono,
    order_mul_pos,
    sum_add,
    sum_const,
    sum_delta,
    sum_mul_left,
    sum_shift,
)

HERE = Path(__file__).resolve().parent
N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
a, b, c = real("a"), real("b"), real("c")
s, t = positive("s"), positive("t")
q = pmf("q", k, positive=True)
y = labels("y", n, 1, K)
w = define("w", Sum(q[k] * a, k))

WITH_VALUE = [sum_mul_left, assuming(Unequal(N - c, 0))]
RIGHT: dict[str, Derivation] = {
    "sift": calc(Sum(delta(k, m) * a * q[k], k), step(a * q[m], by=sum_delta)),
    "label": calc(Sum(delta(k, y[n]) * q[k], k), step(q[y[n]], by=sum_delta)),
    "factor": calc(Sum(a * q[k], k), step(a * Sum(q[k], k), by=sum_mul_left)),
    "terms": calc(Sum(a + q[k], k), step(Sum(a, k) + Sum(q[k], k), by=sum_add)),
    "constant": calc(Sum(a, k), step(K * a, by=sum_const)),
    "shift": calc(Sum(a**k, k), step(Sum(a ** (k - 2), (k, 3, K + 2)), by=sum_shift)),
    "product": calc(a * (b + c), step(a * b + a * c, by=mul_add)),
    "ring": calc((a + b) ** 2, step(a**2 + 2 * a * b + b**2, by=arithmetic)),
    "divisor": calc(a * s / s, step(a, by=arithmetic)),
    "logarithm": calc(log(s * t), step(log(s) + log(t), by=log_mul)),
    "unfold": calc(w, step(Sum(q[k] * a, k), by=definition)),
    "numbers": calc(a * Max(2, 5), step(a * 5, by=norm_num)),
    "two lines": calc(
        Sum(delta(k, m) * a * q[k], k),
        step(a * Sum(delta(k, m) * q[k], k), by=sum_mul_left),
        step(a * q[m], by=sum_delta),
    ),
    "added": calc(s + a, same_order(s, s, by=order_add_const)),
    "scaled": calc(t * a, same_order(a, a, by=order_mul_pos)),
    "increasing": calc(log(s), same_order(s, s, by=order_comp_strict_mono)),
    "carried": calc(Sum(k / (N - c), (k, 1, 2 - K)), step(1 / (N - c) * Sum(k, (k, 1, 2 - K)), by=WITH_VALUE)),
}
Change = Callable[[Case], Iterator[tuple[str, Case]]]


def with_move(case: Case, **changed: Any) -> Case:
    """Return a page whose last line is changed."""
    proof = case.proofs[-1]
    move = replace(proof.moves[-1], **changed)
    return replace(case, proofs=(*case.proofs[:-1], replace(proof, moves=(*proof.moves[:-1], move))))


def with_claim(case: Case, **changed: Any) -> Case:
    """Return a page in whose last line the last use is changed."""
    move = case.proofs[-1].moves[-1]
    chain = move.chains[-1]
    chain = replace(chain, claims=(*chain.claims[:-1], replace(chain.claims[-1], **changed)))
    return with_move(case, chains=(*move.chains[:-1], chain))


def ending(case: Case, last: Term) -> Case:
    """Return a page that ends in another line, and claims it."""
    move = case.proofs[-1].moves[-1]
    chain = move.chains[-1]
    first = chain.backward
    case = with_move(case, after=last, chains=(*move.chains[:-1], replace(chain, end=last)))
    claim = case.claims[-1]
    case = replace(case, claims=(*case.claims[:-1], make(claim.head, (claim.args[0], last, *claim.args[2:]))))
    uses = move.chains[-1].claims
    return case if first or len(uses) > 1 or uses[0].path else with_claim(case, after=last)


def last_of(case: Case) -> tuple[Move, Claim]:
    move = case.proofs[-1].moves[-1]
    return move, move.chains[-1].claims[-1]


def wrong_end(case: Case) -> Iterator[tuple[str, Case]]:
    """A false claim that hangs together."""
    after = case.proofs[-1].moves[-1].after
    yield "doubled", ending(case, make("Mul", (number(2), after)))
    yield "negated", ending(case, make("Neg", (after,)))
    yield "one more", ending(case, make("Add", (after, ONE)))
    yield "nought", ending(case, ZERO)


def wrong_binding(case: Case) -> Iterator[tuple[str, Case]]:
    """A variable of the rule stands for something else."""
    _, claim = last_of(case)
    for name, (count, body) in list(claim.binding.items())[:3]:
        other = make("Add", (body, ONE)) if body.head != "infinity" else ZERO
        yield f"{name} is one more", with_claim(case, binding={**claim.binding, name: (count, other)})
        rest = {x: v for x, v in claim.binding.items() if x != name}
        yield f"{name} is not said", with_claim(case, binding=rest)
        yield f"{name} has one more argument", with_claim(case, binding={**claim.binding, name: (count + 1, body)})


def wrong_rule(case: Case) -> Iterator[tuple[str, Case]]:
    """Another rule, another statement of it, or the rule from right to left."""
    _, claim = last_of(case)
    if isinstance(claim.rule, Rule):
        if claim.rule.name not in (
            "sum_add",
            "sum_shift",
        ):  # of which many terms, and a shift, are judged by themselves
            yield "no statement", with_claim(case, statement=None)
        yield "a statement that there is not", with_claim(case, statement=99)
        if claim.rule.name != "sum_shift":  # which goes either way
            yield "read backward", with_claim(case, rule=claim.rule.reversed)
        yield "a rule that there is not", with_claim(case, rule=Method("no_such_rule", "", ""))
    if claim.rule.name != "definition":
        yield "by definition", with_claim(case, rule=Method("definition", "", ""), statement=None)
    if claim.rule.name not in ("arithmetic", "norm_num", "mul_add"):
        yield "by arithmetic", with_claim(case, rule=Method("arithmetic", "", ""), statement=None)
    yield "as an order", with_claim(case, rule=Method("order_add_const", "", ""), binding={"q": (0, read(Symbol("a")))})


def wrong_place(case: Case) -> Iterator[tuple[str, Case]]:
    """Another place, or none."""
    _, claim = last_of(case)
    yield "further in", with_claim(case, path=(*claim.path, 0))
    yield "nowhere", with_claim(case, path=(*claim.path, 17))
    yield "in the name of a binder", with_claim(case, path=(*claim.path, 1))
    yield "a binder that is not open", with_claim(case, after=make("Add", (claim.after, bound(0))))


def wrong_chain(case: Case) -> Iterator[tuple[str, Case]]:
    """Lines that do not hang together."""
    move, _ = last_of(case)
    chain = move.chains[-1]
    yield "no uses", with_move(case, chains=())
    yield "an empty run", with_move(case, chains=(replace(chain, claims=()),))
    if chain.claims[-1].rule.name != "arithmetic":  # by which a line is itself
        yield "the use twice", with_move(case, chains=(replace(chain, claims=chain.claims * 2),))
    yield "another start", with_move(case, chains=(replace(chain, start=make("Add", (chain.start, ONE))),))
    yield "another end", with_move(case, chains=(replace(chain, end=make("Add", (chain.end, ONE))),))
    yield "turned", with_move(case, chains=(replace(chain, backward=not chain.backward),))
    yield "another first line", replace(case, proofs=(replace(case.proofs[-1], start=ONE),))
    yield "a claim of nothing proved", replace(case, claims=(make("Equality", (ZERO, ONE)),))
    yield "two claims and one proof", replace(case, claims=case.claims * 2)
    yield "no proof", replace(case, proofs=())


def wrong_proof(case: Case) -> Iterator[tuple[str, Case]]:
    """Certificates that do not show what is needed."""
    move, _ = last_of(case)
    if not move.proofs:
        yield "a certificate too many", with_move(case, proofs=(TRIVIAL,))
        return
    for what, proof in (
        ("of nothing", TRIVIAL),
        ("a fact that there is not", Stated(Given(999))),
        ("a fact of something else", Stated(Given(0))),
        ("an integer by its form", Whole()),
    ):
        if proof != move.proofs[0]:
            yield what, with_move(case, proofs=(proof, *move.proofs[1:]))
    yield "the last left out", with_move(case, proofs=move.proofs[:-1])
    yield "the word of a solver", with_move(case, proofs=(Solver(), *move.proofs[1:]))
    yield "one too many", with_move(case, proofs=(*move.proofs, TRIVIAL))
    yield "nothing given", replace(case, world=replace(case.world, domains={}))


def wrong_value(case: Case) -> Iterator[tuple[str, Case]]:
    """It is not shown that a line has a value."""
    proof = case.proofs[-1]

    def with_values(*values: Any) -> Case:
        return replace(case, proofs=(*case.proofs[:-1], replace(proof, values=values)))

    yield "one too many", with_values(*proof.values, TRIVIAL)
    if proof.values:
        yield "of the first the last left out", with_values(*proof.values[:-1])
        yield "of the first the word of a solver", with_values(Solver(), *proof.values[1:])
        yield "a fact that there is not", with_values(Stated(Given(999)), *proof.values[1:])
        yield "an integer by its form", with_values(Whole(), *proof.values[1:])
        yield "what a line has that there is not", with_values(Stated(Had(0, (), ())), *proof.values[1:])
    move, _ = last_of(case)
    if move.assumptions:
        yield "nothing assumed", with_move(case, assumptions=())
        for n, certificate in enumerate(move.proofs):
            for what, which in (("another need", 99), ("itself", 0), ("below", -1)):
                other = Had(which, (), ())
                if certificate != Stated(other):
                    proofs = (*move.proofs[:n], Stated(other), *move.proofs[n + 1 :])
                    yield f"number {n} by {what}", with_move(case, proofs=proofs)


def wrong_relation(case: Case) -> Iterator[tuple[str, Case]]:
    """An equality taken for an order, or the other way round."""
    move, _ = last_of(case)
    if move.relation == "=":
        yield "an order", with_move(case, relation="same order", varying=read(Symbol("a")))
        yield "no relation", with_move(case, relation="<=")
    else:
        yield (
            "an equality",
            replace(
                with_move(case, relation="=", varying=None),
                claims=(make("Equality", case.claims[-1].args[:2]),),
            ),
        )
        yield "the opposite order", with_move(case, relation="opposite order")
        other = read(Symbol("b"))
        yield "another name varies", with_move(case, varying=other)
        claim = make("SameOrder", (*case.claims[-1].args[:2], other))
        yield "another name varies, and in the claim", replace(with_move(case, varying=other), claims=(claim,))


NEEDED = ("K", "y", "w")  # of the others a line says nothing that has to be known


def wrong_world(case: Case) -> Iterator[tuple[str, Case]]:
    """What the page gives is not what its lines need, or is nothing."""
    domains = case.world.domains

    def given(known: Mapping[Symbol, Domain], pmfs: frozenset[Any] = frozenset()) -> Case:
        return replace(case, world=replace(case.world, domains=known, distributions=pmfs))

    for name, domain in domains.items():
        if name.name in NEEDED:
            yield f"without {name}", given({n: d for n, d in domains.items() if n != name})
        if isinstance(domain, Family):
            yield f"{name} defined by itself", given({**domains, name: replace(domain, body=Add(domain.symbol, 1))})
    yield "a pmf that is none", given(domains, frozenset((a.symbol,)))


CHANGES: dict[str, Change] = {
    "false": wrong_end,
    "binding": wrong_binding,
    "rule": wrong_rule,
    "place": wrong_place,
    "chain": wrong_chain,
    "proof": wrong_proof,
    "value": wrong_value,
    "relation": wrong_relation,
    "world": wrong_world,
}


MALFORMED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a term before its parts": lambda d: d["terms"].insert(0, ["Neg", [5], None]),
    "a term of itself": lambda d: d["terms"].append(["Neg", [len(d["terms"])], None]),
    "a head that there is not": lambda d: d["terms"].append(["Limit", [0], None]),
    "a quotient of one": lambda d: d["terms"].append(["Div", [0], None]),
    "an index below nought": lambda d: d["terms"].append(["bound", [], -1]),
    "an index that is a fraction": lambda d: d["terms"].append(["bound", [], 0.5]),
    "a number that is text": lambda d: d["terms"].append(["number", [], "x"]),
    "a number over nought": lambda d: d["terms"].append(["number", [], "1/0"]),
    "a truth that is a number": lambda d: d["terms"].append(["truth", [], 1]),
    "a constant that there is not": lambda d: d["terms"].append(["constant", [], "tau"]),
    "a sum without a name": lambda d: d["terms"].append(["Sum", [0, 0, 0, 0], None]),
    "a key for a line": lambda d: d.update(claims=[len(d["terms"])]) or d["terms"].append(["a product", [0], 1]),
    "a term below nought": lambda d: d.update(claims=[-1]),
    "a term that there is not": lambda d: d.update(claims=[10_000]),
    "a term that is text": lambda d: d.update(claims=["0"]),
    "no table": lambda d: d.pop("terms"),
    "no world": lambda d: d.pop("world"),
    "no totals": lambda d: d.pop("totals"),
    "no values": lambda d: d["proofs"][0].pop("values"),
    "another version": lambda d: d.update(version=1),
    "another format": lambda d: d.update(format="x"),
    "a domain of no kind": lambda d: d["world"]["domains"].append({"is": "Nothing", "name": "z"}),
    "a domain twice": lambda d: d["world"]["domains"].append(d["world"]["domains"][0]),
    "a certificate for a domain": lambda d: d["world"]["domains"].append({"is": "Whole"}),
    "a domain for a certificate": lambda d: d["proofs"][0]["lines"][0].update(proofs=[{"is": "Size", "name": "z"}]),
    "a path below nought": lambda d: _use(d).update(path=[-1]),
    "a path of text": lambda d: _use(d).update(path=["0"]),
    "a statement below nought": lambda d: _use(d).update(statement=-1),
    "a statement that is true": lambda d: _use(d).update(statement=True),
    "a binding of nothing": lambda d: _use(d).update(binding={"f": []}),
    "a rule without a name": lambda d: _use(d).update(rule={}),
    "a theorem of nothing": lambda d: _use(d).update(rule={"name": "x", "reversed": False, "theorem": []}),
    "an own rule that is an order": lambda d: _use(d).update(
        rule={"name": "x", "reversed": False, "own": [{}, [[_order(d)]]]}, statement=0, binding={}
    ),
}


def _use(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["proofs"][0]["lines"][0]["runs"][0]["uses"][0]
    return found


def _order(data: dict[str, Any]) -> int:
    proof = data["proofs"][0]
    data["terms"].append(["LessEqual", [proof["start"], proof["lines"][0]["after"]], None])
    return len(data["terms"]) - 1


WHERE = {  # what is the same for all rules is done to some
    "chain": ("sift", "two lines", "ring", "added"),
    "place": ("sift", "terms", "ring", "logarithm", "unfold"),
    "rule": ("sift", "terms", "shift", "logarithm", "ring", "constant", "unfold"),
    "binding": ("sift", "label", "factor", "shift", "constant", "logarithm"),
    "false": (
        "sift",
        "factor",
        "terms",
        "shift",
        "product",
        "ring",
        "divisor",
        "logarithm",
        "unfold",
        "numbers",
        "increasing",
    ),
    "world": ("sift", "label"),
    "value": ("sift", "label", "divisor", "logarithm", "carried"),
    "proof": ("sift", "label", "logarithm", "scaled", "increasing", "terms", "ring"),
}


def files() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the folder, the name and the data of every file."""
    for name, derivation in RIGHT.items():
        report = check(derivation, layers=("structure",))
        assert report.ok, (name, report.problems)
        data = certificate(report)
        yield "valid", name, data
        case = from_data(json.loads(json.dumps(data)))
        for kind, change in CHANGES.items():
            for what, other in change(case) if name in WHERE.get(kind, RIGHT) else ():
                yield "invalid", f"{kind} {name} {what}", to_data(other)


def malformed() -> Iterator[tuple[str, str, dict[str, Any]]]:
    text = json.dumps(certificate(check(RIGHT["sift"], layers=("structure",))))
    for what, spoil in MALFORMED.items():
        data = json.loads(text)
        spoil(data)
        yield "invalid", f"malformed {what}", data


def files_written(found: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
    """Write files, given their folders, their names and their data."""
    for folder, name, data in found:
        path = HERE / folder / (name.replace(", ", " ").replace(" ", "-") + ".json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    files_written((*files(), *malformed()))


if __name__ == "__main__":
    main()

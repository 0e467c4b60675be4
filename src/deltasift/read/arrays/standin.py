"""What a function gets in the place of an array: operators and methods that answer with the array of the result.

What Python itself would need to know of a value, its truth, its number, how often to loop, is only known where it is
the same for all data and sizes; else it is refused with what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise, folds, picks, puts, shapes
from deltasift.read.arrays.array import Array, constant, from_line, shown_shape
from deltasift.read.arrays.session import CONSTANTS, current

SINGLE_DIGITS = 6  # of a float32 that is read as the decimal that it is written as
MOST_ENTRIES = 1_000  # of an array of numbers that the function finds
Method = Callable[..., Any]


class StandIn:
    """An array, or a number such as a length, that a function computes with.

    Attributes
    ----------
    array : Array
    shared : bool
        Whether another stand-in may be a view of the same memory, so that a write would change both.
    """

    METHODS: ClassVar[Mapping[str, Method]] = {}
    VIEWS: ClassVar[frozenset[str]] = frozenset()
    CASTS: ClassVar[frozenset[str]] = frozenset()
    MUTABLE_NUMBERS: ClassVar[bool] = False  # whether an array of no axes is one that is written to
    __array_priority__ = 1000

    def __init__(self, array: Array, shared: bool = False) -> None:
        self.array = array
        self.shared = shared

    @classmethod
    def wrapped(cls, value: Any) -> Any:
        """Return a result with its arrays as stand-ins."""
        if isinstance(value, Array):
            return cls(from_line(value, current().line()))
        if isinstance(value, tuple) and type(value) is tuple:
            return tuple(cls.wrapped(v) for v in value)
        if isinstance(value, list):
            return [cls.wrapped(v) for v in value]
        return value

    # --- methods ---------------------------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        methods = type(self).METHODS
        if name in methods:
            return lambda *args, **options: self._called(name, methods[name], args, options)
        plain = name.removesuffix("_")
        if plain != name and plain in methods:
            return lambda *args, **options: self._written(name, methods[plain], args, options)
        raise ReadError(f"the attribute .{name} is not read")

    def _called(self, name: str, method: Method, args: Sequence[Any], options: Mapping[str, Any]) -> Any:
        result = type(self).call(method, (self, *args), options)
        own = type(self)
        parts = [x for x in (result if isinstance(result, tuple) else (result,)) if isinstance(x, StandIn)]
        for x in parts:
            if name in own.VIEWS or (name in own.CASTS and x.array.kind == self.array.kind):
                self.shared = x.shared = True
        return result

    def _written(self, name: str, method: Method, args: Sequence[Any], options: Mapping[str, Any]) -> Any:
        self._unshared(name)
        result = type(self).call(method, (self, *args), options)
        self.array = result.array
        return self

    def _unshared(self, what: str) -> None:
        if self.shared:
            raise ReadError(
                f"{what} writes to an array of which there are views, which would change too: make a new array"
            )

    @classmethod
    def call(cls, method: Method, args: Sequence[Any], options: Mapping[str, Any]) -> Any:
        """Call a function of arrays with stand-ins."""
        plain = [unwrapped(a) for a in args]
        try:
            return cls.wrapped(method(*plain, **{k: unwrapped(v) for k, v in options.items()}))
        except TypeError as why:
            if "argument" not in str(why):
                raise
            raise ReadError(f"a call with these arguments is not read: {why}") from None

    # --- what Python asks ------------------------------------------------------------------------------------------

    def __bool__(self) -> bool:
        statement = entrywise.truth(self.array).entry
        known = current().decided(statement)
        if known is None:
            raise current().refusal(
                f"a branch on whether {statement}: which way it goes depends on the data or the sizes; "
                "write where, or read each branch as a function of its own"
            )
        return known

    def _number(self, what: str) -> NoReturn:
        raise current().refusal(
            f"{what} needs a number of Python's, and this is {shown(self.array)}: "
            "leave out float(...), int(...) and .item(), and use functions of the array's library"
        )

    def __index__(self) -> int:
        if self.array.ndim or not isinstance(self.array.entry, Integer):
            self._number("an index, a shape or a loop")
        return int(self.array.entry)

    def __float__(self) -> float:
        self._number("a float")

    def __int__(self) -> int:
        return self.__index__()

    def __complex__(self) -> complex:
        self._number("a complex number")

    def __round__(self, digits: Any = None) -> NoReturn:
        self._number("round(...)")

    def item(self) -> NoReturn:
        """Refuse to be a number."""
        self._number(".item()")

    def tolist(self) -> NoReturn:
        """Refuse to be a list."""
        self._number(".tolist()")

    def __len__(self) -> int:
        length = self._first_length()
        if isinstance(length, Integer):
            return int(length)
        raise ReadError(
            f"len(...) is {length} here, and Python's own len needs a number: write x.shape[0] where len is called "
            "by a library, or in another module"
        )

    def _first_length(self) -> Basic:
        if not self.array.ndim:
            raise ReadError("a number has no length")
        return self.array.axes[0].length

    def __iter__(self) -> Iterator[Any]:
        length = self._first_length()
        if not isinstance(length, Integer):
            raise ReadError(
                f"a loop over {length} entries, which is no number here, and such a loop is read in a function's own "
                "source, without break, return and try: write it with functions of whole arrays"
            )
        for i in range(int(length)):
            yield self[i]

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise ReadError("an array is handed to a function of another library, which is not read")

    def __format__(self, spec: str) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"an array of the shape {shown_shape(self.array)}"

    __repr__ = __str__
    __hash__ = object.__hash__

    # --- shape -----------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> Any:
        """The lengths of the axes: numbers where they are known, else stand-ins."""
        return tuple(length_of(self, d) for d in range(self.array.ndim))

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.array.ndim

    @property
    def T(self) -> Any:
        """The array with its axes reversed."""
        result = type(self).wrapped(shapes.turned(self.array))
        self.shared = result.shared = True
        return result

    def __getitem__(self, key: Any) -> Any:
        result = type(self).wrapped(picks.indexed(self.array, unwrapped_key(key)))
        parts = key if isinstance(key, tuple) else (key,)
        if not any(isinstance(k, StandIn) for k in parts):
            self.shared = result.shared = True
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        self._unshared("an assignment to entries")
        self.array = from_line(puts.put(self.array, unwrapped_key(key), unwrapped(value)), current().line())


def shown(x: Array) -> str:
    """Return what an array is called in a message."""
    return f"an array of the shape {shown_shape(x)}" if x.ndim else f"a number that is only known as {x.at(())}"


def length_of(x: StandIn, d: int) -> Any:
    """Return the length of an axis: a number where it is known."""
    axis = x.array.axes[d]
    if axis.keep is not None:
        one = Array((axis,), lambda at: Integer(1), "integer")
        return type(x)(folds.total(one))
    n = axis.length
    return int(n) if isinstance(n, Integer) else type(x)(constant(n, "integer"))


def unwrapped(value: Any) -> Any:
    """Return a value with arrays for its stand-ins, and for arrays of numbers that the function finds."""
    if isinstance(value, StandIn):
        return value.array
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return value
    if isinstance(value, (list, tuple)):
        return type(value)(unwrapped(v) for v in value)
    if isinstance(value, type) or not (hasattr(value, "shape") and hasattr(value, "tolist")):
        return value
    return literal(value)


def unwrapped_key(key: Any) -> Any:
    """Return an index with arrays for its stand-ins."""
    if isinstance(key, tuple):
        return tuple(unwrapped_key(k) for k in key)
    if isinstance(key, slice):
        return slice(unwrapped(key.start), unwrapped(key.stop), key.step)
    return unwrapped(key)


def literal(value: Any) -> Any:
    """Return an array of numbers that a function finds as one of exact numbers."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    size = 1
    for n in value.shape:
        size *= n
    if size > MOST_ENTRIES:
        raise ReadError(f"an array of {size} numbers stands in the function: bind it with given=...")
    short = str(getattr(value, "dtype", "")).endswith("float32")
    return _listed(value.tolist(), short)


def _listed(value: Any, short: bool) -> Array:
    if isinstance(value, list):
        return shapes.stacked([_listed(v, short) for v in value])
    return entrywise.array_of(exact_of_single(value) if short and isinstance(value, float) else value)


def exact_of_single(value: float) -> Any:
    """Return a float32 as the constant that it is nearest to, or as the decimal of few digits that was written.

    Raises
    ------
    ReadError
        If it has so many digits that it was computed in single precision, and is no number that anyone wrote.
    """
    import numpy as np

    for double, constant_value in CONSTANTS.items():
        if np.float32(double) == np.float32(value):
            return constant_value
    text = str(np.float32(value))
    digits = text.lower().partition("e")[0].replace("-", "").replace(".", "").strip("0")
    if len(digits) > SINGLE_DIGITS:
        raise ReadError(
            f"the float32 {text} has more than {SINGLE_DIGITS} digits, so that it was computed in single precision: "
            "write math.log(...), math.sqrt(...) or a torch.float64"
        )
    return float(text)


# --- operators -----------------------------------------------------------------------------------------------------


def _operator(f: Method, reflected: bool = False) -> Method:
    def forward(self: StandIn, other: Any) -> Any:
        if other is None or isinstance(other, str):
            return NotImplemented
        front = _front(self, other)
        a, b = (other, self) if reflected else (self, other)
        return front.call(f, (a, b), {})

    return forward


def _front(*values: Any) -> type[StandIn]:
    """Return the class of a result: that of the library of the operands."""
    kinds = [type(v) for v in values if isinstance(v, StandIn)]
    return next((k for k in kinds if k is not StandIn), kinds[0])


def _in_place(f: Method) -> Method:
    def written(self: StandIn, other: Any) -> StandIn:
        self._unshared("an operator with =")
        result: StandIn = _front(self, other).call(f, (self, other), {})
        if not type(self).MUTABLE_NUMBERS and not self.array.ndim:
            return result
        self.array = result.array
        return self

    return written


BINARY: dict[str, Method] = {
    "add": entrywise.add,
    "sub": entrywise.subtract,
    "mul": entrywise.multiply,
    "truediv": entrywise.divide,
    "pow": entrywise.numeric(entrywise.power),
    "matmul": folds.matrix_product,
    "and": entrywise.both,
    "or": entrywise.either,
    "xor": entrywise.differs,
}
COMPARED: dict[str, Method] = {
    "eq": entrywise.compared(entrywise.equal),
    "ne": entrywise.compared(entrywise.unequal),
    "lt": entrywise.compared(entrywise.less),
    "le": entrywise.compared(entrywise.at_most),
    "gt": entrywise.compared(lambda a, b: entrywise.less(b, a)),
    "ge": entrywise.compared(lambda a, b: entrywise.at_most(b, a)),
}
UNARY: dict[str, Method] = {
    "neg": entrywise.negate,
    "abs": entrywise.absolute,
    "invert": entrywise.inverted,
    "pos": entrywise.number,
}


def _refused(sign: str) -> Method:
    def refuse(self: StandIn, other: Any) -> NoReturn:
        raise ReadError(f"the operator {sign} is not read")

    return refuse


for _name, _f in BINARY.items():
    setattr(StandIn, f"__{_name}__", _operator(_f))
    setattr(StandIn, f"__r{_name}__", _operator(_f, reflected=True))
    setattr(StandIn, f"__i{_name}__", _in_place(_f))
for _name, _f in COMPARED.items():
    setattr(StandIn, f"__{_name}__", _operator(_f))
for _name, _f in UNARY.items():
    setattr(StandIn, f"__{_name}__", lambda self, f=_f: type(self).call(f, (self,), {}))
for _name, _sign in (("floordiv", "//"), ("mod", "%"), ("divmod", "divmod"), ("lshift", "<<"), ("rshift", ">>")):
    setattr(StandIn, f"__{_name}__", _refused(_sign))
    setattr(StandIn, f"__r{_name}__", _refused(_sign))

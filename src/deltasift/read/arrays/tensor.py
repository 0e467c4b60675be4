"""A stand-in for a tensor of PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from deltasift.errors import ReadError
from deltasift.read.arrays import shapes
from deltasift.read.arrays.standin import StandIn, length_of
from deltasift.read.arrays.torch import TABLE, Method, WithPlaces

VIEWS = frozenset(
    {
        *("view", "view_as", "reshape", "flatten", "transpose", "permute", "swapaxes", "movedim", "t", "squeeze"),
        *("unsqueeze", "expand", "detach", "diagonal", "contiguous", "select", "narrow", "unbind", "ravel"),
        *("view_as", "reshape_as", "expand_as", "broadcast_to"),
    }
)
# what returns the array itself where its type is that already
CASTS = frozenset({"to", "type", "type_as", "float", "double", "half", "bfloat16", "long", "int", "short", "bool"})


class TorchStandIn(StandIn):
    """A stand-in for a tensor."""

    METHODS: Mapping[str, Method] = TABLE  # type: ignore[misc]
    VIEWS = VIEWS
    CASTS = CASTS
    MUTABLE_NUMBERS = True

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Answer a function of PyTorch."""
        name = func.__name__
        if name not in TABLE:
            raise ReadError(f"torch.{name} is not read")
        return cls.call(TABLE[name], args, kwargs or {})

    @classmethod
    def wrapped(cls, value: Any) -> Any:
        """Return a result with its arrays as stand-ins."""
        if isinstance(value, WithPlaces):
            return WithPlaces(cls.wrapped(value.values))
        return super().wrapped(value)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        import torch

        return torch.Tensor

    @property
    def dtype(self) -> Any:
        """The type that such numbers have by default in a comparison with data."""
        import torch

        return {"truth": torch.bool, "integer": torch.int64, "real": torch.float64}[self.array.kind]

    @property
    def device(self) -> Any:
        """Where the data are."""
        import torch

        return torch.device("cpu")

    @property
    def shape(self) -> Any:
        """The lengths of the axes."""
        return Lengths(length_of(self, d) for d in range(self.array.ndim))

    def size(self, dim: Any = None) -> Any:
        """Return a length, or all of them."""
        return self.shape if dim is None else self.shape[self.array.axis(int(dim))]

    def dim(self) -> int:
        """Return the number of axes."""
        return self.array.ndim

    def get_device(self) -> int:
        """Return where the data are."""
        return -1

    def is_floating_point(self) -> bool:
        """Tell whether entries are reals."""
        return self.array.kind == "real"

    requires_grad = False
    is_cuda = False
    is_sparse = False
    is_nested = False
    is_quantized = False
    layout = SimpleNamespace()
    grad_fn = None

    @property
    def mT(self) -> Any:
        """The array with its last two axes exchanged."""
        return type(self)(shapes.exchanged(self.array, -1, -2), True)

    @property
    def data(self) -> Any:
        """The same numbers."""
        self.shared = True
        return type(self)(self.array, True)


class Lengths(tuple):  # type: ignore[type-arg]
    """A shape, with `numel`."""

    __slots__ = ()

    def numel(self) -> Any:
        """Return the number of entries."""
        found: Any = 1
        for n in self:
            found = n * found if isinstance(n, StandIn) else found * n
        return found

"""Numerical integrals and roots of functions of arrays: Gauss-Kronrod on panels, halved where they disagree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[[Any], Any]  # of an array, to an array

# The 15 Kronrod nodes on [-1, 1] with their weights, and the weights of the 7 Gauss nodes among them.
_HALF = [0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993944]
_HALF += [0.5860872354676911, 0.4058451513773972, 0.2077849550078985]
_KRONROD = [0.0229353220105292, 0.0630920926299785, 0.1047900103222502, 0.1406532597159894]
_KRONROD += [0.1690047266392679, 0.1903505780647854, 0.2044329400752989]
_GAUSS = [0.0, 0.1294849661688697, 0.0, 0.2797053914892767, 0.0, 0.3818300505051189, 0.0]
NODES = np.array([-x for x in _HALF] + [0.0] + list(reversed(_HALF)))
KRONROD = np.array([*_KRONROD, 0.2094821410847278, *reversed(_KRONROD)])
GAUSS = np.array([*_GAUSS, 0.4179591836734694, *reversed(_GAUSS)])

ROUNDS, PANELS = 24, 4000
GRID = 1600  # points on which a change of sign is looked for
FINER = 48  # points of a round that narrows a root down


def integral(f: Function, edges: list[float], tolerance: float) -> complex:
    """Return the integral of f over the panels between the edges."""
    left, right = np.array(edges[:-1]), np.array(edges[1:])
    total, used = 0.0 + 0.0j, 0
    for round_ in range(ROUNDS):
        middle, half = (left + right) / 2, (right - left) / 2
        values = np.broadcast_to(f((middle[:, None] + half[:, None] * NODES).ravel()), (len(left) * len(NODES),))
        values = values.reshape(len(left), len(NODES))
        fine, coarse = (values @ KRONROD) * half, (values @ GAUSS) * half
        used += len(left)
        bad = np.abs(fine - coarse) > np.maximum(tolerance, 1e-11 * np.abs(fine))
        if round_ == ROUNDS - 1 or used > PANELS:
            bad &= False
        total += complex(np.sum(fine[~bad]))
        if not bad.any():
            break
        left, right, middle = left[bad], right[bad], middle[bad]
        left, right = np.concatenate([left, middle]), np.concatenate([middle, right])
    return total


def roots(g: Function, low: float, high: float, near: float) -> list[tuple[float, float]]:
    """Return the roots of g and the magnitude of its slope there; a minimum of |g| below `near` counts as a root."""
    xs = np.linspace(low, high, GRID + 1)
    ys = np.broadcast_to(np.real_if_close(g(xs)), xs.shape)
    if np.iscomplexobj(ys):
        ys = np.where(np.abs(ys.imag) < 1e-12, ys.real, np.nan)
    ys = np.where(np.isfinite(ys), ys, np.nan).astype(float)
    found = []
    for place in np.nonzero(ys == 0)[0]:
        found.append(float(xs[place]))
    for place in np.nonzero(ys[:-1] * ys[1:] < 0)[0]:
        root = _bisected(g, float(xs[place]), float(xs[place + 1]), float(ys[place]))
        if abs(_at(g, root)) < 1e-3 * (1 + abs(ys[place]) + abs(ys[place + 1])):  # else a pole
            found.append(root)
    size = np.abs(ys)
    inner = (size[1:-1] <= size[:-2]) & (size[1:-1] <= size[2:]) & (ys[1:-1] * ys[:-2] > 0) & (ys[1:-1] * ys[2:] > 0)
    for place in np.nonzero(inner)[0] + 1:
        root = _least(g, float(xs[place - 1]), float(xs[place + 1]))
        if abs(_at(g, root)) < near:
            found.append(root)
    apart: list[float] = []
    for root in sorted(found):
        if not apart or root - apart[-1] > 1e-9:
            apart.append(root)
    return [(root, _slope(g, root)) for root in apart]


def _at(g: Function, x: float) -> float:
    value = np.real_if_close(np.asarray(g(np.array([x]))).ravel()[0])
    return float("nan") if np.iscomplexobj(value) else float(value)


def _slope(g: Function, x: float) -> float:
    step = 1e-6 * max(1.0, abs(x))
    slope = abs(_at(g, x + step) - _at(g, x - step)) / (2 * step)
    return slope if np.isfinite(slope) else 0.0


def _bisected(g: Function, low: float, high: float, at_low: float) -> float:
    """Return where g changes its sign: each round looks at many points between."""
    for _ in range(7):
        xs = np.linspace(low, high, FINER)
        ys = np.broadcast_to(np.real(g(xs)), xs.shape)
        changed = np.nonzero(~(ys * at_low > 0))[0]
        if not len(changed) or changed[0] == 0 or not np.isfinite(ys[changed[0]]):
            break
        low, high, at_low = float(xs[changed[0] - 1]), float(xs[changed[0]]), float(ys[changed[0] - 1])
        if ys[changed[0]] == 0:
            return high
    return (low + high) / 2


def _least(g: Function, low: float, high: float) -> float:
    """Return where the magnitude of g is least."""
    for _ in range(9):
        xs = np.linspace(low, high, FINER)
        place = int(np.argmin(np.abs(np.broadcast_to(g(xs), xs.shape))))
        low, high = float(xs[max(place - 1, 0)]), float(xs[min(place + 1, FINER - 1)])
    return (low + high) / 2

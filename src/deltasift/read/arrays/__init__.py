"""Functions over arrays as expressions: a function is run once on stand-ins, arrays of a symbolic shape.

An array is its shape, in symbolic sizes, and a function from positions to the entry (`array`). The stand-ins answer
the protocols of PyTorch and NumPy (`standin`, `torch`, `numpy`); what JAX traces is read from its jaxpr (`jaxpr`).
Each operator is one function of arrays (`entrywise`, `folds`, `shapes`, `picks`, `losses`), whatever the library
calls it. What has no meaning as a formula is refused by its line, never guessed: branches on data, shapes that
depend on data, numbers that Python would need of a symbolic size.
"""

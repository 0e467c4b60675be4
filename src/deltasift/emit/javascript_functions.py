"""The functions that generated JavaScript may call, each of which stops where Python's does."""

from __future__ import annotations

_MATH = {"fabs": "abs", "floor": "floor", "ceil": "ceil", "exp": "exp", "atan2": "atan2"}
_MATH |= {name: name for name in ("cos", "sin", "tan", "asin", "acos", "atan", "cosh", "sinh", "tanh")}
_MATH |= {name: name for name in ("asinh", "acosh", "atanh")}

FUNCTIONS = {
    **{name: f"const {name} = Math.{its};" for name, its in _MATH.items()},
    "pi": "const pi = Math.PI;",
    "inf": "const inf = Infinity;",
    "nan": "const nan = NaN;",
    "stop": "function stop(why) {\n  throw new RangeError(why);\n}",
    "log": 'function log(x) {\n  return x > 0 ? Math.log(x) : stop("the logarithm of 0 or of less");\n}',
    "sqrt": 'function sqrt(x) {\n  return x >= 0 ? Math.sqrt(x) : stop("the square root of less than 0");\n}',
    "div": 'function div(a, b) {\n  return b !== 0 ? a / b : stop("a division by 0");\n}',
    "mod": 'function mod(a, b) {\n  return b !== 0 ? a - b * Math.floor(a / b) : stop("a division by 0");\n}',
    "pow": """\
function pow(a, b) {
  return (a === 0 && b < 0) || (a < 0 && b % 1 !== 0) ? stop("a power without a value") : a ** b;
}""",
    "entry": """\
function entry(table, ...places) {
  for (const i of places) {
    if (!(i >= 0 && i < table.length)) stop(`entry ${i} of an array of ${table.length}, counted from 0`);
    table = table[i];
  }
  return table;
}""",
    "whole": 'function whole(x) {\n  return Number.isInteger(x) ? x : stop("no integer");\n}',
    "table": """\
function table(lo, hi, f) {
  const found = [];
  for (let i = lo; i < hi; i++) found.push(f(i));
  return found;
}""",
    "sum": "function sum(lo, hi, f) {\n  return table(lo, hi, f).reduce((a, b) => a + b, 0);\n}",
    "prod": "function prod(lo, hi, f) {\n  return table(lo, hi, f).reduce((a, b) => a * b, 1);\n}",
    "largest": """\
function largest(lo, hi, f) {
  return lo < hi ? Math.max(...table(lo, hi, f)) : stop("the largest of nothing");
}""",
    "smallest": """\
function smallest(lo, hi, f) {
  return lo < hi ? Math.min(...table(lo, hi, f)) : stop("the smallest of nothing");
}""",
    "all": "function all(lo, hi, f) {\n  return table(lo, hi, f).every(Boolean);\n}",
    "xlogy": "function xlogy(x, y) {\n  return x === 0 && y >= 0 ? 0 : x * log(y);\n}",
    "rel_entr": "function rel_entr(x, y) {\n  return x === 0 && y >= 0 ? 0 : x * log(div(x, y));\n}",
    "sigma": """\
function sigma(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}""",
}
CALLED_BY = {
    **dict.fromkeys(("log", "sqrt", "div", "mod", "pow", "entry", "whole"), ("stop",)),
    **dict.fromkeys(("sum", "prod", "all"), ("table",)),
    **dict.fromkeys(("largest", "smallest"), ("table", "stop")),
    "xlogy": ("log",),
    "rel_entr": ("log", "div"),
}

# Words of the language, and what the page in the browser has beside the functions.
RESERVED = frozenset(
    """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof undefined var void while with yield
    Array Boolean Infinity Math NaN Number Object RangeError String Symbol async document get of set window
    """.split()  # noqa: SIM905
) | {*FUNCTIONS, "LINES", "VIEWS"}

"""Executable source of a line, and its value on data."""

from deltasift.emit.arrays import ArrayProgram
from deltasift.emit.evaluate import evaluate
from deltasift.emit.python import Program, PythonFunction, line_functions, python_source

__all__ = ["ArrayProgram", "Program", "PythonFunction", "evaluate", "line_functions", "python_source"]

"""Executable source of a line, and its value on data."""

from deltasift.emit.arrays import ArrayProgram
from deltasift.emit.evaluate import evaluate, forecast
from deltasift.emit.python import Program, PythonFunction, line_functions, python_source

__all__ = ["ArrayProgram", "Program", "PythonFunction", "evaluate", "forecast", "line_functions", "python_source"]

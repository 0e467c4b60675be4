"""A derivation or a page in, a frozen report out."""

from deltasift.check.checker import check, page_scope
from deltasift.check.refusal import refusal
from deltasift.check.report import CheckResult, Counterexample, Line, Refusal, Report, Substep

__all__ = ["CheckResult", "Counterexample", "Line", "Refusal", "Report", "Substep", "check", "page_scope", "refusal"]

"""Reasons whose instances are not one pattern: unfolding a definition, field arithmetic, rewriting under a binder."""

from __future__ import annotations

from deltasift.rule import AnyRule, Method, Under

definition = Method("definition", "By definition.", "cover2006, chapter 2")
bracket_true = Method(
    "bracket_true", "A bracket around what is true is 1, and so is that part of it.", "graham1994, section 2.1"
)
bracket_false = Method("bracket_false", "A bracket around what is false makes its term 0.", "graham1994, section 2.1")
bracket_and = Method("bracket_and", "A bracket around several statements is their product.", "graham1994, section 2.1")
bracket_add = Method(
    "bracket_add", "Equal brackets, and those that exclude each other, are joined.", "graham1994, section 2.1"
)
bracket_arith = Method(
    "bracket_arith", "A bracket around an order of integers, solved for one of them.", "graham1994, section 2.1"
)
bracket_delta = Method("bracket_delta", "A bracket around an equality is a delta.", "graham1994, section 2.1")
bracket_not = Method("bracket_not", "What is not so is its contrary.", "graham1994, section 2.1")
bracket_or = Method(
    "bracket_or", "One of two statements is true if the first is, or else the second.", "graham1994, section 2.1"
)
delta_arith = Method("delta_arith", "The equation in the delta is solved for a name.", "graham1994, section 2.1")
delta_cases = Method("delta_cases", "A delta is 0 or 1, which makes two cases.", "graham1994, section 2.1")
bracket_compl = Method("bracket_compl", "One minus a bracket is that of the contrary.", "graham1994, section 2.1")
bracket_zero = Method("bracket_zero", "A bracket is not needed where the term is 0 anyway.", "graham1994, section 2.1")
delta_power = Method("delta_power", "Equal powers of a number have equal exponents.", "graham1994, section 2.1")
delta_roots = Method("delta_roots", "A polynomial is 0 at its integer zeros only.", "graham1994, section 2.1")
delta_subst = Method("delta_subst", "Beside a delta one argument may be put for the other.", "graham1994, section 2.1")
series_add = Method("series_add", "A series of sums splits into series that exist each.", "rudin1987, theorem 1.27")
dirac_linear = Method(
    "dirac_linear", "A scaled delta is the delta at its point, divided by the scale.", "strichartz2003, section 1.2"
)
dirac_roots = Method(
    "dirac_roots",
    "A delta of a function is a delta at each simple zero, divided by the slope there.",
    "strichartz2003, section 1.2",
)
derivative_dirac = Method(
    "derivative_dirac", "The derivative of a delta is the next one, times the slope.", "strichartz2003, section 1.2"
)
derivative_step = Method(
    "derivative_step", "The derivative of a step is a delta, times the slope.", "strichartz2003, section 1.2"
)
derivative_at = Method("derivative_at", "A derivative is a function, taken at the point.", "rudin1987, chapter 7")
dirac_ne = Method("dirac_ne", "Away from 0 there is no point mass.", "strichartz2003, section 1.2")
integral_add_dirac = Method(
    "integral_add_dirac", "Point masses are integrated apart from the rest.", "rudin1987, theorem 1.32"
)
integral_arcsine = Method("integral_arcsine", "The arcsine law has the mass pi.", "feller1971, section II.4")
integral_even = Method(
    "integral_even", "An even function has the same integral on both sides of 0.", "rudin1987, chapter 1"
)
integral_bracket = Method(
    "integral_bracket", "A bracket that bounds the variable cuts the interval.", "rudin1987, theorem 1.32"
)
integral_dirac_bracket = Method(
    "integral_dirac_bracket", "The delta sifts where its point is in the interval.", "strichartz2003, section 1.2"
)
integral_dirac_derivative = Method(
    "integral_dirac_derivative",
    "A derivative of the delta sifts out a derivative, with its sign.",
    "strichartz2003, section 1.2",
)
integral_dirac_sides = Method(
    "integral_dirac_sides",
    "The delta sifts out what the function is on both sides of the point.",
    "strichartz2003, section 1.2",
)
integral_exp = Method("integral_exp", "The integral of a polynomial times an exponential.", "rudin1987, chapter 1")
integral_flip = Method("integral_flip", "An interval read backwards changes the sign.", "rudin1987, chapter 1")
integral_gauss = Method("integral_gauss", "The moments of a Gaussian.", "murphy2022, section 2.6")
integral_pow = Method("integral_pow", "The integral of a polynomial.", "rudin1987, chapter 1")
integral_series = Method(
    "integral_series", "An integral over a series of point masses is the series.", "rudin1987, theorem 1.27"
)
integral_step = Method("integral_step", "A step is a bracket, but at a single point.", "rudin1987, theorem 1.39")
mul_add_dirac = Method(
    "mul_add_dirac", "A product with a sum of point masses is the sum of the products.", "lang2002, chapter II"
)
add_mul_dirac = Method("add_mul_dirac", "A delta that several terms have is taken out of them.", "lang2002, chapter II")
mul_dirac_zero = Method(
    "mul_dirac_zero", "What is 0 where the point mass is makes it vanish.", "strichartz2003, section 1.2"
)
piecewise_bracket = Method(
    "piecewise_bracket", "A case distinction is a sum over its cases in brackets.", "graham1994, section 2.1"
)
norm_num = Method("norm_num", "Numbers are worked out.", "lang2002, chapter II")
bracket_le = Method(
    "bracket_le",
    "What is both at most and at least a number is equal to it.",
    "graham1994, section 2.1",
)
series_mul = Method("series_mul", "A factor free of the index moves out of a series.", "rudin1987, theorem 1.27")
prod_write_out = Method("prod_write_out", "A product of few factors, written out.", "graham1994, section 2.1")
series_comm = Method("series_comm", "A finite sum of series is the series of the sums.", "rudin1987, theorem 1.27")
sum_bracket = Method("sum_bracket", "A bracket that bounds the index cuts the range.", "graham1994, section 2.1")
sum_write_out = Method("sum_write_out", "A sum of few terms, written out.", "graham1994, section 2.1")
arithmetic = Method("arithmetic", "By arithmetic.", "lang2002, chapter II")


def sum_congr(rule: AnyRule) -> Under:
    """Use a rule in every term of a sum, product or integral, whose range is a fact there."""
    return Under(rule)

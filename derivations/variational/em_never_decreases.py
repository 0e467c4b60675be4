"""A step of expectation maximisation never decreases the log evidence.

Why does the algorithm climb? The evidence lower bound under the old posterior touches the old log evidence and lies
below the new one; a new joint probability whose mean log is not smaller under that posterior raises the bound, and with
it what lies above.
"""

from deltasift import LessEqual, Sum, assuming, calc, define, index, log, positive, sizes, step
from deltasift.rules import arithmetic, definition, jensen_log, le_of_given, log_div, sum_add, sum_mul_left

# Given
Z = sizes("Z")
z = index("z", 1, Z)
p, f = positive("p", z), positive("f", z)  # the joint probability of the data and z, before the step and after it
r = define("r", z, p[z] / Sum(p[z], z))  # the old posterior
larger = assuming(LessEqual(Sum(r[z] * log(p[z]), z), Sum(r[z] * log(f[z]), z)))
references = ["bishop2006, section 9.4"]
example = {"p": ["1/8", "1/4"], "f": ["1/8", "1/2"]}

# Claim
claim = LessEqual(log(Sum(p[z], z)), log(Sum(f[z], z)))

# Proof
proof = calc(
    log(Sum(f[z], z)),
    step(log(Sum(r[z] * (f[z] / r[z]), z)), by=arithmetic),
    step(Sum(r[z] * log(f[z] / r[z]), z), by=jensen_log.reversed, relation=">="),
    step(Sum(r[z] * (log(f[z]) - log(r[z])), z), by=log_div),
    step(Sum(r[z] * log(f[z]) - r[z] * log(r[z]), z), by=arithmetic),
    step(Sum(r[z] * log(f[z]), z) - Sum(r[z] * log(r[z]), z), by=sum_add),
    step(Sum(r[z] * log(p[z]), z) - Sum(r[z] * log(r[z]), z), by=le_of_given.reversed, relation=">="),
    step(Sum(r[z] * log(p[z]) - r[z] * log(r[z]), z), by=sum_add.reversed),
    step(Sum(r[z] * (log(p[z]) - log(r[z])), z), by=arithmetic),
    step(Sum(r[z] * log(p[z] / r[z]), z), by=log_div.reversed),
    step(Sum(r[z] * log(p[z] / (p[z] / Sum(p[z], z))), z), by=definition),
    step(Sum(p[z] / Sum(p[z], z) * log(p[z] / (p[z] / Sum(p[z], z))), z), by=definition),
    step(Sum(1 / Sum(p[z], z) * log(Sum(p[z], z)) * p[z], z), by=arithmetic),
    step(1 / Sum(p[z], z) * log(Sum(p[z], z)) * Sum(p[z], z), by=sum_mul_left),
    step(log(Sum(p[z], z)), by=arithmetic),
)

"""A temperature keeps the order of the classes: of two scores the larger has the larger probability.

Does a temperature change which class is the most probable? No: whatever T > 0 is, the exponential of the larger score
over T is the larger one, and both are divided by the same sum. What changes is how sure the model is.
"""

from deltasift import LessEqual, Sum, assuming, calc, define, exp, index, positive, real, sizes, step
from deltasift.rules import definition, le_of_given

# Given
K = sizes("K")
i, j, k = index("i", 1, K), index("j", 1, K), index("k", 1, K)
z, T = real("z", k), positive("T")
s = define("s", k, exp(z[k] / T) / Sum(exp(z[j] / T), j))
larger = assuming(z[i] <= z[k])
references = ["guo2017, section 4"]
example = {"z": [0, 1, 2], "T": 2, "i": 1, "k": 3}

total = Sum(exp(z[j] / T), j)

# Claim
claim = LessEqual(s[i], s[k])

# Proof
proof = calc(
    s[i],
    step(exp(z[i] / T) / total, by=definition),
    step(exp(z[k] / T) / total, by=le_of_given, relation="<="),
    step(s[k], by=definition),
)

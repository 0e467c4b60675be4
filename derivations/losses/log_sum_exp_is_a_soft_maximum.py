"""The log-sum-exp lies between the maximum and the maximum plus log K.

Why is it called a soft maximum? One exponential alone gives the lower bound; the upper one replaces each of the K
exponentials by the largest.
"""

from deltasift import LessEqual, Maximum, Sum, calc, exp, index, log, real, sizes, step
from deltasift.rules import arithmetic, log_sum_exp_le_maximum, maximum_le_log_sum_exp

# Given
K = sizes("K")
k = index("k", 1, K)
z = real("z", k)
references = ["blanchard2021, section 2"]
example = {"z": [0, 1, 3]}

# Claim
claims = [
    LessEqual(Maximum(z[k], k), log(Sum(exp(z[k]), k))),
    LessEqual(log(Sum(exp(z[k]), k)), Maximum(z[k], k) + log(K)),
]

# Proof
proofs = [
    calc(Maximum(z[k], k), step(log(Sum(exp(z[k]), k)), by=maximum_le_log_sum_exp, relation="<=")),
    calc(
        log(Sum(exp(z[k]), k)),
        step(Maximum(z[k], k) + log(K - 1 + 1), by=log_sum_exp_le_maximum, relation="<="),
        step(Maximum(z[k], k) + log(K), by=arithmetic),
    ),
]

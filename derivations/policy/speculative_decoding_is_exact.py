"""Speculative decoding draws from the large model, whatever the small one proposes.

Why does a cheap draft not change what is sampled? A token k is proposed with probability q_k and kept with probability
min(1, p_k/q_k), which together is min(p_k, q_k). What is rejected is drawn anew from the part of p above q, and the
probability of a rejection is just the sum of that part: the two add up to p_k.
"""

from deltasift import Equality, Max, Min, Sum, assuming, calc, index, pmf, sizes, step
from deltasift.rules import arithmetic, max_sub_zero, min_as_max, sum_add, sum_pmf

# Given
K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
p, q = pmf("p", k), pmf("q", k)  # the large model, and the draft
rejected = Sum(Max(p[j] - q[j], 0), j)
some = assuming(rejected > 0)  # where nothing is ever rejected, p is q
references = ["leviathan2023, appendix A.1"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/4", "1/4", "1/2"], "k": 1}

# Claim
kept = Sum(Min(p[j], q[j]), j)
claims = [
    Equality(1 - kept, rejected),
    Equality(Min(p[k], q[k]) + (1 - kept) * (Max(p[k] - q[k], 0) / rejected), p[k]),
]

# Proof
larger = Sum(Max(p[j], q[j]), j)
rest = Max(p[k] - q[k], 0) / rejected
proofs = [
    calc(
        1 - kept,
        step(1 - Sum(p[j] + q[j] - Max(p[j], q[j]), j), by=min_as_max),
        step(1 - (Sum(p[j], j) + Sum(q[j], j) - larger), by=sum_add),
        step(1 - (1 + Sum(q[j], j) - larger), by=sum_pmf),
        step(larger - Sum(q[j], j), by=arithmetic),
        step(Sum(Max(p[j], q[j]) - q[j], j), by=sum_add.reversed),
        step(rejected, by=max_sub_zero.reversed),
    ),
    calc(
        Min(p[k], q[k]) + (1 - kept) * rest,
        step(Min(p[k], q[k]) + (1 - Sum(p[j] + q[j] - Max(p[j], q[j]), j)) * rest, by=min_as_max),
        step(Min(p[k], q[k]) + (1 - (Sum(p[j], j) + Sum(q[j], j) - larger)) * rest, by=sum_add),
        step(Min(p[k], q[k]) + (1 - (1 + Sum(q[j], j) - larger)) * rest, by=sum_pmf),
        step(Min(p[k], q[k]) + (larger - Sum(q[j], j)) * rest, by=arithmetic),
        step(Min(p[k], q[k]) + Sum(Max(p[j], q[j]) - q[j], j) * rest, by=sum_add.reversed),
        step(Min(p[k], q[k]) + rejected * rest, by=max_sub_zero.reversed),
        step(Min(p[k], q[k]) + Max(p[k] - q[k], 0), by=arithmetic),
        step(p[k] + q[k] - Max(p[k], q[k]) + Max(p[k] - q[k], 0), by=min_as_max),
        step(p[k] + q[k] - Max(p[k], q[k]) + (Max(p[k], q[k]) - q[k]), by=max_sub_zero),
        step(p[k], by=arithmetic),
    ),
]

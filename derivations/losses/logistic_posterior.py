"""The posterior of two Gaussian classes is a logistic function of a line.

Why does a sigmoid stand at the end of a binary classifier? Take two classes with normal densities of one width: the
quotient of the densities is the exponential of a linear function, the squares cancel, and Bayes' rule becomes the
logistic function. The average negative log-likelihood of labels in {0, 1} under such a posterior is the binary cross
entropy.
"""

from deltasift import (
    AverageNLL,
    BinaryCrossEntropy,
    Equality,
    Sum,
    calc,
    define,
    exp,
    gaussian_pdf,
    index,
    labels,
    log,
    positive,
    real,
    sigma,
    sizes,
    step,
)
from deltasift.rules import (
    arithmetic,
    definition,
    exp_add,
    exp_log_of_pos,
    exp_neg,
    log_div,
    log_mul,
    log_pow,
)

# Given
N = sizes("N")
n, k = index("n", 1, N), index("k", 0, 1)
y = labels("y", n, k)
x, mu_0, mu_1 = real("x"), real("mu_0"), real("mu_1")
scale = positive("s")
prior = real("pi_1", above=0, below=1)
w = define("w", (mu_1 - mu_0) / scale**2)
b = define("b", (mu_0**2 - mu_1**2) / (2 * scale**2) + log(prior / (1 - prior)))
g_1 = define("g_1", x, gaussian_pdf(x, mu_1, scale))
g_0 = define("g_0", x, gaussian_pdf(x, mu_0, scale))
s = real("p", n, above=0, below=1)
q = define("q", n, k, s[n] ** k * (1 - s[n]) ** (1 - k))

square_1, square_0 = (x - mu_1) ** 2 / (2 * scale**2), (x - mu_0) ** 2 / (2 * scale**2)
line = (mu_1 - mu_0) / scale**2 * x + (mu_0**2 - mu_1**2) / (2 * scale**2)
posterior = prior * g_1(x) / (prior * g_1(x) + (1 - prior) * g_0(x))
references = ["jordan1995, section 2", "murphy2022, section 9.2.2"]
example = {
    "y": [0, 1, 1],
    "x": 1,
    "mu_0": -1,
    "mu_1": 2,
    "s": 1,
    "pi_1": "1/3",
    "p": ["1/4", "1/2", "3/4"],
}

# Claim
claims = [
    Equality(posterior, sigma(w * x + b)),
    Equality(AverageNLL(q, y), BinaryCrossEntropy(y, s)),
]

# Proof
proofs = [
    calc(
        posterior,
        step(1 / (1 + (1 - prior) / prior * (g_0(x) / g_1(x))), by=arithmetic),
        step(
            1 / (1 + (1 - prior) / prior * (gaussian_pdf(x, mu_0, scale) / gaussian_pdf(x, mu_1, scale))),
            by=definition,
        ),
        step(1 / (1 + (1 - prior) / prior * (exp(-square_0) * (1 / exp(-square_1)))), by=arithmetic),
        step(
            1 / (1 + exp(log((1 - prior) / prior)) * (exp(-square_0) * (1 / exp(-square_1)))),
            by=exp_log_of_pos.reversed,
        ),
        step(
            1 / (1 + exp(log((1 - prior) / prior)) * (exp(-square_0) * exp(square_1))),
            by=exp_neg.reversed,
        ),
        step(1 / (1 + exp(log((1 - prior) / prior) - square_0 + square_1)), by=exp_add.reversed),
        step(1 / (1 + exp(log(1 - prior) - log(prior) - square_0 + square_1)), by=log_div),
        step(1 / (1 + exp(-(line + (log(prior) - log(1 - prior))))), by=arithmetic),
        step(1 / (1 + exp(-(line + log(prior / (1 - prior))))), by=log_div.reversed),
        step(1 / (1 + exp(-(w * x + b))), by=definition),
        step(sigma(w * x + b), by=definition),
    ),
    calc(
        AverageNLL(q, y),
        step(-1 / N * Sum(log(q[n, y[n]]), n), by=definition),
        step(-1 / N * Sum(log(s[n] ** y[n] * (1 - s[n]) ** (1 - y[n])), n), by=definition),
        step(-1 / N * Sum(log(s[n] ** y[n]) + log((1 - s[n]) ** (1 - y[n])), n), by=log_mul),
        step(-1 / N * Sum(y[n] * log(s[n]) + (1 - y[n]) * log(1 - s[n]), n), by=log_pow),
        step(BinaryCrossEntropy(y, s), by=definition),
    ),
]

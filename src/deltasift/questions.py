"""What people ask about cross entropy and likelihood, and the line of the catalogue that answers it.

The questions are those of someone who knows both definitions and reads Murphy (2022), sections 4.2 and 6.2, where the
divergence from the data becomes "a constant plus the negative log-likelihood" by means of a delta. An answer is a
sentence and places: a page, and in it the number of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deltasift.errors import PageError


@dataclass(frozen=True)
class Question:
    """A question, its answer in a sentence, and where the catalogue proves it.

    Attributes
    ----------
    asked, answer : str
    places : tuple of (str, int)
        Names of pages and numbers of lines in them.
    """

    asked: str
    answer: str
    places: tuple[tuple[str, int], ...]


QUESTIONS = (
    Question(
        "Why is the KL divergence the negative entropy plus the cross entropy?",
        "The logarithm of the quotient splits, and the sum with it: the first part is -H(p), the second is H(p, q).",
        (("kl_splits_into_entropies", 4), ("kl_splits_into_entropies", 5)),
    ),
    Question(
        "Why may the first term be ignored as a constant?",
        "q does not occur in the entropy of the data; what does not vary moves no minimiser.",
        (("kl_is_constant_plus_nll", 11), ("minimising_kl_is_maximum_likelihood", 4)),
    ),
    Question(
        "What is the distribution of the data that is written with a delta?",
        "Of each class it is the share of the examples with that label, a sum over the examples of Kronecker deltas.",
        (("cross_entropy_is_average_nll", 3), ("sum_over_examples_to_sum_over_classes", 15)),
    ),
    Question(
        "How does the divergence become a constant plus the NLL?",
        "It splits, the delta is put in for the data, the sums change places, and the inner one collapses.",
        (("kl_is_constant_plus_nll", 6), ("kl_is_constant_plus_nll", 7), ("kl_is_constant_plus_nll", 10)),
    ),
    Question(
        "How can a term with one distribution q be a cross entropy, which has two?",
        "The other one is the empirical distribution of the labels: put in, it leaves of each sum over k one term.",
        (("cross_entropy_is_average_nll", 3), ("cross_entropy_is_average_nll", 6)),
    ),
    Question(
        "How does a sum over N examples turn into one over K classes?",
        "Both are there, in a double sum: the delta collapses the one over k; the way back, counting, the one over n.",
        (("cross_entropy_is_average_nll", 5), ("sum_over_examples_to_sum_over_classes", 6)),
    ),
    Question(
        "Is the delta another way to say one-hot?",
        "For one example it is: a vector with a 1 at the label. For many it is their average, whose entropy is not 0.",
        (("delta_is_one_hot", 3), ("delta_is_one_hot", 15), ("delta_is_one_hot", 27)),
    ),
    Question(
        "May the terms that are multiplied by 0 be skipped, and the 1 be left out?",
        "That is the rule sum_delta, and its condition is that the label is one of the classes.",
        (("classification_loss_is_average_nll", 3), ("cross_entropy_is_average_nll", 6)),
    ),
    Question(
        "Dirac's delta or Kronecker's, and does it matter?",
        "Labels take Kronecker's, points Dirac's: the cross entropy collapses alike, but there is no entropy, no KL.",
        (("dirac_cross_entropy_is_average_nll", 5), ("dirac_cross_entropy_is_average_nll", 6)),
    ),
    Question(
        "What does the word average stand for?",
        "For the factor 1/N, which does not depend on q and moves no minimiser.",
        (("average_or_sum", 4), ("average_or_sum", 7)),
    ),
    Question(
        "Why is a likelihood of examples a sum of logarithms?",
        "It is a product over the examples, and the logarithm of a product is the sum of the logarithms.",
        (("log_likelihood_is_a_sum", 3), ("log_likelihood_is_a_sum", 4), ("minimising_kl_is_maximum_likelihood", 17)),
    ),
    Question(
        "Why the logistic function?",
        "It is the posterior of two Gaussian classes with one width, and its average NLL is the binary cross entropy.",
        (("logistic_posterior", 1),),
    ),
)
COMMON = "a an and are as at be by do does for how i in is it may of on one or that the to what why with"


def questions_about(words: str = "") -> tuple[Question, ...]:
    """Return the questions that share the most words with a text, all of them for an empty one.

    Raises
    ------
    PageError
        If none shares a word.
    """
    wanted = _words(words)
    if not words.strip():
        return QUESTIONS
    shared = [(len(wanted & _words(q.asked)) + len(wanted & _words(q.answer)) / 8, q) for q in QUESTIONS]
    best = max(score for score, _ in shared)
    if not best:
        raise PageError(f"no question is about {words!r}: `deltasift ask` lists them all")
    return tuple(q for score, q in shared if score > best / 2)


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, a plural as its singular."""
    return frozenset(w.removesuffix("s") for w in re.findall(r"\w+", text.lower()) if w not in COMMON.split())

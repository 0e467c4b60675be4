"""Losses of PyTorch for segmentation, ranking, metric learning, policies, survival and ordinal targets, each beside its
best-known mistake, written after the others were proved."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F

from benchmarks.loss_cases import BCE, K, N, T, alpha, h, i, k, log_p, loss, n, prob, s, t, tau, u, x, y, z
from deltasift import (
    Abs,
    Equality,
    Max,
    Min,
    Sum,
    Unequal,
    exp,
    index,
    iverson,
    labels,
    log,
    positive,
    real,
    sqrt,
)

eps, margin, gamma, beta = positive("eps"), positive("m"), real("g", above=0), positive("beta")
j = index("j", 1, K)
old, adv, ref = real("old", n, s), real("adv", n), real("ref", n, s)
new = real("new", n, s)
mask = labels("mask", (n, s), 0, 1)
a, b, w = real("a", n), real("b", n), positive("w", n)
event = labels("event", n, 0, 1)
soft = real("soft", n, k)


def wild(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("torch", formula, right=right, facts=facts, **given)


# --- segmentation ---------------------------------------------------------------------------------------------------

HIT, AREA = Sum(prob[n] * t[n], n), Sum(prob[n], n) + Sum(t[n], n)


@wild(1 - (HIT + 1) / (AREA - HIT + 1), p=prob, y=t)
def jaccard(p, y, smooth=1):
    intersection = (p * y).sum()
    return 1 - (intersection + smooth) / ((p + y).sum() - intersection + smooth)


@wild(1 - (HIT + 1) / (AREA - HIT + 1), right=False, p=prob, y=t)
def jaccard_of_the_area(p, y, smooth=1):
    intersection = (p * y).sum()
    return 1 - (intersection + smooth) / ((p + y).sum() + smooth)


@wild(-log((2 * HIT + 1) / (AREA + 1)), p=prob, y=t)
def log_dice(p, y):
    return -torch.log((2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1))


@wild(-log((2 * HIT + 1) / (AREA + 1)), right=False, p=prob, y=t)
def log_dice_once(p, y):
    return -torch.log(((p * y).sum() + 1) / (p.sum() + y.sum() + 1))


P_T = t[n] * prob[n] + (1 - t[n]) * (1 - prob[n])


@wild(-Sum((1 - P_T) ** 2 * log(P_T), n) / N, p=prob, y=t)
def focal_by_p_t(p, y):
    p_t = torch.where(y == 1, p, 1 - p)
    return -((1 - p_t) ** 2 * torch.log(p_t)).mean()


@wild(-Sum((1 - P_T) ** 2 * log(P_T), n) / N, p=prob, y=t)
def focal_by_parts(p, y):
    return -(y * (1 - p) ** 2 * torch.log(p) + (1 - y) * p**2 * torch.log(1 - p)).mean()


@wild(-Sum((1 - P_T) ** 2 * log(P_T), n) / N, right=False, p=prob, y=t)
def focal_of_positives(p, y):
    return -(y * (1 - p) ** 2 * torch.log(p) + (1 - y) * (1 - p) ** 2 * torch.log(1 - p)).mean()


# --- binary targets as signs ----------------------------------------------------------------------------------------


@wild(BCE, x=x, y=t)
def logistic_of_signs(x, y):
    sign = 2 * y - 1
    return F.softplus(-sign * x).mean()


@wild(BCE, right=False, x=x, y=t)
def logistic_of_bits(x, y):
    return F.softplus(-y * x).mean()


@wild(BCE, x=x, y=t)
def soft_margin_of_signs(x, y):
    return F.soft_margin_loss(x, 2.0 * y - 1)


@wild(BCE, x=x, y=t)
def bce_by_p_of_the_label(x, y):
    p = torch.sigmoid(x)
    return -torch.log(p * y + (1 - p) * (1 - y)).mean()


@wild(BCE, right=False, x=x, y=t)
def bce_by_p_of_the_other(x, y):
    p = torch.sigmoid(x)
    return -torch.log(p * (1 - y) + (1 - p) * y).mean()


@wild(BCE, x=x, y=t)
def two_logits(x, y):
    return F.cross_entropy(torch.stack([torch.zeros_like(x), x], dim=1), y)


@wild(BCE, right=False, x=x, y=t)
def two_logits_turned(x, y):
    return F.cross_entropy(torch.stack([x, torch.zeros_like(x)], dim=1), y)


# --- regression -----------------------------------------------------------------------------------------------------


@wild(Sum(log((exp(x[n] - u[n]) + exp(u[n] - x[n])) / 2), n) / N, a=x, b=u)
def log_cosh_by_softplus(a, b):
    d = a - b
    return (d + F.softplus(-2 * d) - torch.log(torch.tensor(2.0))).mean()


@wild(Sum(log((exp(x[n] - u[n]) + exp(u[n] - x[n])) / 2), n) / N, right=False, a=x, b=u)
def log_cosh_without_two(a, b):
    d = a - b
    return (d + F.softplus(-d) - torch.log(torch.tensor(2.0))).mean()


@wild(Sum(sqrt((x[n] - u[n]) ** 2 + eps**2), n) / N, a=x, b=u, eps=eps)
def charbonnier(a, b, eps):
    return torch.sqrt((a - b) ** 2 + eps * eps).mean()


@wild(Sum(sqrt((x[n] - u[n]) ** 2 + eps**2), n) / N, right=False, a=x, b=u, eps=eps)
def charbonnier_of_eps(a, b, eps):
    return torch.sqrt((a - b) ** 2 + eps).mean()


@wild(Sum(Max(alpha * (u[n] - x[n]), (alpha - 1) * (u[n] - x[n])), n) / N, pred=x, y=u, q=alpha)
def pinball_by_relu(pred, y, q):
    e = y - pred
    return (q * F.relu(e) + (1 - q) * F.relu(-e)).mean()


@wild(Sum(Max(alpha * (u[n] - x[n]), (alpha - 1) * (u[n] - x[n])), n) / N, right=False, pred=x, y=u, q=alpha)
def pinball_turned(pred, y, q):
    e = pred - y
    return (q * F.relu(e) + (1 - q) * F.relu(-e)).mean()


@wild(Sum(Abs(alpha - iverson(u[n] < x[n])) * (u[n] - x[n]) ** 2, n) / N, pred=x, y=u, tau=alpha)
def expectile(pred, y, tau):
    d = y - pred
    return (torch.where(d < 0, 1 - tau, tau) * d**2).mean()


@wild(Sum(Abs(alpha - iverson(u[n] < x[n])) * (u[n] - x[n]) ** 2, n) / N, right=False, pred=x, y=u, tau=alpha)
def expectile_turned(pred, y, tau):
    d = y - pred
    return (torch.where(d > 0, 1 - tau, tau) * d**2).mean()


# --- ranking and metrics --------------------------------------------------------------------------------------------


@wild(Sum(log(1 + exp(-(a[n] - b[n]))), n) / N, pos=a, neg=b)
def bpr(pos, neg):
    return -torch.log(torch.sigmoid(pos - neg)).mean()


@wild(Sum(log(1 + exp(-(a[n] - b[n]))), n) / N, right=False, pos=a, neg=b)
def bpr_of_each(pos, neg):
    return -(F.logsigmoid(pos) - F.logsigmoid(neg)).mean()


CONTRAST = Sum(t[n] * x[n] ** 2 + (1 - t[n]) * Max(0, margin - x[n]) ** 2, n) / (2 * N)


@wild(CONTRAST, d=x, same=t, m=margin)
def contrastive(d, same, m):
    return 0.5 * torch.where(same == 1, d**2, F.relu(m - d) ** 2).mean()


@wild(CONTRAST, right=False, d=x, same=t, m=margin)
def contrastive_of_the_square(d, same, m):
    return 0.5 * torch.where(same == 1, d**2, F.relu(m - d**2)).mean()


SCORE = Sum(z[n, k] * h[i, k], k) / tau
NT = Sum(log(Sum(iverson(Unequal(i, n)) * exp(Sum(z[n, k] * z[i, k], k) / tau), i)), n) / N


@wild(NT, facts=[N >= 2], z=z, t=tau)
def others_by_subtraction(z, t):
    e = torch.exp(z @ z.T / t)
    return torch.log(e.sum(1) - e.diagonal()).mean()


@wild(NT, right=False, facts=[N >= 2], z=z, t=tau)
def others_with_itself(z, t):
    return torch.log(torch.exp(z @ z.T / t).sum(1)).mean()


@wild(NT, facts=[N >= 2], z=z, t=tau)
def others_by_mask(z, t):
    e = torch.exp(z @ z.T / t) * (1 - torch.eye(len(z)))
    return e.sum(1).log().mean()


LIST = -Sum(Sum(exp(h[n, k]) / Sum(exp(h[n, j]), j) * log_p(n, k), k), n) / N


@wild(LIST, scores=z, relevance=h)
def listnet(scores, relevance):
    return -(relevance.softmax(1) * scores.log_softmax(1)).sum(1).mean()


@wild(LIST, right=False, scores=z, relevance=h)
def listnet_turned(scores, relevance):
    return -(scores.softmax(1) * relevance.log_softmax(1)).sum(1).mean()


# --- policies -------------------------------------------------------------------------------------------------------

RATIO = exp(new[n, s] - old[n, s])
CLIP = Min(RATIO * adv[n], Min(Max(RATIO, 1 - eps), 1 + eps) * adv[n])
SOME = Unequal(Sum(Sum(mask[n, s], s), n), 0)


@wild(-Sum(Sum(CLIP, s), n) / (N * T), new=new, old=old, adv=adv, eps=eps)
def ppo_tokens(new, old, adv, eps):
    ratio = torch.exp(new - old)
    advantage = adv.unsqueeze(1)
    clipped = torch.clamp(ratio, 1 - eps, 1 + eps) * advantage
    return torch.max(-ratio * advantage, -clipped).mean()


@wild(-Sum(Sum(CLIP, s), n) / (N * T), right=False, new=new, old=old, adv=adv, eps=eps)
def ppo_tokens_larger(new, old, adv, eps):
    ratio = torch.exp(new - old)
    advantage = adv.unsqueeze(1)
    clipped = torch.clamp(ratio, 1 - eps, 1 + eps) * advantage
    return -torch.max(ratio * advantage, clipped).mean()


@wild(
    -Sum(Sum(mask[n, s] * CLIP, s), n) / Sum(Sum(mask[n, s], s), n),
    facts=[SOME],
    new=new,
    old=old,
    adv=adv,
    mask=mask,
    eps=eps,
)
def grpo_over_tokens(new, old, adv, mask, eps):
    ratio = torch.exp(new - old)
    per_token = torch.min(ratio * adv[:, None], ratio.clamp(1 - eps, 1 + eps) * adv[:, None])
    return -(per_token * mask).sum() / mask.sum()


@wild(
    -Sum(Sum(mask[n, s] * CLIP, s), n) / Sum(Sum(mask[n, s], s), n),
    right=False,
    facts=[SOME],
    new=new,
    old=old,
    adv=adv,
    mask=mask,
    eps=eps,
)
def grpo_over_sequences(new, old, adv, mask, eps):
    ratio = torch.exp(new - old)
    per_token = torch.min(ratio * adv[:, None], ratio.clamp(1 - eps, 1 + eps) * adv[:, None])
    return -((per_token * mask).sum(1) / (mask.sum(1) + 1)).mean()


K3 = exp(ref[n, s] - new[n, s]) - (ref[n, s] - new[n, s]) - 1


@wild(Sum(Sum(K3, s), n) / (N * T), new=new, ref=ref)
def k3(new, ref):
    delta = ref - new
    return (torch.expm1(delta) - delta).mean()


@wild(Sum(Sum(K3, s), n) / (N * T), right=False, new=new, ref=ref)
def k3_turned(new, ref):
    delta = new - ref
    return (torch.expm1(delta) - delta).mean()


@wild(Sum((a[n] - b[n] - 1 / (2 * beta)) ** 2, n) / N, chosen=a, rejected=b, beta=beta)
def ipo(chosen, rejected, beta):
    return ((chosen - rejected - 1 / (2 * beta)) ** 2).mean()


@wild(Sum((a[n] - b[n] - 1 / (2 * beta)) ** 2, n) / N, right=False, chosen=a, rejected=b, beta=beta)
def ipo_scaled(chosen, rejected, beta):
    return ((beta * (chosen - rejected) - 0.5) ** 2).mean()


SMOOTH_DPO = Sum((1 - alpha) * log(1 + exp(-beta * (a[n] - b[n]))) + alpha * log(1 + exp(beta * (a[n] - b[n]))), n) / N


@wild(SMOOTH_DPO, chosen=a, rejected=b, beta=beta, eps=alpha)
def dpo_with_smoothing(chosen, rejected, beta, eps):
    logits = beta * (chosen - rejected)
    return (-F.logsigmoid(logits) * (1 - eps) - F.logsigmoid(-logits) * eps).mean()


@wild(SMOOTH_DPO, chosen=a, rejected=b, beta=beta, eps=alpha)
def dpo_with_smoothing_by_logits(chosen, rejected, beta, eps):
    logits = beta * (chosen - rejected)
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, 1.0) * (1 - eps))


@wild(SMOOTH_DPO, right=False, chosen=a, rejected=b, beta=beta, eps=alpha)
def dpo_with_smoothing_of_one(chosen, rejected, beta, eps):
    logits = beta * (chosen - rejected)
    return (-F.logsigmoid(logits) * (1 - eps) - F.logsigmoid(logits) * eps).mean()


# --- unlikelihood, survival, counts ----------------------------------------------------------------------------------


@wild(-Sum(log(1 - exp(log_p(n, y[n]))), n) / N, facts=[K >= 2], logits=z, y=y)
def unlikelihood_by_log_softmax(logits, y):
    logp = F.log_softmax(logits, dim=-1)[torch.arange(len(y)), y]
    return -torch.log1p(-logp.exp()).mean()


@wild(-Sum(log(1 - exp(log_p(n, y[n]))), n) / N, right=False, facts=[K >= 2], logits=z, y=y)
def unlikelihood_of_the_likelihood(logits, y):
    logp = F.log_softmax(logits, dim=-1)[torch.arange(len(y)), y]
    return -torch.log1p(logp.exp()).mean()


HAZARD = -Sum(event[n] * (x[n] - log(Sum(exp(x[i]), (i.symbol, 1, N)))), n) / N


@wild(HAZARD, risk=x, event=event)
def cox_of_ties(risk, event):
    return -(event * (risk - torch.logsumexp(risk, 0))).mean()


@wild(HAZARD, right=False, risk=x, event=event)
def cox_without_censoring(risk, event):
    return -(risk - torch.logsumexp(risk, 0)).mean()


@wild(Sum(w[n] * exp(x[n]) - event[n] * (x[n] + log(w[n])), n) / N, rate=x, time=w, event=event)
def exponential_survival(rate, time, event):
    hazard = torch.exp(rate)
    return -(event * torch.log(hazard * time) - hazard * time).mean()


@wild(Sum(w[n] * exp(x[n]) - event[n] * (x[n] + log(w[n])), n) / N, right=False, rate=x, time=w, event=event)
def exponential_survival_of_events(rate, time, event):
    hazard = torch.exp(rate)
    return -(event * (torch.log(hazard * time) - hazard * time)).mean()


# --- cosines and margins ---------------------------------------------------------------------------------------------

ONE_HOT = iverson(Equality(k, y[n]))
MARGIN = Sum(log(Sum(exp(tau * (z[n, k] - margin * ONE_HOT)), k)) - tau * (z[n, y[n]] - margin), n) / N


@wild(MARGIN, cosine=z, y=y, s=tau, m=margin)
def am_softmax(cosine, y, s, m):
    return F.cross_entropy(s * (cosine - m * F.one_hot(y, cosine.shape[1])), y)


@wild(MARGIN, right=False, cosine=z, y=y, s=tau, m=margin)
def am_softmax_added(cosine, y, s, m):
    return F.cross_entropy(s * (cosine + m * F.one_hot(y, cosine.shape[1])), y)


MULTI_MARGIN = Sum(Sum(iverson(Unequal(k, y[n])) * Max(0, 1 - z[n, y[n]] + z[n, k]), k) / K, n) / N


@wild(MULTI_MARGIN, x=z, y=y)
def multi_margin(x, y):
    own = x.gather(1, y[:, None])
    losses = F.relu(1 - own + x)
    return ((losses.sum(1) - 1) / x.shape[1]).mean()


@wild(MULTI_MARGIN, right=False, x=z, y=y)
def multi_margin_with_itself(x, y):
    own = x.gather(1, y[:, None])
    return F.relu(1 - own + x).mean()


# --- entropies of softmaxes ------------------------------------------------------------------------------------------

ENTROPY = -Sum(Sum(exp(log_p(n, k)) * log_p(n, k), k), n) / N


@wild(ENTROPY, logits=z)
def entropy_by_logits(logits):
    p = torch.softmax(logits, -1)
    return (torch.logsumexp(logits, -1) - torch.sum(p * logits, -1)).mean()


@wild(ENTROPY, logits=z)
def entropy_by_a_division(logits):
    e = torch.exp(logits)
    total = e.sum(-1)
    return (total.log() - (e * logits).sum(-1) / total).mean()


@wild(ENTROPY, right=False, logits=z)
def entropy_of_the_mean_logit(logits):
    return (torch.logsumexp(logits, -1) - logits.mean(-1)).mean()


KL_SOFT = Sum(Sum(exp(h[n, k]) / Sum(exp(h[n, j]), j) * (h[n, k] - log(Sum(exp(h[n, j]), j)) - log_p(n, k)), k), n) / N


@wild(KL_SOFT, teacher=h, student=z)
def kl_by_logits(teacher, student):
    p = teacher.softmax(1)
    return ((p * (teacher - student)).sum(1) - teacher.logsumexp(1) + student.logsumexp(1)).mean()


@wild(KL_SOFT, right=False, teacher=h, student=z)
def kl_by_logits_of_the_student(teacher, student):
    p = student.softmax(1)
    return ((p * (teacher - student)).sum(1) - teacher.logsumexp(1) + student.logsumexp(1)).mean()


# --- squares of bits -------------------------------------------------------------------------------------------------


@wild(Sum((prob[n] - t[n]) ** 2, n) / N, p=prob, y=t)
def brier_by_parts(p, y):
    return (p**2 - 2 * p * y + y).mean()


@wild(Sum((prob[n] - t[n]) ** 2, n) / N, right=False, p=prob, y=t)
def brier_of_the_product(p, y):
    return (p**2 - p * y + y).mean()


@wild(Sum((prob[n] - t[n]) ** 2, n) / N, p=prob, y=t)
def brier_by_cases(p, y):
    return torch.where(y == 1, (1 - p) ** 2, p**2).mean()


GENERALISED = 1 - 2 * Sum(w[n] * prob[n] * t[n], n) / (Sum(w[n] * (prob[n] ** 2 + t[n]), n))


@wild(GENERALISED, p=prob, y=t, w=w)
def weighted_dice_of_squares(p, y, w):
    return 1 - 2 * (w * p * y).sum() / (w * (p**2 + y**2)).sum()


@wild(GENERALISED, right=False, p=prob, y=t, w=w)
def weighted_dice_of_sums(p, y, w):
    return 1 - 2 * (w * p * y).sum() / (w * (p + y)).sum()

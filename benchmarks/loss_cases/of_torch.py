"""Losses of PyTorch."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn as nn
import torch.nn.functional as F

from benchmarks.loss_cases import (
    BCE,
    BCE_OF,
    CE,
    CE_SUM,
    GAUSS,
    HINGE,
    KL_MEAN,
    MSE,
    WEIGHTED,
    K,
    N,
    alpha,
    c,
    h,
    i,
    j,
    k,
    log_p,
    loss,
    lse,
    n,
    p,
    prob,
    q,
    t,
    tau,
    u,
    v,
    w,
    x,
    y,
    z,
    z2,
)
from deltasift import Max, S, Sum, Unequal, exp, iverson, log, pi, sigma


def torch_loss(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("torch", formula, right=right, facts=facts, **given)


def lse2(n: Any) -> Any:
    return log(Sum(exp(z2[n, k]), k))


# --- cross entropy --------------------------------------------------------------------------------------------------


@torch_loss(CE, z=z, y=y)
def cross_entropy(z, y):
    return F.cross_entropy(z, y)


@torch_loss(CE, z=z, y=y)
def cross_entropy_gather(z, y):
    return -F.log_softmax(z, dim=1).gather(1, y.unsqueeze(1)).squeeze(1).mean()


@torch_loss(CE, z=z, y=y)
def cross_entropy_stable(z, y):
    top = z.max(dim=1, keepdim=True).values
    shifted = z - top
    return (torch.log(torch.exp(shifted).sum(dim=1)) - shifted[torch.arange(len(y)), y]).mean()


@torch_loss(CE, z=z, y=y)
def cross_entropy_logsumexp(z, y):
    return (torch.logsumexp(z, dim=-1) - z.gather(-1, y[:, None]).squeeze(-1)).mean()


@torch_loss(CE, z=z, y=y)
def cross_entropy_one_hot(z, y):
    return -(F.one_hot(y, num_classes=z.shape[-1]) * torch.log_softmax(z, dim=-1)).sum(dim=-1).mean()


@torch_loss(CE, z=z, y=y)
def cross_entropy_of_softmax(z, y):
    probabilities = torch.softmax(z, dim=1)
    return -torch.log(probabilities[range(len(y)), y]).mean()


@torch_loss(CE, z=z, y=y)
def cross_entropy_scattered(z, y):
    target = torch.zeros_like(z).scatter_(1, y.unsqueeze(1), 1.0)
    return torch.mean(torch.sum(-target * F.log_softmax(z, dim=1), dim=1))


@torch_loss(CE, right=False, z=z, y=y)
def cross_entropy_mean_over_classes(z, y):
    return -(F.one_hot(y, z.shape[1]) * F.log_softmax(z, dim=1)).mean()


@torch_loss(CE, right=False, z=z, y=y)
def cross_entropy_wrong_axis(z, y):
    return F.nll_loss(F.log_softmax(z, dim=0), y)


@torch_loss(CE, right=False, z=z, y=y)
def softmax_twice(z, y):
    return F.cross_entropy(F.softmax(z, dim=1), y)


@torch_loss(CE, right=False, z=z, y=y)
def nll_without_log(z, y):
    return F.nll_loss(F.softmax(z, dim=1), y)


@torch_loss(CE_SUM, right=False, z=z, y=y)
def mean_for_sum(z, y):
    return nn.CrossEntropyLoss()(z, y)


@torch_loss(WEIGHTED, z=z, y=y, w=w)
def weighted_cross_entropy(z, y, w):
    return F.cross_entropy(z, y, weight=w)


@torch_loss(WEIGHTED, z=z, y=y, w=w)
def weighted_by_hand(z, y, w):
    each = F.cross_entropy(z, y, reduction="none")
    return (w[y] * each).sum() / w[y].sum()


@torch_loss(WEIGHTED, right=False, z=z, y=y, w=w)
def weighted_over_examples(z, y, w):
    return (w[y] * F.cross_entropy(z, y, reduction="none")).mean()


SMOOTH = Sum(S(9) / 10 * (lse(n) - z[n, y[n]]) + S(1) / 10 / K * Sum(lse(n) - z[n, k], k), n) / N


@torch_loss(SMOOTH, z=z, y=y)
def label_smoothing(z, y):
    return F.cross_entropy(z, y, label_smoothing=0.1)


@torch_loss(SMOOTH, z=z, y=y)
def label_smoothing_by_hand(z, y, eps=0.1):
    log_probs = F.log_softmax(z, dim=-1)
    nll = -log_probs.gather(dim=-1, index=y.unsqueeze(1)).squeeze(1)
    smooth = -log_probs.mean(dim=-1)
    return ((1 - eps) * nll + eps * smooth).mean()


@torch_loss(SMOOTH, right=False, z=z, y=y)
def label_smoothing_over_others(z, y, eps=0.1):
    log_probs = F.log_softmax(z, dim=-1)
    target = torch.full_like(log_probs, eps) / (z.size(-1) - 1)
    target = target.scatter(1, y.unsqueeze(1), 1 - eps)
    return -(target * log_probs).sum(dim=-1).mean()


SOME = (Unequal(Sum(iverson(Unequal(y[n], 1)), n), 0),)  # some label is not ignored
KEPT = Sum(iverson(Unequal(y[n], 1)) * (lse(n) - z[n, y[n]]), n) / Sum(iverson(Unequal(y[n], 1)), n)


@torch_loss(KEPT, facts=SOME, z=z, y=y)
def ignoring_a_class(z, y):
    return F.cross_entropy(z, y, ignore_index=0)


@torch_loss(KEPT, facts=SOME, z=z, y=y)
def ignoring_by_mask(z, y):
    mask = y != 0
    return F.cross_entropy(z[mask], y[mask])


@torch_loss(KEPT, right=False, facts=SOME, z=z, y=y)
def ignoring_over_all(z, y):
    each = F.cross_entropy(z, y, reduction="none")
    return (each * (y != 0)).mean()


FOCAL = Sum((1 - exp(log_p(n, y[n]))) ** 2 * (lse(n) - z[n, y[n]]), n) / N


@torch_loss(FOCAL, z=z, y=y)
def focal(z, y, gamma=2):
    ce = F.cross_entropy(z, y, reduction="none")
    pt = torch.exp(-ce)
    return ((1 - pt) ** gamma * ce).mean()


@torch_loss(FOCAL, z=z, y=y)
def focal_of_softmax(z, y, gamma=2):
    log_probs = F.log_softmax(z, dim=1)
    log_pt = log_probs[torch.arange(z.size(0)), y]
    return (-((1 - log_pt.exp()) ** gamma) * log_pt).mean()


@torch_loss(FOCAL, right=False, z=z, y=y)
def focal_of_the_mean(z, y, gamma=2):
    ce = F.cross_entropy(z, y)
    return (1 - torch.exp(-ce)) ** gamma * ce


# --- two classes ----------------------------------------------------------------------------------------------------


@torch_loss(BCE, x=x, t=t)
def bce_with_logits(x, t):
    return F.binary_cross_entropy_with_logits(x, t.float())


@torch_loss(BCE, x=x, t=t)
def bce_softplus(x, t):
    return (F.softplus(x) - t * x).mean()


@torch_loss(BCE, x=x, t=t)
def bce_clamped(x, t):
    return (x.clamp(min=0) - x * t + torch.log(1 + torch.exp(-x.abs()))).mean()


@torch_loss(BCE, x=x, t=t)
def bce_log_sigmoid(x, t):
    return -(t * F.logsigmoid(x) + (1 - t) * F.logsigmoid(-x)).mean()


@torch_loss(BCE, x=x, t=t)
def bce_of_sigmoid(x, t):
    return F.binary_cross_entropy(torch.sigmoid(x), t.double())


@torch_loss(BCE, right=False, x=x, t=t)
def bce_sigmoid_twice(x, t):
    return F.binary_cross_entropy_with_logits(torch.sigmoid(x), t.float())


@torch_loss(BCE, right=False, x=x, t=t)
def bce_one_side(x, t):
    return -(t * F.logsigmoid(x)).mean()


@torch_loss(BCE_OF, p=prob, t=t)
def bce(p, t):
    return -(t * torch.log(p) + (1 - t) * torch.log(1 - p)).mean()


@torch_loss(BCE_OF, p=prob, t=t)
def bce_chosen(p, t):
    return -torch.log(torch.where(t == 1, p, 1 - p)).mean()


@torch_loss(BCE_OF, right=False, p=prob, t=t)
def bce_swapped(p, t):
    return -(t * torch.log(1 - p) + (1 - t) * torch.log(p)).mean()


POS = -Sum(c[n] * t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n) / N


@torch_loss(POS, x=x, t=t, c=c)
def bce_pos_weight(x, t, c):
    return F.binary_cross_entropy_with_logits(x, t.double(), pos_weight=c)


@torch_loss(POS, right=False, x=x, t=t, c=c)
def bce_weight_for_pos_weight(x, t, c):
    return F.binary_cross_entropy_with_logits(x, t.double(), weight=c)


BINARY_FOCAL = -Sum(
    t[n] * alpha * (1 - sigma(x[n])) ** 2 * log(sigma(x[n]))
    + (1 - t[n]) * (1 - alpha) * sigma(x[n]) ** 2 * log(1 - sigma(x[n])),
    n,
)


@torch_loss(BINARY_FOCAL, x=x, t=t, alpha=alpha)
def focal_of_two(x, t, alpha):
    p = torch.sigmoid(x)
    ce = F.binary_cross_entropy_with_logits(x, t.double(), reduction="none")
    pt = p * t + (1 - p) * (1 - t)
    at = alpha * t + (1 - alpha) * (1 - t)
    return (at * (1 - pt) ** 2 * ce).sum()


@torch_loss(BINARY_FOCAL, right=False, x=x, t=t, alpha=alpha)
def focal_of_two_wrong_alpha(x, t, alpha):
    p = torch.sigmoid(x)
    ce = F.binary_cross_entropy_with_logits(x, t.double(), reduction="none")
    pt = p * t + (1 - p) * (1 - t)
    return (alpha * (1 - pt) ** 2 * ce).sum()


@torch_loss(HINGE, x=x, t=t)
def hinge(x, t):
    return F.relu(1 - (2 * t - 1) * x).mean()


@torch_loss(HINGE, right=False, x=x, t=t)
def hinge_of_bits(x, t):
    return torch.clamp(1 - t * x, min=0).mean()


# --- distributions --------------------------------------------------------------------------------------------------


@torch_loss(KL_MEAN, q=q, p=p)
def kl_batchmean(q, p):
    return F.kl_div(q.log(), p, reduction="batchmean")


@torch_loss(KL_MEAN, q=q, p=p)
def kl_by_hand(q, p):
    return (p * (torch.log(p) - torch.log(q))).sum(dim=1).mean()


@torch_loss(KL_MEAN, right=False, q=q, p=p)
def kl_mean(q, p):
    return F.kl_div(q.log(), p, reduction="mean")


@torch_loss(KL_MEAN, right=False, q=q, p=p)
def kl_swapped(q, p):
    return F.kl_div(p.log(), q, reduction="batchmean")


@torch_loss(KL_MEAN, right=False, q=q, p=p)
def kl_without_log(q, p):
    return F.kl_div(q, p, reduction="batchmean")


def teacher(n: Any, k: Any) -> Any:
    return exp(z2[n, k] / tau) / Sum(exp(z2[n, j] / tau), j)


def student(n: Any, k: Any) -> Any:
    return z[n, k] / tau - log(Sum(exp(z[n, j] / tau), j))


DISTILL = -(tau**2) * Sum(Sum(teacher(n, k) * (student(n, k) - log(teacher(n, k))), k), n) / N


@torch_loss(DISTILL, student=z, teacher=z2, tau=tau)
def distillation(student, teacher, tau):
    log_q = F.log_softmax(student / tau, dim=1)
    p = F.softmax(teacher / tau, dim=1)
    return F.kl_div(log_q, p, reduction="batchmean") * tau**2


@torch_loss(DISTILL, right=False, student=z, teacher=z2, tau=tau)
def distillation_without_scale(student, teacher, tau):
    return F.kl_div(F.log_softmax(student / tau, 1), F.softmax(teacher / tau, 1), reduction="batchmean")


SOFT = -Sum(Sum(p[n, k] * log_p(n, k), k), n) / N


@torch_loss(SOFT, z=z, p=p)
def soft_targets(z, p):
    return F.cross_entropy(z, p)


@torch_loss(SOFT, z=z, p=p)
def soft_targets_by_hand(z, p):
    return torch.sum(-p * F.log_softmax(z, dim=-1), dim=-1).mean()


ENTROPY = -Sum(Sum(exp(log_p(n, k)) * log_p(n, k), k), n) / N


@torch_loss(ENTROPY, z=z)
def entropy_of_logits(z):
    return -(F.softmax(z, dim=1) * F.log_softmax(z, dim=1)).sum(1).mean()


VAE = -Sum(Sum(1 + z2[n, k] - z[n, k] ** 2 - exp(z2[n, k]), k), n) / (2 * N)


@torch_loss(VAE, mu=z, logvar=z2)
def vae_divergence(mu, logvar):
    return torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1), dim=0)


@torch_loss(VAE, right=False, mu=z, logvar=z2)
def vae_divergence_mean(mu, logvar):
    return -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())


# --- regression -----------------------------------------------------------------------------------------------------


@torch_loss(MSE, x=x, u=u)
def mse(x, u):
    return F.mse_loss(x, u)


@torch_loss(MSE, x=x, u=u)
def mse_expanded(x, u):
    return (x * x).mean() - 2 * (x * u).mean() + (u * u).mean()


@torch_loss(MSE, right=False, x=x, u=u)
def mse_broadcast(x, u):
    return ((x.unsqueeze(1) - u) ** 2).mean()


@torch_loss(GAUSS, x=x, u=u, v=v)
def gaussian_nll(x, u, v):
    return 0.5 * (torch.log(v) + (x - u) ** 2 / v).mean()


@torch_loss(GAUSS + log(2 * pi) / 2, x=x, u=u, v=v)
def gaussian_nll_full(x, u, v):
    return (0.5 * math.log(2 * math.pi) + 0.5 * v.log() + (u - x).pow(2) / (2 * v)).mean()


@torch_loss(
    Sum((log(Max(v[n], S(1) / 10**6)) + (u[n] - x[n]) ** 2 / Max(v[n], S(1) / 10**6)) / 2, n) / N, x=x, u=u, v=v
)
def gaussian_nll_of_torch(x, u, v):
    return F.gaussian_nll_loss(x, u, v)


@torch_loss(GAUSS, right=False, x=x, u=u, v=v)
def gaussian_nll_of_deviation(x, u, v):
    return (torch.log(v) + (x - u) ** 2 / (2 * v**2)).mean()


@torch_loss(Sum(exp(x[n]) - u[n] * x[n], n) / N, x=x, u=u)
def poisson_nll(x, u):
    return F.poisson_nll_loss(x, u)


@torch_loss(Sum(abs(x[n] - u[n]), n) / N, x=x, u=u)
def l1_by_cases(x, u):
    return torch.where(x >= u, x - u, u - x).mean()


# --- pairs ----------------------------------------------------------------------------------------------------------

SIMILAR = Sum(z[n, k] * h[i, k], k) / tau
INFO_NCE = -Sum(Sum(z[n, k] * h[n, k], k) / tau - log(Sum(exp(SIMILAR), i)), n) / N


@torch_loss(INFO_NCE, a=z, b=h, tau=tau)
def info_nce(a, b, tau):
    logits = a @ b.T / tau
    return F.cross_entropy(logits, torch.arange(logits.shape[0]))


@torch_loss(INFO_NCE, a=z, b=h, tau=tau)
def info_nce_by_hand(a, b, tau):
    logits = torch.einsum("ik,jk->ij", a, b) / tau
    return (torch.logsumexp(logits, dim=1) - logits.diagonal()).mean()


@torch_loss(INFO_NCE, right=False, a=z, b=h, tau=tau)
def info_nce_multiplied(a, b, tau):
    return F.cross_entropy(a @ b.t() * tau, torch.arange(a.shape[0]))


DPO = -Sum(log(sigma(alpha * (x[n] - u[n]))), n) / N


@torch_loss(DPO, chosen=x, rejected=u, beta=alpha)
def dpo(chosen, rejected, beta):
    return -F.logsigmoid(beta * (chosen - rejected)).mean()


@torch_loss(DPO, right=False, chosen=x, rejected=u, beta=alpha)
def dpo_swapped(chosen, rejected, beta):
    return -F.logsigmoid(beta * (rejected - chosen)).mean()


DICE = 1 - (2 * Sum(prob[n] * t[n], n) + 1) / (Sum(prob[n], n) + Sum(t[n], n) + 1)


@torch_loss(DICE, p=prob, t=t)
def dice(p, t, smooth=1.0):
    intersection = (p * t).sum()
    return 1 - (2.0 * intersection + smooth) / (p.sum() + t.sum() + smooth)


@torch_loss(DICE, right=False, p=prob, t=t)
def dice_without_two(p, t, smooth=1.0):
    return 1 - ((p * t).sum() + smooth) / (p.sum() + t.sum() + smooth)


del K, CE_SUM

"""Losses of PyTorch that were written after everything that reads and proves them."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F

from benchmarks.loss_cases import CE, N, T, alpha, c, h, i, j, k, log_p, loss, lse, n, prob, s, t, tau, u, x, y, z, z2
from deltasift import (
    Abs,
    Equality,
    Max,
    Min,
    Piecewise,
    S,
    Sum,
    Unequal,
    exp,
    index,
    labels,
    log,
    positive,
    real,
    sigma,
    sizes,
    sqrt,
)

M = sizes("M")
d, e = real("d", n), real("e_", n)
gamma = real("g", above=0, below=1)
margin = positive("m")
b = labels("b", n, k)
m = index("m_", 1, M)
z_more, y_more = real("z_more", m, k), labels("y_more", m, k)
zz, yy, mask = real("zz", n, s, k), labels("yy", (n, s), k), labels("mask", (n, s), 0, 1)
xx, uu = real("xx", n, s), real("uu", n, s)


def other(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("torch", formula, right=right, facts=facts, **given)


# --- distances ------------------------------------------------------------------------------------------------------

NEAR, FAR = Sum((z[n, k] - h[n, k]) ** 2, k), Sum((z[n, k] - z2[n, k]) ** 2, k)
TRIPLET = Sum(Max(NEAR - FAR + margin, 0), n) / N


@other(TRIPLET, anchor=z, positive=h, negative=z2, margin=margin)
def triplet(anchor, positive, negative, margin):
    near = (anchor - positive).pow(2).sum(1)
    far = (anchor - negative).pow(2).sum(1)
    return F.relu(near - far + margin).mean()


@other(TRIPLET, right=False, anchor=z, positive=h, negative=z2, margin=margin)
def triplet_turned(anchor, positive, negative, margin):
    near = (anchor - positive).pow(2).sum(1)
    far = (anchor - negative).pow(2).sum(1)
    return F.relu(far - near + margin).mean()


CONTRASTIVE = Sum(t[n] * c[n] ** 2 + (1 - t[n]) * Max(margin - c[n], 0) ** 2, n) / (2 * N)


@other(CONTRASTIVE, distance=c, same=t, margin=margin)
def contrastive(distance, same, margin):
    return 0.5 * (same * distance**2 + (1 - same) * torch.clamp(margin - distance, min=0) ** 2).mean()


@other(CONTRASTIVE, right=False, distance=c, same=t, margin=margin)
def contrastive_labels_swapped(distance, same, margin):
    return 0.5 * ((1 - same) * distance**2 + same * torch.clamp(margin - distance, min=0) ** 2).mean()


@other(Sum(Sum(z[n, k] ** 2, k) + Sum(h[n, k] ** 2, k) - 2 * Sum(z[n, k] * h[n, k], k), n) / N, a=z, b=h)
def squared_distance(a, b):
    return ((a - b) ** 2).sum(-1).mean()


@other(Sum(Sum((z[n, k] - h[n, k]) ** 2, k), n) / N, right=False, a=z, b=h)
def squared_distance_without_two(a, b):
    return ((a**2).sum(-1) + (b**2).sum(-1) - (a * b).sum(-1)).mean()


# --- regression -----------------------------------------------------------------------------------------------------

PINBALL = Sum(Max(alpha * (x[n] - u[n]), (alpha - 1) * (x[n] - u[n])), n) / N


@other(PINBALL, target=x, prediction=u, q=alpha)
def pinball(target, prediction, q):
    error = target - prediction
    return torch.max(q * error, (q - 1) * error).mean()


@other(PINBALL, target=x, prediction=u, q=alpha)
def pinball_by_where(target, prediction, q):
    error = target - prediction
    return torch.where(error >= 0, q * error, (q - 1) * error).mean()


@other(PINBALL, right=False, target=x, prediction=u, q=alpha)
def pinball_of_the_other_quantile(target, prediction, q):
    error = prediction - target
    return torch.max(q * error, (q - 1) * error).mean()


SMOOTH = Sum(Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) < 1), (Abs(x[n] - u[n]) - S(1) / 2, True)), n) / N


@other(SMOOTH, a=x, b=u)
def smooth_l1(a, b):
    return F.smooth_l1_loss(a, b)


@other(SMOOTH, a=x, b=u)
def smooth_l1_by_hand(a, b):
    gap = (a - b).abs()
    return torch.where(gap < 1, 0.5 * gap**2, gap - 0.5).mean()


@other(SMOOTH, right=False, a=x, b=u)
def smooth_l1_without_half(a, b):
    gap = (a - b).abs()
    return torch.where(gap < 1, gap**2, gap - 0.5).mean()


@other(Sum(sqrt((x[n] - u[n]) ** 2 + margin**2), n) / N, a=x, b=u, eps=margin)
def charbonnier(a, b, eps):
    return torch.sqrt((a - b) ** 2 + eps * eps).mean()


@other(Sum(sqrt((x[n] - u[n]) ** 2 + margin**2), n) / N, right=False, a=x, b=u, eps=margin)
def charbonnier_of_the_sum(a, b, eps):
    return torch.sqrt(((a - b) ** 2).sum() + eps * eps)


# --- classes --------------------------------------------------------------------------------------------------------

MIXED = alpha * CE + (1 - alpha) * Sum(lse(n) - z[n, b[n]], n) / N


@other(MIXED, logits=z, a=y, b=b, lam=alpha)
def mixup(logits, a, b, lam):
    return lam * F.cross_entropy(logits, a) + (1 - lam) * F.cross_entropy(logits, b)


@other(MIXED, right=False, logits=z, a=y, b=b, lam=alpha)
def mixup_turned(logits, a, b, lam):
    return (1 - lam) * F.cross_entropy(logits, a) + lam * F.cross_entropy(logits, b)


@other(Sum(lse(n) ** 2, n) / N, logits=z)
def z_loss(logits):
    return torch.logsumexp(logits, dim=-1).square().mean()


BOTH = (Sum(lse(n) - z[n, y[n]], n) + Sum(log(Sum(exp(z_more[m, k]), k)) - z_more[m, y_more[m]], m)) / (N + M)


@other(BOTH, z=z, y=y, z_more=z_more, y_more=y_more)
def accumulated(z, y, z_more, y_more):
    total = F.cross_entropy(z, y, reduction="sum") + F.cross_entropy(z_more, y_more, reduction="sum")
    return total / (len(y) + len(y_more))


@other(BOTH, right=False, z=z, y=y, z_more=z_more, y_more=y_more)
def accumulated_means(z, y, z_more, y_more):
    return (F.cross_entropy(z, y) + F.cross_entropy(z_more, y_more)) / 2


LM = Sum(Sum(log(Sum(exp(zz[n, s, k]), k)) - zz[n, s, yy[n, s + 1]], (s.symbol, 1, T - 1)), n) / (N * (T - 1))


@other(LM, facts=[T >= 2], logits=zz, tokens=yy)
def causal(logits, tokens):
    return F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), tokens[:, 1:].reshape(-1))


@other(LM, right=False, facts=[T >= 2], logits=zz, tokens=yy)
def causal_without_shift(logits, tokens):
    return F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), tokens[:, :-1].reshape(-1))


CLIP = (
    Sum(log(Sum(exp(Sum(z[n, k] * h[i, k], k) / tau), i)) - Sum(z[n, k] * h[n, k], k) / tau, n) / N
    + Sum(log(Sum(exp(Sum(z[i, k] * h[n, k], k) / tau), i)) - Sum(z[n, k] * h[n, k], k) / tau, n) / N
) / 2


@other(CLIP, image=z, text=h, tau=tau)
def clip(image, text, tau):
    logits = image @ text.t() / tau
    target = torch.arange(logits.shape[0])
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.t(), target)) / 2


@other(CLIP, right=False, image=z, text=h, tau=tau)
def clip_one_way(image, text, tau):
    logits = image @ text.t() / tau
    return F.cross_entropy(logits, torch.arange(logits.shape[0]))


# --- policies and games ---------------------------------------------------------------------------------------------

REINFORCE = -Sum(log_p(n, y[n]) * u[n], n) / N


@other(REINFORCE, logits=z, actions=y, advantage=u)
def reinforce(logits, actions, advantage):
    return -(F.log_softmax(logits, -1).gather(1, actions[:, None]).squeeze(1) * advantage).mean()


@other(REINFORCE, right=False, logits=z, actions=y, advantage=u)
def reinforce_with_probabilities(logits, actions, advantage):
    return -(F.softmax(logits, -1).gather(1, actions[:, None]).squeeze(1) * advantage).mean()


RATIO = exp(x[n] - d[n])
PPO = -Sum(Min(RATIO * u[n], Min(Max(RATIO, 1 - gamma), 1 + gamma) * u[n]), n) / N


@other(PPO, new=x, old=d, advantage=u, eps=gamma)
def ppo(new, old, advantage, eps):
    ratio = torch.exp(new - old)
    clipped = torch.clamp(ratio, 1 - eps, 1 + eps)
    return -torch.min(ratio * advantage, clipped * advantage).mean()


@other(PPO, right=False, new=x, old=d, advantage=u, eps=gamma)
def ppo_of_the_larger(new, old, advantage, eps):
    ratio = torch.exp(new - old)
    clipped = torch.clamp(ratio, 1 - eps, 1 + eps)
    return -torch.max(ratio * advantage, clipped * advantage).mean()


TD = Sum((d[n] + gamma * (1 - t[n]) * e[n] - x[n]) ** 2, n) / (2 * N)


@other(TD, reward=d, done=t, following=e, value=x, gamma=gamma)
def temporal_difference(reward, done, following, value, gamma):
    target = reward + gamma * following * (1 - done)
    return 0.5 * F.mse_loss(value, target)


@other(TD, right=False, reward=d, done=t, following=e, value=x, gamma=gamma)
def temporal_difference_beyond_the_end(reward, done, following, value, gamma):
    return 0.5 * F.mse_loss(value, reward + gamma * following)


GAN = Sum(log(1 + exp(-x[n])), n) / N + Sum(log(1 + exp(u[n])), n) / N


@other(GAN, real=x, fake=u)
def discriminator(real, fake):
    ones, zeros = torch.ones_like(real), torch.zeros_like(fake)
    return F.binary_cross_entropy_with_logits(real, ones) + F.binary_cross_entropy_with_logits(fake, zeros)


@other(GAN, real=x, fake=u)
def discriminator_by_softplus(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake).mean()


@other(GAN, right=False, real=x, fake=u)
def discriminator_turned(real, fake):
    return F.softplus(real).mean() + F.softplus(-fake).mean()


IPO = Sum((x[n] - u[n] - 1 / (2 * tau)) ** 2, n) / N


@other(IPO, chosen=x, rejected=u, tau=tau)
def ipo(chosen, rejected, tau):
    return (chosen - rejected - 1 / (2 * tau)).pow(2).mean()


@other(IPO, right=False, chosen=x, rejected=u, tau=tau)
def ipo_half(chosen, rejected, tau):
    return (chosen - rejected - 0.5 * tau).pow(2).mean()


# --- overlaps and masks ---------------------------------------------------------------------------------------------

HIT = Sum(prob[n] * t[n], n)
TVERSKY = 1 - (HIT + 1) / (HIT + alpha * Sum(prob[n] * (1 - t[n]), n) + (1 - alpha) * Sum((1 - prob[n]) * t[n], n) + 1)


@other(TVERSKY, p=prob, target=t, alpha=alpha)
def tversky(p, target, alpha):
    tp = (p * target).sum()
    fp, fn = ((1 - target) * p).sum(), (target * (1 - p)).sum()
    return 1 - (tp + 1) / (tp + alpha * fp + (1 - alpha) * fn + 1)


@other(TVERSKY, right=False, p=prob, target=t, alpha=alpha)
def tversky_swapped(p, target, alpha):
    tp = (p * target).sum()
    fp, fn = ((1 - target) * p).sum(), (target * (1 - p)).sum()
    return 1 - (tp + 1) / (tp + alpha * fn + (1 - alpha) * fp + 1)


IOU = 1 - (HIT + 1) / (Sum(prob[n] + t[n] - prob[n] * t[n], n) + 1)


@other(IOU, p=prob, target=t)
def jaccard(p, target):
    intersection = (p * target).sum()
    union = p.sum() + target.sum() - intersection
    return 1 - (intersection + 1) / (union + 1)


MASKED = Sum(Sum(mask[n, s] * (xx[n, s] - uu[n, s]) ** 2, s), n) / Sum(Sum(mask[n, s], s), n)
SOME = [Unequal(Sum(Sum(mask[n, s], s), n), 0)]


@other(MASKED, facts=SOME, prediction=xx, target=uu, mask=mask)
def masked_patches(prediction, target, mask):
    return ((prediction - target) ** 2 * mask).sum() / mask.sum()


@other(MASKED, right=False, facts=SOME, prediction=xx, target=uu, mask=mask)
def masked_patches_over_all(prediction, target, mask):
    return ((prediction - target) ** 2 * mask).mean()


AUTO = Sum((Sum(z[n, k] * h[n, k], n) / N - 1) ** 2, k)


@other(AUTO, a=z, b=h)
def diagonal_of_correlations(a, b):
    c = a.T @ b / a.shape[0]
    return (torch.diagonal(c) - 1).pow(2).sum()


BARLOW = AUTO + tau * Sum(Sum(Piecewise((0, Equality(j, k)), ((Sum(z[n, j] * h[n, k], n) / N) ** 2, True)), j), k)


@other(BARLOW, a=z, b=h, lam=tau)
def barlow_twins(a, b, lam):
    c = a.T @ b / a.shape[0]
    on = (torch.diagonal(c) - 1).pow(2).sum()
    off = (c * (1 - torch.eye(c.shape[0]))).pow(2).sum()
    return on + lam * off


@other(BARLOW, right=False, a=z, b=h, lam=tau)
def barlow_twins_with_the_diagonal(a, b, lam):
    c = a.T @ b / a.shape[0]
    return (torch.diagonal(c) - 1).pow(2).sum() + lam * c.pow(2).sum()


ODDS = Sum(-log(sigma(tau * (log(prob[n] / (1 - prob[n])) - u[n]))), n) / N


@other(ODDS, p=prob, other=u, beta=tau)
def odds_ratio(p, other, beta):
    return -F.logsigmoid(beta * (torch.log(p) - torch.log1p(-p) - other)).mean()

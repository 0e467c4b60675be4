"""More losses of PyTorch, in the styles in which people publish them, written after the others were proved."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from benchmarks.loss_cases import (
    K,
    N,
    T,
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
    s,
    t,
    tau,
    u,
    v,
    x,
    y,
    z,
)
from deltasift import (
    Abs,
    Equality,
    ForAll,
    Max,
    Min,
    Piecewise,
    S,
    Sum,
    Unequal,
    counts,
    exp,
    index,
    iverson,
    labels,
    log,
    positive,
    real,
    sigma,
    sizes,
    sqrt,
)
from deltasift.inert import Or

H, W = sizes("H W")
a_, b_ = index("a", 1, H), index("b", 1, W)
d, e = real("d", n), real("e_", n)
margin, beta = positive("m"), positive("beta")
gamma = real("g", above=0)
zz, yy = real("zz", n, s, k), labels("yy", (n, s), k)
ignored = labels("ig", (n, s), -100, K)
label = labels("lab", n, -100, K)
c_1, zl, zm = real("c_1"), real("zl", n, j), real("zm", n, j)
mask = labels("mask", (n, s), 0, 1)
xx, uu = real("xx", n, s), real("uu", n, s)
image = real("im", n, a_, b_, above=0, below=1)
truth = labels("tr", (n, a_, b_), 0, 1)


def later(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("torch", formula, right=right, facts=facts, **given)


# --- language models ------------------------------------------------------------------------------------------------

SHIFT = Sum(Sum(log(Sum(exp(zz[n, s, k]), k)) - zz[n, s, yy[n, s + 1]], (s.symbol, 1, T - 1)), n) / (N * (T - 1))


@later(SHIFT, facts=[T >= 2], logits=zz, labels=yy)
def hf_causal_lm(logits, labels):
    shift_logits = logits[..., :-1, :].contiguous()
    shift_labels = labels[..., 1:].contiguous()
    loss_fct = nn.CrossEntropyLoss()
    return loss_fct(shift_logits.view(-1, shift_logits.size(-1)), shift_labels.view(-1))


@later(SHIFT, right=False, facts=[T >= 2], logits=zz, labels=yy)
def hf_causal_lm_of_the_past(logits, labels):
    shift_logits = logits[..., 1:, :].contiguous()
    shift_labels = labels[..., :-1].contiguous()
    loss_fct = nn.CrossEntropyLoss()
    return loss_fct(shift_logits.view(-1, shift_logits.size(-1)), shift_labels.view(-1))


TOKENS = Sum(Sum(mask[n, s] * (log(Sum(exp(zz[n, s, k]), k)) - zz[n, s, yy[n, s]]), s), n) / Sum(Sum(mask[n, s], s), n)
SOME = [Unequal(Sum(Sum(mask[n, s], s), n), 0)]


@later(TOKENS, facts=SOME, logits=zz, targets=yy, mask=mask)
def token_mean(logits, targets, mask):
    logp = torch.log_softmax(logits, dim=-1)
    tok = torch.gather(logp, 2, targets.unsqueeze(2)).squeeze(2)
    return -(tok * mask).sum() / mask.sum()


@later(TOKENS, right=False, facts=SOME, logits=zz, targets=yy, mask=mask)
def token_mean_of_rows(logits, targets, mask):
    logp = torch.log_softmax(logits, dim=-1)
    tok = torch.gather(logp, 2, targets.unsqueeze(2)).squeeze(2)
    return -((tok * mask).sum(1) / mask.sum(1).clamp(min=1)).mean()


@later(SHIFT, facts=[T >= 2], logits=zz, labels=yy)
def transposed_for_cross_entropy(logits, labels):
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), labels[:, 1:])


@later(
    Sum(Piecewise((log(Sum(exp(z[n, k]), k)), Unequal(t[n], 0)), (0, True)), n) / N,
    logits=z,
    keep=t,
)
def z_loss_of_what_is_kept(logits, keep):
    lse = torch.logsumexp(logits, dim=-1)
    return lse.masked_fill(keep == 0, 0.0).mean()


@later(
    Sum(Piecewise((log(Sum(exp(z[n, k]), k)), Unequal(t[n], 0)), (0, True)), n) / N,
    right=False,
    logits=z,
    keep=t,
)
def z_loss_of_what_is_left_out(logits, keep):
    lse = torch.logsumexp(logits, dim=-1)
    return lse.masked_fill(keep != 0, 0.0).mean()


# --- preferences and policies ---------------------------------------------------------------------------------------

DPO = -Sum(log(sigma(tau * ((x[n] - u[n]) - (d[n] - e[n])))), n) / N


@later(
    DPO, policy_chosen_logps=x, policy_rejected_logps=d, reference_chosen_logps=u, reference_rejected_logps=e, beta=tau
)
def dpo(policy_chosen_logps, policy_rejected_logps, reference_chosen_logps, reference_rejected_logps, beta):
    pi_logratios = policy_chosen_logps - policy_rejected_logps
    ref_logratios = reference_chosen_logps - reference_rejected_logps
    logits = pi_logratios - ref_logratios
    return (-F.logsigmoid(beta * logits)).mean()


@later(
    DPO,
    right=False,
    policy_chosen_logps=x,
    policy_rejected_logps=d,
    reference_chosen_logps=u,
    reference_rejected_logps=e,
    beta=tau,
)
def dpo_without_the_reference(
    policy_chosen_logps, policy_rejected_logps, reference_chosen_logps, reference_rejected_logps, beta
):
    pi_logratios = policy_chosen_logps - policy_rejected_logps
    ref_logratios = reference_chosen_logps - reference_rejected_logps
    logits = pi_logratios + ref_logratios
    return (-F.logsigmoid(beta * logits)).mean()


@later(
    (1 - alpha) * DPO - alpha * Sum(log(sigma(-(tau * ((x[n] - u[n]) - (d[n] - e[n]))))), n) / N,
    chosen=x,
    rejected=d,
    ref_chosen=u,
    ref_rejected=e,
    beta=tau,
    smoothing=alpha,
)
def conservative_dpo(chosen, rejected, ref_chosen, ref_rejected, beta, smoothing):
    logits = (chosen - rejected) - (ref_chosen - ref_rejected)
    losses = -F.logsigmoid(beta * logits) * (1 - smoothing) - F.logsigmoid(-beta * logits) * smoothing
    return losses.mean()


@later(
    Sum(Sum(mask[n, s] * (zz[n, s, yy[n, s]] - log(Sum(exp(zz[n, s, k]), k))), s), n) / N, logits=zz, ids=yy, mask=mask
)
def sequence_logps(logits, ids, mask):
    per_token = torch.gather(logits.log_softmax(-1), dim=2, index=ids.unsqueeze(2)).squeeze(2)
    return (per_token * mask).sum(-1).mean()


@later(
    Sum(Sum(mask[n, s] * (zz[n, s, yy[n, s]] - log(Sum(exp(zz[n, s, k]), k))), s), n) / N,
    right=False,
    logits=zz,
    ids=yy,
    mask=mask,
)
def sequence_logps_over_time(logits, ids, mask):
    per_token = torch.gather(logits.log_softmax(1), dim=2, index=ids.unsqueeze(2)).squeeze(2)
    return (per_token * mask).sum(-1).mean()


VALUE = Sum(Max((x[n] - u[n]) ** 2, (d[n] + Min(Max(x[n] - d[n], -tau), tau) - u[n]) ** 2), n) / (2 * N)


@later(VALUE, value=x, returns=u, old=d, clip=tau)
def ppo_value_clipped(value, returns, old, clip):
    clipped = old + torch.clamp(value - old, -clip, clip)
    losses = torch.max((value - returns) ** 2, (clipped - returns) ** 2)
    return 0.5 * losses.mean()


@later(VALUE, right=False, value=x, returns=u, old=d, clip=tau)
def ppo_value_of_the_smaller(value, returns, old, clip):
    clipped = old + torch.clamp(value - old, -clip, clip)
    losses = torch.min((value - returns) ** 2, (clipped - returns) ** 2)
    return 0.5 * losses.mean()


@later(Sum(exp(u[n] - x[n]) - (u[n] - x[n]) - 1, n) / N, logp=x, ref=u)
def k3_estimator(logp, ref):
    log_ratio = ref - logp
    return (torch.exp(log_ratio) - 1 - log_ratio).mean()


@later(Sum(exp(u[n] - x[n]) - (u[n] - x[n]) - 1, n) / N, right=False, logp=x, ref=u)
def k3_estimator_turned(logp, ref):
    log_ratio = logp - ref
    return (torch.exp(log_ratio) - 1 - log_ratio).mean()


ENTROPY = -Sum(Sum(exp(log_p(n, k)) * log_p(n, k), k), n) / N


@later(ENTROPY, logits=z)
def policy_entropy(logits):
    logp = F.log_softmax(logits, dim=-1)
    return -(logp.exp() * logp).sum(-1).mean()


@later(ENTROPY, logits=z)
def policy_entropy_by_softmax(logits):
    probs = logits.softmax(-1)
    return (torch.logsumexp(logits, -1) - (probs * logits).sum(-1)).mean()


# --- contrast -------------------------------------------------------------------------------------------------------

PAIR = Sum(z[n, k] * h[i, k], k) / tau
NCE = Sum(log(Sum(exp(PAIR), i)) - Sum(z[n, k] * h[n, k], k) / tau, n) / N


@later(NCE, q=z, k=h, temperature=tau)
def info_nce_by_hand(q, k, temperature):
    logits = torch.einsum("nc,mc->nm", q, k) / temperature
    positives = torch.diagonal(logits)
    return (torch.logsumexp(logits, dim=1) - positives).mean()


@later(NCE, right=False, q=z, k=h, temperature=tau)
def info_nce_times_temperature(q, k, temperature):
    logits = torch.einsum("nc,mc->nm", q, k) * temperature
    positives = torch.diagonal(logits)
    return (torch.logsumexp(logits, dim=1) - positives).mean()


@later(NCE, q=z, k=h, temperature=tau)
def info_nce_by_exponentials(q, k, temperature):
    sim = torch.exp(q @ k.T / temperature)
    return -torch.log(sim.diag() / sim.sum(dim=1)).mean()


OFF = Sum(iverson(Unequal(i, n)) * exp(Sum(z[n, k] * z[i, k], k) / tau), i)


@later(Sum(log(OFF), n) / N, facts=[N >= 2], z=z, tau=tau)
def uniformity_without_the_diagonal(z, tau):
    sim = z @ z.t() / tau
    mask = torch.eye(z.size(0), dtype=torch.bool)
    sim = sim.masked_fill(mask, float("-inf"))
    return torch.logsumexp(sim, dim=1).mean()


@later(Sum(log(OFF), n) / N, right=False, facts=[N >= 2], z=z, tau=tau)
def uniformity_with_the_diagonal(z, tau):
    sim = z @ z.t() / tau
    mask = torch.eye(z.size(0), dtype=torch.bool)
    sim = sim.masked_fill(mask, 0.0)
    return torch.logsumexp(sim, dim=1).mean()


@later(
    Sum(-Sum(z[n, k] * h[n, k], k) / tau + log(exp(Sum(z[n, k] * h[n, k], k) / tau) + OFF), n) / N,
    facts=[N >= 2],
    z=z,
    pos=h,
    tau=tau,
)
def simclr_by_mask(z, pos, tau):
    own = (z * pos).sum(-1) / tau
    sim = torch.exp(z @ z.T / tau) * (1 - torch.eye(len(z)))
    return (-own + torch.log(own.exp() + sim.sum(1))).mean()


COS = Sum(z[n, k] * h[n, k], k) / (sqrt(Sum(z[n, k] ** 2, k)) * sqrt(Sum(h[n, k] ** 2, k)))
FULL = [ForAll(Sum(z[n, k] ** 2, k) > 0, n), ForAll(Sum(h[n, k] ** 2, k) > 0, n)]


@later(1 - Sum(COS, n) / N, facts=FULL, a=z, b=h)
def cosine_distance(a, b):
    a = a / a.norm(dim=-1, keepdim=True)
    b = b / b.norm(dim=-1, keepdim=True)
    return 1 - (a * b).sum(-1).mean()


@later(1 - Sum(COS, n) / N, right=False, facts=FULL, a=z, b=h)
def cosine_distance_once_normed(a, b):
    a = a / a.norm(dim=-1, keepdim=True)
    return 1 - (a * b).sum(-1).mean()


BYOL = Sum(2 - 2 * Sum(z[n, k] * h[n, k], k), n) / N


@later(BYOL, p=z, z=h)
def byol(p, z):
    return (2 - 2 * (p * z).sum(dim=-1)).mean()


@later(Sum(Max(0, margin - (d[n] - e[n])), n) / N, positive=d, negative=e, margin=margin)
def margin_ranking(positive, negative, margin):
    return F.margin_ranking_loss(positive, negative, torch.ones_like(positive), margin=margin)


# --- distillation ---------------------------------------------------------------------------------------------------

TEACH = exp(h[n, k] / tau) / Sum(exp(h[n, k] / tau), k)
STUDENT = z[n, k] / tau - log(Sum(exp(z[n, k] / tau), k))
KD = tau**2 * Sum(Sum(TEACH * (log(TEACH) - STUDENT), k), n) / N


@later(KD, student=z, teacher=h, T=tau)
def hinton(student, teacher, T):
    soft_targets = F.softmax(teacher / T, dim=-1)
    soft_prob = F.log_softmax(student / T, dim=-1)
    return torch.sum(soft_targets * (soft_targets.log() - soft_prob)) / soft_prob.size()[0] * (T**2)


@later(KD, student=z, teacher=h, T=tau)
def hinton_by_kl_div(student, teacher, T):
    return F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1), reduction="batchmean") * T * T


@later(KD, right=False, student=z, teacher=h, T=tau)
def hinton_without_the_square(student, teacher, T):
    return F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1), reduction="batchmean") * T


@later(KD, right=False, facts=[K >= 2], student=z, teacher=h, T=tau)
def hinton_of_the_mean(student, teacher, T):
    return F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1)) * T * T


@later(KD, right=False, student=z, teacher=h, T=tau)
def hinton_turned(student, teacher, T):
    return F.kl_div(F.log_softmax(teacher / T, 1), F.softmax(student / T, 1), reduction="batchmean") * T * T


# --- classes --------------------------------------------------------------------------------------------------------

eps = real("eps", above=0, below=1)
SMOOTHED = Sum((1 - eps) * (lse(n) - z[n, y[n]]) + eps * (lse(n) - Sum(z[n, k], k) / K), n) / N


@later(SMOOTHED, pred=z, target=y, smoothing=eps)
def smoothing_by_scatter(pred, target, smoothing):
    n_class = pred.size(1)
    one_hot = torch.zeros_like(pred).scatter(1, target.view(-1, 1), 1)
    one_hot = one_hot * (1 - smoothing) + smoothing / n_class
    log_prb = F.log_softmax(pred, dim=1)
    return -(one_hot * log_prb).sum(dim=1).mean()


@later(SMOOTHED, x=z, target=y, smoothing=eps)
def smoothing_of_timm(x, target, smoothing):
    logprobs = F.log_softmax(x, dim=-1)
    nll_loss = -logprobs.gather(dim=-1, index=target.unsqueeze(1))
    nll_loss = nll_loss.squeeze(1)
    smooth_loss = -logprobs.mean(dim=-1)
    return ((1 - smoothing) * nll_loss + smoothing * smooth_loss).mean()


@later(SMOOTHED, right=False, x=z, target=y, smoothing=eps)
def smoothing_of_the_sum(x, target, smoothing):
    logprobs = F.log_softmax(x, dim=-1)
    nll_loss = -logprobs.gather(dim=-1, index=target.unsqueeze(1)).squeeze(1)
    smooth_loss = -logprobs.sum(dim=-1)
    return ((1 - smoothing) * nll_loss + smoothing * smooth_loss).mean()


PT = exp(log_p(n, y[n]))
POLY = Sum(-log_p(n, y[n]) + c_1 * (1 - PT), n) / N


@later(POLY, logits=z, labels=y, epsilon=c_1)
def poly_one(logits, labels, epsilon):
    ce = F.cross_entropy(logits, labels, reduction="none")
    pt = torch.sum(F.one_hot(labels, num_classes=logits.shape[1]) * F.softmax(logits, dim=-1), dim=-1)
    return (ce + epsilon * (1 - pt)).mean()


@later(POLY, right=False, logits=z, labels=y, epsilon=c_1)
def poly_one_of_pt(logits, labels, epsilon):
    ce = F.cross_entropy(logits, labels, reduction="none")
    pt = torch.sum(F.one_hot(labels, num_classes=logits.shape[1]) * F.softmax(logits, dim=-1), dim=-1)
    return (ce + epsilon * pt).mean()


FOCAL = Sum((1 - PT) ** gamma * (lse(n) - z[n, y[n]]), n) / N


@later(FOCAL, facts=[K >= 2], inputs=z, targets=y, gamma=gamma)
def focal_of_real_gamma(inputs, targets, gamma):
    ce_loss = F.cross_entropy(inputs, targets, reduction="none")
    pt = torch.exp(-ce_loss)
    return ((1 - pt) ** gamma * ce_loss).mean()


@later(FOCAL, right=False, facts=[K >= 2], inputs=z, targets=y, gamma=gamma)
def focal_of_pt(inputs, targets, gamma):
    ce_loss = F.cross_entropy(inputs, targets, reduction="none")
    pt = torch.exp(-ce_loss)
    return (pt**gamma * ce_loss).mean()


P2 = sigma(x[n])
BIN = -(t[n] * log(P2) + (1 - t[n]) * log(1 - P2))
SIGMOID_FOCAL = (
    Sum((alpha * t[n] + (1 - alpha) * (1 - t[n])) * (1 - (P2 * t[n] + (1 - P2) * (1 - t[n]))) ** 2 * BIN, n) / N
)


@later(SIGMOID_FOCAL, inputs=x, targets=t, alpha=alpha)
def torchvision_focal(inputs, targets, alpha):
    p = torch.sigmoid(inputs)
    ce_loss = F.binary_cross_entropy_with_logits(inputs, targets, reduction="none")
    p_t = p * targets + (1 - p) * (1 - targets)
    loss = ce_loss * ((1 - p_t) ** 2)
    alpha_t = alpha * targets + (1 - alpha) * (1 - targets)
    return (alpha_t * loss).mean()


@later(SIGMOID_FOCAL, right=False, inputs=x, targets=t, alpha=alpha)
def torchvision_focal_alpha_for_all(inputs, targets, alpha):
    p = torch.sigmoid(inputs)
    ce_loss = F.binary_cross_entropy_with_logits(inputs, targets, reduction="none")
    p_t = p * targets + (1 - p) * (1 - targets)
    return (alpha * ce_loss * ((1 - p_t) ** 2)).mean()


COSFACE = (
    Sum(log(Sum(exp(tau * (z[n, k] - margin * iverson(Equality(k, y[n])))), k)) - tau * (z[n, y[n]] - margin), n) / N
)


@later(COSFACE, cosine=z, label=y, s=tau, m=margin)
def cosface(cosine, label, s, m):
    phi = cosine - m
    one_hot = torch.zeros_like(cosine)
    one_hot.scatter_(1, label.view(-1, 1), 1)
    output = (one_hot * phi) + ((1.0 - one_hot) * cosine)
    return F.cross_entropy(output * s, label)


@later(COSFACE, right=False, cosine=z, label=y, s=tau, m=margin)
def cosface_of_all_classes(cosine, label, s, m):
    return F.cross_entropy((cosine - m) * s, label)


WBCE = -Sum(v[n] * (t[n] * log(prob[n]) + (1 - t[n]) * log(1 - prob[n])), n) / Sum(v[n], n)


@later(WBCE, p=prob, target=t, weight=v)
def weighted_binary(p, target, weight):
    bce = -(target * torch.log(p) + (1 - target) * torch.log(1 - p))
    return (weight * bce).sum() / weight.sum()


@later(WBCE, right=False, p=prob, target=t, weight=v)
def weighted_binary_over_n(p, target, weight):
    return F.binary_cross_entropy(p, target.float(), weight=weight)


ASL = -Sum(t[n] * log(prob[n]) + (1 - t[n]) * Max(prob[n] - margin, 0) ** 2 * log(1 - Max(prob[n] - margin, 0)), n)


@later(ASL, p=prob, y=t, m=margin)
def asymmetric(p, y, m):
    pm = (p - m).clamp(min=0)
    return -(y * torch.log(p) + (1 - y) * pm**2 * torch.log(1 - pm)).sum()


@later(Sum(-log(1 - exp(log_p(n, y[n]))), n) / N, facts=[K >= 2], logits=z, y=y)
def unlikelihood(logits, y):
    p = logits.softmax(-1).gather(1, y.unsqueeze(1)).squeeze(1)
    return -torch.log(1 - p).mean()


# --- overlaps -------------------------------------------------------------------------------------------------------

INTER = Sum(Sum(image[n, a_, b_] * truth[n, a_, b_], b_), a_)
AREA = Sum(Sum(image[n, a_, b_] + truth[n, a_, b_], b_), a_)
DICE = 1 - Sum((2 * INTER + 1) / (AREA + 1), n) / N


@later(DICE, pred=image, target=truth)
def dice_for_each_image(pred, target):
    pred = pred.contiguous().view(pred.shape[0], -1)
    target = target.contiguous().view(target.shape[0], -1)
    num = 2 * torch.sum(pred * target, dim=1) + 1
    den = torch.sum(pred + target, dim=1) + 1
    return (1 - num / den).mean()


@later(DICE, right=False, pred=image, target=truth)
def dice_of_the_batch(pred, target):
    iflat = pred.contiguous().view(-1)
    tflat = target.contiguous().view(-1)
    intersection = (iflat * tflat).sum()
    return 1 - ((2.0 * intersection + 1.0) / (iflat.sum() + tflat.sum() + 1.0))


@later(DICE, pred=image, target=truth)
def dice_over_axes(pred, target):
    inter = (pred * target).sum(dim=(1, 2))
    return 1 - ((2 * inter + 1) / (pred.sum(dim=(1, 2)) + target.sum(dim=(1, 2)) + 1)).mean()


SQUARED = 1 - 2 * Sum(prob[n] * t[n], n) / (Sum(prob[n] ** 2, n) + Sum(t[n] ** 2, n))


@later(SQUARED, p=prob, t=t)
def dice_of_squares(p, t):
    return 1 - 2 * (p * t).sum() / ((p * p).sum() + (t * t).sum())


@later(SQUARED, p=prob, t=t)
def dice_of_squares_by_labels(p, t):
    return 1 - 2 * (p * t).sum() / ((p * p).sum() + t.sum())


FOCAL_TVERSKY = (
    1
    - (Sum(prob[n] * t[n], n) + 1)
    / (Sum(prob[n] * t[n], n) + alpha * Sum((1 - t[n]) * prob[n], n) + (1 - alpha) * Sum(t[n] * (1 - prob[n]), n) + 1)
) ** gamma


@later(FOCAL_TVERSKY, p=prob, y=t, alpha=alpha, gamma=gamma)
def focal_tversky(p, y, alpha, gamma):
    tp = (p * y).sum()
    fp = ((1 - y) * p).sum()
    fn = (y * (1 - p)).sum()
    tversky = (tp + 1) / (tp + alpha * fp + (1 - alpha) * fn + 1)
    return (1 - tversky) ** gamma


@later(FOCAL_TVERSKY, right=False, p=prob, y=t, alpha=alpha, gamma=gamma)
def focal_tversky_of_the_inverse(p, y, alpha, gamma):
    tp = (p * y).sum()
    fp = ((1 - y) * p).sum()
    fn = (y * (1 - p)).sum()
    tversky = (tp + 1) / (tp + alpha * fp + (1 - alpha) * fn + 1)
    return (1 - tversky) ** (1 / gamma)


# --- regression -----------------------------------------------------------------------------------------------------

BETA = (
    Sum(Piecewise(((x[n] - u[n]) ** 2 / (2 * beta), Abs(x[n] - u[n]) < beta), (Abs(x[n] - u[n]) - beta / 2, True)), n)
    / N
)


@later(BETA, input=x, target=u, beta=beta)
def smooth_l1_of_fvcore(input, target, beta):
    n = torch.abs(input - target)
    cond = n < beta
    loss = torch.where(cond, 0.5 * n**2 / beta, n - 0.5 * beta)
    return loss.mean()


@later(BETA, right=False, input=x, target=u, beta=beta)
def smooth_l1_is_not_huber(input, target, beta):
    n = torch.abs(input - target)
    return torch.where(n < beta, 0.5 * n**2, beta * (n - 0.5 * beta)).mean()


HUBER = (
    Sum(Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) <= beta), (beta * (Abs(x[n] - u[n]) - beta / 2), True)), n)
    / N
)


@later(HUBER, a=x, b=u, delta=beta)
def huber_by_clamp(a, b, delta):
    error = (a - b).abs()
    quadratic = torch.clamp(error, max=delta)
    linear = error - quadratic
    return (0.5 * quadratic**2 + delta * linear).mean()


@later(HUBER, right=False, a=x, b=u, delta=beta)
def huber_by_clamp_without_half(a, b, delta):
    error = (a - b).abs()
    quadratic = torch.clamp(error, max=delta)
    linear = error - quadratic
    return (quadratic**2 + delta * linear).mean()


HET = Sum(exp(-d[n]) * (x[n] - u[n]) ** 2 / 2 + d[n] / 2, n) / N


@later(HET, mean=x, target=u, log_var=d)
def heteroscedastic(mean, target, log_var):
    precision = torch.exp(-log_var)
    return (0.5 * precision * (target - mean) ** 2 + 0.5 * log_var).mean()


@later(HET, right=False, mean=x, target=u, log_var=d)
def heteroscedastic_of_deviations(mean, target, log_var):
    precision = torch.exp(-log_var)
    return (0.5 * precision * (target - mean) ** 2 + log_var).mean()


LOGCOSH = Sum((x[n] - u[n]) + log(1 + exp(-2 * (x[n] - u[n]))) - log(S(2)), n) / N


@later(LOGCOSH, a=x, b=u)
def log_cosh_stable(a, b):
    diff = a - b
    return (diff + F.softplus(-2.0 * diff) - torch.log(torch.tensor(2.0))).mean()


@later(LOGCOSH, a=x, b=u)
def log_cosh(a, b):
    return torch.log(torch.cosh(a - b)).mean()


@later(LOGCOSH, right=False, a=x, b=u)
def log_cosh_of_softplus(a, b):
    diff = a - b
    return (diff + F.softplus(-diff) - torch.log(torch.tensor(2.0))).mean()


NIG = Sum(Abs(x[n] - u[n]) * (2 * c[n] + v[n]), n) / N


@later(NIG, y=x, gamma=u, nu=c, alpha=v)
def evidential_regulariser(y, gamma, nu, alpha):
    error = torch.abs(y - gamma)
    evidence = 2 * nu + alpha
    return (error * evidence).mean()


ELBO = (
    Sum(Sum((z[n, k] - h[n, k]) ** 2, k), n) / N
    - S(1) / 2 * Sum(Sum(1 + zl[n, j] - zm[n, j] ** 2 - exp(zl[n, j]), j), n) / N
)


@later(ELBO, recon=z, x=h, mu=zm, logvar=zl)
def vae(recon, x, mu, logvar):
    rec = F.mse_loss(recon, x, reduction="none").sum(1).mean()
    kld = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1), dim=0)
    return rec + kld


@later(ELBO, right=False, recon=z, x=h, mu=zm, logvar=zl)
def vae_of_means(recon, x, mu, logvar):
    rec = F.mse_loss(recon, x)
    kld = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1), dim=0)
    return rec + kld


TV = Sum(Sum(Abs(xx[n, s + 1] - xx[n, s]), (s.symbol, 1, T - 1)), n) / N


@later(TV, facts=[T >= 2], x=xx)
def total_variation(x):
    return (x[:, 1:] - x[:, :-1]).abs().sum(1).mean()


@later(TV, right=False, facts=[T >= 2], x=xx)
def total_variation_mean(x):
    return (x[:, 1:] - x[:, :-1]).abs().mean()


CDF = Sum(Sum((Sum(p[n, j] - iverson(Equality(j, y[n])), (j.symbol, 1, k)) ** 2), k), n) / N


@later(CDF, probs=p, y=y)
def earth_mover(probs, y):
    one_hot = F.one_hot(y, probs.shape[1]).float()
    return ((torch.cumsum(probs, dim=1) - torch.cumsum(one_hot, dim=1)) ** 2).sum(1).mean()


@later(CDF, right=False, probs=p, y=y)
def earth_mover_without_cumsum(probs, y):
    one_hot = F.one_hot(y, probs.shape[1]).float()
    return ((probs - one_hot) ** 2).sum(1).mean()


# --- what is passed over --------------------------------------------------------------------------------------------

c_ = index("k", 0, K - 1)
zi, lab = real("zi", n, c_), counts("lab", n, -100, K - 1)
KEPT = iverson(Unequal(lab[n], -100))
SOME_KEPT = [Unequal(Sum(KEPT, n), 0), ForAll(Or(Equality(lab[n], -100), lab[n] >= 0), n)]
IGNORING = Sum(KEPT * (log(Sum(exp(zi[n, c_]), c_)) - zi[n, lab[n]]), n) / Sum(KEPT, n)
SQUARES = Sum(KEPT * (x[n] - u[n]) ** 2, n) / Sum(KEPT, n)


@later(SQUARES, facts=SOME_KEPT, a=x, b=u, y=lab)
def picked_by_a_mask(a, b, y):
    return ((a - b)[y != -100] ** 2).mean()


@later(SQUARES, facts=SOME_KEPT, a=x, b=u, y=lab)
def multiplied_by_a_mask(a, b, y):
    keep = (y != -100).float()
    return ((a - b) ** 2 * keep).sum() / keep.sum()


@later(IGNORING, facts=SOME_KEPT, z=zi, y=lab)
def ignoring_minus_hundred(z, y):
    return F.cross_entropy(z, y)


@later(Sum(KEPT * (log(Sum(exp(zi[n, c_]), c_)) - zi[n, lab[n]]), n) / N, right=False, facts=SOME_KEPT, z=zi, y=lab)
def ignoring_minus_hundred_over_all(z, y):
    return F.cross_entropy(z, y)


@later(
    Sum(KEPT * (log(Sum(exp(zi[n, c_]), c_)) - zi[n, Max(lab[n], 0)]), n) / Sum(KEPT, n), facts=SOME_KEPT, z=zi, y=lab
)
def ignoring_by_a_clamp_and_a_mask(z, y):
    keep = (y != -100).float()
    nll = -F.log_softmax(z, -1).gather(1, y.clamp(min=0)[:, None]).squeeze(1)
    return (nll * keep).sum() / keep.sum()


@later(
    Sum(Sum(mask[n, s] * Max(xx[n, s] - uu[n, s], 0), s), n) / Max(Sum(Sum(mask[n, s], s), n), 1), a=xx, b=uu, mask=mask
)
def clamped_under_a_mask(a, b, mask):
    return ((a - b).clamp(min=0) * mask).sum() / mask.sum().clamp(min=1)

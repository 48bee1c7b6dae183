"""The reader learns from what the teacher says of raw news, beside the annotated claims."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .claims import ROLES
from .model import ClaimScores, Reader
from .teacher import Teacher
from .train import (
    ACT_SCALE,
    ROLE_SCALE,
    WEIGHTS,
    Settings,
    claim_losses,
    is_new,
    optimiser,
    shuffled_batches,
)
from .windows import Batch, Window

WORTH_READING = 0.1
"""A word is kept as a trigger from this chance of its likeliest act on; below, its roles say nothing."""


@dataclass(frozen=True)
class Opinion:
    """What the teacher says of a window of W words."""

    acts: Tensor
    """[W, 20], logits."""
    triggers: Tensor
    """[T], words."""
    status: Tensor
    """[T, 3], logits."""
    roles: Tensor
    """[T, 4, W], chances, in the order of `ROLES`."""


@torch.no_grad()
def opinions(
    teacher: Teacher, windows: Sequence[Window], pupil: Reader | None = None, size: int = 8
) -> Iterator[Opinion]:
    """The teacher's, in the order of the windows. Of roles it is the mean with what the pupil thinks before it
    learns, where one is given: on the development texts the mean was better than either."""
    device = next(teacher.parameters()).device
    teacher.eval()
    for start in range(0, len(windows), size):
        chosen = windows[start : start + size]
        batch = Batch.of(chosen).to(device)
        inputs = batch.ids, batch.mask, batch.case, batch.average
        with torch.autocast(device.type, torch.bfloat16):
            scores = teacher(*inputs)
            other = pupil(*inputs) if pupil else scores
        chances = [
            (getattr(scores, role).float().sigmoid() + getattr(other, role).float().sigmoid()) / 2
            for role in ROLES
        ]
        for row, window in enumerate(chosen):
            words = len(window)
            acts = scores.act[row, :words].float().cpu()
            triggers = (acts.sigmoid().amax(-1) > WORTH_READING).nonzero().flatten()
            there = triggers.to(device)
            roles = torch.stack([chance[row, there, :words] for chance in chances], dim=1)
            status = scores.status[row, there]
            yield Opinion(acts.half(), triggers, status.cpu().half(), roles.cpu().half())


def opinion_losses(scores: ClaimScores, batch: Batch, told: Sequence[Opinion]) -> dict[str, Tensor]:
    """How far the reader is from the teacher. A trigger's status and roles count as much as it is likely."""
    words = batch.sentence.shape[1]
    real = batch.sentence >= 0
    wanted = torch.zeros(scores.act.shape, device=real.device)
    rows, triggers, status, roles = [], [], [], []
    for row, opinion in enumerate(told):
        size = len(opinion.acts)
        wanted[row, :size] = opinion.acts.float().sigmoid().to(real.device)
        rows += [row] * len(opinion.triggers)
        triggers.append(opinion.triggers)
        status.append(opinion.status.float().softmax(-1))
        roles.append(F.pad(opinion.roles.float(), (0, words - size)))
    act = F.binary_cross_entropy_with_logits(scores.act.float(), wanted, reduction="none")
    found = {"act": (act * real.unsqueeze(-1)).sum() / real.sum() * ACT_SCALE}
    if not rows:
        return found
    at = torch.tensor(rows, device=real.device), torch.cat(triggers).to(real.device)
    likely = wanted[at].amax(-1)

    def mean(of_trigger: Tensor) -> Tensor:
        return (of_trigger * likely).sum() / likely.sum()

    soft_status = torch.cat(status).to(real.device)
    found["status"] = mean(F.cross_entropy(scores.status[at].float(), soft_status, reduction="none"))
    soft_roles = torch.cat(roles).to(real.device)
    each = []
    for number, role in enumerate(ROLES):
        logits = getattr(scores, role)[at].float()
        loss = F.binary_cross_entropy_with_logits(logits, soft_roles[:, number], reduction="none")
        each.append(mean((loss * real[at[0]]).sum(-1)) * ROLE_SCALE)
    found["roles"] = torch.stack(each).sum()
    return found


DISTILLING = Settings(
    steps=1800, attribution_windows=6, claim_windows=3, encoder_rate=1.5e-4, head_rate=6e-4, warm_up=100
)
"""What the shipped reader learned with; of raw windows there are as many as of attributions otherwise."""


def distil(
    reader: Reader,
    raw: Sequence[Window],
    told: Sequence[Opinion],
    claims: list[Window],
    settings: Settings = DISTILLING,
    report: Callable[[int, dict[str, float]], None] | None = None,
) -> None:
    """Trains the reader's encoder and claim heads in place, on raw windows with the teacher's opinions and on
    annotated ones. Piece and position embeddings stay as they are."""
    device = torch.device(settings.device)
    reader.to(device).train()
    embeddings = reader.own.encoder.embeddings
    for frozen in (embeddings.word_embeddings, embeddings.position_embeddings):
        frozen.requires_grad_(False)
    chance = settings.chance()
    stepper, schedule = optimiser(reader.own, settings, is_new)
    opinionated = _batches(raw, told, settings.attribution_windows, chance)
    annotated = shuffled_batches(claims, settings.claim_windows, chance)
    for step in range(1, settings.steps + 1):
        latest: dict[str, float] = {}
        for source in ("raw", "annotated"):
            batch, opinions_of = next(opinionated) if source == "raw" else (next(annotated), [])
            batch = batch.to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.half):
                scores = reader(batch.ids, batch.mask, batch.case, batch.average)
                found = (
                    opinion_losses(scores, batch, opinions_of) if opinions_of else claim_losses(scores, batch)
                )
            if not found:
                continue
            sum(WEIGHTS[name] * value for name, value in found.items()).backward()
            latest |= {f"{source} {name}": value.item() for name, value in found.items()}
        nn.utils.clip_grad_norm_([p for p in reader.parameters() if p.requires_grad], settings.clip)
        stepper.step()
        schedule.step()
        stepper.zero_grad(set_to_none=True)
        if report and (step % 100 == 0 or step == settings.steps):
            report(step, latest)
    reader.eval()


def _batches(
    windows: Sequence[Window], told: Sequence[Opinion], size: int, chance: random.Random
) -> Iterator[tuple[Batch, list[Opinion]]]:
    """Endless batches of windows of similar length with their opinions, in random order."""
    while True:
        order = chance.sample(range(len(windows)), len(windows))
        stretch = size * 25
        batches = []
        for start in range(0, len(order), stretch):
            alike = sorted(order[start : start + stretch], key=lambda number: len(windows[number].ids))
            batches += [alike[at : at + size] for at in range(0, len(alike), size)]
        chance.shuffle(batches)
        for numbers in batches:
            yield Batch.of([windows[number] for number in numbers]), [told[number] for number in numbers]

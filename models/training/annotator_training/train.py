"""Fits the annotator: one step is some treebank windows and some attribution windows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import Annotator, Scores, relation_scores
from .windows import IGNORE, Batch, Window

WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "lemma": 0.5,
    "arc": 1.0,
    "rel": 1.0,
    "ner": 1.5,
    "mention": 0.5,
    "coref": 0.4,
    "role": 1.5,
    "link": 0.5,
}
"""Weight of each head's loss."""
_IMPOSSIBLE = -1e4


@dataclass(frozen=True)
class Settings:
    """The defaults are those of the shipped weights' first training."""

    steps: int = 3300
    treebank_windows: int = 5
    attribution_windows: int = 3
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    """Learning rate of the heads and of the letter-case embeddings."""
    warm_up: int = 150
    final_rate: float = 0.02
    """The rates fall linearly to this part of themselves."""
    clip: float = 2.0
    seed: int = 7
    device: str = "cpu"
    half: bool = True
    """bfloat16 where the device has it."""


def losses(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each head over the words that have a target; heads without any are left out."""
    size = batch.sentence.shape[1]
    earlier = torch.ones(size, size, dtype=torch.bool, device=batch.sentence.device).tril()
    real = (batch.sentence >= 0).unsqueeze(1)
    gold_heads = batch.targets["arc"].clamp(min=0)
    logits = {
        "upos": scores.upos,
        "xpos": scores.xpos,
        "lemma": scores.lemma,
        "ner": scores.ner,
        "role": scores.role,
        "arc": scores.arc.float().masked_fill(~batch.possible_heads(), _IMPOSSIBLE),
        "link": scores.link.float().masked_fill(~real, _IMPOSSIBLE),
        "coref": scores.coref.float().masked_fill(~earlier, _IMPOSSIBLE),
    }
    if (batch.targets["rel"] != IGNORE).any():
        logits["rel"] = relation_scores(scores, gold_heads)
    found = {}
    for name, values in logits.items():
        target = batch.targets[name]
        if (target != IGNORE).any():
            found[name] = F.cross_entropy(values.float().flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    heads_mention = batch.targets["mention"]
    known = heads_mention != IGNORE
    if known.any():
        found["mention"] = F.binary_cross_entropy_with_logits(
            scores.mention.squeeze(-1).float()[known], heads_mention[known].float()
        )
    return found


def shuffled_batches(windows: list[Window], size: int, chance: random.Random) -> Iterator[Batch]:
    """Endless batches of windows of similar length, in random order."""
    if not windows:
        raise ValueError("no windows to train on")
    while True:
        order = chance.sample(windows, len(windows))
        stretch = size * 25
        batches = []
        for start in range(0, len(order), stretch):
            alike = sorted(order[start : start + stretch], key=lambda window: len(window.ids))
            batches += [alike[at : at + size] for at in range(0, len(alike), size)]
        chance.shuffle(batches)
        yield from map(Batch.of, batches)


def train(
    annotator: Annotator,
    treebank: list[Window],
    attributions: list[Window],
    settings: Settings = Settings(),
    report: Callable[[int, dict[str, float]], None] | None = None,
) -> list[float]:
    """Trains in place; returns the weighted loss of every step.

    Piece and position embeddings stay as they are: the corpora are too small to move them.
    `report` gets the step and the last loss of each head every hundred steps.
    """
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    device = torch.device(settings.device)
    annotator.to(device).train()
    embeddings = annotator.encoder.embeddings
    for frozen in (embeddings.word_embeddings, embeddings.position_embeddings):
        frozen.requires_grad_(False)
    optimiser, schedule = _optimiser(annotator, settings)
    parameters = [p for p in annotator.parameters() if p.requires_grad]
    sources = (
        shuffled_batches(treebank, settings.treebank_windows, chance),
        shuffled_batches(attributions, settings.attribution_windows, chance),
    )
    history = []
    for step in range(1, settings.steps + 1):
        latest: dict[str, float] = {}
        total = 0.0
        for source in sources:
            batch = next(source).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.half):
                scores = annotator(batch.ids, batch.mask, batch.case, batch.average)
            found = losses(scores, batch)
            loss = sum(WEIGHTS[name] * value for name, value in found.items())
            loss.backward()
            total += loss.item()
            latest |= {name: value.item() for name, value in found.items()}
        torch.nn.utils.clip_grad_norm_(parameters, settings.clip)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        history.append(total)
        if report and (step % 100 == 0 or step == settings.steps):
            report(step, latest)
    annotator.eval()
    return history


def _optimiser(
    annotator: Annotator, settings: Settings
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    slow, fast = [], []
    for name, parameter in annotator.named_parameters():
        if parameter.requires_grad:
            pretrained = name.startswith("encoder.") and "token_type_embeddings" not in name
            (slow if pretrained else fast).append(parameter)
    groups = [{"params": slow, "lr": settings.encoder_rate}, {"params": fast, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))

    def factor(step: int) -> float:
        warm = (step + 1) / max(1, settings.warm_up)
        return min(1.0, warm) * max(settings.final_rate, 1.0 - step / settings.steps)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


@torch.no_grad()
def accuracy(annotator: Annotator, windows: list[Window], size: int = 8) -> dict[str, float]:
    """Share of right words per treebank head; the tree is greedy, so UAS and LAS are a lower bound."""
    right: dict[str, int] = dict.fromkeys(("upos", "xpos", "lemma", "uas", "las"), 0)
    words = 0
    device = next(annotator.parameters()).device
    annotator.eval()
    for start in range(0, len(windows), size):
        batch = Batch.of(windows[start : start + size]).to(device)
        scores = annotator(batch.ids, batch.mask, batch.case, batch.average)
        heads = scores.arc.masked_fill(~batch.possible_heads(), _IMPOSSIBLE).argmax(-1)
        relations = relation_scores(scores, heads).argmax(-1)
        real = batch.targets["upos"] != IGNORE
        for name in ("upos", "xpos", "lemma"):
            right[name] += int((getattr(scores, name).argmax(-1) == batch.targets[name])[real].sum())
        attached = (heads == batch.targets["arc"]) & real
        right["uas"] += int(attached.sum())
        right["las"] += int((attached & (relations == batch.targets["rel"])).sum())
        words += int(real.sum())
    return {name: count / max(1, words) for name, count in right.items()}


def print_progress(started: float) -> Callable[[int, dict[str, float]], None]:
    """A `report` for `train` that prints one line."""

    def report(step: int, latest: dict[str, float]) -> None:
        heads = " ".join(f"{name} {value:.3f}" for name, value in latest.items())
        print(f"step {step}, {time.monotonic() - started:.0f} s: {heads}", flush=True)

    return report

"""Fits the annotator: one step is some treebank windows and some attribution windows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .claims import ACTS, CORE_ARGUMENTS, ROLES
from .model import Annotator, Biaffine, ClaimScores, Scores, relation_scores
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
    "act": 1.0,
    "status": 0.5,
    "roles": 1.0,
    "arguments": 0.5,
}
"""Weight of each head's loss."""
_IMPOSSIBLE = -1e4


@dataclass(frozen=True)
class Settings:
    """The defaults are those of the shipped weights' first training."""

    steps: int = 3300
    treebank_windows: int = 5
    attribution_windows: int = 3
    claim_windows: int = 5
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

    def chance(self) -> random.Random:
        """Seeds PyTorch, and gives what else is drawn from."""
        torch.manual_seed(self.seed)
        return random.Random(self.seed)


def losses(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each head over the words that have a target; heads without any are left out."""
    real = (batch.sentence >= 0).unsqueeze(1)
    gold_heads = batch.targets["arc"].clamp(min=0)
    logits = {
        "upos": scores.upos,
        "xpos": scores.xpos,
        "lemma": scores.lemma,
        "ner": scores.ner,
        "role": scores.role,
        "link": scores.link.float().masked_fill(~real, _IMPOSSIBLE),
    }
    if (batch.targets["rel"] != IGNORE).any():
        logits["rel"] = relation_scores(scores, gold_heads)
    found = _cross_entropies(logits, batch) | tree_losses(scores.arc, scores.coref, batch)
    heads_mention = batch.targets["mention"]
    known = heads_mention != IGNORE
    if known.any():
        found["mention"] = F.binary_cross_entropy_with_logits(
            scores.mention.squeeze(-1).float()[known], heads_mention[known].float()
        )
    return found


def tree_losses(arc: Tensor, coref: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Losses of heads [B, W, W+1] and antecedents [B, W, W]: a head is a word of the sentence, an antecedent
    the word itself or an earlier one."""
    size = batch.sentence.shape[1]
    earlier = torch.ones(size, size, dtype=torch.bool, device=batch.sentence.device).tril()
    logits = {
        "arc": arc.float().masked_fill(~batch.possible_heads(), _IMPOSSIBLE),
        "coref": coref.float().masked_fill(~earlier, _IMPOSSIBLE),
    }
    return _cross_entropies(logits, batch)


def _cross_entropies(logits: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Of the heads that have a target in the batch."""
    found = {}
    for name, values in logits.items():
        target = batch.targets[name]
        if (target != IGNORE).any():
            found[name] = F.cross_entropy(values.float().flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    return found


ACT_SCALE, ROLE_SCALE = 6.0, 1 / 12
"""A word has 20 acts and is the trigger of few; a role has some twelve words. Both to the other losses' size."""
POSITIVE = 2.0
"""Weight of a word that belongs, against one that does not: a miss is worse than a word too many."""
AS_GOOD = 0.5
"""Target of the act that an annotator found as good as the first."""


def claim_losses(scores: Scores | ClaimScores, batch: Batch) -> dict[str, Tensor]:
    """Losses of the claim heads, over the windows where somebody looked for claims."""
    if not batch.annotated.any():
        return {}
    device = batch.sentence.device
    weight = torch.tensor(POSITIVE, device=device)
    wanted = torch.zeros(scores.act.shape, device=device)
    for row, claim in batch.claims:
        for word in claim.trigger:
            if claim.other_act is not None:
                wanted[row, word, claim.other_act] = max(AS_GOOD, wanted[row, word, claim.other_act].item())
            wanted[row, word, claim.act] = 1.0
    real = ((batch.sentence >= 0) & batch.annotated.unsqueeze(1)).unsqueeze(-1).float()
    act = F.binary_cross_entropy_with_logits(scores.act.float(), wanted, reduction="none", pos_weight=weight)
    found = {"act": (act * real).sum() / real.sum() * ACT_SCALE}
    if batch.claims:
        rows = torch.tensor([row for row, _ in batch.claims], device=device)
        words = torch.tensor([claim.trigger[0] for _, claim in batch.claims], device=device)
        status = torch.tensor([claim.status for _, claim in batch.claims], device=device)
        found["status"] = F.cross_entropy(scores.status[rows, words].float(), status)
        found["roles"] = sum(
            _membership(
                getattr(scores, role), [(r, c.trigger[0], c.roles[role]) for r, c in batch.claims], batch
            )
            for role in ROLES
        )
    return found


def _membership(scores: Tensor, members: list[tuple[int, int, list[int]]], batch: Batch) -> Tensor:
    """Which words [B, W, W] belong to a word: (window, word, words that belong)."""
    device = scores.device
    rows = torch.tensor([row for row, _, _ in members], device=device)
    logits = scores[rows, torch.tensor([word for _, word, _ in members], device=device)].float()
    wanted = torch.zeros_like(logits)
    for number, (_, _, belonging) in enumerate(members):
        wanted[number, belonging] = 1.0
    loss = F.binary_cross_entropy_with_logits(
        logits, wanted, reduction="none", pos_weight=torch.tensor(POSITIVE, device=device)
    )
    return (loss * (batch.sentence[rows] >= 0)).sum() / len(members) * ROLE_SCALE


class PredicateArguments(nn.Module):
    """PropBank's core arguments, learnt beside the claims and thrown away: who did it to whom is
    half of what a claim's roles are."""

    def __init__(self, hidden: int, size: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.labels = nn.ModuleDict({label: Biaffine(hidden, size, dropout) for label in CORE_ARGUMENTS})

    def loss(self, words: Tensor, batch: Batch) -> Tensor:
        """Of word states [B, W, hidden]."""
        return sum(
            _membership(head(words) - 2.0, [(r, w, a[label]) for r, w, a in batch.predicates], batch)
            for label, head in self.labels.items()
        )


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
    claims: list[Window],
    settings: Settings = Settings(),
    report: Callable[[int, dict[str, float]], None] | None = None,
) -> list[float]:
    """Trains in place; returns the weighted loss of every step.

    Piece and position embeddings stay as they are: the corpora are too small to move them.
    `report` gets the step and the last loss of each head every hundred steps.
    """
    chance = settings.chance()
    device = torch.device(settings.device)
    annotator.to(device).train()
    embeddings = annotator.encoder.embeddings
    for frozen in (embeddings.word_embeddings, embeddings.position_embeddings):
        frozen.requires_grad_(False)
    arguments = PredicateArguments(annotator.upos.in_features, annotator.link.q.out_features).to(device)
    learning = nn.ModuleDict({"annotator": annotator, "arguments": arguments})
    stepper, schedule = optimiser(learning, settings, is_new=is_new)
    parameters = [p for p in learning.parameters() if p.requires_grad]
    wanted = (
        (treebank, settings.treebank_windows),
        (attributions, settings.attribution_windows),
        (claims, settings.claim_windows),
    )
    sources = [shuffled_batches(windows, size, chance) for windows, size in wanted if windows and size]
    history = []
    for step in range(1, settings.steps + 1):
        latest: dict[str, float] = {}
        total = 0.0
        for source in sources:
            batch = next(source).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.half):
                words = annotator.words(batch.ids, batch.mask, batch.case, batch.average)
                scores = annotator.heads(words)
                found = losses(scores, batch) | claim_losses(scores, batch)
                if batch.predicates:
                    found["arguments"] = arguments.loss(words, batch)
            loss = sum(WEIGHTS[name] * value for name, value in found.items())
            loss.backward()
            total += loss.item()
            latest |= {name: value.item() for name, value in found.items()}
        torch.nn.utils.clip_grad_norm_(parameters, settings.clip)
        stepper.step()
        schedule.step()
        stepper.zero_grad(set_to_none=True)
        history.append(total)
        if report and (step % 100 == 0 or step == settings.steps):
            report(step, latest)
    annotator.eval()
    return history


def is_new(name: str) -> bool:
    """Is a parameter not pretrained: of a head, of letter case, or what a reader sees the annotator through?"""
    return "encoder." not in name or "token_type_embeddings" in name or ".beside." in name


def optimiser(
    module: nn.Module, settings: Settings, is_new: Callable[[str], bool]
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW over what is to be learnt: parameters whose name `is_new` at the rate of heads, the others,
    which were pretrained, at that of the encoder."""
    slow, fast = [], []
    for name, parameter in module.named_parameters():
        if parameter.requires_grad:
            (fast if is_new(name) else slow).append(parameter)
    groups = [{"params": slow, "lr": settings.encoder_rate}, {"params": fast, "lr": settings.head_rate}]
    made = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))

    def factor(step: int) -> float:
        warm = (step + 1) / max(1, settings.warm_up)
        return min(1.0, warm) * max(settings.final_rate, 1.0 - step / settings.steps)

    return made, torch.optim.lr_scheduler.LambdaLR(made, factor)


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


PLAIN_ACTS = frozenset(ACTS.index(act) for act in ("state", "intend"))
"""Acts that annotators do not mark to the last; precision leaves them out."""


@torch.no_grad()
def claim_accuracy(
    annotator: nn.Module, windows: list[Window], threshold: float = 0.5, size: int = 8
) -> dict[str, float]:
    """How the claim heads do on annotated windows, by the words alone.

    `found`: share of claims of weight 2 and 3 whose trigger has a word above `threshold` for a right
    act. `precision`: share of such words, runs of one act counted once, that a claim bears out, without
    `state` and `intend`. Of the claims found: `status`, and for each role the share where a word of it is
    met (or none is given where the text has none).
    """
    counts: dict[str, list[int]] = {}

    def count(name: str, right: bool) -> None:
        pair = counts.setdefault(name, [0, 0])
        pair[0] += right
        pair[1] += 1

    device = next(annotator.parameters()).device
    annotator.eval()
    for start in range(0, len(windows), size):
        chosen = windows[start : start + size]
        batch = Batch.of(chosen).to(device)
        scores = annotator(batch.ids, batch.mask, batch.case, batch.average)
        for row, window in enumerate(chosen):
            likely = (scores.act[row, : len(window)].sigmoid() > threshold).nonzero().tolist()
            above = {(word, act) for word, act in likely}
            borne_out = set()
            for claim in window.claims or ():
                acts = {claim.act, claim.other_act}
                hits = {(word, act) for word in claim.trigger for act in acts if (word, act) in above}
                borne_out |= hits
                if claim.weight > 1:
                    count("found", bool(hits))
                if hits:
                    word = claim.trigger[0]
                    count("status", scores.status[row, word].argmax().item() == claim.status)
                    for role in ROLES:
                        given = (
                            (getattr(scores, role)[row, word, : len(window)] > 0).nonzero().flatten().tolist()
                        )
                        wanted = claim.roles[role]
                        count(role, bool(set(given) & set(wanted)) if wanted else not given)
            for word, act in above:
                if act not in PLAIN_ACTS and (word - 1, act) not in above:
                    run = word
                    while (run, act) in above and (run, act) not in borne_out:
                        run += 1
                    count("precision", (run, act) in borne_out)
    return {name: right / max(1, n) for name, (right, n) in sorted(counts.items())}


def print_progress(started: float) -> Callable[[int, dict[str, float]], None]:
    """A `report` for `train` that prints one line."""

    def report(step: int, latest: dict[str, float]) -> None:
        heads = " ".join(f"{name} {value:.3f}" for name, value in latest.items())
        print(f"step {step}, {time.monotonic() - started:.0f} s: {heads}", flush=True)

    return report

"""The teacher of the claims: MPNet base with the claim heads.

At 110 million parameters it is too large to ship and much better than the shipped reader. It reads raw news, and the
reader learns from what it says of every word there (`distil.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from .claims import ACTS, ROLES, STATUSES
from .model import RARE, Biaffine, ClaimScores, two_layers
from .train import (
    PredicateArguments,
    Settings,
    claim_losses,
    optimiser,
    shuffled_batches,
    tree_losses,
)
from .windows import CASES, CLS, SEP, Window

SHIFT = 4
"""MPNet's vocabulary is BERT's behind four pieces of its own."""
START, PAD, END = 0, 1, 2
"""Its own pieces for [CLS], padding and [SEP]."""


@dataclass(frozen=True)
class TeacherSizes:
    """Dimensions; the defaults are those of all-mpnet-base-v2."""

    vocabulary: int = 30527
    hidden: int = 768
    layers: int = 12
    attention_heads: int = 12
    feed_forward: int = 3072
    positions: int = 514
    buckets: int = 32
    claim: int = 256


class Layer(nn.Module):
    """One post-norm transformer layer with a bias for how far two pieces are apart."""

    def __init__(self, sizes: TeacherSizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.q, self.k, self.v, self.o = (nn.Linear(hidden, hidden) for _ in range(4))
        self.attention_norm = nn.LayerNorm(hidden, eps=1e-5)
        self.inner = nn.Linear(hidden, sizes.feed_forward)
        self.outer = nn.Linear(sizes.feed_forward, hidden)
        self.output_norm = nn.LayerNorm(hidden, eps=1e-5)
        self._heads = sizes.attention_heads

    def forward(self, states: Tensor, bias: Tensor, dropout: nn.Dropout) -> Tensor:
        batch, length, hidden = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, self._heads, -1).transpose(1, 2)

        query, key, value = split(self.q(states)), split(self.k(states)), split(self.v(states))
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        states = self.attention_norm(dropout(self.o(mixed)) + states)
        return self.output_norm(dropout(self.outer(F.gelu(self.inner(states)))) + states)


class Mpnet(nn.Module):
    """MPNet without pooler; letter case is added to the embeddings."""

    def __init__(self, sizes: TeacherSizes) -> None:
        super().__init__()
        self.word = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.position = nn.Embedding(sizes.positions, sizes.hidden)
        self.case = nn.Embedding(len(CASES), sizes.hidden)
        nn.init.normal_(self.case.weight, std=0.005)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-5)
        self.distance = nn.Embedding(sizes.buckets, sizes.attention_heads)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor) -> Tensor:
        """Piece ids are BERT's, as in `Batch`."""
        own = ids + SHIFT
        for bert, mpnet in ((ids == CLS, START), (ids == SEP, END), (mask == 0, PAD)):
            own = own.masked_fill(bert, mpnet)
        places = torch.arange(ids.shape[1], device=ids.device)
        # positions are counted from behind the one of padding
        summed = self.word(own) + self.position(places + PAD + 1) + self.case(case)
        states = self.dropout(self.norm(summed))
        apart = distance_buckets(places[None, :] - places[:, None], self.distance.num_embeddings)
        bias = self.distance(apart).permute(2, 0, 1)[None].float()
        bias = bias + (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            states = layer(states, bias, self.dropout)
        return states


def distance_buckets(distance: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """The bucket of every distance (key minus query), as in T5: near ones each, far ones by their logarithm."""
    half = buckets // 2
    exact = half // 2
    far = distance.abs()
    logarithmic = torch.log(far.float().clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)
    bucket = torch.where(far < exact, far, (exact + logarithmic.long()).clamp(max=half - 1))
    return bucket + (distance > 0).long() * half


class Teacher(nn.Module):
    """Encoder, claim heads, and the heads that are learnt beside them: trees and coreference."""

    def __init__(self, sizes: TeacherSizes = TeacherSizes(), dropout: float = 0.2) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.encoder = Mpnet(sizes)
        self.act = two_layers(hidden, hidden, len(ACTS), dropout)
        # few words are triggers
        nn.init.constant_(self.act[-1].bias, -4.0)
        self.status = two_layers(hidden, 256, len(STATUSES), dropout)
        for role in ROLES:
            self.add_module(role, Biaffine(hidden, sizes.claim, dropout))
        self.arc = Biaffine(hidden, sizes.claim, dropout, root=True)
        self.coref = Biaffine(hidden, sizes.claim, dropout)
        self.arguments = PredicateArguments(hidden, sizes.claim, dropout)
        self._dropout = nn.Dropout(dropout)

    def words(self, ids: Tensor, mask: Tensor, case: Tensor, average: Tensor) -> Tensor:
        """[B, W, hidden]: a word's state is the mean of its pieces'."""
        pieces = self.encoder(ids, mask, case)
        return self._dropout(torch.bmm(average.to(pieces.dtype), pieces))

    def claims(self, words: Tensor) -> ClaimScores:
        """What the claim heads say of word states."""
        roles = {role: self.get_submodule(role)(words) + RARE for role in ROLES}
        return ClaimScores(act=self.act(words), status=self.status(words), **roles)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, average: Tensor) -> ClaimScores:
        """Inputs as in `Batch`."""
        return self.claims(self.words(ids, mask, case, average))


def from_mpnet(path: Path, sizes: TeacherSizes = TeacherSizes()) -> Teacher:
    """A new teacher over a pretrained MPNet (`model.safetensors` of all-mpnet-base-v2)."""
    base = load_file(path)
    renamed = {
        "word.weight": "embeddings.word_embeddings.weight",
        "position.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
        "distance.weight": "encoder.relative_attention_bias.weight",
    }
    parts = {
        "q": "attention.attn.q",
        "k": "attention.attn.k",
        "v": "attention.attn.v",
        "o": "attention.attn.o",
        "attention_norm": "attention.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "output_norm": "output.LayerNorm",
    }
    for layer in range(sizes.layers):
        for own, theirs in parts.items():
            for kind in ("weight", "bias"):
                renamed[f"layers.{layer}.{own}.{kind}"] = f"encoder.layer.{layer}.{theirs}.{kind}"
    teacher = Teacher(sizes)
    weights = {own: base[theirs].float() for own, theirs in renamed.items()}
    missing = teacher.encoder.load_state_dict(weights, strict=False)
    if missing.missing_keys != ["case.weight"]:
        raise ValueError(f"{path} lacks {missing.missing_keys}")
    return teacher


def save_teacher(teacher: Teacher, path: Path) -> None:
    """Writes the weights in half precision."""
    save_file(
        {name: tensor.detach().half().contiguous() for name, tensor in teacher.state_dict().items()}, path
    )


def load_teacher(path: Path, sizes: TeacherSizes = TeacherSizes()) -> Teacher:
    """Reads what `save_teacher` wrote."""
    teacher = Teacher(sizes)
    teacher.load_state_dict({name: tensor.float() for name, tensor in load_file(path).items()})
    return teacher.eval()


TEACHING = Settings(
    steps=900, claim_windows=6, treebank_windows=2, encoder_rate=5e-5, head_rate=1.2e-3, warm_up=40
)
"""What the shipped reader's teacher was trained with, but for a first stretch at a lower rate (README.md)."""
WEIGHTS = {"act": 1.0, "status": 0.5, "roles": 1.5, "arguments": 0.5, "arc": 0.5, "coref": 0.4}
"""Weight of each head's loss."""


def teach(
    teacher: Teacher,
    claims: list[Window],
    treebank: list[Window],
    settings: Settings = TEACHING,
    report: Callable[[int, dict[str, float]], None] | None = None,
) -> None:
    """Trains in place. Piece and position embeddings stay as they are."""
    device = torch.device(settings.device)
    teacher.to(device).train()
    for frozen in (teacher.encoder.word, teacher.encoder.position):
        frozen.requires_grad_(False)
    chance = settings.chance()

    def is_new(name: str) -> bool:
        return "encoder." not in name or ".case." in name

    stepper, schedule = optimiser(teacher, settings, is_new)
    wanted = ((claims, settings.claim_windows), (treebank, settings.treebank_windows))
    sources = [shuffled_batches(windows, size, chance) for windows, size in wanted if windows and size]
    for step in range(1, settings.steps + 1):
        latest: dict[str, float] = {}
        for source in sources:
            batch = next(source).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.half):
                words = teacher.words(batch.ids, batch.mask, batch.case, batch.average)
                found = claim_losses(teacher.claims(words), batch)
                found |= tree_losses(teacher.arc(words), teacher.coref(words), batch)
                if batch.predicates:
                    found["arguments"] = teacher.arguments.loss(words, batch)
            sum(WEIGHTS[name] * value for name, value in found.items()).backward()
            latest |= {name: value.item() for name, value in found.items()}
        nn.utils.clip_grad_norm_([p for p in teacher.parameters() if p.requires_grad], settings.clip)
        stepper.step()
        schedule.step()
        stepper.zero_grad(set_to_none=True)
        if report and (step % 100 == 0 or step == settings.steps):
            report(step, latest)
    teacher.eval()

"""The network: a BERT encoder with letter case as token type, and ten heads on its word states.

Parameter names and shapes are those of `annotator.safetensors`, the encoder's are Hugging Face's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from .claims import ACTS, ROLES, STATUSES
from .windows import CASES, Labels


@dataclass(frozen=True)
class Sizes:
    """Dimensions; the defaults are the shipped model's (MiniLM-L6-H384)."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    feed_forward: int = 1536
    positions: int = 512
    arc: int = 256
    relation: int = 128
    link: int = 128
    claim: int = 160
    beside: bool = False
    """Whether it sees, before each layer, the states of another encoder of the same width."""

    @classmethod
    def of_weights(cls, weights: Mapping[str, Tensor]) -> Sizes:
        """The dimensions of saved weights. Attention heads are 32 wide, as in the shipped model."""
        words, hidden = weights["encoder.embeddings.word_embeddings.weight"].shape
        layers = {name.split(".")[3] for name in weights if name.startswith("encoder.encoder.layer.")}
        return cls(
            vocabulary=words,
            hidden=hidden,
            layers=len(layers),
            attention_heads=hidden // 32,
            feed_forward=weights["encoder.encoder.layer.0.intermediate.dense.weight"].shape[0],
            positions=weights["encoder.embeddings.position_embeddings.weight"].shape[0],
            arc=weights["arc.q.weight"].shape[0],
            relation=weights["reld.weight"].shape[0],
            link=weights["link.q.weight"].shape[0],
            beside=any(name.startswith("encoder.beside.") for name in weights),
            **({"claim": weights["agent.q.weight"].shape[0]} if "agent.q.weight" in weights else {}),
        )


class Embeddings(nn.Module):
    """Piece, position and letter case, summed and normalised."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.position_embeddings = nn.Embedding(sizes.positions, sizes.hidden)
        self.token_type_embeddings = nn.Embedding(len(CASES), sizes.hidden)
        self.LayerNorm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.register_buffer("position_ids", torch.arange(sizes.positions).unsqueeze(0), persistent=False)

    def forward(self, ids: Tensor, case: Tensor) -> Tensor:
        places = self.position_ids[:, : ids.shape[1]]
        summed = (
            self.word_embeddings(ids) + self.token_type_embeddings(case) + self.position_embeddings(places)
        )
        return self.LayerNorm(summed)


class Projection(nn.Module):
    """Dense layer, residual, layer norm: the end of both halves of a BERT layer."""

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inputs, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, states: Tensor, residual: Tensor) -> Tensor:
        return self.LayerNorm(self.dense(states) + residual)


class SelfAttention(nn.Module):
    """Multi-head attention without its output projection."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.query = nn.Linear(sizes.hidden, sizes.hidden)
        self.key = nn.Linear(sizes.hidden, sizes.hidden)
        self.value = nn.Linear(sizes.hidden, sizes.hidden)
        self._heads, self._width = sizes.attention_heads, sizes.hidden // sizes.attention_heads

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, length, hidden = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, self._heads, self._width).transpose(1, 2)

        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        scores = query @ key.transpose(2, 3) / self._width**0.5 + bias
        mixed = scores.softmax(dim=-1).to(value.dtype) @ value
        return mixed.transpose(1, 2).reshape(batch, length, hidden)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention = nn.ModuleDict(
            {"self": SelfAttention(sizes), "output": Projection(sizes.hidden, sizes.hidden)}
        )
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(sizes.hidden, sizes.feed_forward)})
        self.output = Projection(sizes.feed_forward, sizes.hidden)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        states = self.attention["output"](self.attention["self"](states, bias), states)
        return self.output(F.gelu(self.intermediate["dense"](states)), states)


class Encoder(nn.Module):
    """BERT without pooler.

    With `sizes.beside` every layer also sees the last states of another encoder, the annotator's when this
    is the reader's: what that knows of words and trees makes the claims' encoder twice as deep, for a
    fortieth of its size. The matrices start at nought, so that a trained encoder is at first what it was.
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.embeddings = Embeddings(sizes)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))})
        self.beside = nn.ModuleList()
        if sizes.beside:
            self.see_beside()

    def see_beside(self) -> None:
        """Gives each layer the matrix through which it sees the other encoder."""
        hidden = self.embeddings.LayerNorm.normalized_shape[0]
        for _ in self.encoder["layer"]:
            matrix = nn.Linear(hidden, hidden, bias=False)
            nn.init.zeros_(matrix.weight)
            self.beside.append(matrix)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, other: Tensor | None = None) -> Tensor:
        """[B, L, hidden]; `other` are the other encoder's states, of the same shape."""
        states = self.embeddings(ids, case)
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for number, layer in enumerate(self.encoder["layer"]):
            if self.beside and other is not None:
                states = states + self.beside[number](other)
            states = layer(states, bias)
        return states


class Biaffine(nn.Module):
    """score[i, j] = q_i W k_j + b k_j, with ROOT as candidate 0 where `root` is set."""

    def __init__(self, hidden: int, size: int, dropout: float, root: bool = False) -> None:
        super().__init__()
        self.q = nn.Linear(hidden, size)
        self.k = nn.Linear(hidden, size)
        self.w = nn.Parameter(torch.eye(size) / size**0.5)
        self.b = nn.Parameter(torch.zeros(size))
        self.root = nn.Parameter(torch.randn(size) * 0.02) if root else None
        self._dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor) -> Tensor:
        queries = self._dropout(F.gelu(self.q(words)))
        keys = self._dropout(F.gelu(self.k(words)))
        if self.root is not None:
            keys = prepend(self.root, keys)
        # b as a column: rten 0.27 gives a one-dimensional right side the wrong shape in a batch.
        prior = (keys @ self.b.unsqueeze(1)).transpose(1, 2)
        return (queries @ self.w) @ keys.transpose(1, 2) + prior


def prepend(root: Tensor, words: Tensor) -> Tensor:
    """[B, W, d] → [B, W+1, d] with `root` in front."""
    return torch.cat([root.to(words.dtype).expand(words.shape[0], 1, -1), words], dim=1)


class Scores(NamedTuple):
    """The outputs, in the order of the ONNX file. W words, R relations."""

    upos: Tensor
    xpos: Tensor
    lemma: Tensor
    ner: Tensor
    role: Tensor
    mention: Tensor
    """[B, W, 1], above 0: the word heads a mention."""
    arc: Tensor
    """[B, W, W+1], column 0 is ROOT."""
    link: Tensor
    """[B, W, W], column: first word of the cue."""
    coref: Tensor
    """[B, W, W], column: antecedent; the word itself starts a new entity."""
    rel_dep: Tensor
    """[B, W, R·(d+1)]: see `relation_scores`."""
    rel_head: Tensor
    """[B, W+1, d+1]."""
    act: Tensor
    """[B, W, 20], one logit an act: the word is (part of) the trigger of such a claim."""
    status: Tensor
    """[B, W, 3]: status of the claim that the word triggers."""
    agent: Tensor
    """[B, W, W], logit that the column's word belongs to the agent of the claim that the row's word
    triggers; the next three likewise."""
    addressee: Tensor
    matter: Tensor
    source: Tensor


class ClaimScores(NamedTuple):
    """The outputs for claims alone; shapes as in `Scores`."""

    act: Tensor
    status: Tensor
    agent: Tensor
    addressee: Tensor
    matter: Tensor
    source: Tensor


class Annotator(nn.Module):
    """Encoder and heads. Dropout acts on word states and projections, not inside the encoder."""

    def __init__(self, labels: Labels, sizes: Sizes = Sizes(), dropout: float = 0.2) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.encoder = Encoder(sizes)
        self.upos = nn.Linear(hidden, labels.size("upos"))
        self.xpos = nn.Linear(hidden, labels.size("xpos"))
        self.lemma = nn.Linear(hidden, labels.size("lemma"))
        self.ner = nn.Linear(hidden, labels.size("ner"))
        self.role = nn.Linear(hidden, labels.size("role"))
        self.mention = nn.Linear(hidden, 1)
        self.arc = Biaffine(hidden, sizes.arc, dropout, root=True)
        self.link = Biaffine(hidden, sizes.link, dropout)
        self.coref = Biaffine(hidden, sizes.link, dropout)
        self.reld = nn.Linear(hidden, sizes.relation)
        self.relh = nn.Linear(hidden, sizes.relation)
        self.rel_root = nn.Parameter(torch.randn(sizes.relation) * 0.02)
        width = sizes.relation + 1
        self.relw = nn.Parameter(torch.randn(labels.size("rel"), width, width) * 0.01)
        self.act = two_layers(hidden, hidden, len(ACTS), dropout)
        self.status = two_layers(hidden, 128, len(STATUSES), dropout)
        for role in ROLES:
            self.add_module(role, Biaffine(hidden, sizes.claim, dropout))
        self._dropout = nn.Dropout(dropout)

    def forward(
        self, ids: Tensor, mask: Tensor, case: Tensor, average: Tensor, other: Tensor | None = None
    ) -> Scores:
        """Inputs as in `Batch`, `other` as in `Encoder.forward`."""
        return self.heads(self.words(ids, mask, case, average, other))

    def words(
        self, ids: Tensor, mask: Tensor, case: Tensor, average: Tensor, other: Tensor | None = None
    ) -> Tensor:
        """[B, W, hidden]: a word's state is the mean of its pieces'. `other` as in `Encoder.forward`."""
        pieces = self.encoder(ids, mask, case, other)
        return self._dropout(torch.bmm(average.to(pieces.dtype), pieces))

    def heads(self, words: Tensor) -> Scores:
        """What the heads say of the word states [B, W, hidden]."""
        dependents = _with_one(self._dropout(F.gelu(self.reld(words))))
        heads = _with_one(prepend(self.rel_root, self._dropout(F.gelu(self.relh(words)))))
        relations, width, _ = self.relw.shape
        flat = self.relw.permute(1, 0, 2).reshape(width, relations * width)
        return Scores(
            upos=self.upos(words),
            xpos=self.xpos(words),
            lemma=self.lemma(words),
            ner=self.ner(words),
            role=self.role(words),
            mention=self.mention(words),
            arc=self.arc(words),
            link=self.link(words),
            coref=self.coref(words),
            rel_dep=torch.matmul(dependents, flat),
            rel_head=heads,
            **self.claims(words)._asdict(),
        )

    def claims(self, words: Tensor) -> ClaimScores:
        """What the claim heads say of the word states."""
        roles = {role: self.get_submodule(role)(words) + RARE for role in ROLES}
        return ClaimScores(act=self.act(words), status=self.status(words), **roles)


class Reader(nn.Module):
    """What reads claims: an annotator of whose heads only those of claims count, and which, where it has the
    matrices for that (`Encoder.see_beside`), sees the states of the annotator of words and trees beside it."""

    def __init__(self, own: Annotator, beside: Annotator | None = None) -> None:
        super().__init__()
        self.own, self.beside = own, beside
        if own.encoder.beside and beside is None:
            raise ValueError("the reader sees an annotator's states: which annotator's?")
        if beside is not None:
            beside.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, average: Tensor) -> ClaimScores:
        """Inputs as in `Batch`."""
        other = None
        if self.own.encoder.beside:
            with torch.no_grad():
                other = self.beside.eval().encoder(ids, mask, case)
        return self.own.claims(self.own.words(ids, mask, case, average, other))


RARE = -2.0
"""Added to the logits of roles, so that an untrained head starts from few words."""


def two_layers(inputs: int, inner: int, outputs: int, dropout: float) -> nn.Sequential:
    """A head with one hidden layer."""
    return nn.Sequential(nn.Linear(inputs, inner), nn.GELU(), nn.Dropout(dropout), nn.Linear(inner, outputs))


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, torch.ones_like(states[..., :1])], dim=-1)


def relation_scores(scores: Scores, heads: Tensor) -> Tensor:
    """[B, W, R]: relation logits of every word under the head that `heads` [B, W] gives it."""
    width = scores.rel_head.shape[-1]
    chosen = scores.rel_head.gather(1, heads.unsqueeze(-1).expand(-1, -1, width))
    return torch.einsum("bwrd,bwd->bwr", scores.rel_dep.unflatten(-1, (-1, width)), chosen)


def from_base_encoder(path: Path, labels: Labels, sizes: Sizes = Sizes()) -> Annotator:
    """A new annotator over a pretrained BERT (`model.safetensors` of all-MiniLM-L6-v2).

    Every letter case starts as the base's token type 0, the marked ones with a little noise.
    """
    base = load_file(path)
    case = base["embeddings.token_type_embeddings.weight"][:1].repeat(len(CASES), 1)
    case[1:] += torch.randn_like(case[1:]) * 0.01
    base["embeddings.token_type_embeddings.weight"] = case
    annotator = Annotator(labels, sizes)
    wanted = annotator.encoder.state_dict()
    annotator.encoder.load_state_dict({name: base[name].float() for name in wanted})
    return annotator


def load(path: Path, labels: Labels) -> Annotator:
    """Reads saved weights; raises where a tensor is missing, unknown or of another shape.

    Weights from before there were claims lack their heads altogether; these then start anew.
    """
    weights = load_file(path)
    annotator = Annotator(labels, Sizes.of_weights(weights))
    if not any(name.startswith("act.") for name in weights):
        fresh = annotator.state_dict()
        claim_heads = tuple(f"{head}." for head in ("act", "status", *ROLES))
        weights |= {name: fresh[name] for name in fresh if name.startswith(claim_heads)}
    annotator.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
    return annotator.eval()


def save(annotator: Annotator, path: Path) -> None:
    """Writes the weights in half precision."""
    state = annotator.state_dict()
    save_file({name: tensor.detach().cpu().half().contiguous() for name, tensor in state.items()}, path)


def average(paths: list[Path], out: Path) -> None:
    """The mean of several trainings' weights, which was better on the dev sets than each of them."""
    loaded = [load_file(path) for path in paths]
    mean = {name: sum(w[name].float() for w in loaded) / len(loaded) for name in loaded[0]}
    save_file({name: tensor.half().contiguous() for name, tensor in mean.items()}, out)

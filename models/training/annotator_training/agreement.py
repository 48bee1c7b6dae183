"""How far two annotators agree: the stand-off claims of both on the same texts.

Two claims are of one trigger where their triggers overlap, and the same claim where their acts, or one's
other act, are the same too. Status, agent and source are compared for the same claims only; actors by
the ids that the annotators gave them, all of them, so that a name written otherwise counts as another.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .claims import read_lines

Claim = dict[str, Any]


@dataclass
class Agreement:
    """Counts; the shares are of what the first annotator found, but for `second_met`."""

    first: int = 0
    second: int = 0
    first_met: int = 0
    second_met: int = 0
    """Claims of the second at whose trigger the first has one too."""
    same: int = 0
    status: int = 0
    agent: int = 0
    source: int = 0
    weighty: int = 0
    """Claims of weight 2 and 3."""
    weighty_same: int = 0

    def shares(self) -> dict[str, float]:
        """What `python -m annotator_training agreement` prints, each from 0 to 1."""
        pairs = {
            "trigger, of the first's": (self.first_met, self.first),
            "trigger, of the second's": (self.second_met, self.second),
            "same claim, of weight 2 and 3": (self.weighty_same, self.weighty),
            "act, given the trigger": (self.same, self.first_met),
            "status, given the claim": (self.status, self.same),
            "agents, given the claim": (self.agent, self.same),
            "source, given the claim": (self.source, self.same),
        }
        return {name: part / max(1, whole) for name, (part, whole) in pairs.items()}


def compare(first: Path, second: Path) -> Agreement:
    """Two folders of `<id>.jsonl`; every text of `second` counts."""
    counts = Agreement()
    for path in sorted(second.glob("*.jsonl")):
        _add(counts, read_lines(first / path.name), read_lines(path))
    return counts


def _add(counts: Agreement, first: list[Claim], second: list[Claim]) -> None:
    counts.first += len(first)
    counts.second += len(second)
    counts.second_met += sum(any(_overlap(a, b) for a in first) for b in second)
    for claim in first:
        there = [other for other in second if _overlap(claim, other)]
        counts.first_met += bool(there)
        same = next((other for other in there if _acts(claim) & _acts(other)), None)
        counts.weighty += claim["weight"] > 1
        if same is None:
            continue
        counts.weighty_same += claim["weight"] > 1
        counts.same += 1
        counts.status += claim["status"] == same["status"]
        counts.agent += _ids(claim, "agent") == _ids(same, "agent")
        counts.source += _ids(claim, "source") == _ids(same, "source")


def _overlap(a: Claim, b: Claim) -> bool:
    return a["trigger"][0] < b["trigger"][1] and b["trigger"][0] < a["trigger"][1]


def _acts(claim: Claim) -> set[str]:
    return {claim["act"], claim.get("act_alt")} - {None}


def _ids(claim: Claim, role: str) -> set[str]:
    return {actor["id"] for actor in claim[role]}

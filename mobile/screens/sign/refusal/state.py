"""A refusal to sign: why, and who or what saw it: a witness, or where nobody else is there the body camera. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.papers.paper import refusal
from mobile.inspecting.inspection import Held
from mobile.words import _


def _mark(message: str) -> str:
    return message


WHYS = (
    _mark("Does not accept what was found"),
    _mark("Says that others are to blame"),
    _mark("Wants to ask the carrier first"),
    _mark("Gave no reason"),
)
"""Why people refuse; the officer may write down other words."""


@dataclass(frozen=True)
class Said:
    """What was said so far of a refusal that is not written down yet."""

    why: str = ""
    witness: str = ""
    recorder: str = ""


@dataclass(frozen=True)
class Pick:
    """A reason or a witness to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class RefusalState:
    """What is asked when somebody refuses. `witnesses` are those aboard: officers who ask are no witnesses."""

    whys: tuple[Pick, ...]
    own_why: str
    witnesses: tuple[Pick, ...]
    witness: str
    recorder: str
    lacking: str

    @property
    def may_write(self) -> bool:
        """Whether a touch on who saw it writes the refusal down."""
        return not self.lacking


def refusal_state(held: Held, role: str, said: Said) -> RefusalState:
    """Return the refusal of this person with what was said of it so far."""
    whys = tuple(Pick(_(one), _(one), _(one) == said.why) for one in WHYS)
    aboard = [one.name for one in held.assessment.situation.seen.aboard or () if one.name and one.role != role]
    return RefusalState(
        whys=whys,
        own_why="" if any(one.chosen for one in whys) else said.why,
        witnesses=tuple(Pick(name, name) for name in dict.fromkeys(aboard)),
        witness=said.witness,
        recorder=said.recorder,
        lacking="" if said.why else _("First the reason, then who saw it"),
    )


def refused_words(name: str, value: Mapping[str, Any]) -> str:
    """Return that somebody refused, why and before whom; empty where he did not."""
    return f"{name}：{refusal(value, _)}" if value.get("refused") else ""

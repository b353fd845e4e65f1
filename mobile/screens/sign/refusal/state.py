"""A refusal to sign: why, and who or what saw it: a witness, or where nobody else is there the body camera. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.facts.people import is_name, name_key
from checklists.papers.paper import refusal
from mobile.inspecting.conclusion import Signer
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.shared.reasons import is_picked
from mobile.words import _


def _mark(message: str) -> str:
    return message


ABSENT = _mark("Is not present")
"""The reason that is no refusal: nobody asked him."""
WHYS = (
    _mark("Does not accept what was found"),
    _mark("Says that others are to blame"),
    _mark("Wants to ask the carrier first"),
    _mark("Gave no reason"),
    ABSENT,
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
    """What is asked when somebody refuses. `witnesses` are those aboard: officers who ask are no witnesses.

    `doubt` says why what was written is no witness, or no number of a body camera.
    """

    whys: tuple[Pick, ...]
    own_why: str
    witnesses: tuple[Pick, ...]
    witness: str
    recorder: str
    lacking: str
    doubt: str = ""

    @property
    def may_write(self) -> bool:
        """Whether a touch on who saw it writes the refusal down."""
        return not self.lacking


def refusal_state(held: Held, who: Signer, said: Said, officers: Iterable[Officer] = ()) -> RefusalState:
    """Return the refusal of this person with what was said of it so far; of the two `officers` none is a witness."""
    whys = tuple(Pick(_(one), _(one), is_picked(one, said.why)) for one in WHYS)
    found = held.assessment.situation.seen.aboard or ()
    officers = tuple(officers)
    aboard = [one.name or "" for one in found if one.role != who.role and not no_witness(who, one.name or "", officers)]
    return RefusalState(
        whys=whys,
        own_why="" if any(one.chosen for one in whys) else said.why,
        witnesses=tuple(Pick(name, name) for name in dict.fromkeys(aboard)),
        witness=said.witness,
        recorder=said.recorder,
        lacking="" if said.why else _("First the reason, then who saw it"),
        doubt=_doubt(who, said, officers),
    )


def no_witness(who: Signer, name: str, officers: Iterable[Officer]) -> str:
    """Return why nobody witnesses that this person refused by that name; empty where somebody may."""
    if not is_name(name):
        return _("Write down the name of the witness")
    same = {name_key(one.name): one.name for one in officers}
    if name_key(name) in same:
        return _("{name} is one of the officers; that is no witness").format(name=same[name_key(name)])
    return _("Who refuses is no witness of it") if name_key(name) == name_key(who.name) else ""


def how(why: str) -> dict[str, Any]:
    """Return how somebody did not sign: that he refused and why, or that he was not there."""
    return {"refused": True, **({"absent": True} if is_picked(ABSENT, why) else {"reason": why})}


def is_recorder(number: str) -> bool:
    """Whether this may be the number of a body camera: it has a figure."""
    return any(one.isdigit() for one in number)


def _doubt(who: Signer, said: Said, officers: Iterable[Officer]) -> str:
    if said.witness and (why := no_witness(who, said.witness, officers)):
        return why
    return "" if is_recorder(said.recorder or "0") else _("The number of a body camera has a figure")


def refused_words(name: str, value: Mapping[str, Any]) -> str:
    """Return that somebody refused, why and before whom; empty where he did not."""
    return f"{name}：{refusal(value, _)}" if value.get("refused") else ""

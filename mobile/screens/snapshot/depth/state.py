"""How thoroughly a vehicle is checked: what is proposed by its tier, and a shallower check only with a reason. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.definitions.definition import Checklist
from checklists.findings.tiers import Tier
from checklists.inspection.entries import standing
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.words import _, n_, words

N_ = str
REASONS = (
    N_("Checked in full within the last 24 hours"),
    N_("The queue endangers traffic"),
    N_("Ordered by the leader of the post"),
    N_("Escorted transport or emergency"),
)


@dataclass(frozen=True)
class DepthPick:
    """What the officer touched; empty leaves what is proposed."""

    checklist: str = ""
    reason: str = ""


PROPOSED = DepthPick()


@dataclass(frozen=True)
class DepthChoice:
    """A checklist to choose, with how much it asks."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class DepthState:
    """`reasons` are to pick where the chosen one asks less than proposed; `lacking` while none is given."""

    proposed: str
    chosen: str
    title: str
    proposal: str
    choices: tuple[DepthChoice, ...]
    reasons: tuple[DepthChoice, ...]
    reason: str
    own_reason: str
    lacking: bool


def depth_state(held: Held, tier: Tier, touched: DepthPick = PROPOSED, *, short: bool = False) -> DepthState:
    """Return the depths that there are; a low tier proposes the one that asks least, any other the whole checklist.

    `short`: the one that asks least is proposed whatever the tier, because a clean check was made a little while ago.
    """
    known = _checklists(held)
    proposed = known[0] if short else _proposed(known, held, tier)
    pick = _picked(held, touched, proposed)
    chosen = next((one for one in known if one.name == pick.checklist), proposed)
    shallower = _asks(chosen) < _asks(proposed)
    own = own_words(REASONS, pick.reason)
    return DepthState(
        proposed.name,
        chosen.name,
        words.pick(chosen.title),
        _("Proposed: {name}").format(name=words.pick(proposed.title)),
        tuple(DepthChoice(one.name, _words(one), one is chosen) for one in known),
        tuple(DepthChoice(_(one), _(one), is_picked(one, pick.reason)) for one in REASONS) if shallower else (),
        pick.reason if shallower else "",
        own if shallower else "",
        shallower and not pick.reason,
    )


def choose(held: Held, state: DepthState) -> tuple[Draft, ...]:
    """Return the entry that says which checklist is asked and why; none where it stands so already."""
    stand = standing(held.entries, "note").get("depth", ())
    usual = {"checklist": held.kit.checklist, "proposed": held.kit.checklist, "reason": ""}
    said = stand[-1].value if stand else usual
    if all(said.get(name) == getattr(state, at) for name, at in _SAID.items()):
        return ()
    return acts.choose_depth(state.chosen, state.proposed, state.reason, deeper=not state.reasons)


_SAID = {"checklist": "chosen", "proposed": "proposed", "reason": "reason"}


def _picked(held: Held, touched: DepthPick, proposed: Checklist) -> DepthPick:
    """Return what was touched now, else what stands for this very proposal, else the proposal."""
    stand = standing(held.entries, "note").get("depth", ())
    said = stand[-1].value if stand else {}
    before = said if said.get("proposed") == proposed.name else {}
    if touched.checklist:
        return touched
    return DepthPick(str(before.get("checklist") or proposed.name), touched.reason or str(before.get("reason") or ""))


def _checklists(held: Held) -> list[Checklist]:
    """Return the tablet's checklist and the short ones that are made of it, the shortest first."""
    whole = held.kit.definitions.checklists[held.kit.checklist]
    short = [
        one
        for one in held.kit.definitions.checklists.values()
        if one.based_on.partition("@")[0] == whole.name and one.status == "published"
    ]
    return sorted([*short, whole], key=_asks)


def _proposed(known: list[Checklist], held: Held, tier: Tier) -> Checklist:
    whole = next(one for one in known if one.name == held.kit.checklist)
    return known[0] if tier.level == "low" else whole


def _asks(checklist: Checklist) -> int:
    return sum(not item.optional for item in checklist.items())


def _words(checklist: Checklist) -> str:
    count = n_("{n} item", "{n} items", _asks(checklist))
    return f"{words.pick(checklist.title)} · {count}"

"""What the snapshot says of the campaigns of today: which, until when, what it looks at, and that a target stands here.

A target is looked for and accused of nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists import words as kernel
from checklists.definitions.definition import Item
from checklists.facts.campaign import Campaign, Target
from checklists.facts.identifiers.plate_forms import read_plate
from mobile.inspecting import campaigning
from mobile.inspecting.inspection import Held
from mobile.words import _, n_, words

MOST_NAMED = 3
"""So many items are named; of more it says how many they are."""


@dataclass(frozen=True)
class CampaignCard:
    """A campaign: its name and last day, what it looks at, what of that the chosen checklist lacks, targets here."""

    id: str
    title: str
    focus: str
    lacks: str
    targets: str


def campaign_cards(held: Held, site: str, offset_ms: int, checklist: str = "") -> tuple[CampaignCard, ...]:
    """Return the campaigns of this check, those that look for what stands here before the others.

    `checklist` is the one that would be asked; empty: the one that is.
    """
    cards = [_card(held, one, checklist or held.checklist) for one in campaigning.under(held, site, offset_ms)]
    return tuple(sorted(cards, key=lambda card: not card.targets))


def _card(held: Held, one: Campaign, checklist: str) -> CampaignCard:
    looks = campaigning.focus((one,), _items(held, held.kit.checklist))
    mine = {item.id for item in _items(held, checklist) if not item.optional}
    missing = sum(item.id not in mine for item in looks if not item.optional)
    return CampaignCard(
        one.id,
        _("Campaign {name}, until {day}").format(name=one.name, day=one.until.isoformat()),
        _focus(looks),
        n_("The short checklist leaves {n} of them out.", "The short checklist leaves {n} of them out.", missing)
        if missing
        else "",
        _targets(campaigning.met(held, one)),
    )


def _items(held: Held, checklist: str) -> tuple[Item, ...]:
    found = held.kit.definitions.checklists.get(checklist)
    return tuple(item for section in (found.sections if found else ()) for item in section.items)


def _focus(looks: Iterable[Item]) -> str:
    names = [words.pick(one.text) for one in looks]
    if not names:
        return ""
    told = "、".join(names[:MOST_NAMED])
    more = n_("and {n} item more", "and {n} items more", len(names) - MOST_NAMED) if len(names) > MOST_NAMED else ""
    return _("In focus: {what}").format(what=f"{told} {more}".strip())


def _targets(met: Iterable[Target]) -> str:
    named = "、".join(_target(one) for one in met)
    return _("Looked for by this campaign: {what}. That accuses nobody.").format(what=named) if named else ""


def _target(one: Target) -> str:
    signs = one.key.partition("|")[0]
    if one.on == "un":
        return f"UN {signs}"
    number = read_plate(signs).signs or signs if one.on == "vehicle" else signs
    return f"{_(kernel.WATCH_ON.get(one.on, one.on))} {number}"

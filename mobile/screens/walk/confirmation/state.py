"""What a clearing states, in words: people, numbers, plates and diamonds, pieces, papers, what is shut. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists import words as kernel
from checklists.inspection.confirmation import Fact
from checklists.rules.kit import needs
from mobile.inspecting.inspection import Held
from mobile.screens.shared.results import label_words, need_words
from mobile.words import _


def confirm_words(held: Held, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the facts that a clearing states, all of them, in words."""
    by_path = dict(facts)
    people = by_path.get("seen.aboard")
    return (*((_aboard(people),) if people else ()), *_signs(by_path), *_kit(held, by_path), *_further(by_path))


def _aboard(people: Iterable[Mapping[str, str]]) -> str:
    named = " + ".join(f"{_(kernel.ROLES.get(one['role'], one['role']))} {one.get('name', '')}" for one in people)
    return _("{people} aboard").format(people=named)


def _signs(facts: Mapping[str, Any]) -> list[str]:
    panel = facts.get("seen.panels.front")
    labels = facts.get("seen.placards.left")
    said = []
    if panel:
        said.append(_("{plate} front and rear").format(plate=_plate(panel)))
    for path, one in facts.items():
        start, _dot, number = path.partition("seen.panels.left.")
        if not start and number:
            said.append(_("{plate} beside compartment {n}").format(plate=_plate(one), n=number))
    if labels is not None:
        shown = "、".join(map(label_words, labels)) or _("none")
        said.append(_("diamonds {labels}, both sides and rear").format(labels=shown))
    return said


def _plate(panel: Mapping[str, Any]) -> str:
    return _("blank plate") if panel.get("blank") else f"{panel['hazard_id']}/{panel['un']}"


def _kit(held: Held, facts: Mapping[str, Any]) -> list[str]:
    """Return the equipment: what has a size by itself, the rest together by how many of each."""
    amounts = {path.rpartition(".")[2]: amount for path, amount in facts.items() if path.startswith("seen.equipment.")}
    mine = [need for need in needs(held.context) if need.key in amounts]
    sized = [need_words(held.kit.tables, need) for need in mine if need.min_capacity_kg is not None]
    alike: dict[int, list[str]] = {}
    for need in mine:
        if need.min_capacity_kg is None:
            alike.setdefault(amounts[need.key], []).append(need_words(held.kit.tables, need))
    return [
        *(f"{number}×{_comma(names)}" for number, names in sorted(alike.items(), reverse=True)),
        *([_comma(sized)] if sized else []),
    ]


def _further(facts: Mapping[str, Any]) -> Iterable[str]:
    """Yield the numbers on the trailer and on the tank, the papers that are there, and what is shut."""
    for path in ("seen.trailer_plate", "seen.tank_number"):
        if path in facts:
            yield f"{_(kernel.PARTS[path.partition('.')[2]])} {facts[path]}"
    if "waybill.carried" in facts:
        yield _("waybill shown")
    if "seen.safety_card" in facts:
        yield _("safety card shown")
    shut = [_(kernel.PARTS[path.rpartition(".")[2]]) for path, data in facts.items() if data == "closed"]
    if shut:
        yield _("shut: {devices}").format(devices=_comma(shut))


def _comma(names: Iterable[str]) -> str:
    return _(", ").join(names)

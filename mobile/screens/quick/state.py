"""The quick check: exactly what the PIN will confirm, section by section, or why it cannot be confirmed so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.definitions.citation import agency_short
from checklists.findings.assessment import ItemState
from checklists.inspection.confirmation import to_confirm
from mobile.inspecting import control_photos, quick_check
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import item_words
from mobile.words import _, n_, words


@dataclass(frozen=True)
class Confirmed:
    """One section: what is put down as seen, and the items that conform by it; `ruled` were settled by comparison."""

    title: str
    seen: tuple[str, ...]
    items: tuple[str, ...]
    ruled: int

    @property
    def ruled_words(self) -> str:
        """How many items comparisons settled."""
        return n_("{n} by comparison", "{n} by comparison", self.ruled) if self.ruled else ""


@dataclass(frozen=True)
class Second:
    """An officer who may be the second on the post."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class QuickState:
    """All of the quick check. `blocks` says why it cannot be confirmed at once; empty, the PIN may be entered."""

    vehicle: str
    sections: tuple[Confirmed, ...]
    blocks: tuple[str, ...]
    second: str
    seconds: tuple[Second, ...]
    prompt: str
    trouble: str

    @property
    def may_confirm(self) -> bool:
        """Whether a PIN confirms and seals."""
        return not self.blocks and bool(self.second)


def quick_state(held: Held, at: str, officers: Iterable[Officer], *, second: str = "", trouble: str = "") -> QuickState:
    """Return the quick check; `second` is the id of the second officer on the post, empty where nobody is named."""
    then = quick_check.confirmed(held, at)
    others = [one for one in officers if one.id != held.officer.id]
    named = next((one for one in others if one.id == second), None)
    situation = held.assessment.situation
    plates = [situation.vehicle.plate, situation.trailer.plate if situation.trailer else None]
    return QuickState(
        vehicle=" / ".join(plate for plate in plates if plate),
        sections=tuple(_sections(held, then)),
        blocks=tuple(_blocks(held, then)),
        second=_("{name} ({agency}) is on the post as well").format(name=named.name, agency=_agency(held, named))
        if named
        else "",
        seconds=tuple(Second(one.id, f"{one.name} {_agency(held, one)}", one.id == second) for one in others),
        prompt=_("PIN of {name}: confirms this and seals").format(name=held.officer.name),
        trouble=trouble,
    )


def _agency(held: Held, officer: Officer) -> str:
    return agency_short(held.kit.definitions, officer.agency, words.lang)


def _sections(held: Held, then: Held) -> Iterable[Confirmed]:
    before = {one.item.id: one for one in held.assessment.items}
    for section in held.kit.definitions.checklists[held.checklist].sections:
        mine = [one for one in then.assessment.items if one.section == section.id and one.state == "conforms"]
        ruled = [one for one in mine if _by_rule(before.get(one.item.id))]
        items = tuple(words.pick(one.item.text) for one in mine if one not in ruled)
        seen = confirm_words(held, to_confirm(held.context, section.id)) if mine else ()
        if mine:
            yield Confirmed(words.pick(section.title), seen, items, len(ruled))


def _by_rule(one: ItemState | None) -> bool:
    return one is not None and one.because == "rule"


def _blocks(held: Held, then: Held) -> Iterable[str]:
    """Return what is in the way, the gravest first, each once."""
    now = then.assessment
    said = [words.pick(one.text) for one in now.findings] + [words.pick(one.text) for one in now.alerts]
    said += [_("officers differ: {what}").format(what=one.item) for one in now.conflicts]
    said += [_("to be looked at: {item}").format(item=words.pick(one.item.text)) for one in now.open]
    photos = (item_words(held, one.item) for one in control_photos.pending(held))
    said += [_("Control photo: {item}").format(item=item) for item in photos]
    return dict.fromkeys(said)

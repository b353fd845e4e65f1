"""The quick check: exactly what the PIN will confirm, section by section, or why it cannot be confirmed so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.definitions.citation import agency_short
from checklists.findings.assessment import ItemState
from checklists.papers import paragraphs
from checklists.papers.paper import UNPROVEN
from mobile.inspecting import control_photos, quick_check
from mobile.inspecting.inspection import Held, Officer
from mobile.inspecting.quick_check import NOT_PRESENT, Present
from mobile.screens.section.state import no_photo_reasons
from mobile.screens.shared.ages import clock_words
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import item_words
from mobile.words import _, n_, words


@dataclass(frozen=True)
class Confirmed:
    """One section: what is put down as seen, and the items that conform by it; `ruled` were settled by comparison.

    `what` is the same by its codes, in whatever language.
    """

    title: str
    seen: tuple[str, ...]
    items: tuple[str, ...]
    ruled: int
    what: tuple[object, ...] = ()

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
class Act:
    """Something to do besides the PIN, and the event that says so."""

    event: str
    key: str
    text: str
    sign: str = ""


@dataclass(frozen=True)
class QuickState:
    """All of the quick check. `blocks` says why it cannot be confirmed at once; empty, the PIN may be entered.

    `photo` is the item of which a control photo is asked before that, `presence` how the second officer is there.
    """

    vehicle: str
    sections: tuple[Confirmed, ...]
    blocks: tuple[str, ...]
    second: str
    seconds: tuple[Second, ...]
    prompt: str
    trouble: str
    photo: str = ""
    no_photo: tuple[str, ...] = ()
    presence: str = ""
    asks_second: bool = False
    acts: tuple[Act, ...] = ()
    inspection: str = ""

    @property
    def may_confirm(self) -> bool:
        """Whether a PIN confirms and seals, once the list was seen to its end."""
        return not self.blocks and not self.photo and bool(self.second)


def quick_state(
    held: Held,
    at: str,
    officers: Iterable[Officer],
    *,
    second: str = "",
    present: Present = NOT_PRESENT,
    asks_second: bool = False,
    prompt: str = "",
    trouble: str = "",
) -> QuickState:
    """Return the quick check; `second` is the id of the second officer on the post, empty where nobody is named.

    `present` says when he confirmed it himself; `asks_second` that the PIN is his now, and `prompt` how it is asked.
    """
    then = quick_check.confirmed(held, at)
    others = [one for one in officers if one.id != held.officer.id]
    named = next((one for one in others if one.id == second), None)
    blocks, asked = tuple(_blocks(held, then)), control_photos.pending(held)
    photo = item_words(held, asked[0].item) if asked and not blocks else ""
    situation = held.assessment.situation
    plates = [situation.vehicle.plate, situation.trailer.plate if situation.trailer else None]
    return QuickState(
        vehicle=" / ".join(plate for plate in plates if plate),
        sections=tuple(_sections(held, then)),
        blocks=blocks,
        second=_("{name} ({agency}) is on the post as well").format(name=named.name, agency=_agency(held, named))
        if named
        else "",
        seconds=tuple(Second(one.id, f"{one.name} {_agency(held, one)}", one.id == second) for one in others),
        prompt=prompt or _("PIN of {name}: confirms this and seals").format(name=held.officer.name),
        trouble=trouble,
        inspection=held.inspection,
        photo=photo,
        no_photo=no_photo_reasons(asked[0].item) if photo else (),
        presence=_presence(present) if named else "",
        asks_second=asks_second and named is not None,
        acts=tuple(_acts(named, present, blocked=bool(blocks), photo=bool(photo), asks_second=asks_second)),
    )


def _presence(present: Present) -> str:
    if not present.at:
        return _(paragraphs.NOT_PRESENT)
    said = _(paragraphs.PRESENT).format(time=clock_words(present.at))
    return f"{said}；{_(UNPROVEN)}" if present.identity == "unverified" else said


def _acts(named: Officer | None, present: Present, *, blocked: bool, photo: bool, asks_second: bool) -> Iterable[Act]:
    """Return what can be done besides: walk, take the photo that was drawn, have the second officer confirm himself."""
    yield Act("on_walk", "to_walk", _("Walk") if blocked else _("Something deviates: walk"), "next")
    if photo and not blocked:
        yield Act("on_photo", "control_photo", _("Photo"), "camera")
    elif named and not blocked and asks_second:
        yield Act("on_own", "own_pin", _("Back to my PIN"), "back")
    elif named and not blocked and not present.at:
        yield Act("on_present", "second_present", _("{name}: own PIN").format(name=named.name), "person")


def _agency(held: Held, officer: Officer) -> str:
    return agency_short(held.kit.definitions, officer.agency, words.lang)


def _sections(held: Held, then: Held) -> Iterable[Confirmed]:
    before = {one.item.id: one for one in held.assessment.items}
    told: set[str] = set()
    for section in held.kit.definitions.checklists[held.checklist].sections:
        mine = [one for one in then.assessment.items if one.section == section.id and one.state == "conforms"]
        ruled = [one for one in mine if _by_rule(before.get(one.item.id))]
        items = tuple(words.pick(one.item.text) for one in mine if one not in ruled)
        # A number is read on the papers, on the tank and on the waybill alike; it is said where it is read first.
        facts = [one for one in held.confirms[section.id] if one[0] not in told] if mine else []
        told.update(path for path, _data in facts)
        seen = confirm_words(held, facts)
        if mine:
            what = (section.id, *(one.item.id for one in mine), *(f"{path}={data}" for path, data in facts))
            yield Confirmed(words.pick(section.title), seen, items, len(ruled), what)


def _by_rule(one: ItemState | None) -> bool:
    return one is not None and one.because == "rule"


def _blocks(held: Held, then: Held) -> Iterable[str]:
    """Return what is in the way, the gravest first, each once."""
    now = then.assessment
    said = [words.pick(one.text) for one in now.findings] + [words.pick(one.text) for one in now.alerts]
    said += [_("officers differ: {what}").format(what=one.item) for one in now.conflicts]
    said += [_("to be looked at: {item}").format(item=words.pick(one.item.text)) for one in now.open]
    said += [_("could not be verified here: {item}").format(item=words.pick(one.item.text)) for one in now.unverified]
    return dict.fromkeys(said)

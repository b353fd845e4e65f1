"""T16: what a sealed record says, section by section, and what of it is corrected: old, new and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words as kernel
from checklists.inspection.correction import Correction, corrections
from checklists.papers.addendum import correction_words, place_words, value_words
from mobile.inspecting.inspection import Held
from mobile.screens.clearance.cosign.state import Choice, CosignState
from mobile.screens.correction.said import FACTS, WAYBILL, Said, choices, codes, said
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.sealing.supplement import Supplement
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


REASONS = (
    _mark("Touched by mistake"),
    _mark("Misread on the spot"),
    _mark("Entered wrongly from the paper"),
)
"""Likely reasons for a correction. An officer may write his own."""
MOST_FOUND = 20
"""So many lines a search shows."""


@dataclass(frozen=True)
class Line:
    """One thing to choose: what it is about, what the record says, and why it cannot be corrected here."""

    key: str
    text: str
    value: str
    locked: str
    chosen: bool


@dataclass(frozen=True)
class CorrectionState:
    """All of T16. `writes` says that the new value is typed, `options` are those to pick; `told` what was put down."""

    plate: str
    sections: tuple[Choice, ...]
    search: str
    lines: tuple[Line, ...]
    title: str
    old: str
    options: tuple[Choice, ...]
    writes: bool
    new: str
    reasons: tuple[Choice, ...]
    own_reason: str
    trouble: str
    may_put: bool
    told: tuple[str, ...]
    confirming: bool
    cosign: CosignState


def correction_state(
    made: Supplement,
    cosign: CosignState,
    *,
    section: str = "",
    search: str = "",
    chosen: str = "",
    new: str = "",
    reason: str = "",
    trouble: str = "",
    confirming: bool = False,
) -> CorrectionState:
    """Return how the correction of a record stands; a search goes over all sections."""
    held = made.now
    everything = said(held)
    sections = _sections(held)
    section = section or sections[0][0]
    one = next((each for each in everything if each.key == chosen), None)
    shown = [each for each in everything if _found(held, each, search)][:MOST_FOUND] if search.strip() else [
        each for each in everything if each.section == section
    ]  # fmt: skip
    options = choices(one) if one else ()
    put_down = corrections(made.begun)
    return CorrectionState(
        plate=str(held.fact("vehicle.plate") or ""),
        sections=tuple(Choice(key, text, key == section and not search.strip()) for key, text in sections),
        search=search,
        lines=tuple(_line(held, each, chosen=each is one, searched=bool(search.strip())) for each in shown),
        title=_title(held, one) if one else "",
        old=_value(one) if one else "",
        options=tuple(Choice(key, text, key == new) for key, text in options),
        writes=one is not None and one.is_written,
        new="" if new in dict(options) else new,
        reasons=tuple(Choice(_(each), _(each), is_picked(each, reason)) for each in REASONS) if one else (),
        own_reason=own_words(REASONS, reason),
        trouble=trouble,
        may_put=one is not None and bool(new.strip() and reason.strip()),
        told=tuple(_told(held, each) for each in put_down),
        confirming=confirming and bool(put_down),
        cosign=cosign,
    )


def _sections(held: Held) -> list[tuple[str, str]]:
    sections = held.kit.definitions.checklists[held.checklist].sections
    more = ((FACTS, _("Seen, measured, read")), (WAYBILL, _("Waybill")))
    return [*((one.id, words.pick(one.title)) for one in sections), *more]


def _found(held: Held, one: Said, search: str) -> bool:
    text = f"{one.item} {_title(held, one)} {_value(one)}".casefold()
    return all(part in text for part in search.casefold().split())


def _line(held: Held, one: Said, *, chosen: bool, searched: bool) -> Line:
    locked = "" if one.ours else _("written on the other tablet")
    title = _title(held, one)
    # Its section says already what all of them are of.
    short = title.partition(" · ")[2] if one.kind == "fact" and not one.adds and not searched else title
    return Line(one.key, short, _value(one), locked, chosen)


def _title(held: Held, one: Said) -> str:
    if one.kind == "fact":
        added = {WAYBILL: _("a further line of goods"), FACTS: _("a further person aboard")}
        place = place_words(one.item, one.way, _)
        return (
            added[one.section] if one.adds else _("{place} (all of it)").format(place=place) if one.is_place else place
        )
    item = held.kit.item(one.item)
    return f"{one.item} {words.pick(item.text)}" if item else one.item


def _value(one: Said) -> str:
    if one.kind == "answer":
        return _(kernel.ANSWERS.get(str(one.data), str(one.data)))
    coded = codes(one).get(str(one.data))
    return "" if one.adds else coded or value_words(one.data, _, one.item)


def _told(held: Held, one: Correction) -> str:
    rows = correction_words(held.kit.definitions, one, words.lang)
    return "\n".join(f"{what}：{old} → {new}（{one.reason}）" for what, old, new in rows)

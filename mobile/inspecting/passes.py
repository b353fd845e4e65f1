"""The pass that a driver shows: what was read of it stands in the record, until somebody takes it back. Pure."""

from __future__ import annotations

from datetime import datetime

from checklists.findings.checked_before import Before, Pass, checked_before
from checklists.inspection.entries import standing
from checklists.papers.release_pass import Load
from checklists.records.paper_proof import Stated, same_plate
from mobile.inspecting.inspection import Draft, Held

KIND, NOTE = "pass", "checked_before"
"""The note that a pass was read, and the one that says what the tablet recommended."""

GOOD = ("", "stands")
"""What the office says of a pass that counts; empty: it was not asked, because there was no line."""


def reading(held: Held, stated: Stated, state: str = "") -> tuple[Draft, ...]:
    """Return the note that a genuine pass was read, with what the office says of it; none where that stands already.

    What the office said goes before what was read without a line.
    """
    value = {
        "number": stated.number, "record": stated.record, "at": stated.sealed_at, "agency": stated.agency,
        "label": stated.prefix, "plate": stated.plate, "goods": stated.goods, "until": stated.until, "state": state,
    }  # fmt: skip
    before = [one.value for one in held.all_of("note") if one.item == KIND and one.value.get("number") == stated.number]
    if stated.kind != KIND or not stated.plate or value in before or (before and not state):
        return ()
    return (Draft("note", KIND, value),)


def shown(held: Held) -> tuple[Pass, ...]:
    """Return the passes that were read here and count: of this plate, in time, taken back by nobody."""
    plate = str(held.fact("vehicle.plate") or "")
    latest = {str(one.value.get("number")): one.value for one in held.all_of("note") if one.item == KIND}
    found = []
    for number, value in latest.items():
        taken_back = value.get("state") not in GOOD or held.kit.lookup("void", number) is not None
        if not plate or taken_back or not same_plate(plate, str(value.get("plate"))):
            continue
        try:
            at, until = (datetime.fromisoformat(str(value[name])) for name in ("at", "until"))
        except (KeyError, ValueError):
            continue
        load = Load.of(str(value.get("goods") or ""))
        if until >= held.assessment.situation.at and not load.short:
            record, agency, label = (str(value.get(name) or "") for name in ("record", "agency", "label"))
            found.append(Pass(number, at, record, agency, label, load.goods, load.trailer))
    return tuple(found)


def before(held: Held, *, watched: bool) -> Before | None:
    """Return the clean check of what stands here a little while ago, with what speaks against a short one."""
    definitions = held.kit.definitions
    rule, checklists = definitions.checked_before, definitions.checklists
    return checked_before(held.assessment, rule, checklists, passes=shown(held), watched=watched)


def recommended(held: Held, told: Before | None) -> tuple[Draft, ...]:
    """Return the note of what was recommended because of a check before; none where nothing was, or it stands so."""
    if told is None:
        return ()
    value = {
        "at": told.at.isoformat(), "site": told.site, "label": told.label, "pass": told.number,
        "short": told.short, "drawn": told.drawn, "against": list(told.against),
    }  # fmt: skip
    stand = standing(held.entries, "note").get(NOTE, ())
    return () if stand and stand[-1].value == value else (Draft("note", NOTE, value),)

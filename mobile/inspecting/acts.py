"""What an officer does, as drafts of entries. Pure: nothing here writes, asks the time or draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.facts import measurement
from checklists.facts.registry import READ_HERE, registry_facts
from checklists.inspection.entries import standing
from checklists.rules.crosscheck import Result
from mobile.inspecting.inspection import UNTOLD, Draft, Held
from mobile.refusals import Refusal


def fact(path: str, data: Any, source: str = "officer", as_of: str | None = None) -> Draft:
    """A value with its source; what officers saw stands under `seen.` and has the source officer or weighbridge."""
    value = {"data": data, "source": source}
    return Draft("fact", path, {**value, "as_of": as_of} if as_of else value)


def cannot_tell(held: Held, path: str, text: str) -> tuple[Draft, ...]:
    """That nobody can tell a fact here: the officer's own word for it is taken back, and what is unknown stays so."""
    return (*unread(held, path), Draft("note", UNTOLD + path, {"text": text}))


def unread(held: Held, path: str) -> tuple[Draft, ...]:
    """That all that this officer put down at a path on this tablet was wrong: it is taken back, also what was before.

    What a registry said there stays.
    """
    me = (held.officer.id, held.device)
    mine = (one for one in held.all_of("fact") if one.item == path and (one.officer, one.device) == me)
    return tuple(Draft("fact", None, {}, withdraws=one.id) for one in mine if one.value.get("source") != "registry")


def read_paper(path: str, data: Any) -> tuple[Draft, ...]:
    """What a paper in the crew's hand says, as the officer read it; never what a registry says."""
    return (fact(path, data, "papers"),)


def identify(plate: str, colour: str) -> tuple[Draft, ...]:
    """The vehicle in front of the officer, by plate and colour."""
    return (fact("vehicle.plate", plate), fact("vehicle.colour", colour))


def choose_depth(checklist: str, proposed: str, reason: str = "", *, deeper: bool = False) -> tuple[Draft, ...]:
    """Which checklist this vehicle is asked by, beside the one that was proposed. One that asks less needs a reason."""
    if checklist != proposed and not deeper and not reason.strip():
        raise ValueError("another depth than proposed needs a reason")
    return (Draft("note", "depth", {"checklist": checklist, "proposed": proposed, "reason": reason.strip()}),)


def waybill(parsed: Mapping[str, Any]) -> tuple[Draft, ...]:
    """The waybill as scanned or typed (fields of `transport.Waybill`, the raw text with it)."""
    return (fact("waybill", dict(parsed), "waybill"),)


def look_up(held: Held, site: str = "") -> tuple[Draft, ...]:
    """Everything that the registry on this tablet knows of vehicle, waybill and site, each with its age."""
    plate, colour = str(held.fact("vehicle.plate") or ""), str(held.fact("vehicle.colour") or "")
    people = {role: str(held.fact(f"{role}.id_number") or "") for role in ("driver", "escort")}
    found = registry_facts(
        held.kit.lookup,
        plate,
        held.fact("waybill"),
        site,
        colour=colour,
        people=people,
        read={path: str(held.fact(path) or "") for path in READ_HERE},
        inspection=held.inspection,
        at=held.opened_at,
    )
    return tuple(fact(path, row["data"], "registry", row["as_of"]) for path, row in found.items())


def spent_ms(since: datetime, now: datetime) -> int | None:
    """Return how long something was looked at; None where the clock was set back meanwhile: it is not known then."""
    return int((now - since).total_seconds() * 1000) if now >= since else None


def clear_section(held: Held, section: str, dwell_ms: int | None) -> tuple[Draft, ...]:
    """No (further) deviation in a section: the facts that this confirms, then the list of items that it answers.

    The list is frozen. It never holds an item whose rule says conflict, cannot tell or stale, nor an answered one.
    """
    confirmed = tuple(fact(path, data) for path, data in held.confirms[section])
    then = held.confirming(section).stands
    items = [
        one.item.id
        for one in then.items
        if one.section == section and not one.must_answer and one.because in ("", "rule", "section")
        and one.state in ("open", "conforms")
    ]  # fmt: skip
    cleared = Draft("section_clear", section, {"items": items})
    return (*confirmed, *looked((cleared,), dwell_ms))


def answer(item: str, result: str, **said: Any) -> tuple[Draft, ...]:
    """An answer to one item: conforms, does_not_conform, does_not_apply or not_verified.

    With a deviation may be said: severity, location, measures, note, violation; why with what could not be verified.
    What is empty is left out.
    """
    return (Draft("answer", item, {"result": result, **{key: one for key, one in said.items() if one}}),)


def looked(drafts: Sequence[Draft], dwell_ms: int | None) -> tuple[Draft, ...]:
    """The same acts with how long the officer looked before them, where that is known."""
    if dwell_ms is None:
        return tuple(drafts)
    return tuple(replace(one, value={**one.value, "dwell_ms": dwell_ms}) for one in drafts)


def override(result: Result, reason: str) -> tuple[Draft, ...]:
    """A rule's conflict set aside by an officer, who must say why; the result stays in the record beside it."""
    if not reason.strip():
        raise ValueError("an override needs a reason")
    return (Draft("override", result.id, {"rule": result.rule, "case": result.case, "reason": reason.strip()}),)


def heed(held: Held, result: str) -> tuple[Draft, ...]:
    """A comparison that was set aside by mistake counts again: whoever set it aside, that is taken back."""
    stand = standing(held.entries, "override").get(result, ())
    return tuple(Draft("withdrawn", result, {}, withdraws=one.id) for one in stand)


def see_panel(side: str, hazard_id: str | None, un: str | None, *, present: bool = True) -> tuple[Draft, ...]:
    """An orange plate as it hangs on one side (front, left.1 beside the first compartment), or that there is none."""
    data = {"hazard_id": hazard_id, "un": un} if present else {"present": False}
    return (fact(f"seen.panels.{side}", data),)


def see_blank(side: str) -> tuple[Draft, ...]:
    """An orange plate without figures on one side."""
    return (fact(f"seen.panels.{side}", {"blank": True}),)


def see_level(compartment: str, percent: int) -> tuple[Draft, ...]:
    """What the gauge of a compartment reads, in percent of its volume; empty for a tank of one.

    Raises Refusal `measure_absurd`.
    """
    _possible("LOD-09", "level_percent", percent)
    return (fact(f"seen.levels.{compartment}", percent),)


def see_packages(number: int) -> tuple[Draft, ...]:
    """How many packages were counted."""
    return (fact("seen.packages", number),)


def see_placards(side: str, labels: Sequence[str]) -> tuple[Draft, ...]:
    """The diamonds on one side; none at all is an empty list."""
    return (fact(f"seen.placards.{side}", list(labels)),)


def see_aboard(people: Sequence[Mapping[str, str]]) -> tuple[Draft, ...]:
    """Everyone who is really in the vehicle: `role`, and `name` and `id_number` where they were asked for."""
    return (fact("seen.aboard", [dict(one) for one in people]),)


def see_equipment(key: str, amount: int) -> tuple[Draft, ...]:
    """How many of a piece are there (kg for extinguisher capacity); what is expired is not counted."""
    return (fact(f"seen.equipment.{key}", amount),)


def weigh(gross_mass_kg: int) -> tuple[Draft, ...]:
    """The weighbridge's value for the whole unit. Raises Refusal `measure_absurd`, as for tonnes entered as kg."""
    _possible("LOD-07", "gross_mass_kg", gross_mass_kg)
    return (fact("seen.gross_mass_kg", gross_mass_kg, "weighbridge"),)


def _possible(item: str, key: str, value: int) -> None:
    one = measurement.quantity(item, key)
    if not one.least <= value <= one.most:
        least, most = measurement.limits(one)
        raise Refusal("measure_absurd", key, value=value, unit=one.unit, least=least, most=most)


def see_goods(un: str | None) -> tuple[Draft, ...]:
    """What the officers established to be really loaded; None where it is not known after all."""
    return (fact("seen.goods", un),)


def photo(manifest: Mapping[str, Any], item: str) -> tuple[Draft, ...]:
    """A photo of an item: the manifest of its original, working copy and thumbnail."""
    return (Draft("photo", item, dict(manifest)),)


def statement(text: str) -> tuple[Draft, ...]:
    """What the driver says, in his own words."""
    return (Draft("statement", "driver", {"text": text}),)


def sign(
    role: str, name: str, strokes: Sequence[Any] = (), *, withdraws: str | None = None, **more: Any
) -> tuple[Draft, ...]:
    """A signature; `refused` and `witness` where the person would not sign, `digest` of the draft that is signed.

    `withdraws` takes back the same person's signature of an earlier draft.
    """
    held = {key: one for key, one in more.items() if one}
    value = {"role": role, "name": name, "strokes": list(strokes), **held}
    return (Draft("signature", f"{role}:{name}", value, withdraws),)


def decide(held: Held, outcome: str, reason: str = "", correct_by: str = "") -> tuple[Draft, ...]:
    """The proposal as it stood and the decision taken: two entries. A lighter decision needs a reason.

    `correct_by` is the last day of a deadline as 2026-11-28.
    """
    from checklists.findings.outcome import heavier

    proposed = held.assessment.proposal.outcome
    if heavier(proposed, outcome) and not reason.strip():
        raise ValueError("a decision lighter than proposed needs a reason")
    said = {"reason": reason.strip(), "correct_by": correct_by}
    decided = {"decided": outcome, **{key: one for key, one in said.items() if one}}
    return (Draft("outcome", "proposal", {"proposed": proposed}), Draft("outcome", "decision", decided))


def take_over(held: Held, reason: str) -> tuple[Draft, ...]:
    """From now on this tablet leads, because the other one is lost or broken; it will seal."""
    if not reason.strip():
        raise ValueError("taking over needs a reason")
    return (Draft("takeover", "lead", {"from": held.lead, "reason": reason.strip()}),)

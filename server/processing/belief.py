"""Whom the office believes of itself that he was at an inspection and may seal it; for the rest it asks a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from checklists.inspection.entries import merge
from checklists.records.belonging import at_it, is_strangers, opened_by
from checklists.records.origin import may_seal, states
from server.parts import Part, entries_of, judge_parts
from server.store import cases, conflicts, records, registry, tasks

_ADDED = ("contribution", "amendment")


def seal_doubted(part: Part, others: Collection[Part], office_key: str) -> bool:
    """Whether it is a seal by a device that, by all that is known, neither opened the inspection nor took it over.

    Where the inspection's id names its tablet another one has to prove that it took over from that tablet.
    """
    strangers = is_strangers(str(part["inspection"]), str(part["certificate"].get("key")))
    if part["kind"] != "inspection":
        return part["kind"] in conflicts.SEALS and strangers
    known, device = merge(*map(entries_of, (part, *others))), str(part["device"])
    if not may_seal(device, known):
        return True
    moved = any(one.device == device and one.kind == "takeover" for one in known)
    return strangers and not (moved and _handed_over(part, others, office_key))


def _handed_over(part: Part, others: Iterable[Part], office_key: str) -> bool:
    """Whether the tablet that opened the inspection says so, in a part of its own or by its signed word in this one."""
    inspection, held = str(part["inspection"]), entries_of(part)
    papers = [one["certificate"] for one in others]
    papers += [one["certificate"] for one in part.get("statements") or () if states(one, held, inspection, office_key)]
    return any(opened_by(inspection, str(one.get("key"))) for one in papers)


def strangers_in(parts: Mapping[str, Part], office_key: str) -> dict[str, frozenset[str]]:
    """Return by digest what tablets added that nobody named who led, each with the agencies whose inspection it is.

    An agency of which another tablet was there, or that was given a case or a task from it, is no stranger; nobody
    is one before the seal is here. A person may say that a tablet was there (`records.accept`).
    """
    inspection = next((str(one["inspection"]) for one in parts.values()), "")
    here = at_it(parts.values(), records.accepted(inspection))
    added = {
        digest: one for digest, one in parts.items() if one["kind"] in _ADDED and here and one["device"] not in here
    }
    if not added:
        return {}
    known = [one for one in parts.values() if one["device"] in here]
    agencies = judge_parts(known, registry.lookup, office_key).agencies | {_agency(one) for one in known}
    given = {str(name) for one in cases.of_inspection(inspection) for name in (one.agency, one.keeper)}
    given |= {str(one.agency) for one, *_told in tasks.of_inspection(inspection)} - {""}
    return {digest: agencies for digest, one in added.items() if _agency(one) not in agencies | given}


def _agency(part: Part) -> str:
    return str(part["certificate"].get("agency") or "")


def columns(agencies: Iterable[str]) -> dict[str, Any]:
    """Return by what a record is listed to agencies."""
    held = sorted(set(agencies) - {""})
    return {"agencies": "|" + "|".join(held) + "|" if held else ""}

"""What the inbox, the record and the case show alike: goods, officers, photos, cases of an inspection."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.goods.listing import Goods
from checklists.inspection.capture import taken_of
from checklists.inspection.entries import Entry, all_of, facts_tree, withdrawn
from checklists.records.origin import photo_holds
from checklists.wire import WireError
from server.accounts import Scope
from server.console import findings
from server.console.findings import Shot
from server.console.knowledge import Knowledge, goods_of
from server.console.place import place_of
from server.parts import entries_of
from server.store import photos, reading, registry
from server.store.feed_models import CheckBrief
from server.store.models import Case, Record

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Load:
    """A line of goods as declared, with its entry of the list (None where the list has none)."""

    un: str
    name: str
    net_mass_kg: int | None
    goods: Goods | None


@dataclass(frozen=True)
class Officer:
    """An officer who wrote in the inspection."""

    id: str
    name: str
    card: str
    agency: str


@dataclass(frozen=True)
class Ticket:
    """A case of the inspection: its link is given only where the reader may open it."""

    number: str
    agency: str
    agency_text: Mapping[str, str]
    party: str
    state: str
    id: str


def known_entries(part: Plain) -> tuple[Entry, ...]:
    """Return the entries of a part; one of a later format, which is parked, may have none that can be read."""
    try:
        return entries_of(part)
    except (WireError, AttributeError, TypeError):
        return ()


def fact_tree(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the facts as one tree with every branch there, so that a page asks for any of them."""
    tree = facts_tree(entries)
    branches = ("vehicle", "trailer", "tank", "carrier", "driver", "escort", "waybill", "seen")
    held = {name: tree.get(name) for name in branches}
    return {**tree, **{name: one if isinstance(one, Mapping) else {} for name, one in held.items()}}


def _lines(tree: Plain) -> list[Plain]:
    """Return the goods lines that are lines: what a tablet sends in another shape must not hide the rest."""
    given = tree["waybill"].get("lines")
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, list | tuple) else []


def brief(part: Plain) -> dict[str, str]:
    """Return plate, colour, carrier, first UN number and site of a part that was not processed: its row shows them."""
    tree = fact_tree(known_entries(part))
    return {
        "plate": str(tree["vehicle"].get("plate") or ""),
        "colour": str(tree["vehicle"].get("colour") or ""),
        "carrier": str(tree["carrier"].get("name") or tree["vehicle"].get("carrier") or ""),
        "site": str(part.get("site") or ""),
        "un": next((str(one["un"]) for one in _lines(tree) if one.get("un")), ""),
    }


def about_of(record: Record | CheckBrief) -> dict[str, str]:
    """Return the folded numbers of what was aboard, by role."""
    held = json.loads(str(record.about or "{}"))
    return {str(role): str(number) for role, number in held.items()} if isinstance(held, dict) else {}


def loads_of(knowledge: Knowledge, tree: Plain) -> list[Load]:
    """Return the goods lines of the waybill, each with its entry of the list."""
    tables = knowledge.tables()
    return [
        Load(
            un=str(line.get("un") or ""),
            name=str(line.get("name") or ""),
            net_mass_kg=_whole(line.get("net_mass_kg")),
            goods=goods_of(tables, line.get("un"), line.get("packing_group")),
        )
        for line in _lines(tree)
    ]


def _whole(value: Any) -> int | None:
    """Masses are whole numbers or their text on the wire; what is neither is not known."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def officers(entries: Iterable[Entry]) -> list[Officer]:
    """Return who wrote in the inspection, by name and card as the registry has them, else by id."""
    found = {one.officer: one.agency for one in entries if one.officer}
    rows = {officer: (registry.lookup("officer", officer) or {}).get("data") or {} for officer in found}
    return [
        Officer(officer, str(rows[officer].get("name") or officer), str(rows[officer].get("card") or ""), agency)
        for officer, agency in found.items()
    ]


def site_of(entries: Iterable[Entry], part: Plain) -> str:
    """Return where the inspection was: what was noted last, else what the part says."""
    said = [one.value.get("text") for one in all_of(entries, "note") if one.item == "site"]
    return str((said and said[-1]) or part.get("site") or "")


def shots_of(union: Mapping[str, Plain], entries: Iterable[Entry], proven: Iterable[Entry]) -> list[Shot]:
    """Return every photo that the parts name, in the order taken, with the files that are here.

    What `proven` entries took back is told; a withdrawal that is not proven takes nothing back.
    """
    written = {one.id: one for one in entries if one.kind in ("photo", "control_photo")}
    counted = tuple(proven)
    gone = withdrawn(counted)
    why = {one.withdraws: str(one.value.get("reason") or "") for one in counted if one.kind == "withdrawn"}
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for digest, part in union.items():
        for wanted, here in photos.of_record(digest):
            entry, role, sha256 = wanted.entry, wanted.role, wanted.file.sha256
            if photo_holds(written.get(entry), str(part.get("device")), role, sha256):
                files[entry].update({role: sha256} if here else {})
    order = sorted(files, key=lambda entry: written[entry].order if entry in written else (0, entry))
    return [
        Shot(
            entry=entry,
            files=files[entry],
            whole="original" in files[entry],
            withdrawn=why.get(entry, "") if entry in gone else None,
            **(_written(written[entry]) if entry in written else {"item": ""}),
        )
        for entry in order
    ]


def _written(entry: Entry) -> dict[str, Any]:
    taken = taken_of(entry.value)
    place = place_of(entry.value, taken.at if taken else entry.at)
    said = {"item": entry.item or "", "at": entry.at, "officer": entry.officer}
    return {**said, "taken": taken, "place": place}


def tickets(definitions: Definitions, scope: Scope, inspection: str) -> list[Ticket]:
    """Return the cases of an inspection; those of other authorities by number alone."""
    return tickets_of(definitions, scope, reading.cases([inspection]).get(inspection, ()))


def tickets_of(definitions: Definitions, scope: Scope, held: Iterable[Case]) -> list[Ticket]:
    """Return cases as they are shown to that scope."""
    return [_ticket(definitions, scope, one) for one in held]


def _ticket(definitions: Definitions, scope: Scope, case: Case) -> Ticket:
    agency, mine = str(case.agency), scope.holds(str(case.agency))
    text = findings.agency_text(definitions, agency)
    party = str(case.party_name) if mine else ""
    return Ticket(str(case.number), agency, text, party, str(case.state), str(case.id) if mine else "")

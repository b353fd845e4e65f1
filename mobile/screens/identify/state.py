"""T2: which vehicle it is, by its waybill and its plate, and what the registry on this tablet knows of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists import words as kernel
from checklists.facts import waybill
from checklists.facts.identifiers.checks import check_plate
from checklists.facts.identifiers.likeness import DIFFERENT, compare
from checklists.facts.waybill_codes import Code, read_code
from checklists.inspection.entries import Entry, all_of, standing
from mobile.inspecting.acts import look_up
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.identify.matches.state import MatchesState
from mobile.screens.identify.person.state import PersonState
from mobile.screens.identify.plates.state import PlatesState
from mobile.screens.identify.signs.state import SignsState, plate_note
from mobile.screens.shared.ages import age_words, clock_words
from mobile.screens.shared.problems import FIELDS, problem_words
from mobile.words import _, n_

MODES = ("scan", "plate", "other", "pictures", "matches", "card", "paper", "read")
_SHOWN = ("number", "plate", "trailer_plate", "tank", "carrier", "driver", "escort", "consignor", "consignee")


@dataclass(frozen=True)
class WaybillPanel:
    """What was read: rows (field, value), its problems in words, when it was read, and the raw text.

    `by_hand`: it may be copied by hand, or was (no code, or none with goods in it).
    """

    rows: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    source: str
    raw: str
    by_hand: bool


@dataclass(frozen=True)
class IdentifyState:
    """The screen. `known` are (what, whose, how old) of the registry; `offered`: a picture may be kept as a photo.

    `suggested` are the plates in a picture; `typed` is what the keyboard begins with, by signs and colour.
    `may_photograph`: a picture of the plate can be read.
    """

    mode: str
    bill: WaybillPanel | None
    plate: str
    colour: str
    plate_hint: str
    plate_problems: tuple[str, ...]
    known: tuple[tuple[str, str, str], ...]
    registry_hint: str
    recent: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]
    trouble: str
    offered: bool
    may_abandon: bool = False
    matches: MatchesState | None = None
    person: PersonState | None = None
    signs: SignsState | None = None
    suggested: PlatesState | None = None
    typed: tuple[str, str] = ("", "")
    may_photograph: bool = False

    @property
    def may_go_on(self) -> bool:
        """Whether there is a vehicle to go on with."""
        return bool(self.plate)


def identify_state(
    held: Held,
    now: datetime,
    *,
    mode: str = "scan",
    recent: Iterable[tuple[str, str]] = (),
    pictures: Iterable[tuple[str, str]] = (),
    trouble: str = "",
    offered: bool = False,
    matches: MatchesState | None = None,
    person: PersonState | None = None,
    signs: SignsState | None = None,
    suggested: PlatesState | None = None,
    typed: tuple[str, str] = ("", ""),
    may_photograph: bool = False,
) -> IdentifyState:
    """Return the screen; `recent` are plates with colours, `pictures` files with captions, the newest first."""
    vehicle = held.assessment.situation.vehicle
    plate, colour = vehicle.plate or "", vehicle.colour or ""
    bill = held.fact("waybill")
    known = tuple(_known(held, now))
    return IdentifyState(
        mode=mode if mode in MODES else "scan",
        bill=_panel(held, bill) if bill else None,
        plate=plate,
        colour=colour,
        plate_hint=_hint(held, plate),
        plate_problems=(*_plate_problems(held, (bill or {}).get("plate")), *_other_people(held)),
        known=known,
        registry_hint=_registry_hint(held, known),
        recent=tuple(one for one in recent if one[0] != plate),
        pictures=tuple(pictures),
        trouble=trouble,
        offered=offered,
        may_abandon=held.leads and bool(held.entries),
        matches=matches,
        person=person,
        signs=signs,
        suggested=suggested,
        typed=typed if typed[0] else (plate, colour),
        may_photograph=may_photograph,
    )


def unambiguous(held: Held) -> bool:
    """Whether nothing is left to ask: a waybill without a problem, of a vehicle that the registry knows as one."""
    bill, vehicle = held.fact("waybill") or {}, held.assessment.situation.vehicle
    raw = str(bill.get("raw") or "")
    if not raw or not bill.get("lines") or not vehicle.plate or held.fact("vehicle") is None:
        return False
    troubled = waybill.read(raw, held.kit.tables.goods).problems
    return not troubled and not _plate_problems(held, bill.get("plate"))


def best_reading(codes: Iterable[str | Code], held: Held) -> waybill.Reading:
    """Return the code in which most of a waybill was recognised; a picture may hold several codes."""
    goods = held.kit.tables.goods
    each = (read_code(one if isinstance(one, Code) else Code(one), goods) for one in codes)
    return max(each, key=lambda one: (len(one.data), -len(one.problems)))


def ask_registry(held: Held, site: str = "") -> tuple[Draft, ...]:
    """Return what the registry knows now, and take back what it said before of another vehicle or waybill."""
    found = look_up(held, site)
    paths = {one.item for one in found}
    former = (one for one in all_of(held.entries, "fact") if one.value.get("source") == "registry")
    gone = tuple(Draft("fact", None, {}, withdraws=one.id) for one in former if one.item not in paths)
    return (*gone, *found)


def confirm_plate(held: Held) -> tuple[Draft, ...]:
    """Return the officer's word for a plate that came from the waybill: going on says that it is this vehicle."""
    entry = _entry(held, "vehicle.plate")
    if entry is None or entry.value.get("source") == "officer":
        return ()
    return (Draft("fact", "vehicle.plate", {"data": entry.value.get("data"), "source": "officer"}),)


def _panel(held: Held, bill: Mapping[str, Any]) -> WaybillPanel:
    entry = _entry(held, "waybill")
    raw = str(bill.get("raw") or "")
    problems = waybill.read(raw, held.kit.tables.goods).problems if raw else ()
    rows = [(_(FIELDS[name]), _shown(bill[name])) for name in _SHOWN if bill.get(name)]
    rows += [(_("Goods"), goods_words(line)) for line in bill.get("lines") or ()]
    read = _("QR code, {time}") if raw else _("By hand, {time}")
    return WaybillPanel(
        tuple(rows),
        tuple(problem_words(one) for one in problems),
        read.format(time=clock_words(entry.at if entry else None)),
        raw,
        not raw or not bill.get("lines"),
    )


def goods_words(line: Mapping[str, Any]) -> str:
    """Return a line of goods: UN number, name, class, packing group and mass in tonnes."""
    mass = line.get("net_mass_kg")
    said = (
        f"UN {line['un']}" if line.get("un") else _("UN number not known"),
        str(line.get("name") or ""),
        _("class {name}").format(name=line["class"]) if line.get("class") else "",
        f"PG {line['packing_group']}" if line.get("packing_group") else "",
        f"{mass / 1000:.3f} t" if isinstance(mass, int) else _("mass not known"),
    )
    return " · ".join(one for one in said if one)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "  ".join(str(value[name]) for name in ("name", "id_number") if value.get(name))
    return str(value)


def _entry(held: Held, path: str) -> Entry | None:
    """Return the fact entry that stands at a path."""
    rivals = standing(held.entries, "fact").get(path)
    return rivals[-1] if rivals else None


def _hint(held: Held, plate: str) -> str:
    if not plate:
        return _("Scan the waybill, or enter the plate.")
    entry = _entry(held, "vehicle.plate")
    if entry is not None and entry.value.get("source") == "waybill":
        return _("From the waybill. Compare it with the plate on the vehicle.")
    kind = plate_note(held)
    return " · ".join(one for one in (_("Entered by the officer"), kind) if one)


def _plate_problems(held: Held, on_bill: str | None) -> tuple[str, ...]:
    vehicle = held.assessment.situation.vehicle
    plate = vehicle.plate or ""
    if not plate:
        return ()
    # Of a plate that the officer says to be of another kind no colour is asked.
    colour = vehicle.colour or (None if plate_note(held) else "")
    found = [problem_words(one) for one in check_plate(plate, colour).problems]
    if on_bill and compare("plate", on_bill, plate) == DIFFERENT:
        found.append(_("The waybill names another vehicle: {plate}").format(plate=on_bill))
    return tuple(found)


def _other_people(held: Held) -> Iterable[str]:
    """Yield whose papers were shown although the waybill names another."""
    bill = held.fact("waybill") or {}
    for role in ("driver", "escort"):
        shown, named = held.fact(f"{role}.id_number"), bill.get(role) or {}
        if shown and compare("person", shown, named.get("id_number")) == DIFFERENT:
            yield _("The waybill names another {role}: {name}").format(
                role=_(kernel.ROLES[role]), name=named.get("name") or named["id_number"]
            )


def _known(held: Held, now: datetime) -> Iterable[tuple[str, str, str]]:
    for path, rivals in standing(held.entries, "fact").items():
        fact = rivals[-1].value
        data = fact.get("data")
        if fact.get("source") == "registry" and isinstance(data, Mapping):
            whose = data.get("plate") or data.get("name") or data.get("number") or ""
            unit = _(kernel.UNITS.get(path, path))
            yield unit, str(whose), age_words(str(fact.get("as_of") or ""), now)


def _registry_hint(held: Held, known: tuple[tuple[str, str, str], ...]) -> str:
    if not held.assessment.situation.vehicle.plate:
        return ""
    if held.fact("vehicle") is None:
        return _("The registry on this tablet does not know this plate.")
    return n_("{n} entry in the registry", "{n} entries in the registry", len(known))

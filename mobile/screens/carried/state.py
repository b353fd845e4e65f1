"""T4: the papers in the crew's hand, each with its few fields, as they are copied; the registry stands beside. Pure.

Nothing is filled in beforehand: what is not read is not known. What the waybill says is offered, and taking it says
that the paper says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checklists import words as kernel
from checklists.facts import measurement
from checklists.facts.carried import QUANTITIES, CarriedPaper, Copied
from mobile.inspecting.carried_papers import CHIPS, Papers
from mobile.inspecting.inspection import Held
from mobile.screens.shared.days import DayKey, day_keys
from mobile.screens.shared.questions import BY_TYPE
from mobile.words import _, n_, words

CLASSES = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


def _mark(message: str) -> str:
    return message


_NAMES = {
    "driver_qualification": _mark("Driver's qualification"),
    "escort_qualification": _mark("Escort's qualification"),
    "vehicle_permit": _mark("Vehicle permit, tractor or lorry"),
    "trailer_permit": _mark("Vehicle permit, trailer"),
    "carrier_licence": _mark("Carrier licence"),
    "vehicle_licence": _mark("Vehicle licence, tractor or lorry"),
    "trailer_licence": _mark("Vehicle licence, trailer"),
    "compulsory_insurance": _mark("Compulsory insurance"),
    "liability_insurance": _mark("Carrier liability insurance"),
    "tank_report": _mark("Tank inspection report"),
    "service": _mark("Telephone and address for service"),
}
_LABELS = {
    "vehicle.trailer": _mark("Trailer that it names"),
    "vehicle.tank": _mark("Tank that it names"),
    "trailer.tank": _mark("Tank that it names"),
    "tank.media": _mark("Goods of the load that its list names"),
    "scope": _mark("Scope: every class that it names"),
    "category": _mark("Qualified as"),
    "kind": _mark("Kind of vehicle"),
    "uscc": _mark("Credit code"),
    "volume_l": _mark("Volume"),
    "outlet": _mark("Where the tank is emptied"),
}
_OUTLETS = {"bottom": _mark("At the bottom"), "top": _mark("At the top")}
_UNITS = {
    "tractor": _mark("Tractor"),
    "tank_vehicle": _mark("Tank vehicle"),
    "box_truck": _mark("Box truck"),
}


@dataclass(frozen=True)
class Choice:
    """One thing to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class FieldState:
    """A field. `text` is what was read, `known` what the waybill says, `trouble` what cannot be or differs.

    `days` are the keys of a day that is being entered, `so_far` what of it was picked.
    """

    path: str
    kind: str
    label: str
    text: str = ""
    known: str = ""
    trouble: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    decimals: int = 0
    range: str = ""
    days: tuple[DayKey, ...] = ()
    so_far: str = ""


@dataclass(frozen=True)
class PaperRow:
    """A paper in the list, and how much of it was read."""

    key: str
    name: str
    note: str
    tone: str
    chosen: bool


@dataclass(frozen=True)
class CarriedState:
    """All papers, and the one in hand with its fields: `absent` where it was not shown, `is_paper` where it is one.

    `hands_over`: whoever checks goes on after the papers, on another tablet.
    """

    rows: tuple[PaperRow, ...]
    key: str
    title: str
    fields: tuple[FieldState, ...]
    absent: bool
    photo_words: str
    progress: str
    is_paper: bool = True
    hands_over: bool = False

    def field(self, path: str) -> FieldState:
        """Return a field of the paper in hand. Raises StopIteration for another one's."""
        return next(one for one in self.fields if one.path == path)


@dataclass(frozen=True)
class Entering:
    """What is being entered: how much of a day (`2027-03`), and in which field; the number that was refused."""

    day: str = ""
    path: str = ""
    refused: str = ""


def carried_state(held: Held, key: str, entering: Entering | None = None) -> CarriedState:
    """Return the screen with a paper in hand, the first where the vehicle has none of that key."""
    mine = Papers(held)
    paper = mine.paper(key)
    photos = sum(1 for one in held.all_of("photo") if one.item == paper.item)
    return CarriedState(
        rows=tuple(_row(mine, one, chosen=one is paper) for one in mine.all),
        key=paper.key,
        title=_(_NAMES[paper.key]),
        fields=tuple(_field(mine, one, entering or Entering(), mine.day_before(paper.key)) for one in paper.fields),
        absent=mine.is_absent(paper),
        photo_words=n_("{n} photo", "{n} photos", photos) if photos else _("Photo"),
        progress=_("{done} of {all}").format(done=mine.done, all=len(mine.asked)),
        is_paper=bool(paper.item),
    )


def papers_words(held: Held) -> str:
    """Return what leads to the papers, with how many are dealt with."""
    mine = Papers(held)
    return (
        _("Papers: {done} of {all}").format(done=mine.done, all=len(mine.asked)) if mine.done else _("Papers in hand")
    )


def _row(mine: Papers, paper: CarriedPaper, *, chosen: bool) -> PaperRow:
    name = _(_NAMES[paper.key])
    if mine.is_absent(paper):
        return PaperRow(paper.key, name, _("Not shown"), "unknown", chosen)
    if not mine.is_begun(paper):
        return PaperRow(paper.key, name, "", "neutral", chosen)
    if not mine.is_read(paper):
        return PaperRow(paper.key, name, _("not complete"), "unknown", chosen)
    if not paper.item:
        return PaperRow(paper.key, name, _("stated"), "primary", chosen)
    until = next((mine.said[one.path] for one in paper.fields if one.kind == "day"), "")
    return PaperRow(paper.key, name, _("read, until {day}").format(day=until), "primary", chosen)


def _field(mine: Papers, one: Copied, entering: Entering, before: str) -> FieldState:
    said, quantity = mine.said.get(one.path), QUANTITIES.get(one.kind)
    so_far = entering.day if entering.path == one.path else ""
    asks = one.kind == "day" and (said is None or entering.path == one.path)
    return FieldState(
        path=one.path,
        kind=one.kind,
        label=_label(one.path),
        text=_text(one, said),
        known=_known(mine.held, one.path, said) if one.kind == "text" else "",
        trouble=_trouble(mine.held, one, refused=one.path == entering.refused),
        choices=tuple(_choices(mine.held, one, said)),
        unit=quantity.unit if quantity else "",
        decimals=quantity.decimals if quantity else 0,
        range=_range(quantity) if quantity else "",
        days=day_keys(mine.held.context.situation.day, so_far, before) if asks else (),
        so_far=so_far,
    )


def _label(path: str) -> str:
    if path.rpartition(".")[2] in ("phone", "address"):
        return kernel.label(path, _)
    own = _LABELS.get(path) or _LABELS.get(path.rpartition(".")[2])
    return _(own) if own else kernel.label(path, _).rpartition(" · ")[2]


def _text(one: Copied, said: Any) -> str:
    if said is None or one.kind in CHIPS:
        return ""
    quantity = QUANTITIES.get(one.kind)
    return measurement.shown(quantity, said) if quantity else str(said)


def _range(quantity: measurement.Quantity) -> str:
    least, most = measurement.limits(quantity)
    return f"{least}–{most} {quantity.unit}"


def _trouble(held: Held, one: Copied, *, refused: bool) -> str:
    if refused:
        return _("Cannot be true: it is {range}.").format(range=_range(QUANTITIES[one.kind]))
    told = held.context.situation.differing.get(one.path)
    return _("The registry says: {text}").format(text=kernel.value(told, _)) if told else ""


def _choices(held: Held, one: Copied, said: Any) -> Iterator[Choice]:
    if one.kind == "role":
        yield from (Choice(role, _(kernel.ROLES[role]), said == role) for role in ("driver", "escort"))
    elif one.kind == "unit":
        yield from (Choice(key, _(text), said == key) for key, text in _UNITS.items())
    elif one.kind == "outlet":
        yield from (Choice(key, _(text), said == key) for key, text in _OUTLETS.items())
    elif one.kind == "type":
        yield from (Choice(key, key, said == key) for key in BY_TYPE)
    elif one.kind == "scope":
        for key in dict.fromkeys((*_classes(held), *CLASSES, *(said or ()))):
            yield Choice(key, _("Class {n}").format(n=key), key in (said or ()))
    elif one.kind == "media":
        yield from (Choice(un, f"UN {un} {name}".strip(), un in (said or ())) for un, name in _goods(held).items())


def _goods(held: Held) -> dict[str, str]:
    """Return the goods of the load by number, as the waybill calls them, else the list."""
    found = {}
    for one in held.context.declared or ():
        listed = words.pick({"zh": one.goods[0].name_zh, "en": one.goods[0].name_en}) if one.goods else ""
        if one.line.un:
            found[one.line.un] = one.line.name or listed
    return found


def _classes(held: Held) -> list[str]:
    """Return the classes and divisions of the load, which are looked for first."""
    return [goods.division or goods.class_ for one in held.context.declared or () for goods in one.goods]


def _known(held: Held, path: str, said: Any) -> str:
    """Return what the waybill says in the place of a field, unless it stands there already."""
    bill = held.context.situation.waybill
    if bill is None:
        return ""
    told = {
        "vehicle.trailer": bill.trailer_plate,
        "vehicle.carrier": bill.carrier,
        "vehicle.tank": bill.tank,
        "trailer.tank": bill.tank,
        "tank.number": bill.tank,
        "carrier.name": bill.carrier,
        "carrier.uscc": bill.carrier_uscc,
        "vehicle.permit.number": bill.vehicle_permit,
    }
    for role, person in (("driver", bill.driver), ("escort", bill.escort)):
        told |= {f"{role}.name": person.name, f"{role}.qualification.number": person.id_number} if person else {}
    known = told.get(path) or ""
    return known if known != said else ""

"""What a sealed record says that an officer can have got wrong, value by value, and the entry that corrects one. Pure.

A fact of several values (a waybill with its lines, the people aboard) is corrected at one of them; the correction says
the whole list as it stands then, so that whoever computes needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists import words as kernel
from checklists.inspection.compound import END, is_list_of_things, replaced
from checklists.inspection.correction import correcting
from checklists.inspection.entries import ANSWERS, Entry, answers, cleared, keys_of, situation_of, standing
from checklists.rules import closures
from checklists.wire import WireError
from mobile.inspecting.inspection import Draft, Held, write
from mobile.screens.bill.state import COPIED, OF_LINE, read_field, read_line
from mobile.screens.section.observed.state import role_words
from mobile.screens.shared.questions import WAYS
from mobile.words import _

FACTS, WAYBILL = "facts", "waybill"
"""The sections of what was seen, measured and read, and of the waybill, beside those of the checklist."""
LINES, ABOARD = "waybill.lines", "seen.aboard"
_LISTS = {LINES: ("un", *OF_LINE), ABOARD: ("role", "name", "id_number")}
"""The lists of which a place may be taken out or added, and what of each place may be said though it was not."""
_DEVICES = {closures.path(device): device for device in closures.DEVICES}
_COLOURED = ("vehicle.colour", "trailer.colour")
_ROLES = ("driver", "escort", "person")
_UNTOUCHED = ("waybill.raw", "waybill.raw_base64")
"""What a code said is evidence: what was read from it is corrected, never the code."""
YES, NO, OUT, EMPTY = "yes", "no", "out", "empty"


@dataclass(frozen=True)
class Said:
    """One thing that the record says: of which `kind` (answer, fact) and `item`, its data, and the entry that says it.

    `way` leads to it inside of the `whole` that the fact holds; it is empty where that is one value. `entry` is the one
    at exactly this item, None where the clearing of a section or a longer fact says it. `ours` is False where another
    tablet wrote it: that one is not to be taken back here.
    """

    kind: str
    item: str
    section: str
    data: Any
    entry: Entry | None
    ours: bool
    way: tuple[str, ...] = ()
    whole: Any = None

    @property
    def key(self) -> str:
        """Its name on the screen."""
        return ":".join((self.kind, self.item, *self.way))

    @property
    def adds(self) -> bool:
        """Whether it is the place behind the last of a list."""
        return self.way == (END,)

    @property
    def is_place(self) -> bool:
        """Whether it is a whole place of a list."""
        return len(self.way) == 1 and not self.adds

    @property
    def is_written(self) -> bool:
        """Whether its new value is written rather than picked."""
        picked = self.kind == "answer" or isinstance(self.data, bool) or self.is_place or _is_role(self)
        return not picked and not codes(self)


def said(held: Held) -> tuple[Said, ...]:
    """Return what a record says that an officer can have got wrong: answers, and facts that no registry told."""
    return (*_answers(held), *_facts(held))


def choices(one: Said) -> tuple[tuple[str, str], ...]:
    """Return the new values to pick from, each with its words; none where it is only written."""
    if one.kind == "answer":
        return tuple((key, _(kernel.ANSWERS[key])) for key in ANSWERS if key != one.data)
    if isinstance(one.data, bool):
        other = NO if one.data else YES
        return ((other, _(kernel.CODES[other])),)
    if one.is_place:
        return ((OUT, _("does not stand on the waybill") if one.item == LINES else _("was not aboard")),)
    if coded := codes(one):
        return tuple((key, text) for key, text in coded.items() if key != one.data)
    return ((EMPTY, _("none")),) if isinstance(one.data, list | tuple) and one.data else ()


def codes(one: Said) -> Mapping[str, str]:
    """Return the codes that a place holds, each with its words; none where it holds words or a number."""
    if _is_role(one):
        return {role: role_words(role) for role in _ROLES}
    if one.item in WAYS:
        return {key: _(text) for key, text in WAYS[one.item].items()}
    if one.item in _DEVICES:
        return {key: _(kernel.value(key, _)) for key in closures.ways(_DEVICES[one.item])}
    return {key: _(text) for key, text in kernel.COLOURS.items()} if one.item in _COLOURED else {}


def correction(held: Held, one: Said, new: str, reason: str) -> tuple[Draft, ...]:
    """Return the entry that corrects, with what stood there and why.

    Raises ValueError for a new value that the place does not hold, for the same value and without a reason.
    """
    old = one.whole if one.way else one.data
    now = replaced(old, one.way, _read(held, one, new))
    if one.item == LINES:  # no line at all is not known, as where it is copied
        old, now = old or None, now or None
    value = correcting(one.kind, old, now, reason)
    drafts = (Draft(one.kind, one.item, value, one.entry.id if one.entry else None),)
    try:
        situation_of(held.adding(write(held, drafts, held.opened_at, ("draft",))).entries, held.opened_at)
    except WireError as problem:
        raise ValueError("not a value of this place") from problem
    return drafts


def _is_role(one: Said) -> bool:
    """Whether it is who somebody aboard is, or one more person by who he is."""
    return one.item == ABOARD and (one.adds or one.way[1:] == ("role",))


def _answers(held: Held) -> Iterator[Said]:
    given, clear = answers(held.entries), cleared(held.entries)
    for section in held.kit.definitions.checklists[held.checklist].sections:
        for item in section.items:
            entry = given.get(item.id)
            if entry is not None:
                ours = entry.device == held.device
                yield Said("answer", item.id, section.id, str(entry.value.get("result")), entry, ours)
            elif item.id in clear:
                yield Said("answer", item.id, section.id, "conforms", None, ours=True)


def _facts(held: Held) -> Iterator[Said]:
    stands = {path: rivals[-1] for path, rivals in standing(held.entries, "fact").items()}
    for path, entry in sorted(stands.items()):
        if entry.value.get("source") != "registry":
            ours = entry.device == held.device
            yield from _values(path, entry.value.get("data"), entry, stands, ours=ours)


def _values(path: str, data: Any, entry: Entry | None, stands: Mapping[str, Entry], *, ours: bool) -> Iterator[Said]:
    """Yield the values of a fact; a detail that has an entry of its own is told by that one."""
    section = WAYBILL if path.startswith("waybill") else FACTS
    if path in _LISTS or is_list_of_things(data):
        yield from _things(Said("fact", path, section, data, entry, ours, whole=data))
    elif isinstance(data, Mapping):
        names = sorted({*data, "lines"}, key=_order) if path == WAYBILL else data
        inside = ((f"{path}.{name}", data.get(name)) for name in names)
        for place, value in inside:
            if place not in stands and place not in _UNTOUCHED and keys_of(place) is not None:
                yield from _values(place, value, None, stands, ours=ours)
    elif data is not None and not isinstance(data, list | tuple):
        yield Said("fact", path, section, data, entry, ours)
    elif isinstance(data, list | tuple):
        yield Said("fact", path, section, list(data), entry, ours)


def _order(name: str) -> tuple[int, str]:
    """Return where a field of a waybill stands: its goods first, then as it is copied, then what else a code said."""
    order = ("lines", *dict.fromkeys(path.partition(".")[0] for path in COPIED))
    return (order.index(name) if name in order else len(order)), name


def _things(all_: Said) -> Iterator[Said]:
    """Yield what stands at each place of a list, each place as a whole, and the place for one more."""

    def of(data: Any, *way: str) -> Said:
        return Said("fact", all_.item, all_.section, data, all_.entry, all_.ours, way, list(all_.whole or ()))

    asked = _LISTS.get(all_.item, ())
    for number, one in enumerate(all_.data or (), start=1):
        for name in dict.fromkeys((*asked, *one)):
            yield of(one.get(name), str(number), name)
        if asked:
            yield of(one, str(number))
    if asked:
        yield of(None, END)


def _read(held: Held, one: Said, new: str) -> Any:
    """Return a new value as the old one is kept, None for one that is taken out. Raises ValueError where it is none."""
    text = new.strip()
    if one.kind == "answer":
        return new
    if isinstance(one.data, bool):
        return new == YES
    if one.is_place:
        return None
    if one.item == LINES:
        return _of_line(held, one, text)
    if one.item == ABOARD:
        return {"role": new} if one.adds else text
    if coded := codes(one):
        return _taken(new if new in coded else None)
    if isinstance(one.data, list | tuple):
        return [] if new == EMPTY else [each.strip() for each in text.replace(",", "、").split("、") if each.strip()]
    if one.section == WAYBILL and (field := one.item.partition(".")[2]) in COPIED:
        return _taken(read_field(field, text, held.kit.tables.goods)[0])
    if isinstance(one.data, int):
        return int(text)
    return float(text) if isinstance(one.data, float) else text


def _of_line(held: Held, one: Said, text: str) -> Any:
    """Return a value of a goods line, or a new line by its UN number, as the waybill's own reader takes it."""
    goods = held.kit.tables.goods
    if one.adds:
        line = read_line({"un": text}, goods)[0]
        return dict(line) if line.get("un") else _taken(None)
    place, name = one.way
    others = {} if name == "un" else {"un": one.whole[int(place) - 1].get("un")}
    return _taken(read_line({**others, name: text}, goods)[0].get(name))


def _taken(value: Any) -> Any:
    if value is None:
        raise ValueError("not a value of this place")
    return value

"""What happened, in order: the entries of an inspection as lines that an office can read, and what the office did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.inspection.compound import changes
from checklists.inspection.correction import KEY
from checklists.inspection.entries import Entry, withdrawn


def _(words: str) -> str:
    return words


KINDS = {
    "fact": _("fact"),
    "answer": _("answer"),
    "sign_seen": _("sign seen"),
    "party": _("party"),
    "photo": _("photo"),
    "note": _("note"),
    "override": _("rule set aside"),
    "section_clear": _("no deviation"),
    "control_photo": _("control photo"),
    "statement": _("statement"),
    "signature": _("signature"),
    "takeover": _("taken over"),
    "outcome": _("outcome"),
    "position": _("position"),
    "withdrawn": _("entry withdrawn"),
    "sealed": _("sealed"),
    "received": _("received"),
    "processed": _("computed again"),
    "parked": _("parked"),
    "conflict": _("in conflict"),
    "case": _("case opened"),
}

PARTS = {
    "inspection": _("inspection record"),
    "contribution": _("contribution"),
    "amendment": _("amendment"),
    "shift": _("closed shift"),
    "order": _("stop order at a post"),
}
NAMED = {
    "definitions": _("definitions"),
    "reference": _("reference"),
    "registry": _("registry"),
}
"""Words for package names; a code without words is shown as it is."""

NOTES = {
    "depth": _("depth of the check"),
    "watch": _("entry of the watch list"),
    "campaign": _("made under the campaign"),
    "pass": _("pass that was read"),
    "checked_before": _("checked clean before"),
    "control": _("control photos drawn"),
    "cards_shown": _("cards shown"),
    "approval": _("leader's approval"),
    "recheck": _("looked at again"),
    "void": _("paper void"),
    "second_officer": _("second officer"),
    "plate_kind": _("kind of plate"),
    "paper_kind": _("paper that was shown"),
    "cannot_tell": _("cannot be told on the spot"),
}
"""What a note is about, by the part before its colon."""

SECOND = "second_officer"
"""What a party entry is about where it names the second officer of a quick check."""

DOUBTS = {
    "unsigned": _("not signed by the device whose entry it is said to be"),
    "other_inspection": _("written for another inspection"),
    "agency": _("in the name of an agency that neither the certificate nor the office gives"),
    "elsewhere": _("in the name of an officer who works on another tablet"),
    "withdraws": _("takes back what is not its own to take back"),
}
"""Why an entry is not proven."""

_TOLD = ("result", "severity", "text", "reason", "proposed", "decided", "role", "name", "note")

_LOUD = ("override", "statement", "signature", "takeover", "outcome", "photo", "control_photo", "note", "withdrawn")


@dataclass(frozen=True)
class Line:
    """One line: when, what kind, by whom, about what. `values` are short words; `loud` lines are shown at once.

    `second` is what was put down of the second officer of a quick check, and whether he said himself that he is there.
    """

    at: str
    kind: str
    who: str = ""
    agency: str = ""
    about: str = ""
    values: tuple[str, ...] = ()
    loud: bool = True
    withdrawn: bool = False
    second: Mapping[str, Any] | None = None


def lines(entries: Iterable[Entry], names: Mapping[str, str]) -> list[Line]:
    """Return the entries as lines in the order of the record: by sequence, never by clock."""
    held = list(entries)
    gone = withdrawn(held)
    return [
        Line(
            at=one.at,
            kind=one.kind,
            who=names.get(one.officer, one.officer),
            agency=one.agency,
            about=_about(one),
            values=tuple(_words(one)),
            loud=_loud(one),
            withdrawn=one.id in gone,
            second=one.value if is_second(one) else None,
        )
        for one in held
    ]


def is_second(entry: Entry) -> bool:
    """Whether an entry names the second officer of a quick check."""
    return entry.kind == "party" and entry.item == SECOND


def _loud(entry: Entry) -> bool:
    return (
        entry.kind in _LOUD
        or is_second(entry)
        or entry.value.get("result") == "does_not_conform"
        or entry.item == "vehicle.plate"
    )


def _about(entry: Entry) -> str:
    item = entry.item or ""
    return "" if item in ("proposal", "decision") or entry.kind in ("signature", "statement") else item


def _words(entry: Entry) -> Iterable[str]:
    """Yield what an entry says, as text: shapes that this version does not know are left to the sealed bytes."""
    value = entry.value
    data, corrects = value.get("data"), value.get(KEY)
    if entry.kind == "fact":
        yield from _changed(corrects.get("old"), data) if isinstance(corrects, Mapping) else (_short(data),)
        yield str(value.get("source") or "")
    elif isinstance(corrects, Mapping):
        yield f"{_short(corrects.get('old'))} →"
    told = ("name", "card") if is_second(entry) else _TOLD
    for name in told:
        if isinstance(value.get(name), str) and value[name]:
            yield value[name]
    if entry.kind == "section_clear":
        yield f"{len(value.get('items') or ())}"
        if isinstance(spent := value.get("dwell_ms"), int) and spent >= 0:
            yield f"{spent // 1000} s"
    if isinstance(corrects, Mapping):
        yield str(corrects.get("reason") or "")


def _changed(old: Any, new: Any) -> Iterator[str]:
    """Yield what a correction made of a fact, value by value: of a list only what changed."""
    for one in changes(old, new):
        yield f"{_short(one.old) or '—'} → {_short(one.new) or '—'}"


def _short(data: Any) -> str:
    if isinstance(data, Mapping):
        named = [str(data[key]) for key in ("plate", "number", "name", "hazard_id", "un") if data.get(key)]
        return " / ".join(named)
    if isinstance(data, list):
        return "、".join(text for one in data if (text := _short(one)))
    return "" if data is None else str(data)

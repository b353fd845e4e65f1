"""Checks on the road: what a team found, from the kernel's own examples, with other vehicles and people each time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from checklists.authoring.casefile import plain_case
from checklists.authoring.coverage import EXAMPLES
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.findings.assessment import assess
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry
from checklists.records.check_history import about
from checklists.wire import canonical, instant, to_plain
from server.cases.opening import CaseDraft, cases_for
from server.figures.sums import Looked, looked_of
from server.seeding.cast import Cast

SITES = ("G109 国道示例县卡口", "S215 省道北岔路口检查点", "示例化工园区东门", "G18 高速示例服务区", "S24 示例收费站")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BESIDE = ("at", "sources", "place", "orders", "past", "waybill_uses")
"""What an example says that no tablet writes as a fact."""


@dataclass(frozen=True)
class Stop:
    """A check: when, what the tablet wrote, what was found, and the cases that follow."""

    at: datetime
    site: str
    entries: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    outcome: str
    drafts: tuple[CaseDraft, ...]
    columns: Mapping[str, Any]
    looked: Looked


class Road:
    """Makes checks. An example is assessed once a month of its own law; then names and numbers are drawn anew."""

    def __init__(self, definitions: Definitions, tables: Tables, cast: Cast) -> None:
        self._bench, self._cast = (definitions, tables), cast
        self._examples = [held for path in sorted(EXAMPLES.glob("*.yaml")) if _fits(held := plain_case(path))]
        self._said = [_Said.of(one["situation"]) for one in self._examples]
        self._assessed = lru_cache(maxsize=None)(self._assess)

    def stop(self, at: datetime, *, clean: bool = False) -> Stop:
        """Return a check at that time; a clean one finds nothing that opens a case, every other one opens some."""
        day = at.astimezone(LAW_ZONE).date().replace(day=15)
        number, opens = -1, clean
        while opens is clean:
            number = self._cast.chance.randrange(len(self._examples))
            entries, findings, outcome, opens, columns, looked = self._assessed(number, day)
        words = self._renamed(number)
        told = json.loads(_replaced(json.dumps([entries, findings, columns], ensure_ascii=False), words))
        drafts = cases_for(told[1])
        return Stop(
            at, self._cast.chance.choice(SITES), tuple(told[0]), tuple(told[1]), outcome, drafts, told[2], looked
        )

    def _assess(self, number: int, day: date) -> tuple[Any, Any, str, bool, Mapping[str, Any], Looked]:
        """Return entries, findings, outcome, list columns and items of an example as if it had happened that day."""
        held = self._examples[number]
        at = datetime.combine(day, datetime.min.time(), LAW_ZONE) + timedelta(hours=10)
        said = held["situation"].get("at") or "2026-11-21T09:30:00+08:00"
        moved = _moved(held["situation"], (day - datetime.fromisoformat(said).date()).days)
        entries = tuple(_entries(moved, held.get("answers") or {}, instant(at)))
        assessed = assess(*self._bench, entries, instant(at), str(held.get("checklist") or "cn-joint"))
        findings = json.loads(canonical([to_plain(one) for one in assessed.findings]))
        now = assessed.situation
        lines = (now.waybill.lines if now.waybill else None) or ()
        columns = {
            "plate": now.vehicle.plate,
            "colour": now.vehicle.colour,
            "carrier": now.carrier.name or now.vehicle.carrier,
            "un": next((line.un for line in lines if line.un), None),
            "severity": min((one.severity for one in assessed.findings if one.severity), default=""),
            "about": canonical(about(now)).decode(),
        }
        plain = [json.loads(canonical(to_plain(one))) for one in entries]
        opens = bool(cases_for(findings))
        return plain, findings, str(assessed.proposal.outcome), opens, columns, looked_of(assessed)

    def _renamed(self, number: int) -> dict[str, str]:
        """Return what each name and number of an example is called this time."""
        cast, said, words = self._cast, self._said[number], dict[str, str]()
        carrier, code = cast.carrier()
        words |= dict.fromkeys(said.carriers, carrier) | dict.fromkeys(said.codes, code)
        for name, identity in said.people:
            who, his = cast.person()
            words |= {name: words.get(name, who), identity: words.get(identity, his)}
        for plate in said.plates:
            words.setdefault(plate, cast.plate(trailer=plate.endswith("挂")))
        for name in said.factories:
            words.setdefault(name, cast.factory())
        for figures in said.numbers:
            words.setdefault(figures, cast.figures(figures))
        return words


@dataclass(frozen=True)
class _Said:
    """The names and numbers that an example says."""

    carriers: tuple[str, ...]
    codes: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    plates: tuple[str, ...]
    factories: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, situation: Mapping[str, Any]) -> _Said:
        """Return those of a situation."""
        name = str((situation.get("carrier") or {}).get("name") or "")
        return cls(
            carriers=tuple(dict.fromkeys(one for one in (*_found(situation, ("carrier",)), name) if one)),
            codes=tuple(_found(situation, ("uscc", "carrier_uscc"))),
            people=tuple(_people(situation)),
            plates=tuple(_found(situation, ("plate", "trailer", "trailer_plate"))),
            factories=tuple(_found(situation, ("consignor", "consignee", "loader"))),
            numbers=tuple(_found(situation, ("number", "tank", "tank_number", "vin"))),
        )


def _fits(held: Mapping[str, Any]) -> bool:
    return held.get("regime", "cn") == "cn" and "vehicle" in held["situation"] and "carrier" in held["situation"]


def _entries(situation: Mapping[str, Any], answers: Mapping[str, Any], at: str) -> Iterator[Entry]:
    """Yield what a tablet writes: the registry's rows and the waybill as read, what was seen, what was answered."""
    said: list[tuple[str, str, dict[str, Any]]] = []
    for branch, data in situation.items():
        if branch == "seen":
            said += [("fact", f"seen.{name}", {"data": one, "source": "officer"}) for name, one in data.items()]
        elif branch not in _BESIDE:
            source = "waybill" if branch == "waybill" else "registry"
            told = {"data": data, "source": source}
            said.append(("fact", branch, told if branch == "waybill" else {**told, "as_of": at}))
    for item, result in answers.items():
        said.append(("answer", item, {"result": result} if isinstance(result, str) else dict(result)))
    like = Entry("", "seed", "seed", 0, "T-001", "T", at, "fact", "", {})
    for number, (kind, item, value) in enumerate(said, start=1):
        yield replace(like, id=f"entry-{number}", seq=number, kind=kind, item=item, value=value)


def _moved(value: Any, days: int) -> Any:
    """Return plain values with every day moved."""
    if isinstance(value, Mapping):
        return {key: _moved(one, days) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_moved(one, days) for one in value]
    if isinstance(value, str) and _DAY.match(value):
        return (date.fromisoformat(value[:10]) + timedelta(days=days)).isoformat() + value[10:]
    return value


def _found(value: Any, names: tuple[str, ...]) -> list[str]:
    """Return the texts that stand under one of these names, wherever."""
    if isinstance(value, list | tuple):
        return [text for one in value for text in _found(one, names)]
    if not isinstance(value, Mapping):
        return []
    here = [str(one) for name, one in value.items() if name in names and isinstance(one, str) and len(one) > 3]
    return list(dict.fromkeys([*here, *(text for one in value.values() for text in _found(one, names))]))


def _people(value: Any) -> list[tuple[str, str]]:
    """Return everybody who has a name and an identity number."""
    if isinstance(value, list | tuple):
        return [who for one in value for who in _people(one)]
    if not isinstance(value, Mapping):
        return []
    here = [(str(value["name"]), str(value["id_number"]))] if "name" in value and "id_number" in value else []
    return list(dict.fromkeys([*here, *(who for one in value.values() for who in _people(one))]))


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """Return the text with every word in the place of another, all at once: the longest fits first."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return pattern.sub(lambda found: words[found[0]], text)
